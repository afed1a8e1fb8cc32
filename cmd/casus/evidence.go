package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"text/tabwriter"

	"casus/internal/check"
	"casus/internal/store"
)

// printEvidence prints which words support claims and edges.
func printEvidence(out io.Writer, e check.Evidence) error {
	s := e.Spans
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintf(w, "\nspans\t%d\n", s.Verified+s.WhenLoaded+s.Unverifiable+s.Failed)
	for _, line := range []struct {
		what string
		n    int
		note string
	}{
		{"  verified", s.Verified, "found in the stored text"},
		{"  verified when loaded", s.WhenLoaded, plural(e.TextsNotKept, "document") + " without a stored text"},
		{"  unverifiable", s.Unverifiable, "never checked: casus load --text supplies a text"},
		{"  failed", s.Failed, "not found in the stored text"},
	} {
		if line.n > 0 {
			_, _ = fmt.Fprintf(w, "%s\t%d\t%s\n", line.what, line.n, line.note)
		}
	}
	_, _ = fmt.Fprintln(w, "\nedges\tall\twith verified words")
	row := func(what string, c check.Coverage) {
		_, _ = fmt.Fprintf(w, "%s\t%d\t%d\t%.1f %%\n", what, c.Edges, c.Verified, math.Floor(1000*c.Share())/10)
	}
	row("all", e.Edges)
	for _, typ := range store.EdgeTypes() {
		if c, ok := e.ByType[typ]; ok {
			row("  "+string(typ), c)
		}
	}
	for _, d := range slices.Sorted(maps.Keys(e.ByDataset)) {
		row("dataset "+cmp.Or(d, "(none)"), e.ByDataset[d])
	}
	for _, p := range slices.Sorted(maps.Keys(e.ByPublisher)) {
		row("publisher "+cmp.Or(string(p), "(none)"), e.ByPublisher[p])
	}
	return w.Flush()
}
