package loader_test

import (
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/store/memory"
	"casus/loader"
)

func TestComplementaryRecordsAreMerged(t *testing.T) {
	s := memory.New()
	lines := []string{
		`{"type":"actor","id":"actor:ada","kind":"UNIDENTIFIED","names":["Ada"]}`,
		`{"type":"actor","id":"actor:ada","kind":"PERSON","names":[{"value":"Ада","language":"uk"}],"country":"UA"}`,
		`{"type":"actor","id":"actor:ada","kind":"PERSON","names":["Ada"]}`,
		`{"type":"release","id":"release:r","name":"R","release":"1"}`,
		`{"type":"release","id":"release:r","name":"R","release":"1","releasedAt":"2025"}`,
	}
	checkAllCounts(t, load(t, s, loader.Options{}, lines...), 4, 0, 1, 0, 0)
	all, err := s.Scan(t.Context(), kg.KindActor, "", 10)
	if err != nil {
		t.Fatal(err)
	}
	if a := all.Actors[0]; len(all.Actors) != 1 || len(a.Names) != 2 || a.Kind != kg.ActorPerson || a.Country != "UA" {
		t.Errorf("%+v", all.Actors)
	}
	checkAllCounts(t, load(t, s, loader.Options{}, lines...), 0, 2, 3, 0, 0)
}

func TestEqualDecisionsAgree(t *testing.T) {
	d := `{"type":"identity","id":"identity:i","a":"actor:ada","b":"actor:bo","decidedBy":"a reader",` +
		`"decidedAt":"2025-12-20T10:00:00Z","score":0.5}`
	checkAllCounts(t, load(t, memory.New(), loader.Options{}, ada, bo, d, d), 3, 0, 1, 0, 0)
	other := strings.Replace(d, "0.5", "0.6", 1)
	checkCounts(t, load(t, memory.New(), loader.Options{}, ada, bo, d, other), 3, 0, 1)
}

// Two records may make the same claim. An event's record that only repeats it is counted, not lost.
func TestEqualClaimsAreMerged(t *testing.T) {
	s := memory.New()
	claim := `{"type":"claim","id":"claim:c","subject":"event:e","document":"document:paper"}`
	event := `{"type":"event","id":"event:e","claims":[{"id":"claim:c","document":"document:paper"}]}`
	answer := `{"type":"event","id":"event:f","document":"document:paper",` +
		`"respondsTo":[{"to":"event:e","kind":"REJECTS"}]}`
	checkAllCounts(t, load(t, s, loader.Options{BatchSize: 1}, answer, claim, event, paper), 3, 0, 1, 0, 0)
	checkCounts(t, load(t, s, loader.Options{BatchSize: 1}, event, answer, paper), 0, 3, 0)
}

// A contradictory record is rejected alone: no earlier record refers to its ids, and no later one is merged with it.
func TestContradictionsAreRejectedAlone(t *testing.T) {
	s := memory.New()
	family := `{"type":"affiliation","id":"affiliation:a","holder":"actor:ada","counterpart":"actor:bo",` +
		`"affiliationType":"FAMILY",`
	r := load(t, s, loader.Options{}, ada, bo, paper,
		`{"type":"event","id":"event:e","claims":[{"id":"claim:c","document":"document:paper"}]}`,
		family+`"claims":[{"id":"claim:c","document":"document:paper"}]}`,
		family+`"document":"document:paper"}`,
		`{"type":"location","id":"location:k","kind":"CITY","names":["K"]}`,
		`{"type":"location","id":"location:k","kind":"CITY","names":["Q"],"within":["location:none"]}`)
	checkCounts(t, r, 6, 0, 2)
	if at := []int{r.FirstRejects[0].Line, r.FirstRejects[1].Line}; at[0] != 5 || at[1] != 8 {
		t.Errorf("rejected: %v", r.FirstRejects)
	}
}

func TestEventsOfSeveralDocumentsAreMerged(t *testing.T) {
	s := memory.New()
	r := load(t, s, loader.Options{}, paper, untexted, ada, bo, meeting,
		`{"type":"event","id":"event:meeting","titles":[{"value":"Зустріч","language":"uk"}],`+
			`"document":"document:untexted","participants":[{"actor":"actor:bo"}]}`)
	checkAllCounts(t, r, 5, 0, 0, 1, 0)
	nodes, err := s.Nodes(t.Context(), kg.View{}, []kg.ID{"event:meeting"})
	if err != nil {
		t.Fatal(err)
	}
	if e, ok := nodes[0].(kg.Event); !ok || len(e.Titles) != 2 || e.Sources.Documents != 2 {
		t.Errorf("%+v", nodes[0])
	}
}
