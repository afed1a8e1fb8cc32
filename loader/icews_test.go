package loader_test

import (
	_ "embed"
	"slices"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/kg/merge"
	"casus/internal/store/memory"
	"casus/loader"

	"github.com/google/go-cmp/cmp"
)

// Invented rows: a meeting, a visit, an intent and mutual accusations, each from both sides; and an attack by an
// unspecified actor at an unspecified place.
//
//go:embed testdata/rows/icews.tsv
var icewsRows string

func loadICEWS(t *testing.T, text string) *memory.Store {
	t.Helper()
	s := memory.New()
	loadAll(t, s, []string{"icews"}, textInput("events.2018.tab", text))
	return s
}

func TestICEWS(t *testing.T) {
	s := loadICEWS(t, icewsRows)
	events := allEvents(t, s)
	slices.SortFunc(events, func(a, b kg.Event) int { return strings.Compare(a.Titles[0].Value, b.Titles[0].Value) })
	type summary struct {
		Title, Mode, Time, Known string
		Category                 kg.EventCategory
		Parts, Places            []string
		Rows                     int
	}
	var got []summary
	for _, e := range events {
		edges, err := s.EventEdges(t.Context(), kg.View{}, kg.WantLocations, []kg.ID{e.ID})
		if err != nil {
			t.Fatal(err)
		}
		x := summary{
			e.Titles[0].Value, e.Mode, e.Time.EDTF, e.FirstAsserted.EDTF, e.Category, nil, nil, len(claimsAbout(t, s, e.ID)),
		}
		for _, p := range participants(t, s, e.ID) {
			x.Parts = append(x.Parts, strings.TrimPrefix(strings.TrimSpace(p), "actor:icews:"))
		}
		for _, l := range edges[0].Locations {
			x.Places = append(x.Places, strings.TrimPrefix(string(l.Location), "location:icews:"))
		}
		slices.Sort(x.Places)
		got = append(got, x)
	}
	want := []summary{
		{"Army (Boria) – Consult – Foreign Affairs (Chile)", "", "2018-06-01", "2018-06-01", kg.CategoryConsult,
			[]string{"Army_(Boria) PARTICIPANT", "Foreign_Affairs_(Chile) PARTICIPANT"},
			[]string{"Bridge_town:-33.5,-70.25", "country:Boria"}, 2},
		{
			"Boria – Accuse – Chile", "", "2018-06-01", "2018-06-01", kg.CategoryAccuse,
			[]string{"Boria INITIATOR", "Chile RECIPIENT"}, []string{"district:Chile::Hills"}, 1,
		},
		{"Boria – Express intent to meet or negotiate – Chile", "", "2018-06-01", "2018-06-01", kg.CategoryAgree,
			[]string{"Boria INITIATOR", "Boria RECIPIENT", "Chile INITIATOR", "Chile RECIPIENT"}, []string{"country:Chile"}, 2},
		{
			"Chile – Accuse – Boria", "", "2018-06-01", "2018-06-01", kg.CategoryAccuse,
			[]string{"Boria RECIPIENT", "Chile INITIATOR"}, []string{"district:Chile::Hills"}, 1,
		},
		{"Head of Government (Boria) – Make a visit – Chile", "visit", "2018-06-01", "2018-06-01", kg.CategoryConsult,
			[]string{"Chile HOST", "Head_of_Government_(Boria) INITIATOR"}, []string{"province:Chile:North"}, 2},
		{
			"Unspecified Actor – Use conventional military force – Citizen (Chile)", "", "2018-06-02", "2018-06-02",
			kg.CategoryAssault,
			[]string{"Citizen_(Chile) RECIPIENT", "Unspecified_Actor INITIATOR"}, nil, 1},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	latin := func(names ...string) (all []kg.Name) {
		for _, n := range names {
			all = append(all, kg.Name{Value: n, Language: "en", Script: "Latn", Kind: kg.NamePrimary})
		}
		return all
	}
	for _, want := range []kg.Actor{
		{ID: "actor:icews:Chile", Kind: kg.ActorState, Names: latin("Chile"), Country: "CL", Identifiers: []kg.Identifier{
			{Scheme: "icews", Value: "Chile"},
		}},
		{ID: "actor:icews:Army_(Boria)", Kind: kg.ActorMilitary, Names: latin("Army (Boria)"), Sectors: []string{
			"Government", "Military",
		},
			Identifiers: []kg.Identifier{{Scheme: "icews", Value: "Army (Boria)"}}},
		{
			ID: "actor:icews:Foreign_Affairs_(Chile)", Kind: kg.ActorGovernment, Names: latin("Foreign Affairs (Chile)"),
			Country: "CL", Sectors: []string{"Executive", "Foreign Ministry", "Government"},
			Identifiers: []kg.Identifier{{Scheme: "icews", Value: "Foreign Affairs (Chile)"}}},
		{
			ID: "actor:icews:Unspecified_Actor", Kind: kg.ActorUnidentified, Names: latin("Unspecified Actor"),
			Sectors:     []string{"Unspecified"},
			Identifiers: []kg.Identifier{{Scheme: "icews", Value: "Unspecified Actor"}}},
		{
			ID: "actor:icews:Citizen_(Chile)", Kind: kg.ActorPopulation, Names: latin("Citizen (Chile)"), Country: "CL",
			Sectors:     []string{"General Population / Civilian / Social", "Social"},
			Identifiers: []kg.Identifier{{Scheme: "icews", Value: "Citizen (Chile)"}}},
	} {
		if d := cmp.Diff(merge.Actors.From(want, "dataset:icews"), node[kg.Actor](t, s, want.ID)); d != "" {
			t.Error(d)
		}
	}
	for id, parents := range map[kg.ID][]kg.ID{
		"location:icews:Bridge_town:-33.5,-70.25":   {"location:icews:district:Chile:North:Hills"},
		"location:icews:district:Chile:North:Hills": {"location:icews:province:Chile:North"},
		"location:icews:province:Chile:North":       {"location:icews:country:Chile"}, "location:icews:country:Chile": nil,
		"location:icews:district:Chile::Hills": {"location:icews:country:Chile"},
	} {
		if l := node[kg.Location](t, s, id); !slices.Equal(l.Parents, parents) || l.Country != "CL" {
			t.Errorf("%+v", l)
		}
	}
	if p := node[kg.Location](t, s, "location:icews:province:Chile:North").Point; p == nil ||
		*p != (kg.Point{Latitude: -33, Longitude: -70}) {
		t.Error(p)
	}
	c := node[kg.Claim](t, s, "claim:icews:4")
	if !slices.Equal(c.Cites, []kg.ID{"document:icews:story:900"}) || c.Note != "Sentence 3" ||
		!slices.Equal(c.Says.Measures, []kg.Measure{{Name: kg.MeasureIntensity, Value: 2.8}}) ||
		!slices.Equal(
			c.Says.Codes, []kg.Code{{Scheme: "cameo", Value: "043", Label: "Host a visit"}, {Scheme: "icews", Value: "4"}},
		) {
		t.Errorf("%+v", c)
	}
	if d := node[kg.Document](t, s, "document:icews:story:901"); d.Publisher != "actor:outlet:radio-boria" {
		t.Errorf("%+v", d)
	}
}

// The graph does not depend on which side's row comes first.
func TestICEWSInAnyOrder(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(icewsRows), "\n")
	slices.Reverse(lines[1:])
	reversed := strings.Join(lines, "\n") + "\n"
	first, second := loadICEWS(t, icewsRows), loadICEWS(t, reversed)
	for _, e := range allEvents(t, first) {
		if d := cmp.Diff(e, node[kg.Event](t, second, e.ID)); d != "" {
			t.Error(d)
		}
	}
	report, err := loader.LoadRows(
		t.Context(), first, embeddedMapping(t, "icews"), []loader.Input{textInput("reversed.tab", reversed)},
		loader.Options{Release: &loader.Release{Dataset: "icews", Release: "unnamed", Partial: true}},
	)
	if err != nil || report.Unchanged != 6 || report.Merged != 3 || report.Read != 9 {
		t.Errorf("%v %+v", err, report)
	}
}

// The numbers were counted by pandas in the file, read as text between tabs:
//
//	events: rows with one key for joint acts (day, story, sentence, code with 043 as 042, both names sorted), where the
//	  code begins with 03, 04 without 045, 050, 057, 06 or 0871; 3,705 rows are 3,065 events, 640 of two rows
//	participations: distinct event, name and role; places: distinct event and lowest place given
//	actors: 1,397 names, and 107 publishers, of which one is Unknown and four are other spellings of Reuters, the AP, EFE
//	  and the AAP
//	categories: the code of each event's first row in codes/cameo_to_plover.txt, with 01 a statement and 02 a request
func TestICEWSRealFile(t *testing.T) {
	s := memory.New()
	loadAll(t, s, []string{"icews"}, realFile(t, "icews/events_2018_sample.tab"))
	events := allEvents(t, s)
	participations, places := countEdges(t, s, events)
	if len(events) != 3065 || participations != 6406 || places != 3133 {
		t.Errorf("%d events, %d participations, %d places; want 3065, 6406, 3133", len(events), participations, places)
	}
	for kind, want := range map[kg.NodeKind]int{
		kg.KindClaim: 3705, kg.KindDocument: 1876, kg.KindActor: 1397 + 102, kg.KindLocation: 129 + 319 + 127 + 505,
	} {
		if got := countNodes(t, s, kind); got != want {
			t.Errorf("%d nodes of kind %s, want %d", got, kind, want)
		}
	}
	categories := map[kg.EventCategory]int{}
	for _, e := range events {
		categories[e.Category]++
	}
	if d := cmp.Diff(map[kg.EventCategory]int{
		"STATEMENT": 610, "CONSULT": 477, "AGREE": 366, "ACCUSE": 282, "COERCE": 264, "REQUEST": 260, "ASSAULT": 256,
		"SUPPORT": 223, "PROTEST": 131,
		"REJECT": 62, "THREATEN": 33, "AID": 26, "SANCTION": 23, "RETREAT": 20, "MOBILIZE": 11, "CONCEDE": 11,
		"COOPERATE": 10}, categories); d != "" {
		t.Error(d)
	}
}
