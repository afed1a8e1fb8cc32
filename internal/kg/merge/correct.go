package merge

import (
	"cmp"
	"slices"

	"casus/internal/kg"
)

// Correct returns a node with the given corrections of its fields, instead of its own. Decide has to be called again
// with the dates of tied sources. It returns BAD_INPUT for an unknown field or a value of another form; Check finds
// values that the field cannot have.
func (k *Kind[T]) Correct(v T, corrections []kg.Correction) (T, error) {
	var corrected []kg.FieldCorrection
	for _, c := range corrections {
		if c.Erases && k.eraseText != nil {
			corrected = append(corrected, kg.FieldCorrection{Field: c.Field, At: c.At})
			continue
		}
		f := k.field(c.Field)
		if f == nil {
			return v, kg.Errorf(kg.BadInput, "%s: %s cannot be corrected; allowed: %s", c.Node, c.Field, k.names())
		}
		if _, err := f.read(c.Value); err != nil {
			return v, kg.Errorf(kg.BadInput, "%s: %s cannot be corrected to %s: %w", c.Node, c.Field, c.Value, err)
		}
		corrected = append(corrected, kg.FieldCorrection{Field: c.Field, Value: c.Value, At: c.At})
	}
	all := k.values(&v)
	for i := range k.fields {
		k.fields[i].clear(&v)
	}
	k.state(&v, all, latest(corrected))
	k.erase(&v)
	return v, nil
}

// names returns the names of the fields.
func (k *Kind[T]) names() (names []string) {
	for _, f := range k.fields {
		names = append(names, f.name)
	}
	return names
}

// latest returns the latest correction of each field, by (At, Value).
func latest(lists ...[]kg.FieldCorrection) []kg.FieldCorrection {
	all := kg.Union(func(a, b kg.FieldCorrection) int {
		return cmp.Or(cmp.Compare(a.Field, b.Field), cmp.Compare(b.At, a.At), cmp.Compare(b.Value, a.Value))
	}, lists...)
	return slices.CompactFunc(all, func(a, b kg.FieldCorrection) bool { return a.Field == b.Field })
}

func isCorrected(p *kg.Provenance, field string) bool {
	return slices.ContainsFunc(p.Corrected, func(c kg.FieldCorrection) bool { return c.Field == field })
}

// erase removes the text of a document if a correction erases it.
func (k *Kind[T]) erase(v *T) {
	if k.eraseText != nil && isCorrected(k.provenance(v), kg.TextField) {
		k.eraseText(v)
	}
}
