package loader_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/store/memory"
	"casus/loader"
	"casus/loader/ftm"
)

// All faults of a record are reported at once, in the report and in the file of rejects.
func TestAllFaultsOfARecord(t *testing.T) {
	for _, c := range []struct {
		name, line string
		want       []string // pointers, in any order
	}{
		{
			"several fields", `{"type":"actor","kind":"PERSONA","names":["A",7],"country":"ua","contry":1,"colour":2}`,
			[]string{"/kind", "/names/1", "/country", "/contry", "/colour"},
		},
		{
			"the schema's and the domain's",
			`{"type":"event","category":"WAR","time":"2025-13-01","assertedAt":"soon",` +
				`"claims":[{"statedAt":"x","stance":"NO"}]}`,
			[]string{"/category", "/claims/0/stance", "/time", "/claims/0/assertedAt", "/claims/0/statedAt"},
		},
		{
			"two claims", `{"type":"event","document":"document:paper","claims":[{"time":"x"},{},{"statedAt":"y","time":"z"}]}`,
			[]string{"/claims/0/time", "/claims/2/time", "/claims/2/statedAt"},
		},
		{
			"a document", `{"type":"document","titles":["A"],"publishedAt":"x","sha256":"` + strings.Repeat("0", 64) +
				`","text":"A","publisher":"actor:p","syndicates":"document:q","language":"?"}`,
			[]string{"/language", "/publishedAt", "/sha256"},
		},
		{
			"two references",
			`{"type":"event","document":"document:paper","participants":[{"actor":"actor:x"},{"actor":"actor:y"}],` +
				`"partOf":["event:z"]}`,
			[]string{"/participants/0/actor", "/participants/1/actor", "/partOf/0"},
		},
		{
			"two quotes", `{"type":"event","document":"document:paper",` +
				`"claims":[{"spans":[{"exact":"Ada met Be"},{"exact":"nothing of this"}]}]}`,
			[]string{"/claims/0/spans/0/exact", "/claims/0/spans/1/exact"},
		},
		{
			"repeated fields and halves of characters",
			`{"type":"actor","id":"actor:\ud800","kind":"STATE","kind":"PERSON","names":["\udfff"]}`,
			[]string{"/id", "/kind", "/names/0"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			var rejects bytes.Buffer
			first := strings.Replace(ada, "}", `,"country":"UA"}`, 1)
			r := load(t, memory.New(), loader.Options{Rejects: &rejects}, first, paper, c.line)
			if r.Rejected != 1 {
				t.Fatalf("%+v", r)
			}
			reject := r.FirstRejects[0]
			got, want := map[string]bool{}, map[string]bool{}
			for _, p := range reject.Pointers() {
				got[p] = true
			}
			for _, p := range c.want {
				want[p] = true
				if !got[p] || !strings.Contains(reject.String(), p+": ") {
					t.Errorf("%s is not reported", p)
				}
			}
			if len(got) != len(want) || len(reject.More) != len(c.want)-1 {
				t.Errorf("reported: %s", reject)
			}
			var written loader.Reject
			if err := json.Unmarshal(rejects.Bytes(), &written); err != nil || len(written.More) != len(reject.More) {
				t.Errorf("%v: %s", err, rejects.String())
			}
		})
	}
}

// The faults of a row's mapping and of all its records are reported together, with their columns.
func TestAllFaultsOfARow(t *testing.T) {
	m := parseMapping(t, `
mapping: 1
name: faulty
published: '= date(row.day)'
records:
  - actor: {id: '= "actor:f:" + row.who', kind: '= row.kind', names: ['= row.who'], country: '= row.country'}
  - event:
      id: '= "event:f:" + row.id'
      time: '= date(row.day)'
      category: '= row.category'
      figures: [{kind: KILLED, best: '= number(row.dead)'}]
`)
	table := "id,day,who,kind,country,category,dead\n" +
		"1,soon,Front,GANG,XYZ,WAR,some\n" + // with faults of expressions
		"2,2020-01-01,Front,GANG,XYZ,WAR,3\n" + // without
		"3,2020-01-01,Front,STATE,UA,ASSAULT,3\n"
	r, err := loader.LoadRows(t.Context(), memory.New(), m, []loader.Input{textInput("t.csv", table)}, loader.Options{})
	if err != nil || r.Rejected != 2 || r.Applied != 1 {
		t.Fatalf("%v %+v", err, r)
	}
	for i, want := range []string{"day dead day country kind category", "country kind category"} {
		reject := r.FirstRejects[i]
		columns := []string{reject.Column}
		for _, f := range reject.More {
			columns = append(columns, f.Column)
		}
		if got := strings.Join(columns, " "); got != want {
			t.Errorf("row %d: %s, want %s\n%s", i+1, got, want, reject)
		}
	}
}

// JSON that encoding/json would change silently is a reject with field and line, in every format.
func TestLossyJSON(t *testing.T) {
	entity := `{"id":"x","schema":"Person","properties":{"name":["A\ud800"],"name":["B"]}}`
	for _, c := range []struct {
		name string
		load func(s loader.Store) (loader.Report, error)
		line int
		want string
	}{
		{"lines", func(s loader.Store) (loader.Report, error) {
			return loader.Load(t.Context(), s, []loader.Input{file("f", bo,
				`{"type":"actor","id":"actor:\udc00","kind":"STATE","names":["A"]}`)}, loader.Options{})
		}, 2, "/id: \\udc00"},
		{"restore", func(s loader.Store) (loader.Report, error) {
			return loader.Load(t.Context(), s, []loader.Input{file("f", bo, strings.Replace(ada, `"Ada"`, `"\ud83d"`, 1))},
				loader.Options{Restore: true})
		}, 2, "/names/0: \\ud83d"},
		{"a decision", func(s loader.Store) (loader.Report, error) {
			return loader.Load(t.Context(), s, []loader.Input{file("f", ada, bo,
				`{"type":"identity","a":"actor:ada","b":"actor:bo","same":true,"same":false,"decidedBy":"A",`+
					`"decidedAt":"2025-12-20T10:00:00Z"}`)}, loader.Options{})
		}, 3, "/same: the object has this field twice"},
		{"one object", func(s loader.Store) (loader.Report, error) {
			return loader.Load(t.Context(), s, []loader.Input{file("f", `{"actors":[`,
				`{"id":"actor:a","kind":"STATE","names":["A"],"names":["B"]},`,
				`{"id":"actor:b","kind":"STATE","names":["B"]}]}`)}, loader.Options{})
		}, 2, "/actors/0/names: the object has this field twice"},
		{"one object with two lists", func(s loader.Store) (loader.Report, error) {
			return loader.Load(t.Context(), s, []loader.Input{file("f", "{", `"actors":[],`, `"actors":[]}`)}, loader.Options{})
		}, 1, "/actors: the object has this field twice"},
		{"rows", func(s loader.Store) (loader.Report, error) {
			return loader.LoadRows(t.Context(), s, parseMapping(t, incidents), []loader.Input{textInput("t.jsonl", "\n"+
				`{"id":"1","id":"2","day":"2020-01-01","who":"A","what":"B"}`+"\n")}, loader.Options{})
		}, 2, "column id: the object has this field twice"},
		{"an array of rows", func(s loader.Store) (loader.Report, error) {
			return loader.LoadRows(t.Context(), s, parseMapping(t, incidents), []loader.Input{textInput("t.json", "[\n"+
				`{"id":"1","day":"2020-01-01","who":"A\udc00","what":"B"}`+"]\n")}, loader.Options{})
		}, 2, "column who: \\udc00"},
		{"entities", func(s loader.Store) (loader.Report, error) {
			m, err := ftm.New()
			if err != nil {
				t.Fatal(err)
			}
			return loader.LoadRows(t.Context(), s, m, []loader.Input{textInput("t.json", entity+"\n")}, loader.Options{})
		}, 1, "properties/name/0: \\ud800"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := c.load(memory.New())
			if err != nil || r.Rejected != 1 {
				t.Fatalf("%v %+v", err, r)
			}
			if got := r.FirstRejects[0]; got.Line != c.line || !strings.Contains(got.String(), c.want) {
				t.Errorf("%s\nwant line %d, %s", got, c.line, c.want)
			}
		})
	}
}

// TestContradictionsShowTheDifference checks that the reject of a claim with two contents names the fields that differ.
func TestContradictionsShowTheDifference(t *testing.T) {
	m := parseMapping(t, strings.Replace(incidents, ", assertedAt: '2020-01-01'", "", 1))
	table := "id,day,who,what\n1,2020-01-02,Front,A strike\n2,2020-03-04,Front,Another\n"
	for _, size := range []int{1, 100} { // against the store, and within a chunk
		s := memory.New()
		for range 2 {
			r, err := loader.LoadRows(t.Context(), s, m, []loader.Input{textInput("t.csv", table)},
				loader.Options{ChunkSize: size})
			if err != nil || r.Rejected != 1 {
				t.Fatalf("%v %+v", err, r)
			}
			got := r.FirstRejects[0]
			if len(got.Differs) != 1 || got.Differs[0].Field != "assertedAt" || got.Differs[0].This != `"2020-03-04"` ||
				got.Differs[0].Other != `"2020-01-02"` ||
				!strings.Contains(got.String(), `assertedAt is "2020-03-04" here and "2020-01-02" there`) {
				t.Errorf("chunks of %d: %s", size, got)
			}
		}
	}
	fixed, err := loader.LoadRows(t.Context(), memory.New(), parseMapping(t, incidents),
		[]loader.Input{textInput("t.csv", table)},
		loader.Options{})
	if err != nil || fixed.Applied != 2 || fixed.Added[kg.KindClaim] != 3 {
		t.Errorf("%v %+v", err, fixed)
	}
}

// Words that are nearly in the text are rejected with the nearest words, for a bounded number of quotes.
func TestNearestWords(t *testing.T) {
	var lines []string
	for range 60 {
		lines = append(lines, `{"type":"event","document":"document:paper",`+
			`"claims":[{"spans":[{"exact":"Ada has met Bo"}]}]}`)
	}
	var rejects bytes.Buffer
	load(t, memory.New(), loader.Options{Rejects: &rejects}, append(lines, paper)...)
	if n := strings.Count(rejects.String(), `"suggestion":"Bo. Bo met Ada"`) +
		strings.Count(rejects.String(), `"suggestion":"Ada met Bo`); n != 50 {
		t.Errorf("%d suggestions: %s", n, strings.SplitN(rejects.String(), "\n", 2)[0])
	}
}
