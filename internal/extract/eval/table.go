package eval

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// kinds are the names of the counts, in their order.
var kinds = []string{
	"actors", "places", "events", "claims", "direct quotes", "ties", "links", "same events", "reprints", "code points",
}

// maxTitle bounds a title in the table, in characters.
const maxTitle = 44

// WriteTable writes the report as text: counts, spans, dates, agreement, and a line for each article if there are
// several.
func (r Report) WriteTable(w io.Writer) error {
	t := &table{out: tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)}
	t.line("", "gold", "proposal", "matched", "precision", "recall", "F1")
	for i, c := range r.Total.counts() {
		t.line(kinds[i], c.Gold, c.Proposal, c.Matched, number(c.Precision), number(c.Recall), number(c.F1))
	}
	t.block()
	t.line("of matched records", "compared", "agreed", "share", "kappa")
	for _, a := range r.Total.Agreement {
		t.line(a.About, a.Compared, a.Agreed, number(a.Share), number(a.Kappa))
	}
	s := r.Total.Spans
	t.line("spans, exactly", s.Claims, s.Exact, number(s.Share), "-")
	t.line("spans, mean overlap", s.Claims, "", number(s.Overlap), "-")
	t.block()
	d := r.Total.Dates
	t.line("dates of matched events", "number", "share")
	for _, row := range []struct {
		name string
		n    int
	}{
		{"exact", d.Exact}, {"less precise, contains the gold's", d.Contains}, {"falsely precise", d.FalselyPrecise},
		{"another time", d.Differs}, {"none, but the gold has one", d.Absent},
	} {
		t.line(row.name, row.n, number(share(row.n, d.Events)))
	}
	if len(r.Articles) > 1 {
		t.block()
		t.line("F1 by article", "actors", "places", "events", "claims", "quotes")
		for _, a := range r.Articles {
			t.line(shorten(a.Title), number(a.Actors.F1), number(a.Places.F1), number(a.Events.F1), number(a.Claims.F1),
				number(a.Quotes.F1))
		}
	}
	for _, id := range r.Missing {
		t.note("not in the proposal, so nothing of it was found: %s", id)
	}
	for _, id := range r.Extra {
		t.note("not in the gold, so not compared: %s", id)
	}
	t.flush()
	return t.err
}

// table writes columns, and keeps the first error.
type table struct {
	out *tabwriter.Writer
	err error
}

func (t *table) line(first string, cells ...any) {
	// The first column is aligned to the left: with its own width, before the tabulator aligns the others to the right.
	_, err := fmt.Fprintf(t.out, "%-*s\t", maxTitle, first)
	t.keep(err)
	for _, c := range cells {
		_, err := fmt.Fprintf(t.out, "%v\t", c)
		t.keep(err)
	}
	_, err = fmt.Fprintln(t.out)
	t.keep(err)
}

// block ends a block of columns with an empty line.
func (t *table) block() {
	t.flush()
	_, err := fmt.Fprintln(t.out)
	t.keep(err)
	t.flush()
}

func (t *table) note(format string, args ...any) {
	t.flush()
	_, err := fmt.Fprintf(t.out, format+"\n", args...)
	t.keep(err)
}

func (t *table) flush() { t.keep(t.out.Flush()) }

func (t *table) keep(err error) {
	if t.err == nil {
		t.err = err
	}
}

// number returns a share with three decimal places, or "-" if there is none.
func number(v *float64) string {
	if v == nil {
		return "-"
	}
	return fmt.Sprintf("%.3f", *v)
}

func shorten(s string) string {
	if runes := []rune(s); len(runes) > maxTitle {
		return string(runes[:maxTitle-1]) + "…"
	}
	return s
}
