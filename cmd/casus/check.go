package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"casus/internal/check"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/cache"
	"casus/internal/terminal"
)

func checkCommand() *cobra.Command {
	var flag storeFlag
	var options check.Options
	asJSON, quiet := false, false
	c := &cobra.Command{
		Use:   "check",
		Short: "Verify every invariant of the graph",
		Long: `Verify the stored graph: pages, indexes and checksums of the store, ids, references, time bounds,
spans and hashes of texts, and that all states and edges follow from the claims. Prints every broken
invariant; the exit code is 1 if there is one. With --evidence it also reports how many quoted words
were found in their text, and how many edges are supported by such words.`,
		Example: "  casus check\n  casus check --evidence\n  casus check --store neo4j://localhost:7687 --json",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) (err error) {
			flag.caches = cache.Options{EventBytes: -1, ResultBytes: -1} // no caches: the check reads the engine itself
			s, shown, err := flag.openDamaged(c.Context(), c.ErrOrStderr())
			if err != nil {
				return err
			}
			defer closeStore(s, &err)
			endProgress := func() {}
			if !quiet {
				options.Progress, endProgress = checkProgress(c.ErrOrStderr(), progressInterval)
			}
			report, err := check.Run(c.Context(), s, options)
			endProgress()
			if err != nil {
				return err
			}
			if asJSON {
				err = writeJSON(c.OutOrStdout(), checkReport{shown, report})
			} else {
				err = printCheck(c, shown, report)
			}
			if err == nil && report.Broken > 0 {
				return errReported
			}
			return err
		},
	}
	flag.add(c)
	c.Flags().IntVar(&options.MaxBreaks, "max-breaks", 0,
		"list at most this many broken invariants (all are counted); 0 means 1000")
	c.Flags().BoolVar(&options.Evidence, "evidence", false,
		"report which words support claims and edges, by data set and publisher")
	addJSONFlag(c, &asJSON, "the report")
	c.Flags().BoolVarP(&quiet, "quiet", "q", false, "show no progress")
	return c
}

// checkProgress returns a function that shows how far a check is, and one that ends the display. On a terminal it is
// one line, otherwise a line every interval.
func checkProgress(stderr io.Writer, interval time.Duration) (show func(kg.NodeKind, int), end func()) {
	if terminal.Is(stderr) {
		show = func(kind kg.NodeKind, n int) {
			_, _ = fmt.Fprintf(stderr, "\r\x1b[Kchecking: %s", plural(n, string(kind)))
		}
		return show, func() { _, _ = fmt.Fprint(stderr, "\r\x1b[K") }
	}
	last := time.Now()
	show = func(kind kg.NodeKind, n int) {
		if time.Since(last) >= interval {
			last = time.Now()
			printLine(stderr, "checking: %s", plural(n, string(kind)))
		}
	}
	return show, func() {}
}

// checkReport is the JSON report of a check.
type checkReport struct {
	Store string `json:"store"`
	check.Report
}

func printCheck(c *cobra.Command, shown string, r check.Report) error {
	out := c.OutOrStdout()
	for _, b := range r.Breaks {
		where := ""
		if b.ID != "" {
			where = " " + string(b.ID)
		}
		if _, err := fmt.Fprintf(out, "%s%s: %s\n", b.Invariant, where, b.Problem); err != nil {
			return err
		}
	}
	if more := r.Broken - len(r.Breaks); more > 0 {
		printLine(c.ErrOrStderr(), "and %d more", more)
	}
	for _, conflict := range r.Contradictions {
		printLine(c.ErrOrStderr(), "note: %s", conflict)
	}
	for _, n := range r.Withdrawals {
		printLine(c.ErrOrStderr(), "note: %s", n)
	}
	for _, u := range r.Undecided {
		printLine(c.ErrOrStderr(), "note: %s", u)
	}
	if more := r.WithoutEffect - len(r.Withdrawals) + r.UndecidedValues - len(r.Undecided); more > 0 {
		printLine(c.ErrOrStderr(), "and %d more notes", more)
	}
	verdict := "all invariants hold"
	if r.Broken > 0 {
		verdict = plural(r.Broken, "break")
	}
	_, err := fmt.Fprintf(out, "%s: %s. Checked: %s\n", shown, verdict, pluralList(r.Checked, kg.NodeKinds.Values()))
	if err != nil || r.Evidence == nil {
		return err
	}
	return printEvidence(out, *r.Evidence)
}

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
	for _, typ := range store.EdgeTypes.Values() {
		if c, ok := e.ByType[typ]; ok {
			row("  "+string(typ), c)
		}
	}
	for _, d := range slices.Sorted(maps.Keys(e.ByDataset)) {
		row("data set "+cmp.Or(d, "(none)"), e.ByDataset[d])
	}
	for _, p := range slices.Sorted(maps.Keys(e.ByPublisher)) {
		row("publisher "+cmp.Or(string(p), "(none)"), e.ByPublisher[p])
	}
	return w.Flush()
}
