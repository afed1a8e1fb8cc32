package extraction

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"casus/internal/kg"
	"casus/internal/outfile"
	"casus/internal/review"
	"casus/internal/review/intake"
)

// finish shows what the decisions change. Unless onlyShow is set it then loads or writes what was accepted, if the
// person says so.
func (r *reviewRun) finish(ctx context.Context, f *reviewFile, onlyShow bool) (err error) {
	target, err := r.open(ctx, r.message)
	if err != nil {
		return err
	}
	if target.Store == nil {
		return r.write(ctx, f, onlyShow)
	}
	defer func() { err = errors.Join(err, target.Close(ctx)) }()
	desk := intake.New(target.Store)
	q := intake.Submission{
		Records: f.records, Review: &f.review, By: r.signature.By, At: r.signature.At, Note: r.signature.Note,
		KeepText: r.keepText, Replace: r.replace,
	}
	preview, err := desk.Preview(ctx, q)
	if err != nil {
		return err
	}
	if onlyShow {
		return r.show(preview)
	}
	if !r.asJSON || !r.yes {
		if err := r.show(preview); err != nil {
			return err
		}
	}
	if preview.Counts.Records == 0 {
		return nil
	}
	if ok, err := r.confirm("load this?"); err != nil || !ok {
		return err
	}
	q.By, q.Revision = r.signature.By, preview.Revision
	loaded, err := desk.Load(ctx, q)
	if err != nil {
		return err
	}
	if r.asJSON {
		return r.show(loaded)
	}
	printLine(r.out, "loaded: %s, %s; reviewed by %s", plural(loaded.Counts.Records, "record"),
		plural(loaded.Counts.Claims, "claim"), r.signature.By)
	return nil
}

// write writes the accepted records for `casus load`.
func (r *reviewRun) write(ctx context.Context, f *reviewFile, onlyShow bool) error {
	path := f.beside(reviewedFile)
	o, err := f.decide(r.signature)
	if err != nil {
		return err
	}
	if err := r.showOutcome(o); err != nil || onlyShow || len(o.Records) == 0 {
		return err
	}
	if ok, err := r.confirm("write " + path + "?"); err != nil || !ok {
		return err
	}
	if o, err = f.decide(r.signature); err != nil {
		return err
	}
	content, err := o.JSONL()
	if err != nil {
		return err
	}
	if err := (outfile.Guard{Force: r.force, Protected: r.protected}).Write(ctx, path, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	}); err != nil {
		return r.OutputError(err)
	}
	done := r.out
	if r.asJSON {
		done = r.message
	}
	printLine(done, "%s: %s, %s; load them: casus load %s", path, plural(len(o.Records), "record"),
		plural(o.Counts.Claims, "claim"), path)
	return nil
}

// confirm asks whether to finish, and who decides if that is unknown.
func (r *reviewRun) confirm(question string) (bool, error) {
	if r.signature.By == "" && r.yes {
		return false, r.Usage("specify who decides: --by WHO")
	}
	if r.yes {
		return true, nil
	}
	answer, err := r.in.line(r.message, question+" (yes/no) ")
	if err != nil && !errors.Is(err, io.EOF) {
		return false, err
	}
	if answer = strings.ToLower(answer); answer != "y" && answer != "yes" {
		printLine(r.out, "nothing was loaded; the decisions are saved")
		return false, nil
	}
	for r.signature.By == "" {
		if r.signature.By, err = r.in.line(r.message, "who decides? "); err != nil {
			return false, kg.Errorf(kg.BadInput, "specify who decides: --by WHO")
		}
	}
	return true, nil
}

// show prints what a submission changes, or has changed.
func (r *reviewRun) show(result intake.Result) error {
	if r.asJSON {
		return r.printJSON(result)
	}
	r.printOutcome(result.Counts, result.Fallen, result.Faults)
	for _, reject := range result.Rejects {
		printLine(r.message, "rejected: record %d%s: %s", reject.Record, reject.Pointer, clean(reject.Reason))
	}
	for _, e := range result.Effects.Events {
		printLine(r.out, "%s  %s", e.Event.Event, clean(e.Title))
		if e.ClaimsAdded > 0 {
			printLine(r.out, "  claims: %d -> %d", e.ClaimsBefore, e.ClaimsBefore+e.ClaimsAdded)
		}
		for _, line := range e.Lines() {
			printLine(r.out, "  %s", clean(line))
		}
	}
	for _, u := range result.Effects.Undecided {
		printLine(r.out, "undecided: %s, %s: %q or %q", u.ID, u.Field, u.Kept, u.Dropped)
	}
	return nil
}

func (r *reviewRun) showOutcome(o review.Outcome) error {
	if r.asJSON {
		return r.printJSON(struct {
			Counts review.Counts   `json:"counts"`
			Faults []review.Fault  `json:"faults"`
			Fallen []review.Fallen `json:"fallen"`
		}{o.Counts, append([]review.Fault{}, o.Faults...), append([]review.Fallen{}, o.Fallen...)})
	}
	r.printOutcome(o.Counts, o.Fallen, o.Faults)
	return nil
}

func (r *reviewRun) printOutcome(c review.Counts, fallen []review.Fallen, faults []review.Fault) {
	printLine(r.out, "accepted %d (edited %d), rejected %d, undecided %d: %s, %s", c.Accepted, c.Edited, c.Rejected,
		c.Undecided, plural(c.Records, "record"), plural(c.Claims, "claim"))
	for _, f := range fallen {
		printLine(r.out, "falls: %s %s%s: %s", f.Type, clean(f.Label), spaced(f.Field), f.Reason)
	}
	for _, f := range faults {
		printLine(r.message, "cannot be done: record %d%s: %s", f.Record, spaced(f.Field), clean(f.Reason))
	}
}

// spaced returns a field after a space, or "".
func spaced(field string) string {
	if field == "" {
		return ""
	}
	return " " + field
}

func (r *reviewRun) printJSON(v any) error {
	e := json.NewEncoder(r.out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("print the result: %w", err)
	}
	return nil
}
