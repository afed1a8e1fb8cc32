package loader_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/kg/merge"
	"casus/internal/store"
	"casus/internal/store/memory"
	"casus/loader"

	"github.com/google/go-cmp/cmp"
)

// withoutHeader returns the rows of a file without a header. Each row is given by some of its columns.
func withoutHeader(t *testing.T, name string, rows ...map[string]string) string {
	t.Helper()
	var b strings.Builder
	for _, row := range rows {
		var fields []string
		for _, c := range embeddedMapping(t, name).Input.Columns {
			fields = append(fields, row[c])
			delete(row, c)
		}
		if len(row) > 0 {
			t.Fatalf("%s has no columns %v", name, row)
		}
		b.WriteString(strings.Join(fields, "\t") + "\n")
	}
	return b.String()
}

// gdeltEvents returns invented events: a visit in a town, a fight without actors and place, a state's act in an
// American state, and a region's in a country.
func gdeltEvents(t *testing.T) string {
	t.Helper()
	base := func(id, code string, more map[string]string) map[string]string {
		row := map[string]string{
			"GLOBALEVENTID": id, "SQLDATE": "20150217", "MonthYear": "201502", "Year": "2015", "FractionDate": "2015.1288",
			"IsRootEvent": "1",
			"EventCode":   code, "EventBaseCode": code[:2] + "0", "EventRootCode": code[:2], "QuadClass": "1",
			"GoldsteinScale": "1.9", "NumMentions": "4", "NumSources": "1",
			"NumArticles": "4", "AvgTone": "-2.5", "Actor1Geo_Type": "0", "Actor2Geo_Type": "0", "ActionGeo_Type": "0",
			"DATEADDED": "20150218230000"}
		for k, v := range more {
			row[k] = v
		}
		return row
	}
	return withoutHeader(t, "gdelt-events",
		base(
			"101", "0424",
			map[string]string{
				"Actor1Code": "CHLGOV", "Actor1Name": "THE CABINET", "Actor1CountryCode": "CHL", "Actor1Type1Code": "GOV",
				"Actor1Type2Code": "LEG",
				"Actor2Code":      "CHL", "Actor2Name": "CHILEAN", "Actor2CountryCode": "CHL",
				"ActionGeo_Type": "4", "ActionGeo_FullName": "Bridge town, Hills, Chile", "ActionGeo_CountryCode": "CI",
				"ActionGeo_ADM1Code": "CI09", "ActionGeo_ADM2Code": "771",
				"ActionGeo_Lat": "-33.5", "ActionGeo_Long": "-70.25", "ActionGeo_FeatureID": "-900001",
				"SOURCEURL": "http://wire.example/visit"}),
		base("102", "190", map[string]string{"SOURCEURL": "Radio of Arland, 17 February"}),
		base(
			"103", "087",
			map[string]string{
				"Actor1Code": "CHL", "Actor1Name": "SANTIAGO", "Actor1CountryCode": "CHL", "Actor2Code": "COP",
				"Actor2Name": "POLICE", "Actor2Type1Code": "COP",
				"ActionGeo_Type": "2", "ActionGeo_FullName": "Idaho, United States", "ActionGeo_CountryCode": "US",
				"ActionGeo_ADM1Code": "USID", "ActionGeo_Lat": "44.25", "ActionGeo_Long": "-114.5",
				"ActionGeo_FeatureID": "ID", "SOURCEURL": "http://wire.example/visit"}),
		base(
			"104", "010",
			map[string]string{
				"Actor1Code": "WST", "Actor1Name": "THE WEST", "Actor1CountryCode": "WST", "Actor2Code": "IMGMOSALQ",
				"Actor2Name": "A GROUP", "Actor2KnownGroupCode": "ALQ", "Actor2Type1Code": "IMG",
				"ActionGeo_Type": "1", "ActionGeo_FullName": "Vietnam, Republic Of", "ActionGeo_CountryCode": "VM",
				"ActionGeo_ADM1Code": "VM", "ActionGeo_Lat": "16", "ActionGeo_Long": "107.5", "ActionGeo_FeatureID": "VM"}))
}

func gdeltMentions(t *testing.T) string {
	t.Helper()
	base := func(event, source, identifier string, more map[string]string) map[string]string {
		row := map[string]string{
			"GLOBALEVENTID": event, "EventTimeDate": "20150218230000", "MentionTimeDate": "20150218231500", "MentionType": "1",
			"MentionSourceName": source,
			"MentionIdentifier": identifier, "SentenceID": "2", "Actor1CharOffset": "-1", "Actor2CharOffset": "300",
			"ActionCharOffset": "344", "InRawText": "1", "Confidence": "50",
			"MentionDocLen": "2541", "MentionDocTone": "2.25"}
		for k, v := range more {
			row[k] = v
		}
		return row
	}
	return withoutHeader(t, "gdelt-mentions",
		base("101", "wire.example", "http://wire.example/visit", nil),
		base("101", "radio.example", "https://radio.example/1", map[string]string{
			"Confidence": "100", "MentionDocTranslationInfo": "srclc:spa;eng:Some engine 1.0",
		}),
		base("102", "Radio of Arland", "Radio of Arland, 17 February", map[string]string{
			"MentionType": "2", "Actor2CharOffset": "-1", "ActionCharOffset": "-1",
		}),
		base("109", "wire.example", "http://wire.example/visit", map[string]string{"SentenceID": "9"}))
}

// loadAll loads files one after the other, each by its detected mapping and, for GDELT, as rows of a release, and
// without rejects.
func loadAll(t *testing.T, s *memory.Store, names []string, files ...loader.Input) {
	t.Helper()
	for i, in := range files {
		m, err := loader.DetectMapping(&in)
		if err != nil || m == nil || m.Name != names[i] {
			t.Fatalf("%s is read as %v, %v", in.Name, m, err)
		}
		report, err := loader.LoadRows(t.Context(), s, m, []loader.Input{in}, loader.Options{
			Release: &loader.Release{Dataset: m.Name, Release: "unnamed", Partial: true},
		})
		if err != nil || report.Rejected > 0 {
			t.Fatalf("%v %+v", err, report)
		}
		checkTotals(t, report)
	}
}

func loadGDELT(t *testing.T, order ...string) *memory.Store {
	t.Helper()
	s := memory.New()
	for _, name := range order {
		text := gdeltMentions(t)
		if name == "gdelt-events" {
			text = gdeltEvents(t)
		}
		loadAll(t, s, []string{name}, textInput("20150218230000.CSV", text))
	}
	return s
}

func TestGDELTEvents(t *testing.T) {
	s := loadGDELT(t, "gdelt-events")
	one := node[kg.Event](t, s, "event:gdelt:101")
	if one.Titles[0].Value != "THE CABINET – visit – CHILEAN, Bridge town, Hills, Chile" ||
		one.Category != kg.CategoryConsult || one.Mode != "visit" || one.Time.EDTF != "2015-02-17" ||
		one.FirstAsserted.EDTF != "2015-02-18T23:00:00Z" || one.Codes[0] != (kg.Code{Scheme: "cameo", Value: "0424"}) ||
		one.Status != kg.StatusUnverified || one.Sources != (kg.SourceCount{Documents: 1, Publishers: 1, Datasets: 1}) {
		t.Errorf("%+v", one)
	}
	for id, want := range map[kg.ID][]string{
		"event:gdelt:101": {"actor:cameo:CHL RECIPIENT ", "actor:cameo:CHLGOV:THE_CABINET INITIATOR "},
		"event:gdelt:102": nil,
		"event:gdelt:103": {"actor:cameo:CHL INITIATOR ", "actor:cameo:COP:POLICE RECIPIENT "},
		"event:gdelt:104": {"actor:cameo:IMGMOSALQ:A_GROUP RECIPIENT ", "actor:cameo:WST INITIATOR "},
	} {
		if d := cmp.Diff(want, participants(t, s, id)); d != "" {
			t.Error(id, d)
		}
	}
	for id, want := range map[kg.ID]kg.Actor{
		"actor:cameo:CHL": {
			ID: "actor:cameo:CHL", Kind: kg.ActorState, Country: "CL",
			Identifiers: []kg.Identifier{{Scheme: "cameo", Value: "CHL"}}, Names: []kg.Name{
				{Value: "Chile", Language: "en", Script: "Latn", Kind: kg.NamePrimary},
				{Value: "CHILEAN", Language: "en", Script: "Latn", Kind: kg.NameAlias},
				{Value: "SANTIAGO", Language: "en", Script: "Latn", Kind: kg.NameAlias}}},
		"actor:cameo:CHLGOV:THE_CABINET": {
			ID: "actor:cameo:CHLGOV:THE_CABINET", Kind: kg.ActorGovernment, Country: "CL", Sectors: []string{"GOV", "LEG"},
			Identifiers: []kg.Identifier{{Scheme: "cameo", Value: "CHLGOV"}},
			Names:       []kg.Name{{Value: "THE CABINET", Language: "en", Script: "Latn", Kind: kg.NamePrimary}}},
		"actor:cameo:WST": {
			ID: "actor:cameo:WST", Kind: kg.ActorUnidentified, Identifiers: []kg.Identifier{{Scheme: "cameo", Value: "WST"}},
			Names: []kg.Name{{Value: "THE WEST", Language: "en", Script: "Latn", Kind: kg.NamePrimary}}},
	} {
		if d := cmp.Diff(merge.Actors.From(want, "dataset:gdelt-events"), node[kg.Actor](t, s, id)); d != "" {
			t.Error(id, d)
		}
	}
	if kind := node[kg.Actor](t, s, "actor:cameo:IMGMOSALQ:A_GROUP").Kind; kind != kg.ActorOrganization {
		t.Error(kind)
	}
	for id, want := range map[kg.ID]kg.Location{
		"location:gns:-900001": {
			Kind: kg.LocationCity, Country: "CL", Parents: []kg.ID{"location:gdelt:adm1:CI09"},
			Point:       &kg.Point{Latitude: -33.5, Longitude: -70.25},
			Identifiers: []kg.Identifier{{Scheme: "gns", Value: "-900001"}}},
		"location:gdelt:adm1:CI09": {
			Kind: kg.LocationAdmin1, Country: "CL", Parents: []kg.ID{"location:gdelt:country:CI"},
			Identifiers: []kg.Identifier{{Scheme: "fips", Value: "CI09"}},
		},
		"location:gdelt:adm1:USID": {
			Kind: kg.LocationAdmin1, Country: "US", Parents: []kg.ID{"location:gdelt:country:US"},
			Point:       &kg.Point{Latitude: 44.25, Longitude: -114.5},
			Identifiers: []kg.Identifier{{Scheme: "iso3166-2", Value: "US-ID"}}},
		"location:gdelt:country:CI": {
			Kind: kg.LocationCountry, Country: "CL", Identifiers: []kg.Identifier{{Scheme: "fips", Value: "CI"}},
		},
		"location:gdelt:country:VM": {
			Kind: kg.LocationCountry, Country: "VN", Point: &kg.Point{Latitude: 16, Longitude: 107.5},
			Identifiers: []kg.Identifier{{Scheme: "fips", Value: "VM"}},
		},
	} {
		got := node[kg.Location](t, s, id)
		want.ID, want.Names = id, got.Names
		if d := cmp.Diff(merge.Locations.From(want, "dataset:gdelt-events"), got); d != "" {
			t.Error(id, d)
		}
	}
	if n := node[kg.Location](t, s, "location:gdelt:adm1:CI09").Names[0].Value; n != "Hills" {
		t.Error(n)
	}
	for id, want := range map[kg.ID]struct {
		category  kg.EventCategory
		mode      string
		at        kg.ID
		precision int
	}{
		"event:gdelt:101": {kg.CategoryConsult, "visit", "location:gns:-900001", 1},
		"event:gdelt:102": {kg.CategoryAssault, "", "", 0},
		"event:gdelt:103": {kg.CategoryRetreat, "disarm", "location:gdelt:adm1:USID", 4},
		"event:gdelt:104": {kg.CategoryStatement, "", "location:gdelt:country:VM", 6},
	} {
		e := node[kg.Event](t, s, id)
		edges, err := s.EventEdges(t.Context(), kg.View{}, kg.WantLocations, []kg.ID{id})
		if err != nil {
			t.Fatal(err)
		}
		var at kg.EventLocation
		for _, l := range edges[0].Locations {
			at = l
		}
		if e.Category != want.category || e.Mode != want.mode || at.Location != want.at || at.Precision != want.precision {
			t.Errorf("%s: %s %s %+v", id, e.Category, e.Mode, at)
		}
	}
	c := claimsAbout(t, s, "event:gdelt:101")[0]
	if !slices.Equal(c.Cites, []kg.ID{kg.DeriveID(kg.KindDocument, "url", "http://wire.example/visit")}) ||
		c.Note != "Root event 1" || !slices.Equal(c.Says.Measures, []kg.Measure{
		{Name: kg.MeasureGoldstein, Value: 1.9}, {Name: kg.MeasureTone, Value: -2.5}, {Name: kg.MeasureMentions, Value: 4},
		{Name: kg.MeasureSources, Value: 1}, {Name: kg.MeasureArticles, Value: 4},
	}) {
		t.Errorf("%+v", c)
	}
}

// claimsAbout returns the claims about an event, the latest first.
func claimsAbout(t *testing.T, s *memory.Store, event kg.ID) []kg.Claim {
	t.Helper()
	pages, err := s.Claims(
		t.Context(), store.ClaimQuery{Filter: &store.ClaimFilter{Subjects: []kg.ID{event}}, Window: store.Window{Limit: 100}},
	)
	if err != nil {
		t.Fatal(err)
	}
	return pages[0].Items
}

func TestGDELTMentions(t *testing.T) {
	s := loadGDELT(t, "gdelt-mentions")
	if e := node[kg.Event](t, s, "event:gdelt:101"); e.FirstAsserted.EDTF != "2015-02-18T23:15:00Z" ||
		e.Sources != (kg.SourceCount{Documents: 2, Publishers: 2, Datasets: 1}) {
		t.Errorf("%+v", e)
	}
	var notes []string
	for _, id := range []kg.ID{"event:gdelt:101", "event:gdelt:102", "event:gdelt:109"} {
		for _, c := range claimsAbout(t, s, id) {
			notes = append(notes, c.Note)
		}
	}
	slices.Sort(notes)
	if d := cmp.Diff([]string{
		"Sentence 2",
		"Sentence 2, the second at character 300, the act at character 344",
		"Sentence 2, the second at character 300, the act at character 344",
		"Sentence 9, the second at character 300, the act at character 344"}, notes); d != "" {
		t.Error(d)
	}
	article := node[kg.Document](t, s, kg.DeriveID(kg.KindDocument, "url", "https://radio.example/1"))
	if article.URL != "https://radio.example/1" || article.Language != "es" ||
		article.Publisher != "actor:outlet:radio.example" || article.PublishedAt.EDTF != "2015-02-18T23:15:00Z" {
		t.Errorf("%+v", article)
	}
	if d := node[kg.Document](t, s, kg.DeriveID(kg.KindDocument, "gdelt", "Radio of Arland, 17 February")); d.URL != "" ||
		d.Language != "en" || d.Publisher != "actor:outlet:radio-of-arland" {
		t.Errorf("%+v", d)
	}
}

// TestGDELTInAnyOrder checks that events and their mentions make the same graph in any order.
func TestGDELTInAnyOrder(t *testing.T) {
	first := loadGDELT(t, "gdelt-events", "gdelt-mentions", "gdelt-events")
	second := loadGDELT(t, "gdelt-mentions", "gdelt-events")
	for _, id := range []kg.ID{
		"event:gdelt:101", "event:gdelt:102", "event:gdelt:103", "event:gdelt:104", "event:gdelt:109",
		kg.DeriveID(kg.KindDocument, "url", "http://wire.example/visit"),
	} {
		if d := cmp.Diff(node[kg.Node](t, first, id), node[kg.Node](t, second, id)); d != "" {
			t.Error(id, d)
		}
	}
	e := node[kg.Event](t, first, "event:gdelt:101")
	if e.Sources != (kg.SourceCount{Documents: 2, Publishers: 2, Datasets: 2}) || e.Status != kg.StatusUnverified ||
		e.Category != kg.CategoryConsult || e.Time.EDTF != "2015-02-17" || e.FirstAsserted.EDTF != "2015-02-18T23:00:00Z" {
		t.Errorf("%+v", e)
	}
}

// realFile returns a file of the real data, or skips the test if it is missing.
func realFile(t *testing.T, name string) loader.Input {
	t.Helper()
	dir := os.Getenv("CASUS_TEST_DATA")
	if dir == "" {
		dir = "../../shared/data"
	}
	path := filepath.Join(dir, name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("SKIPPED: no real data at %s", path)
	}
	inputs, err := loader.Files([]string{path}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return inputs[0]
}

// allEvents returns all events of a store.
func allEvents(t *testing.T, s *memory.Store) []kg.Event {
	t.Helper()
	page := scanAll(t, s, kg.KindClaim)
	seen := map[kg.ID]bool{}
	var all []kg.Event
	for _, c := range page.Claims {
		if !seen[c.Subject] {
			seen[c.Subject] = true
			all = append(all, node[kg.Event](t, s, c.Subject))
		}
	}
	return all
}

// countEdges counts the participations and places of events.
func countEdges(t *testing.T, s *memory.Store, events []kg.Event) (participations, places int) {
	t.Helper()
	var ids []kg.ID
	for _, e := range events {
		ids = append(ids, e.ID)
	}
	edges, err := s.EventEdges(t.Context(), kg.View{}, kg.WantParticipations|kg.WantLocations, ids)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range edges {
		participations += len(e.Participations)
		places += len(e.Locations)
	}
	return participations, places
}

// countNodes counts a store's nodes of a kind.
func countNodes(t *testing.T, s *memory.Store, kind kg.NodeKind) int {
	t.Helper()
	page := scanAll(t, s, kind)
	return len(page.Actors) + len(page.Locations) + len(page.Documents) + len(page.Claims)
}

// The numbers were counted by pandas in the files themselves, read as text between tabs:
//
//	events, distinct column 0: 200; of both files of mentions 185; of all four 296
//	rows with column 5 or 6, 159, and with 15 or 16, 157; rows whose column 51 is not 0: 194
//	distinct columns 60 and 5 of the two together: 178 documents, of 144 outlets: distinct domains without
//	  www, of which bbc.com and bbc.co.uk are one
//	distinct actors, by the code alone where it is column 7 or 8 (17 or 18), else with the name: 119
//	distinct columns 53 (53 countries), 54 of more than two letters that do not end in 00 (60 provinces),
//	  58 of types 3 and 4 (65)
//	categories: column 26 in codes/cameo_to_plover.txt, with 01 a statement and 02 a request
func TestGDELTRealFiles(t *testing.T) {
	s := memory.New()
	loadAll(
		t, s, []string{"gdelt-mentions", "gdelt-events", "gdelt-events", "gdelt-mentions"},
		realFile(t, "gdelt/mentions_v2.tsv"), realFile(t, "gdelt/events_v2.tsv"),
		realFile(t, "gdelt/events_v2_translated.tsv"), realFile(t, "gdelt/mentions_v2_translated.tsv"))
	events := allEvents(t, s)
	participations, places := countEdges(t, s, events)
	if len(events) != 296 || participations != 159+157 || places != 194 {
		t.Errorf("%d events, %d participations, %d places; want 296, 316, 194", len(events), participations, places)
	}
	for _, e := range events {
		if e.Status != kg.StatusUnverified || e.Sources.Voices != 0 || e.Sources.Publishers == 0 {
			t.Errorf("%s is %s by %+v; a machine's rows corroborate nothing", e.ID, e.Status, e.Sources)
		}
	}
	for kind, want := range map[kg.NodeKind]int{
		kg.KindDocument: 178, kg.KindActor: 119 + 144, kg.KindLocation: 53 + 60 + 65, kg.KindClaim: 400,
	} {
		if got := countNodes(t, s, kind); got != want {
			t.Errorf("%d nodes of kind %s, want %d", got, kind, want)
		}
	}
	categories := map[kg.EventCategory]int{}
	for _, e := range events {
		if len(e.Codes) > 0 {
			categories[e.Category]++
		}
	}
	if d := cmp.Diff(map[kg.EventCategory]int{
		"CONSULT": 72, "REQUEST": 20, "SUPPORT": 19, "AGREE": 18, "STATEMENT": 17, "ACCUSE": 12, "ASSAULT": 11, "RETREAT": 8,
		"AID":    7,
		"REJECT": 5, "COERCE": 4, "CONCEDE": 2, "SANCTION": 2, "THREATEN": 2, "COOPERATE": 1}, categories); d != "" {
		t.Error(d)
	}
}
