package mapping

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
