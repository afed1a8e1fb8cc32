// Package curate has the commands with which people maintain a graph: they correct, review and forget claims, and take
// decisions back.
package curate

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"casus/internal/effects"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/loader"
)

// Program has what the commands need from the program that they are a part of.
type Program struct {
	// StoreFlag adds --store to a command, and returns the function that opens the chosen store, which must exist.
	StoreFlag func(c *cobra.Command) func(ctx context.Context, stderr io.Writer) (store.Store, error)
	// Usage returns the error of an invalid command line.
	Usage func(format string, args ...any) error
	// Progress returns a function that shows how many claims are done, and one that ends the display.
	Progress func(stderr io.Writer) (show func(done int), end func())
}

// Options are the flags of commands that write.
type Options struct {
	dryRun, asJSON bool
}

// Add adds the flags to a command.
func (o *Options) Add(c *cobra.Command) {
	c.Flags().BoolVar(&o.dryRun, "dry-run", false,
		"write nothing; show the events whose status, time, toll or disagreements would change, and the fields of nodes")
	c.Flags().BoolVar(&o.asJSON, "json", false, "print what changes as JSON, one object a line")
}

// write writes a batch, or previews it, and prints how events change.
func (o Options) write(c *cobra.Command, s store.Store, b kg.Batch, done string) error {
	effects, err := s.Preview(c.Context(), b)
	if err != nil {
		return err
	}
	if !o.dryRun {
		if _, err := s.Apply(c.Context(), b); err != nil {
			return err
		}
	}
	return o.Print(c, effects, done)
}

// Print prints what was done and what changes.
func (o Options) Print(c *cobra.Command, found store.Effects, done string) error {
	if o.asJSON {
		return effects.WriteJSON(c.OutOrStdout(), found)
	}
	if o.dryRun {
		done = "dry run: nothing was written"
	}
	if _, err := fmt.Fprintln(c.OutOrStdout(), done); err != nil {
		return err
	}
	return effects.WriteText(c.OutOrStdout(), found)
}

// DryRun reports whether nothing is to be written.
func (o Options) DryRun() bool { return o.dryRun }

// PrintMerged prints the nodes that are shown as another node than before: merged into one, or by themselves again.
// before and after are all decisions.
func (o Options) PrintMerged(c *cobra.Command, before, after []kg.IdentityDecision) error {
	old, now := kg.NewIdentities(kg.Classes(before)), kg.NewIdentities(kg.Classes(after))
	nodes := maps.Clone(old.Classes())
	maps.Copy(nodes, now.Classes())
	for _, id := range slices.Sorted(maps.Keys(nodes)) {
		from, to := old.ClassOf(id), now.ClassOf(id)
		if from == to {
			continue
		}
		var err error
		switch {
		case o.asJSON:
			err = writeJSONLine(c.OutOrStdout(), mergedRecord{id, from, to})
		case to == id:
			_, err = fmt.Fprintf(c.OutOrStdout(), "%s is shown by itself, no longer as %s\n", id, from)
		default:
			_, err = fmt.Fprintf(c.OutOrStdout(), "%s is shown as %s\n", id, to)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// mergedRecord is a node that is shown as another one than before, as JSON.
type mergedRecord struct {
	Node          kg.ID `json:"node"`
	ShownAsBefore kg.ID `json:"shownAsBefore"`
	ShownAs       kg.ID `json:"shownAs"`
}

// Load stores a record, or previews it, and returns what changes. It uses the loader, so the record gets the same id as
// in a file and is checked in the same way.
func (o Options) Load(ctx context.Context, s store.Store, record any) (store.Effects, error) {
	text, err := json.Marshal(record)
	if err != nil {
		return store.Effects{}, kg.Errorf(kg.Internal, "encode the record: %w", err)
	}
	input := loader.Input{Name: "record", ReadOnce: true, Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(string(text))), nil
	}}
	into := &previewStore{Store: s, dryRun: o.dryRun}
	report, err := loader.Load(ctx, into, []loader.Input{input}, loader.Options{Unlisted: true})
	if err == nil && report.Rejected > 0 {
		err = kg.Errorf(kg.BadInput, "the record cannot be stored: %s", report.FirstRejects[0])
	}
	return into.effects, err
}

// previewStore is a store that collects the effects of batches, and in a dry run writes none.
type previewStore struct {
	store.Store
	dryRun  bool
	effects store.Effects
}

func (p *previewStore) Apply(ctx context.Context, b kg.Batch) (kg.ApplyResult, error) {
	effects, err := p.Preview(ctx, b)
	p.effects.Events = append(p.effects.Events, effects.Events...)
	if p.effects.Fields = append(p.effects.Fields, effects.Fields...); err != nil || p.dryRun {
		return kg.ApplyResult{}, err
	}
	return p.Store.Apply(ctx, b)
}

// BackCommand returns a command that takes decisions of one kind back.
func BackCommand(p Program, kind kg.NodeKind) *cobra.Command {
	var o Options
	c := &cobra.Command{
		Use:   "back ID...",
		Short: "Take decisions back, as if they had never been made",
		Args:  cobra.MinimumNArgs(1),
	}
	open := p.StoreFlag(c)
	c.RunE = func(c *cobra.Command, args []string) (err error) {
		var b kg.Batch
		for _, id := range args {
			if err := kg.ID(id).Check(kind); err != nil {
				return p.Usage("%v", err)
			}
			b.Removals = append(b.Removals, kg.ID(id))
		}
		s, err := open(c.Context(), c.ErrOrStderr())
		if err != nil {
			return err
		}
		defer closeStore(s, &err)
		if err := checkStored(c.Context(), s, kind, b.Removals); err != nil {
			return err
		}
		done := "taken back: " + strings.Join(args, ", ")
		if kind != kg.KindIdentity {
			return o.write(c, s, b, done)
		}
		before, err := store.Decisions(c.Context(), s)
		if err != nil {
			return err
		}
		if err := o.write(c, s, b, done); err != nil {
			return err
		}
		after := slices.DeleteFunc(slices.Clone(before), func(d kg.IdentityDecision) bool {
			return slices.Contains(b.Removals, d.ID)
		})
		return o.PrintMerged(c, before, after)
	}
	o.Add(c)
	return c
}

// checkStored returns a NOT_FOUND error if a decision is not stored.
func checkStored(ctx context.Context, s store.Scanner, kind kg.NodeKind, ids []kg.ID) error {
	missing := map[kg.ID]bool{}
	for _, id := range ids {
		missing[id] = true
	}
	for page, err := range store.Walk(ctx, s, kind, 0) {
		if err != nil {
			return err
		}
		for _, id := range page.IDs(kind) {
			delete(missing, id)
		}
	}
	for _, id := range ids {
		if missing[id] {
			return kg.Errorf(kg.NotFound, "there is no %s in the store", id)
		}
	}
	return nil
}

// closeStore closes a store and keeps the first error in err.
func closeStore(s store.Store, err *error) {
	if e := s.Close(); e != nil && *err == nil {
		*err = e
	}
}
