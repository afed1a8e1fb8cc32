package loader

import (
	"context"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/record"
	"casus/loader/entry"
	"casus/loader/report"
	"casus/loader/resolve"
	"casus/loader/tally"
)

// rowCounter counts the loaded rows under what happened to them.
type rowCounter struct {
	store  Store
	report *report.Report
	tally  *tally.Index
	// earlierRuns are the times at which the load was started before, if it is resumed.
	earlierRuns map[edtf.Instant]bool
}

// skip adds a row that an earlier run has handled: later rows may repeat it.
func (c *rowCounter) skip(row *entry.Row) { c.tally.Add(row.IDs(), row.Content(), row.Place()) }

// count counts the rows of a chunk, in the order of the input, and returns the deferred ones. written are the ids that
// the store added or changed.
func (c *rowCounter) count(
	ctx context.Context, rows []*entry.Row, entries []*entry.Entry, written map[kg.ID]bool,
) (deferred []*entry.Row, err error) {
	applied := map[*entry.Row]bool{}
	for _, e := range entries {
		for _, id := range e.NewIDs {
			if !e.Dropped && written[id] {
				applied[e.FirstRow()] = true
			}
		}
	}
	interrupted, err := c.appliedByEarlierRuns(ctx, entries, applied)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		switch row.State {
		case entry.Deferred:
			deferred = append(deferred, row)
		case entry.Pending:
			repeats := c.hasOnlyDuplicates(row)
			match := c.tally.Add(row.IDs(), row.Content(), row.Place())
			if match.Relation == tally.New && repeats {
				match.Relation = tally.Same
			}
			c.report.CountRow(row, match, applied[row] || match.Relation == tally.New && interrupted[row])
		}
	}
	return deferred, nil
}

// appliedByEarlierRuns returns the rows, other than the applied ones, with a claim that an earlier run of a resumed
// load has stored: it was interrupted after that and before its checkpoint.
func (c *rowCounter) appliedByEarlierRuns(
	ctx context.Context, entries []*entry.Entry, applied map[*entry.Row]bool,
) (interrupted map[*entry.Row]bool, err error) {
	interrupted = map[*entry.Row]bool{}
	if len(c.earlierRuns) == 0 {
		return interrupted, nil
	}
	makers := map[kg.ID]*entry.Row{}
	var ids []kg.ID
	for _, e := range entry.Live(entries) {
		row := e.FirstRow()
		for i := range e.Batch.Claims {
			if id := e.Batch.Claims[i].ID; row.State == entry.Pending && !applied[row] && makers[id] == nil {
				makers[id] = row
				ids = append(ids, id)
			}
		}
	}
	return interrupted, resolve.Nodes(ctx, c.store, ids, func(n kg.Node) {
		if claim, ok := n.(kg.Claim); ok && c.earlierRuns[claim.RecordedAt] {
			interrupted[makers[claim.ID]] = true
		}
	})
}

// hasOnlyDuplicates reports whether a row makes claims, and all of them are claims of earlier rows of the load.
func (c *rowCounter) hasOnlyDuplicates(row *entry.Row) bool {
	claims := 0
	for _, e := range row.Entries {
		claims += len(e.Drafts)
		isNew := func(d record.Draft) bool { return d.ID() == "" || !c.tally.Has(d.ID()) }
		if len(e.Batch.Claims) > 0 && slices.ContainsFunc(e.Drafts, isNew) {
			return false
		}
	}
	return claims > 0
}
