package loader_test

import (
	_ "embed"
	"slices"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/store/memory"
	"casus/loader"
	"casus/loader/mapping"

	"github.com/google/go-cmp/cmp"
)

// eventSummary has the properties of an event that the tests of data sets compare.
type eventSummary struct {
	Title, Mode, Time, Known string
	Category                 kg.EventCategory
	Modality                 kg.Modality
	Actors, Places, Wholes   []string
	Claims                   int
}

func summarize(t *testing.T, s *memory.Store, id kg.ID) eventSummary {
	t.Helper()
	e := node[kg.Event](t, s, id)
	edges, err := s.EventEdges(t.Context(), kg.View{}, kg.WantLocations|kg.WantWholes, []kg.ID{id})
	if err != nil {
		t.Fatal(err)
	}
	x := eventSummary{
		Title: e.Titles[0].Value, Mode: e.Mode, Time: e.Time.EDTF, Known: e.FirstAsserted.EDTF, Category: e.Category,
		Modality: e.Modality, Actors: participants(t, s, id), Claims: len(claimsAbout(t, s, id)),
	}
	for _, l := range edges[0].Locations {
		x.Places = append(x.Places, string(l.Location)+" "+string(rune('0'+l.Precision)))
	}
	for _, w := range edges[0].Wholes {
		x.Wholes = append(x.Wholes, string(w.Whole))
	}
	slices.Sort(x.Places)
	return x
}

func checkEvents(t *testing.T, s *memory.Store, want map[kg.ID]eventSummary) {
	t.Helper()
	got := map[kg.ID]eventSummary{}
	for id := range want {
		got[id] = summarize(t, s, id)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

//go:embed testdata/rows/gtd.csv
var gtdRows string

// TestGTD maps invented rows: a kidnapping of unknown day and perpetrators, and an attack of two days by two groups,
// one doubted and one that claims it, with numbers divided among linked incidents.
func TestGTD(t *testing.T) {
	s := loadedGraph(t, "gtd.csv", gtdRows, "gtd")
	checkEvents(t, s, map[kg.ID]eventSummary{
		"event:gtd:200103000001": {
			"Hostage Taking (Kidnapping): A teacher, Mexico", "abduct", "2001-03", "2001-03", kg.CategoryAssault,
			kg.ModalityOccurred, []string{"actor:gtd:target:14 VICTIM B"}, []string{"location:gtd:country:130 6"}, nil, 1,
		},
		"event:gtd:200104090002": {
			"Bombing/Explosion: Red Front, Blue Front – Town police: Patrol, Bridge Town", "suicide-attack",
			"2001-04-09/2001-04-10", "2001-04-10", kg.CategoryAssault, kg.ModalityOccurred,
			[]string{"actor:gtd:Blue_Front INITIATOR A", "actor:gtd:Red_Front INITIATOR A",
				"actor:gtd:target:3:130 RECIPIENT B"},
			[]string{"location:gtd:bridge_town:19.5,-99.25 2"}, nil, 2,
		},
	})
	for _, c := range claimsAbout(t, s, "event:gtd:200104090002") {
		if c.Aspect == kg.AspectParticipation {
			if !slices.Equal(c.Claimants, []kg.ID{"actor:gtd:Blue_Front"}) || len(c.Says.Participants) != 1 {
				t.Errorf("%+v", c)
			}
			continue
		}
		got := map[string][3]int{}
		number := func(n *int) int {
			if n == nil {
				return -1
			}
			return *n
		}
		for _, f := range c.Says.Figures {
			got[string(f.Kind)+" "+string(f.Population)] = [3]int{number(f.Low), number(f.Best), number(f.High)}
		}
		want := map[string][3]int{
			"KILLED TOTAL": {-1, 3, -1}, "KILLED SIDE_A": {-1, 1, -1}, "WOUNDED TOTAL": {2, -1, 3},
			"WOUNDED SIDE_A": {-1, 0, -1},
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
		for _, part := range []string{
			"Attributed with doubt: Red Front", "Doubt that it is terrorism: yes", "Successful: no",
			"citizens of the United States: killed 1", "Motive: Unclear.", "WOUNDED 2.5", "Two bombs.",
		} {
			if !strings.Contains(c.Note, part) {
				t.Errorf("%q is not in %q", part, c.Note)
			}
		}
		if len(c.Cites) != 1 || !slices.Contains(c.Says.Codes, kg.Code{Scheme: "gtd-related", Value: "200104090003"}) {
			t.Errorf("%+v", c)
		}
	}
	if p := node[kg.Location](t, s, "location:gtd:bridge_town:19.5,-99.25"); p.Country != "MX" ||
		!slices.Equal(p.Parents, []kg.ID{"location:gtd:adm1:130:north"}) {
		t.Errorf("%+v", p)
	}
}

//go:embed testdata/rows/polecat.tsv
var polecatRows string

// TestPOLECAT maps invented rows under POLECAT's header: a visit of two persons, an attack with only the countries
// known, and an act of an unknown type in a whole province.
func TestPOLECAT(t *testing.T) {
	s, in := memory.New(), textInput("polecat.txt", polecatRows)
	m, err := loader.DetectMapping(&in)
	if err != nil || m == nil || m.Name != "polecat" {
		t.Fatal(m, err)
	}
	report, err := loader.LoadRows(t.Context(), s, m, []loader.Input{in}, loader.Options{})
	if err != nil || report.Rejected > 0 {
		t.Fatalf("%v %+v", err, report)
	}
	if w := report.Warnings; len(w) != 1 || w[0].Count != 1 || w[0].Line != 4 || !strings.Contains(w[0].Reason, "PLOVER") {
		t.Errorf("%+v", w)
	}
	checkEvents(t, s, map[kg.ID]eventSummary{
		"event:polecat:e1": {
			"Ada Ames, Bo Berg – consult (visit) – Cy Cole", "visit", "2024-01-01", "2024-01-02", kg.CategoryConsult,
			kg.ModalityOccurred,
			[]string{"actor:polecat:Ada_Ames INITIATOR A", "actor:polecat:CHL:Bo_Berg INITIATOR A",
				"actor:polecat:Cy_Cole RECIPIENT B"},
			[]string{"location:geonames:900123 1"}, nil, 1,
		},
		"event:polecat:e2": {
			"MIL Chile – assault (aerial) – Ukraine", "aerial", "2024-01-01", "2024-01-02", kg.CategoryAssault,
			kg.ModalityOccurred,
			[]string{"actor:polecat:CHL:MIL INITIATOR A", "actor:polecat:UKR RECIPIENT B"},
			[]string{"location:polecat:country:CHL 6"}, nil, 1,
		},
		"event:polecat:e3": {
			"Bo Berg – dance", "", "2024-01-03", "2024-01-03", kg.CategoryOther, kg.ModalityOccurred,
			[]string{"actor:polecat:CHL:Bo_Berg INITIATOR A"}, []string{"location:polecat:province:CHL:north 4"}, nil, 1,
		},
	})
	if a := node[kg.Actor](t, s, "actor:polecat:CHL:MIL"); a.Kind != kg.ActorMilitary || a.Country != "CL" {
		t.Errorf("%+v", a)
	}
	if c := claimsAbout(t, s, "event:polecat:e1")[0]; len(c.Cites) != 1 || len(c.Says.Codes) != 4 ||
		!slices.Equal(c.Says.Measures, []kg.Measure{{Name: kg.MeasureIntensity, Value: 1}}) {
		t.Errorf("%+v", c)
	}
	if p := node[kg.Location](t, s, "location:geonames:900123"); !slices.Equal(
		p.Parents, []kg.ID{"location:polecat:province:CHL:north"},
	) || p.Kind != kg.LocationCity {
		t.Errorf("%+v", p)
	}
}

//go:embed testdata/rows/pax.csv
var paxRows string

// TestPAX maps invented rows: a ceasefire with signatories by name, and an agreement whose parties are in a sentence.
func TestPAX(t *testing.T) {
	s := loadedGraph(t, "pax.csv", paxRows, "pax")
	checkEvents(t, s, map[kg.ID]eventSummary{
		"event:pax:11": {
			"Bridge Ceasefire", "ceasefire", "2001-04-09", "2001-04-09", kg.CategoryAgree, kg.ModalityOccurred,
			[]string{"actor:pax:Arland:Government_of_Arland PARTICIPANT ", "actor:pax:Arland:Red_Front PARTICIPANT "},
			[]string{"location:pax:country:CHL 6", "location:pax:country:UKR 6"}, []string{"event:pax:process:7"}, 1,
		},
		"event:pax:12": {
			"Bridge Accord", "", "2002-05-10", "2002-05-10", kg.CategoryAgree, kg.ModalityOccurred, nil,
			[]string{"location:pax:country:CHL 6"}, []string{"event:pax:process:7"}, 1,
		},
		"event:pax:process:7": {
			"Arland: Bridge talks", "", "XXXX", "2001-04-09", kg.CategoryConsult, kg.ModalityOccurred, nil, nil, nil, 2,
		},
	})
	c := claimsAbout(t, s, "event:pax:12")[0]
	if !strings.HasPrefix(c.Note, "Parties: Not signed, but") || !strings.Contains(c.Note, "Other agreements: Page 1") {
		t.Errorf("%+v", c)
	}
	if codes := claimsAbout(t, s, "event:pax:11")[0].Says.Codes; !slices.Contains(
		codes, kg.Code{Scheme: "ucdp-conflict", Value: "91"},
	) || !slices.Contains(codes, kg.Code{Scheme: "pax-stage", Value: "Cea", Label: "ceasefire"}) {
		t.Errorf("%+v", codes)
	}
}

// Invented rows: the conflict and the dyad of the first row of ged, and a conflict whose sides and countries have names
// and ids in different orders.
var (
	//go:embed testdata/rows/ucdp-dyadic.csv
	dyadicRows string
	//go:embed testdata/rows/ucdp-conflict.csv
	conflictRows string
)

// TestUmbrellaEventsOfUCDP checks that the conflicts and dyads of the three UCDP data sets are the same events.
func TestUmbrellaEventsOfUCDP(t *testing.T) {
	s := memory.New()
	loadAll(t, s, []string{"ucdp-dyadic", "ucdp-conflict", "ucdp-ged"},
		textInput("dyadic.csv", dyadicRows), textInput("conflict.csv", conflictRows), textInput("ged.csv", ged))
	sides := []string{"actor:ucdp:30 PARTICIPANT A", "actor:ucdp:31 PARTICIPANT B"}
	checkEvents(t, s, map[kg.ID]eventSummary{
		"event:ucdp:dyad:20": {
			"Government of Arland - Front", "", "2012-05/2014", "2013", kg.CategoryAssault, kg.ModalityOngoing,
			slices.Concat(sides, []string{"actor:ucdp:Government_of_Boria PARTICIPANT B"}),
			[]string{"location:ucdp:country:900 6"}, []string{"event:ucdp:conflict:10"}, 3,
		},
		"event:ucdp:conflict:12": {
			"South Sudan, Sudan: Hills", "", "2011-05-01/2011", "2011", kg.CategoryAssault, kg.ModalityOngoing,
			[]string{"actor:ucdp:112 PARTICIPANT A", "actor:ucdp:29 PARTICIPANT B", "actor:ucdp:32 PARTICIPANT B"},
			[]string{"location:ucdp:country:625 6", "location:ucdp:country:626 6"}, nil, 1,
		},
	})
	if e := summarize(t, s, "event:ucdp:conflict:10"); e.Title != "Arland: Government" ||
		e.Time != "2012-05-07/2014-06-03" ||
		e.Claims != 4 || !slices.Equal(e.Actors, sides) {
		t.Errorf("%+v", e)
	}
	if a := node[kg.Actor](t, s, "actor:ucdp:29"); a.Names[0].Value != "UCDP actor 29" || a.Names[0].Kind != kg.NameWeak {
		t.Errorf("%+v", a)
	}
	if c := claimsAbout(t, s, "event:ucdp:conflict:12")[0]; c.Note != "Side B: Able (first, second), Bold (32, 29)" {
		t.Errorf("%+v", c)
	}
	for id, want := range map[kg.ID]string{"location:ucdp:country:625": "SD", "location:ucdp:country:626": "SS"} {
		if l := node[kg.Location](t, s, id); l.Country != want {
			t.Errorf("%+v", l)
		}
	}
}

// TestUCDPInProvinces checks the places of rows for a whole province or country. Their names may differ in case, and
// where_coordinates names a province if adm_1 is empty. Low and high figures in the wrong order are reported.
func TestUCDPInProvinces(t *testing.T) {
	header := "id,year,type_of_violence,conflict_new_id,conflict_name,dyad_new_id,dyad_name,side_a_new_id,side_a," +
		"side_b_new_id,side_b,where_prec,where_coordinates,adm_1,adm_2,latitude,longitude,country,country_id," +
		"date_prec,date_start,date_end,best,high,low\n"
	row := "2014,1,10,C,20,D,30,A,31,B,"
	s, in := memory.New(), textInput("ged.csv", header+
		"1,"+row+"4,North oblast,North oblast,,50,30,Arland,900,1,2014-01-02,2014-01-02,3,4,2\n"+
		"2,"+row+"4,NORTH OBLAST,,,50,30,Arland,900,1,2014-01-02,2014-01-02,3,2,4\n"+
		"3,"+row+"1,Bridge town,North Oblast,Hills,51,31,Arland,900,1,2014-01-02,2014-01-02,3,3,3\n"+
		"4,"+row+"3,Hills raion,North oblast,Hills,50.5,30.5,Arland,900,1,2014-01-02,2014-01-02,3,3,3\n"+
		"5,"+row+"6,Arland,,,49,32,Arland,900,1,2014-01-02,2014-01-02,3,3,4\n"+
		"6,"+row+"5,The border,,,49,33,Arland,900,1,2014-01-02,2014-01-02,3,3,3\n")
	report, err := loader.LoadRows(t.Context(), s, embeddedMapping(t, "ucdp-ged"), []loader.Input{in}, loader.Options{})
	if err != nil || report.Rejected > 0 {
		t.Fatalf("%v %+v", err, report)
	}
	if w := report.Warnings; len(w) != 1 || w[0].Count != 2 || w[0].Line != 3 || !strings.Contains(w[0].Reason, "order") {
		t.Errorf("%+v", w)
	}
	north := "location:ucdp:adm1:900:north_oblast"
	for id, want := range map[kg.ID]string{
		"event:ucdp:1": north + " 4", "event:ucdp:2": north + " 4", "event:ucdp:3": "location:ucdp:Bridge_town:51,31:1 1",
		"event:ucdp:4": "location:ucdp:adm2:900:north_oblast:hills 3", "event:ucdp:5": "location:ucdp:country:900 6",
		"event:ucdp:6": "location:ucdp:The_border:49,33:5 5",
	} {
		if got := summarize(t, s, id).Places; !slices.Equal(got, []string{want}) {
			t.Errorf("%s is at %q, want %s", id, got, want)
		}
	}
	for id, parents := range map[kg.ID][]kg.ID{
		"location:ucdp:Bridge_town:51,31:1":         {"location:ucdp:adm2:900:north_oblast:hills"},
		"location:ucdp:adm2:900:north_oblast:hills": {kg.ID(north)},
		kg.ID(north): {"location:ucdp:country:900"}, "location:ucdp:The_border:49,33:5": {"location:ucdp:country:900"},
	} {
		if l := node[kg.Location](t, s, id); !slices.Equal(l.Parents, parents) || l.Point == nil {
			t.Errorf("%+v", l)
		}
	}
}

// TestCategoriesOfQuadruples checks that relations have the categories of their acts, in any case and with any
// separators. The numbers were counted in the file with pandas, by the names of codes/cameo_codes.csv and the
// categories of codes/cameo_to_plover.txt.
func TestCategoriesOfQuadruples(t *testing.T) {
	s := memory.New()
	text := "subject\trelation\tobject\tdate\n"
	for _, relation := range []string{
		"Make a visit", "fight_with_small_arms_and_light_weapons", "Return, release person(s)", "Meet at a 'third' location",
		"Dance with",
	} {
		text += "Arland\t" + relation + "\tBoria\t2014-01-01\n"
	}
	report, err := loader.LoadRows(
		t.Context(), s, embeddedMapping(t, "icews-quads"), []loader.Input{textInput("q.tsv", text)}, loader.Options{},
	)
	if err != nil || report.Rejected > 0 || len(report.Warnings) != 1 || report.Warnings[0].Count != 1 {
		t.Fatalf("%v %+v", err, report)
	}
	got := map[string]string{}
	for _, e := range allEvents(t, s) {
		got[e.Codes[len(e.Codes)-1].Value] = e.Codes[0].Value + " " + string(e.Category) + " " + e.Mode
	}
	if d := cmp.Diff(map[string]string{
		"Make a visit": "042 CONSULT visit", "fight_with_small_arms_and_light_weapons": "193 ASSAULT firearms",
		"Return, release person(s)": "0841 RETREAT release", "Meet at a 'third' location": "044 CONSULT ",
		"Dance with": "Dance with OTHER ",
	}, got); d != "" {
		t.Error(d)
	}
}

func TestCategoriesOfRealQuadruples(t *testing.T) {
	in, got := realFile(t, "icews/icews14_train.tsv"), map[string]int{}
	if err := loader.EachRow(in, embeddedMapping(t, "icews-quads"), func(records []mapping.Record, err error) error {
		for _, r := range records {
			if r.Type == "event" {
				got[r.Fields["category"].(string)]++
			}
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(map[string]int{
		"CONSULT": 17694, "STATEMENT": 14783, "REQUEST": 7243, "AGREE": 7088, "ACCUSE": 5819, "ASSAULT": 5725,
		"SUPPORT": 5286,
		"COERCE":  4112, "REJECT": 1058, "PROTEST": 908, "THREATEN": 725, "AID": 599, "RETREAT": 508, "SANCTION": 376,
		"COOPERATE": 344, "CONCEDE": 282, "MOBILIZE": 276,
	}, got); d != "" {
		t.Error(d)
	}
}

// TestDyadsRealFile loads the real file. The numbers were counted with pandas: 3,357 rows of 675 dyads in 299
// conflicts.
func TestDyadsRealFile(t *testing.T) {
	s := memory.New()
	loadAll(t, s, []string{"ucdp-dyadic"}, realFile(t, "ucdp/dyadic_v24_1.csv"))
	if events, claims := len(allEvents(t, s)), countNodes(t, s, kg.KindClaim); events != 675+299 || claims != 2*3357 {
		t.Errorf("%d events of %d claims; want %d of %d", events, claims, 675+299, 2*3357)
	}
}
