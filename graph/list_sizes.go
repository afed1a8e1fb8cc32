package graph

import (
	"strings"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/cache"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// listSizes estimates how many elements lists have: what is requested, or less if the store has less.
type listSizes struct {
	variables map[string]any
	totals    cache.Totals
	known     bool // whether there are totals
	// assumed overrides the page sizes of fields.
	assumed map[*ast.Field]int
}

// listCost is the assumed length of a list that is not a page; listCosts has the exceptions.
const listCost = 5

var listCosts = map[string]int{
	"Query.timelineBuckets": 100, "Query.knowledge": 100, "Query.clusters": 200, "Event.disagreements": 3,
	"Disagreement.sides": 3,
}

// page returns the number of rows that a field's page can have, and the argument that sets it; "" if it has no page.
func (l listSizes) page(f *ast.Field) (size int, argument string) {
	size, argument = l.requested(f)
	if n, ok := l.assumed[f]; ok {
		size = min(size, n)
	}
	if n, ok := l.stored(f); ok {
		size = min(size, n)
	}
	switch f.Definition.Type.Name() {
	case "Facet":
		size++ // the group of events without a value
	case "TimelineBucket", "Cluster":
		if argument != "" {
			size += 2 // that, and the one of other values
		}
	}
	return size, argument
}

// requested returns the size of the page that a field requests, and the argument that sets it. The resolver rejects
// sizes above the maximum.
func (l listSizes) requested(f *ast.Field) (size int, argument string) {
	bounded := func(argument string, standard, most int) (int, string) {
		n, err := graphql.UnmarshalInt(l.argument(f, argument))
		if err != nil || n < 1 {
			n = standard
		}
		return min(n, most), argument
	}
	switch of := f.Definition.Type.Name(); {
	case of == "Facet":
		return bounded("top", store.DefaultFacetGroups, store.MaxFacetGroups)
	case isSplit(of) && l.argument(f, "splitBy") == nil:
		return 0, ""
	case isSplit(of):
		return bounded("top", store.DefaultBucketGroups, store.MaxBucketGroups)
	case of == "Network":
		return bounded("limit", defaultNetworkNodes, store.MaxNetworkNodes)
	case !strings.HasSuffix(of, "Connection"):
		return 0, ""
	}
	first, _ := bounded("first", 0, store.MaxPageSize)
	last, _ := bounded("last", 0, store.MaxPageSize)
	switch {
	case last > first:
		return last, "last"
	case first > 0:
		return first, "first"
	}
	return store.DefaultPageSize, "first"
}

// isSplit reports whether events that a type counts can be divided into groups.
func isSplit(of string) bool { return of == "TimelineBucket" || of == "Cluster" }

// isRow reports whether a field of a page, such as nodes of a connection, has one element for each row.
func isRow(f *ast.Field) bool {
	switch of := f.ObjectDefinition.Name; {
	case of == "Facet", isSplit(of):
		return f.Name == "groups"
	case of == "Network": // links are estimated to be as many as nodes
		return f.Name == "nodes" || f.Name == "links"
	case strings.HasSuffix(of, "Connection"):
		return f.Name == "nodes" || f.Name == "edges"
	}
	return false
}

// elements returns the number of elements that a field without a page can have: 1 unless it is a list of objects.
func (l listSizes) elements(f *ast.Field) int {
	if f.Definition.Type.Elem == nil || len(f.SelectionSet) == 0 || isRow(f) {
		return 1
	}
	switch f.ObjectDefinition.Name + "." + f.Name {
	case "Query.facets":
		fields, _ := l.argument(f, "fields").([]any)
		return max(1, len(fields))
	case "Query.nodes":
		ids, _ := l.argument(f, "ids").([]any)
		return len(ids)
	}
	n, ok := listCosts[f.ObjectDefinition.Name+"."+f.Name]
	if !ok {
		n = listCost
	}
	if most, known := l.stored(f); known {
		n = min(n, most)
	}
	return n
}

// stored returns how many elements the store has for a field, if that is known.
func (l listSizes) stored(f *ast.Field) (n int, known bool) {
	if !l.known {
		return 0, false
	}
	t := l.totals
	nodes := func(kinds ...kg.NodeKind) (n int) {
		for _, k := range kinds {
			n += t.Nodes[k]
		}
		return n
	}
	switch f.Definition.Type.Name() {
	case "EventConnection", "Event":
		all := nodes(kg.KindEvent)
		if most := l.eventsBelow(f); most > 0 {
			all = min(all, most)
		}
		return all, true
	case "ActorConnection", "CoParticipantConnection", "Actor", "Network":
		return nodes(kg.KindActor), true
	case "LocationConnection", "Location":
		return nodes(kg.KindLocation), true
	case "DocumentConnection", "Document":
		return nodes(kg.KindDocument), true
	case "ClaimConnection", "Claim":
		return nodes(kg.KindClaim), true
	case "SearchConnection":
		return nodes(kg.KindActor, kg.KindLocation, kg.KindEvent, kg.KindDocument, kg.KindClaim), true
	case "ChangeConnection", "EventState":
		return t.States, true
	case "Affiliation":
		return nodes(kg.KindAffiliation), true
	}
	return 0, false
}

// eventsBelow returns the largest number of events that a field has for one node, or 0 if that is unknown.
func (l listSizes) eventsBelow(f *ast.Field) int {
	switch f.ObjectDefinition.Name + "." + f.Name {
	case "Actor.timeline":
		return l.totals.Longest.EventsOfActor
	case "Event.parts":
		return l.totals.Longest.PartsOfEvent
	}
	return 0
}

func (l listSizes) argument(f *ast.Field, name string) any { return f.ArgumentMap(l.variables)[name] }
