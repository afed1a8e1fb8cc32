package schedule

import (
	"slices"

	"casus/internal/kg"
	"casus/internal/record"
	"casus/loader/entry"
)

// dropConflicts leaves claims that are stored with a different content out of their entries, and returns those whose
// entries would have no claim left. The store has stored the other claims.
func (w *writer) dropConflicts(
	conflicts []kg.ClaimConflict, makers map[kg.ID]*entry.Entry,
) (rest []kg.ClaimConflict, err error) {
	faults := map[*entry.Entry]map[kg.ID]*record.Reject{}
	for _, c := range conflicts {
		e := makers[c.Given.ID]
		r, err := storedConflict(e, c)
		if err != nil {
			return nil, err
		}
		if faults[e] == nil {
			faults[e] = map[kg.ID]*record.Reject{}
		}
		faults[e][c.Given.ID] = &r
	}
	dropped := map[*entry.Entry]bool{}
	for e := range faults {
		dropped[e] = e.DropClaimsByID(faults[e])
	}
	rest = slices.DeleteFunc(slices.Clone(conflicts), func(c kg.ClaimConflict) bool { return dropped[makers[c.Given.ID]] })
	for _, c := range conflicts {
		e := makers[c.Given.ID]
		if !dropped[e] {
			continue
		}
		if err := w.rejectDuplicates(e, c.Given.ID, *faults[e][c.Given.ID]); err != nil {
			return nil, err
		}
	}
	return rest, nil
}
