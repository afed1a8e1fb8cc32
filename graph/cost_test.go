package graph_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"casus/graph"
	"casus/internal/kg"
	"casus/internal/projection/aggregate"
	"casus/internal/store"
	"casus/internal/store/cache"
	"casus/internal/store/memory"
	"casus/loader"
	"casus/loader/sample"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// recount counts the keys of a response whose lists are full, by listing every one of them. Lists that are not pages
// have five elements.
func recount(set ast.SelectionSet, page int) (keys int) {
	for _, s := range set {
		switch s := s.(type) {
		case *ast.InlineFragment:
			keys += recount(s.SelectionSet, page)
		case *ast.FragmentSpread:
			keys += recount(s.Definition.SelectionSet, page)
		case *ast.Field:
			elements, below := 1, 0
			if a := s.Arguments.ForName("first"); a != nil {
				below, _ = strconv.Atoi(a.Value.Raw)
			}
			switch s.Name {
			case "nodes", "edges":
				elements = page
			case "participants", "titles":
				elements = 5
			}
			keys++
			for range elements {
				keys += recount(s.SelectionSet, below)
			}
		}
	}
	return keys
}

func recountQuery(t *testing.T, query string) int {
	t.Helper()
	doc, err := gqlparser.LoadQueryWithRules(graph.Schema(), query, rules.NewDefaultRules())
	if err != nil {
		t.Fatal(err, query)
	}
	return recount(doc.Operations[0].SelectionSet, 0)
}

// randomQuery returns a query with pages, aliases, fragments and __typename. Every page has another size, by which a
// test finds it. It has a few thousand keys.
func randomQuery(r *rand.Rand) string {
	size := 2
	page := func() string {
		size += 1 + r.IntN(3)
		return fmt.Sprintf("first: %d", size)
	}
	leaves := func() string {
		return []string{"id", "id __typename", "a: __typename b: __typename id", "...E"}[r.IntN(4)]
	}
	claims := func() string { return "claims(" + page() + ") { " + rowsOf(r, "id stance") + " }" }
	parts := func() string { return "parts(" + page() + ") { " + rowsOf(r, leaves()+" "+claims()) + " }" }
	participants := func() string {
		return "participants { role actor { ... on Actor { id timeline(" + page() + ") { " + rowsOf(r, leaves()) + " } } } }"
	}
	var fields []string
	for i, f := range []func() string{claims, parts, participants} {
		if r.IntN(2) == 0 {
			fields = append(fields, fmt.Sprintf("f%d: ", i)+f())
		}
	}
	return "{ t: timeline(" + page() + ") { totalCount " + rowsOf(r, leaves()+" "+strings.Join(fields, " ")) + " } }" +
		" fragment E on Event { id titles { value language } ... on Event { __typename } time { edtf } }"
}

func rowsOf(r *rand.Rand, fields string) string {
	if r.IntN(2) == 0 {
		return "nodes { " + fields + " }"
	}
	return "edges { cursor node { " + fields + " } }"
}

var complaint = regexp.MustCompile(
	`complexity is (\d+), the limit is \d+: ([\w.]+) costs (\d+) of it; first: (\d+) would fit`)

// TestCosts compares the cost of random queries with a naive recount, and what a refusal advises: the page size that it
// names is the largest with which the query is within the limit.
func TestCosts(t *testing.T) {
	advised := 0
	for seed := range uint64(300) {
		query := randomQuery(rand.New(rand.NewPCG(seed, 1)))
		if !strings.Contains(query, "...E") {
			query, _, _ = strings.Cut(query, " fragment")
		}
		cost := recountQuery(t, query)
		refusal := func(limit int, query string) string {
			config := graph.Config{Logger: quiet(), ResponseCacheBytes: -1, Complexity: limit, Depth: -1}
			h := graph.NewHandler(pageStore{}, config)
			_, errs := faults(t, h, query, nil)
			if len(errs) == 1 && errs[0].Extensions.Code == "LIMIT_EXCEEDED" {
				return errs[0].Message
			}
			return ""
		}
		if refusal(cost, query) != "" || refusal(cost-1, query) == "" {
			t.Fatalf("seed %d: %q and %q, the query has %d keys:\n%s", seed,
				refusal(cost, query), refusal(cost-1, query), cost, query)
		}
		limit := cost * 2 / 3
		m := complaint.FindStringSubmatch(refusal(limit, query))
		if m == nil {
			continue
		}
		advised++
		if m[1] != strconv.Itoa(cost) {
			t.Errorf("seed %d: %s, want %d", seed, m[0], cost)
		}
		path := strings.Split(m[2], ".")
		share, first := costAt(t, query, path)
		if m[3] != strconv.Itoa(share) {
			t.Errorf("seed %d: %s, counted %d", seed, m[0], share)
		}
		within, _ := strconv.Atoi(m[4])
		resized := func(n int) int {
			return recountQuery(t, strings.Replace(query, "first: "+first+")", fmt.Sprintf("first: %d)", n), 1))
		}
		if resized(within) > limit || resized(within+1) <= limit {
			t.Errorf("seed %d: with %d the query has %d keys, with one more %d; the limit is %d:\n%s",
				seed, within, resized(within), resized(within+1), limit, m[0])
		}
	}
	if advised < 150 {
		t.Errorf("only %d refusals named a page size", advised)
	}
}

// costAt returns the number of keys at a path and below it, and the page size of the field there.
func costAt(t *testing.T, query string, path []string) (keys int, first string) {
	t.Helper()
	doc, err := gqlparser.LoadQueryWithRules(graph.Schema(), query, rules.NewDefaultRules())
	if err != nil {
		t.Fatal(err)
	}
	set, objects, page := doc.Operations[0].SelectionSet, 1, 0
	for i, key := range path {
		f := fieldAt(set, key)
		if f == nil {
			t.Fatalf("there is no %s in %v", key, path)
		}
		if i == len(path)-1 {
			return objects * recount(ast.SelectionSet{f}, page), f.Arguments.ForName("first").Value.Raw
		}
		switch f.Name {
		case "nodes", "edges":
			objects *= page
		case "participants", "titles":
			objects *= 5
		}
		page = 0
		if a := f.Arguments.ForName("first"); a != nil {
			page, _ = strconv.Atoi(a.Value.Raw)
		}
		set = f.SelectionSet
	}
	return 0, ""
}

func fieldAt(set ast.SelectionSet, key string) *ast.Field {
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			if s.Alias == key {
				return s
			}
		case *ast.InlineFragment:
			if f := fieldAt(s.SelectionSet, key); f != nil {
				return f
			}
		case *ast.FragmentSpread:
			if f := fieldAt(s.Definition.SelectionSet, key); f != nil {
				return f
			}
		}
	}
	return nil
}

// TestCostIsTheNumberOfKeys executes queries whose pages are full: their limit is exactly the number of keys of the
// response.
func TestCostIsTheNumberOfKeys(t *testing.T) {
	var s pageStore
	for i := range 20 {
		e := kg.Event{ID: kg.ID(fmt.Sprint("event:", i))}
		s.page.Items = append(s.page.Items, e)
		s.page.Positions = append(s.page.Positions, store.Position{ID: e.ID})
	}
	for _, query := range []string{
		`{ timeline(first: 20) { nodes { id __typename a: __typename b: id } pageInfo { hasNextPage } totalCount } }`,
		`{ timeline(first: 20) { edges { cursor node { ...E } } } x: timeline(last: 20) { nodes { ...E } } }
			fragment E on Event { id nominal __typename }`,
		`{ __typename timeline { __typename nodes { __typename } edges { __typename } } }`,
	} {
		var data map[string]any
		answer(t, graph.NewHandler(s, graph.Config{Logger: quiet(), ResponseCacheBytes: -1}), query, nil, &data)
		keys := keysIn(data)
		config := graph.Config{Logger: quiet(), ResponseCacheBytes: -1, Complexity: keys}
		answer(t, graph.NewHandler(s, config), query, nil, &data)
		config.Complexity--
		h := graph.NewHandler(s, config)
		want := fmt.Sprintf("complexity is %d,", keys)
		if _, errs := faults(t, h, query, nil); !isOnly(errs, "LIMIT_EXCEEDED", want) {
			t.Errorf("%v, want %q for\n%s", errs, want, query)
		}
	}
}

// TestListsCostWhatTheStoreHas checks queries against a limit of a hundred keys.
func TestListsCostWhatTheStoreHas(t *testing.T) {
	totals := cache.Totals{
		Nodes: map[kg.NodeKind]int{kg.KindEvent: 20, kg.KindActor: 7, kg.KindClaim: 2}, States: 3,
		Edges:   map[store.EdgeType]int{store.EdgeParticipatedIn: 30, store.EdgeOccurredAt: 9},
		Longest: aggregate.Longest{EventsOfActor: 4},
	}
	hundred := strings.TrimSpace(strings.Repeat(" x: id", 100))
	for _, c := range []struct {
		query string
		cost  int // with the totals; 0: within the limit of 100
	}{
		{`{ timeline(first: 500) { nodes { id } } }`, 0},
		{`{ timeline(first: 500) { nodes { a: id b: id c: id d: id e: id } } }`, 2 + 5*20},
		{`{ actors(first: 500) { nodes { timeline(first: 500) { nodes { id } } } } }`, 0},
		{`{ actors(first: 500) { nodes { timeline(first: 500) { nodes { id a: id b: id c: id } } } } }`, 2 + 7*(2+4*4)},
		{`{ documents(first: 500) { nodes { id claims(first: 500) { nodes { id } } } } }`, 0},
		{`{ search(text: "x", first: 500) { nodes { ... on Event { a: id b: id c: id d: id } } } }`, 2 + 4*29},
		{`{ event(id: "event:x") { states { because { id } knownFrom } claims(first: 90) { nodes { id } } } }`, 0},
		{`{ network(limit: 2000) { nodes { degree } links { weight } } }`, 0},
		{`{ timeline(first: 500) { nodes { claims(first: 500) { nodes {` + hundred + `} } } } }`, 2 + 20*2 + 2*100},
		{`{ timeline(first: 500) { edges { node { claims { edges { node {` + hundred + `} } } } } } }`,
			2 + 20 + 20*2 + 2 + 2*100},
		{`{ timeline(first: 500) { nodes { participants { a: role b: role c: role } } } }`, 2 + 20 + 30*3},
		{`{ timeline(first: 500) { nodes { locations { role precision ` +
			strings.ReplaceAll(hundred, "id", "role") + `} } } }`,
			2 + 20 + 9*102},
		// Of seven actors each has four events at most, and each event can be an event of them all.
		{`{ actors(first: 500) { nodes { timeline { nodes { claims { nodes {` + hundred + `} } } } } } }`,
			2 + 7*2 + 28*2 + 7*2*100},
	} {
		config := graph.Config{Logger: quiet(), ResponseCacheBytes: -1, Complexity: 100}
		_, without := faults(t, graph.NewHandler(world(t), config), c.query, nil)
		config.Totals = func(context.Context) (cache.Totals, bool) { return totals, true }
		h := graph.NewHandler(world(t), config)
		_, with := faults(t, h, c.query, nil)
		want := fmt.Sprintf("complexity is %d,", c.cost)
		switch {
		case c.cost > 0 && !isOnly(with, "LIMIT_EXCEEDED", want):
			t.Errorf("%v, want %q for %s", with, want, c.query)
		case c.cost == 0 && len(with) > 0 && with[0].Extensions.Code == "LIMIT_EXCEEDED":
			t.Errorf("%v for %s", with, c.query)
		case c.cost == 0 && strings.Contains(c.query, "first: 500") && !isOnly(without, "LIMIT_EXCEEDED", "complexity"):
			t.Errorf("without totals: %v for %s", without, c.query)
		}
	}
}

// longPages is a query for everything about the events of the bundled sample, on pages that are longer than any list.
const longPages = `{ timeline(first: 200) { totalCount nodes {
	id title status claimCounts { asserts denies } time { edtf } toll { killed { low high } }
	participants { role side actor { id name } } locations { role location { id name } }
	claims(first: 200) { totalCount nodes {
		id stance assertedAt { edtf } claimants { id name } document { id title publisher { id name } }
		quote { text language speaker { id name } translations { value language } } spans { start end exact } } } } } }`

// sampleTotals returns a store with the bundled sample, and its totals.
func sampleTotals(t *testing.T) (*memory.Store, cache.Totals) {
	t.Helper()
	s := memory.New()
	if _, err := loader.Load(t.Context(), s, loader.FS(sample.Files(), sample.Names()), loader.Options{}); err != nil {
		t.Fatal(err)
	}
	stats, err := s.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s, cache.Totals{Nodes: stats.Nodes, Edges: stats.Edges, States: stats.States}
}

// withTotals returns a handler that estimates costs by totals.
func withTotals(s store.Store, totals cache.Totals, c graph.Config) http.Handler {
	c.Logger, c.ResponseCacheBytes = quiet(), -1
	c.Totals = func(context.Context) (cache.Totals, bool) { return totals, true }
	return graph.NewHandler(s, c)
}

// TestLongPagesOfSmallStores requests more of a small store than it has. A large one, and one that is not counted yet,
// refuse the same query for the same cost.
func TestLongPagesOfSmallStores(t *testing.T) {
	s, totals := sampleTotals(t)
	var data struct {
		Timeline struct {
			TotalCount int
			Nodes      []struct{ Claims struct{ Nodes []any } }
		}
	}
	answer(t, withTotals(s, totals, graph.Config{}), longPages, nil, &data)
	claims := 0
	for _, n := range data.Timeline.Nodes {
		claims += len(n.Claims.Nodes)
	}
	if n := len(data.Timeline.Nodes); n < 30 || n != data.Timeline.TotalCount || claims < 50 {
		t.Errorf("%d events of %d with %d claims", n, data.Timeline.TotalCount, claims)
	}
	large := cache.Totals{States: 400_000, Edges: map[store.EdgeType]int{}, Nodes: map[kg.NodeKind]int{}}
	for _, k := range []kg.NodeKind{kg.KindEvent, kg.KindActor, kg.KindLocation, kg.KindDocument, kg.KindClaim} {
		large.Nodes[k] = 100_000
	}
	for _, e := range store.EdgeTypes.Values() {
		large.Edges[e] = 200_000
	}
	_, refused := faults(t, withTotals(s, large, graph.Config{}), longPages, nil)
	_, uncounted := faults(t, graph.NewHandler(s, graph.Config{Logger: quiet(), ResponseCacheBytes: -1}), longPages, nil)
	if !isOnly(refused, "LIMIT_EXCEEDED", "timeline.nodes.claims costs") ||
		!isOnly(uncounted, "LIMIT_EXCEEDED", refused[0].Message) {
		t.Errorf("%v, and when it is not counted %v", refused, uncounted)
	}
}

// TestCostsCoverAnswers executes random queries for pages of the sample: none has more keys than it is estimated to
// have.
func TestCostsCoverAnswers(t *testing.T) {
	s, totals := sampleTotals(t)
	refuse := withTotals(s, totals, graph.Config{Complexity: 1, Depth: -1})
	execute := withTotals(s, totals, graph.Config{Complexity: -1, Depth: -1, ResponseBytes: -1, Timeout: -1})
	bounded := 0
	for seed := range uint64(60) {
		query := pagesQuery(rand.New(rand.NewPCG(seed, 2)))
		_, errs := faults(t, refuse, query, nil)
		m := regexp.MustCompile(`complexity is (\d+)`).FindStringSubmatch(fmt.Sprint(errs))
		if m == nil {
			t.Fatalf("%v for\n%s", errs, query)
		}
		cost, _ := strconv.Atoi(m[1])
		if cost > 1_000_000 {
			continue
		}
		var data map[string]any
		answer(t, execute, query, nil, &data)
		keys := keysIn(data)
		if keys > cost {
			t.Errorf("seed %d: %d keys, estimated %d for\n%s", seed, keys, cost, query)
		}
		if keys*10 > cost {
			bounded++
		}
	}
	if bounded < 20 {
		t.Errorf("only %d estimates are less than ten times the number of keys", bounded)
	}
}

// pagesQuery returns a query for pages of different nodes below each other.
func pagesQuery(r *rand.Rand) string {
	fields := map[string][]string{
		"Event":    {"claims Claim", "parts Event"},
		"Actor":    {"timeline Event", "claims Claim"},
		"Location": {"timeline Event", "children Location"},
		"Document": {"claims Claim", "timeline Event"},
	}
	var page func(field string, depth int) string
	page = func(field string, depth int) string {
		name, of, _ := strings.Cut(field, " ")
		row := "id __typename"
		if of == "Claim" && depth > 0 {
			row += " document { " + page("claims Claim", depth-1) + " }"
		}
		if below := fields[of]; len(below) > 0 && depth > 0 {
			for i := range 1 + r.IntN(2) {
				row += fmt.Sprintf(" p%d: %s", i, page(below[r.IntN(len(below))], depth-1))
			}
		}
		return fmt.Sprintf("%s(first: %d) { totalCount %s }", name, 1+r.IntN(300), rowsOf(r, row))
	}
	roots := []string{"timeline Event", "actors Actor", "locations Location", "documents Document"}
	return "{ " + page(roots[r.IntN(len(roots))], 2) + " }"
}

// TestAdvice checks that refusals name the costliest page, and a size that is within the limit.
func TestAdvice(t *testing.T) {
	many := strings.Repeat(" x: id", 300)
	for query, want := range map[string]string{
		`{ timeline(first: 500) { nodes { id claims(first: 50) { nodes { a: id b: id } } } } }`: "timeline.nodes.claims " +
			"costs 51000 of it; first: 48 would fit",
		`{ t: timeline(last: 500) { edges { node {` + many + ` } } } }`: "t costs 150502 of it; last: 166 would fit",
		`{ facets(fields: [ACTOR], top: 500) { groups {` + strings.ReplaceAll(many, "id", "key") + ` } } }`: "facets costs " +
			"150302 of it; top: 165 would fit",
		`{ network(limit: 2000) { nodes {` + strings.ReplaceAll(many, "id", "degree") + ` } } }`: "network costs " +
			"600002 of it; limit: 166 would fit",
	} {
		h := graph.NewHandler(pageStore{}, graph.Config{Logger: quiet(), ResponseCacheBytes: -1})
		if _, errs := faults(t, h, query, nil); !isOnly(errs, "LIMIT_EXCEEDED", want) {
			t.Errorf("%v, want %q", errs, want)
		}
	}
	h := graph.NewHandler(pageStore{}, graph.Config{Logger: quiet(), ResponseCacheBytes: -1, Complexity: 10})
	for query, want := range map[string]string{
		`{ timeline(first: 1) { nodes {` + many + ` } } }`: "even with small pages: select fewer fields",
		`{ event(id: "event:x") {` + many + ` } }`:         "10: select fewer fields",
	} {
		_, errs := faults(t, h, query, nil)
		if !isOnly(errs, "LIMIT_EXCEEDED", want) {
			t.Errorf("%v, want %q", errs, want)
		}
	}
}

// TestCostOfSpreadFragments measures queries whose fragments spread one another twice: it takes no exponential time.
func TestCostOfSpreadFragments(t *testing.T) {
	var b strings.Builder
	b.WriteString("{ timeline(first: 500) { nodes { ...F0 } } }")
	for i := range 200 {
		fmt.Fprintf(&b, " fragment F%d on Event { ...F%d ...F%d a%d: id }", i, i+1, i+1, i)
	}
	b.WriteString(" fragment F200 on Event { id }")
	body, err := json.Marshal(map[string]string{"query": b.String()})
	if err != nil || len(body) > 20_000 {
		t.Fatal(len(body), err)
	}
	h := graph.NewHandler(pageStore{}, graph.Config{Logger: quiet(), ResponseCacheBytes: -1})
	if status, errs := faults(t, h, b.String(), nil); status == http.StatusOK || !isOnly(errs, "LIMIT_EXCEEDED", "") {
		t.Errorf("status %d: %v", status, errs)
	}
}
