package loader_test

import (
	_ "embed"
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"casus/internal/digest"
	"casus/internal/kg"
	"casus/internal/store/memory"
	"casus/loader"
)

// loadedGraph loads a table by its detected mapping, without rejects.
func loadedGraph(t *testing.T, file, text, mapping string) *memory.Store {
	t.Helper()
	s, in := memory.New(), textInput(file, text)
	m, err := loader.DetectMapping(&in)
	if err != nil || m == nil || m.Name != mapping {
		t.Fatal(m, err)
	}
	report, err := loader.LoadRows(t.Context(), s, m, []loader.Input{in}, loader.Options{})
	if err != nil || report.Rejected > 0 || report.Applied == 0 {
		t.Fatalf("%v %+v", err, report)
	}
	checkTotals(t, report)
	return s
}

// rewriteTable returns a table with other columns, in the given order; missing values are empty. The header is
// optional.
func rewriteTable(t *testing.T, text string, columns []string, header bool) string {
	t.Helper()
	lines, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	w := csv.NewWriter(&b)
	for i, line := range lines {
		row := make([]string, len(columns))
		for j, c := range columns {
			if at := slices.Index(lines[0], c); at >= 0 {
				row[j] = line[at]
			} else if i == 0 {
				row[j] = c
			}
		}
		if header || i > 0 && line[0] != "" {
			if err := w.Write(row); err != nil {
				t.Fatal(err)
			}
		}
	}
	w.Flush()
	return b.String()
}

// apiResponse returns a table as an API returns it: an object with the rows in a list.
func apiResponse(t *testing.T, text, list string) string {
	t.Helper()
	lines, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows := []map[string]string{}
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, v := range line {
			row[lines[0][i]] = v
		}
		if line[0] != "" {
			rows = append(rows, row)
		}
	}
	b, err := json.MarshalIndent(map[string]any{"Count": len(rows), list: rows, "next": ""}, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// The same rows in the variants in which a data set was published make the same graph.
func TestVariantsOfOneDataSet(t *testing.T) {
	columns := func(text string) []string {
		header, _, _ := strings.Cut(text, "\n")
		return strings.Split(header, ",")
	}
	without := func(text string, removed ...string) []string {
		return slices.DeleteFunc(columns(text), func(c string) bool { return slices.Contains(removed, c) })
	}
	header, rows, _ := strings.Cut(acledCurrent, "\n")
	for name, c := range map[string]struct{ mapping, file, text, other string }{
		"UCDP without relid": {"ucdp-ged", "ged.csv", ged, rewriteTable(t, ged, without(ged, "relid"), true)},
		"UCDP's candidates, no header": {
			"ucdp-ged", "ged.csv", ged, rewriteTable(t, ged, embeddedMapping(t, "ucdp-ged").Input.OtherColumns[0], false),
		},
		"UCDP's API":          {"ucdp-ged", "ged.json", ged, apiResponse(t, ged, "Result")},
		"ACLED in upper case": {"acled", "acled.csv", acledCurrent, strings.ToUpper(header) + "\n" + rows},
		"ACLED's API":         {"acled", "acled.json", acledCurrent, apiResponse(t, acledCurrent, "data")},
	} {
		t.Run(name, func(t *testing.T) {
			want, err := digest.Compute(t.Context(), loadedGraph(t, "x.csv", c.text, c.mapping))
			if err != nil {
				t.Fatal(err)
			}
			if got, err := digest.Compute(t.Context(), loadedGraph(t, c.file, c.other, c.mapping)); err != nil ||
				got != want {
				t.Errorf("%s, want %s (%v)", got, want, err)
			}
		})
	}
}

//go:embed testdata/rows/acled-2018.csv
var acled2018 string

// Before 2019 ACLED had no sub-event types, and wrote its columns in upper case.
func TestACLEDBeforeSubEvents(t *testing.T) {
	s := loadedGraph(t, "acled.csv", acled2018, "acled")
	e := node[kg.Event](t, s, "event:acled:ARL7")
	if e.Category != kg.CategoryAssault ||
		e.Titles[0].Value != "Battle-No change of territory: Front for Arland – Military Forces of Boria (2014-), "+
			"Bridge town" ||
		len(e.Codes) != 1 {
		t.Errorf("%+v", e)
	}
	town := node[kg.Location](t, s, "location:acled:Bridge_town:50.45,30.5")
	if town.Country != "CL" { // by its number, so that events are found by country
		t.Errorf("%+v", town)
	}
}

// UCDP has names of its own for some countries.
func TestCountriesOfUCDP(t *testing.T) {
	for name, want := range map[string]string{
		"Yemen (North Yemen)": "YE", "DR Congo (Zaire)": "CD", "Bosnia-Herzegovina": "BA", "Myanmar (Burma)": "MM",
		"Ukraine": "UA", "Arland": "",
	} {
		s := loadedGraph(t, "ged.csv", strings.ReplaceAll(ged, ",Arland,900,", ","+name+",900,"), "ucdp-ged")
		for _, id := range []kg.ID{
			"location:ucdp:Bridge_town:50.5,30.25:1", "location:ucdp:country:900", "location:ucdp:adm2:900:north:hills",
		} {
			if l := node[kg.Location](t, s, id); l.Country != want {
				t.Errorf("%s: %s is in %q, want %q", name, id, l.Country, want)
			}
		}
	}
}

// GDELT 1.0 has no codes of districts, days in DATEADDED and, until 2013, no sources.
func TestGDELT1(t *testing.T) {
	for _, sources := range []bool{true, false} {
		columns := embeddedMapping(t, "gdelt-events").Input.Columns
		var b strings.Builder
		for line := range strings.Lines(gdeltEvents(t)) {
			var fields []string
			for i, v := range strings.Split(strings.TrimSuffix(line, "\n"), "\t") {
				switch {
				case columns[i] == "DATEADDED":
					v = v[:8]
				case strings.Contains(columns[i], "ADM2Code") || columns[i] == "SOURCEURL" && !sources:
					continue
				}
				fields = append(fields, v)
			}
			b.WriteString(strings.Join(fields, "\t") + "\n")
		}
		s := loadedGraph(t, "20150217.export.CSV", b.String(), "gdelt-events")
		e := node[kg.Event](t, s, "event:gdelt:101")
		if e.FirstAsserted.EDTF != "2015-02-18" || len(participants(t, s, e.ID)) != 2 {
			t.Errorf("%+v", e)
		}
		town := node[kg.Location](t, s, "location:gns:-900001")
		if *town.Point != (kg.Point{Latitude: -33.5, Longitude: -70.25}) {
			t.Errorf("%+v", town)
		}
		page, err := s.Scan(t.Context(), kg.KindDocument, "", 10)
		if err != nil || (len(page.Documents) > 0) != sources {
			t.Error(page.Documents, err)
		}
	}
}

func TestFirstRowsOfOtherEncodings(t *testing.T) {
	text := "Num\xe9ro,Day\n1,2024-01-05\n"
	if _, _, err := loader.FirstRows(textInput("t.csv", text), "", 10); kg.CodeOf(err) != kg.BadInput {
		t.Error(err)
	}
	columns, rows, err := loader.FirstRows(textInput("t.csv", text), "windows-1252", 10)
	if err != nil || columns[0] != "Numéro" || len(rows) != 1 {
		t.Error(columns, rows, err)
	}
}

// A file may have names instead of ids. A row without an id is rejected, because all such rows would be one event.
func TestUCDPWithoutIds(t *testing.T) {
	header, rows, _ := strings.Cut(ged, "\n")
	replacer := strings.NewReplacer(
		"conflict_new_id", "c", "dyad_new_id", "d", "side_a_new_id", "a", "side_b_new_id", "b",
	)
	names := replacer.Replace(header)
	s := loadedGraph(t, "ged.csv", names+"\n"+rows, "ucdp-ged")
	if a := node[kg.Actor](t, s, "actor:ucdp:Front"); len(a.Identifiers) > 0 {
		t.Errorf("%+v", a)
	}
	edges, err := s.EventEdges(t.Context(), kg.View{}, kg.WantParticipations|kg.WantWholes, []kg.ID{"event:ucdp:1"})
	if err != nil || len(edges[0].Participations) != 2 || len(edges[0].Wholes) > 0 {
		t.Error(edges, err)
	}
	report, err := loader.LoadRows(
		t.Context(), memory.New(), embeddedMapping(t, "ucdp-ged"),
		[]loader.Input{textInput("ged.csv", strings.Replace(ged, "\n1,A-1", "\n,A-1", 1))}, loader.Options{},
	)
	if err != nil || report.Rejected != 1 || report.FirstRejects[0].Column != "id" ||
		!strings.Contains(report.FirstRejects[0].Reason, `"event:ucdp:" lacks its last part`) {
		t.Errorf("%v %+v", err, report)
	}
}

func TestWorkbooksAreNotTables(t *testing.T) {
	in := textInput("book.xlsx", "PK\x03\x04\x14\x00")
	if _, err := loader.DetectMapping(&in); kg.CodeOf(err) != kg.BadInput ||
		!strings.Contains(err.Error(), "save a sheet as CSV") {
		t.Error(err)
	}
}
