package mapping

import (
	"fmt"
	"slices"
	"strings"

	"casus/internal/text"
)

// reads returns the columns that the mapping reads.
func (m *Mapping) reads() []string {
	var all []string
	for place, uses := range m.columns.byPlace {
		if strings.HasPrefix(place, valuePlace("")) {
			continue // listed, not read
		}
		for _, use := range uses {
			if !strings.HasPrefix(use, "=") {
				all = append(all, use)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// CheckColumns returns an error if a file cannot be one for this mapping: its columns are not those by which the
// mapping is detected or, if it has no such columns, none is read by it. Rows of JSON, whose fields are those of the
// first one, may lack columns.
func (m *Mapping) CheckColumns(columns []string, rows bool) error {
	wanted := m.Detect.Columns
	if m.Detect.matchesColumns(columns) {
		return nil
	}
	if len(wanted) == 0 || rows {
		if wanted = m.reads(); len(wanted) == 0 || len(m.columns.wholeRow) > 0 {
			return nil
		}
		some := Detection{Columns: nil}
		for _, c := range wanted {
			some.Columns = []string{c}
			if some.matchesColumns(columns) {
				return nil
			}
		}
	}
	var missing []string
	for _, c := range wanted {
		if one := (Detection{Columns: []string{c}}); !one.matchesColumns(columns) {
			if near := text.Nearest(c, columns); near != "" && len(c) > 3 {
				c += fmt.Sprintf(" (its %q is similar)", near)
			}
			missing = append(missing, c)
		}
	}
	list := strings.Join(missing[:min(len(missing), 12)], ", ")
	if len(missing) > 12 {
		list += fmt.Sprintf(" and %d more", len(missing)-12)
	}
	return fmt.Errorf("it lacks columns of %s: %s", m.Name, list)
}
