package merge

import (
	"cmp"
	"slices"

	"casus/internal/kg"
)

// maxValues bounds the values of one field that a source counts for: the ones that sort first.
const maxValues = 16

// values returns all stated values of a node, by field and value. The caller must not change them.
func (k *Kind[T]) values(v *T) []kg.FieldValue {
	p := k.provenance(v)
	if !isPlain(p) {
		return p.Values
	}
	var all []kg.FieldValue
	for i := range k.fields {
		if f := &k.fields[i]; f.has(v) {
			all = append(all, kg.FieldValue{Field: f.name, Value: f.get(v), Sources: []kg.Source{p.Source}})
		}
	}
	return all
}

// Values returns all stated values of a node, by field and value, each with its sources.
func (k *Kind[T]) Values(v T) []kg.FieldValue { return slices.Clone(k.values(&v)) }

// Has reports whether a field of a node has a value.
func (k *Kind[T]) Has(v T, value kg.FieldValue) bool {
	f := k.field(value.Field)
	return f != nil && f.has(&v) && f.get(&v) == value.Value
}

// Changes returns the fields whose values differ between two versions of a node, by name.
func (k *Kind[T]) Changes(old, now T) (all []kg.FieldChange) {
	for i := range k.fields {
		f := &k.fields[i]
		c := kg.FieldChange{Node: now.NodeID(), Field: f.name}
		if f.has(&old) {
			c.Before = f.get(&old)
		}
		if f.has(&now) {
			c.After = f.get(&now)
		}
		if c.Before != c.After {
			all = append(all, c)
		}
	}
	return all
}

func compareValues(a, b kg.FieldValue) int {
	return cmp.Or(cmp.Compare(a.Field, b.Field), cmp.Compare(a.Value, b.Value))
}

func equalValues(a, b kg.FieldValue) bool {
	return a.Field == b.Field && a.Value == b.Value && slices.Equal(a.Sources, b.Sources)
}

// unite returns the union of two lists of values.
func unite(a, b []kg.FieldValue) []kg.FieldValue {
	all := slices.Concat(a, b)
	slices.SortStableFunc(all, compareValues)
	n := 0
	for _, v := range all {
		if n > 0 && compareValues(all[n-1], v) == 0 {
			all[n-1].Sources = kg.Union(cmp.Compare[kg.Source], all[n-1].Sources, v.Sources)
			continue
		}
		all[n] = v
		n++
	}
	return bounded(all[:n])
}

// bounded removes the sources of values from the value on that exceeds maxValues. The result for a union of lists does
// not depend on their order, because a value that is removed sorts after maxValues others of its source.
func bounded(all []kg.FieldValue) []kg.FieldValue {
	for values := range fieldsOf(all) {
		if len(values) <= maxValues {
			continue
		}
		counts := map[kg.Source]int{}
		for i := range values {
			values[i].Sources = slices.DeleteFunc(slices.Clone(values[i].Sources), func(s kg.Source) bool {
				counts[s]++
				return counts[s] > maxValues
			})
		}
	}
	return slices.DeleteFunc(all, func(v kg.FieldValue) bool { return len(v.Sources) == 0 })
}

// compact returns the source alone if there is only one and it states one value of each field; otherwise the values.
func compact(all []kg.FieldValue) (kg.Source, []kg.FieldValue) {
	for i, v := range all {
		if len(v.Sources) > 1 || v.Sources[0] != all[0].Sources[0] || i > 0 && v.Field == all[i-1].Field {
			return "", all
		}
	}
	if len(all) == 0 {
		return "", nil
	}
	return all[0].Sources[0], nil
}
