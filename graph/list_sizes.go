package graph

import (
	"math"
	"strings"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/cache"
	"casus/internal/store/relations"

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

// objects are the objects at one path of a response, as far as they can come.
type objects struct {
	// count is their number, and repeats how often the same node can be among them.
	count, repeats int
	// rows and rowRepeats are the same of the rows, if the objects are pages.
	rows, rowRepeats int
}

// root is the object on which an operation is selected.
var root = objects{count: 1, repeats: 1}

// below returns the objects that a field of some objects leads to. Lists of different nodes together have no more
// elements than the store has edges to them: the claims about all events of a page are not more than all claims.
func (l listSizes) below(f *ast.Field, on objects) objects {
	switch {
	case isRow(f):
		return objects{count: on.rows, repeats: on.rowRepeats}
	case strings.HasSuffix(f.ObjectDefinition.Name, "Edge"): // leads from each edge to its node
		return objects{count: on.count, repeats: on.repeats}
	}
	found := objects{count: on.count, repeats: on.count}
	page, argument := l.page(f)
	isList := f.Definition.Type.Elem != nil && len(f.SelectionSet) > 0
	edges, owned := l.edges(f)
	bounded := func(each int) (count, repeats int) {
		count, repeats = min(times(found.count, each), times(on.repeats, edges)), on.count
		if owned {
			repeats = min(repeats, on.repeats)
		}
		return count, repeats
	}
	switch {
	case isList && argument == "" && edges < math.MaxInt:
		found.count, found.repeats = bounded(l.elements(f))
	case isList:
		found.count = times(on.count, l.elements(f))
		found.repeats = found.count
	}
	if argument != "" {
		found.rows, found.rowRepeats = bounded(page)
	}
	return found
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
		return bounded("limit", defaultNetworkNodes, relations.MaxNetworkNodes)
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
		return l.belowOne(f, nodes(kg.KindEvent)), true
	case "ActorConnection", "CoParticipantConnection", "Actor", "Network":
		return nodes(kg.KindActor), true
	case "LocationConnection", "Location":
		return nodes(kg.KindLocation), true
	case "DocumentConnection", "Document":
		return nodes(kg.KindDocument), true
	case "ClaimConnection", "Claim":
		return l.belowOne(f, nodes(kg.KindClaim)), true
	case "SearchConnection":
		return nodes(kg.KindActor, kg.KindLocation, kg.KindEvent, kg.KindDocument, kg.KindClaim), true
	case "ChangeConnection", "EventState":
		return t.States, true
	case "Affiliation":
		return nodes(kg.KindAffiliation), true
	}
	return 0, false
}

// belowOne returns the largest number of elements that a field has for one node, or all if that is unknown.
func (l listSizes) belowOne(f *ast.Field, all int) int {
	most := 0
	switch f.ObjectDefinition.Name + "." + f.Name {
	case "Actor.timeline":
		most = l.totals.Longest.EventsOfActor
	case "Event.parts":
		most = l.totals.Longest.PartsOfEvent
	case "Event.claims":
		most = l.totals.Longest.ClaimsOfEvent
	}
	if most == 0 {
		return all
	}
	return min(all, most)
}

// edges returns the number of edges of the store that a field follows, math.MaxInt if that is unknown. Edges are owned
// if each of them, as the field shows it, belongs to one object.
func (l listSizes) edges(f *ast.Field) (n int, owned bool) {
	if !l.known {
		return math.MaxInt, false
	}
	switch f.ObjectDefinition.Name + "." + f.Name {
	case "Event.claims", "Document.claims":
		return l.totals.Nodes[kg.KindClaim], true
	case "Event.states":
		return l.totals.States, true
	case "Event.participants":
		return l.totals.Edges[store.EdgeParticipatedIn], true
	case "Event.locations":
		return l.totals.Edges[store.EdgeOccurredAt], true
	case "Event.partOf":
		return l.totals.Edges[store.EdgePartOf], true
	case "Event.parts":
		return l.totals.Edges[store.EdgePartOf], false
	case "Actor.timeline":
		return l.totals.Edges[store.EdgeParticipatedIn], false
	case "Location.children":
		return l.totals.Edges[store.EdgeWithin], false
	}
	return math.MaxInt, false
}

func (l listSizes) argument(f *ast.Field, name string) any { return f.ArgumentMap(l.variables)[name] }

// included reports whether a selection is part of the answer: @skip and @include may leave it out.
func (l listSizes) included(s ast.Selection) bool {
	var directives ast.DirectiveList
	switch s := s.(type) {
	case *ast.Field:
		directives = s.Directives
	case *ast.InlineFragment:
		directives = s.Directives
	case *ast.FragmentSpread:
		directives = s.Directives
	}
	for _, d := range directives {
		value, isBool := d.ArgumentMap(l.variables)["if"].(bool)
		if isBool && (d.Name == "skip" && value || d.Name == "include" && !value) {
			return false
		}
	}
	return true
}
