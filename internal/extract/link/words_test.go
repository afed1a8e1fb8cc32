package link

import (
	"slices"
	"testing"

	"casus/internal/kg"
)

// sentences of a report and of its reprints. The third one tells two strikes, the fourth one a threat and a march.
var dispatch = []string{
	"Rockets of Sembra struck the harbour of Port Astel on Saturday.",
	"A second strike hit the harbour of Port Astel on Saturday.",
	"Sembra struck both the mill and the bridge of Kelda on Sunday.",
	"If talks fail, Sembra will march on Kelda, its general warned.",
	"The governor of Orin called for calm in all the towns.",
}

// strike is a strike of Sembra on a place, on numbered sentences.
func strike(id, day, place string, sentences ...int) reported {
	return reported{
		id: id, category: "ASSAULT", modality: "OCCURRED", time: day, actors: []string{"INITIATOR sembra"},
		places: []string{place}, sentences: sentences,
	}
}

func TestSameWords(t *testing.T) {
	l := newLinker(t)
	original := report{id: "dispatch", sentences: dispatch, events: []reported{
		strike("first", "2031-03-08", "port", 1), strike("second", "2031-03-08", "port", 2),
		strike("mill", "2031-03-09", "kelda", 3), strike("bridge", "2031-03-09", "kelda", 3),
		{id: "threat", category: "THREATEN", modality: "OCCURRED", actors: []string{"INITIATOR sembra"}, sentences: []int{4}},
		{id: "march", category: "ASSAULT", modality: "HYPOTHETICAL", actors: []string{"INITIATOR sembra"},
			places: []string{"kelda"}, sentences: []int{4}},
		{id: "calm", category: "REQUEST", modality: "OCCURRED", sentences: []int{5}},
	}}
	original.add(t, l)
	alike := kg.Document{ID: "document:dispatch", Text: original.text()}
	own := append([]string{"The Gazette adds that Sembra struck a market, too."}, dispatch...)
	changed := func(r reported, change func(*reported)) reported { change(&r); return r }
	first := strike("a", "2031-03-08", "port", 2)
	for _, c := range []struct {
		name   string
		events []reported
		want   []string
	}{
		{"two strikes on one day in one town", []reported{first, strike("b", "2031-03-08", "port", 3)},
			[]string{"first EVENT_WORDS", "second EVENT_WORDS"}},
		{"one strike on the sentences of two", []reported{strike("a", "2031-03-08", "port", 2, 3)},
			[]string{"? first second"}},
		{"two strikes on the sentence of one", []reported{first, strike("b", "2031-03-08", "port", 2)},
			[]string{"? first second", "? first second"}},
		{"one of two strikes that a sentence tells", []reported{strike("a", "2031-03-09", "kelda", 4)},
			[]string{"? bridge mill"}},
		{"a sentence with two kinds of acts", []reported{
			{category: "THREATEN", modality: "OCCURRED", sentences: []int{5}},
			{category: "ASSAULT", modality: "HYPOTHETICAL", places: []string{"kelda"}, sentences: []int{5}},
		}, []string{"threat EVENT_WORDS", "march EVENT_WORDS"}},
		{"neither time, place nor actors", []reported{{category: "REQUEST", modality: "OCCURRED", sentences: []int{6}}},
			[]string{"calm EVENT_WORDS"}},
		{"the same sentences and one of its own", []reported{strike("a", "2031-03-08", "port", 1, 2)},
			[]string{"first EVENT_WORDS"}},
		{"less than half of the sentences", []reported{
			{category: "REQUEST", modality: "OCCURRED", sentences: []int{2, 3, 5, 6}}}, []string{"?"}},
		{"another kind of act", []reported{{category: "STATEMENT", modality: "OCCURRED", sentences: []int{6}}},
			[]string{"? calm"}},
		{"another modality", []reported{{category: "REQUEST", modality: "PLANNED", sentences: []int{6}}}, []string{"? calm"}},
		{"another day", []reported{changed(first, func(r *reported) { r.time = "2031-03-20" })}, []string{"? first"}},
		{"another place", []reported{changed(first, func(r *reported) { r.places = []string{"kelda"} })},
			[]string{"? bridge first mill"}},
		{"a place that is not known", []reported{changed(first, func(r *reported) { r.places = []string{"new"} })},
			[]string{"? bridge first mill second"}},
		{"another actor", []reported{changed(first, func(r *reported) { r.actors = []string{"INITIATOR venn"} })},
			[]string{"? first"}},
		{"an actor that is not known", []reported{
			changed(first, func(r *reported) { r.actors = []string{"INITIATOR new"} })},
			[]string{"? first"}},
	} {
		r := report{sentences: own, events: c.events}
		got, err := l.SameEvents(t.Context(), r.article(t, alike))
		if err != nil {
			t.Fatal(err)
		}
		if found := outcome(got); !slices.Equal(found, c.want) {
			t.Errorf("%s: %q, want %q", c.name, found, c.want)
		}
	}
	two := report{sentences: own, events: []reported{first, strike("b", "2031-03-08", "port", 3)}}
	got, err := l.SameEvents(t.Context(), two.article(t))
	if want := []string{"? first second", "? first second"}; err != nil || !slices.Equal(outcome(got), want) {
		t.Errorf("no reprint: %q, %v", outcome(got), err)
	}
}

// TestSameWordsOfAHash compares an article with a document whose text is not stored, but has the same hash.
func TestSameWordsOfAHash(t *testing.T) {
	l := newLinker(t)
	original := report{id: "dispatch", sentences: dispatch, events: []reported{strike("first", "", "port", 1)}}
	original.add(t, l)
	for sum, want := range map[string]string{"aa": "first EVENT_WORDS", "bb": "?"} {
		a := report{sentences: dispatch, events: []reported{strike("a", "", "port", 1)}}.article(t,
			kg.Document{ID: "document:dispatch", SHA256: "aa"})
		a.SHA256 = sum
		got, err := l.SameEvents(t.Context(), a)
		if err != nil || !slices.Equal(outcome(got), []string{want}) {
			t.Errorf("%s: %q, %v", sum, outcome(got), err)
		}
	}
}
