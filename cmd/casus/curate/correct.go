package curate

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"casus/internal/edtf"
	"casus/internal/export"
	"casus/internal/kg"
	"casus/internal/record"
	"casus/internal/store"
)

// correctFlags are the flags of `casus correct`.
type correctFlags struct {
	Options
	value, file string
	forget      bool
	by, at, why string
}

func correctCommand(p Program) *cobra.Command {
	var f correctFlags
	c := &cobra.Command{
		Use:   "correct CLAIM | NODE FIELD",
		Short: "Correct what a claim says or a field of a node, or forget a claim",
		Long: `A correction is made by the people who maintain the graph, when a claim was recorded wrongly; a
source that takes its own words back makes a claim that supersedes another. The new content counts
from the moment from which the claim was known, so past answers change too. The latest correction
counts, and each can be taken back. A forgotten claim stays forgotten when it is loaded again.`,
		Example: `  casus correct show claim:daily-1 > claim.json      edit it, then:
  casus correct claim:daily-1 --file claim.json --by "Ada, desk" --why "it says 6"
  casus correct claim:daily-2 --forget --by "Ada, desk" --why "another strike" --dry-run
  casus correct actor:northland country --value '"NL"' --by "Ada, desk"
  casus correct back correction:1`,
		Args: cobra.RangeArgs(1, 2),
	}
	open := p.StoreFlag(c)
	c.RunE = func(c *cobra.Command, args []string) (err error) {
		r, err := f.record(p, args, c.InOrStdin())
		if err != nil {
			return err
		}
		s, err := open(c.Context(), c.ErrOrStderr())
		if err != nil {
			return err
		}
		defer closeStore(s, &err)
		effects, err := f.Load(c.Context(), s, r)
		if err != nil {
			return err
		}
		return f.Print(c, effects, "corrected: "+args[0])
	}
	f.Options.Add(c)
	flags := c.Flags()
	flags.StringVar(&f.value, "value", "", "the new content of the claim, or value of the field, as JSON")
	flags.StringVar(&f.file, "file", "", "a file with the value; - is stdin")
	flags.BoolVar(&f.forget, "forget", false, "forget the claim, or leave the field without a value")
	flags.StringVar(&f.by, "by", "", "who decides")
	flags.StringVar(&f.why, "why", "", "the reason")
	flags.StringVar(&f.at, "at", "", "the time of the decision, RFC 3339 (default: now)")
	c.AddCommand(showCommand(p), correctionsCommand(p), BackCommand(p, kg.KindCorrection))
	return c
}

// record returns the correction that the command line describes.
func (f correctFlags) record(p Program, args []string, stdin io.Reader) (r record.Correction, err error) {
	at := cmp.Or(f.at, edtf.InstantOf(time.Now()).String())
	r = record.Correction{Type: string(kg.KindCorrection), By: f.by, Why: f.why, At: at}
	switch id := kg.ID(args[0]); {
	case id.Kind() == kg.KindClaim && len(args) == 1:
		r.Claim = id
	case id.Kind() != kg.KindClaim && len(args) == 2:
		r.Node, r.Field = id, args[1]
	default:
		return r, p.Usage("specify a claim, or a node and a field of it")
	}
	if given := countTrue(f.value != "", f.file != "", f.forget); given != 1 {
		return r, p.Usage("specify the value: --value JSON, --file FILE or --forget")
	}
	if f.by == "" {
		return r, p.Usage("specify who decides: --by WHO")
	}
	text := []byte(f.value)
	switch {
	case f.file == "-":
		text, err = io.ReadAll(io.LimitReader(stdin, kg.MaxRecordBytes+1))
	case f.file != "":
		text, err = os.ReadFile(f.file)
	}
	if err != nil {
		return r, kg.Errorf(kg.BadInput, "read the value: %w", err)
	}
	if f.forget {
		text = []byte("null")
	} else if !json.Valid(text) {
		return r, kg.Errorf(kg.BadInput, "the value is not JSON: %.80q", text)
	}
	r.Value = text
	return r, nil
}

func countTrue(all ...bool) (n int) {
	for _, is := range all {
		if is {
			n++
		}
	}
	return n
}

func showCommand(p Program) *cobra.Command {
	c := &cobra.Command{
		Use:   "show CLAIM",
		Short: "Print the content of a claim as the value of a correction, to be edited",
		Args:  cobra.ExactArgs(1),
	}
	open := p.StoreFlag(c)
	c.RunE = func(c *cobra.Command, args []string) (err error) {
		s, err := open(c.Context(), c.ErrOrStderr())
		if err != nil {
			return err
		}
		defer closeStore(s, &err)
		id := kg.ID(args[0])
		nodes, err := s.Nodes(c.Context(), kg.View{Identity: kg.IdentityExact}, []kg.ID{id})
		if err != nil {
			return err
		}
		claim, ok := nodes[0].(kg.Claim)
		if !ok { // it may be forgotten
			curations, err := s.Curations(c.Context(), []kg.ID{id})
			if err != nil {
				return err
			}
			if curations[0].Original == nil {
				return kg.Errorf(kg.NotFound, "there is no %s in the store", id)
			}
			claim = *curations[0].Original
		}
		encoder := json.NewEncoder(c.OutOrStdout())
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		return encoder.Encode(export.Content(claim))
	}
	return c
}

func correctionsCommand(p Program) *cobra.Command {
	return listCommand(p, kg.KindCorrection, "List the corrections, the earliest first",
		func(p store.ScanPage) []kg.Correction { return p.Corrections }, kg.CompareCorrections,
		func(c kg.Correction) []any {
			what := "corrected"
			if c.Content == nil && c.Value == "" {
				what = "forgotten"
			}
			target := c.Target()
			return []any{c.At, c.ID, what, string(target.ID) + " " + target.Field, c.By, c.Why}
		})
}

// listCommand returns a command that lists the decisions of one kind.
func listCommand[T any](
	p Program, kind kg.NodeKind, short string, of func(store.ScanPage) []T, compare func(a, b T) int,
	columns func(T) []any,
) *cobra.Command {
	asJSON := false
	c := &cobra.Command{Use: "list", Short: short, Args: cobra.NoArgs}
	open := p.StoreFlag(c)
	c.Flags().BoolVar(&asJSON, "json", false, "print "+string(kind)+" records, one per line, as JSON")
	c.RunE = func(c *cobra.Command, _ []string) (err error) {
		s, err := open(c.Context(), c.ErrOrStderr())
		if err != nil {
			return err
		}
		defer closeStore(s, &err)
		var all []T
		for page, err := range store.Walk(c.Context(), s, kind, 0) {
			if err != nil {
				return err
			}
			all = append(all, of(page)...)
		}
		slices.SortFunc(all, compare)
		encoder := json.NewEncoder(c.OutOrStdout())
		encoder.SetEscapeHTML(false)
		table := tabwriter.NewWriter(c.OutOrStdout(), 0, 0, 2, ' ', 0)
		for _, v := range all {
			if asJSON {
				if err := encoder.Encode(export.Record(v)); err != nil {
					return err
				}
				continue
			}
			for i, column := range columns(v) {
				_, _ = fmt.Fprintf(table, "%s%v", []string{"\t", ""}[countTrue(i == 0)], column)
			}
			_, _ = fmt.Fprintln(table)
		}
		return table.Flush()
	}
	return c
}
