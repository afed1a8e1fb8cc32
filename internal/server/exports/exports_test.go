package exports_test

import (
	"net/url"
	"strings"
	"testing"

	"casus/internal/export"
	"casus/internal/kg"
	"casus/internal/server/exports"
	"casus/internal/store/memory"
)

func TestParseRequest(t *testing.T) {
	values, err := url.ParseQuery("from=2025&actor=actor:a&actor=actor:b&country=UA&status=CONFIRMED" +
		"&graph=actors&role=AGENT&language=uk&filter=" + url.QueryEscape(`{"text": "x"}`) + "&knownAt=2025-12-21T12:00:00Z")
	if err != nil {
		t.Fatal(err)
	}
	r, err := exports.ParseRequest(values)
	if err != nil {
		t.Fatal(err)
	}
	f := r.Filter
	if r.Graph != "actors" || r.Language != "uk" || len(r.Roles) != 1 || r.View.KnownAt == nil ||
		len(f.Participants) != 2 || len(f.Statuses) != 1 || f.Time == nil || f.Place == nil || len(f.And) != 1 {
		t.Errorf("%+v %+v", r, f)
	}
	if r, err := exports.ParseRequest(nil); err != nil || r.Filter != nil {
		t.Errorf("no parameters: %+v %v", r, err)
	}
}

func TestParseRequestErrors(t *testing.T) {
	for query, names := range map[string]string{
		"nonsense=1":        "nonsense",
		"text=a&text=b":     "more than once",
		"knownAt=yesterday": "knownAt",
		"filter=[1]":        "JSON object",
		"filter={} {}":      "JSON object",
		"category=NONSENSE": "categories",
		"actor=zelensky":    "zelensky",
		`filter={"not":{"participants":[{"anyOf":["odesa"]}]}}`: "odesa",
	} {
		name, value, _ := strings.Cut(query, "=")
		values := url.Values{name: strings.Split(value, "&"+name+"=")}
		_, err := exports.ParseRequest(values)
		if kg.CodeOf(err) != kg.BadInput || !strings.Contains(err.Error(), names) {
			t.Errorf("%s: %s %v, want %q", query, kg.CodeOf(err), err, names)
		}
	}
}

func TestFlagNames(t *testing.T) {
	for name, want := range map[string]string{"from": "from", "partOf": "part-of", "knownAt": "known-at"} {
		if got := (exports.Parameter{Name: name}).Flag(); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

func TestFilename(t *testing.T) {
	for _, c := range []struct{ format, table, name, media string }{
		{"csv", "", "casus-csv.zip", "application/zip"},
		{"csv", "events", "casus-events.csv", "text/csv; charset=utf-8"},
		{"timelinejs", "", "casus-timeline.json", "application/json"},
		{"gexf", "", "casus.gexf", "application/gexf+xml"},
	} {
		f, err := export.Find(c.format)
		if err != nil {
			t.Fatal(err)
		}
		name, media := exports.Filename(f, export.Request{Table: export.Table(c.table)})
		if name != c.name || media != c.media {
			t.Errorf("%s %s: %s %s, want %s %s", c.format, c.table, name, media, c.name, c.media)
		}
	}
}

// Downloads of two formats, or of two tables of a format, do not replace one another.
func TestFilenamesDiffer(t *testing.T) {
	formats := map[string]string{}
	for _, f := range export.Formats() {
		tables := []export.Table{""}
		if f.Tabular {
			tables = append(tables, export.TableEvents, export.TableParticipants, export.TableClaims, export.TableFigures)
		}
		for _, table := range tables {
			name, _ := exports.Filename(f, export.Request{Table: table})
			if other, ok := formats[name]; ok {
				t.Errorf("%s and %s both have the file name %s", f.Name, other, name)
			}
			formats[name] = f.Name
		}
	}
}

// TestUnknownIDs exports with ids that no node has: the error names the nearest, and nothing is written.
func TestUnknownIDs(t *testing.T) {
	s := memory.New()
	if _, err := s.Apply(t.Context(), kg.Batch{Actors: []kg.Actor{{ID: "actor:zelensky", Kind: kg.ActorPerson,
		Names: []kg.Name{{Value: "Volodymyr Zelensky"}}}}}); err != nil {
		t.Fatal(err)
	}
	f, err := export.Find("geojson")
	if err != nil {
		t.Fatal(err)
	}
	for filter, want := range map[string]string{
		`{"participants": [{"anyOf": ["actor:zelensky"]}]}`:           "",
		`{"not": {"participants": [{"anyOf": ["actor:zelenskiy"]}]}}`: "the nearest is actor:zelensky (Volodymyr Zelensky)",
		`{"ids": ["event:x"]}`: "no event:x",
	} {
		r, err := exports.ParseRequest(url.Values{"filter": {filter}})
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		_, err = exports.Write(t.Context(), s, f, r, &out)
		switch {
		case want == "" && err != nil:
			t.Errorf("%s: %v", filter, err)
		case want != "" && (kg.CodeOf(err) != kg.NotFound || !strings.Contains(err.Error(), want) || out.Len() > 0):
			t.Errorf("%s: %v, %d bytes, want NOT_FOUND with %q", filter, err, out.Len(), want)
		}
	}
}
