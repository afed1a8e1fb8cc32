package aggregate

import (
	"reflect"
	"slices"

	"casus/internal/store"
)

// supportsFilter reports whether the index has columns for all conditions of a filter.
func supportsFilter(f *store.EventFilter) bool {
	if f == nil {
		return true
	}
	rest := *f
	rest.Time, rest.Precision, rest.Categories, rest.Modes, rest.Modalities, rest.Statuses = nil, nil, nil, nil, nil, nil
	rest.Killed, rest.Voices, rest.HasParts, rest.Identity, rest.And, rest.Or, rest.Not = nil, nil, nil, nil, nil, nil, nil
	if namesValues(f.Datasets) {
		rest.Datasets = nil
	}
	if f.Place != nil && namesValues(f.Place.Countries) {
		place := *f.Place
		if place.Countries = nil; reflect.ValueOf(place).IsZero() {
			rest.Place = nil
		}
	}
	known := func(f store.EventFilter) bool { return supportsFilter(&f) }
	unknown := func(f store.EventFilter) bool { return !supportsFilter(&f) }
	return reflect.ValueOf(rest).IsZero() && !slices.ContainsFunc(f.And, unknown) &&
		!slices.ContainsFunc(f.Or, unknown) && (f.Not == nil || known(*f.Not))
}

// namesValues reports whether a condition is set and does not select events without a value.
func namesValues(values []string) bool { return values != nil && !slices.Contains(values, "") }

// requiredFields returns the list columns that a supported filter needs.
func requiredFields(f *store.EventFilter) (fields []store.FacetField) {
	if f == nil {
		return nil
	}
	if f.Datasets != nil {
		fields = append(fields, store.FacetDataset)
	}
	if f.Place != nil {
		fields = append(fields, store.FacetCountry)
	}
	for _, all := range [][]store.EventFilter{f.And, f.Or} {
		for i := range all {
			fields = append(fields, requiredFields(&all[i])...)
		}
	}
	return append(fields, requiredFields(f.Not)...)
}

// condition reports whether a row matches.
type condition func(row uint32) bool

// conditions returns the conditions of a supported filter, all of which must hold. If every is set, all rows will be
// tested, and results that rows share are computed in advance.
func (t *table) conditions(f *store.EventFilter, every bool) []condition {
	if f == nil {
		return nil
	}
	var all []condition
	all = appendOneOf(all, &t.category, f.Categories)
	all = appendOneOf(all, &t.status, f.Statuses)
	all = appendOneOf(all, &t.modality, f.Modalities)
	all = appendOneOf(all, &t.precision, f.Precision)
	all = appendOneOf(all, &t.mode, f.Modes)
	if f.Datasets != nil {
		all = append(all, hasAnyOf(t.lists[store.FacetDataset], f.Datasets))
	}
	if f.Place != nil {
		all = append(all, hasAnyOf(t.lists[store.FacetCountry], f.Place.Countries))
	}
	if r := f.Time; r != nil {
		within := func(n uint32) bool { return t.hulls[n].within(*r) }
		if every {
			results := make([]bool, len(t.hulls))
			for i := range results {
				results[i] = within(uint32(i))
			}
			within = func(n uint32) bool { return results[n] }
		}
		all = append(all, func(row uint32) bool { return within(t.hull[row]) })
	}
	if r := f.Killed; r != nil {
		all = append(all, func(row uint32) bool {
			n := t.toll[row]
			return n >= 0 && t.tolls[n].best >= 0 && inRange(r, int(t.tolls[n].best))
		})
	}
	if r := f.Voices; r != nil {
		all = append(all, func(row uint32) bool { return inRange(r, int(t.voices[row])) })
	}
	if f.HasParts != nil {
		with := func(row uint32) bool { return t.parts[t.ids[row]] > 0 }
		if every {
			rows := t.rowsWithParts()
			with = func(row uint32) bool { return rows[row] }
		}
		all = append(all, func(row uint32) bool { return with(row) == *f.HasParts })
	}
	for i := range f.And {
		all = append(all, t.conditions(&f.And[i], every)...)
	}
	if len(f.Or) > 0 {
		either := make([][]condition, len(f.Or))
		for i := range f.Or {
			either[i] = t.conditions(&f.Or[i], every)
		}
		all = append(all, func(row uint32) bool {
			return slices.ContainsFunc(either, func(branch []condition) bool { return matchesAll(branch, row) })
		})
	}
	if f.Not != nil {
		not := t.conditions(f.Not, every)
		all = append(all, func(row uint32) bool { return !matchesAll(not, row) })
	}
	return all
}

func matchesAll(all []condition, row uint32) bool {
	for _, m := range all {
		if !m(row) {
			return false
		}
	}
	return true
}

func appendOneOf[T ~string](all []condition, c *dictColumn, words []T) []condition {
	if words == nil {
		return all
	}
	wanted := make([]bool, len(c.words))
	for _, w := range words {
		if n, known := c.codeOf[string(w)]; known {
			wanted[n] = true
		}
	}
	return append(all, func(row uint32) bool { return wanted[c.codes[row]] })
}

// hasAnyOf returns the condition that a row has one of the words.
func hasAnyOf(l *listColumn, words []string) condition {
	wanted := make([]bool, len(l.words))
	for _, w := range words {
		if n, known := l.codeOf[w]; known {
			wanted[n] = true
		}
	}
	return func(row uint32) bool {
		return slices.ContainsFunc(l.values(row), func(v uint32) bool { return wanted[v] })
	}
}

// within reports whether TimeRange.Matches holds for a time with this hull.
func (h hull) within(r store.TimeRange) bool {
	lo, hi := r.Bounds()
	if r.Definitely() {
		return lo <= h.earliest && h.latest <= hi
	}
	return lo < hi && h.earliest < hi && h.latest > lo
}

func inRange(r *store.IntRange, n int) bool {
	return (r.Min == nil || n >= *r.Min) && (r.Max == nil || n <= *r.Max)
}
