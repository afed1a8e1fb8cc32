package loader_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/memory"
	"casus/loader"
	"casus/loader/mapping"
	"casus/loader/tally"
)

// incidents is a mapping whose events have the id of the row. Rows share a campaign.
const incidents = `
mapping: 1
name: incidents
published: '= date(row.day)'
records:
  - actor: {id: '= "actor:i:" + slug(row.who)', kind: ARMED_GROUP, names: ['= row.who']}
  - event:
      id: event:i:campaign
      claims: [{id: claim:i:campaign, titles: [The campaign], assertedAt: '2020-01-01'}]
  - event:
      id: '= "event:i:" + row.id'
      titles: ['= row.what']
      time: '= date(row.day)'
      participants: [{actor: '= "actor:i:" + slug(row.who)', role: INITIATOR}]
      partOf: [event:i:campaign]
`

func parseMapping(t *testing.T, source string) *mapping.Mapping {
	t.Helper()
	m, err := mapping.Parse("m.yaml", []byte(source), nil)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// counts are the counts of a report, in its order.
func counts(r loader.Report) [6]int {
	return [6]int{r.Read, r.Applied, r.Unchanged, r.Repeated, r.Merged, r.Rejected}
}

// The count of each row is what happened to it for any size of chunks and batches, and the same when it is loaded
// again except that nothing is new.
func TestEveryRowIsCounted(t *testing.T) {
	table := "id,day,who,what\n" + strings.Join([]string{
		"1,2020-01-02,Front,A strike", // line 2
		"2,2020-01-02,Front,A strike",
		"1,2020-01-02,Front,A strike", // repeats line 2
		"1,2020-05-09,Front,Another",  // the event of line 2
		"3,soon,Front,Broken",         // rejected
		"1,2020-05-09,Front,Another",  // repeats line 5
		"4,2020-01-03,Army,A raid",
		"4,2020-01-03,Army,A raid by night", // the event of line 8
	}, "\n") + "\n"
	for _, size := range []int{1, 2, 3, 100} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			s := memory.New()
			opt := loader.Options{ChunkSize: size, BatchSize: size, Now: 1}
			load := func() loader.Report {
				r, err := loader.LoadRows(t.Context(), s, parseMapping(t, incidents),
					[]loader.Input{textInput("t.csv", table)}, opt)
				if err != nil {
					t.Fatal(err)
				}
				return r
			}
			r := load()
			if got := counts(r); got != [6]int{8, 3, 0, 2, 2, 1} {
				t.Errorf("read, applied, unchanged, repeated, merged, rejected: %v", got)
			}
			examples := ""
			for _, e := range append(r.RepeatedRows, r.MergedRows...) {
				examples += fmt.Sprintf("%d=%d %s; ", e.Line, e.Other.Line, e.ID)
			}
			if want := "4=2 event:i:1; 7=5 event:i:1; 5=2 event:i:1; 9=8 event:i:4; "; examples != want {
				t.Errorf("examples: %s\nwant %s", examples, want)
			}
			opt.Now = 2
			if got := counts(load()); got != [6]int{8, 0, 3, 2, 2, 1} {
				t.Errorf("again: %v", got)
			}
		})
	}
}

// Records of the extraction format are counted in the same way.
func TestEveryRecordIsCounted(t *testing.T) {
	spaced := `{"names": ["Ada"], "kind": "PERSON", "id": "actor:ada", "type": "actor"}`
	twice := `{"type":"event","id":"event:e","titles":["E"],"document":"document:paper"}`
	claim := `{"type":"claim","subject":"event:e","document":"document:paper","note":"N"}`
	for _, size := range []int{1, 2, 100} {
		s := memory.New()
		lines := []string{
			ada, spaced, paper, twice, claim, strings.Replace(twice, `{"type"`, `{ "type"`, 1), claim, bo, bo,
			`{"type":"event","id":"event:e","titles":["F"],"document":"document:paper"}`,
		}
		r := load(t, s, loader.Options{ChunkSize: size}, lines...)
		checkAllCounts(t, r, 5, 0, 4, 1, 0)
		checkAllCounts(t, load(t, s, loader.Options{ChunkSize: size}, lines...), 0, 5, 4, 1, 0)
	}
}

// A load that fails anywhere and is started again has the counts of one that did not.
func TestCountsAfterAResume(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	var b strings.Builder
	b.WriteString("id,day,who,what\n")
	for range 400 {
		id := random.IntN(250)
		_, _ = fmt.Fprintf(&b, "%d,2020-01-%02d,Group %d,Event %d\n", id, 1+random.IntN(2), id%20, id%3*random.IntN(2))
	}
	load := func(s loader.Store, now edtf.Instant) (loader.Report, error) {
		return loader.LoadRows(t.Context(), s, parseMapping(t, incidents), []loader.Input{textInput("t.csv", b.String())},
			loader.Options{ChunkSize: 60, BatchSize: 25, RetryTimeout: 1, Now: now})
	}
	whole, err := load(memory.New(), 7)
	if err != nil || whole.Repeated == 0 || whole.Merged == 0 || whole.Applied+whole.Repeated+whole.Merged != 400 {
		t.Fatal(counts(whole), err)
	}
	for left := 1; left < 24; left += 2 {
		s := memory.New()
		if _, err := load(&brokenStore{s, left}, 1); !errors.Is(err, errBroken) {
			t.Fatal(left, err)
		}
		if _, err := load(&brokenStore{s, 4}, 2); err != nil && !errors.Is(err, errBroken) {
			t.Fatal(left, err)
		}
		again, err := load(s, 3)
		if err != nil {
			t.Fatal(left, err)
		}
		if counts(again) != counts(whole) && again.Resumed {
			t.Errorf("%d: %v, want %v", left, counts(again), counts(whole))
		}
		checkTotals(t, again)
	}
}

// Concurrent batches do not change the counts.
func TestCountsOfConcurrentBatches(t *testing.T) {
	var b strings.Builder
	b.WriteString("id,day,who,what\n")
	for i := range 300 {
		_, _ = fmt.Fprintf(&b, "%d,2020-01-01,Group %d,Event %d\n", i%200, i%200%20, i%200+i/250)
	}
	for _, writers := range []int{1, 4} {
		r, err := loader.LoadRows(t.Context(), concurrent{memory.New(), writers}, parseMapping(t, incidents),
			[]loader.Input{textInput("t.csv", b.String())}, loader.Options{BatchSize: 20})
		if err != nil {
			t.Fatal(err)
		}
		if got := counts(r); got != [6]int{300, 200, 0, 50, 50, 0} {
			t.Errorf("%d writers: %v", writers, got)
		}
	}
}

// concurrent is a store that accepts concurrent batches.
type concurrent struct {
	loader.Store
	writers int
}

func (c concurrent) Properties() store.Properties {
	return store.Properties{ConcurrentWrites: c.writers}
}

// Rows without ids are distinguished by their number, in each file from 1.
func TestRowNumbers(t *testing.T) {
	m := `
mapping: 1
name: unnumbered
published: '= date(row.day)'
records:
  - event: {ID, titles: ['= row.what'], time: '= date(row.day)'}
`
	table := "day,what\n2004-01-01,IED\n2004-01-01,IED\n\n2004-01-01,IED\nsoon,IED\n2004-01-02,IED\n"
	for id, want := range map[string][6]int{
		"mode: all": {5, 2, 0, 2, 0, 1}, `id: '= "event:u:" + string(rowNumber)'`: {5, 4, 0, 0, 0, 1},
	} {
		s := memory.New()
		r, err := loader.LoadRows(t.Context(), s, parseMapping(t, strings.Replace(m, "ID", id, 1)),
			[]loader.Input{textInput("t.csv", table)}, loader.Options{})
		if err != nil || counts(r) != want {
			t.Errorf("%s: %v, want %v (%v)", id, counts(r), want, err)
		}
		if strings.HasPrefix(id, "id") {
			nodes, err := s.Nodes(t.Context(), kg.View{}, []kg.ID{"event:u:1", "event:u:3", "event:u:4", "event:u:5"})
			if err != nil || nodes[0] == nil || nodes[1] == nil || nodes[2] != nil || nodes[3] == nil {
				t.Errorf("%v %v", nodes, err)
			}
		}
	}
}

func TestTally(t *testing.T) {
	x := tally.NewIndex()
	at := func(line int) tally.Place { return tally.Place{File: "f", Line: line} }
	for i, c := range []struct {
		ids     []kg.ID
		content string
		want    tally.Relation
		line    int
	}{
		{[]kg.ID{"event:u", "event:a"}, "a", tally.New, 0},
		{[]kg.ID{"event:u", "event:b"}, "b", tally.New, 0},
		{[]kg.ID{"event:u", "event:a"}, "a", tally.Same, 1},
		{[]kg.ID{"event:u", "event:b"}, "b", tally.Same, 2},
		{[]kg.ID{"event:u", "event:b"}, "c", tally.Known, 2},
		{[]kg.ID{"event:u", "event:b"}, "c", tally.Same, 5},
		{[]kg.ID{"event:u"}, "a", tally.Same, 1},
		{nil, "a", tally.New, 0},
	} {
		got := x.Add(c.ids, c.content, at(i+1))
		if got.Relation != c.want || got.Row.Line != c.line {
			t.Errorf("row %d: %+v, want %d, line %d", i+1, got, c.want, c.line)
		}
	}
	if !x.Has("event:b") || x.Has("event:c") {
		t.Error("Has")
	}
}
