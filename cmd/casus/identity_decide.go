package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"casus/cmd/casus/curate"
	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/record"
	"casus/internal/store"
)

func decideCommand() *cobra.Command {
	var flag storeFlag
	var same, notSame bool
	var score float64
	var o curate.Options
	r := record.Identity{Type: string(kg.KindIdentity), Same: &same}
	c := &cobra.Command{
		Use:   "decide A B --same|--not-same --by WHO",
		Short: "Decide that two nodes are, or are not, the same",
		Long: `Write one decision about two actors, two locations or two events. The latest decision on a pair
counts, so another decision takes it back and nothing is lost.`,
		Example: `  casus identity decide actor:zelensky actor:icews:Zelensky --same --by "Ada, desk" --why "same man"
  casus identity decide location:a location:b --not-same --by "Ada, desk"`,
		Args: cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, args []string) (err error) {
			r.A, r.B = kg.ID(args[0]), kg.ID(args[1])
			if same == notSame {
				return usagef("specify the decision: --same or --not-same")
			}
			if r.DecidedBy == "" && o.DryRun() {
				r.DecidedBy = "a dry run"
			}
			if r.DecidedBy == "" {
				return usagef("specify who decides: --by WHO")
			}
			if c.Flags().Changed("score") {
				r.Score = &score
			}
			r.DecidedAt = cmp.Or(r.DecidedAt, edtf.InstantOf(time.Now()).String())
			s, _, err := flag.openExisting(c.Context(), c.ErrOrStderr())
			if err != nil {
				return err
			}
			defer closeStore(s, &err)
			return decide(c, s, r, o)
		},
	}
	flag.add(c)
	o.Add(c)
	f := c.Flags()
	f.BoolVar(&same, "same", false, "the nodes are the same")
	f.BoolVar(&notSame, "not-same", false, "the nodes are not the same, however similar")
	f.StringVar(&r.DecidedBy, "by", "", "who decides")
	f.StringVar(&r.Reason, "why", "", "the reason")
	f.Float64Var(&score, "score", 0, "the confidence, 0..1")
	f.StringVar(&r.DecidedAt, "at", "", "the time of the decision, RFC 3339 (default: now)")
	return c
}

// decide stores a decision or previews it, and prints what changes and the contradictions among all stored decisions.
func decide(c *cobra.Command, s store.Store, r record.Identity, o curate.Options) error {
	nodes, err := s.Nodes(c.Context(), kg.View{Identity: kg.IdentityExact}, []kg.ID{r.A, r.B})
	if err != nil {
		return err
	}
	for i, id := range []kg.ID{r.A, r.B} {
		if nodes[i] == nil {
			return kg.Errorf(kg.NotFound, "there is no %s in the store", id)
		}
	}
	if r.A.Kind() != r.B.Kind() || !slices.Contains(decidableKinds, r.A.Kind()) {
		return kg.Errorf(kg.BadInput,
			"%s and %s cannot be the same: only two actors, two locations or two events can", r.A, r.B)
	}
	before, err := allDecisions(c.Context(), s)
	if err != nil {
		return err
	}
	effects, err := o.Load(c.Context(), s, r)
	if err != nil {
		return err
	}
	verdict := "the same"
	if !*r.Same {
		verdict = "not the same"
	}
	if err := o.Print(c, effects, fmt.Sprintf("decided: %s and %s are %s", r.A, r.B, verdict)); err != nil {
		return err
	}
	all, err := allDecisions(c.Context(), s)
	if err != nil {
		return err
	}
	if o.DryRun() {
		at, err := edtf.ParseInstant(r.DecidedAt)
		if err != nil {
			return err
		}
		all = append(all, kg.IdentityDecision{A: r.A, B: r.B, Same: *r.Same, DecidedBy: r.DecidedBy, DecidedAt: at})
	}
	if err := o.PrintMerged(c, before, all); err != nil {
		return err
	}
	for _, conflict := range kg.IdentityConflicts(all) {
		printLine(c.ErrOrStderr(), "contradiction: %s", conflict)
	}
	return nil
}

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
	all, err := store.Decisions(ctx, s)
	if err != nil {
		return nil, err
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
			err := writeJSONLine(w, record.Identity{
				Type: string(kg.KindIdentity), ID: d.ID, A: d.A, B: d.B, Same: &d.Same,
				DecidedBy: d.DecidedBy, DecidedAt: d.DecidedAt.String(), Score: d.Score, Reason: d.Reason,
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
