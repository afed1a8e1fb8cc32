package report

import (
	"encoding/json"
	"io"
	"strings"

	"casus/internal/kg"
	"casus/internal/record"
	"casus/loader/entry"
)

// Rejects takes the rejects of a load: it counts, lists and writes them, and drops the entries that depend on them. It
// is not safe for concurrent use.
type Rejects struct {
	report  *Report
	out     io.Writer                 // or nil
	max     int                       // the number of rejects that the load tolerates; 0 means no limit
	columns func(place string) string // that a place in the mapping reads; nil without a mapping
	// ids are the ids that rejected records would have defined, with the place of the record.
	ids map[kg.ID]entry.Part
	// rows are the numbers of the first rows that were rejected after they had been read without a fault.
	rows []int
}

// Bounds of the lists of Rejects.
const (
	// maxRows bounds the numbers of rejected rows.
	maxRows = 1000
	// maxIDs bounds the ids of rejected records, which only make later rejects clearer.
	maxIDs = 100_000
)

// NewRejects returns the rejects of a load with a report. Each is written to out as a line of JSON, unless that is nil.
// If there are more than max, and that is not 0, the load fails with BAD_INPUT. columns returns the columns that a
// place in the mapping reads; it is nil without a mapping.
func NewRejects(r *Report, out io.Writer, max int, columns func(place string) string) *Rejects {
	return &Rejects{report: r, out: out, max: max, columns: columns, ids: map[kg.ID]entry.Part{}}
}

// Entry rejects an entry and every row that yields it.
func (r *Rejects) Entry(e *entry.Entry, reject record.Reject) error {
	e.Dropped = true
	r.addIDs(e)
	for _, f := range e.Fallen {
		reject = *record.JoinRejects(&reject, &f.Fault)
	}
	r.locate(e, &reject)
	for _, row := range e.Rows {
		if row.State == entry.Pending {
			if err := r.Row(row, reject); err != nil {
				return err
			}
		}
	}
	return nil
}

// locate completes the pointers and columns of the faults of an entry's record.
func (r *Rejects) locate(e *entry.Entry, reject *record.Reject) {
	reject.Locate(func(pointer, column *string) {
		*pointer = e.Pointer + *pointer
		if r.columns != nil && *column == "" {
			*column = r.columns(e.Place + *pointer)
		}
	})
}

// Claims rejects the claims that were left out of the records of loaded rows.
func (r *Rejects) Claims(rows []*entry.Row) error {
	for _, row := range rows {
		if row.State != entry.Pending {
			continue
		}
		for _, e := range row.Entries {
			for _, reject := range e.FallenRejects() {
				r.locate(e, &reject)
				reject.Claim = e.Pointer + reject.Claim
				reject.File, reject.Line, reject.Raw = row.File, row.Line, row.Text
				r.report.ClaimsRejected++
				r.report.FirstClaimRejects = appendUpTo(r.report.FirstClaimRejects, []record.Reject{shortened(reject)}, maxListed)
				if err := r.write(reject); err != nil {
					return err
				}
			}
			for _, f := range e.Fallen {
				if f.ID != "" && len(r.ids) < maxIDs {
					r.ids[f.ID] = row.Part
				}
			}
		}
	}
	return nil
}

// Row rejects a row, and drops the entries that no other row yields.
func (r *Rejects) Row(row *entry.Row, reject record.Reject) error {
	row.State = entry.Rejected
	if row.Fault == nil && len(r.rows) < maxRows {
		r.rows = append(r.rows, row.Number)
	}
	for _, e := range row.Entries {
		if e.HasNoRow() {
			e.Dropped = true
			r.addIDs(e)
		}
	}
	for _, part := range row.Parts() {
		reject.File, reject.Line, reject.Raw = part.File, part.Line, part.Text
		if err := r.Add(reject); err != nil {
			return err
		}
	}
	return nil
}

// addIDs adds the ids that the record of a rejected entry would have defined.
func (r *Rejects) addIDs(e *entry.Entry) {
	if len(r.ids) < maxIDs {
		for _, id := range e.DeclaredIDs(e.Text()) {
			r.ids[id] = e.FirstRow().Part
		}
	}
}

// Add counts and writes a reject. It fails if there are too many, or if it cannot be written.
func (r *Rejects) Add(reject record.Reject) error {
	r.report.Read++
	r.report.Rejected++
	if len(r.report.FirstRejects) < maxListed {
		r.report.FirstRejects = append(r.report.FirstRejects, shortened(reject))
	}
	return r.write(reject)
}

// write writes a reject. It fails if it cannot be written, or if there are too many.
func (r *Rejects) write(reject record.Reject) error {
	if r.out != nil {
		line, err := json.Marshal(reject)
		if err != nil {
			return kg.Errorf(kg.Internal, "write a reject: %w", err)
		}
		if _, err := r.out.Write(append(line, '\n')); err != nil {
			return kg.Errorf(kg.Unavailable, "cannot write the rejects: %w", err)
		}
	}
	if r.max > 0 && r.report.Rejected+r.report.ClaimsRejected > r.max {
		what := "records"
		if r.report.ClaimsRejected > 0 {
			what = "records and claims"
		}
		return kg.Errorf(kg.BadInput, "more than %d %s were rejected; the last: %s", r.max, what, reject)
	}
	return nil
}

// maxListedBytes is how much of a long text a listed reject has. The file of rejects has all of it.
const maxListedBytes = 16 << 10

// shortened returns a reject as it is listed.
func shortened(r record.Reject) record.Reject {
	for _, text := range []*string{&r.Raw, &r.Other, &r.Found} {
		*text = strings.Clone(kg.CutText(*text, maxListedBytes))
	}
	return r
}

// Count returns the number of rejected records and claims, with those of the runs before this one.
func (r *Rejects) Count() int { return r.report.Rejected + r.report.ClaimsRejected }

// Place returns the place of the rejected record that would have defined an id.
func (r *Rejects) Place(id kg.ID) (at entry.Part, found bool) {
	at, found = r.ids[id]
	return at, found
}

// Rows returns the numbers of the first rows that were rejected after they had been read without a fault.
func (r *Rejects) Rows() []int { return r.rows }

// ResumeRows sets the numbers that an interrupted run has recorded.
func (r *Rejects) ResumeRows(rows []int) { r.rows = rows }
