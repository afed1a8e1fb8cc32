package storetest

import (
	"fmt"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// scale is the number of records of a generated graph.
type scale struct{ actors, locations, documents, releases, affiliations, identities, events, claims int }

// smallScale keeps results small enough to read; largeScale is for benchmarks.
var (
	smallScale = scale{actors: 12, locations: 14, documents: 12, releases: 3, affiliations: 6, identities: 8, events: 20,
		claims: 100}
	largeScale = scale{actors: 200, locations: 150, documents: 400, releases: 3, affiliations: 80, identities: 10,
		events: 600, claims: 2400}
)

// graph is a generated graph.
type graph struct {
	scale
	// batch is the whole graph. Some nodes are in it twice, as if from two sources.
	batch kg.Batch
	// known holds the ids by kind.
	known map[kg.NodeKind][]kg.ID
	// moments are the instants at which a claim becomes known.
	moments []edtf.Instant
}

// generate returns a random graph. The prefix is part of all ids, so that a store can hold several graphs.
func generate(d random, n scale, prefix string) *graph {
	g := newGraph(d, n, prefix)
	g.fill(d)
	return g
}

// newGraph returns a graph that has only ids.
func newGraph(d random, n scale, prefix string) *graph {
	g := &graph{scale: n, known: map[kg.NodeKind][]kg.ID{}, batch: kg.Batch{RecordedAt: noon(31)}}
	g.makeIDs(d, prefix)
	return g
}

// fill generates the records of the ids.
func (g *graph) fill(d random) {
	g.nodes(d)
	g.decisions(d)
	for i := range g.claims {
		g.batch.Claims = append(g.batch.Claims, g.claim(d, i))
	}
	for _, c := range g.batch.Claims {
		g.moments = append(g.moments, c.KnownFrom())
	}
	slices.Sort(g.moments)
	g.moments = slices.Compact(g.moments)
}

// makeIDs makes the ids. Their order depends on case, accents and code points above 16 bits.
func (g *graph) makeIDs(d random, prefix string) {
	starts := []string{"", "", "", "X", "x", "é", "Ж", "ﬀ", "𐍈", "_"}
	for kind, n := range map[kg.NodeKind]int{
		kg.KindActor: g.actors, kg.KindLocation: g.locations, kg.KindDocument: g.documents, kg.KindRelease: g.releases,
		kg.KindAffiliation: g.affiliations, kg.KindIdentity: g.identities, kg.KindEvent: g.events, kg.KindClaim: g.claims,
	} {
		for i := range n {
			g.known[kind] = append(g.known[kind], kg.ID(fmt.Sprintf("%s:%s%s%d", kind, starts[i%len(starts)], prefix, i)))
		}
	}
}

// view returns a random view. Its moment of knowledge, if any, is mostly one at which something changes, or just
// before it.
func (g *graph) view(d random) kg.View {
	v := kg.View{Identity: pick(d, []kg.IdentityMode{"", "", kg.IdentityExact, kg.IdentityResolved})}
	if d.chance(50) {
		return v
	}
	first, last := g.moments[0], g.moments[len(g.moments)-1]
	at := pick(d, g.moments[len(g.moments)/3:]) // few claims are known before that
	at = pick(d, []edtf.Instant{at, at, at, at, at - 1, at - 1, at + 1, first, first - 1, last + 1})
	v.KnownAt = &at
	return v
}

// shuffledBatches returns the same records in other batches: each node once, then the claims in random
// order, each after the records it refers to, and among them the duplicates of nodes and the decisions.
func (g *graph) shuffledBatches(d random) []kg.Batch {
	nodes := kg.Batch{RecordedAt: g.batch.RecordedAt, Releases: g.batch.Releases, Affiliations: g.batch.Affiliations}
	later := kg.Batch{RecordedAt: g.batch.RecordedAt}
	nodes.Actors, later.Actors = splitDuplicates(d, g.batch.Actors)
	nodes.Locations, later.Locations = splitDuplicates(d, g.batch.Locations)
	nodes.Documents, later.Documents = splitDuplicates(d, g.batch.Documents)
	claims := slices.Clone(g.batch.Claims)
	d.Shuffle(len(claims), func(i, j int) { claims[i], claims[j] = claims[j], claims[i] })
	batches := []kg.Batch{nodes}
	for together := range slices.Chunk(dependencyBatches(claims, d.Rand), 10) {
		b := together[0]
		for _, more := range together[1:] {
			b.Claims = append(b.Claims, more.Claims...)
		}
		batches = append(batches, b)
	}
	batches = slices.Insert(batches, d.between(1, len(batches)), later)
	for _, decision := range g.batch.Identities {
		i := d.between(1, len(batches)-1)
		for !definesNodes(batches[:i+1], decision) {
			i++
		}
		if batches[i].Identities = append(batches[i].Identities, decision); d.chance(50) { // or in a batch of its own
			batches[i].Identities = batches[i].Identities[:len(batches[i].Identities)-1]
			batches = slices.Insert(batches, i+1, kg.Batch{Identities: []kg.IdentityDecision{decision}})
		}
	}
	return batches
}

// definesNodes reports whether the batches define the nodes of a decision. The first claim about an event defines it.
func definesNodes(batches []kg.Batch, d kg.IdentityDecision) bool {
	for _, id := range []kg.ID{d.A, d.B} {
		if id.Kind() == kg.KindEvent && !slices.ContainsFunc(batches, func(b kg.Batch) bool {
			return slices.ContainsFunc(b.Claims, func(c kg.Claim) bool { return c.Subject == id })
		}) {
			return false
		}
	}
	return true
}

// splitDuplicates picks one record of each id at random and returns the duplicates as others.
func splitDuplicates[T kg.Identified](d random, records []T) (once, others []T) {
	seen := map[kg.ID]bool{}
	for _, i := range d.Perm(len(records)) {
		if id := records[i].NodeID(); seen[id] {
			others = append(others, records[i])
		} else {
			once, seen[id] = append(once, records[i]), true
		}
	}
	return once, others
}
