package draft

import "casus/loader/dates"

// Sample is the table for which a mapping is drafted.
type Sample struct {
	// Name is the mapping's name, as Name returns it.
	Name    string
	Columns []string
	// Rows are the first rows, as table.Options with AsText read them.
	Rows []map[string]any
	// Dates is the order of dates such as 03/01/2024; "" if it is not known.
	Dates dates.Order
	// Encoding is the encoding of the file; "" is UTF-8.
	Encoding string
}
