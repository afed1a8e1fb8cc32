package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"casus/internal/kg"
	"casus/internal/store"
)

func decisionsCommand() *cobra.Command {
	var flag storeFlag
	contradictions, asJSON := false, false
	c := &cobra.Command{
		Use:   "list",
		Short: "List the decisions, or the contradictions between them",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) (err error) {
			s, _, err := flag.openExisting(c.Context(), c.ErrOrStderr())
			if err != nil {
				return err
			}
			defer closeStore(s, &err)
			all, err := allDecisions(c.Context(), s)
			if err != nil {
				return err
			}
			if contradictions {
				return printConflicts(c.OutOrStdout(), kg.IdentityConflicts(all), asJSON)
			}
			return printDecisions(c.OutOrStdout(), all, asJSON)
		},
	}
	flag.add(c)
	c.Flags().BoolVar(&contradictions, "contradictions", false,
		"only decisions that two nodes are not the same although other decisions connect them")
	addJSONFlag(c, &asJSON, "identity records, or contradictions, one per line,")
	return c
}

// allDecisions returns every decision in the order in which they were made.
func allDecisions(ctx context.Context, s store.Store) ([]kg.IdentityDecision, error) {
	const page = 500
	var all []kg.IdentityDecision
	for after := kg.ID(""); ; {
		found, err := s.Scan(ctx, kg.KindIdentity, after, page)
		if err != nil {
			return nil, err
		}
		all = append(all, found.Identities...)
		if len(found.Identities) < page {
			break
		}
		after = all[len(all)-1].ID
	}
	slices.SortFunc(all, func(a, b kg.IdentityDecision) int {
		return cmp.Or(cmp.Compare(a.DecidedAt, b.DecidedAt), cmp.Compare(a.ID, b.ID))
	})
	return all, nil
}

func printDecisions(w io.Writer, decisions []kg.IdentityDecision, asJSON bool) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, d := range decisions {
		if asJSON {
			err := writeJSONLine(w, identityRecord{
				"identity", d.ID, d.A, d.B, d.Same, d.DecidedBy, d.DecidedAt.String(), d.Score, d.Reason,
			})
			if err != nil {
				return err
			}
			continue
		}
		sign := "="
		if !d.Same {
			sign = "≠"
		}
		_, _ = fmt.Fprintf(table, "%s\t%s %s %s\t%s\t%s\n", d.DecidedAt, d.A, sign, d.B, d.DecidedBy, d.Reason)
	}
	return table.Flush()
}

func printConflicts(w io.Writer, conflicts []kg.IdentityConflict, asJSON bool) error {
	for _, conflict := range conflicts {
		var err error
		if asJSON {
			err = writeJSONLine(w, conflict)
		} else {
			_, err = fmt.Fprintln(w, conflict)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
