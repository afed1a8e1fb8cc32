package dates

import (
	"strings"
	"testing"
)

func TestDates(t *testing.T) {
	for _, c := range []struct {
		text, layout string
		want         string // "" if the value is missing
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
		{text: "28-Jan-90", want: "1990-01-28"},
		{text: "28-JAN-1990", want: "1990-01-28"},
		{text: "1-Feb-05", want: "2005-02-01"},
		{text: "28jan1990", want: "1990-01-28"},
		{text: "Jan. 28th, 1990", want: "1990-01-28"},
		{text: "28th of January 1990", want: "1990-01-28"},
		{text: "Sept 5 2020", want: "2020-09-05"},
		{text: "Sunday, 28 January 1990", want: "1990-01-28"},
		{text: "1990-Jan-28 14:05", want: "1990-01-28"},
		{text: "28 Jan 1990 2:05:11 PM", want: "1990-01-28"},
		{text: "2020-01-28 23:59:59+00:00", want: "2020-01-28"},
		{text: "2020/01", want: "2020-01"},
		{text: "44562", fails: "2022-01-01"}, {text: "44562.75", fails: "2022-01-01"}, {text: "25569", fails: "1970-01-01"},
		{text: "123456", fails: "not a date"}, {text: "1735689600000", fails: "not a date"},
		{text: "44562", layout: "YYYYMM", fails: "layout"}, {text: "202201", layout: "YYYYMM", want: "2022-01"},
		{text: "2022121", layout: "YYYYMMDD", fails: "layout"}, {text: "1012020", layout: "DDMMYYYY", fails: "layout"},
		{text: "01022020", layout: "DDMMYYYY", want: "2020-02-01"}, {text: "900128", layout: "YYMMDD", want: "1990-01-28"},
		{text: "7/2020", want: "2020-07"},
		{text: "29-Feb-90", fails: "no such day"},
		{text: "Jan-90", fails: "not a date"},
		{text: "5 May", fails: "not a date"},
		{text: "March 1st", fails: "not a date"},
		{text: "28-Jax-90", fails: "not a date"},
		{text: "31/12/2023 4:05:00 pm", layout: "DD/MM/YYYY", want: "2023-12-31"},
		{text: "1-28-90", fails: "is ambiguous"},
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
		got, err := Order("").Parse(c.text)
		if c.layout != "" || c.fails == "not a layout" {
			got, err = ParseAs(c.text, c.layout)
		}
		switch {
		case c.fails != "" && (err == nil || !strings.Contains(err.Error(), c.fails)):
			t.Errorf("%q as %q: %v, want an error with %q", c.text, c.layout, err, c.fails)
		case c.fails == "" && (err != nil || c.want == "" && got != nil || c.want != "" && got != c.want):
			t.Errorf("%q as %q: %v, %v, want %q", c.text, c.layout, got, err, c.want)
		}
	}
}

func TestOrder(t *testing.T) {
	for _, c := range []struct {
		order      Order
		text, want string
	}{
		{DayFirst, "03/01/2024", "2024-01-03"}, {MonthFirst, "03/01/2024", "2024-03-01"},
		{DayFirst, "03-01-24 10:00", "2024-01-03"}, {MonthFirst, "3/1/24", "2024-03-01"},
		{MonthFirst, "31/01/2024", ""}, {MonthFirst, "3.1.2024", "2024-01-03"}, {MonthFirst, "2024-01-03", "2024-01-03"},
	} {
		if got, err := c.order.Parse(c.text); (err != nil) != (c.want == "") || err == nil && got != c.want {
			t.Errorf("%s %q: %v, %v, want %q", c.order, c.text, got, err, c.want)
		}
	}
}

func TestDay(t *testing.T) {
	for _, c := range []struct{ year, month, day, want string }{
		{"1990", "1", "28", "1990-01-28"}, {"1990.0", "1.0", "28.0", "1990-01-28"}, {"1990", "January", "28", "1990-01-28"},
		{"1990", "1", "0", "1990-01"}, {"1990", "0", "0", "1990"}, {"1990", "99", "99", "1990"}, {"1990", "", "", "1990"},
		{"1990", "NA", "5", "1990"}, {"1990", "12", "-9", "1990-12"}, {"", "1", "1", ""}, {"0", "1", "1", ""},
		{"-99", "1", "1", ""}, {"9999", "1", "1", ""}, {"2000", "2", "29", "2000-02-29"},
		{"1900", "2", "29", "error"}, {"1990", "13", "1", "error"}, {"1990", "1", "32", "error"}, {"90", "1", "1", "error"},
		{"soon", "1", "1", "error"}, {"1990", "1.5", "1", "error"}, {"1990", "4", "31", "error"},
	} {
		got, err := Day(c.year, c.month, c.day)
		switch text, _ := got.(string); {
		case c.want == "error" && err == nil, c.want != "error" && (err != nil || text != c.want):
			t.Errorf("%s %s %s: %v, %v, want %s", c.year, c.month, c.day, got, err, c.want)
		}
	}
}

func TestInstants(t *testing.T) {
	for text, want := range map[string]string{
		"20251220180000": "2025-12-20T18:00:00Z", "2025-12-20 18:00:00": "2025-12-20T18:00:00Z",
		"2025-12-20T18:00:00+02:00": "2025-12-20T16:00:00Z", "2025-12-20 18:00:00+02:00": "2025-12-20T16:00:00Z",
		"2025-12-20 18:00:00+02": "2025-12-20T16:00:00Z", "2025-12-20 18:00:00.123": "2025-12-20T18:00:00Z",
		"2025-12-20 18:00": "2025-12-20T18:00:00Z", "2025-12-20 18:00:00 UTC": "2025-12-20T18:00:00Z",
		"2025-12-20 18:00:00 EET": "", "2025-12-20": "", "18:00": "",
	} {
		if got, err := ParseInstant(text); (err != nil) != (want == "") || err == nil && got != want {
			t.Errorf("%q: %v, %v, want %q", text, got, err, want)
		}
	}
	for text, want := range map[string]string{
		"2004-01-01 21:10:00": "2004-01-01T21:10:00", "2004-01-01T21:10": "2004-01-01T21:10:00", "2004-01-01": "2004-01-01",
		"2004-01-01T21:10:00Z": "2004-01-01T21:10:00Z", "20040101": "2004-01-01",
		"2004-01-01 21:10:00+02:00": "2004-01-01T19:10:00Z",
	} {
		if got, err := Order("").ParseDateTime(text); err != nil || got != want {
			t.Errorf("%q: %v, %v, want %q", text, got, err, want)
		}
	}
}
