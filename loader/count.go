package loader

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"casus/internal/kg"
	"casus/loader/tally"
)

// count counts each loaded row under what happened to it, in the order of the input, and spools the deferred ones.
func (l *chunkLoad) count(ctx context.Context) error {
	applied := map[*inputRow]bool{}
	for _, rec := range l.records {
		for _, id := range rec.newIDs {
			if !rec.dropped && l.written[id] {
				applied[rec.firstRow()] = true
			}
		}
	}
	interrupted, err := l.appliedByEarlierRuns(ctx, applied)
	if err != nil {
		return err
	}
	for _, row := range l.rows {
		switch row.state {
		case deferred:
			if err := l.deferred.add(row); err != nil {
				return err
			}
		case pending:
			repeats := l.hasOnlyDuplicates(row)
			match := l.tally.Add(row.ids(), row.content(), row.place())
			if match.Relation == tally.New && repeats {
				match.Relation = tally.Same
			}
			l.report.countRow(row, match, applied[row] || match.Relation == tally.New && interrupted[row])
			l.report.addNotCarried(row.notCarried)
			l.report.warn(row)
		}
	}
	return nil
}

// appliedByEarlierRuns returns the rows, other than the applied ones, with a claim that an earlier run of a resumed
// load has stored: it was interrupted after that and before its checkpoint.
func (l *chunkLoad) appliedByEarlierRuns(
	ctx context.Context, applied map[*inputRow]bool,
) (interrupted map[*inputRow]bool, err error) {
	interrupted = map[*inputRow]bool{}
	if len(l.earlierRuns) == 0 {
		return interrupted, nil
	}
	makers := map[kg.ID]*inputRow{}
	var ids []kg.ID
	for _, rec := range l.liveRecords() {
		row := rec.firstRow()
		for i := range rec.batch.Claims {
			if id := rec.batch.Claims[i].ID; row.state == pending && !applied[row] && makers[id] == nil {
				makers[id] = row
				ids = append(ids, id)
			}
		}
	}
	return interrupted, l.readNodes(ctx, ids, func(n kg.Node) {
		if c, ok := n.(kg.Claim); ok && l.earlierRuns[c.RecordedAt] {
			interrupted[makers[c.ID]] = true
		}
	})
}

// hasOnlyDuplicates reports whether a row makes claims, and all of them are claims of earlier rows of the load.
func (l *chunkLoad) hasOnlyDuplicates(row *inputRow) bool {
	claims := 0
	for _, rec := range row.records {
		claims += len(rec.drafts)
		isNew := func(d claimDraft) bool { return d.record.ID == "" || !l.tally.Has(d.record.ID) }
		if len(rec.batch.Claims) > 0 && slices.ContainsFunc(rec.drafts, isNew) {
			return false
		}
	}
	return claims > 0
}

// countRow counts a row, and lists it as an example if it states nothing new.
func (r *Report) countRow(row *inputRow, m tally.Match, applied bool) {
	n := row.partCount()
	r.Read += n
	example := RowExample{Place: row.place(), ID: m.ID}
	if m.Row.Line > 0 {
		example.Other = &m.Row
	}
	isEvent := m.ID.Kind() == kg.KindEvent
	switch {
	case !applied && (m.Relation == tally.Same || m.Relation == tally.Known && !isEvent || len(row.records) == 0):
		r.Repeated += n
		r.RepeatedRows = appendUpTo(r.RepeatedRows, []RowExample{example}, maxListed)
	case isEvent:
		r.Merged += n
		r.MergedRows = appendUpTo(r.MergedRows, []RowExample{example}, maxListed)
	case applied:
		r.Applied += n
	default:
		r.Unchanged += n
	}
}

// RowExample is a row that states nothing new, or whose event an earlier row of the load has created.
type RowExample struct {
	tally.Place
	// ID is what both rows are about, and Other the earlier row, if they are known.
	ID    kg.ID        `json:"id,omitempty"`
	Other *tally.Place `json:"other,omitempty"`
}

// ids returns the ids of the events that a row makes. A row without any has those of its claims or else of its nodes.
func (row *inputRow) ids() []kg.ID {
	var events, others []kg.ID
	for _, rec := range row.records {
		switch rec.typ {
		case "event":
			events = append(events, rec.id)
		case "claim":
			for _, d := range rec.drafts {
				others = append(others, cmp.Or(d.record.ID, "claim:"+kg.ID(row.content())))
			}
		default:
			others = append(others, rec.id)
		}
	}
	if len(events) > 0 {
		return events
	}
	return others
}

// content returns the statements of a row and of the parts that were joined to it, the same for every spelling of an
// object.
func (row *inputRow) content() string {
	if len(row.earlier) == 0 && !strings.HasPrefix(row.text, "{") {
		return row.text
	}
	var all []byte
	for _, part := range append(slices.Clone(row.earlier), row.rawText) {
		var object map[string]any
		if json.Unmarshal([]byte(part.text), &object) == nil {
			all = appendValue(all, object)
		} else {
			all = append(append(all, part.text...), 0)
		}
	}
	return string(all)
}

func (row *inputRow) place() tally.Place { return tally.Place{File: row.file, Line: row.line} }
