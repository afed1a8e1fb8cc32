package neo4j

import (
	"context"
	"sync"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/store/neo4j/rows"
)

// identityCache are the nodes that are one, kept from one call to the next. Of those that are stored, (:ClassVersion) has a number
// that grows with every change, perhaps by another process.
type identityCache struct {
	sync.Mutex
	version    int64
	identities kg.Identities
}

// guard lets the rest of a query find nothing where the classes are not those that it was made for. So they need not be
// asked for before; only where nothing is found it is asked whether that is why.
const guard = "OPTIONAL MATCH (classes:ClassVersion) WITH coalesce(max(classes.number), 0) AS version WHERE version = $classes "

const (
	classVersion = "OPTIONAL MATCH (classes:ClassVersion) RETURN coalesce(max(classes.number), 0) AS version"
	classMembers = "MATCH (m)-[:MEMBER_OF]->(c) RETURN m.id AS id, c.id AS class"
)

// queryFunc reads all rows of a query, in a transaction of its own or in one that is under way.
type queryFunc func(ctx context.Context, cypher string, params map[string]any) ([]*neo4j.Record, error)

// cached are the classes as they were last read.
func (c *identityCache) cached() (kg.Identities, int64) {
	c.Lock()
	defer c.Unlock()
	return c.identities, c.version
}

// current gives the classes that are stored, reading them where they have changed.
func (c *identityCache) current(ctx context.Context, query queryFunc) (kg.Identities, error) {
	found, err := query(ctx, classVersion, nil)
	if err != nil {
		return kg.Identities{}, err
	}
	version, err := column[int64](found[0], "version")
	if err != nil {
		return kg.Identities{}, err
	}
	if one, known := c.cached(); known == version {
		return one, nil
	}
	if found, err = query(ctx, classMembers, nil); err != nil {
		return kg.Identities{}, err
	}
	class := make(map[kg.ID]kg.ID, 2*len(found))
	for _, r := range found {
		id, err := idOf(r)
		if err != nil {
			return kg.Identities{}, err
		}
		of, err := column[string](r, "class")
		if err != nil {
			return kg.Identities{}, err
		}
		class[id], class[kg.ID(of)] = kg.ID(of), kg.ID(of)
	}
	one := kg.NewIdentities(class)
	c.Lock()
	defer c.Unlock()
	c.version, c.identities = version, one
	return one, nil
}

// readView answers in a view. What was read while the classes changed is read again.
func readView[T any](ctx context.Context, s *Store, v kg.View, answer func(*builder) (T, error)) (T, error) {
	for {
		one, version := s.identities.cached()
		b := &builder{store: s, view: v, params: map[string]any{"m": int64(v.Moment()), "classes": version}, state: &queryState{}, identities: one.InView(v), hasMerged: one.HasMerged("")}
		found, err := answer(b)
		if !b.state.foundNothing && err == nil {
			return found, nil
		}
		if _, e := s.identities.current(ctx, s.query); e != nil {
			if err == nil {
				err = e
			}
			return found, err
		}
		if _, now := s.identities.cached(); now == version {
			return found, err
		}
	}
}

// queryState is what the queries of one answer have in common.
type queryState struct {
	// nameCount counts the variables that were named.
	nameCount int
	// foundNothing says that some query found nothing.
	foundNothing bool
}

// query reads all rows of a query that was built for the view.
func (b *builder) query(ctx context.Context, cypher string) ([]*neo4j.Record, error) {
	found, err := b.store.query(ctx, guard+cypher, b.params)
	if len(found) == 0 {
		b.state.foundNothing = true
	}
	return found, err
}

// newQuery makes a query beside this one, in the same view.
func (b *builder) newQuery() *builder {
	other := *b
	other.params = map[string]any{"m": b.params["m"], "classes": b.params["classes"]}
	return &other
}

// exactBuilder builds a part of the same query that reads nodes apart.
func (b *builder) exactBuilder() *builder {
	other := *b
	other.view.Identity, other.identities = kg.IdentityExact, kg.Identities{}
	return &other
}

// isExact says whether nodes that are one are read apart.
func (b *builder) isExact() bool { return b.hasMerged && b.view.Identity == kg.IdentityExact }

// inLayer holds where a node or relationship is there in the view: one without a layer is in every one. Where no nodes are
// one, nothing has a layer.
func (b *builder) inLayer(v string) clause {
	switch {
	case !b.hasMerged:
		return always
	case b.isExact():
		return "coalesce(" + v + ".layer, 0) <> 1"
	}
	return "coalesce(" + v + ".layer, 0) <> 2"
}

// pathInLayer holds where all relationships of a path are there in the view.
func (b *builder) pathInLayer(path string) clause {
	if !b.hasMerged {
		return always
	}
	step := b.name("step")
	return "all(" + step + " IN " + path + " WHERE " + b.inLayer(step) + ")"
}

// property is a property of an actor or location: of one that stands for a class it is the class's, unless nodes are read apart.
func (b *builder) property(v, property string) string {
	if !b.isExact() {
		return v + "." + property
	}
	return "CASE WHEN " + v + ".apartRecord IS NULL THEN " + v + "." + property + " ELSE " + v + "." + rows.ExactProperty(property) + " END"
}

// lifetime is a property of what became of a claim.
func (b *builder) lifetime(v, property string) string {
	if !b.isExact() {
		return v + "." + property
	}
	return "CASE WHEN " + v + ".apartKnownTo IS NULL THEN " + v + "." + property + " ELSE " + v + "." + rows.ExactProperty(property) + " END"
}

// claimsPath begins a path at a node, to go on at the claims about it or about those that are one with it.
func (b *builder) claimsPath(event string) string {
	if !b.identities.HasMerged(kg.KindEvent) {
		return event + "<-[:ABOUT]-"
	}
	return event + "<-[:MEMBER_OF*0..1]-(:Event)<-[:ABOUT]-"
}

// subjectPath goes on from a claim to what it is about, and to what stands for that.
func (b *builder) subjectPath(event string) string {
	if !b.identities.HasMerged(kg.KindEvent) {
		return "-[:ABOUT]->" + event
	}
	return "-[:ABOUT]->(:Event)-[:MEMBER_OF*0..1]->" + event
}

// membersPath begins a path at an actor or location, to go on from all that are one with it.
func (b *builder) membersPath(node string, kind kg.NodeKind) string {
	if !b.identities.HasMerged(kind) {
		return node
	}
	return node + "<-[:MEMBER_OF*0..1]-(:" + label(kind) + ")"
}
