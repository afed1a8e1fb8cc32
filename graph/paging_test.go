package graph_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// page is a decoded connection of any type.
type page struct {
	TotalCount *int
	Edges      []struct {
		Cursor string
		Node   struct{ ID string }
	}
	Nodes    []struct{ ID string }
	PageInfo struct {
		HasNextPage, HasPreviousPage bool
		StartCursor, EndCursor       *string
	}
}

func (p page) ids() []string {
	var ids []string
	for _, n := range p.Nodes {
		ids = append(ids, n.ID)
	}
	return ids
}

const fields = " { totalCount nodes { id } edges { cursor node { id } } " +
	"pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } "

// connectionQueries returns a query for every connection, which has the alias c; %s stands for the page's arguments.
func connectionQueries() map[string]string {
	return map[string]string{
		"timeline":           "{ c: timeline(%s)" + fields + "}",
		"actors":             "{ c: actors(%s)" + fields + "}",
		"locations":          "{ c: locations(%s)" + fields + "}",
		"documents":          "{ c: documents(%s)" + fields + "}",
		"claims":             "{ c: claims(%s)" + fields + "}",
		"Actor.timeline":     `{ p: actor(id: "actor:ada") { c: timeline(%s)` + fields + "} }",
		"Actor.claims":       `{ p: actor(id: "actor:bo") { c: claims(%s)` + fields + "} }",
		"Location.timeline":  `{ p: location(id: "location:land") { c: timeline(%s)` + fields + "} }",
		"Location.children":  `{ p: location(id: "location:land") { c: children(%s)` + fields + "} }",
		"Document.claims":    `{ p: document(id: "document:paper") { c: claims(%s)` + fields + "} }",
		"Document.timeline":  `{ p: document(id: "document:paper") { c: timeline(%s)` + fields + "} }",
		"Event.claims":       `{ p: event(id: "event:strike") { c: claims(%s)` + fields + "} }",
		"Event.parts":        `{ p: event(id: "event:campaign") { c: parts(%s)` + fields + "} }",
		"Event.around":       `{ p: event(id: "event:strike") { c: around(later: "P3D", %s)` + fields + "} }",
		"Affiliation.claims": `{ p: node(id: "affiliation:office") { ... on Affiliation { c: claims(%s)` + fields + "} } }",
		"changes": `{ c: changes(knownFrom: "2025-12-20T00:00:00Z", %s)` +
			strings.ReplaceAll(fields, "{ id }", "{ id: changeKind }") + "}",
		"search":               `{ c: search(text: "p", %s)` + fields + "}",
		"Actor.coParticipants": `{ p: actor(id: "actor:ada") { c: coParticipants(%s)` + fields + "} }",
	}
}

// forwardOnly are the connections without last and before.
var forwardOnly = []string{"changes", "search", "Actor.coParticipants"}

func get(t *testing.T, h http.Handler, query, arguments string) page {
	t.Helper()
	var data struct {
		C page
		P struct{ C page }
	}
	answer(t, h, fmt.Sprintf(query, arguments), nil, &data)
	if data.C.TotalCount != nil {
		return data.C
	}
	return data.P.C
}

// TestEveryConnectionPages walks every connection in pages of one and two items, forwards and backwards.
func TestEveryConnectionPages(t *testing.T) {
	h := handler(t, world(t))
	for name, query := range connectionQueries() {
		t.Run(name, func(t *testing.T) {
			whole := get(t, h, query, "first: 100")
			info := whole.PageInfo
			if len(whole.Nodes) == 0 || whole.TotalCount == nil || *whole.TotalCount != len(whole.Nodes) ||
				info.HasNextPage || info.HasPreviousPage {
				t.Fatalf("the whole list: %+v", whole)
			}
			for _, size := range []int{1, 2} {
				if walked := walk(t, h, query, size, "first", "after"); !slices.Equal(walked, whole.ids()) {
					t.Errorf("forwards by %d: %v, want %v", size, walked, whole.ids())
				}
				if slices.Contains(forwardOnly, name) {
					continue
				}
				if walked := walk(t, h, query, size, "last", "before"); !slices.Equal(walked, whole.ids()) {
					t.Errorf("backwards by %d: %v, want %v", size, walked, whole.ids())
				}
			}
		})
	}
}

// walk returns the ids of all pages, in list order.
func walk(t *testing.T, h http.Handler, query string, size int, count, from string) []string {
	t.Helper()
	var ids []string
	arguments := fmt.Sprintf("%s: %d", count, size)
	for range 100 {
		p := get(t, h, query, arguments)
		if len(p.Nodes) > size || len(p.Nodes) != len(p.Edges) {
			t.Fatalf("a page of %d: %+v", size, p)
		}
		for i, e := range p.Edges {
			if e.Node.ID != p.Nodes[i].ID {
				t.Errorf("edge %d has node %s, node %d is %s", i, e.Node.ID, i, p.Nodes[i].ID)
			}
		}
		if n := len(p.Edges); n > 0 {
			first, last := p.Edges[0].Cursor, p.Edges[n-1].Cursor
			if first != *p.PageInfo.StartCursor || last != *p.PageInfo.EndCursor {
				t.Errorf("the page's cursors differ from its edges': %+v", p)
			}
		}
		cursor, more := p.PageInfo.EndCursor, p.PageInfo.HasNextPage
		if count == "last" {
			ids, cursor, more = append(p.ids(), ids...), p.PageInfo.StartCursor, p.PageInfo.HasPreviousPage
		} else {
			ids = append(ids, p.ids()...)
		}
		if !more {
			return ids
		}
		arguments = fmt.Sprintf("%s: %d, %s: %q", count, size, from, *cursor)
	}
	t.Fatal("the pages do not end")
	return nil
}
