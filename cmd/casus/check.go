package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"casus/internal/check"
	"casus/internal/kg"
)

func checkCommand() *cobra.Command {
	var flag storeFlag
	var options check.Options
	asJSON, quiet := false, false
	c := &cobra.Command{
		Use:   "check",
		Short: "Verify every invariant of the graph",
		Long: `Verify that the store holds what it must: ids, references, time bounds, spans and hashes of texts, and that all states and
edges are those that follow from the claims. Prints every break and ends with exit code 1 if there is one. With --evidence it also tells
how many of the words that claims point at stand in their text, and how many edges rest on such words.`,
		Example: "  casus check\n  casus check --evidence\n  casus check --store neo4j://localhost:7687 --json",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) (err error) {
			s, shown, err := flag.openExisting(c.Context(), c.ErrOrStderr())
			if err != nil {
				return err
			}
			defer closing(s, &err)
			if !quiet && isTerminal(c.ErrOrStderr()) {
				options.Progress = func(kind kg.NodeKind, n int) { _, _ = fmt.Fprintf(c.ErrOrStderr(), "\r\x1b[Kchecking: %d %s", n, kind) }
			}
			report, err := check.Run(c.Context(), s, options)
			if options.Progress != nil {
				_, _ = fmt.Fprint(c.ErrOrStderr(), "\r\x1b[K")
			}
			if err != nil {
				return err
			}
			if asJSON {
				err = writeJSON(c.OutOrStdout(), report)
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
	c.Flags().IntVar(&options.MaxBreaks, "max-breaks", 0, "list at most this many breaks; 0: 1000. All are counted")
	c.Flags().BoolVar(&options.Evidence, "evidence", false, "report what words claims and edges rest on, by dataset and publisher")
	c.Flags().BoolVar(&asJSON, "json", false, "print the report as JSON")
	c.Flags().BoolVarP(&quiet, "quiet", "q", false, "show no progress")
	return c
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
		say(c.ErrOrStderr(), "and %d more", more)
	}
	for _, conflict := range r.Contradictions {
		say(c.ErrOrStderr(), "note: %s", conflict)
	}
	verdict := "all invariants hold"
	if r.Broken > 0 {
		verdict = plural(r.Broken, "break")
	}
	if _, err := fmt.Fprintf(out, "%s: %s. Checked: %s\n", shown, verdict, counted(r.Checked, kg.NodeKinds())); err != nil || r.Evidence == nil {
		return err
	}
	return printEvidence(out, *r.Evidence)
}
