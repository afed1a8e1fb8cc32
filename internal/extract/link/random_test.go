package link

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"casus/internal/kg"
	"casus/internal/testkit/seeds"
)

// TestNeverAnotherEvent compares random reports with themselves: an event is never certain to
// be another one of the report, no known event is found twice, and no certain one is suggested.
func TestNeverAnotherEvent(t *testing.T) {
	certain := 0
	for _, seed := range seeds.For(t, 20) {
		r := rand.New(rand.NewPCG(seed, 0))
		known := randomReport(r)
		l := newLinker(t)
		known.add(t, l)
		var alike []kg.Document
		if r.IntN(2) == 0 {
			alike = []kg.Document{{ID: "document:" + kg.ID(known.id), Text: known.text()}}
		}
		got, err := l.SameEvents(t.Context(), known.article(t, alike...))
		if err != nil {
			t.Fatal(err)
		}
		found := map[kg.ID]bool{}
		for i, same := range got {
			if same.Known == nil {
				continue
			}
			certain++
			if same.Known.ID != kg.ID("event:"+known.events[i].id) || found[same.Known.ID] {
				t.Errorf("seed %d: %+v is %+v", seed, known.events[i], same.Known)
			}
			found[same.Known.ID] = true
		}
		for i, same := range got {
			for _, s := range same.Suggestions {
				if found[s.ID] {
					t.Errorf("seed %d: %+v: %s is another event for certain", seed, known.events[i], s.ID)
				}
			}
		}
	}
	if certain == 0 {
		t.Error("no event was certain")
	}
}

// randomReport returns a report of ten events that differ in little.
func randomReport(r *rand.Rand) report {
	pick := func(values ...string) string { return values[r.IntN(len(values))] }
	known := report{id: "known", sentences: dispatch}
	for i := range 10 {
		e := reported{
			id: fmt.Sprint("e", i), category: pick("ASSAULT", "STATEMENT", "REJECT"), modality: pick("OCCURRED", "PLANNED"),
			time: pick("", "2031-07-01", "2031-07-02", "2031-07-20", "2031-07"), sentences: []int{1 + r.IntN(len(dispatch))},
			killed: r.IntN(3),
		}
		if n := 1 + r.IntN(len(dispatch)); n != e.sentences[0] && r.IntN(2) == 0 {
			e.sentences = append(e.sentences, n)
		}
		for _, actor := range []string{"sembra", "venn"} {
			if r.IntN(2) == 0 {
				e.actors = append(e.actors, pick("INITIATOR", "RECIPIENT", "MENTIONED")+" "+actor)
			}
		}
		if place := pick("", "port", "kelda", "orin", "sembra"); place != "" {
			e.places = []string{place}
		}
		if i > 0 && r.IntN(3) == 0 {
			e.answers = []string{pick("REJECTS", "COUNTERS") + " " + known.events[r.IntN(i)].id}
		}
		known.events = append(known.events, e)
	}
	return known
}
