package table_test

import (
	"strings"
	"testing"

	"casus/loader/table"

	"github.com/google/go-cmp/cmp"
)

// An open quotation mark is a fault on its own line, and the rows after it are read.
func TestOpenQuotes(t *testing.T) {
	const header = "id,day,note,n\n"
	row := func(line, id string) string {
		return line + ": map[day:2024-02-0" + id + " id:" + id + " n:" + id + " note:x]"
	}
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{
			"never closed", header + "1,2024-02-01,\"torn,1\n2,2024-02-02,x,2\n3,2024-02-03,x,3\n",
			[]string{"2! note the quotation mark that opens field 3 is never closed", row("3", "2"), row("4", "3")},
		},
		{
			"before a quoted field", header + "1,2024-02-01,\"torn,1\n2,2024-02-02,x,2\n3,2024-02-03,\"x\",3\n",
			[]string{
				"2! note the quotation mark that opens field 3 is not closed on its line; the next one is within a field of line 4",
				row("3", "2"), row("4", "3"),
			},
		},
		{
			"before empty quoted fields", header + "1,2024-02-01,\"torn,1\n2,2024-02-02,x,\"2\"\n3,2024-02-03,\"\",3\n",
			[]string{
				"2! note the quotation mark that opens field 3 is not closed on its line; the next one is within a field of line 3",
				row("3", "2"), "4: map[day:2024-02-03 id:3 n:3 note:]",
			},
		},
		{
			"closed by the mark of another row, in rows that look alike",
			header + "1,2024-02-01,x,\"torn\n2,2024-02-02,x,2\n3,2024-02-03,x,7\"\n4,2024-02-04,x,4\n",
			[]string{
				"2! n the quotation mark that opens field 4 is closed 2 lines below, but each of these lines is a row",
				row("3", "2"), "4: map[day:2024-02-03 id:3 n:7\" note:x]", row("5", "4"),
			},
		},
		{
			"in the last line", header + "1,2024-02-01,x,1\n2,2024-02-02,\"cut off",
			[]string{row("2", "1"), "3! note the quotation mark that opens field 3 is never closed"},
		},
		{
			"after a field of two lines", header + "1,\"a\nb\",\"torn,1\n2,2024-02-02,x,2\n",
			[]string{"3! note the quotation mark that opens field 3 is never closed", row("4", "2")},
		},
		{
			"marks in a quoted field that are not doubled", header + "1,2024-02-01,\"a \"small\" one\",1\n2,2024-02-02,x,2\n",
			[]string{
				"2! note the quotation mark that opens field 3 is closed before the field ends; within a quoted field it " +
					"must be doubled",
				row("3", "2"),
			},
		},
		{
			"a text of several lines", header + "1,2024-02-01,x,\"one, two\nthree, four, five, six\n\"\n2,2024-02-02,x,2\n",
			[]string{"2: map[day:2024-02-01 id:1 n:one, two\nthree, four, five, six\n note:x]", row("5", "2")},
		},
		{
			"in mid-field", header + "1,2024-02-01,a 5\" shell,1\n2,2024-02-02,say \"x\",2\n3,2024-02-03, \"x\",3\n",
			[]string{
				"2: map[day:2024-02-01 id:1 n:1 note:a 5\" shell]", "3: map[day:2024-02-02 id:2 n:2 note:say \"x\"]",
				"4: map[day:2024-02-03 id:3 n:3 note: \"x\"]",
			},
		},
		{
			"too many fields over two lines", header + "1,2024-02-01,\"a\nb\",1,1\n2,2024-02-02,x,2\n",
			[]string{"2!  5 fields, but the header has 4; a quoted field ends 1 lines below", row("4", "2")},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, read(t, "x.csv", c.text, table.Options{})); d != "" {
				t.Error(d)
			}
		})
	}
}

// Lines end with LF, CRLF or CR, and are all counted.
func TestLineEnds(t *testing.T) {
	text := "id,note\n1,\"a\nb\"\n\n2,c\n3\n4,d"
	want := []string{"2: map[id:1 note:a\nb]", "5: map[id:2 note:c]", "6!  1 fields, but the header has 2",
		"7: map[id:4 note:d]"}
	for _, end := range []string{"\n", "\r\n", "\r"} {
		var expected []string
		for _, w := range want {
			if end == "\r" {
				w = strings.ReplaceAll(w, "a\nb", "a\rb")
			}
			expected = append(expected, w)
		}
		got := read(t, "x.csv", strings.ReplaceAll(text, "\n", end), table.Options{})
		if d := cmp.Diff(expected, got); d != "" {
			t.Errorf("%q: %s", end, d)
		}
	}
	tabbed := read(t, "x.tsv", "id\tnote\r1\ta\r\r2\tb\r", table.Options{})
	if d := cmp.Diff([]string{"2: map[id:1 note:a]", "4: map[id:2 note:b]"}, tabbed); d != "" {
		t.Error(d)
	}
}

// Delimiters are counted outside quotation marks, and the rows decide between equally frequent ones.
func TestDelimiters(t *testing.T) {
	long := strings.Repeat("x", 70<<10)
	for text, want := range map[string]string{
		"\"a, b, c\";d\n1;2\n":         "2: map[a, b, c:1 d:2]",
		"\"a\nb;;;\",d\n1,2\n":         "3: map[a\nb;;;:1 d:2]",
		"a b;c, d\n1;2\n":              "2: map[a b:1 c, d:2]",
		"a|b\n1|2\n":                   "2: map[a:1 b:2]",
		"a\tb, c\n1\t2\n":              "2: map[a:1 b, c:2]",
		"a\n1\n":                       "2: map[a:1]",
		"sep=|\ra,b|c\r1|2\r":          "3: map[a,b:1 c:2]",
		long + ";\"y,y,y\"\n1;2\n":     "2: map[" + long + ":1 y,y,y:2]",
		"\"a\"\"b,,,\";c\n1;\"2,3\"\n": "2: map[a\"b,,,:1 c:2,3]",
	} {
		if d := cmp.Diff([]string{want}, read(t, "x.csv", text, table.Options{})); d != "" {
			t.Errorf("%.40q: %s", text, d)
		}
	}
}

// In TSV, quotation marks are text unless they are those of a program that writes CSV with tabs.
func TestTabbedQuotes(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"a\tb\n\"x\"\t\"open\n2\ty\n", []string{"2: map[a:\"x\" b:\"open]", "3: map[a:2 b:y]"}},
		{"a\tb\n1\t\"say \"\"x\"\"\"\n", []string{"2: map[a:1 b:say \"x\"]"}},
		{"a\tb\n1\t\"x\ty\"\n2\tz\n", []string{"2: map[a:1 b:x\ty]", "3: map[a:2 b:z]"}},
		{"a\tb\n1\t\"x\nand y\"\n2\tz\n", []string{"2: map[a:1 b:x\nand y]", "4: map[a:2 b:z]"}},
		{"\"a\"\t\"b\"\n\"1\"\t\"x\"\n", []string{"2: map[a:1 b:x]"}},
		{"a\tb\n1\t\"x\n2\ty\"\n", []string{"2: map[a:1 b:\"x]", "3: map[a:2 b:y\"]"}},
		{"a\tb\n\"1\n2\ty\n", []string{"2!  1 fields, but the header has 2", "3: map[a:2 b:y]"}},
	} {
		if d := cmp.Diff(c.want, read(t, "x.tsv", c.text, table.Options{})); d != "" {
			t.Errorf("%q: %s", c.text, d)
		}
	}
}

// Sizes are bounded: what exceeds them is a fault, and the next row is read.
func TestBounds(t *testing.T) {
	for name, row := range map[string]string{
		"cell":   "1," + strings.Repeat("x", 33<<20) + "\n",
		"quoted": "1,\"" + strings.Repeat(strings.Repeat("x", 1<<20)+"\n", 33),
		"marks":  "1," + strings.Repeat("\"", 33<<20+1) + "\n",
		"row":    strings.Repeat("xxxxxxx,", 9<<20) + "\n",
		"fields": strings.Repeat(",", 30_000) + "\n",
	} {
		t.Run(name, func(t *testing.T) {
			got := read(t, "x.csv", "a,b\n"+row+"2,y\n", table.Options{})
			if len(got) < 2 || !strings.HasPrefix(got[0], "2! ") || !strings.HasSuffix(got[len(got)-1], ": map[a:2 b:y]") {
				t.Errorf("%d: %.200q ... %.100q", len(got), got[0], got[len(got)-1])
			}
		})
	}
	if _, err := openText(t, strings.Repeat("c,", 20_001)+"\n"); err == nil ||
		!strings.Contains(err.Error(), "20000 fields") {
		t.Error(err)
	}
}
