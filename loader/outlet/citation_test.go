package outlet

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Invented cells in the forms that real ones have.
func TestCitations(t *testing.T) {
	for _, c := range []struct {
		cell string
		want []Citation
	}{
		{"", nil},
		{" ; ;", nil},
		{`"Reuters News,2014-01-22,Two shot dead, police say"`,
			[]Citation{{"Reuters News", "2014-01-22", "Two shot dead, police say"}}},
		{`"A,2014-01-22,One; two";"B, 2014-01-23,Three"`,
			[]Citation{{"A", "2014-01-22", "One; two"}, {"B", "2014-01-23", "Three"}}},
		{"\"A,2014-01-22,One\n  two\" ;\n \"B,2014-01-23,\"",
			[]Citation{{"A", "2014-01-22", "One two"}, {"B", "2014-01-23", ""}}},
		{`"A,2014-01-22,He said ""no""";"B,2014-01-23,""Yes"" she said"`,
			[]Citation{{"A", "2014-01-22", `He said "no"`}, {"B", "2014-01-23", `"Yes" she said`}}},
		{`"A,2014-01-22,He said ""no""; he left";B,2014-01-23,X`,
			[]Citation{{"A", "2014-01-22", `He said "no"; he left`}, {"B", "2014-01-23", "X"}}},
		{`"A,2014-01-22,He said "no"";"B,2014-01-23,X"`,
			[]Citation{{"A", "2014-01-22", `He said "no"`}, {"B", "2014-01-23", "X"}}},
		{`"A,2014-01-22,never closed;B,2014-01-23,X`,
			[]Citation{{`"A`, "2014-01-22", "never closed"}, {"B", "2014-01-23", "X"}}},
		// Without quotation marks a part that is no item continues the headline.
		{"A,2014-01-22,One; two;B,2014-01-23,Three",
			[]Citation{{"A", "2014-01-22", "One; two"}, {"B", "2014-01-23", "Three"}}},
		{"A,2014-01-22,One; AFP", []Citation{{"A", "2014-01-22", "One"}, {"AFP", "", ""}}},
		{`"A,2014-01-22,One";two`, []Citation{{"A", "2014-01-22", "One"}, {"", "", "two"}}},
		// An outlet whose name has commas, no headline, a time, no such day.
		{"Wire of Arland, Boria and Cestria,2014-01-22,One",
			[]Citation{{"Wire of Arland, Boria and Cestria", "2014-01-22", "One"}}},
		{"A,2014-01-22", []Citation{{"A", "2014-01-22", ""}}},
		{"A,2014-01-22 00:00:00.000,One", []Citation{{"A", "2014-01-22", "One"}}},
		{"A,2014-02-30,One", []Citation{{"A", "", "One"}}},
		{"A,0000-00-00,One", []Citation{{"A", "", "One"}}},
		// Other forms: only names in the table are outlets.
		{"Reuters; AFP;reuters.com", []Citation{{"Reuters", "", ""}, {"AFP", "", ""}, {"reuters.com", "", ""}}},
		{"Reuters 1994-06-14; AFP, 4 July 1993;BBC, June 3, 2012",
			[]Citation{{"Reuters", "1994-06-14", ""}, {"AFP", "1993-07-04", ""}, {"BBC", "2012-06-03", ""}}},
		{"Arland Wire 1994-06-14", []Citation{{"", "", "Arland Wire 1994-06-14"}}},
		{"a report by the Committee of Elders, 1995", []Citation{{"", "", "a report by the Committee of Elders, 1995"}}},
		{`"Blast; two dead," Arland Wire, April 10, 2001.`, []Citation{{"Arland Wire", "2001-04-10", "Blast; two dead"}}},
		{`"Blast," Wire, April 31, 2001; "Arrest" Post, May 1, 2001`,
			[]Citation{{"Wire", "", "Blast"}, {"Post", "2001-05-01", "Arrest"}}},
		{"Unknown,2014-01-22,One", []Citation{{"Unknown", "2014-01-22", "One"}}},
	} {
		got, err := Citations(c.cell)
		if d := cmp.Diff(c.want, got); d != "" || err != nil {
			t.Errorf("%s: %v\n%s", c.cell, err, d)
		}
	}
	if _, err := Citations(strings.Repeat(";", MaxCitations)); err == nil {
		t.Error("no bound")
	}
}

// FuzzCitations checks what holds for any cell: the parts of an item are words of the cell without line breaks, dates
// are days, and items that are written in the documented form are read as they were.
func FuzzCitations(f *testing.F) {
	for _, s := range []string{
		`"A,2014-01-22,One; ""two""";B,2014-01-23,Three`, `"A,2014-01-22,never closed`, `""";"""`,
		"Reuters 1994-06-14;x", "a;;b\n\"",
		`"A,2014-01-22,He said "no"";"B,2014-01-23,X"`, "\xff,2014-01-22,\x00", ",2014-01-22,e;two\r\"\xe5",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		all, err := Citations(cell)
		if err != nil {
			return
		}
		var b strings.Builder
		var want []Citation
		for _, c := range all {
			for _, part := range []string{c.Outlet, c.Date, c.Title} {
				if words(part) != part {
					t.Fatalf("%q in %q", part, cell)
				}
			}
			if c == (Citation{}) || c.Date != "" && possibleDate(c.Date, "2006-01-02") != c.Date {
				t.Fatalf("%+v in %q", c, cell)
			}
			if !plain(c) {
				continue
			}
			if want = append(want, c); len(want) > 1 {
				b.WriteString(";")
			}
			b.WriteString(`"` + strings.ReplaceAll(c.Outlet+","+c.Date+","+c.Title, `"`, `""`) + `"`)
		}
		again, err := Citations(b.String())
		if d := cmp.Diff(want, again); d != "" || err != nil {
			t.Fatalf("%q, written as %q: %v\n%s", cell, b.String(), err, d)
		}
	})
}

// plain reports whether a citation in the documented form can be read in one way only.
func plain(c Citation) bool {
	return c.Outlet != "" && c.Date != "" && !strings.ContainsAny(c.Outlet, `,"`) && !strings.Contains(c.Title, `"`)
}

// FuzzRead checks that an outlet has a valid id, and that its name, its spelling and its letters in upper case are the
// same outlet.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"Reuters", "reuters.com", "https://a.example/x", "Канал+", "ŞARQ",
		"\u200b", "a.b", "https://[::1]/"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		o, ok := Read(s, "mine")
		if !ok {
			return
		}
		if err := o.ID.Check(); err != nil || !strings.HasPrefix(string(o.ID), Prefix) {
			t.Fatalf("%q: %v", s, err)
		}
		for _, other := range []string{" " + s + "\n", o.Name} {
			if again, ok := Read(other, "mine"); !ok || again.ID != o.ID {
				t.Fatalf("%q is %v, %q is %v", s, o.ID, other, again.ID)
			}
		}
	})
}
