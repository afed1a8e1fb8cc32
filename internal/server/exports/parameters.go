// Package exports reads the parameters of an export and writes its file. GET /export/FORMAT and `casus export` share
// it, so both take the same parameters and write the same bytes, except that a server adds the origin.
package exports

import (
	"slices"
	"strings"
)

// Parameter is an option of an export: a query parameter of the endpoint and a flag of the command.
type Parameter struct {
	// Name is the query parameter's name, in camel case.
	Name string
	// Repeatable parameters accept several values.
	Repeatable bool
	Help       string
}

// Flag returns the name of the command's flag: Name in lower case with hyphens.
func (p Parameter) Flag() string {
	var s strings.Builder
	for _, r := range p.Name {
		if 'A' <= r && r <= 'Z' {
			s.WriteByte('-')
			r += 'a' - 'A'
		}
		s.WriteRune(r)
	}
	return s.String()
}

// Parameters returns all options except the format. The endpoint takes filter as JSON, the command takes the name of a
// file that holds it.
func Parameters() []Parameter {
	return []Parameter{
		{"filter", false, "a GraphQL EventFilter in JSON, combined with the other conditions"},
		{"from", false, "events that may have happened at or after this time (EDTF)"},
		{"to", false, "events that may have happened at or before this time (EDTF)"},
		{"text", false, "events with these words in a title or summary"},
		{"actor", true, "events in which this actor takes part; several: all of them"},
		{"place", true, "events at this place or at one that it contains"},
		{"country", true, "events in this country (ISO 3166-1 alpha-2)"},
		{"category", true, "events of this category"},
		{"status", true, "events of this status"},
		{"modality", true, "events of this modality"},
		{"partOf", true, "parts of this event, at any depth"},
		{"dataset", true, "events that this data set contains"},
		{"publisher", true, "events that this publisher reports"},
		{"knownAt", false, "the graph as it was known at this moment (RFC 3339), or at the end of this day, month or year"},
		{"graph", false, "the network's nodes: events (the default, with their actors) or actors (linked by shared events)"},
		{"role", true, "a role that counts in a network of actors; defaults to all but CLAIMANT and MENTIONED"},
		{"table", false, "a single table: events, participants, claims or figures; defaults to all, as a zip"},
		{"language", false, "the preferred language of names and titles (BCP 47)"},
	}
}

// find returns the parameter with a name.
func find(name string) (p Parameter, found bool) {
	all := Parameters()
	i := slices.IndexFunc(all, func(p Parameter) bool { return p.Name == name })
	if i < 0 {
		return Parameter{}, false
	}
	return all[i], true
}
