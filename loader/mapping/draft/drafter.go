package draft

import (
	"fmt"
	"strings"

	"casus/loader/values"
)

// drafter builds a mapping for a table.
type drafter struct {
	sample  Sample
	name    string
	columns []*column
	roles   map[role]*column
	parts   map[role]dateParts
	used    map[*column]bool
	layouts map[*column]string
	decimal values.Format // of numbers
	tags    bool          // a row of HXL tags follows the header
	// ambiguous are remarks about dates that may be read in two ways.
	ambiguous []string
	out       strings.Builder
}

func (d *drafter) line(format string, args ...any) { _, _ = fmt.Fprintf(&d.out, format+"\n", args...) }

// expr returns a CEL expression for the column with a role; "" if no column has it.
func (d *drafter) expr(r role) string { return d.roles[r].expr() }

// dateParts are the columns of a year, a month and a day; month and day may be nil.
type dateParts struct{ year, month, day *column }
