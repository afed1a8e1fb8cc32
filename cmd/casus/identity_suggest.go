package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"casus/internal/identity"
	"casus/internal/kg"
	"casus/internal/record"
)

func suggestCommand() *cobra.Command {
	var flag storeFlag
	var kinds []string
	o := identity.Options{}
	asJSON := false
	c := &cobra.Command{
		Use:   "suggest",
		Short: "Suggest pairs that may be the same, with a score and the reasons",
		Long: `Compare actors, locations and events, and print the pairs that are most likely the same. Each has a
score (0..1) with the evidence for and against it. Nothing is decided. Pairs with a decision are
left out. --json prints identity records, one per line, for reading, editing and loading.`,
		Example: "  casus identity suggest --kind actor,location --min-score 0.8\n" +
			"  casus identity suggest --json --limit 500 > decisions.jsonl",
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) (err error) {
			for _, k := range kinds {
				kind := kg.NodeKind(strings.ToLower(k))
				if !slices.Contains(decidableKinds, kind) {
					return usagef("--kind %s: must be actor, location or event", k)
				}
				o.Kinds = append(o.Kinds, kind)
			}
			if o.MinScore < 0 || o.MinScore > 1 {
				return usagef("--min-score %v: a score is 0..1", o.MinScore)
			}
			s, _, err := flag.openExisting(c.Context(), c.ErrOrStderr())
			if err != nil {
				return err
			}
			defer closeStore(s, &err)
			found, err := identity.Suggest(c.Context(), s, o)
			if err != nil {
				return err
			}
			printLine(c.ErrOrStderr(), "%s of %s compared",
				plural(len(found.Suggestions), "suggestion"), plural(found.Compared, "pair"))
			if found.LeftOut > 0 {
				printLine(c.ErrOrStderr(), "%s left out: too many nodes have that word, place or week in common",
					plural(found.LeftOut, "block"))
			}
			if asJSON {
				return writeSuggestions(c.OutOrStdout(), found.Suggestions, time.Now())
			}
			return printSuggestions(c.OutOrStdout(), found.Suggestions)
		},
	}
	flag.add(c)
	c.Flags().StringSliceVar(&kinds, "kind", nil, "only these kinds: actor, location, event (default: all)")
	c.Flags().Float64Var(&o.MinScore, "min-score", 0.75, "leave out pairs with a lower score")
	c.Flags().IntVar(&o.Limit, "limit", 50, "print at most this many pairs, the best ones; 0 means no limit")
	addJSONFlag(c, &asJSON, "identity records, one per line,")
	completeFlag(c, "kind", oneOf(decidableKinds...))
	return c
}

func writeSuggestions(w io.Writer, suggestions []identity.Suggestion, now time.Time) error {
	for _, s := range suggestions {
		score, same := float64(int(s.Score*1000+0.5))/1000, true
		if err := writeJSONLine(w, record.Identity{
			Type: string(kg.KindIdentity), A: s.A, B: s.B, Same: &same,
			DecidedBy: "casus identity suggest", DecidedAt: now.UTC().Format(time.RFC3339),
			Score: &score, Reason: s.NameA + " = " + s.NameB + ": " + s.Reason(),
		}); err != nil {
			return err
		}
	}
	return nil
}

func printSuggestions(w io.Writer, suggestions []identity.Suggestion) error {
	for _, s := range suggestions {
		_, err := fmt.Fprintf(w, "%.2f  %s  %s\n      %s  %s\n", s.Score, s.A, s.NameA, s.B, s.NameB)
		if err != nil {
			return err
		}
		for _, c := range s.Components {
			if _, err := fmt.Fprintf(w, "        %-11s %.2f  %s\n", c.Name, c.Score, c.Why); err != nil {
				return err
			}
		}
	}
	return nil
}
