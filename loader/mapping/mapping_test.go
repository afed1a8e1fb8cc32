package mapping_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/testkit/mapped"
	"casus/loader/mapping"

	"github.com/google/go-cmp/cmp"
)

func TestRecords(t *testing.T) {
	for _, c := range []struct {
		name, source string
		row          map[string]any
		want         []string
	}{
		{"literals and expressions", `
mapping: 1
name: t
records:
  - actor: {id: '= "actor:t:" + slug(row.name)', kind: PERSON, names: ['= row.name']}
`, map[string]any{"name": "A B"}, []string{
			`actor {"id":"actor:t:A_B","kind":"PERSON","names":["A B"],"type":"actor"}`,
		}},
		{"empty values are omitted", `
mapping: 1
name: t
records:
  - location:
      kind: CITY
      names: ['= row.name']
      country: '= given(row.country)'
      point: {latitude: '= given(row.lat) == null ? absent() : double(row.lat)'}
  - actor: {kind: '= given(row.country)'}
`, map[string]any{"name": "A", "country": "NA", "lat": ""}, []string{
			`location {"kind":"CITY","names":["A"],"type":"location"}`,
		}},
		{"each, as and when", `
mapping: 1
name: t
let:
  names: '= parts(row.names, ";")'
records:
  - actor:
      each: '= names'
      as: n
      when: '= n != "B"'
      kind: PERSON
      names: ['= n']
  - event:
      titles: [Meeting]
      participants:
        - each: '= names'
          actor: '= "actor:" + it'
          role: '= it == "A" ? "HOST" : absent()'
      locations:
        - when: '= given(row.place) != null'
          location: '= "location:" + row.place'
`, map[string]any{"names": "A; B ;;C", "place": "x"}, []string{
			`actor {"kind":"PERSON","names":["A"],"type":"actor"}`, `actor {"kind":"PERSON","names":["C"],"type":"actor"}`,
			`event {"locations":[{"location":"location:x"}],"participants":[{"actor":"actor:A",` +
				`"role":"HOST"},{"actor":"actor:B"},{"actor":"actor:C"}],"titles":["Meeting"],"type":"event"}`,
		}},
		{"several each in one list", `
mapping: 1
name: t
records:
  - event:
      titles: [Meeting]
      participants:
        - {each: '= parts(row.a, ";")', actor: '= "actor:" + it', role: HOST}
        - {actor: "actor:X"}
        - {each: '= parts(row.b, ";")', actor: '= "actor:" + it'}
`, map[string]any{"a": "A;B", "b": ""}, []string{
			`event {"participants":[{"actor":"actor:A","role":"HOST"},{"actor":"actor:B",` +
				`"role":"HOST"},{"actor":"actor:X"}],"titles":["Meeting"],"type":"event"}`,
		}},
		{"tables", `
mapping: 1
name: t
tables:
  roots: {"19": ASSAULT, "04": {category: CONSULT}}
records:
  - event:
      category: '= lookup("roots", row.code)'
      mode: '= lookup("roots", "04").category'
      titles: ['= lookup("roots", "none")']
`, map[string]any{"code": "19"}, []string{`event {"category":"ASSAULT","mode":"CONSULT","type":"event"}`}},
		{"published dates claims without a date or document", `
mapping: 1
name: t
published: '= date(row.day)'
records:
  - event: {titles: [A]}
  - event: {titles: [B], assertedAt: "2020"}
  - event: {titles: [C], document: "document:d"}
  - actor: {kind: PERSON, names: [A]}
`, map[string]any{"day": "20 December 2025"}, []string{
			`event {"assertedAt":"2025-12-20","titles":["A"],"type":"event"}`,
			`event {"assertedAt":"2020","titles":["B"],"type":"event"}`,
			`event {"document":"document:d","titles":["C"],"type":"event"}`,
			`actor {"kind":"PERSON","names":["A"],"type":"actor"}`,
		}},
		{"dates and numbers", `
mapping: 1
name: t
records:
  - event:
      time: '= within(date(row.a), date(row.b))'
      figures: [{kind: KILLED, best: '= number(row.n)', low: '= number("")'}]
  - event: {time: '= between(date(row.a), date(row.a))'}
`, map[string]any{"a": "2014-01-22 00:00:00.000", "b": "20140125", "n": "5"}, []string{
			`event {"figures":[{"best":5,"kind":"KILLED"}],"time":"[2014-01-22..2014-01-25]","type":"event"}`,
			`event {"time":"2014-01-22","type":"event"}`,
		}},
		{"JSON values", `
mapping: 1
name: t
records:
  - actor: {each: '= row.people', as: p, kind: PERSON, names: ['= p.name'], sectors: '= p.sectors'}
`, map[string]any{"people": []any{map[string]any{"name": "A", "sectors": []any{"GOV", ""}}}}, []string{
			`actor {"kind":"PERSON","names":["A"],"sectors":["GOV"],"type":"actor"}`,
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, mapped.Records(t, c.source, c.row)); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestInvalidFile(t *testing.T) {
	for source, want := range map[string]string{
		"mapping: 2\nname: t":             "unsupported version 2",
		"mapping: 1":                      "name is missing",
		"mapping: 1\nname: t":             "records is empty",
		"mapping: 1\nname: t\nrecord: []": "record",
		"mapping: 1\nname: t\nrecords:\n  - person: {kind: PERSON}":           "allowed: document, actor",
		"mapping: 1\nname: t\nrecords:\n  - actor: {kind: '= row.x +'}":       "records[0].actor.kind",
		"mapping: 1\nname: t\nrecords:\n  - actor: {kind: '= nothing'}":       "undeclared reference",
		"mapping: 1\nname: t\nlet: {Bad: '= 1'}\nrecords:\n  - actor: {a: b}": "not a valid variable name",
		"mapping: 1\nname: t\nrecords:\n  - actor:\n      each: [":            "test.yaml",
	} {
		_, err := mapping.Parse("test.yaml", []byte(source), nil)
		if kg.CodeOf(err) != kg.BadInput || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", source, err, want)
		}
	}
}

func TestInvalidRow(t *testing.T) {
	source := "mapping: 1\nname: t\nrecords:\n  - event: {figures: [{kind: KILLED, best: '= number(row.n)'}]}"
	m, err := mapping.Parse("test.yaml", []byte(source), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []map[string]any{{"n": "many"}, {}} {
		_, err := m.Map(row)
		var fault *mapping.Fault
		if !errors.As(err, &fault) || fault.Place != "records[0].event.figures[0].best" {
			t.Errorf("%v: %v", row, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("mapping: 1\nname: t\nrecords:\n  - actor: {kind: '= row.a', names: [{each: '= row.b', value: '= it'}]}", "x")
	f.Fuzz(func(t *testing.T, source, value string) {
		m, err := mapping.Parse("fuzz.yaml", []byte(source), nil)
		if err != nil {
			return
		}
		_, _ = m.Map(map[string]any{"a": value, "b": []any{value}}) // it must not panic
	})
}

// TestDocumentedMapping checks the example of docs/mappings.md.
func TestDocumentedMapping(t *testing.T) {
	b, err := os.ReadFile("../../docs/mappings.md")
	if err != nil {
		t.Fatal(err)
	}
	_, source, _ := strings.Cut(string(b), "```yaml\n")
	source, _, _ = strings.Cut(source, "```")
	want := []string{
		`actor {"id":"actor:ours:A_B","kind":"UNIDENTIFIED","names":["A B"],"type":"actor"}`,
		`actor {"id":"actor:ours:C","kind":"UNIDENTIFIED","names":["C"],"type":"actor"}`,
		`event {"assertedAt":"2025-12-20","category":"PROTEST","figures":[{"best":2,"kind":"KILLED"}],` +
			`"id":"event:ours:7","participants":[{"actor":"actor:ours:A_B"},{"actor":"actor:ours:C"}],` +
			`"time":"2025-12-20","type":"event"}`,
	}
	row := map[string]any{"incident": "7", "day": "20.12.2025", "actors": "A B, C", "dead": "2", "kind": "2"}
	got := mapped.Records(t, source, row)
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// detectedAs returns the mapping that the columns of an embedded one are detected as: another one for a variant.
func detectedAs(name string) string {
	if name == "ucdp-candidate" {
		return "ucdp-ged"
	}
	return name
}

// TestCandidateEvents checks what distinguishes the mappings of UCDP's candidate events and of its final ones: the
// ids of the claims that many rows share. Both may be in one store.
func TestCandidateEvents(t *testing.T) {
	ged, err := mapping.Source("ucdp-ged")
	if err != nil {
		t.Fatal(err)
	}
	candidate, err := mapping.Source("ucdp-candidate")
	if err != nil {
		t.Fatal(err)
	}
	olds, news := strings.Split(string(ged), "\n"), strings.Split(string(candidate), "\n")
	if len(olds) != len(news) {
		t.Fatalf("%d lines, %d lines", len(olds), len(news))
	}
	var changed []string
	for i := range olds {
		if olds[i] != news[i] {
			changed = append(changed, strings.TrimSpace(news[i]))
		}
	}
	want := []string{
		"name: ucdp-candidate",
		"description: UCDP candidate events (CSV, with or without the row of HXL tags)",
		`- id: '= "claim:ucdp-candidate:conflict:" + slug(conflict) + ":" + slug(row.year)'`,
		`- id: '= "claim:ucdp-candidate:dyad:" + slug(dyad) + ":" + slug(conflict) + ":" + slug(row.year)'`,
	}
	if d := cmp.Diff(want, changed); d != "" {
		t.Error(d)
	}
}

func TestEmbeddedMappings(t *testing.T) {
	if len(mapping.Names()) < 2 {
		t.Error(mapping.Names())
	}
	for _, name := range mapping.Names() {
		m, err := mapping.Embedded(name)
		if err != nil {
			t.Error(err)
			continue
		}
		if m.Name != name || m.Description == "" || len(m.Detect.Columns)+len(m.Detect.Patterns) == 0 {
			t.Errorf("%s: %q, %q, %v", name, m.Name, m.Description, m.Detect)
		}
		if m.Input.NoHeader { // detected by the first row, which tests of loads cover
			continue
		}
		if found, err := mapping.Detect(m.Detect.Columns); err != nil || found == nil || found.Name != detectedAs(name) {
			t.Errorf("%s: detected by its columns: %v, %v", name, found, err)
		}
	}
	if m, err := mapping.Detect([]string{"a", "b"}); m != nil || err != nil {
		t.Error(m, err)
	}
}
