package storetest

import (
	"fmt"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// scale is how many records a generated graph has.
type scale struct{ actors, locations, documents, releases, affiliations, identities, events, claims int }

// Two scales: one on which an answer can be read, and one on which time can be measured.
var (
	readable   = scale{actors: 12, locations: 14, documents: 12, releases: 3, affiliations: 6, identities: 8, events: 20, claims: 100}
	measurable = scale{actors: 200, locations: 150, documents: 400, releases: 3, affiliations: 80, identities: 10, events: 600, claims: 2400}
)

// graph is a generated graph.
type graph struct {
	scale
	// batch is all of it. Some nodes are in it twice, as two sources give them.
	batch kg.Batch
	// known are the ids by kind.
	known map[kg.NodeKind][]kg.ID
	// moments are those at which what is known changes.
	moments []edtf.Instant
}

// generate makes a graph whose ids have the prefix, so that several may lie in one store.
func generate(d dice, n scale, prefix string) *graph {
	g := &graph{scale: n, known: map[kg.NodeKind][]kg.ID{}, batch: kg.Batch{RecordedAt: noon(31)}}
	g.name(d, prefix)
	g.nodes(d)
	g.decisions(d)
	for i := range n.claims {
		g.batch.Claims = append(g.batch.Claims, g.claim(d, i))
	}
	for _, c := range g.batch.Claims {
		g.moments = append(g.moments, c.KnownFrom())
	}
	slices.Sort(g.moments)
	g.moments = slices.Compact(g.moments)
	return g
}

// name makes the ids, in the order of which letters' cases, accents and code points beyond 16 bits have their say.
func (g *graph) name(d dice, prefix string) {
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

// view is everything known, or what was at a moment: one at which something changed, just before it, or another.
func (g *graph) view(d dice) kg.View {
	v := kg.View{Identity: pick(d, []kg.IdentityMode{"", "", kg.IdentityExact, kg.IdentityResolved})}
	if d.chance(50) {
		return v
	}
	first, last := g.moments[0], g.moments[len(g.moments)-1]
	at := pick(d, g.moments[len(g.moments)/3:]) // before that little is known
	at = pick(d, []edtf.Instant{at, at, at, at, at - 1, at - 1, at + 1, first, first - 1, last + 1})
	v.KnownAt = &at
	return v
}

// pieces are the same records as another loader would bring them: each node once, then the claims in batches, in an order
// of chance that keeps what is referred to ahead, and with them what else is said of the nodes.
func (g *graph) pieces(d dice) []kg.Batch {
	nodes := kg.Batch{RecordedAt: g.batch.RecordedAt, Releases: g.batch.Releases, Affiliations: g.batch.Affiliations}
	later := kg.Batch{RecordedAt: g.batch.RecordedAt}
	nodes.Actors, later.Actors = eachOnce(d, g.batch.Actors)
	nodes.Locations, later.Locations = eachOnce(d, g.batch.Locations)
	nodes.Documents, later.Documents = eachOnce(d, g.batch.Documents)
	claims := slices.Clone(g.batch.Claims)
	d.Shuffle(len(claims), func(i, j int) { claims[i], claims[j] = claims[j], claims[i] })
	batches := []kg.Batch{nodes}
	for together := range slices.Chunk(inOrder(claims, d.Rand), 10) {
		b := together[0]
		for _, more := range together[1:] {
			b.Claims = append(b.Claims, more.Claims...)
		}
		batches = append(batches, b)
	}
	batches = slices.Insert(batches, d.between(1, len(batches)), later)
	for _, decision := range g.batch.Identities {
		i := d.between(1, len(batches)-1)
		for !decided(batches[:i+1], decision) {
			i++
		}
		if batches[i].Identities = append(batches[i].Identities, decision); d.chance(50) { // or by itself
			batches[i].Identities = batches[i].Identities[:len(batches[i].Identities)-1]
			batches = slices.Insert(batches, i+1, kg.Batch{Identities: []kg.IdentityDecision{decision}})
		}
	}
	return batches
}

// decided says whether batches have what a decision is about: events are there with the first claim about them.
func decided(batches []kg.Batch, d kg.IdentityDecision) bool {
	for _, id := range []kg.ID{d.A, d.B} {
		if id.Kind() == kg.KindEvent && !slices.ContainsFunc(batches, func(b kg.Batch) bool {
			return slices.ContainsFunc(b.Claims, func(c kg.Claim) bool { return c.Subject == id })
		}) {
			return false
		}
	}
	return true
}

// eachOnce takes of each record one, by chance, and gives the others apart.
func eachOnce[T kg.Identified](d dice, records []T) (once, others []T) {
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
