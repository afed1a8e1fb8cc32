package mapping

import (
	"errors"
	"strings"
	"testing"
)

// expressionMapping returns a mapping with one expression.
func expressionMapping(expression string) (*Mapping, error) {
	return Parse("m.yaml", []byte("mapping: 1\nname: m\nrecords:\n  - event:\n      id: event:e\n      mode: '= "+
		strings.ReplaceAll(expression, "'", "''")+"'\n"), nil)
}

// An expression that does not compile is reported with what to write instead.
func TestCompileHints(t *testing.T) {
	for expression, want := range map[string]string{
		`row.a == "" ? null : "x"`: "write absent() instead of null",
		`row.a == "x" ? 1 : "x"`:   "write dyn() around each",
		`"a" + 1`:                  "write string() around the number",
		`"a" + rowNumber`:          "write string() around the number",
		`has(row)`:                 "has(row.column)",
		`has(row["a b"])`:          `"a name" in row`,
		`row.a and row.b`:          "write && for and",
		`if row.a then "b"`:        "c ? a : b",
		`"a" == 1`:                 `write "1" for a column`,
		`row.a in "abc"`:           "in takes a list",
		`row.a == None ? "" : "b"`: "write absent() for None",
		`given(row.a) ?? ""`:       "there is no ??",
		`row.a = "1"`:              "write == to compare",
		`row.event date`:           `write row["event date"]`,
		`number(row.a, 2)`:         "write number(text)",
		`1 + 1.5`:                  "write double()",
		`lokup("t", row.a)`:        "did you mean lookup?",
		`row.a.toUpperCase()`:      "text.upperAscii()", `len(row.a)`: "size(value)", `concat(row.a, row.b)`: "write a + b",
		`"a" & "b"`: "write + to join", `row.a is None`: "given(row.column) == null", `f"{row.a}"`: `"a " + row.column`,
		`substring(row.a, 0, 2)`: "called on a value, as in row.column.substring(...)",
		`actor1`:                 "write row.actor1 for a column",
	} {
		_, err := expressionMapping(expression)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v\nwant %s", expression, err, want)
		}
	}
}

// An expression that fails in a row is reported with the nearest column and the types that it was applied to.
func TestEvalHints(t *testing.T) {
	row := map[string]any{
		"actor": "Front", "deaths": 3.0, "nothing": nil, "event date": "2025", "parts": []any{"a"}, "o": map[string]any{},
	}
	for expression, want := range map[string]string{
		`row.actr`:         "did you mean row.actor?",
		`row["event dat"]`: `did you mean row["event date"]?`,
		`row.zzzzzz`: "the columns are actor, deaths, event date, nothing, o, parts; write " +
			"has(row.zzzzzz)",
		`row.actor.length`: "size(text)", `row.actor[0]`: "text.substring(0, 1)",
		`row.o.x`:                                         "has(row.object.field)",
		`row.actor + row.deaths`:                          "row.actor is text, row.deaths is a number. Convert with number()",
		`row.nothing + "x"`:                               "row.nothing is null. Write row.nothing == null ? absent()",
		`row.actor ? "a" : "b"`:                           `as in row.actor == "1"`,
		`string(int(row.actor))`:                          `"Front" is not a whole number`,
		`row.parts[3]`:                                    "list[?n]",
		`number(row.actor) == 1 ? "a" : "b"`:              `"Front" is not a whole number`,
		`row.parts.map(x, x + 1).size() == 1 ? "a" : "b"`: "row.parts is a list",
	} {
		m, err := expressionMapping(expression)
		if err != nil {
			t.Errorf("%s: %v", expression, err)
			continue
		}
		if _, err = m.Map(row); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v\nwant %s", expression, err, want)
		}
	}
}

// All faults of a row are reported, each once, and not a consequence of another one.
func TestAllFaultsOfARow(t *testing.T) {
	m, err := Parse("m.yaml", []byte(`
mapping: 1
name: m
published: '= date(row.published)'
let:
  dead: '= number(row.dead)'
  twice: '= dead + dead'
records:
  - actor: {id: '= "actor:" + row.who', kind: PERSON, names: ['= row.who']}
  - event:
      id: event:e
      time: '= date(row.day)'
      mode: '= row.mood'
      figures:
        - {kind: KILLED, best: '= dead'}
        - {kind: WOUNDED, best: '= twice'}
        - {kind: CAPTURED, best: '= number(row.held)'}
`), nil)
	if err != nil {
		t.Fatal(err)
	}
	records, err := m.MapNumbered(map[string]any{
		"published": "soon", "dead": "some", "who": "Ada", "day": "never", "mode": "x", "held": "a few",
	}, 7)
	var places []string
	for _, e := range flatten(err) {
		f := (*Fault)(nil)
		if !errors.As(e, &f) {
			t.Fatal(e)
		}
		places = append(places, f.Place)
	}
	want := "let.dead published records[1].event.figures[2].best records[1].event.mode records[1].event.time"
	if got := strings.Join(places, " "); got != want {
		t.Errorf("faults at %s, want %s", got, want)
	}
	if len(records) != 2 || records[0].Fields["id"] != "actor:Ada" || records[1].Fields["time"] != nil {
		t.Errorf("%+v", records)
	}
}

// TestRowNumber checks that rowNumber distinguishes rows, also in records that are otherwise cached.
func TestRowNumber(t *testing.T) {
	m, err := Parse("m.yaml", []byte(`
mapping: 1
name: m
records:
  - actor: {id: '= "actor:" + row.who + ":" + string(rowNumber)', kind: PERSON, names: ['= row.who']}
  - event: {id: '= derive("event", [row.who, string(rowNumber)])', titles: ['= row.who']}
`), nil)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[any]bool{}
	for i := 1; i <= 3; i++ {
		records, err := m.MapNumbered(map[string]any{"who": "ada"}, i)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range records {
			if seen[r.Fields["id"]] {
				t.Errorf("row %d: %+v", i, r)
			}
			seen[r.Fields["id"]] = true
		}
	}
	if !seen["actor:ada:2"] {
		t.Errorf("%v", seen)
	}
	for _, source := range []string{"let: {rowNumber: x}\n", ""} {
		if _, err := Parse("m.yaml", []byte("mapping: 1\nname: m\n"+source+
			"records:\n  - event: {each: '= [1]', as: rowNumber, id: event:e}\n"), nil); err == nil {
			t.Errorf("%q: rowNumber can be redefined", source)
		}
	}
}
