package intake

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"casus/internal/extract/proposal"
	"casus/internal/extract/wording"
	"casus/internal/kg"
	"casus/internal/record"
	"casus/internal/review"
)

// Preview returns what a submission would change. It writes nothing. What cannot be carried out or loaded is listed.
func (d *Desk) Preview(ctx context.Context, s Submission) (Result, error) {
	_, r, err := d.prepare(ctx, s)
	return r, err
}

// Load loads a submission in one transaction, if all its decisions can be carried out and no record is rejected, and
// returns what has changed. Only one is loaded at a time. It returns CONFLICT if the graph has changed since the
// revision that the submission names.
func (d *Desk) Load(ctx context.Context, s Submission) (r Result, err error) {
	if strings.TrimSpace(s.By) == "" {
		return r, kg.Errorf(kg.BadInput, "say who decides: by is empty")
	}
	d.loading.Lock()
	defer d.loading.Unlock()
	made, r, err := d.prepare(ctx, s)
	if err != nil {
		return r, err
	}
	if reasons := refusals(r); len(reasons) > 0 {
		return r, kg.Errorf(kg.BadInput, "nothing was loaded: %s", strings.Join(reasons, "; "))
	}
	if len(made.lines) == 0 {
		return r, kg.Errorf(kg.BadInput, "nothing was loaded: nothing is accepted")
	}
	if err := d.checkRevision(ctx, r.Revision); err != nil { // others may have written meanwhile
		return r, err
	}
	report, rejects, err := d.load(ctx, d.store, made.lines, s, nameOf(s))
	if err != nil {
		return r, err
	}
	r.Loaded, r.Report = true, report
	if r.Rejects, err = d.showRejects(ctx, rejects, made.outcome); err != nil {
		return r, err
	}
	r.Revision, err = d.store.Revision(ctx)
	return r, err
}

// prepare carries out the decisions and computes their effects.
func (d *Desk) prepare(ctx context.Context, s Submission) (made draft, r Result, err error) {
	if made, err = d.decide(s); err != nil {
		return made, r, err
	}
	if r.Revision, err = d.store.Revision(ctx); err != nil {
		return made, r, err
	}
	if s.Revision != 0 && s.Revision != r.Revision {
		return made, r, changed()
	}
	t, err := d.try(ctx, made.lines, s, nameOf(s))
	if err != nil {
		return made, r, err
	}
	r.Counts, r.Report = made.outcome.Counts, t.report
	r.Faults = append([]review.Fault{}, made.outcome.Faults...)
	r.Fallen = append([]review.Fallen{}, made.outcome.Fallen...)
	if r.Rejects, err = d.showRejects(ctx, t.rejects, made.outcome); err != nil {
		return made, r, err
	}
	missing, err := d.missingEvents(ctx, made.outcome, s)
	if err != nil {
		return made, r, err
	}
	r.Rejects = append(r.Rejects, missing...)
	r.Reviews = []kg.ID{}
	for _, v := range t.batch.Reviews {
		r.Reviews = append(r.Reviews, v.ID)
	}
	if r.Effects, err = d.show(ctx, t); err != nil {
		return made, r, err
	}
	r.Merged, err = d.merged(ctx, t.batch)
	return made, r, err
}

func changed() error {
	return kg.Errorf(kg.Conflict, "the graph has changed since the preview: preview the decisions again")
}

func (d *Desk) checkRevision(ctx context.Context, want int64) error {
	if now, err := d.store.Revision(ctx); err != nil || now != want {
		if err == nil {
			err = changed()
		}
		return err
	}
	return nil
}

// nameOf returns the name of a submission in the ledger of loads and in rejects.
func nameOf(s Submission) string {
	if s.Review == nil {
		return "decisions"
	}
	return string(s.Review.Document)
}

// missingEvents returns a reject for each event that is to gain claims and is not in the graph: its claims would make a
// new event with its id.
func (d *Desk) missingEvents(ctx context.Context, o review.Outcome, s Submission) (all []Reject, err error) {
	if s.Review == nil {
		return nil, nil
	}
	own := map[kg.ID]bool{}
	for _, item := range s.Review.Items {
		if item.Type == kg.KindEvent && (item.Known == nil || item.Known.ID != item.ID) {
			own[item.ID] = true
		}
		if item.Decision != nil && item.Decision.Own {
			own[review.OwnID(item)] = true
		}
	}
	var ids []kg.ID
	var lines []int
	for i, r := range o.Records {
		if e, ok := r.(*proposal.Event); ok && !own[e.ID] {
			ids, lines = append(ids, e.ID), append(lines, o.Lines[i])
		}
	}
	nodes, err := d.store.Nodes(ctx, kg.View{}, ids)
	for i, n := range nodes {
		if n == nil {
			all = append(all, Reject{lines[i], "/id", nodeUnknown(ids[i]), string(ids[i])})
		}
	}
	return all, err
}

// showRejects returns rejects with the lines of the proposal, and with codes for the ones that a reviewer can mend.
// A review that names a claim of a rejected record is rejected with it, which says nothing new.
func (d *Desk) showRejects(ctx context.Context, rejects []record.Reject, o review.Outcome) ([]Reject, error) {
	all := []Reject{}
	unknown, err := d.unknownNodes(ctx, rejects, o)
	if err != nil {
		return nil, err
	}
	for _, r := range rejects {
		if r.Line > len(o.Lines) && r.Line <= len(o.Lines)+len(o.Reviews) && len(all) > 0 {
			continue
		}
		shown := Reject{Pointer: r.Pointer, Cause: causeOf(r, unknown), Found: kg.CutText(r.Found, 1000)}
		if r.Line > 0 && r.Line <= len(o.Lines) {
			shown.Record = o.Lines[r.Line-1]
		}
		all = append(all, shown)
	}
	return all, nil
}

// unknownNodes returns why the nodes that rejects name do not exist: the graph does not have them, or their own record
// is rejected. The others have no cause.
func (d *Desk) unknownNodes(
	ctx context.Context, rejects []record.Reject, o review.Outcome,
) (map[kg.ID]review.Cause, error) {
	causes := map[kg.ID]review.Cause{}
	var ids []kg.ID
	for _, r := range rejects {
		id := kg.ID(r.Found)
		switch {
		case id.Kind() == "" || r.Pointer == "":
		case slices.ContainsFunc(o.Records, func(made proposal.Record) bool { return made.Ref() == id }):
			causes[id] = review.NewCause(review.NodeRejected, wording.Values{"node": string(id)})
		default:
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return causes, nil
	}
	nodes, err := d.store.Nodes(ctx, kg.View{}, ids)
	for i, n := range nodes {
		if n == nil {
			causes[ids[i]] = nodeUnknown(ids[i])
		}
	}
	return causes, err
}

// causeOf returns why the loader rejected a record: it contradicts the store, or names a node that is unknown; anything
// else in the loader's words.
func causeOf(r record.Reject, unknown map[kg.ID]review.Cause) review.Cause {
	if r.Code == kg.Conflict || len(r.Differs) > 0 {
		return review.NewCause(review.StoredDiffers, nil)
	}
	if cause, found := unknown[kg.ID(r.Found)]; found && r.Pointer != "" {
		return cause
	}
	return review.NewCause(review.Refused, wording.Values{"fault": r.Reason})
}

func nodeUnknown(id kg.ID) review.Cause {
	return review.NewCause(review.NodeUnknown, wording.Values{"node": string(id)})
}

// maxReasons is the number of reasons that a message lists.
const maxReasons = 5

// refusals returns the reasons why a submission is not loaded.
func refusals(r Result) (reasons []string) {
	for _, f := range r.Faults {
		reasons = append(reasons, fmt.Sprintf("record %d%s: %s", f.Record, f.Field, f.Reason))
	}
	for _, f := range r.Rejects {
		reasons = append(reasons, fmt.Sprintf("record %d%s: %s", f.Record, f.Pointer, f.Reason))
	}
	if more := len(reasons) - maxReasons; more > 0 {
		reasons = append(reasons[:maxReasons], fmt.Sprintf("and %d more", more))
	}
	return reasons
}
