package draft_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"casus/internal/kg"
	"casus/internal/testkit/mapped"
	"casus/loader/mapping"
	"casus/loader/mapping/draft"

	"github.com/google/go-cmp/cmp"
)

// TestDraft checks that a draft is a valid mapping and maps the columns that it recognises.
func TestDraft(t *testing.T) {
	columns := []string{
		"Event ID", "event_date", "actor1", "Side B", "location", "latitude", "longitude", "fatalities", "it's",
	}
	row := map[string]any{
		"Event ID": "7", "event_date": "03 December 2020", "actor1": "Front", "Side B": "", "location": "Bridge town",
		"latitude": "50.5", "longitude": "30.25", "fatalities": "2", "it's": "x",
	}
	source := draft.Mapping(draft.Sample{Name: "ours", Columns: columns, Rows: []map[string]any{row}})
	want := []string{
		`actor {"id":"actor:ours:Front","kind":"UNIDENTIFIED","names":["Front"],"type":"actor"}`,
		`location {"id":"location:ours:Bridge_town","kind":"CITY","names":["Bridge town"],` +
			`"point":{"latitude":50.5,"longitude":30.25},"type":"location"}`,
		`event {"assertedAt":"2020-12-03","category":"OTHER","figures":[{"best":2,"kind":"KILLED"}],` +
			`"id":"event:ours:7","locations":[{"location":"location:ours:Bridge_town"}],` +
			`"participants":[{"actor":"actor:ours:Front","role":"INITIATOR","side":"A"}],"time":"2020-12-03",` +
			`"titles":["Front, Bridge town"],"type":"event"}`,
	}
	if d := cmp.Diff(want, mapped.Records(t, source, row)); d != "" {
		t.Errorf("%s\n%s", d, source)
	}
	if !strings.Contains(source, "# not mapped: it's,") {
		t.Errorf("the draft does not list the unmapped column:\n%s", source)
	}
}

// TestDraftOfForeignTable drafts a table in another language, with other date layouts, sources and kinds of events.
func TestDraftOfForeignTable(t *testing.T) {
	columns := []string{"Datum", "Land", "Ort", "Täter", "Opfer", "Tote", "Art", "Quelle", "Link", "Reported"}
	rows := []map[string]any{
		{
			"Datum": "31/12/2023", "Land": "Ukraine", "Ort": "Harbour", "Täter": "Nord; Süd", "Opfer": "", "Tote": "1,200",
			"Art": "shelling", "Quelle": "Bote", "Link": "https://bote.example/1", "Reported": "Jan 2, 2024",
		},
		{
			"Datum": "01/02/2024", "Land": "", "Ort": "", "Täter": "", "Opfer": "Ost", "Tote": "",
			"Art": "Peace talks", "Quelle": "", "Link": "", "Reported": "2024-02",
		},
	}
	source := draft.Mapping(draft.Sample{Name: "blatt", Columns: columns, Rows: rows})
	document := string(kg.DeriveID(kg.KindDocument, "url", "https://bote.example/1"))
	id := func(cells ...string) string { // of a row without a number
		return `"id":"` + string(kg.DeriveID(kg.KindEvent, append(append([]string{"blatt"}, cells...), "0")...)) + `",`
	}
	want := [][]string{{
		`actor {"id":"actor:outlet:bote","kind":"ORGANIZATION","names":["Bote"],"type":"actor"}`,
		`document {"id":"` + document + `","publisher":"actor:outlet:bote",` +
			`"titles":["https://bote.example/1"],"type":"document","url":"https://bote.example/1"}`,
		`actor {"id":"actor:blatt:Nord","kind":"UNIDENTIFIED","names":["Nord"],"type":"actor"}`,
		`actor {"id":"actor:blatt:Süd","kind":"UNIDENTIFIED","names":["Süd"],"type":"actor"}`,
		`location {"country":"UA","id":"location:blatt:Ukraine","kind":"COUNTRY","names":["Ukraine"],"type":"location"}`,
		`location {"id":"location:blatt:Ukraine:Harbour","kind":"CITY","names":["Harbour"],"type":"location",` +
			`"within":["location:blatt:Ukraine"]}`,
		`event {"assertedAt":"2024-01-02","category":"ASSAULT","claims":[{"document":"` + document + `"}],` +
			`"codes":[{"scheme":"blatt","value":"shelling"}],"figures":[{"best":1200,"kind":"KILLED"}],` +
			id("31/12/2023", "Ukraine", "Harbour", "Nord; Süd") +
			`"locations":[{"location":"location:blatt:Ukraine:Harbour"}],` +
			`"participants":[{"actor":"actor:blatt:Nord","role":"INITIATOR","side":"A"},` +
			`{"actor":"actor:blatt:Süd","role":"INITIATOR","side":"A"}],"time":"2023-12-31",` +
			`"titles":["shelling, Nord, Süd, Harbour"],"type":"event"}`,
	}, {
		`actor {"id":"actor:blatt:Ost","kind":"UNIDENTIFIED","names":["Ost"],"type":"actor"}`,
		`event {"assertedAt":"2024-02","category":"CONSULT","codes":[{"scheme":"blatt","value":"Peace talks"}],` +
			id("01/02/2024", "", "", "") + `"participants":[{"actor":"actor:blatt:Ost","role":"RECIPIENT","side":"B"}],` +
			`"time":"2024-02-01","titles":["Peace talks, Ost"],"type":"event"}`,
	}}
	for i, row := range rows {
		if d := cmp.Diff(want[i], mapped.Records(t, source, row)); d != "" {
			t.Errorf("row %d: %s\n%s", i, d, source)
		}
	}
}

// FuzzDraft checks that the draft of any table is a valid mapping, which maps the rows of the table.
func FuzzDraft(f *testing.F) {
	f.Add("data (1).csv", "date", "it's \"x\"", "2020-01-01", "NA")
	f.Add("2024.csv", "year", "lat", "1990", "-99")
	f.Add("a.csv", "latitude", "lon", "48,5", "-9")
	f.Add("a.csv", "coordinates", "<<", "48.5, 38", "x")
	f.Add("a.csv", "if", "killed", "many", "5.0")
	f.Add("a.csv", "source", "id", "https://example.org", "1e5")
	f.Add("a.csv", "country", "type", "ru", "12-Jan-90")
	f.Add("a.csv", "date", "it's \"\x10\"", "2020-01-01", "x")
	f.Add("a.csv", "imonth", "iyear", "13", "0")
	f.Fuzz(func(t *testing.T, file, first, second, a, b string) {
		for _, s := range []string{first, second, a, b} {
			if !utf8.ValidString(s) || s == "" {
				return
			}
		}
		if first == second {
			return
		}
		rows := []map[string]any{{first: a, second: b}, {first: b, second: a}, {first: "", second: a}}
		for _, rows := range [][]map[string]any{rows, {{first: a, second: map[string]any{"name": b}}, {first: []any{a,
			b}}}} {
			source := draft.Mapping(draft.Sample{Name: draft.Name(file), Columns: []string{first, second},
				Rows: rows})
			m, err := mapping.Parse("draft.yaml", []byte(source), nil)
			if err != nil {
				t.Fatalf("%v\n%s", err, source)
			}
			if m, err = m.ForFile(m.Input.Decimal == ","); err != nil { // as readers of the file do
				t.Fatal(err)
			}
			for _, row := range rows {
				if _, err := m.Map(row); err != nil {
					t.Errorf("%v: %v\n%s", row, err, source)
				}
			}
		}
	})
}
