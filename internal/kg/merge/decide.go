package merge

import (
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// Dates are the instants from which sources are dated, as far as they are known.
type Dates map[kg.Source]edtf.Instant

// AddDocument adds the date of a document: the value of publishedAt that most sources state, among equals the earliest.
// So the dates of sources, which decide between values, do not depend on one another. A corrected date is the date.
func (d Dates) AddDocument(doc kg.Document) {
	if at, ok := dateOf(Documents, doc, publishedAt, doc.PublishedAt); ok {
		d[kg.Source(doc.ID)] = at
	}
}

// AddRelease adds the date of a release, as of a document, unless an older release of its data set is known.
func (d Dates) AddRelease(r kg.Release) {
	source := kg.DatasetSource(r.Name)
	at, ok := dateOf(Releases, r, releasedAt, r.ReleasedAt)
	if other, known := d[source]; ok && (!known || at < other) {
		d[source] = at
	}
}

// dateOf returns the instant from which a node is known by one of its fields, which has the value shown.
func dateOf[T kg.Identified](rules *Kind[T], v T, field string, shown *edtf.Time) (at edtf.Instant, ok bool) {
	if isCorrected(rules.provenance(&v), field) {
		if shown == nil || !shown.KnownFrom().Bounded() {
			return 0, false
		}
		return shown.KnownFrom(), true
	}
	most := 0
	for _, f := range rules.values(&v) {
		if f.Field != field || len(f.Sources) < most {
			continue
		}
		t, err := edtf.ParseTime(f.Value)
		switch {
		case err != nil || !t.KnownFrom().Bounded():
		case len(f.Sources) > most, t.KnownFrom() < at:
			most, at = len(f.Sources), t.KnownFrom()
		}
	}
	return at, most > 0
}

// Tied returns the sources whose dates decide between values of a node, sorted.
func (k *Kind[T]) Tied(v T) []kg.Source {
	var tied []kg.Source
	p := k.provenance(&v)
	for values := range fieldsOf(p.Values) {
		if best := mostStated(values); len(best) > 1 && !isCorrected(p, values[0].Field) {
			for _, b := range best {
				tied = append(tied, b.Sources...)
			}
		}
	}
	slices.Sort(tied)
	return slices.Compact(tied)
}

// Decide returns a merged node in which every field has the value that the dates of the tied sources decide.
func (k *Kind[T]) Decide(v T, dates Dates) T {
	if all := k.provenance(&v).Values; len(all) > 0 {
		k.choose(&v, all, dates)
	}
	return v
}

// choose sets the fields of a node to their values.
func (k *Kind[T]) choose(v *T, all []kg.FieldValue, dates Dates) {
	var undecided []string
	for values := range fieldsOf(all) {
		f := k.field(values[0].Field)
		if f == nil || isCorrected(k.provenance(v), f.name) {
			continue
		}
		best := earliest(mostStated(values), dates)
		if len(best) > 1 {
			undecided = append(undecided, f.name)
		}
		f.set(v, slices.MinFunc(best, func(a, b kg.FieldValue) int { return f.compare(a.Value, b.Value) }).Value)
	}
	k.provenance(v).Undecided = undecided
	for _, c := range k.provenance(v).Corrected {
		if f := k.field(c.Field); f != nil {
			if value, err := f.read(c.Value); err != nil || value == "" {
				f.clear(v)
			} else {
				f.set(v, value)
			}
		}
	}
}

func (k *Kind[T]) field(name string) *field[T] {
	i := slices.IndexFunc(k.fields, func(f field[T]) bool { return f.name == name })
	if i < 0 {
		return nil
	}
	return &k.fields[i]
}

// fieldsOf yields the values of each field.
func fieldsOf(all []kg.FieldValue) func(yield func([]kg.FieldValue) bool) {
	return func(yield func([]kg.FieldValue) bool) {
		for start := 0; start < len(all); {
			end := start + 1
			for end < len(all) && all[end].Field == all[start].Field {
				end++
			}
			if !yield(all[start:end]) {
				return
			}
			start = end
		}
	}
}

// mostStated returns the values of a field that most sources state.
func mostStated(values []kg.FieldValue) []kg.FieldValue {
	most := 0
	for _, v := range values {
		most = max(most, len(v.Sources))
	}
	var best []kg.FieldValue
	for _, v := range values {
		if len(v.Sources) == most {
			best = append(best, v)
		}
	}
	return best
}

// earliest returns the values that the earliest dated source states, or all if no source is dated.
func earliest(values []kg.FieldValue, dates Dates) []kg.FieldValue {
	first := edtf.EndOfTime
	var best []kg.FieldValue
	for _, v := range values {
		at := edtf.EndOfTime
		for _, s := range v.Sources {
			if date, known := dates[s]; known {
				at = min(at, date)
			}
		}
		if at < first {
			first, best = at, nil
		}
		if at == first {
			best = append(best, v)
		}
	}
	return best
}

// Undecided returns the values between which no rule decides, of the fields of a node that were not undecided in old.
// The dates are those by which Decide decided.
func (k *Kind[T]) Undecided(old, now T, dates Dates) []kg.FieldConflict {
	before := k.provenance(&old).Undecided
	var all []kg.FieldConflict
	for _, name := range k.provenance(&now).Undecided {
		if slices.Contains(before, name) {
			continue
		}
		kept := k.field(name).get(&now)
		for values := range fieldsOf(k.provenance(&now).Values) {
			if values[0].Field != name {
				continue
			}
			for _, v := range earliest(mostStated(values), dates) {
				if v.Value != kept {
					all = append(all, kg.FieldConflict{ID: now.NodeID(), Field: name, Kept: kept, Dropped: v.Value})
				}
			}
		}
	}
	return all
}
