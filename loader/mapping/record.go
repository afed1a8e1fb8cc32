package mapping

import "sync/atomic"

// Record is one record of the extraction format that a row yields.
type Record struct {
	Type string
	// Fields are JSON values: text, numbers, booleans, []any and map[string]any; none is null or empty.
	Fields map[string]any
	// Place is the place of its template in the mapping.
	Place string
	// NotCarried counts the row's values that no record carries, by name. It is set on one record of a row.
	NotCarried map[string]int
	// Warnings are the texts of the mapping's warnings that hold for the row. They are set on one record of a row.
	Warnings []string
	// Shared is set on a cached record, which several rows share and which must not be changed; nil otherwise.
	Shared *SharedRecord
}

// Fault is the reason why a row yields no records, with its place in the mapping file.
type Fault struct {
	Place string
	Err   error
}

// Error returns the place and the reason.
func (f *Fault) Error() string { return f.Place + ": " + f.Err.Error() }

// Unwrap returns the reason.
func (f *Fault) Unwrap() error { return f.Err }

// SharedRecord belongs to a cached record, which many rows share. Callers store values derived from the record in it.
// Safe for concurrent use.
type SharedRecord struct{ note atomic.Pointer[any] }

// Derived returns the stored value; nil if there is none.
func (r *SharedRecord) Derived() any {
	if n := r.note.Load(); n != nil {
		return *n
	}
	return nil
}

// SetDerived stores a value, which must not change afterwards.
func (r *SharedRecord) SetDerived(note any) { r.note.Store(&note) }
