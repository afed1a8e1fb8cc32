package aggregate

import (
	"reflect"
	"slices"

	"casus/internal/store"
)

// knows says whether a filter asks for nothing but what columns have.
func knows(f *store.EventFilter) bool {
	if f == nil {
		return true
	}
	rest := *f
	rest.Time, rest.Precision, rest.Categories, rest.Modes, rest.Modalities, rest.Statuses = nil, nil, nil, nil, nil, nil
	rest.Killed, rest.Voices, rest.HasParts, rest.Identity, rest.And, rest.Or, rest.Not = nil, nil, nil, nil, nil, nil, nil
	if named(f.Datasets) {
		rest.Datasets = nil
	}
	if f.Place != nil && named(f.Place.Countries) {
		place := *f.Place
		if place.Countries = nil; reflect.ValueOf(place).IsZero() {
			rest.Place = nil
		}
	}
	known := func(f store.EventFilter) bool { return knows(&f) }
	unknown := func(f store.EventFilter) bool { return !knows(&f) }
	return reflect.ValueOf(rest).IsZero() && !slices.ContainsFunc(f.And, unknown) && !slices.ContainsFunc(f.Or, unknown) && (f.Not == nil || known(*f.Not))
}

// named says whether values are asked for, and none of them is the absence of any.
func named(values []string) bool { return values != nil && !slices.Contains(values, "") }

// needs are the fields with any number of values that a filter which columns know asks for.
func needs(f *store.EventFilter) (fields []store.FacetField) {
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
			fields = append(fields, needs(&all[i])...)
		}
	}
	return append(fields, needs(f.Not)...)
}

// match says whether a row matches.
type match func(row uint32) bool

// matching are the conditions of a filter that columns know; all of them must hold. Where every row is asked, what many have in common
// is judged beforehand.
func (t *table) matching(f *store.EventFilter, every bool) []match {
	if f == nil {
		return nil
	}
	var all []match
	all = oneOf(all, &t.category, f.Categories)
	all = oneOf(all, &t.status, f.Statuses)
	all = oneOf(all, &t.modality, f.Modalities)
	all = oneOf(all, &t.precision, f.Precision)
	all = oneOf(all, &t.mode, f.Modes)
	if f.Datasets != nil {
		all = append(all, anyOf(t.lists[store.FacetDataset], f.Datasets))
	}
	if f.Place != nil {
		all = append(all, anyOf(t.lists[store.FacetCountry], f.Place.Countries))
	}
	if r := f.Time; r != nil {
		within := func(n uint32) bool { return t.hulls[n].within(*r) }
		if every {
			judged := make([]bool, len(t.hulls))
			for i := range judged {
				judged[i] = within(uint32(i))
			}
			within = func(n uint32) bool { return judged[n] }
		}
		all = append(all, func(row uint32) bool { return within(t.hull[row]) })
	}
	if r := f.Killed; r != nil {
		all = append(all, func(row uint32) bool {
			n := t.toll[row]
			return n >= 0 && t.tolls[n].best >= 0 && inside(r, int(t.tolls[n].best))
		})
	}
	if r := f.Voices; r != nil {
		all = append(all, func(row uint32) bool { return inside(r, int(t.voices[row])) })
	}
	if f.HasParts != nil {
		with := func(row uint32) bool { return t.parts[t.ids[row]] > 0 }
		if every {
			rows := t.withParts()
			with = func(row uint32) bool { return rows[row] }
		}
		all = append(all, func(row uint32) bool { return with(row) == *f.HasParts })
	}
	for i := range f.And {
		all = append(all, t.matching(&f.And[i], every)...)
	}
	if len(f.Or) > 0 {
		either := make([][]match, len(f.Or))
		for i := range f.Or {
			either[i] = t.matching(&f.Or[i], every)
		}
		all = append(all, func(row uint32) bool {
			return slices.ContainsFunc(either, func(one []match) bool { return meets(one, row) })
		})
	}
	if f.Not != nil {
		not := t.matching(f.Not, every)
		all = append(all, func(row uint32) bool { return !meets(not, row) })
	}
	return all
}

func meets(all []match, row uint32) bool {
	for _, m := range all {
		if !m(row) {
			return false
		}
	}
	return true
}

func oneOf[T ~string](all []match, c *texts, asked []T) []match {
	if asked == nil {
		return all
	}
	wanted := make([]bool, len(c.words))
	for _, w := range asked {
		if n, known := c.by[string(w)]; known {
			wanted[n] = true
		}
	}
	return append(all, func(row uint32) bool { return wanted[c.of[row]] })
}

// anyOf says that a row has one of the values.
func anyOf(l *lists, asked []string) match {
	wanted := make([]bool, len(l.words))
	for _, w := range asked {
		if n, known := l.by[w]; known {
			wanted[n] = true
		}
	}
	return func(row uint32) bool {
		return slices.ContainsFunc(l.values(row), func(v uint32) bool { return wanted[v] })
	}
}

// within is kg.TimeRange.Matches of a hull.
func (h hull) within(r store.TimeRange) bool {
	lo, hi := r.Bounds()
	if r.Definitely() {
		return lo <= h.earliest && h.latest <= hi
	}
	return lo < hi && h.earliest < hi && h.latest > lo
}

func inside(r *store.IntRange, n int) bool {
	return (r.Min == nil || n >= *r.Min) && (r.Max == nil || n <= *r.Max)
}
