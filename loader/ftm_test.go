package loader_test

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"casus/internal/check"
	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/merge"
	"casus/internal/store/memory"
	"casus/loader"
	"casus/loader/ftm"

	"github.com/google/go-cmp/cmp"
)

var (
	// ftmEntities are invented entities of every kind, with references forwards and backwards, separate fragments, and a
	// passport.
	//go:embed testdata/rows/entities.ftm.json
	ftmEntities string

	// moreEntities are invented entities of further schemata.
	//go:embed testdata/rows/more-entities.ftm.json
	moreEntities string
)

// Further schemata: assets and where they are, agreements and their parties.
func TestFollowTheMoneyFurtherSchemata(t *testing.T) {
	s := memory.New()
	report, err := loadFTM(t, s, loader.Options{}, textInput("x", moreEntities))
	if err != nil || report.Applied != 23 || report.Read != 23 {
		t.Fatalf("%v %+v", err, report)
	}
	if d := cmp.Diff(map[string]int{"Identification.authority": 1}, report.NotCarried); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{
		"acct: acct OTHER o (account) , known 2025-01-01 ",
		"con: a CONTROL o () 2001/.., known 2001 ",
		"debt: a OTHER b (debtor) , known 2025-01-01 amount 7. currency EUR",
		"o: b CONTROL o (parent) , known 2025-01-01 ",
		"own: a CONTROL acct (tenant; heir) , known 2025-01-01 ",
		"own: a CONTROL location:ftm:house (tenant; heir) , known 2025-01-01 ",
		"own: b CONTROL acct (tenant; heir) , known 2025-01-01 ",
		"own: b CONTROL location:ftm:house (tenant; heir) , known 2025-01-01 ",
		"suc: b OTHER o (predecessor) 2002/.., known 2002 ",
	}, affiliationLines(t, s)); d != "" {
		t.Error(d)
	}
	events := map[kg.ID]string{}
	for _, e := range claimedEvents(t, s) {
		edges, err := s.EventEdges(t.Context(), kg.View{}, kg.WantWholes, []kg.ID{e.ID})
		if err != nil {
			t.Fatal(err)
		}
		fields := []string{e.Titles[0].Value, string(e.Category), e.Time.EDTF}
		for _, p := range participants(t, s, e.ID) {
			fields = append(fields, strings.TrimPrefix(strings.TrimSpace(p), "actor:ftm:"))
		}
		for _, w := range edges[0].Wholes {
			fields = append(fields, "of "+strings.TrimPrefix(string(w.Whole), "event:ftm:"))
		}
		events[e.ID] = strings.Join(fields, "|")
	}
	if d := cmp.Diff(map[kg.ID]string{
		"event:ftm:case": "A against B|OTHER|2003-01-02/2004|a PARTICIPANT",
		"event:ftm:proj": "A bridge|OTHER|2005/2006|o PARTICIPANT",
		"event:ftm:cft":  "Steel wanted|REQUEST|2005-02|a PARTICIPANT|o INITIATOR",
		"event:ftm:ct":   "Steel|AGREE|2005-03-04|b RECIPIENT|o INITIATOR|of proj",
		"event:ftm:ship": "Shipment|OTHER|2005-05|b INITIATOR|o RECIPIENT|of ct",
		"event:ftm:risk": "Risk|OTHER|2007/2008|a RECIPIENT",
		"event:ftm:msg":  "Hello|CONSULT|2009-01-01|a INITIATOR|b RECIPIENT",
	}, events); d != "" {
		t.Error(d)
	}
	if l := node[kg.Location](t, s, "location:ftm:land"); !slices.Equal(l.Parents, []kg.ID{"location:ftm:realm"}) {
		t.Errorf("%+v", l)
	}
	if l := node[kg.Location](t, s, "location:ftm:at"); l.Names[0].Value != "Quay 3, Port" {
		t.Errorf("%+v", l)
	}
	card := kg.Identifier{Scheme: "id_card", Value: "55"}
	if a := node[kg.Actor](t, s, "actor:ftm:a"); !slices.Contains(a.Identifiers, card) {
		t.Errorf("%+v", a)
	}
	if a := node[kg.Actor](t, s, "actor:ftm:acct"); a.Names[0].Value != "DE00" {
		t.Errorf("%+v", a)
	}
}

// The graph does not depend on the order of the lines, on files or chunks, or on an array around them.
func TestFollowTheMoneyInAnyOrder(t *testing.T) {
	want := memory.New()
	if _, err := loadFTM(t, want, loader.Options{}, textInput("x.ftm.json", ftmEntities)); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(ftmEntities), "\n")
	reversed := slices.Clone(lines)
	slices.Reverse(reversed)
	for name, inputs := range map[string][]loader.Input{
		"reversed": {textInput("x", strings.Join(reversed, "\n"))},
		"array":    {textInput("x.json", "["+strings.Join(lines, ",\n")+"]")},
		"files": {
			textInput("a.ijson", strings.Join(lines[:9], "\n")), textInput("b.ijson", strings.Join(lines[9:], "\n")),
		},
	} {
		for _, size := range []int{2, 7, 100} {
			got := memory.New()
			if report, err := loadFTM(t, got, loader.Options{ChunkSize: size}, inputs...); err != nil || report.Read != 27 ||
				report.Rejected > 0 {
				t.Fatalf("%s: %v %+v", name, err, report)
			}
			if d := cmp.Diff(graph(t, want), graph(t, got)); d != "" {
				t.Errorf("%s, chunks of %d: %s", name, size, d)
			}
		}
	}
}

// An interrupted load resumes, with fragments before and after the interruption.
func TestFollowTheMoneyResumes(t *testing.T) {
	want := memory.New()
	whole, err := loadFTM(t, want, loader.Options{ChunkSize: 3, RetryTimeout: 1}, textInput("x", ftmEntities))
	if err != nil {
		t.Fatal(err)
	}
	for left := 1; left < 12; left++ {
		broken := memory.New()
		opt, in := loader.Options{ChunkSize: 3, RetryTimeout: 1}, textInput("x", ftmEntities)
		if _, err := loadFTM(t, &brokenStore{broken, left}, opt, in); !errors.Is(err, errBroken) {
			t.Fatal(left, err)
		}
		got, err := loadFTM(t, broken, loader.Options{ChunkSize: 3, RetryTimeout: 1}, textInput("x", ftmEntities))
		if err != nil || got.Read != 27 {
			t.Fatalf("%d: %v %+v", left, err, got)
		}
		if d := cmp.Diff(whole.NotCarried, got.NotCarried); d != "" {
			t.Errorf("%d: %s", left, d)
		}
		if d := cmp.Diff(graph(t, want), graph(t, broken)); d != "" {
			t.Errorf("%d: %s", left, d)
		}
	}
}

func TestFollowTheMoneyRejects(t *testing.T) {
	const ada = `{"id":"ada","schema":"Person","properties":{"name":["Ada"]}}` + "\n"
	for _, c := range []struct {
		name, lines string
		rejected    int
		reason      string
	}{
		{"no schema of FollowTheMoney", `{"id":"x","schema":"Persson","properties":{}}`, 1, "did you mean Person?"},
		{"an abstract one", `{"id":"x","schema":"Thing","properties":{}}`, 1, "abstract"},
		{"one without a place", `{"id":"x","schema":"Note","properties":{}}`, 1,
			"cannot represent entities of the schema Note"},
		{"no id", `{"schema":"Person","properties":{}}`, 1, "an entity must have an id"},
		{"a blank id", `{"id":" ","schema":"Person","properties":{}}`, 1, "an entity must have an id"},
		{"properties that are not an object", `{"id":"x","schema":"Person","properties":[]}`, 1, "an object of lists"},
		{"nested entities", `{"id":"x","schema":"Person","properties":{"addressEntity":[{"id":"y"}]}}`, 1, "nested"},
		{"no JSON", ada + `{"id":`, 1, "invalid JSON"},
		{
			"a missing end", ada + `{"id":"x","schema":"Ownership","properties":{"owner":["ada"]}}`, 1,
			"required for Ownership",
		},
		{
			"an end that does not exist", ada + `{"id":"x","schema":"Family","properties":{"person":["ada"],"relative":["bo"]}}`,
			1, "neither in the input nor in the store",
		},
		{
			"an end of another kind",
			ada + `{"id":"a","schema":"Address","properties":{}}` + "\n" +
				`{"id":"x","schema":"Family","properties":{"person":["a"],"relative":["ada"]}}`,
			1, "which is not of kind actor",
		},
		{
			"a time that runs backwards",
			ada + `{"id":"x","schema":"Membership","properties":{"member":["ada"],"organization":["ada"],` +
				`"startDate":["2020"],"endDate":["2019"]}}`,
			1, "2020/2019",
		},
		{
			"fragments of two kinds", ada + `{"id":"ada","schema":"Company","properties":{"name":["Ada"]}}`, 2,
			"neither of which extends the other",
		},
		{
			"a passport without a holder",
			`{"id":"x","schema":"Passport","properties":{"holder":["ada"]}}` + "\n" +
				`{"id":"y","schema":"Passport","properties":{"holder":["ada"]}}`,
			2, "refers to ada, which is not in the input",
		},
		{
			"a link that the graph does not have",
			`{"id":"d","schema":"Document","properties":{}}` + "\n" + ada +
				`{"id":"x","schema":"UnknownLink","properties":{"subject":["ada"],"object":["d"]}}`,
			1, "which is not of kind actor",
		},
		{
			"a document about a person",
			`{"id":"d","schema":"Document","properties":{}}` + "\n" + ada +
				`{"id":"x","schema":"Documentation","properties":{"document":["d"],"entity":["ada"]}}`,
			1, "only events can have documents",
		},
		{
			"a reference to a reject",
			`{"id":"a","schema":"Company","properties":{"name":["A"]}}` + "\n" +
				`{"id":"a","schema":"Person","properties":{"name":["A"]}}` + "\n" + ada +
				`{"id":"x","schema":"Family","properties":{"person":["ada"],"relative":["a"]}}`, 3, "neither of which"},
	} {
		t.Run(c.name, func(t *testing.T) {
			report, err := loadFTM(t, memory.New(), loader.Options{}, textInput("x", c.lines))
			if err != nil || report.Rejected != c.rejected || report.Read != strings.Count(strings.TrimSpace(c.lines), "\n")+1 {
				t.Fatalf("%v %+v", err, report)
			}
			if got := report.FirstRejects[0].String(); !strings.Contains(got, c.reason) {
				t.Errorf("%s; want %s", got, c.reason)
			}
		})
	}
}

// The publication time of an entity that states none.
func TestFollowTheMoneyKnownFrom(t *testing.T) {
	const plain = `{"id":"a","schema":"Person","properties":{"name":["A"]}}
{"id":"b","schema":"Person","properties":{"name":["B"]}}
{"id":"x","schema":"Family","properties":{"person":["a"],"relative":["b"]%s}}`
	published := mustTime(t, "2024-02-03")
	for _, c := range []struct {
		name, property, changed string
		published               *edtf.Time
		want                    string
	}{
		{"its own date", `,"modifiedAt":["2021-01-01","2022"]`, "2025-01-01", &published, "2022"},
		{"the --published flag", `,"endDate":["2020"]`, "2025-01-01", &published, "2024-02-03"},
		{"its end", `,"startDate":["2010"],"endDate":["2020"]`, "2025-01-01", nil, "2020"},
		{"a future end is not known before the file's date", `,"endDate":["2099"]`, "2025-01-01", nil, "2025-01-01"},
		{"the file", ``, "2025-01-01", nil, "2025-01-01"},
		{"nothing", ``, "", nil, "no publication time"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := ftmMapper(t)
			m.ModTime, m.DatedElsewhere = c.changed, c.published != nil
			s := memory.New()
			report, err := loader.LoadRows(
				t.Context(), s, m, []loader.Input{textInput("x", fmt.Sprintf(plain, c.property))},
				loader.Options{Published: c.published, Release: ftmRelease},
			)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if report.Rejected > 0 {
				got, _, _ = strings.Cut(report.FirstRejects[0].Reason, ":")
			} else {
				page, err := s.Scan(t.Context(), kg.KindClaim, "", 10)
				if err != nil || len(page.Claims) != 1 {
					t.Fatal(err, page.Claims)
				}
				got = page.Claims[0].AssertedAt.EDTF
			}
			if got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

// A newer release that adds an end to an ownership retracts the open one.
func TestFollowTheMoneyReleases(t *testing.T) {
	s := memory.New()
	const owned = `{"id":"a","schema":"Person","properties":{"name":["A"]}}
{"id":"b","schema":"Company","properties":{"name":["B"]}}
{"id":"x","schema":"Ownership","properties":{"owner":["a"],"asset":["b"],"startDate":["2010"]%s}}`
	for i, end := range []string{"", `,"endDate":["2020"]`} {
		released := mustTime(t, fmt.Sprintf("202%d", i+1))
		m := ftmMapper(t)
		m.DatedElsewhere = true
		report, err := loader.LoadRows(t.Context(), s, m, []loader.Input{textInput("x", fmt.Sprintf(owned, end))},
			loader.Options{Release: &loader.Release{Dataset: "ftm", Release: fmt.Sprint(i), ReleasedAt: &released,
				AllowRetract: true}})
		if err != nil || report.Rejected > 0 || report.Retracted != i {
			t.Fatalf("%v %+v", err, report)
		}
	}
	page, err := s.Scan(t.Context(), kg.KindAffiliation, "", 10)
	if err != nil {
		t.Fatal(err)
	}
	var live []string
	for _, a := range page.Affiliations {
		for _, c := range claimsAbout(t, s, a.ID) {
			if c.Stance == kg.StanceAsserts && len(c.WithdrawnBy) == 0 {
				live = append(live, a.ValidTime.EDTF)
			}
		}
	}
	if !slices.Equal(live, []string{"2010/2020"}) {
		t.Error(live)
	}
}

func TestHasEntities(t *testing.T) {
	for text, want := range map[string]bool{
		ftmEntities: true, "[" + ftmEntities[:strings.Index(ftmEntities, "\n")] + "]": true, "\ufeff\n" + ftmEntities: true,
		"{\n" + ftmEntities: true,
		`{"type":"actor","id":"actor:a","kind":"PERSON","names":["A"]}`: false, `{"actors":[]}`: false, "": false,
		"a,b\n1,2\n":                   false,
		`{"id":"a","schema":"Person"}`: false,
	} {
		in := textInput("x", text)
		if got, err := loader.HasEntities(&in); err != nil || got != want {
			t.Errorf("%.60q: %v, %v", text, got, err)
		}
	}
}

// For any lines, a load does not panic and loses no line, and loading the same input again changes nothing.
func FuzzFollowTheMoney(f *testing.F) {
	for line := range strings.Lines(ftmEntities) {
		f.Add(line)
	}
	f.Add(ftmEntities)
	f.Add(`{"id":"x","schema":"Address","properties":{"latitude":["NaN"],"longitude":[1e9],"city":["\u0000"]}}`)
	f.Add(`{"id":"x","schema":"Occupancy","properties":{"holder":["x"],"post":["x"],"startDate":["9999-99"],` +
		`"endDate":[null]}}`)
	f.Add(`{"id":"\u0000","schema":"Person","properties":{"name":"A","country":["zz","eu"]},"referents":[1],` +
		`"last_change":[]}`)
	f.Add("[[")
	f.Add(`{"id":"x","schema":"Passport","properties":{"holder":["x"]}}` + "\n" +
		`{"id":"x","schema":"Person","properties":{}}`)
	f.Fuzz(func(t *testing.T, text string) {
		s := memory.New()
		lines, valid := 0, true // an invalid line may be read as several values, or with the next one
		for line := range strings.Lines(text) {
			if strings.TrimSpace(line) != "" {
				lines++
				valid = valid && json.Valid([]byte(line))
			}
		}
		first, err := loadFTM(t, s, loader.Options{ChunkSize: 2}, textInput("f", text))
		skipRefused(t, s, text, err)
		if err != nil {
			t.Fatal(err)
		}
		counted := valid && first.Read != lines || first.Read == 0 && lines > 0
		if head := strings.TrimLeft(text, "\ufeff \t\r\n"); !strings.HasPrefix(head, "[") &&
			counted && !strings.ContainsAny(text, "\ufeff\v\f\u0085\u00a0") {
			t.Errorf("%d lines, %d read", lines, first.Read)
		}
		second, err := loadFTM(t, s, loader.Options{ChunkSize: 3}, textInput("f", text))
		if err != nil || second.Applied != 0 || second.Rejected != first.Rejected || second.Read != first.Read {
			t.Errorf("%v\nfirst %+v\nsecond %+v", err, first, second)
		}
		if found, err := check.Run(t.Context(), s, check.Options{}); err != nil || len(found.Breaks) > 0 {
			t.Errorf("%v %+v", err, found)
		}
	})
}
