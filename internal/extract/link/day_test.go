package link

import (
	"slices"
	"testing"
)

func TestSamePlace(t *testing.T) {
	l := newLinker(t)
	load(t, l, []byte(`{"type": "location", "id": "location:isle", "kind": "REGION", "names": ["Isle of Teal"]}`+"\n"))
	visit := func(id, time, place string, actors ...string) reported {
		return reported{id: id, category: "CONSULT", modality: "PLANNED", time: time, actors: actors, places: []string{place},
			sentences: []int{1}}
	}
	known := report{id: "known", sentences: dispatch, events: []reported{
		strike("port", "2031-03-08", "port", 1), strike("kelda", "2031-04-01", "kelda", 2),
		strike("kelda-too", "2031-04-01", "kelda", 3), strike("month", "2031-07", "port", 4),
		strike("isle", "2031-09-01", "isle", 5),
		visit("visit", "2031-05-01", "isle", "PARTICIPANT venn"),
		visit("days", "2031-06-01/2031-06-02", "isle", "PARTICIPANT venn"),
	}}
	known.add(t, l)
	for _, c := range []struct {
		name   string
		events []reported
		want   []string
	}{
		{"the only strike of the day", []reported{strike("a", "2031-03-08", "port", 1)}, []string{"port EVENT_PLACE"}},
		{"two strikes of the article", []reported{strike("a", "2031-03-08", "port", 1), strike("b", "2031-03-08", "port", 2)},
			[]string{"? port", "? port"}},
		{"two strikes, the time of day of one", []reported{
			strike("a", "2031-03-08T06:00:00Z", "port", 1), strike("b", "2031-03-08", "port", 2)},
			[]string{"? port", "? port"}},
		{"two known strikes", []reported{strike("a", "2031-04-01", "kelda", 1)}, []string{"? kelda kelda-too"}},
		{"a month", []reported{strike("a", "2031-07", "port", 1)}, []string{"? month"}},
		{"an army in a region", []reported{strike("a", "2031-09-01", "isle", 1)}, []string{"? isle"}},
		{"a person in a region", []reported{visit("a", "2031-05-01", "isle", "PARTICIPANT venn")},
			[]string{"visit EVENT_PLACE"}},
		{"a person in a region, with another one", []reported{
			visit("a", "2031-05-01", "isle", "PARTICIPANT venn", "PARTICIPANT orr-1")}, []string{"? visit"}},
		{"a person in a region, with one that is not known", []reported{
			visit("a", "2031-05-01", "isle", "PARTICIPANT venn", "PARTICIPANT new")}, []string{"? visit"}},
		{"a person in a region, in another role", []reported{visit("a", "2031-05-01", "isle", "HOST venn")},
			[]string{"? visit"}},
		{"a person in a region within two days", []reported{visit("a", "2031-06-01", "isle", "PARTICIPANT venn")},
			[]string{"? days"}},
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
