package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"casus/internal/edtf"
	"casus/internal/identity"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/loader"
)

func identityCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "identity",
		Short: "Suggest, make and list decisions that two nodes are, or are not, the same",
		Long: `Two actors, places or events may be one: named in other scripts, or told by two data sets. What is one is decided by people, as records
that can be taken back; nothing is ever merged. docs/operations.md tells how pairs are suggested and scored.`,
		Example: `  casus identity suggest --kind actor
  casus identity suggest --json > decisions.jsonl     edit it, then: casus load decisions.jsonl
  casus identity decide actor:zelensky actor:icews:Zelensky --same --by "Ada, desk"
  casus identity list --contradictions`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(suggestCommand(), decideCommand(), decisionsCommand())
	return c
}

func suggestCommand() *cobra.Command {
	var flag storeFlag
	var kinds []string
	o := identity.Options{}
	asJSON := false
	c := &cobra.Command{
		Use:   "suggest",
		Short: "Suggest pairs that may be the same, with a score and the reasons",
		Long: `Compare actors, places and events, and print the pairs that are most likely the same, each with a score (0..1) and what spoke for and
against it. Nothing is decided by it. Pairs of which somebody has decided are left out. --json prints identity records, one a line, to be read,
edited and loaded.`,
		Example: "  casus identity suggest --kind actor,location --min-score 0.8\n  casus identity suggest --json --limit 500 > decisions.jsonl",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) (err error) {
			for _, k := range kinds {
				if o.Kinds = append(o.Kinds, kg.NodeKind(strings.ToLower(k))); !slices.Contains(decidable, o.Kinds[len(o.Kinds)-1]) {
					return usagef("--kind %s: it is actor, location or event", k)
				}
			}
			if o.MinScore < 0 || o.MinScore > 1 {
				return usagef("--min-score %v: a score is 0..1", o.MinScore)
			}
			s, _, err := flag.openExisting(c.Context(), c.ErrOrStderr())
			if err != nil {
				return err
			}
			defer closing(s, &err)
			found, err := identity.Suggest(c.Context(), s, o)
			if err != nil {
				return err
			}
			say(c.ErrOrStderr(), "%s of %s compared", plural(len(found.Suggestions), "suggestion"), plural(found.Compared, "pair"))
			if found.LeftOut > 0 {
				say(c.ErrOrStderr(), "%s left out: too many nodes have that word, place or week in common", plural(found.LeftOut, "block"))
			}
			if asJSON {
				return writeSuggestions(c.OutOrStdout(), found.Suggestions, time.Now())
			}
			return printSuggestions(c.OutOrStdout(), found.Suggestions)
		},
	}
	flag.add(c)
	c.Flags().StringSliceVar(&kinds, "kind", nil, "only these: actor, location, event (default: all)")
	c.Flags().Float64Var(&o.MinScore, "min-score", 0.75, "leave out pairs that score less")
	c.Flags().IntVar(&o.Limit, "limit", 50, "how many pairs at most, the best ones; 0: all")
	c.Flags().BoolVar(&asJSON, "json", false, "print identity records as JSON Lines")
	return c
}

// decidable are the kinds of nodes that can be the same.
var decidable = []kg.NodeKind{kg.KindActor, kg.KindLocation, kg.KindEvent}

// identityRecord is a decision as the extraction format has it.
type identityRecord struct {
	Type      string   `json:"type"`
	ID        kg.ID    `json:"id,omitempty"`
	A         kg.ID    `json:"a"`
	B         kg.ID    `json:"b"`
	Same      bool     `json:"same"`
	DecidedBy string   `json:"decidedBy"`
	DecidedAt string   `json:"decidedAt"`
	Score     *float64 `json:"score,omitempty"`
	Reason    string   `json:"reason,omitempty"`
}

func writeSuggestions(w io.Writer, all []identity.Suggestion, now time.Time) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for _, s := range all {
		score := float64(int(s.Score*1000+0.5)) / 1000
		if err := e.Encode(identityRecord{
			Type: "identity", A: s.A, B: s.B, Same: true, DecidedBy: "casus identity suggest", DecidedAt: now.UTC().Format(time.RFC3339),
			Score: &score, Reason: s.NameA + " = " + s.NameB + ": " + s.Reason(),
		}); err != nil {
			return err
		}
	}
	return nil
}

func printSuggestions(w io.Writer, all []identity.Suggestion) error {
	for _, s := range all {
		if _, err := fmt.Fprintf(w, "%.2f  %s  %s\n      %s  %s\n", s.Score, s.A, s.NameA, s.B, s.NameB); err != nil {
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

func decideCommand() *cobra.Command {
	var flag storeFlag
	var same, notSame bool
	var score float64
	r := identityRecord{Type: "identity"}
	c := &cobra.Command{
		Use:   "decide A B --same|--not-same --by WHO",
		Short: "Decide that two nodes are, or are not, the same",
		Long: `Write one decision about two actors, two places or two events. The latest decision on a pair counts, so a decision is taken back by
another one: nothing is lost by it.`,
		Example: `  casus identity decide actor:zelensky actor:icews:Zelensky --same --by "Ada, desk" --reason "one office, one time"
  casus identity decide location:a location:b --not-same --by "Ada, desk"`,
		Args: cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, args []string) (err error) {
			r.A, r.B, r.Same = kg.ID(args[0]), kg.ID(args[1]), same
			if same == notSame {
				return usagef("say what they are: --same or --not-same")
			}
			if r.DecidedBy == "" {
				return usagef("say who decides: --by WHO")
			}
			if c.Flags().Changed("score") {
				r.Score = &score
			}
			r.DecidedAt = cmp.Or(r.DecidedAt, edtf.InstantOf(time.Now()).String())
			s, _, err := flag.openExisting(c.Context(), c.ErrOrStderr())
			if err != nil {
				return err
			}
			defer closing(s, &err)
			return decide(c, s, r)
		},
	}
	flag.add(c)
	f := c.Flags()
	f.BoolVar(&same, "same", false, "they are one")
	f.BoolVar(&notSame, "not-same", false, "they are two, however alike")
	f.StringVar(&r.DecidedBy, "by", "", "who decides")
	f.StringVar(&r.Reason, "reason", "", "why")
	f.Float64Var(&score, "score", 0, "how sure that is, 0..1")
	f.StringVar(&r.DecidedAt, "at", "", "when it was decided, RFC 3339 (default: now)")
	return c
}

// decide writes a decision as any record is loaded, so that it gets the id that the record would get.
func decide(c *cobra.Command, s store.Store, r identityRecord) error {
	nodes, err := s.Nodes(c.Context(), kg.View{Identity: kg.IdentityExact}, []kg.ID{r.A, r.B})
	if err != nil {
		return err
	}
	for i, id := range []kg.ID{r.A, r.B} {
		if nodes[i] == nil {
			return kg.Errorf(kg.NotFound, "there is no %s in the store", id)
		}
	}
	if r.A.Kind() != r.B.Kind() || !slices.Contains(decidable, r.A.Kind()) {
		return kg.Errorf(kg.BadInput, "%s and %s cannot be the same: two actors, two places or two events can", r.A, r.B)
	}
	line, err := json.Marshal(r)
	if err != nil {
		return kg.Errorf(kg.Internal, "write the decision: %w", err)
	}
	report, err := loader.Load(c.Context(), s, []loader.Input{{
		Name: "decision", ReadOnce: true, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(string(line))), nil },
	}}, loader.Options{})
	switch {
	case err != nil:
		return err
	case report.Rejected > 0:
		return kg.Errorf(kg.BadInput, "the decision cannot be stored: %s", report.FirstRejects[0])
	}
	what := "the same"
	if !r.Same {
		what = "not the same"
	}
	if _, err := fmt.Fprintf(c.OutOrStdout(), "decided: %s and %s are %s\n", r.A, r.B, what); err != nil {
		return err
	}
	all, err := allDecisions(c.Context(), s)
	if err != nil {
		return err
	}
	for _, conflict := range kg.IdentityConflicts(all) {
		say(c.ErrOrStderr(), "contradiction: %s", conflict)
	}
	return nil
}

func decisionsCommand() *cobra.Command {
	var flag storeFlag
	contradictions, asJSON := false, false
	c := &cobra.Command{
		Use:   "list",
		Short: "List the decisions, or those that contradict each other",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) (err error) {
			s, _, err := flag.openExisting(c.Context(), c.ErrOrStderr())
			if err != nil {
				return err
			}
			defer closing(s, &err)
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
	c.Flags().BoolVar(&contradictions, "contradictions", false, "only decisions that two nodes are not the same, while others make them one")
	c.Flags().BoolVar(&asJSON, "json", false, "print identity records, or contradictions, as JSON Lines")
	return c
}

// allDecisions reads every decision, in the order in which they were made.
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

func printDecisions(w io.Writer, all []kg.IdentityDecision, asJSON bool) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, d := range all {
		if asJSON {
			if err := e.Encode(identityRecord{"identity", d.ID, d.A, d.B, d.Same, d.DecidedBy, d.DecidedAt.String(), d.Score, d.Reason}); err != nil {
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

func printConflicts(w io.Writer, all []kg.IdentityConflict, asJSON bool) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for _, conflict := range all {
		if asJSON {
			if err := e.Encode(conflict); err != nil {
				return err
			}
		} else if _, err := fmt.Fprintln(w, conflict); err != nil {
			return err
		}
	}
	return nil
}
