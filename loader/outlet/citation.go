package outlet

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

// Citation is one item of a cell that cites articles.
type Citation struct {
	// Outlet is the text that names the publisher, Date the day of publication as YYYY-MM-DD, and Title the headline;
	// "" if the item has none.
	Outlet, Date, Title string
}

// MaxCitations bounds the items of a cell.
const MaxCitations = 10_000

var (
	// outletDateTitle matches an item in the form outlet,date,headline.
	outletDateTitle = regexp.MustCompile(`(?s)^\s*(.*?)\s*,\s*(\d{4}-\d{2}-\d{2})(?: 00:00:00(?:\.0+)?)?\s*(?:,(.*))?$`)
	// quotedTitle matches an item that begins with its headline: "Two shot dead," Reuters, January 22, 2014.
	quotedTitle = regexp.MustCompile(`(?s)^\s*"([^"]+?),?"\s*,?\s*([^";]*[^";,\s])\s*,\s*(\pL+ \d{1,2}, \d{4})\.?\s*$`)
	// outletDate matches a text that ends with a date, as Reuters 1994-06-14 or AFP, 14 June 1994.
	outletDate = regexp.MustCompile(`(?s)^\s*(.*?)[\s,]+(\d{4}-\d{2}-\d{2}|\d{1,2} \pL+ \d{4}|\pL+ \d{1,2}, \d{4})\s*$`)
)

// Citations returns the items of a cell that cites articles, such as
//
//	"Reuters,2014-01-22,Two shot dead";"AFP,2014-01-22,Five dead; more wounded"
//
// A semicolon separates items, outside of quotation marks that enclose an item. An item has an outlet, a date and a
// headline, separated by commas; the headline may be missing. Without quotation marks, a part that is not such an item
// continues the headline before it. An item may also be written as in a list of references, with the headline first:
//
//	"Two shot dead," Reuters, January 22, 2014.
//
// Any other item is the name of an outlet, with or without a date after it, if the table of outlets lists it; else it
// is a title of its own, since its words do not tell which of them name the outlet. An impossible date is omitted. The
// error is set for more than MaxCitations items.
func Citations(cell string) ([]Citation, error) {
	if n := strings.Count(cell, ";") + 1; n > MaxCitations {
		return nil, fmt.Errorf("the cell cites %d articles; at most %d", n, MaxCitations)
	}
	if m := quotedTitle.FindStringSubmatch(cell); m != nil { // its headline may have a semicolon
		return []Citation{{words(m[2]), possibleDate(m[3], longDate), words(m[1])}}, nil
	}
	var all []Citation
	open := false // the last item may go on after a semicolon
	for _, item := range splitQuoted(cell) {
		c, complete := readCitation(item.text)
		if open && !item.quoted && !complete {
			all[len(all)-1].Title += "; " + words(item.text)
			continue
		}
		if c != (Citation{}) {
			all = append(all, c)
		}
		open = c.Date != "" && c.Title != "" && !item.quoted
	}
	return all, nil
}

// readCitation reads one item. complete is false for a title without outlet and date.
func readCitation(item string) (c Citation, complete bool) {
	if m := outletDateTitle.FindStringSubmatch(item); m != nil {
		return Citation{words(m[1]), possibleDate(m[2], time.DateOnly), words(m[3])}, true
	}
	if m := quotedTitle.FindStringSubmatch(item); m != nil {
		return Citation{words(m[2]), possibleDate(m[3], longDate), words(m[1])}, true
	}
	if IsListed(item) {
		return Citation{Outlet: words(item)}, true
	}
	if m := outletDate.FindStringSubmatch(item); m != nil && IsListed(m[1]) {
		return Citation{Outlet: words(m[1]), Date: possibleDate(m[2], time.DateOnly, "2 January 2006", longDate)}, true
	}
	return Citation{Title: words(item)}, false
}

const longDate = "January 2, 2006"

// possibleDate returns a date that is in one of the layouts as YYYY-MM-DD, or "" if there is no such day.
func possibleDate(s string, layouts ...string) string {
	for _, layout := range layouts {
		if t, err := time.Parse(layout, s); err == nil && t.Year() > 0 {
			return t.Format(time.DateOnly)
		}
	}
	return ""
}

// words returns a text with single spaces in place of white space.
func words(s string) string { return strings.Join(strings.Fields(s), " ") }
