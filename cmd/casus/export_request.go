package main

import (
	"bytes"
	"encoding/json"
	"net/url"
	"reflect"
	"slices"
	"strings"

	"casus/cmd/casus/querycheck"
	"casus/graph"
	"casus/internal/export"
	"casus/internal/kg"
)

// parameter is one thing that an export may be told: by a flag on the command line, by a parameter of an address.
type parameter struct {
	// name is the address's; the flag's is the same in lower case with hyphens.
	name string
	// many: it may be given several times; any of the values is meant.
	many bool
	help string
}

func (p parameter) flag() string {
	var s strings.Builder
	for _, r := range p.name {
		if 'A' <= r && r <= 'Z' {
			s.WriteByte('-')
			r += 'a' - 'A'
		}
		s.WriteRune(r)
	}
	return s.String()
}

// exportParameters are all but the format. A filter is a file on the command line, and the JSON itself in an address.
func exportParameters() []parameter {
	return []parameter{
		{"filter", false, "a GraphQL EventFilter in JSON; it holds beside the other conditions"},
		{"from", false, "events that may have been at or after this time (EDTF)"},
		{"to", false, "events that may have been at or before this time (EDTF)"},
		{"text", false, "events with these words in a title or summary"},
		{"actor", true, "events in which this actor takes part; several: all of them"},
		{"place", true, "events at this place or at one that it contains"},
		{"country", true, "events in this country (ISO 3166-1 alpha-2)"},
		{"category", true, "events of this category"},
		{"status", true, "events of this status"},
		{"modality", true, "events of this modality"},
		{"partOf", true, "parts of this event, at any depth"},
		{"dataset", true, "events that this dataset has"},
		{"publisher", true, "events that this publisher reports"},
		{"knownAt", false, "the graph as it was known at this moment (RFC 3339)"},
		{"graph", false, "what a network shows: events (the default, with their actors) or actors (joined by events they share)"},
		{"role", true, "the roles that count in a network of actors; none: all but CLAIMANT and MENTIONED"},
		{"table", false, "which table: events, participants or claims; none: all, as a zip"},
		{"language", false, "the language of names and titles, where they have it (BCP 47)"},
	}
}

// exportRequest reads parameters. Errors are BAD_INPUT and name the parameter.
func exportRequest(given url.Values) (export.Request, error) {
	var r export.Request
	for name, values := range given {
		i := slices.IndexFunc(exportParameters(), func(p parameter) bool { return p.name == name })
		switch {
		case i < 0:
			return r, kg.Errorf(kg.BadInput, "there is no parameter %q", name)
		case len(values) > 1 && !exportParameters()[i].many:
			return r, kg.Errorf(kg.BadInput, "%s is given more than once", name)
		}
	}
	r.Graph, r.Table, r.Language = export.Graph(given.Get("graph")), export.Table(given.Get("table")), given.Get("language")
	for _, role := range given["role"] {
		r.Roles = append(r.Roles, kg.ParticipantRole(role))
	}
	if at := given.Get("knownAt"); at != "" {
		moment, err := kg.ParseInstant(at)
		if err != nil {
			return r, kg.Errorf(kg.BadInput, "knownAt: %w", err)
		}
		r.View.KnownAt = &moment
	}
	var err error
	r.Filter, err = exportFilter(given)
	return r, err
}

// exportFilter makes one filter of all conditions, checked against the API's schema; nil where there are none.
func exportFilter(given url.Values) (*kg.EventFilter, error) {
	conditions := map[string]any{}
	set := func(name, field string, value any) {
		if given.Has(name) {
			conditions[field] = value
		}
	}
	when, where := map[string]any{}, map[string]any{}
	for _, end := range []string{"from", "to"} {
		if given.Has(end) {
			when[end], conditions["time"] = given.Get(end), when
		}
	}
	for name, field := range map[string]string{"place": "within", "country": "countries"} {
		if given.Has(name) {
			where[field], conditions["place"] = anys(given[name]), where
		}
	}
	var participants []any
	for _, a := range given["actor"] {
		participants = append(participants, map[string]any{"anyOf": []any{a}})
	}
	set("actor", "participants", participants)
	set("text", "text", given.Get("text"))
	set("category", "categories", anys(given["category"]))
	set("status", "statuses", anys(given["status"]))
	set("modality", "modalities", anys(given["modality"]))
	set("partOf", "partOf", anys(given["partOf"]))
	set("dataset", "datasets", anys(given["dataset"]))
	set("publisher", "publishers", anys(given["publisher"]))
	if given.Has("filter") {
		d := json.NewDecoder(bytes.NewReader([]byte(given.Get("filter"))))
		d.UseNumber()
		var saved map[string]any
		if err := d.Decode(&saved); err != nil || d.More() {
			return nil, kg.Errorf(kg.BadInput, "filter is no JSON object such as {\"statuses\": [\"CONFIRMED\"]}")
		}
		conditions["and"] = []any{saved}
	}
	if len(conditions) == 0 {
		return nil, nil
	}
	checked, err := querycheck.Input(graph.Schema(), "EventFilter", conditions)
	if err != nil {
		return nil, kg.Errorf(kg.BadInput, "%w", err)
	}
	return eventFilter(checked)
}

// eventFilter makes the domain's filter of a value that fits the schema.
func eventFilter(checked any) (*kg.EventFilter, error) {
	body, err := json.Marshal(checked)
	if err != nil {
		return nil, kg.Errorf(kg.BadInput, "%w", err)
	}
	var f kg.EventFilter
	if err := json.Unmarshal(body, &f); err != nil {
		return nil, kg.Errorf(kg.BadInput, "%w", err)
	}
	if err := checkIDs(reflect.ValueOf(f)); err != nil {
		return nil, err
	}
	return f.Normalize()
}

// checkIDs checks the form of every id in a filter, as the API's scalar does.
func checkIDs(v reflect.Value) error {
	switch v.Kind() {
	case reflect.String:
		if id, ok := v.Interface().(kg.ID); ok {
			return id.Check()
		}
	case reflect.Pointer:
		if !v.IsNil() {
			return checkIDs(v.Elem())
		}
	case reflect.Slice:
		for _, item := range v.Seq2() {
			if err := checkIDs(item); err != nil {
				return err
			}
		}
	case reflect.Struct:
		for f, field := range v.Fields() {
			if f.IsExported() {
				if err := checkIDs(field); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func anys(values []string) []any {
	all := make([]any, len(values))
	for i, v := range values {
		all[i] = v
	}
	return all
}
