package entry

import "casus/internal/record"

// Part is the text of a row or record, and where it was read. Rows that were joined into one are its parts.
type Part struct {
	File string
	Line int
	Text string
}

// Source is a row as it was read. Its records are not made yet.
type Source struct {
	Part
	Earlier []Part // its earlier parts, if rows were joined
	Number  int    // in the load, from 1
	// Fault is why it could not be read, or nil.
	Fault  *record.Reject
	Values map[string]any // of a table's row, else nil
	// Records makes the row's records. It may be called again, to show one or to defer the row: keeping them would take
	// far more memory than the text.
	Records func() ([]Raw, *record.Reject)
}

// Single returns a Source of one record.
func Single(at Part, r Raw) Source {
	return Source{Part: at, Records: func() ([]Raw, *record.Reject) { return []Raw{r}, nil }}
}

// Parts returns the row's parts in the order of the input.
func (s *Source) Parts() []Part { return append(s.Earlier[:len(s.Earlier):len(s.Earlier)], s.Part) }

// Size returns about how many bytes the row needs in memory.
func (s *Source) Size() int {
	n := len(s.Text) + 32*len(s.Values)
	for _, part := range s.Earlier {
		n += len(part.Text)
	}
	return n
}

// Row is the unit that the report counts: a record of the extraction format, or a row with all records that it yields.
// It is applied, unchanged or rejected as a whole.
type Row struct {
	Source
	Entries []*Entry
	State   State
	// NotCarried counts values that no record carries.
	NotCarried map[string]int
	// Warnings are the messages about the row that the report counts if the row is loaded.
	Warnings []string
}

// State is what became of a row.
type State int

// The states.
const (
	Pending  State = iota
	Rejected       // reported
	Deferred       // refers to an id that later input may define
)
