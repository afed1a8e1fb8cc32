package querycheck

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/rivo/uniseg"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Fault is an error in a query.
type Fault struct {
	// Name identifies the query's source, such as a file.
	Name string
	// Line and Column count from 1, columns in code points. Both are 0 if the fault has no single position.
	Line, Column int
	Message      string
	// Source is the line at fault.
	Source string
}

// String returns the fault as a compiler prints it: name:line:column: message, then the line, then a caret below it.
func (f Fault) String() string {
	if f.Line == 0 {
		return fmt.Sprintf("%s: %s", f.Name, f.Message)
	}
	s := fmt.Sprintf("%s:%d:%d: %s", f.Name, f.Line, f.Column, f.Message)
	if strings.TrimSpace(f.Source) == "" {
		return s
	}
	number := fmt.Sprintf("%5d | ", f.Line)
	caret := strings.Repeat(" ", len(number)-2) + "| " + indent(f.Source, f.Column) + "^"
	return s + "\n" + number + f.Source + "\n" + caret
}

// indent returns white space as wide as the line before a column. Tabs stay tabs, wide letters count twice.
func indent(line string, column int) string {
	runes := []rune(line)
	var s strings.Builder
	for part := range strings.SplitAfterSeq(string(runes[:min(max(column-1, 0), len(runes))]), "\t") {
		text, tab := strings.CutSuffix(part, "\t")
		s.WriteString(strings.Repeat(" ", uniseg.StringWidth(text)))
		if tab {
			s.WriteByte('\t')
		}
	}
	return s.String()
}

// newFaults converts an error of the parser or the validator to faults, in the order of their positions.
func newFaults(name, query string, err error) []Fault {
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(query), "\n")
	var found []Fault
	for _, e := range errorsOf(err) {
		f := Fault{Name: name, Message: e.Message}
		if len(e.Locations) > 0 {
			f.Line, f.Column = e.Locations[0].Line, e.Locations[0].Column
		}
		if 0 < f.Line && f.Line <= len(lines) {
			f.Source = lines[f.Line-1]
		}
		found = append(found, f)
	}
	slices.SortStableFunc(found, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return found
}

// errorsOf returns the GraphQL errors that err consists of, at least one.
func errorsOf(err error) gqlerror.List {
	var list gqlerror.List
	var one *gqlerror.Error
	switch {
	case errors.As(err, &list):
		return list
	case errors.As(err, &one):
		return gqlerror.List{one}
	}
	return gqlerror.List{{Message: err.Error()}}
}
