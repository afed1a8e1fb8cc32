package mapping

import (
	"strings"
	"testing"
)

func TestDates(t *testing.T) {
	for _, c := range []struct {
		text, layout string
		want         string // "" if there is no value
		fails        string
	}{
		{text: "2025-12-20", want: "2025-12-20"},
		{text: " 20251220 ", want: "2025-12-20"},
		{text: "2014-02-20 00:00:00.000", want: "2014-02-20"},
		{text: "2014-02-20T00:00:00", want: "2014-02-20"},
		{text: "2014-02-20 10:30", want: "2014-02-20"},
		{text: "2014-2-5", want: "2014-02-05"},
		{text: "2014/2/5", want: "2014-02-05"},
		{text: "03 December 2020", want: "2020-12-03"},
		{text: "December 3, 2020", want: "2020-12-03"},
		{text: "3-Dec-2020", want: "2020-12-03"},
		{text: "3.1.2024", want: "2024-01-03"},
		{text: "2024-02", want: "2024-02"},
		{text: "March 2024", want: "2024-03"},
		{text: "2024", want: "2024"},
		{text: "NA"},
		{text: "03/01/2024", fails: "is ambiguous"},
		{text: "2024-02-30", fails: "not a date"},
		{text: "soon", fails: "not a date"},
		{text: "03/01/2024", layout: "DD/MM/YYYY", want: "2024-01-03"},
		{text: "03/01/2024", layout: "MM/DD/YYYY", want: "2024-03-01"},
		{text: "3/1/24", layout: "D/M/YY", want: "2024-01-03"},
		{text: "31/12/2023 23:10", layout: "DD/MM/YYYY HH:mm", want: "2023-12-31"},
		{text: "02/2024", layout: "MM/YYYY", want: "2024-02"},
		{text: "Mar 2024", layout: "MMM YYYY", want: "2024-03"},
		{text: "13/13/2024", layout: "DD/MM/YYYY", fails: "not a date in the layout DD/MM/YYYY"},
		{text: "1/1/2024", layout: "whenever", fails: "not a layout"},
		{text: "1/1/2024", layout: "", fails: "not a layout"},
		{text: "-", layout: "DD/MM/YYYY"},
	} {
		got, err := parseDate(c.text)
		if c.layout != "" || c.fails == "not a layout" {
			got, err = parseDateAs(c.text, c.layout)
		}
		switch {
		case c.fails != "" && (err == nil || !strings.Contains(err.Error(), c.fails)):
			t.Errorf("%q as %q: %v, want an error with %q", c.text, c.layout, err, c.fails)
		case c.fails == "" && (err != nil || c.want == "" && got != nil || c.want != "" && got != c.want):
			t.Errorf("%q as %q: %v, %v, want %q", c.text, c.layout, got, err, c.want)
		}
	}
}

func TestNumbers(t *testing.T) {
	for text, want := range map[string]any{
		"7": int64(7), " 7.0 ": int64(7), "1,200": int64(1200), "12 345 678": int64(12345678),
		"1\u00a0234": int64(1234), "1\u202f234": int64(1234), "1\u2009234": int64(1234), "": nil, "n/a": nil,
		"1.200,5": "", "1,20": "", "ca. 5": "", "7.5": "",
	} {
		got, err := parseNumber(text)
		if _, invalid := want.(string); invalid != (err != nil) || !invalid && got != want {
			t.Errorf("%q: %v, %v, want %v", text, got, err, want)
		}
	}
}
