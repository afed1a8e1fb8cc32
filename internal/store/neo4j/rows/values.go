package rows

import (
	"casus/internal/edtf"
	"casus/internal/kg"
)

// Values reads the values of a row in order. After the first error it returns zero values.
type Values struct {
	Values []any
	// Err is the first error.
	Err  error
	next int
}

// read returns the next value; it is nil if it is null, if no value is left, and after an error.
func (r *Values) read() any {
	if r.Err == nil && r.next >= len(r.Values) {
		r.Err = kg.Errorf(kg.Internal, "the engine returned a row of %d values, want more", len(r.Values))
	}
	if r.Err != nil {
		return nil
	}
	r.next++
	return r.Values[r.next-1]
}

// Text returns the next value, a text.
func (r *Values) Text() string { return convert[string](r, r.read()) }

// OptionalText returns the next value, a text; the empty text if it is null.
func (r *Values) OptionalText() string { return optional[string](r) }

// ID returns the next value, an id.
func (r *Values) ID() kg.ID { return kg.ID(r.Text()) }

// IDs returns the next value, a list of ids.
func (r *Values) IDs() []kg.ID {
	list := optional[[]any](r)
	ids := make([]kg.ID, len(list))
	for i, v := range list {
		ids[i] = kg.ID(convert[string](r, v))
	}
	return ids
}

// Whole returns the next value, a whole number.
func (r *Values) Whole() int64 { return convert[int64](r, r.read()) }

// OptionalWhole returns the next value, a whole number; 0 if it is null.
func (r *Values) OptionalWhole() int64 { return optional[int64](r) }

// Interval reads the next two values, an interval of knowledge in milliseconds.
func (r *Values) Interval() kg.Interval {
	from, to := r.Whole(), r.Whole()
	return kg.Interval{KnownFrom: edtf.Instant(from), KnownTo: edtf.Instant(to)}
}

func optional[T any](r *Values) (v T) {
	if value := r.read(); value != nil {
		v = convert[T](r, value)
	}
	return v
}

func convert[T any](r *Values, v any) T {
	t, ok := v.(T)
	if !ok && r.Err == nil {
		r.Err = kg.Errorf(kg.Internal, "the engine returned a %T as value %d of a row, want a %T", v, r.next, t)
	}
	return t
}
