package draft

import (
	"cmp"
	"slices"
)

// assignRoles assigns roles to columns by their names, the best fit of all first, if the values are acceptable.
func (d *drafter) assignRoles() {
	type candidate struct{ fit, pattern, name, column int }
	var all []candidate
	for i, p := range rolePatterns {
		for k, c := range d.columns {
			best := candidate{}
			for j, name := range p.names {
				if f := p.fit(c.words, name); f > best.fit {
					best = candidate{f, i, j, k}
				}
			}
			if best.fit > noFit {
				all = append(all, best)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.fit, a.fit), cmp.Compare(a.pattern, b.pattern), cmp.Compare(a.name, b.name),
			cmp.Compare(a.column, b.column))
	})
	for _, f := range all {
		p, c := rolePatterns[f.pattern], d.columns[f.column]
		if c.list && !listRoles[p.role] {
			continue
		}
		if d.roles[p.role] == nil && !d.used[c] && p.accepts(c) && !d.isLess(p.role, f.fit) {
			d.assign(p.role, c)
		}
	}
	for _, f := range all {
		p, c := rolePatterns[f.pattern], d.columns[f.column]
		if emptyRoles[p.role] && f.fit >= wordFit && len(c.values) == 0 && d.roles[p.role] == nil && !d.used[c] {
			d.assign(p.role, c)
		}
	}
}

// emptyRoles are the roles that a column without values in the sample may have, if it has the name.
var emptyRoles = map[role]bool{
	colFirstSide: true, colSecondSide: true, colProvince: true, colDistrict: true, colPlace: true, colTitle: true,
	colSummary: true, colLastDay: true,
}

// listRoles are the roles that a list may have.
var listRoles = map[role]bool{colFirstSide: true, colSecondSide: true}

func (d *drafter) assign(r role, c *column) { d.roles[r], d.used[c] = c, true }

// isLess reports whether a column of a role, by its fit, is less sure than the columns with parts of dates.
func (d *drafter) isLess(r role, fit int) bool {
	switch r {
	case colDay, colLastDay:
		return fit <= endFit && d.parts[r].year != nil
	}
	return false
}
