// Package undo has the commands that list loads, and take back what was loaded.
package undo

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"casus/internal/edtf"
	"casus/internal/forget"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/ledger"
	"casus/internal/text"
)

// Host is what the commands need of the program.
type Host struct {
	// Store adds the flag of the store to a command, and returns a function that opens it.
	Store func(*cobra.Command) func(ctx context.Context, stderr io.Writer) (s store.Store, shown string, err error)
	// Usage returns an error of the command line.
	Usage func(format string, args ...any) error
	// Progress returns a function that shows how many claims are done, and one that ends that.
	Progress func(stderr io.Writer) (show func(done int), end func())
}

// Commands returns `casus loads`, `casus undo` and `casus forget`.
func Commands(h Host) []*cobra.Command {
	return []*cobra.Command{h.loads(), h.undo(), h.forget()}
}

// flags are the flags of undo and forget.
type flags struct {
	by, why, at             string
	purge, dryRun, takeBack bool
	asJSON                  bool
}

func (f *flags) add(c *cobra.Command) {
	s := c.Flags()
	s.StringVar(&f.by, "by", "", "who decides")
	s.StringVar(&f.why, "why", "", "the reason")
	s.StringVar(&f.at, "at", "", "the time of the decision, RFC 3339 (default: now)")
	s.BoolVar(&f.purge, "purge", false, "erase the claims for good; they cannot be restored")
	s.BoolVar(&f.takeBack, "take-back", false, "take it back: every answer is as before")
	s.BoolVar(&f.dryRun, "dry-run", false, "show what would change, and write nothing")
	s.BoolVar(&f.asJSON, "json", false, "print the report as JSON")
}

// order returns the order of the flags.
func (h Host) order(f flags, show func(int)) (forget.Order, error) {
	o := forget.Order{By: f.by, Why: f.why, At: edtf.InstantOf(time.Now()), Purge: f.purge, DryRun: f.dryRun, Progress: show}
	switch {
	case f.purge && f.takeBack:
		return o, h.Usage("--purge erases for good: it cannot be combined with --take-back")
	case f.by == "" && !f.dryRun && !f.takeBack:
		return o, h.Usage("specify who decides: --by WHO")
	}
	if f.at != "" {
		at, err := time.Parse(time.RFC3339, f.at)
		if err != nil {
			return o, h.Usage("--at: %v", err)
		}
		o.At = edtf.InstantOf(at)
	}
	return o, nil
}

// act carries out an undo or a forgetting in the opened store, and prints the report.
func (h Host) act(
	c *cobra.Command, open func(context.Context, io.Writer) (store.Store, string, error), f flags, target string,
	do func(context.Context, store.Store, forget.Order) (forget.Result, error),
) (err error) {
	show, end := h.Progress(c.ErrOrStderr())
	o, err := h.order(f, show)
	if err != nil {
		return err
	}
	o.Target = target
	s, shown, err := open(c.Context(), c.ErrOrStderr())
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, s.Close()) }()
	found, err := do(c.Context(), s, o)
	end()
	if err != nil {
		return err
	}
	return report{
		Store: shown, Target: target, DryRun: f.dryRun, TakenBack: f.takeBack, Claims: found.Claims, Kept: found.Kept,
		Erased: found.Erased, Named: found.Named, Subjects: len(found.Subjects),
	}.print(c.OutOrStdout(), f.asJSON)
}

// report is what an undo or a forgetting did.
type report struct {
	Store     string `json:"store"`
	Target    string `json:"target"`
	DryRun    bool   `json:"dryRun,omitempty"`
	TakenBack bool   `json:"takenBack,omitempty"`
	Claims    int    `json:"claims"`
	Subjects  int    `json:"subjects"`
	Kept      int    `json:"kept,omitempty"`
	Erased    int    `json:"erased,omitempty"`
	Named     int    `json:"named,omitempty"`
}

func (r report) print(w io.Writer, asJSON bool) error {
	if asJSON {
		return writeJSON(w, r)
	}
	verb := "forgotten"
	switch {
	case r.TakenBack:
		verb = "restored"
	case r.Erased > 0:
		verb = "erased"
	}
	line := fmt.Sprintf("%s: %s %s, about %s", r.Target, plural(r.Claims, "claim"), verb,
		plural(r.Subjects, "event or affiliation", "events or affiliations"))
	if r.Kept > 0 {
		line += fmt.Sprintf("\nkept: %s that another load brought, too", plural(r.Kept, "claim"))
	}
	if r.Named > 0 {
		line += fmt.Sprintf("\nnot erased: %s that other claims supersede; forgotten", plural(r.Named, "claim"))
	}
	if r.DryRun {
		line += "\ndry run: nothing was written"
	}
	_, err := fmt.Fprintln(w, line)
	return err
}

func plural(n int, nouns ...string) string {
	if n == 1 {
		return "1 " + nouns[0]
	}
	return fmt.Sprintf("%d %s", n, append(nouns, nouns[0]+"s")[1])
}

func writeJSON(w io.Writer, v any) error {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return kg.Errorf(kg.Internal, "encode the report: %w", err)
	}
	_, err = fmt.Fprintln(w, string(text))
	return err
}

func (h Host) undo() *cobra.Command {
	var f flags
	c := &cobra.Command{
		Use:   "undo LOAD --by WHO",
		Short: "Forget all claims that a load brought",
		Long: `Forget all claims that a load brought, except claims that another load brought too, unless that one
is undone. Each gets a correction with the value nothing: it is kept, and in no answer. Loaded again,
it stays forgotten, and the load says so. --take-back removes these corrections; every answer is as
before. An interrupted undo continues when it is started again.

Actors, places, documents and releases that the load brought stay: other records may name them, and
no event follows from them alone. So do identity decisions, which are taken back one by one.

--purge also erases the claims. The corrections stay, as a record of who erased them, when and why,
and keep them out if they are loaded again. "casus loads" lists the loads.`,
		Example: `  casus loads
  casus undo load:20251220T180000-3f9a1c --dry-run
  casus undo load:20251220T180000-3f9a1c --by "Ada, desk" --why "the wrong file"
  casus undo load:20251220T180000-3f9a1c --take-back`,
		Args: cobra.ExactArgs(1),
	}
	f.add(c)
	open := h.Store(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		return h.act(c, open, f, args[0], func(ctx context.Context, s store.Store, o forget.Order) (forget.Result, error) {
			l, err := findLoad(ctx, s, args[0])
			if err != nil {
				return forget.Result{}, err
			}
			if f.takeBack {
				return forget.RestoreLoad(ctx, s, l, o)
			}
			return forget.Load(ctx, s, l, o)
		})
	}
	return c
}

// findLoad returns a load, or a NOT_FOUND error that names the nearest one.
func findLoad(ctx context.Context, s store.Store, id string) (ledger.Load, error) {
	l, found, err := ledger.Find(ctx, s, id)
	if err != nil || found {
		return l, err
	}
	all, err := ledger.All(ctx, s)
	if err != nil {
		return l, err
	}
	ids := make([]string, len(all))
	for i := range all {
		ids[i] = all[i].ID
	}
	message := "there is no load " + id
	if nearest := text.Nearest(id, ids); nearest != "" {
		message += "; the nearest is " + nearest
	}
	return l, kg.Errorf(kg.NotFound, "%s; casus loads lists all", message)
}

func (h Host) forget() *cobra.Command {
	var f flags
	c := &cobra.Command{
		Use:   "forget DOCUMENT|RELEASE|ID --by WHO",
		Short: "Forget the claims of a document, of a release, about an event or an affiliation, or one claim",
		Long: `Forget all claims in a document, of a release, about an event or an affiliation, or one claim. Each
gets a correction with the value nothing: it is kept, and in no answer. Loaded again, it stays
forgotten, and the load says so. --take-back removes these corrections; every answer is as before.

The document or release itself stays, and so do actors and places. --purge also erases the claims and
leaves an entry that "casus loads" shows.`,
		Example: `  casus forget document:daily-1 --dry-run
  casus forget document:daily-1 --by "Ada, desk" --why "a forgery"
  casus forget document:daily-1 --take-back
  casus forget release:ucdp-25.1 --by "Ada, desk" --purge`,
		Args: cobra.ExactArgs(1),
	}
	f.add(c)
	open := h.Store(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		id := kg.ID(args[0])
		if err := checkTarget(id); err != nil {
			return h.Usage("%v", err)
		}
		return h.act(c, open, f, args[0], func(ctx context.Context, s store.Store, o forget.Order) (forget.Result, error) {
			if f.takeBack {
				return forget.RestoreTarget(ctx, s, o)
			}
			if err := requireStored(ctx, s, id); err != nil {
				return forget.Result{}, err
			}
			return forget.Target(ctx, s, o)
		})
	}
	return c
}
