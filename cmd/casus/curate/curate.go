// Package curate has the commands with which people keep a graph: they correct and review claims, and take decisions
// back.
package curate

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/loader"
)

// Program is what the commands need of the program that they are a part of.
type Program struct {
	// StoreFlag adds --store to a command, and returns the function that opens the chosen store, which exists.
	StoreFlag func(c *cobra.Command) func(ctx context.Context, stderr io.Writer) (store.Store, error)
	// Usage returns the error of an invalid command line.
	Usage func(format string, args ...any) error
	// Progress returns a function that shows how many claims are done, and one that ends that.
	Progress func(stderr io.Writer) (show func(done int), end func())
}

// options are the flags of commands that write.
type options struct {
	dryRun, asJSON bool
}

func (o *options) add(c *cobra.Command) {
	c.Flags().BoolVar(&o.dryRun, "dry-run", false, "write nothing; show the events whose status, time or toll would change")
	c.Flags().BoolVar(&o.asJSON, "json", false, "print the events that change as JSON")
}

// write writes a batch, or previews it, and prints how events change.
func (o options) write(c *cobra.Command, s store.Store, b kg.Batch, done string) error {
	effects, err := s.Preview(c.Context(), b)
	if err != nil {
		return err
	}
	if !o.dryRun {
		if _, err := s.Apply(c.Context(), b); err != nil {
			return err
		}
	}
	return o.print(c, effects, done)
}

// print prints what was done and how events change.
func (o options) print(c *cobra.Command, effects []store.Effect, done string) error {
	if o.asJSON {
		return WriteEffectsJSON(c.OutOrStdout(), effects)
	}
	if o.dryRun {
		done = "dry run: nothing was written"
	}
	if _, err := fmt.Fprintln(c.OutOrStdout(), done); err != nil {
		return err
	}
	return WriteEffects(c.OutOrStdout(), effects)
}

// load stores a record, or previews it, and returns how events change. The loader makes it, so that it gets the same id
// as a record in a file, and is checked in the same way.
func (o options) load(ctx context.Context, s store.Store, record any) ([]store.Effect, error) {
	text, err := json.Marshal(record)
	if err != nil {
		return nil, kg.Errorf(kg.Internal, "encode the record: %w", err)
	}
	input := loader.Input{Name: "record", ReadOnce: true, Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(string(text))), nil
	}}
	into := &previewing{Store: s, dryRun: o.dryRun}
	report, err := loader.Load(ctx, into, []loader.Input{input}, loader.Options{Unlisted: true})
	if err == nil && report.Rejected > 0 {
		err = kg.Errorf(kg.BadInput, "the record cannot be stored: %s", report.FirstRejects[0])
	}
	return into.effects, err
}

// previewing is a store that notes the effects of batches, and in a dry run writes none.
type previewing struct {
	store.Store
	dryRun  bool
	effects []store.Effect
}

func (p *previewing) Apply(ctx context.Context, b kg.Batch) (kg.ApplyResult, error) {
	effects, err := p.Preview(ctx, b)
	if p.effects = append(p.effects, effects...); err != nil || p.dryRun {
		return kg.ApplyResult{}, err
	}
	return p.Store.Apply(ctx, b)
}

// BackCommand returns a command that takes decisions of one kind back.
func BackCommand(p Program, kind kg.NodeKind) *cobra.Command {
	var o options
	c := &cobra.Command{
		Use:   "back ID...",
		Short: "Take decisions back: then everything is as if they had never been made",
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
		return o.write(c, s, b, "taken back: "+strings.Join(args, ", "))
	}
	o.add(c)
	return c
}

// checkStored returns NOT_FOUND for a decision that is not stored.
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
