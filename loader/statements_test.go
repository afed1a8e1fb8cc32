package loader_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"casus/internal/digest"
	"casus/internal/kg"
	"casus/internal/store/memory"
	"casus/loader"
	"casus/loader/mapping"

	"github.com/google/go-cmp/cmp"
)

// general states a country of an actor, with more fields.
func general(country, more string) string {
	return fmt.Sprintf(`{"type":"actor","id":"actor:general","kind":"PERSON","names":["The general"],"country":%q%s}`,
		country, more)
}

// published is a document with its date.
func published(id, date string) string {
	return fmt.Sprintf(`{"type":"document","id":"document:%s","titles":["A report"],"publishedAt":%q}`, id, date)
}

// TestNoRecordIsRejectedForItsValue loads records that contradict one another, in random orders and chunks: all load,
// and the graph is the same.
func TestNoRecordIsRejectedForItsValue(t *testing.T) {
	lines := []string{
		published("march", "2025-03-01"), published("may", "2025-05-01"),
		general("PL", `,"source":"document:may"`), general("UA", `,"source":"document:march"`), general("LT", ""),
		`{"type":"location","id":"location:k","kind":"CITY","names":["K"],"point":{"latitude":1,"longitude":2}}`,
		`{"type":"location","id":"location:k","kind":"CITY","names":["K"],"point":{"latitude":3,"longitude":4}}`,
		`{"type":"affiliation","id":"affiliation:a","holder":"actor:general","counterpart":"location:k",` +
			`"affiliationType":"OFFICE","position":"mayor","document":"document:may"}`,
		`{"type":"affiliation","id":"affiliation:a","holder":"actor:general","counterpart":"location:k",` +
			`"affiliationType":"OFFICE","position":"governor","document":"document:march"}`,
	}
	want := ""
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 3))
		if seed > 0 {
			r.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
		}
		s := memory.New()
		report := load(t, s, loader.Options{ChunkSize: 1 + r.IntN(10), BatchSize: 1 + r.IntN(5)}, lines...)
		if report.Rejected > 0 {
			t.Fatalf("order %d: %v", seed, report.FirstRejects)
		}
		a, l := node[kg.Actor](t, s, "actor:general"), node[kg.Location](t, s, "location:k")
		if a.Country != "UA" || l.Point.Latitude != 1 || !cmp.Equal(l.Undecided, []string{"point"}) {
			t.Errorf("order %d: country %s, point %v, undecided %v", seed, a.Country, l.Point, l.Undecided)
		}
		if p := node[kg.Affiliation](t, s, "affiliation:a").Position; p != "governor" {
			t.Errorf("order %d: the office is %s", seed, p)
		}
		got, err := digest.Compute(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		if want == "" {
			want = got
		}
		if got != want {
			t.Errorf("order %d makes another graph", seed)
		}
	}
}

// TestUndecidedValuesAreReported counts the fields that no rule decides once, also if the records come again.
func TestUndecidedValuesAreReported(t *testing.T) {
	s := memory.New()
	lines := []string{general("PL", ""), general("UA", "")}
	report := load(t, s, loader.Options{ChunkSize: 1}, lines...)
	want := []kg.FieldConflict{{ID: "actor:general", Field: "country", Kept: "PL", Dropped: "UA"}}
	if report.UndecidedValues != 1 || !cmp.Equal(report.Undecided, want) {
		t.Errorf("%d: %v", report.UndecidedValues, report.Undecided)
	}
	if report = load(t, s, loader.Options{}, lines...); report.UndecidedValues != 0 {
		t.Errorf("loaded again: %v", report.Undecided)
	}
	report = load(t, s, loader.Options{}, published("march", "2025-03-01"), general("UA", `,"source":"document:march"`))
	if a := node[kg.Actor](t, s, "actor:general"); report.UndecidedValues != 0 || a.Country != "UA" || a.Undecided != nil {
		t.Errorf("decided by a third record: %+v, %v", a, report.Undecided)
	}
}

// TestSourcesOfRows checks that the nodes of rows have their data set as the source, of any release.
func TestSourcesOfRows(t *testing.T) {
	m, err := mapping.Parse("m.yaml", []byte(`mapping: 1
name: strikes
published: '= row.day'
records:
  - actor: {id: '= "actor:" + row.side', kind: STATE, names: ['= row.side'], country: '= row.country'}
  - event: {id: '= "event:strikes:" + row.id', titles: [Strike], participants: [{actor: '= "actor:" + row.side'}]}
`), nil)
	if err != nil {
		t.Fatal(err)
	}
	s := memory.New()
	for i, country := range []string{"UA", "PL"} {
		in := textInput("strikes.csv", fmt.Sprintf("id,day,side,country\n%d,2025-03-01,north,%s\n", i, country))
		rel := release(t, fmt.Sprint(i), fmt.Sprintf("2025-0%d-01", 4+i))
		rel.Partial = true
		if _, err := loader.LoadRows(t.Context(), s, m, []loader.Input{in}, loader.Options{Release: rel}); err != nil {
			t.Fatal(err)
		}
	}
	load(t, s, loader.Options{},
		`{"type":"actor","id":"actor:north","kind":"STATE","names":["north"],"country":"UA","source":"dataset:strikes"}`,
		`{"type":"actor","id":"actor:north","kind":"STATE","names":["north"],"country":"UA"}`)
	want := []kg.FieldValue{
		{Field: "country", Value: "PL", Sources: []kg.Source{"dataset:strikes"}},
		{Field: "country", Value: "UA", Sources: []kg.Source{"", "dataset:strikes"}},
		{Field: "kind", Value: "STATE", Sources: []kg.Source{"", "dataset:strikes"}},
	}
	if a := node[kg.Actor](t, s, "actor:north"); a.Country != "UA" || !cmp.Equal(a.Values, want) {
		t.Errorf("%s by\n%v, want\n%v", a.Country, a.Values, want)
	}
}

// TestUnknownSource rejects a record of a document that is nowhere.
func TestUnknownSource(t *testing.T) {
	report := load(t, memory.New(), loader.Options{}, general("UA", `,"source":"document:nowhere"`), ada)
	checkCounts(t, report, 1, 0, 1)
	report = load(t, memory.New(), loader.Options{}, general("UA", `,"source":"actor:ada"`), ada)
	checkCounts(t, report, 1, 0, 1)
}
