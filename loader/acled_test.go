package loader_test

import (
	_ "embed"
	"encoding/csv"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/memory"
	"casus/loader"
	"casus/loader/mapping"

	"github.com/google/go-cmp/cmp"
)

// Invented rows in ACLED's current layout, in its old one, and with few columns.
var (
	//go:embed testdata/rows/acled.csv
	acledCurrent string
	//go:embed testdata/rows/acled-old.csv
	acledOld string
	//go:embed testdata/rows/acled-minimal.csv
	acledMinimal string
)

func loadACLED(t *testing.T, text string) (*memory.Store, loader.Report) {
	t.Helper()
	in := textInput("acled.csv", text)
	m, err := loader.DetectMapping(&in)
	if err != nil || m == nil || m.Name != "acled" {
		t.Fatal(m, err)
	}
	s := memory.New()
	report, err := loader.LoadRows(t.Context(), s, m, []loader.Input{in}, loader.Options{})
	if err != nil {
		t.Fatal(err)
	}
	checkTotals(t, report)
	return s, report
}

func node[T kg.Node](t *testing.T, s *memory.Store, id kg.ID) T {
	t.Helper()
	nodes, err := s.Nodes(t.Context(), kg.View{}, []kg.ID{id})
	if err != nil {
		t.Fatal(err)
	}
	n, ok := nodes[0].(T)
	if !ok {
		t.Fatalf("%s is %v", id, nodes[0])
	}
	return n
}

// participants returns an event's participants as "actor role side", sorted.
func participants(t *testing.T, s *memory.Store, id kg.ID) []string {
	t.Helper()
	edges, err := s.EventEdges(t.Context(), kg.View{}, kg.WantParticipations, []kg.ID{id})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, p := range edges[0].Participations {
		all = append(all, strings.TrimPrefix(string(p.Actor), "actor:acled:")+" "+string(p.Role)+" "+string(p.Side))
	}
	slices.Sort(all)
	return all
}

func TestACLED(t *testing.T) {
	s, report := loadACLED(t, acledCurrent)
	if report.Rejected > 0 {
		t.Fatalf("%+v", report)
	}
	one := node[kg.Event](t, s, "event:acled:ARL1")
	two := node[kg.Event](t, s, "event:acled:ARL2")
	three := node[kg.Event](t, s, "event:acled:ARL3")
	if one.Titles[0].Value != "Attack: Front for Arland – Civilians (Arland), Bridge town" ||
		one.Category != kg.CategoryAssault || one.Time.EDTF != "2024-03-05" ||
		*one.Toll.Killed.Low != 3 || *one.Toll.Killed.Best != 3 || one.Toll.Killed.High != nil ||
		one.FirstAsserted.EDTF != "2024-03-09T16:00:00Z" ||
		one.Summaries[0].Value != "On 5 March, the Front attacked farmers." {
		t.Errorf("%+v", one)
	}
	if d := cmp.Diff([]kg.Code{
		{Scheme: "acled", Value: "Violence against civilians"}, {Scheme: "acled", Value: "Attack"},
		{Scheme: "acled-disorder", Value: "Political violence"},
		{Scheme: "acled-tag", Value: "crowd size=no report"},
		{Scheme: "acled-targeting", Value: "Civilian targeting"}}, one.Codes); d != "" {
		t.Error(d)
	}
	for id, want := range map[kg.ID][]string{
		"event:acled:ARL1": {
			"Boria_Volunteers PARTICIPANT A", "Civilians_(Arland) VICTIM B", "Farmers_(Arland) PARTICIPANT B",
			"Front_for_Arland INITIATOR A", "Youth_of_the_Front PARTICIPANT A",
		},
		"event:acled:ARL2": {"Police_Forces_of_Arland_(2014-) INITIATOR B", "Protesters_(Arland) VICTIM A"},
		"event:acled:ARL3": {"Front_for_Arland PARTICIPANT B", "Military_Forces_of_Boria_(2014-) PARTICIPANT A"},
	} {
		if d := cmp.Diff(want, participants(t, s, id)); d != "" {
			t.Error(id, d)
		}
	}
	if two.Time.EDTF != "[2024-03-02..2024-03-08]" || three.Time.EDTF != "2024-02" ||
		three.FirstAsserted.EDTF != "2024-02" {
		t.Error(two.Time, three.Time, three.FirstAsserted)
	}
	for id, want := range map[kg.ID]kg.ActorKind{
		"actor:acled:Front_for_Arland": kg.ActorArmedGroup, "actor:acled:Military_Forces_of_Boria_(2014-)": kg.ActorMilitary,
		"actor:acled:Police_Forces_of_Arland_(2014-)": kg.ActorGovernment,
		"actor:acled:Civilians_(Arland)":              kg.ActorPopulation,
		"actor:acled:Farmers_(Arland)":                kg.ActorUnidentified,
		"actor:outlet:radio-boria":                    kg.ActorOrganization,
	} {
		if a := node[kg.Actor](t, s, id); a.Kind != want {
			t.Errorf("%s is a %s", id, a.Kind)
		}
	}
	town := node[kg.Location](t, s, "location:acled:Bridge_town:50.45,30.5")
	if town.Kind != kg.LocationCity || town.Parents[0] != "location:acled:admin3:Arland:North:Hills:Upper_Hills" ||
		*town.Point != (kg.Point{Latitude: 50.45, Longitude: 30.5}) {
		t.Errorf("%+v", town)
	}
	coast := node[kg.Location](t, s, "location:acled:North_coast:51,31:3")
	if coast.Kind != kg.LocationRegion || coast.Parents[0] != "location:acled:admin1:Arland:North" {
		t.Errorf("%+v", coast)
	}
	if land := node[kg.Location](t, s, "location:acled:country:Arland"); land.Country != "CL" ||
		land.Parents[0] != "location:acled:region:Middle_Lands" {
		t.Errorf("%+v", land)
	}
	edges, err := s.EventEdges(t.Context(), kg.View{}, kg.WantLocations, []kg.ID{"event:acled:ARL2"})
	if err != nil || edges[0].Locations[0].Precision != 5 {
		t.Errorf("%+v %v", edges, err)
	}
	claims, err := s.Claims(t.Context(), store.ClaimQuery{
		Filter: &store.ClaimFilter{Subjects: []kg.ID{"event:acled:ARL1"}}, Window: store.Window{Limit: 10},
	})
	if err != nil {
		t.Fatal(err)
	}
	c := claims[0].Items[0]
	if len(c.Cites) != 2 || c.Note != "Scale of the sources: National-Regional." {
		t.Errorf("%+v", c)
	}
	d := node[kg.Document](t, s, c.Cites[1])
	if c.Cites[1] != kg.DeriveID(kg.KindDocument, "cited", "actor:outlet:radio-boria", "", "", "ARL1") ||
		d.Publisher != "actor:outlet:radio-boria" || d.Titles[0].Value != "Radio Boria on ARL1" {
		t.Errorf("%+v", d)
	}
}

// A file in the older layout makes the same nodes as one in the current layout.
func TestACLEDOlderFiles(t *testing.T) {
	s, report := loadACLED(t, acledOld)
	if report.Rejected > 0 {
		t.Fatalf("%+v", report)
	}
	one, nine := node[kg.Event](t, s, "event:acled:ARL1"), node[kg.Event](t, s, "event:acled:ARL9")
	if one.Time.EDTF != "2024-03-05" || nine.Time.EDTF != "2020-12-03" || nine.Category != kg.CategoryAgree ||
		nine.FirstAsserted.EDTF != "2021-01-01T00:00:00Z" {
		t.Errorf("%+v\n%+v", one, nine)
	}
	want := []string{"Civilians_(Arland) VICTIM B", "Front_for_Arland INITIATOR A"}
	if d := cmp.Diff(want, participants(t, s, "event:acled:ARL1")); d != "" {
		t.Error(d)
	}
	if a := node[kg.Actor](t, s, "actor:acled:Front_for_Arland"); a.Kind != kg.ActorArmedGroup {
		t.Errorf("%+v", a)
	}
	if land := node[kg.Location](t, s, "location:acled:country:Arland"); land.Country != "CL" {
		t.Errorf("%+v", land)
	}
	node[kg.Location](t, s, "location:acled:Bridge_town:50.45,30.5")
}

func TestACLEDWithFewColumns(t *testing.T) {
	s, report := loadACLED(t, acledMinimal)
	if report.Rejected > 0 {
		t.Fatalf("%+v", report)
	}
	if e := node[kg.Event](t, s, "event:acled:ARL4"); e.Titles[0].Value != "Mob violence: Rioters (Arland), Bridge town" ||
		e.FirstAsserted.EDTF != "2024-03-05" {
		t.Errorf("%+v", e)
	}
	town := node[kg.Location](t, s, "location:acled:Bridge_town:50.45,30.5")
	if town.Parents[0] != "location:acled:country:Arland" {
		t.Errorf("%+v", town)
	}
}

// A value that cannot be read is reported with its line and column.
func TestACLEDRejects(t *testing.T) {
	for column, value := range map[string]string{
		"fatalities": "many", "event_date": "recently", "latitude": "north", "timestamp": "yesterday",
	} {
		all, err := csv.NewReader(strings.NewReader(acledCurrent)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		all[1][slices.Index(all[0], column)] = value
		var b strings.Builder
		if err := csv.NewWriter(&b).WriteAll(all); err != nil {
			t.Fatal(err)
		}
		s, report := loadACLED(t, b.String())
		if report.Rejected != 1 || report.FirstRejects[0].Line != 2 ||
			!strings.Contains(report.FirstRejects[0].Column, column) {
			t.Errorf("%s: %+v", column, report.FirstRejects)
		}
		node[kg.Event](t, s, "event:acled:ARL2")
	}
}

// TestACLEDTypes maps every type of event, if the list of types is present.
func TestACLEDTypes(t *testing.T) {
	dir := os.Getenv("CASUS_TEST_DATA")
	if dir == "" {
		dir = "../../shared/data"
	}
	path := filepath.Join(dir, "codes/acled_event_categories.csv")
	f, err := os.Open(path)
	if err != nil {
		t.Skipf("SKIPPED: no list of ACLED's types at %s", path)
	}
	defer func() { _ = f.Close() }()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil || len(all) < 2 {
		t.Fatal(len(all), err)
	}
	m, row := embeddedMapping(t, "acled"), acledRow(t)
	for _, typ := range all[1:] {
		row["event_type"], row["sub_event_type"] = typ[0], typ[1]
		fine := acledEvent(t, m, row)
		row["sub_event_type"] = "something new"
		coarse := acledEvent(t, m, row)
		if c := fine["category"]; (c == nil || c == "OTHER") != (typ[1] == "Other") {
			t.Errorf("%s, %s is %v", typ[0], typ[1], c)
		}
		if c := coarse["category"]; (c == "OTHER") != (typ[0] == "Strategic developments") {
			t.Errorf("%s alone is %v", typ[0], c)
		}
	}
}

func acledRow(t *testing.T) map[string]any {
	t.Helper()
	all, err := csv.NewReader(strings.NewReader(acledCurrent)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	row := map[string]any{}
	for i, column := range all[0] {
		row[column] = all[1][i]
	}
	return row
}

func acledEvent(t *testing.T, m *mapping.Mapping, row map[string]any) map[string]any {
	t.Helper()
	records, err := m.Map(maps.Clone(row))
	if err != nil {
		t.Fatal(err)
	}
	return records[len(records)-1].Fields
}

// TestACLEDDeleted loads the list of deleted events as a part of a release: each is retracted from the date of that
// release, until a release has it again.
func TestACLEDDeleted(t *testing.T) {
	s := memory.New()
	load := func(name, text, release string, partial bool) {
		t.Helper()
		in := textInput(name, text)
		m, err := loader.DetectMapping(&in)
		if err != nil || m == nil {
			t.Fatal(m, err)
		}
		released, err := edtf.ParseTime(release)
		if err != nil {
			t.Fatal(err)
		}
		report, err := loader.LoadRows(t.Context(), s, m, []loader.Input{in}, loader.Options{Release: &loader.Release{
			Dataset: "acled", Release: release, ReleasedAt: &released, Partial: partial,
		}})
		if err != nil || report.Rejected > 0 {
			t.Fatalf("%v %+v", err, report)
		}
		checkTotals(t, report)
	}
	load("acled.csv", acledCurrent, "2024-03-20", false)
	// On 22 March 2024, as a number and as a text.
	load("deleted.jsonl", `{"event_id_cnty":"ARL1","deleted_timestamp":1711065600}
{"event_id_cnty":"ARL2","deleted_timestamp":"1711065600"}
`, "2024-03-27", true)
	load("acled.csv", acledCurrent, "2024-04-10", false)
	for _, c := range []struct{ event, at, want string }{
		{"ARL1", "2024-03-21", "CORROBORATED"}, {"ARL1", "2024-03-26", "CORROBORATED"}, {"ARL1", "2024-03-28", "RETRACTED"},
		{"ARL1", "2024-04-09", "RETRACTED"}, {"ARL1", "2024-04-11", "CORROBORATED"},
		{"ARL2", "2024-03-26", "UNVERIFIED"}, {"ARL2", "2024-03-28", "RETRACTED"}, {"ARL2", "2024-04-11", "UNVERIFIED"},
		{"ARL3", "2024-03-28", "UNVERIFIED"},
	} {
		got, _, _ := strings.Cut(stateAt(t, s, kg.ID("event:acled:"+c.event), c.at), " ")
		if got != c.want {
			t.Errorf("%s on %s: %s, want %s", c.event, c.at, got, c.want)
		}
	}
}
