package graph_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"casus/graph"
	"casus/internal/kg"
	"casus/internal/store"
)

// fault is an error in a response.
type fault struct {
	Message    string
	Path       []any
	Extensions struct{ Code string }
}

// isOnly reports whether errs is one error with this code, whose message contains message.
func isOnly(errs []fault, code, message string) bool {
	return len(errs) == 1 && errs[0].Extensions.Code == code && strings.Contains(errs[0].Message, message)
}

// faults sends a query and returns the status and the errors of the response.
func faults(t *testing.T, h http.Handler, query string, variables map[string]any) (status int, all []fault) {
	t.Helper()
	status, body := ask(t, h, query, variables)
	var shape struct{ Errors []fault }
	if err := json.Unmarshal(body, &shape); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
	return status, shape.Errors
}

// TestInvalidRequests sends requests that must fail and checks the code and a part of the message.
func TestInvalidRequests(t *testing.T) {
	h := graph.NewHandler(world(t), graph.Config{Logger: quiet(), Depth: 8, Complexity: 2000, Tokens: 200})
	var other struct {
		Timeline struct{ Edges []struct{ Cursor string } }
	}
	answer(t, h, "{ timeline(first: 1) { edges { cursor } } }", nil, &other)
	cursor := other.Timeline.Edges[0].Cursor
	ids := strings.Repeat(`"actor:a",`, 501)
	for _, c := range []struct {
		name, query   string
		variables     map[string]any
		code, message string
	}{
		{"an unknown field", "{ nothing }", nil, "BAD_INPUT", "nothing"},
		{"invalid GraphQL", "{", nil, "BAD_INPUT", "Expected"},
		{"an id of another kind", `{ actor(id: "event:talks") { id } }`, nil, "BAD_INPUT", "of kind event, not actor"},
		{"an invalid id", `{ node(id: "ada") { id } }`, nil, "BAD_INPUT", "does not start with a kind"},
		{"an id that is not a node's", `{ node(id: "release:set") { id } }`, nil, "BAD_INPUT", "of kind release"},
		{"too large a page", "{ timeline(first: 501) { nodes { id } } }", nil, "LIMIT_EXCEEDED", "1..500"},
		{"an empty page", "{ timeline(first: 0) { nodes { id } } }", nil, "BAD_INPUT", "1..500"},
		{"both first and last", "{ timeline(first: 1, last: 1) { nodes { id } } }", nil, "BAD_INPUT", "both set"},
		{"an invalid cursor", `{ timeline(after: "x") { nodes { id } } }`, nil, "BAD_INPUT", "was not made by this API"},
		{
			"a cursor of another filter",
			`query($c: String) { timeline(filter: {categories: [AID]}, after: $c) { nodes { id } } }`,
			map[string]any{"c": cursor}, "BAD_INPUT", "belongs to another query",
		},
		{
			"a cursor of another order",
			`query($c: String) { timeline(orderBy: {field: KILLED}, after: $c) { nodes { id } } }`,
			map[string]any{"c": cursor}, "BAD_INPUT", "belongs to another query",
		},
		{
			"a cursor of another list", `query($c: String) { actors(after: $c) { nodes { id } } }`,
			map[string]any{"c": cursor}, "BAD_INPUT", "belongs to another query",
		},
		{
			"a cursor of another moment",
			`query($c: String) { timeline(knownAt: "2025-12-22T00:00:00Z", after: $c) { nodes { id } } }`,
			map[string]any{"c": cursor}, "BAD_INPUT", "moment of knowledge differ",
		},
		{"a word as a moment", `{ timeline(knownAt: "yesterday") { nodes { id } } }`, nil, "BAD_INPUT", "RFC 3339"},
		{"a moment without an end", `{ timeline(knownAt: "2025-12-22/..") { nodes { id } } }`, nil, "BAD_INPUT", "no end"},
		{
			"a moment after the later one",
			`{ changes(knownFrom: "2025-12-22T00:00:00Z", knownTo: "2025-12-21T00:00:00Z") { nodes { at } } }`, nil,
			"BAD_INPUT", "lies after",
		},
		{"an invalid time", `{ timeline(filter: {time: {from: "soon"}}) { nodes { id } } }`, nil, "BAD_INPUT", "soon"},
		{
			"an invalid country", `{ actors(filter: {countries: ["Ukraine"]}) { nodes { id } } }`, nil, "BAD_INPUT",
			"ISO 3166-1",
		},
		{"an unknown time zone", `{ timelineBuckets(interval: DAY, timeZone: "Kyiv") { events } }`, nil, "BAD_INPUT", "IANA"},
		{
			"a window that ends before it starts",
			`{ timelineBuckets(interval: DAY, window: {from: "2025-12", to: "2025-11"}) { events } }`, nil, "BAD_INPUT",
			"window: from 2025-12 lies after to 2025-11",
		},
		{
			"the server's own zone", `{ timelineBuckets(interval: DAY, timeZone: "Local") { events } }`, nil,
			"BAD_INPUT", "IANA",
		},
		{
			"too many buckets",
			`{ timelineBuckets(interval: DAY, filter: {time: {from: "1900", to: "2000"}}) { events } }`, nil,
			"LIMIT_EXCEEDED", "5000 buckets",
		},
		{"too high a zoom", `{ clusters(zoom: 23) { events } }`, nil, "BAD_INPUT", "zoom is 23"},
		{"a facet twice", `{ facets(fields: [ACTOR, ACTOR]) { distinct } }`, nil, "BAD_INPUT", "ACTOR twice"},
		{"a facet without values", `{ facets(fields: [ACTOR], top: 0) { distinct } }`, nil, "BAD_INPUT", "1..500"},
		{
			"a facet with too many values", `{ facets(fields: [ACTOR], top: 501) { distinct } }`, nil,
			"LIMIT_EXCEEDED", "1..500",
		},
		{"too many facets", `query($f: [FacetField!]!) { facets(fields: $f, top: 500) {
			groups { node { id ... on Actor { timeline(first: 20) { nodes { id } } } } } } }`,
			map[string]any{"f": []string{"ACTOR", "ADMIN1", "PUBLISHER"}}, "LIMIT_EXCEEDED", "complexity"},
		{
			"an invalid filter of an extent", `{ extent(filter: {killed: {min: 2, max: 1}}) { events } }`, nil,
			"BAD_INPUT", "min 2",
		},
		{
			"a place north of the pole",
			`{ timeline(filter: {place: {near: {latitude: 91, longitude: 0, km: 1}}}) { nodes { id } } }`, nil,
			"BAD_INPUT", "latitude",
		},
		{
			"too long a text", `query($t: String!) { search(text: $t) { nodes { id } } }`,
			map[string]any{"t": strings.Repeat("a", store.MaxTextBytes+1)}, "LIMIT_EXCEEDED", "bytes",
		},
		{"too many ids", "{ nodes(ids: [" + ids[:len("\"actor:a\",")*60] + "]) { id } }", nil, "", ""},
		{
			"too deep",
			"{ timeline { nodes { participants { actor { timeline { nodes { participants { actor { id } } } } } } } } }",
			nil, "LIMIT_EXCEEDED", "deep",
		},
		{
			"too complex", "{ timeline(first: 500) { nodes { claims(first: 50) { nodes { id } } } } }", nil,
			"LIMIT_EXCEEDED", "complexity",
		},
		{"too many tokens", "{ " + strings.Repeat("__typename ", 300) + "}", nil, "LIMIT_EXCEEDED", "token"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, all := faults(t, h, c.query, c.variables)
			switch {
			case c.code == "" && len(all) == 0:
			case len(all) == 0 || all[0].Extensions.Code != c.code || !strings.Contains(all[0].Message, c.message):
				t.Errorf("%+v, want %s with %q", all, c.code, c.message)
			}
		})
	}
	many := graph.NewHandler(world(t), graph.Config{Logger: quiet(), Tokens: -1})
	if _, errs := faults(t, many, "{ nodes(ids: ["+ids+"]) { id } }", nil); !isOnly(errs, "LIMIT_EXCEEDED", "") {
		t.Errorf("501 ids: %+v", errs)
	}
}

// TestTimeoutCancelsStoreQueries checks that the store's query is cancelled with the operation.
func TestTimeoutCancelsStoreQueries(t *testing.T) {
	s := &stuckStore{Store: world(t), released: make(chan error, 1)}
	h := graph.NewHandler(s, graph.Config{Logger: quiet(), Timeout: 10 * time.Millisecond})
	_, all := faults(t, h, "{ timeline { nodes { id } } }", nil)
	if len(all) != 1 || all[0].Extensions.Code != "TIMEOUT" || !strings.Contains(all[0].Message, "10ms") {
		t.Errorf("%+v", all)
	}
	select {
	case <-s.released:
	case <-time.After(10 * time.Second):
		t.Error("the store's query was not cancelled")
	}
}

// TestInternalDetailsAreHidden checks that details of internal errors are only logged.
func TestInternalDetailsAreHidden(t *testing.T) {
	for code, err := range map[string]error{
		"INTERNAL":    errors.New("table secret is broken"),
		"UNAVAILABLE": kg.Errorf(kg.Unavailable, "dial secret: refused"),
	} {
		_, all := faults(t, handler(t, failingStore{world(t), err}), "{ timeline { nodes { id } } }", nil)
		if !isOnly(all, code, "incident") || strings.Contains(all[0].Message, "secret") {
			t.Errorf("%s: %+v", code, all)
		}
	}
}

// TestProgressIsShown checks that clients see how far the server is with what their query waits for.
func TestProgressIsShown(t *testing.T) {
	err := fmt.Errorf("count: %w", store.NotReady("reading events (3 of 9)"))
	_, all := faults(t, handler(t, failingStore{world(t), err}), "{ timeline { nodes { id } } }", nil)
	if !isOnly(all, "UNAVAILABLE", "the server is still reading events (3 of 9): retry in a moment") {
		t.Errorf("%+v", all)
	}
}

// TestObserve checks the outcomes of operations that Observe receives.
func TestObserve(t *testing.T) {
	var outcomes []string
	h := graph.NewHandler(world(t), graph.Config{Logger: quiet(), Observe: func(data bool, codes []kg.ErrorCode) {
		outcome := "failed"
		if data {
			outcome = "ok"
		}
		for _, c := range codes {
			outcome += " " + string(c)
		}
		outcomes = append(outcomes, outcome)
	}})
	ask(t, h, "{ __typename }", nil)
	ask(t, h, `{ actor(id: "event:x") { id } __typename }`, nil)
	ask(t, h, `{ timeline(first: 0) { nodes { id } } }`, nil)
	if got := strings.Join(outcomes, ", "); got != "ok, ok BAD_INPUT, failed BAD_INPUT" {
		t.Error(got)
	}
}
