package entry

import (
	"cmp"
	"encoding/json"
	"strings"

	"casus/internal/kg"
	"casus/internal/record"
	"casus/loader/tally"
)

// IDs returns the ids of the events that a row makes. A row without any has those of its claims or else of its nodes.
func (row *Row) IDs() []kg.ID {
	var events, others []kg.ID
	for _, e := range row.Entries {
		switch e.Type {
		case "event":
			events = append(events, e.ID)
		case "claim":
			for i := range e.Drafts {
				others = append(others, cmp.Or(e.Drafts[i].ID(), "claim:"+kg.ID(row.Content())))
			}
		default:
			others = append(others, e.ID)
		}
	}
	if len(events) > 0 {
		return events
	}
	return others
}

// Content returns the statements of a row and of the parts that were joined to it, the same for every spelling of an
// object.
func (row *Row) Content() string {
	if len(row.Earlier) == 0 && !strings.HasPrefix(row.Text, "{") {
		return row.Text
	}
	var all []byte
	for _, part := range row.Parts() {
		var object map[string]any
		if json.Unmarshal([]byte(part.Text), &object) == nil {
			all = record.AppendValue(all, object)
		} else {
			all = append(append(all, part.Text...), 0)
		}
	}
	return string(all)
}

// Place returns where the row was read.
func (row *Row) Place() tally.Place { return tally.Place{File: row.File, Line: row.Line} }
