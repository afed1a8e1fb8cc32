package mapping_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/testkit/mapped"
	"casus/loader/mapping"

	"github.com/google/go-cmp/cmp"
)

const measured = `
mapping: 1
name: t
values: {codes: [id, kind], cameo: [act], numbers: [height]}
missing: {dead: [-99], country: []}
tables: {kinds: {"2": ASSAULT}, acts: cameo.csv}
records:
  - location:
      id: '= "location:t:" + row.id'
      kind: CITY
      names: ['= row.town', '= row.country']
      point: {latitude: '= double(row.latitude)', longitude: '= double(row.longitude)'}
  - event:
      id: '= "event:t:" + row.id'
      category: '= lookup("kinds", row.kind)'
      mode: '= prefix("acts", row.act).category'
      codes: [{scheme: t, value: '= row.height'}]
      figures: [{when: '= row.dead != ""', kind: KILLED, best: '= number(row.dead)'}]
`

// TestValuesOfColumns maps a row as its source wrote it and as programs do.
func TestValuesOfColumns(t *testing.T) {
	m, err := mapping.Parse("t.yaml", []byte(measured), nil)
	if err != nil {
		t.Fatal(err)
	}
	commas, err := m.ForFile(true)
	if err != nil {
		t.Fatal(err)
	}
	row := func(id, kind, act, town, country, latitude, longitude, height, dead string) map[string]any {
		return map[string]any{
			"id": id, "kind": kind, "act": act, "town": town, "country": country, "latitude": latitude,
			"longitude": longitude, "height": height, "dead": dead,
		}
	}
	want := recordsOf(t, m, row("369", "2", "042", "", "NA", "-9", "30.125", "1.5", "3"))
	for _, r := range []map[string]any{
		row("369.0", "2.0", "42", "NA", "NA", "-9.0", "30.1250", "1.50", "3.0"),
		row("369.00", "2.0", "42.0", "<NA>", "NA", "-9", "30.125", "1.5", "3"),
	} {
		if d := cmp.Diff(want, recordsOf(t, m, r)); d != "" {
			t.Error(d)
		}
	}
	written := row("369,0", "2,0", "42,0", "None", "NA", "-9", "30,125", "1,5", "3,0")
	if d := cmp.Diff(want, recordsOf(t, commas, written)); d != "" {
		t.Error(d)
	}
	absent := recordsOf(t, m, row("1", "2", "042", "", "", "50", "30", "", ""))
	for _, dead := range []string{"-99", "-99.0", "NA"} {
		if d := cmp.Diff(absent, recordsOf(t, m, row("1", "2", "042", "", "", "50", "30", "", dead))); d != "" {
			t.Error(dead, d)
		}
	}
	for column, cell := range map[string]string{
		"id": "1.20E+05", "kind": "2.000", "act": "meet", "latitude": "50,5", "longitude": "NA", "dead": "3.5",
	} {
		r := row("1", "2", "042", "", "", "50", "30", "", "3")
		r[column] = cell
		_, err := m.Map(r)
		var fault *mapping.Fault
		if !errors.As(err, &fault) || !strings.Contains(err.Error(), `"`+strings.TrimSuffix(cell, "NA")) {
			t.Errorf("%s: %v", column, err)
			continue
		}
		if d := cmp.Diff([]string{column}, m.Columns(fault.Place)); d != "" {
			t.Errorf("%s: %s", fault.Place, d)
		}
	}
}

func recordsOf(t *testing.T, m *mapping.Mapping, row map[string]any) string {
	t.Helper()
	records, err := m.Map(row)
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.MarshalIndent(records, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// The functions are the rule of the columns, so that a mapping without declared columns reads the same.
func TestValueFunctions(t *testing.T) {
	for expression, want := range map[string]string{
		`code("2.0")`: "2", `code("NA") == null`: "true", `code("1.0", 2)`: "01", `cameo("42.0")`: "042", `cameo(190)`: "190",
		`slug("369.0")`: "369", `slug("Web 2.0")`: "Web_2.0", `lookup("t", "2.0")`: "two",
		`lookup("t", "3.0") == null`: "true",
		`lookup("t", "4.0")`:         "four", `number("1 200")`: "1200", `double("50.450")`: "50.45", `double(3)`: "3",
		`int("3.0")`: "3",
		`int(3.7)`:   "3", `date("2014.0")`: "2014", `date("20140122.0")`: "2014-01-22",
		`date("22.1.2014 00:00")`:  "2014-01-22",
		`instant("2.0150218e+13")`: "2015-02-18T00:00:00Z", `given("<NA>") == null`: "true", `given("Nan")`: "Nan",
		`double(row.x) == double("-9")`: "true",
	} {
		source := "mapping: 1\nname: t\ntables: {t: {\"2\": two, \"4.0\": four, \"4\": none}}\nrecords:\n" +
			"  - actor: {names: ['= string(" + expression + ")']}"
		got := mapped.Records(t, source, map[string]any{"x": "-9.0"})
		if d := cmp.Diff([]string{`actor {"names":["` + want + `"],"type":"actor"}`}, got); d != "" {
			t.Error(expression, d)
		}
	}
}

func TestInvalidValueRules(t *testing.T) {
	for section, want := range map[string]string{
		"values: {codes: [a], numbers: [b, a]}": `t.yaml:3:35: values.numbers[1]: the column "a" is listed twice`,
		"missing: {a: [[1]]}":                   "missing.a: ",
		"missing: {a: -9}":                      "missing.a: ",
		"values: {code: [a]}":                   "did you mean codes?",
		`input: {decimal: ";"}`:                 "input.decimal: ",
	} {
		source := "mapping: 1\nname: t\n" + section + "\nrecords:\n  - actor: {kind: PERSON}"
		_, err := mapping.Parse("t.yaml", []byte(source), nil)
		if kg.CodeOf(err) != kg.BadInput || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", section, err, want)
		}
	}
}

func TestDetectionOfRenamedColumns(t *testing.T) {
	for _, name := range mapping.Names() {
		m, err := mapping.Embedded(name)
		if err != nil {
			t.Fatal(err)
		}
		var upper, dotted []string
		for _, c := range m.Detect.Columns {
			upper = append(upper, strings.ToUpper(strings.ReplaceAll(c, " ", "_")))
			dotted = append(dotted, strings.NewReplacer(" ", ".", "_", ".").Replace(c))
		}
		if len(upper) == 0 {
			continue
		}
		for _, header := range [][]string{upper, dotted} {
			if found, err := mapping.Detect(header); err != nil || found == nil || found.Name != detectedAs(name) {
				t.Errorf("%v: %v, %v", header, found, err)
			}
			if d := cmp.Diff(m.Detect.Columns, m.Options().MatchHeader(header)); d != "" {
				t.Error(d)
			}
		}
	}
}

// TestRoundedNumbers rejects whole numbers that C's %e and %g, and spreadsheets, have rounded: fmt has the same verbs.
func TestRoundedNumbers(t *testing.T) {
	const source = "mapping: 1\nname: t\nrecords:\n  - actor: {names: ['= string(%s(row.x))']}"
	for _, n := range []float64{200103000001, 1710086400, 1234567890123, 20150218233000} {
		for _, verb := range []string{"%e", "%g", "%.5E"} {
			if verb == "%e" && n > 1e12 {
				continue // as R writes 2015022 * 10^7
			}
			cell := fmt.Sprintf(verb, n)
			if verb == "%g" {
				cell = fmt.Sprintf("%.6g", n) // Go's has all digits
			}
			for _, function := range []string{"number", "code", "slug"} {
				m, err := mapping.Parse("t.yaml", fmt.Appendf(nil, source, function), nil)
				if err != nil {
					t.Fatal(err)
				}
				if found, err := m.Map(map[string]any{"x": cell}); err == nil || !strings.Contains(err.Error(), "has lost digits") {
					t.Errorf("%s(%q): %v, %v", function, cell, found, err)
				}
			}
		}
	}
	for cell, want := range map[string]string{
		"1e+05": "100000", "2e6": "2000000", "1.5e3": "1500", "1.234560e+05": "123456",
	} {
		got := mapped.Records(t, fmt.Sprintf(source, "number"), map[string]any{"x": cell})
		if d := cmp.Diff([]string{`actor {"names":["` + want + `"],"type":"actor"}`}, got); d != "" {
			t.Error(cell, d)
		}
	}
}

// TestTextsOfJSON rejects lists and objects where a text is read, and does not write them as Go does.
func TestTextsOfJSON(t *testing.T) {
	row := map[string]any{"list": []any{"a", "b"}, "object": map[string]any{"name": "a"}}
	for _, function := range []string{"slug", "number", "code", "date", "datetime", "fold"} {
		for column, want := range map[string]string{"list": "elements(value)", "object": `at(value, "field")`} {
			m, err := mapping.Parse("t.yaml", fmt.Appendf(nil,
				"mapping: 1\nname: t\nrecords:\n  - actor: {names: ['= string(%s(row.%s))']}", function, column), nil)
			if err != nil {
				t.Fatal(err)
			}
			if found, err := m.Map(row); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s of a %s: %v, %v", function, column, found, err)
			}
		}
	}
}
