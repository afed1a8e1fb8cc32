package link

import (
	"os"
	"slices"
	"strings"
	"testing"

	"casus/internal/extract/reprint"
	"casus/internal/extract/sentence"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/memory"
	"casus/internal/testkit/times"
)

func newLinker(t *testing.T) *Linker {
	t.Helper()
	graph, err := os.ReadFile("testdata/graph.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	l := New(memory.New())
	load(t, l, graph)
	return l
}

func TestFind(t *testing.T) {
	l := newLinker(t)
	actor := func(kind string, names ...string) Party { return Party{store.TypeActor, names, kind, ""} }
	for _, c := range []struct {
		name    string
		party   Party
		want    kg.ID
		partial bool
		// suggested are the suggestions, in any order.
		suggested []kg.ID
	}{
		{"a name", actor("PERSON", "Nora Venn"), "actor:venn", false, nil},
		{"a name in another script", actor("PERSON", "Нора Венн", "Nora Venn"), "actor:venn", false, nil},
		{"the English name alone", actor("PERSON", "نورا فن", "Nora Venn"), "actor:venn", true, nil},
		{"a surname", actor("PERSON", "Venn"), "actor:venn", true, nil},
		{"one that fits whole among longer ones", actor("STATE", "Sembra"), "actor:sembra", false, nil},
		{"two of one name", actor("PERSON", "Ann Orr"), "", false, []kg.ID{"actor:orr-1", "actor:orr-2"}},
		{"two of one name, one of the country", Party{store.TypeActor, []string{"Ann Orr"}, "PERSON", "XC"}, "actor:orr-1",
			false, nil},
		{"another kind", actor("COMPANY", "Nora Venn"), "", false, []kg.ID{"actor:venn"}},
		{"the beginning of a name", actor("COMPANY", "Sam"), "", false, []kg.ID{"actor:samara"}},
		{"nearly", actor("PERSON", "Norah Ven"), "", false, []kg.ID{"actor:venn"}},
		{"unknown", actor("PERSON", "Xaver Quist"), "", false, nil},
		{"a part, and no other name", actor("MILITARY", "Guard"), "actor:guard", true, nil},
		{"a part, and an English name that has more", actor("MILITARY", "Guard", "Sea Guard of Port Astel Harbour"),
			"actor:guard", true, nil},
		{"a part, and an English name with another word", actor("MILITARY", "Guard", "Guard of Kelda"), "", false,
			[]kg.ID{"actor:guard"}},
		{"a part, and the English name", actor("MILITARY", "Гвардія", "Sea Guard of Port Astel"), "actor:guard", true, nil},
		{"a part, and another English name: Ukrainian", actor("MILITARY", "Гвардія", "Guard of Kelda"), "", false,
			[]kg.ID{"actor:guard"}},
		{"a part, and another English name: Russian", actor("MILITARY", "Гвардия", "Guard of Kelda"), "", false,
			[]kg.ID{"actor:guard"}},
		{"a part, and another English name: Arabic", actor("MILITARY", "الحرس", "Guard of Kelda"), "", false,
			[]kg.ID{"actor:guard"}},
		{"a part of the English name, and another name", actor("MILITARY", "الحرس الملكي", "Guard"), "", false,
			[]kg.ID{"actor:guard"}},
		{"a part of the English name alone", actor("MILITARY", "قوة", "Guard"), "", false, []kg.ID{"actor:guard"}},
		{"a common noun: English", actor("MILITARY", "the guard", "guard"), "", false, []kg.ID{"actor:guard"}},
		{"a common noun: English, without an article", actor("MILITARY", "guard", "guard"), "", false,
			[]kg.ID{"actor:guard"}},
		{"a common noun: Ukrainian", actor("MILITARY", "гвардія", "guard"), "", false, []kg.ID{"actor:guard"}},
		{"a common noun: Russian", actor("MILITARY", "гвардия", "guard"), "", false, []kg.ID{"actor:guard"}},
		{"a common noun, and the English name", actor("MILITARY", "гвардія", "Sea Guard of Port Astel"), "actor:guard",
			true, nil},
		{"a part, of another country", Party{store.TypeActor, []string{"Guard"}, "MILITARY", "XB"}, "", false,
			[]kg.ID{"actor:guard"}},
		{"no words", actor("PERSON", "—"), "", false, nil},
		{"a place", Party{store.TypeLocation, []string{"Sembra"}, "COUNTRY", ""}, "location:sembra", false, nil},
	} {
		got, err := l.Find(t.Context(), c.party)
		if err != nil {
			t.Fatal(err)
		}
		var suggested []kg.ID
		for _, s := range got.Suggestions {
			suggested = append(suggested, s.ID)
			if s.Name == "" || s.Why == "" || reasonWords[s.Code] == "" {
				t.Errorf("%s: %+v", c.name, s)
			}
		}
		slices.Sort(suggested)
		if got.ID != c.want || got.Partial != c.partial || !slices.Equal(suggested, c.suggested) {
			t.Errorf("%s: %+v, want %s, %v, %v", c.name, got, c.want, c.partial, c.suggested)
		}
	}
}

func TestSameEvents(t *testing.T) {
	l := newLinker(t)
	sembra := []kg.ID{"actor:sembra"}
	for _, c := range []struct {
		name      string
		time      string
		category  kg.EventCategory
		actors    []kg.ID
		places    []kg.ID
		own       string
		want      kg.ID
		suggested []kg.ID
	}{
		{"the day and the place", "2031-03-01", "ASSAULT", sembra, []kg.ID{"location:port"}, "-x", "event:strike", nil},
		{"a parent of the place", "2031-03-01", "ASSAULT", sembra, []kg.ID{"location:orin"}, "-x", "event:strike", nil},
		{"the country does not count as a place", "2031-03-01", "ASSAULT", sembra, []kg.ID{"location:sembra"}, "-x", "", nil},
		{"the same country alone", "2031-06-01", "ASSAULT", sembra, []kg.ID{"location:sembra"}, "-x", "",
			[]kg.ID{"event:country"}},
		{"two days later", "2031-03-03", "ASSAULT", sembra, []kg.ID{"location:port"}, "-x", "", []kg.ID{"event:strike"}},
		{"four days later", "2031-03-05", "ASSAULT", sembra, []kg.ID{"location:port"}, "-x", "", nil},
		{"no place", "2031-03-01", "ASSAULT", sembra, nil, "-x", "", []kg.ID{"event:strike"}},
		{"another place", "2031-03-01", "ASSAULT", sembra, []kg.ID{"location:kelda"}, "-x", "", nil},
		{"another category", "2031-03-01", "CONSULT", sembra, []kg.ID{"location:port"}, "-x", "", nil},
		{"no actor", "2031-03-01", "ASSAULT", nil, []kg.ID{"location:port"}, "-x", "", nil},
		{"another actor", "2031-03-01", "ASSAULT", []kg.ID{"actor:venn"}, []kg.ID{"location:port"}, "-x", "", nil},
		{"no time", "", "ASSAULT", sembra, []kg.ID{"location:port"}, "-x", "", nil},
		{"the month", "2031-03", "ASSAULT", sembra, []kg.ID{"location:port"}, "-x", "", []kg.ID{"event:strike"}},
		{"the day of one of two", "2031-05-01", "ASSAULT", sembra, []kg.ID{"location:kelda"}, "-x",
			"event:other-1a2b3c4d", nil},
		{"the days of two", "2031-05-01/2031-05-02", "ASSAULT", sembra, []kg.ID{"location:kelda"}, "-x", "",
			[]kg.ID{"event:other-1a2b3c4d", "event:other-two"}},
		{"not the article's own", "2031-05-02", "ASSAULT", sembra, []kg.ID{"location:kelda"}, "-1a2b3c4d",
			"event:other-two", nil},
	} {
		e := Event{Category: c.category, Time: times.Parse(t, c.time), Places: c.places}
		for _, id := range c.actors {
			e.Parts = append(e.Parts, Part{id, kg.RoleParticipant})
		}
		all, err := l.SameEvents(t.Context(), Article{OwnPart: c.own, Events: []Event{e}})
		if err != nil {
			t.Fatal(err)
		}
		got := all[0]
		var suggested []kg.ID
		for _, s := range got.Suggestions {
			suggested = append(suggested, s.ID)
		}
		slices.Sort(suggested)
		if knownID(got) != c.want || !slices.Equal(suggested, c.suggested) {
			t.Errorf("%s: %+v, want %q, %v", c.name, got, c.want, c.suggested)
		}
	}
}

func knownID(s SameEvents) kg.ID {
	if s.Known == nil {
		return ""
	}
	return s.Known.ID
}

func TestReprints(t *testing.T) {
	l := newLinker(t)
	const story = "Port struck\nThe port was struck at dawn today. No one was hurt in the town itself. " +
		"Sembra said that it will answer soon. The Gazette adds a sentence here."
	for _, c := range []struct {
		name, text, sha256, published string
		original                      kg.ID
		suggested                     int
	}{
		{"a later one", story, "01", "2031-03-03", "document:wire", 1},
		{"an earlier one", story, "01", "2031-03-01", "", 1},
		{"another story", "The port was struck at dawn today. It rained all day in the town.", "01", "2031-03-03", "", 0},
		{"the same hash", "x", strings.Repeat("0", 62) + "aa", "2031-03-06", "document:bare", 1},
	} {
		got, err := l.Reprints(t.Context(), Document{
			ID: "document:new", SHA256: c.sha256, Published: times.Parse(t, c.published),
			Sketch: reprint.NewSketch(sentence.Texts(sentence.Split(c.text))),
		})
		if err != nil || got.Original != c.original || len(got.Suggestions) != c.suggested {
			t.Errorf("%s: %+v, %v; want %q, %d", c.name, got, err, c.original, c.suggested)
		}
	}
}

func TestKnownActors(t *testing.T) {
	l := newLinker(t)
	names, err := l.KnownActors(t.Context(), "سمبرا met NORA VENN; the army of Sembrax did not.", 10)
	if err != nil || !slices.Equal(names, []string{"Sembra", "Nora Venn"}) {
		t.Errorf("%q, %v", names, err)
	}
	if names, err = l.KnownActors(t.Context(), "سمبرا met NORA VENN", 1); err != nil || len(names) != 1 {
		t.Errorf("%q, %v", names, err)
	}
}

func TestIsFree(t *testing.T) {
	l := newLinker(t)
	for id, want := range map[kg.ID]bool{"actor:quist": true, "actor:venn": false, "location:port": false} {
		if got, err := l.IsFree(t.Context(), id, "document:new"); err != nil || got != want {
			t.Errorf("%s: %v, %v", id, got, err)
		}
	}
}

func TestContradict(t *testing.T) {
	names := func(values ...string) (all []kg.Name) {
		for _, v := range values {
			all = append(all, kg.Name{Value: v})
		}
		return all
	}
	for _, c := range []struct {
		names []string
		known []kg.Name
		want  bool
	}{
		{[]string{"army", "Army of Sembra"}, names("Armed Forces of Ukraine", "Ukrainian army"), true},
		{[]string{"الجيش", "Army of Sembra"}, names("Armed Forces of Ukraine", "الجيش الأوكراني"), true},
		{[]string{"армія", "Army of Sembra"}, names("Збройні сили України", "українська армія", "Ukrainian army"), true},
		{[]string{"армия", "Army of Sembra"}, names("Вооружённые силы Украины", "украинская армия", "Ukrainian army"), true},
		{[]string{"уряд", "Government of Sembra"}, names("уряд України", "Government of Ukraine"), true},
		{[]string{"Venn", "Mara Venn"}, names("Nora Venn"), true},
		// No name of the node is in the script of the other one.
		{[]string{"الجيش", "Army of Sembra"}, names("الجيش الأوكراني"), false},
		{[]string{"army", "the Army of Ukraine"}, names("Ukrainian army", "Army of Ukraine"), false},
		{[]string{"Venn", "Nora Venn"}, names("Nora Venn", "Нора Венн"), false},
		{[]string{"Венна", "Nora Venn"}, names("Nora Venn", "Нора Венн"), false},
		{[]string{"Venn", "Venn"}, names("Nora Venn"), false},
		{[]string{"Venn", "Nora Venn"}, names("Venn"), false},
		{[]string{"Venn", "Senator Nora Venn"}, names("Nora Venn"), false},
	} {
		if got := contradict(c.names, c.known); got != c.want {
			t.Errorf("%q and %v: %v", c.names, c.known, got)
		}
	}
}
