package report

import (
	"fmt"

	"casus/internal/kg"
	"casus/loader/entry"
	"casus/loader/input"
	"casus/loader/tally"
)

// CountRow counts a loaded row, its warnings and what no record carries. It lists a row that states nothing new.
func (r *Report) CountRow(row *entry.Row, m tally.Match, applied bool) {
	r.countOutcome(row, m, applied)
	r.addNotCarried(row.NotCarried)
	for _, text := range row.Warnings {
		r.Warnings = input.AddWarning(r.Warnings, input.Warning{Reason: text, Count: 1, File: row.File, Line: row.Line})
	}
}

func (r *Report) countOutcome(row *entry.Row, m tally.Match, applied bool) {
	n := len(row.Earlier) + 1
	r.Read += n
	example := RowExample{Place: row.Place(), ID: m.ID}
	if m.Row.Line > 0 {
		example.Other = &m.Row
	}
	isEvent := m.ID.Kind() == kg.KindEvent
	switch {
	case !applied && (m.Relation == tally.Same || m.Relation == tally.Known && !isEvent || len(row.Entries) == 0):
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

// Text returns the row's place and its relation to the other row, in which %s is that row's place; or alone, if the
// other row is not known.
func (e RowExample) Text(toOther, alone string) string {
	if e.Other == nil {
		return fmt.Sprintf("%s:%d %s", e.File, e.Line, alone)
	}
	other := fmt.Sprintf("%s:%d", e.Other.File, e.Other.Line)
	return fmt.Sprintf("%s:%d %s", e.File, e.Line, fmt.Sprintf(toOther, other))
}
