package mapping_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/loader/mapping"
	"casus/schema"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

const head = "mapping: 1\nname: t\n"

func TestInvalidMappings(t *testing.T) {
	for _, c := range []struct {
		name, source string
		want         []string
	}{
		{"misspelt field", head + `records:
  - event:
      participant:
        - actor: "actor:a"
`, []string{"my.yaml:5:7: records[0].event.participant: unknown field; did you mean participants?"}},
		{"misspelt nested fields", head + `records:
  - event:
      participants: [{actr: "actor:a"}, {each: '= row.x', actor: '= it', sides: A}]
      locations: [{loc: "location:a"}]
      figures: [{knd: KILLED}]
      codes: [{schema: acled}]
      titles: [{values: A}]
      claims: [{quote: {texts: A}, spans: [{exacts: A}]}]
      respondsTo: [{two: "event:a"}]
  - location: {point: {latitud: 1}, identifiers: [{shceme: a}]}
`, []string{
			"my.yaml:5:23: records[0].event.participants[0].actr: unknown field; did you mean actor?",
			"my.yaml:5:74: records[0].event.participants[1].sides: unknown field; did you mean side?",
			"my.yaml:6:20: records[0].event.locations[0].loc: unknown field; allowed: as, each, location, precision, role, when",
			"my.yaml:7:18: records[0].event.figures[0].knd: unknown field; did you mean kind?",
			"my.yaml:8:16: records[0].event.codes[0].schema: unknown field; did you mean scheme?",
			"my.yaml:9:17: records[0].event.titles[0].values: unknown field; did you mean value?",
			"my.yaml:10:25: records[0].event.claims[0].quote.texts: unknown field; did you mean text?",
			"my.yaml:10:45: records[0].event.claims[0].spans[0].exacts: unknown field; did you mean exact?",
			"my.yaml:11:21: records[0].event.respondsTo[0].two: unknown field; did you mean to?",
			"my.yaml:12:24: records[1].location.point.latitud: unknown field; did you mean latitude?",
			"my.yaml:12:52: records[1].location.identifiers[0].shceme: unknown field; did you mean scheme?",
		}},
		{"unknown field without a near one", head + "records:\n  - release: {whatsoever: 1}\n", []string{
			"my.yaml:4:15: records[0].release.whatsoever: unknown field; allowed: as, coding, each, id, name, partial, " +
				"release, releasedAt, source, when",
		}},
		{"vocabulary values", head + `records:
  - actor: {kind: PERSN, names: [{value: A, kind: WEEK}]}
  - event: {category: assault, modality: SURELY}
`, []string{
			`my.yaml:4:19: records[0].actor.kind: "PERSN" is not one of the allowed values; did you mean PERSON?`,
			`my.yaml:4:51: records[0].actor.names[0].kind: "WEEK" is not one of the allowed values; did you mean WEAK?`,
			`my.yaml:5:23: records[1].event.category: "assault" is not one of the allowed values; did you mean ASSAULT?`,
			`my.yaml:5:42: records[1].event.modality: "SURELY" is not one of the allowed values; allowed: OCCURRED, ` +
				`ONGOING, PLANNED, PROPOSED, HYPOTHETICAL, NEGATED, CANCELLED`,
		}},
		{"wrong types", head + `records:
  - event:
      time: 2020
      figures: [{kind: KILLED, best: "3", low: -1}]
      locations: [{location: "location:a", precision: 8}]
      participants: {actor: "actor:a"}
      partOf: event:a
      titles: [5]
  - actor: {country: ua, names: A, id: a}
  - identity: {same: perhaps, decidedAt: yesterday}
  - actor: '= row.x'
`, []string{
			`my.yaml:5:13: records[0].event.time: 2020 is a number; must be a string, such as "2020"`,
			`my.yaml:6:38: records[0].event.figures[0].best: "3" is a string; must be a whole number`,
			`my.yaml:6:48: records[0].event.figures[0].low: -1 is less than 0`,
			`my.yaml:7:55: records[0].event.locations[0].precision: 8 is more than 7`,
			`my.yaml:8:21: records[0].event.participants: must be a list, or an object with each`,
			`my.yaml:9:15: records[0].event.partOf: "event:a" is a string; must be a list`,
			`my.yaml:10:16: records[0].event.titles[0]: 5 is a number; must be a string or an object`,
			`my.yaml:11:22: records[1].actor.country: "ua" does not match ^[A-Z]{2}$; did you mean UA?`,
			`my.yaml:11:33: records[1].actor.names: "A" is a string; must be a list`,
			`my.yaml:11:40: records[1].actor.id: "a" does not match ^actor:\S+$`,
			`my.yaml:12:22: records[2].identity.same: "perhaps" is a string; must be true or false`,
			`my.yaml:12:42: records[2].identity.decidedAt: "yesterday" is not a valid date-time`,
			`my.yaml:13:12: records[3].actor: "= row.x" is a string; must be an object`,
		}},
		{"each, as and when", head + "records:\n  - actor: {each: names, as: It, when: 5}\n", []string{
			`my.yaml:4:19: records[0].actor.each: "names" is a string; must be a list`,
			`my.yaml:4:30: records[0].actor.as: "It" is not a valid variable name`,
			`my.yaml:4:40: records[0].actor.when: 5 is a number; must be true or false`,
		}},
		{"record types", head + "records:\n  - persn: {}\n  - evnt: {}\n  - {actor: {}, event: {}}\n  - {}\n", []string{
			"my.yaml:4:5: records[0].persn: unknown record type; allowed: document, actor, location, event, " +
				"affiliation, claim, identity, release",
			"my.yaml:5:5: records[1].evnt: unknown record type; did you mean event?",
			"my.yaml:6:5: records[2]: a record has one key, its type, which is one of document, actor, location, " +
				"event, affiliation, claim, identity, release",
			"my.yaml:7:5: records[3]: a record has one key, its type, which is one of document, actor, location, " +
				"event, affiliation, claim, identity, release",
		}},
		{"fields other than records", `mapping: 2
name: ''
detected: []
input: {format: xls, delimiter: ';;', header: false}
let: {Bad: 1}
tables: {a: 5}
records: []
`, []string{
			"my.yaml:1:10: mapping: unsupported version 2; this program reads version 1",
			"my.yaml:2:7: name: must not be empty",
			"my.yaml:3:1: detected: unknown field; did you mean detect?",
			`my.yaml:4:17: input.format: "xls" is not one of the allowed values; allowed: csv, tsv, json`,
			`my.yaml:4:33: input.delimiter: ";;" is longer than 1 characters`,
			"my.yaml:4:39: input.header: unknown field; allowed: asText, columns, dates, decimal, delimiter, encoding, " +
				"format, list, " +
				"lowerCase, noHeader, otherColumns, tags",
			`my.yaml:5:7: let.Bad: "Bad" is not a valid variable name: use a lower-case letter, then letters, digits and _`,
			"my.yaml:6:13: tables.a: 5 is a number; must be a string or an object",
			"my.yaml:7:10: records: records is empty: a row would yield nothing",
		}},
		{"empty file", "# a comment\n", []string{"my.yaml: the file is empty"}},
		{"not an object", "- 1\n", []string{"my.yaml:1:1: [1] is a list; must be an object"}},
		{"invalid YAML", "mapping: 1\nname: [\n", []string{"my.yaml:2:7: sequence end token ']' not found"}},
		{"duplicate key", "mapping: 1\nname: a\nname: b\n",
			[]string{`my.yaml:3:1: mapping key "name" already defined at [2:1]`}},
		{"anchors and merge keys", head + `tables:
  t: {base: &base {kind: PERSN}}
records:
  - actor: *base
  - actor: {<<: *base, nmes: []}
`, []string{
			`my.yaml:4:26: records[0].actor.kind: "PERSN" is not one of the allowed values; did you mean PERSON?`,
			`my.yaml:4:26: records[1].actor.kind: "PERSN" is not one of the allowed values; did you mean PERSON?`,
			"my.yaml:7:24: records[1].actor.nmes: unknown field; did you mean names?",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := mapping.Parse("my.yaml", []byte(c.source), nil)
			if kg.CodeOf(err) != kg.BadInput {
				t.Fatal(err)
			}
			_, text, _ := strings.Cut(err.Error(), "my.yaml")
			if d := cmp.Diff(c.want, strings.Split("my.yaml"+text, "\n")); d != "" {
				t.Error(d)
			}
		})
	}
}

// TestInvalidExpressions checks that an invalid expression is reported with its line.
func TestInvalidExpressions(t *testing.T) {
	for source, want := range map[string]string{
		head + "let:\n  a: '= row.x'\n  b: '= c'\nrecords:\n  - actor: {}\n": "my.yaml:5:6: let.b: ",
		head + "published: '= ('\nrecords:\n  - actor: {}\n":                 "my.yaml:3:12: published: ",
		head + `records:
  - event:
      figures:
        - kind: KILLED
          best: '= number('
`: "my.yaml:7:17: records[0].event.figures[0].best: ",
	} {
		_, err := mapping.Parse("my.yaml", []byte(source), nil)
		if kg.CodeOf(err) != kg.BadInput || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", source, err, want)
		}
	}
}

func TestErrorLimit(t *testing.T) {
	_, err := mapping.Parse("my.yaml", []byte(head+"records:\n"+strings.Repeat("  - actor: {knd: PERSON}\n", 30)), nil)
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != 21 || lines[20] != "my.yaml: 10 more errors" {
		t.Error(err)
	}
}

func TestEmbeddedMappingsMatchSchema(t *testing.T) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema.Mapping()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("mapping.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("mapping.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range mapping.Names() {
		source, err := mapping.Source(name)
		if err != nil {
			t.Fatal(err)
		}
		var v any
		if err := yaml.Unmarshal(source, &v); err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(v); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

var errorPrefix = regexp.MustCompile(`fuzz\.yaml(:\d+:\d+)?: `)

// FuzzFaults checks that any file is either parsed or rejected with its position.
func FuzzFaults(f *testing.F) {
	source, err := mapping.Source("icews-quads")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(source)
	for _, source := range []string{
		head + "records:\n  - actor: {kind: PERSN}", "&a [*a]", "a: &b {<<: *b}", "? - 1\n: 2", "--- !!x\n- ",
		"a: |\n  b\n---\nc", "mapping: .nan", "- {a: *x}", "{{a: 1}: 2}",
		head + "records: [{event: {<<: [{a: 1}, {b: 2}]}}]",
	} {
		f.Add([]byte(source))
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		_, err := mapping.Parse("fuzz.yaml", source, nil)
		if err != nil && (kg.CodeOf(err) != kg.BadInput || !errorPrefix.MatchString(err.Error())) {
			t.Error(err)
		}
	})
}
