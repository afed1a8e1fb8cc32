package aggregate

import (
	"reflect"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// supportsFilter reports whether the index has columns for all conditions of a filter.
func supportsFilter(f *store.EventFilter) bool { return supports(f, false) }

// supports reports the same of a filter with ids of nodes or without.
func supports(f *store.EventFilter, nodes bool) bool {
	if f == nil {
		return true
	}
	rest := *f
	if nodes {
		rest = withoutNodes(rest)
	}
	rest.Time, rest.Precision, rest.Categories, rest.Modes, rest.Modalities, rest.Statuses = nil, nil, nil, nil, nil, nil
	rest.Killed, rest.Voices, rest.Sources, rest.HasParts = nil, nil, nil, nil
	rest.Disagreements, rest.Coding = nil, nil
	rest.Identity, rest.And, rest.Or, rest.Not = nil, nil, nil, nil
	if namesValues(f.Datasets) {
		rest.Datasets = nil
	}
	if rest.Place != nil && namesValues(rest.Place.Countries) {
		place := *rest.Place
		if place.Countries = nil; reflect.ValueOf(place).IsZero() {
			rest.Place = nil
		}
	}
	unknown := func(f store.EventFilter) bool { return !supports(&f, nodes) }
	return reflect.ValueOf(rest).IsZero() && !slices.ContainsFunc(f.And, unknown) &&
		!slices.ContainsFunc(f.Or, unknown) && supports(f.Not, nodes)
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
	switch {
	case isPosition(f.Place):
		fields = append(fields, store.FieldOnMap)
	case isWithin(f.Place):
		fields = append(fields, store.FacetLocation)
	case f.Place != nil:
		fields = append(fields, store.FacetCountry)
	}
	for _, c := range nodeColumns(f) {
		fields = append(fields, c.field)
	}
	for _, all := range [][]store.EventFilter{f.And, f.Or} {
		for i := range all {
			fields = append(fields, requiredFields(&all[i])...)
		}
	}
	return append(fields, requiredFields(f.Not)...)
}

// conditions returns the conditions of a supported filter on versions, all of which must hold. If every is set, all
// rows will be tested, and results that rows share are computed in advance.
func (t *table) conditions(v scope, f *store.EventFilter, every bool) []condition {
	if f == nil {
		return nil
	}
	var all []condition
	all = appendOneOf(all, t, v, category, f.Categories, every)
	all = appendOneOf(all, t, v, status, f.Statuses, every)
	all = appendOneOf(all, t, v, modality, f.Modalities, every)
	all = appendOneOf(all, t, v, precision, f.Precision, every)
	all = appendOneOf(all, t, v, mode, f.Modes, every)
	all = appendOneOf(all, t, v, codings, traitsOf(kg.Codings.SetsWith(f.Coding)), every)
	all = appendOneOf(all, t, v, disagreements, traitsOf(kg.Aspects.SetsWith(f.Disagreements)), every)
	if f.Datasets != nil {
		all = append(all, hasAnyOf(t.lists[store.FacetDataset], v, f.Datasets))
	}
	if f.Place != nil && !isPosition(f.Place) && !isWithin(f.Place) {
		all = append(all, hasAnyOf(t.lists[store.FacetCountry], v, f.Place.Countries))
	}
	all = t.appendNodes(all, v, f)
	if r := f.Time; r != nil {
		within := func(n uint32) bool { return t.hulls[n].within(*r) }
		if every {
			results := make([]bool, len(t.hulls))
			for i := range results {
				results[i] = within(uint32(i))
			}
			within = func(n uint32) bool { return results[n] }
		}
		all = append(all, func(row, _ uint32) bool { return within(v.hull[row]) })
	}
	if r := f.Killed; r != nil {
		all = append(all, func(row, _ uint32) bool {
			n := v.toll[row]
			return n >= 0 && t.killed[n] >= 0 && inRange(r, int(t.killed[n]))
		})
	}
	ranges := f.Sources.Ranges()
	for i, r := range append(ranges[:], f.Voices) {
		if r != nil {
			numbers := v.sources[[...]int{0, 1, 2, 3, 2}[i]]
			all = append(all, func(row, _ uint32) bool { return inRange(r, int(numbers[row])) })
		}
	}
	if f.HasParts != nil {
		with := func(event uint32) bool { return t.parts[t.ids[event]] > 0 }
		if every {
			events := t.withParts(v.moment)
			with = func(event uint32) bool { return events[event] }
		}
		all = append(all, func(_, event uint32) bool { return with(event) == *f.HasParts })
	}
	for i := range f.And {
		all = append(all, t.conditions(v, &f.And[i], every)...)
	}
	if len(f.Or) > 0 {
		either := make([][]condition, len(f.Or))
		for i := range f.Or {
			either[i] = t.conditions(v, &f.Or[i], every)
		}
		all = append(all, func(row, event uint32) bool {
			return slices.ContainsFunc(either, func(branch []condition) bool { return matchesAll(branch, row, event) })
		})
	}
	if f.Not != nil {
		not := t.conditions(v, f.Not, every)
		all = append(all, func(row, event uint32) bool { return !matchesAll(not, row, event) })
	}
	return all
}

// selectMatching returns the versions of a view that match a filter.
func (t *table) selectMatching(moment *edtf.Instant, f *store.EventFilter) (selected []selection) {
	for _, v := range t.scopes(moment) {
		selected = append(selected, v.collect(v.inView(t.conditions(v, f, true))))
	}
	return selected
}

// appendOneOf appends the condition that a version has one of the values, if there are any.
func appendOneOf[T ~string](all []condition, t *table, v scope, a attribute, values []T, every bool) []condition {
	if values == nil {
		return all
	}
	wanted := func(n uint32) bool { return slices.Contains(values, T(t.traits[n][a])) }
	if every {
		results := make([]bool, len(t.traits))
		for i := range results {
			results[i] = wanted(uint32(i))
		}
		wanted = func(n uint32) bool { return results[n] }
	}
	return append(all, func(row, _ uint32) bool { return wanted(v.traits[row]) })
}

// hasAnyOf returns the condition that an event has one of the words.
func hasAnyOf(l *listColumn, v scope, words []string) condition {
	wanted, values := make([]bool, len(l.words)), l.at(v.moment)
	for _, w := range words {
		if n, known := l.codeOf[w]; known {
			wanted[n] = true
		}
	}
	return func(_, event uint32) bool {
		return slices.ContainsFunc(values.of(event), func(n uint32) bool { return wanted[n] })
	}
}

func inRange(r *store.IntRange, n int) bool {
	return (r.Min == nil || n >= *r.Min) && (r.Max == nil || n <= *r.Max)
}
