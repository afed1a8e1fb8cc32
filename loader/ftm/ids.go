package ftm

import (
	"strings"
	"unicode"

	"casus/internal/kg"
)

// nodeID returns the id of the node that an entity becomes.
func nodeID(kind kg.NodeKind, id string) string { return string(kind) + ":ftm:" + escapeID(id) }

// escapeID returns an entity's id as a part of a node's id. Different ids have different parts, and none begins like
// the id of a node that entities only name, or contains the separator of derived ids.
func escapeID(id string) string {
	escaped := strings.ReplaceAll(kg.EscapeID(id), "@", "%40")
	for _, p := range []string{cityPrefix, countryPrefix, placePrefix, publisherPrefix, authorityPrefix} {
		if rest, found := strings.CutPrefix(escaped, p); found {
			return strings.TrimSuffix(p, ":") + "%3A" + rest
		}
	}
	return escaped
}

// slug returns a name as a part of an id.
func slug(s string) string {
	isSeparator := func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }
	return strings.Join(strings.FieldsFunc(s, isSeparator), "_")
}

// The ids of nodes that entities only name begin with one of these parts after ftm:.
const (
	cityPrefix      = "city:"
	countryPrefix   = "country:"
	placePrefix     = "place:"
	publisherPrefix = "publisher:"
	authorityPrefix = "authority:"
)
