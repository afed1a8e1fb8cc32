package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"casus/internal/kg"
	"casus/internal/store"
)

// prefetchOf returns the edges and nodes that the operation selects on each event of the list being resolved and that a
// store can prefetch.
func prefetchOf(ctx context.Context) store.Prefetch {
	var lists []graphql.CollectedField
	for _, f := range graphql.CollectFieldsCtx(ctx, nil) {
		switch f.Name {
		case "nodes":
			lists = append(lists, f)
		case "edges":
			for _, below := range fieldsOf(ctx, f) {
				if below.Name == "node" {
					lists = append(lists, below)
				}
			}
		}
	}
	if len(lists) != 1 { // two lists of the same events may select different edges, which are read as one set
		return store.Prefetch{}
	}
	var a store.Prefetch
	for _, f := range fieldsOf(ctx, lists[0], "Event", "Node", "ClaimSubject") {
		a.Edges |= edgeFields[f.Name]
		switch f.Name {
		case "participants", "locations":
			for _, below := range fieldsOf(ctx, f) {
				a.Neighbors = a.Neighbors || below.Name == "actor" || below.Name == "location"
			}
		case "claims":
			a.Claims = a.Claims || onlyCounts(f)
		}
	}
	if a.Edges&^store.PrefetchableEdges != 0 {
		a.Edges = 0
	}
	a.Neighbors = a.Neighbors && a.Edges != 0
	return a
}

func fieldsOf(ctx context.Context, f graphql.CollectedField, satisfies ...string) []graphql.CollectedField {
	return graphql.CollectFields(graphql.GetOperationContext(ctx), f.Selections, satisfies)
}

// onlyCounts reports whether a connection has no arguments and selects only totalCount, without fragments.
func onlyCounts(f graphql.CollectedField) bool {
	for _, below := range f.Selections {
		if field, ok := below.(*ast.Field); !ok || field.Name != "totalCount" && field.Name != "__typename" {
			return false
		}
	}
	return len(f.Arguments) == 0
}

// edgeFields maps the fields that are an event's edges to the edges they read from the store.
var edgeFields = map[string]kg.EdgeSet{
	"participants": kg.WantParticipations, "locations": kg.WantLocations, "partOf": kg.WantWholes,
	"respondsTo": kg.WantRespondsTo, "responses": kg.WantResponses | kg.WantAnnouncedBy,
	"proposedBy": kg.WantParticipations | kg.WantAnnouncedBy,
	"announces":  kg.WantAnnounces, "announcedBy": kg.WantAnnouncedBy,
	"announcements": kg.WantAnnounces, "figures": kg.WantFigures,
}
