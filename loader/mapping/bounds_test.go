package mapping_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"casus/loader/mapping"
)

// maxTestMemory is the number of bytes that a bomb may allocate in total, garbage included.
const maxTestMemory = 600 << 20

// withinBounds runs f and returns its error. It fails the test if f takes long or allocates much.
func withinBounds(t *testing.T, f func() error) error {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	err := f()
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > maxTestMemory {
		t.Errorf("%d MiB were allocated", used>>20)
	}
	if took := time.Since(start); took > 30*time.Second {
		t.Errorf("it took %v", took)
	}
	return err
}

func TestFileBounds(t *testing.T) {
	head := "mapping: 1\nname: x\nrecords:\n  - event: {category: OTHER}\n"
	laughs := "tables:\n  t: {l0: &l0 [a, b]}\n"
	for i := range 12 {
		laughs += fmt.Sprintf("  t%d: {l: &l%d [%s]}\n", i+1, i+1,
			strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*l%d, ", i), 9), ", "))
	}
	wide := "tables:\n  t: {a: &a [" + strings.Repeat("x, ", 2000) + "x]}\n  u: {b: [" + strings.Repeat("*a, ",
		900) + "x]}\n"
	var lets strings.Builder
	for i := range 1500 {
		fmt.Fprintf(&lets, "  v%d: '= 1'\n", i)
	}
	deep := func(n int) string {
		return "tables: {t: {a: " + strings.Repeat("[", n) + strings.Repeat("]", n) + "}}\n"
	}
	for _, c := range []struct{ name, source, want string }{
		{"deep lists", "mapping: 1\nname: x\nrecords: " + strings.Repeat("[", 100_000),
			":3:73: lists and objects are nested more than 64 deep"},
		{"deep objects", "mapping: 1\nname: x\nrecords: " + strings.Repeat("{a: ", 100_000), "more than 64 deep"},
		{"dashes", "mapping: 1\nname: x\nrecords:\n  " + strings.Repeat("- ", 100_000), "more than 64 deep"},
		{"question marks", strings.Repeat("? ", 100_000), "more than 64 deep"},
		{"indents", indents(700), "more than 64 deep"},
		{"anchors", strings.Repeat("&a ", 100_000) + "x", "more than 1000 anchors and tags"},
		{"tags", strings.Repeat("!a ", 100_000) + "x", "more than 1000 anchors and tags"},
		{"at most 64 deep", head + deep(61), ""},
		{"65 deep", head + deep(62), "more than 64 deep"},
		{"large", head + "# " + strings.Repeat("x", 1<<20), "the mapping file has more than 1048576 bytes"},
		{"laughs", head + laughs, "its aliases expand over 1000 times"},
		{"wide", head + wide, "to over 262144 values"},
		{"a circle", head + "tables: {t: &a {b: *a}}\n", "the alias *a is before or inside its anchor"},
		{"variables", head + "let:\n" + lets.String(), "let: 1500 variables; at most 1000"},
		{"brackets in text", head + "description: '" + strings.Repeat("[", 1000) + "'\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := withinBounds(t, func() error {
				_, err := mapping.Parse("x.yaml", []byte(c.source), nil)
				return err
			})
			switch {
			case c.want == "" && err != nil:
				t.Error(err)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
				t.Errorf("got %.300v, want %s", err, c.want)
			}
		})
	}
}

// indents returns nested objects, each on its own line.
func indents(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

// TestExpressionBounds maps rows by expressions that grow.
func TestExpressionBounds(t *testing.T) {
	cell := strings.Repeat("a,", 8<<20) // 16 MiB
	doubling := "a0 + a0"
	var lets strings.Builder
	lets.WriteString("  a0: '= row.x'\n")
	for i := range 40 {
		fmt.Fprintf(&lets, "  a%d: '= %s'\n", i+1, strings.ReplaceAll(doubling, "0", fmt.Sprint(i)))
	}
	var many strings.Builder
	for i := range 900 {
		fmt.Fprintf(&many, "  b%d: '= row.x + \"%d\"'\n", i, i)
	}
	nested := "[" + strings.Repeat("0, ", 99) + "0]"
	for range 4 {
		nested = "lists.range(100).map(i, " + nested + ")"
	}
	for _, c := range []struct{ name, let, expr, x, want string }{
		{"nested loops", "", nested, "", "costs more than 1000000 steps"},
		{"texts in loops", "", `lists.range(10000).map(i, row.x)`, cell, ""}, // shared
		{"joined loops", "", `lists.range(10000).map(i, row.x + "b")`, cell, "costs more than 1000000 steps"},
		{"join", "", `lists.range(10000).map(i, row.x).join("")`, cell, "join: the result has"},
		{"join by a text", "", `lists.range(10000).map(i, "").join(row.x)`, cell, "join: the result has"},
		{"replace", "", `row.x.replace(",", row.x)`, cell, "replace: the result has"},
		{"replace nothing", "", `row.x.replace("", row.x)`, cell, "replace: the result has"},
		{"split", "", `row.x.split("").size()`, cell, "split: the text has"},
		{"parts", "", `parts(row.x, ",")`, cell, "parts: the text has 8388609 parts; at most 100000"},
		{"fields", "", `fields(row.x, ",")`, cell, "fields: the line has 8388609 fields; at most 100000"},
		{"format", "", `"%s%s%s".format([row.x, row.x, row.x])`, cell, "format: the result has"},
		{"precision", "", `"%.1000000000f".format([1.0])`, "", "precision"},
		{"range", "", `lists.range(1000000000)`, "", "range"},
		{"doubling", lets.String(), "a40", "some text", "the result has"},
		{"many variables", many.String(), "b1", cell[:1<<20], "the row costs more than 10000000 steps"},
		{"distinct", "", `[parts(row.x, ",").distinct().size()]`, numbers(90_000), ""},
		{"distinct objects", "", `parts(row.x, ",").map(n, {"a": n}).distinct()`, numbers(5_000),
			"distinct: more than 1000"},
		{"a large cell", "", `row.x.size()`, cell, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			source := "mapping: 1\nname: x\n"
			if c.let != "" {
				source += "let:\n" + c.let
			}
			source += "records:\n  - actor:\n      kind: PERSON\n      sectors: '= " + strings.ReplaceAll(c.expr, "'",
				"''") + "'\n"
			err := withinBounds(t, func() error {
				m, err := mapping.Parse("x.yaml", []byte(source), nil)
				if err != nil {
					return err
				}
				_, err = m.Map(map[string]any{"x": c.x})
				return err
			})
			switch {
			case c.want == "" && err != nil:
				t.Errorf("%.300v", err)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
				t.Errorf("got %.300v, want %s", err, c.want)
			}
		})
	}
}

// TestRecordBounds makes more objects than a row may have.
func TestRecordBounds(t *testing.T) {
	m, err := mapping.Parse("x.yaml", []byte(`
mapping: 1
name: x
records:
  - event:
      each: '= lists.range(10000)'
      as: i
      participants: [{each: '= lists.range(1000)', as: j, actor: '= "actor:" + string(j)', role: SPEAKER}]
`), nil)
	if err != nil {
		t.Fatal(err)
	}
	err = withinBounds(t, func() error {
		_, err := m.Map(map[string]any{})
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "the row costs more than 10000000 steps") {
		t.Errorf("got %v", err)
	}
}

// numbers returns n distinct numbers, joined by commas.
func numbers(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%d,", i)
	}
	return b.String()
}

// FuzzMapping checks that any mapping file is compiled or refused, and that a compiled one maps a row or refuses it.
func FuzzMapping(f *testing.F) {
	for _, name := range mapping.Names() {
		source, err := mapping.Source(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(source))
	}
	f.Add("mapping: 1\nname: x\nlet: {a: &a '= row.x'}\nrecords:\n  - actor: {each: [1], kind: PERSON, names: [*a]}\n")
	f.Add("mapping: 1\nname: x\nrecords: [{event: {<<: {category: OTHER}, titles: [{when: '= row.x == \"\"', " +
		"value: a}]}}]\n")
	f.Add("records: [[[[")
	f.Fuzz(func(_ *testing.T, source string) {
		m, err := mapping.Parse("x.yaml", []byte(source), nil)
		if err != nil {
			return
		}
		row := map[string]any{"x": "1", "date": "2020-01-02", "list": []any{"a", map[string]any{"b": "c"}}}
		_, _ = m.Map(row)
		_ = m.Subjects(row)
	})
}
