package merge

import (
	"maps"
	"slices"

	"casus/internal/kg"
)

// Provenance returns which sources state the values of a node's fields.
func (k *Kind[T]) Provenance(v T) kg.Provenance { return *k.provenance(&v) }

// Split returns records of one source and at most one value of each field, which merge to the node without its
// corrections. Only the first has all lists; the others have the required fields alone.
func (k *Kind[T]) Split(v T) []T {
	all := k.provenance(&v).Values
	switch {
	case isPlain(k.provenance(&v)):
		return []T{v}
	case len(all) == 0:
		return []T{k.bare(&v, true)}
	}
	stated := map[kg.Source]map[string][]string{}
	for _, value := range all {
		for _, s := range value.Sources {
			if stated[s] == nil {
				stated[s] = map[string][]string{}
			}
			stated[s][value.Field] = append(stated[s][value.Field], value.Value)
		}
	}
	var records []T
	for _, s := range slices.Sorted(maps.Keys(stated)) {
		records = append(records, k.recordsOf(&v, s, stated[s], len(records) > 0)...)
	}
	return records
}

// recordsOf returns the records of one source; later is set if they do not include the first one of the node.
func (k *Kind[T]) recordsOf(v *T, s kg.Source, stated map[string][]string, later bool) (records []T) {
	for i := 0; ; i++ {
		record := k.bare(v, !later && i == 0)
		done := true
		for name, values := range stated {
			f := k.field(name)
			if f == nil {
				continue
			}
			f.set(&record, values[min(i, len(values)-1)])
			done = done && i+1 >= len(values)
		}
		k.provenance(&record).Source = s
		if records = append(records, record); done {
			return records
		}
	}
}
