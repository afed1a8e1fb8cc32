package apply

import (
	"slices"
	"strings"

	"casus/internal/kg"
)

// references maps each unresolved id to a record that refers to it.
type references map[kg.ID]kg.ID

func (w references) add(by kg.ID, ids ...kg.ID) {
	for _, id := range ids {
		if id != "" {
			w[id] = by
		}
	}
}

func (w references) addSources(by kg.ID, p kg.Provenance) {
	for document := range p.Documents {
		w.add(by, document)
	}
}

func (w references) ofKind(kind kg.NodeKind) []kg.ID {
	var ids []kg.ID
	for id := range w {
		if id.Kind() == kind {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// err returns BAD_INPUT with the first references, or nil if there are none.
func (w references) err() error {
	if len(w) == 0 {
		return nil
	}
	var lines []string
	for id, by := range w {
		lines = append(lines, string(by)+" refers to "+string(id))
	}
	slices.Sort(lines)
	const shown = 5
	more := ""
	if len(lines) > shown {
		more = ", ..."
		lines = lines[:shown]
	}
	return kg.Errorf(kg.BadInput, "unknown references: %s%s", strings.Join(lines, ", "), more)
}
