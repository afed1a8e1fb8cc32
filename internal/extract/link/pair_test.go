package link

import (
	"slices"
	"testing"
)

// act is an event without a place, on numbered sentences.
func act(id, category, modality, time, actor string, sentences ...int) reported {
	return reported{id: id, category: category, modality: modality, time: time, actors: []string{actor},
		sentences: sentences}
}

// answering returns an event that answers another one.
func answering(e reported, answers ...string) reported {
	e.answers = answers
	return e
}

func TestSameAnswers(t *testing.T) {
	l := newLinker(t)
	truce := act("truce", "CONCEDE", "PROPOSED", "", "PROPOSER venn", 1)
	accepted := act("accepted", "AGREE", "OCCURRED", "2031-03-08", "INITIATOR sembra", 2)
	known := report{id: "known", sentences: dispatch, events: []reported{
		truce, answering(accepted, "ACCEPTS truce"),
		act("list", "REQUEST", "OCCURRED", "", "INITIATOR orr-1", 1),
		act("tolls", "REQUEST", "OCCURRED", "", "INITIATOR orr-1", 2),
		answering(act("no-list", "REJECT", "OCCURRED", "2031-03-08", "INITIATOR sembra", 3), "REJECTS list"),
		answering(act("no-tolls", "REJECT", "OCCURRED", "2031-03-08", "INITIATOR sembra", 4), "REJECTS tolls"),
		strike("hit", "2031-03-08", "port", 5),
		answering(act("blame", "ACCUSE", "OCCURRED", "2031-03-08", "INITIATOR venn", 5), "RESULTS_FROM hit"),
		answering(act("month", "SUPPORT", "OCCURRED", "2031-03", "INITIATOR sembra", 5), "ACCEPTS truce"),
	}}
	known.add(t, l)
	for _, c := range []struct {
		name   string
		events []reported
		want   []string
	}{
		{"one accepts what another one proposed", []reported{truce, answering(accepted, "ACCEPTS truce")},
			[]string{"truce EVENT_ANSWERED", "accepted EVENT_ANSWER"}},
		{"no answer", []reported{truce, accepted}, []string{"?", "? accepted"}},
		{"another answer", []reported{truce, answering(accepted, "DEFERS truce")}, []string{"?", "? accepted"}},
		{"another proposer", []reported{act("truce", "CONCEDE", "PROPOSED", "", "PROPOSER orr-1", 1),
			answering(accepted, "ACCEPTS truce")}, []string{"?", "? accepted"}},
		{"no longer proposed", []reported{act("truce", "CONCEDE", "OCCURRED", "", "PROPOSER venn", 1),
			answering(accepted, "ACCEPTS truce")}, []string{"?", "? accepted"}},
		{"another role", []reported{truce, answering(act("a", "AGREE", "OCCURRED", "2031-03-08", "RECIPIENT sembra", 2),
			"ACCEPTS truce")}, []string{"?", "? accepted"}},
		{"the day after", []reported{truce, answering(act("a", "AGREE", "OCCURRED", "2031-03-09", "INITIATOR sembra", 2),
			"ACCEPTS truce")}, []string{"?", "? accepted"}},
		{"a month", []reported{truce, answering(act("a", "SUPPORT", "OCCURRED", "2031-03", "INITIATOR sembra", 2),
			"ACCEPTS truce")}, []string{"?", "? month"}},
		{"two demands of one actor are rejected on one day", []reported{
			act("d", "REQUEST", "OCCURRED", "", "INITIATOR orr-1", 1),
			answering(act("a", "REJECT", "OCCURRED", "2031-03-08", "INITIATOR sembra", 2), "REJECTS d")},
			[]string{"?", "? no-list no-tolls"}},
		{"the answer to a joined event", []reported{strike("s", "2031-03-08", "port", 1),
			answering(act("a", "ACCUSE", "OCCURRED", "2031-03-08", "INITIATOR venn", 2), "RESULTS_FROM s")},
			[]string{"hit EVENT_PLACE", "blame EVENT_ANSWER"}},
		{"two answers to a joined event", []reported{strike("s", "2031-03-08", "port", 1),
			answering(act("a", "ACCUSE", "OCCURRED", "2031-03-08", "INITIATOR venn", 2), "RESULTS_FROM s"),
			answering(act("b", "ACCUSE", "OCCURRED", "2031-03-08", "INITIATOR venn", 3), "RESULTS_FROM s")},
			[]string{"hit EVENT_PLACE", "? blame", "? blame"}},
	} {
		got, err := l.SameEvents(t.Context(), report{sentences: dispatch, events: c.events}.article(t))
		if err != nil {
			t.Fatal(err)
		}
		if found := outcome(got); !slices.Equal(found, c.want) {
			t.Errorf("%s: %q, want %q", c.name, found, c.want)
		}
	}
}

func TestToldTogether(t *testing.T) {
	killed := func(n int, r reported) reported { r.killed = n; return r }
	hit := killed(12, strike("hit", "2031-08", "port", 1))
	admitted := act("admitted", "STATEMENT", "OCCURRED", "2031-09", "SPEAKER sembra", 1)
	apart := admitted
	apart.sentences = []int{2}
	at := func(r reported, time, place string) reported { r.time, r.places = time, []string{place}; return r }
	for _, c := range []struct {
		name          string
		known, events []reported
		want          []string
	}{
		{"a strike and its admission", []reported{hit, admitted}, []reported{hit, admitted},
			[]string{"hit EVENT_TOLD", "admitted EVENT_TOLD"}},
		{"another number", []reported{hit, admitted}, []reported{killed(11, hit), admitted}, []string{"? hit", "? admitted"}},
		{"no number", []reported{hit, admitted}, []reported{killed(0, hit), admitted}, []string{"? hit", "? admitted"}},
		{"one person", []reported{killed(1, hit), admitted}, []reported{killed(1, hit), admitted},
			[]string{"? hit", "? admitted"}},
		{"a country", []reported{at(hit, "2031-08", "sembra"), admitted}, []reported{at(hit, "2031-08", "sembra"), admitted},
			[]string{"? hit", "? admitted"}},
		{"another month", []reported{hit, admitted}, []reported{at(hit, "2031-10", "port"), admitted},
			[]string{"?", "? admitted"}},
		{"in two sentences of the article", []reported{hit, admitted}, []reported{hit, apart},
			[]string{"? hit", "? admitted"}},
		{"in two sentences of the document", []reported{hit, apart}, []reported{hit, admitted},
			[]string{"? hit", "? admitted"}},
		{"two kinds of statement", []reported{hit, admitted},
			[]reported{hit, act("denied", "REJECT", "OCCURRED", "2031-09", "SPEAKER sembra", 1)}, []string{"? hit", "?"}},
		{"two strikes", []reported{hit, strike("mill", "2031-09", "kelda", 1)},
			[]reported{hit, strike("mill", "2031-09", "kelda", 1)}, []string{"? hit", "? mill"}},
		{"two strikes in the month", []reported{hit, admitted, strike("too", "2031-08-20", "port", 3)},
			[]reported{hit, admitted}, []string{"? hit too", "? admitted"}},
		{"two admissions", []reported{hit, admitted, act("again", "STATEMENT", "OCCURRED", "2031-09", "SPEAKER sembra", 1)},
			[]reported{hit, admitted}, []string{"? hit", "? admitted again"}},
	} {
		l := newLinker(t)
		report{id: "known", sentences: dispatch, events: c.known}.add(t, l)
		got, err := l.SameEvents(t.Context(), report{sentences: dispatch, events: c.events}.article(t))
		if err != nil {
			t.Fatal(err)
		}
		if found := outcome(got); !slices.Equal(found, c.want) {
			t.Errorf("%s: %q, want %q", c.name, found, c.want)
		}
	}
}
