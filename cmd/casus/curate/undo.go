package curate

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"casus/internal/edtf"
	"casus/internal/effects"
	"casus/internal/forget"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/ledger"
	"casus/internal/text"
)

// undoFlags are the flags of undo and forget.
type undoFlags struct {
	Options
	by, why, at     string
	purge, takeBack bool
}

func (f *undoFlags) add(c *cobra.Command) {
	f.Options.Add(c)
	s := c.Flags()
	s.StringVar(&f.by, "by", "", "who decides")
	s.StringVar(&f.why, "why", "", "the reason")
	s.StringVar(&f.at, "at", "", "the time of the decision, RFC 3339 (default: now)")
	s.BoolVar(&f.purge, "purge", false, "erase the claims, and the text of a document, for good")
	s.BoolVar(&f.takeBack, "take-back", false, "take it back: every answer is as before")
}

// order returns the order that the flags give.
func (f undoFlags) order(p Program, show func(int)) (forget.Order, error) {
	o := forget.Order{
		By: f.by, Why: f.why, At: edtf.InstantOf(time.Now()), Purge: f.purge, DryRun: f.dryRun, Progress: show,
	}
	switch {
	case f.purge && f.takeBack:
		return o, p.Usage("--purge erases for good: it cannot be combined with --take-back")
	case f.by == "" && !f.dryRun && !f.takeBack:
		return o, p.Usage("specify who decides: --by WHO")
	}
	if o.DryRun && o.By == "" {
		o.By = "a dry run"
	}
	if f.at != "" {
		at, err := time.Parse(time.RFC3339, f.at)
		if err != nil {
			return o, p.Usage("--at: %v", err)
		}
		o.At = edtf.InstantOf(at)
	}
	return o, nil
}

// act runs undo or forget on the store, and prints the report.
func (f undoFlags) act(
	p Program, c *cobra.Command, open func(context.Context, io.Writer) (store.Store, error), target string,
	do func(context.Context, store.Store, forget.Order) (forget.Result, error),
) (err error) {
	show, end := p.Progress(c.ErrOrStderr())
	o, err := f.order(p, show)
	if err != nil {
		return err
	}
	o.Target = target
	s, err := open(c.Context(), c.ErrOrStderr())
	if err != nil {
		return err
	}
	defer closeStore(s, &err)
	found, err := do(c.Context(), s, o)
	end()
	if err != nil {
		return err
	}
	r := undoReport{
		Target: target, DryRun: f.dryRun, TakenBack: f.takeBack, Claims: found.Claims, Kept: found.Kept,
		Erased: found.Erased, Subjects: len(found.Subjects),
	}
	for _, e := range found.Effects.Events {
		r.Effects = append(r.Effects, effects.NewEvent(e))
	}
	for _, c := range found.Effects.Fields {
		r.Fields = append(r.Fields, effects.NewField(c))
	}
	if f.asJSON {
		return writeIndented(c.OutOrStdout(), r)
	}
	if _, err := fmt.Fprintln(c.OutOrStdout(), r.text()); err != nil || !f.dryRun {
		return err
	}
	if found.Claims > forget.MaxPreviewed {
		_, err = fmt.Fprintf(c.OutOrStdout(), "more than %d claims: how events change is not shown\n", forget.MaxPreviewed)
		return err
	}
	return effects.WriteText(c.OutOrStdout(), found.Effects)
}

// undoReport is the JSON report of undo and forget.
type undoReport struct {
	Target    string `json:"target"`
	DryRun    bool   `json:"dryRun,omitempty"`
	TakenBack bool   `json:"takenBack,omitempty"`
	Claims    int    `json:"claims"`
	Subjects  int    `json:"subjects"`
	Kept      int    `json:"kept,omitempty"`
	Erased    int    `json:"erased,omitempty"`
	// Effects and Fields are the changes of events and of nodes that a dry run predicts.
	Effects []effects.Event `json:"effects,omitempty"`
	Fields  []effects.Field `json:"fields,omitempty"`
}

// text returns the report in some lines.
func (r undoReport) text() string {
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
	if r.TakenBack && r.Erased > 0 {
		line += fmt.Sprintf("\nerased: %s of these; loading them again restores them", plural(r.Erased, "claim"))
	}
	if r.DryRun {
		line += "\ndry run: nothing was written"
	}
	return line
}

func plural(n int, nouns ...string) string {
	if n == 1 {
		return "1 " + nouns[0]
	}
	return fmt.Sprintf("%d %s", n, append(nouns, nouns[0]+"s")[1])
}

func writeIndented(w io.Writer, v any) error {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return kg.Errorf(kg.Internal, "encode the report: %w", err)
	}
	_, err = fmt.Fprintln(w, string(text))
	return err
}

func undoCommand(p Program) *cobra.Command {
	var f undoFlags
	c := &cobra.Command{
		Use:   "undo LOAD --by WHO",
		Short: "Forget all claims that a load brought",
		Long: `Forget all claims that a load brought, except claims that another load brought too, unless that one
is undone. Each gets a correction without a value: it stays stored, but is in no answer. Loaded
again, it stays forgotten, and the load reports it. --take-back removes these corrections; every
answer is as before. An interrupted undo continues when it is started again.

Actors, places, documents and releases that the load brought stay: other records may name them, and
no event follows from them alone. So do identity decisions, which are taken back one by one.

--purge also erases the contents of the claims. The ids and the corrections stay: they record who
erased the claims, when and why, and keep them from being loaded again, until --take-back. "casus
loads" lists the loads.`,
		Example: `  casus loads
  casus undo load:20251220T180000-3f9a1c --dry-run
  casus undo load:20251220T180000-3f9a1c --by "Ada, desk" --why "the wrong file"
  casus undo load:20251220T180000-3f9a1c --take-back`,
		Args: cobra.ExactArgs(1),
	}
	f.add(c)
	open := p.StoreFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		return f.act(p, c, open, args[0], func(ctx context.Context, s store.Store, o forget.Order) (forget.Result, error) {
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
	message := "there is no " + id
	if nearest := text.Nearest(id, ids); nearest != "" {
		message += "; the nearest is " + nearest
	}
	return l, kg.Errorf(kg.NotFound, "%s; casus loads lists all", message)
}

func forgetCommand(p Program) *cobra.Command {
	var f undoFlags
	c := &cobra.Command{
		Use:   "forget DOCUMENT|RELEASE|ID --by WHO",
		Short: "Forget claims of a document or release, about an event or affiliation, or one claim",
		Long: `Forget all claims in a document, of a release, about an event or an affiliation, or one claim. Each
gets a correction without a value: it stays stored, but is in no answer. Loaded again, it stays
forgotten, and the load reports it. --take-back removes these corrections; every answer is as before.
Rows of a release that another release states, too, stay, unless that one is forgotten.

The document or release itself stays, and so do actors and places. --purge also erases the contents of
the claims and the text of the document, and leaves an entry that "casus loads" shows. Loaded again,
what is erased is not stored, until --take-back.`,
		Example: `  casus forget document:daily-1 --dry-run
  casus forget document:daily-1 --by "Ada, desk" --why "a forgery"
  casus forget document:daily-1 --take-back
  casus forget release:ucdp-25.1 --by "Ada, desk" --purge`,
		Args: cobra.ExactArgs(1),
	}
	f.add(c)
	open := p.StoreFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		id := kg.ID(args[0])
		if err := checkTarget(id); err != nil {
			return p.Usage("%v", err)
		}
		return f.act(p, c, open, args[0], func(ctx context.Context, s store.Store, o forget.Order) (forget.Result, error) {
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
