package neo4j

import (
	"context"
	"sync"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/store/neo4j/rows"
)

// classes are the nodes that are one, kept from one call to the next. Of those that are stored, (:ClassVersion) has a number
// that grows with every change, perhaps by another process.
type classes struct {
	sync.Mutex
	version int64
	one     kg.Identities
}

// guard lets the rest of a query find nothing where the classes are not those that it was made for. So they need not be
// asked for before; only where nothing is found it is asked whether that is why.
const guard = "OPTIONAL MATCH (classes:ClassVersion) WITH coalesce(max(classes.number), 0) AS version WHERE version = $classes "

const (
	classVersion = "OPTIONAL MATCH (classes:ClassVersion) RETURN coalesce(max(classes.number), 0) AS version"
	classMembers = "MATCH (m)-[:MEMBER_OF]->(c) RETURN m.id AS id, c.id AS class"
)

// querying reads all rows of a query, in a transaction of its own or in one that is under way.
type querying func(ctx context.Context, cypher string, params map[string]any) ([]*neo4j.Record, error)

// known are the classes as they were last read.
func (c *classes) known() (kg.Identities, int64) {
	c.Lock()
	defer c.Unlock()
	return c.one, c.version
}

// current gives the classes that are stored, reading them where they have changed.
func (c *classes) current(ctx context.Context, query querying) (kg.Identities, error) {
	found, err := query(ctx, classVersion, nil)
	if err != nil {
		return kg.Identities{}, err
	}
	version, err := column[int64](found[0], "version")
	if err != nil {
		return kg.Identities{}, err
	}
	if one, known := c.known(); known == version {
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
	c.version, c.one = version, one
	return one, nil
}

// reads answers in a view. What was read while the classes changed is read again.
func reads[T any](ctx context.Context, s *Store, v kg.View, answer func(*builder) (T, error)) (T, error) {
	for {
		one, version := s.classes.known()
		b := &builder{store: s, view: v, params: map[string]any{"m": int64(v.Moment()), "classes": version}, asked: &asked{}, one: one.InView(v), layered: one.HasMerged("")}
		found, err := answer(b)
		if !b.asked.nothing && err == nil {
			return found, nil
		}
		if _, e := s.classes.current(ctx, s.query); e != nil {
			if err == nil {
				err = e
			}
			return found, err
		}
		if _, now := s.classes.known(); now == version {
			return found, err
		}
	}
}

// asked is what the queries of one answer have in common.
type asked struct {
	// names counts the variables that were named.
	names int
	// nothing says that some query found nothing.
	nothing bool
}

// query reads all rows of a query that was built for the view.
func (b *builder) query(ctx context.Context, cypher string) ([]*neo4j.Record, error) {
	found, err := b.store.query(ctx, guard+cypher, b.params)
	if len(found) == 0 {
		b.asked.nothing = true
	}
	return found, err
}

// another makes a query beside this one, in the same view.
func (b *builder) another() *builder {
	other := *b
	other.params = map[string]any{"m": b.params["m"], "classes": b.params["classes"]}
	return &other
}

// readApart builds a part of the same query that reads nodes apart.
func (b *builder) readApart() *builder {
	other := *b
	other.view.Identity, other.one = kg.IdentityExact, kg.Identities{}
	return &other
}

// exact says whether nodes that are one are read apart.
func (b *builder) exact() bool { return b.layered && b.view.Identity == kg.IdentityExact }

// layer holds where a node or relationship is there in the view: one without a layer is in every one. Where no nodes are
// one, nothing has a layer.
func (b *builder) layer(v string) clause {
	switch {
	case !b.layered:
		return always
	case b.exact():
		return "coalesce(" + v + ".layer, 0) <> 1"
	}
	return "coalesce(" + v + ".layer, 0) <> 2"
}

// layers holds where all relationships of a path are there in the view.
func (b *builder) layers(path string) clause {
	if !b.layered {
		return always
	}
	step := b.name("step")
	return "all(" + step + " IN " + path + " WHERE " + b.layer(step) + ")"
}

// own is a property of an actor or location: of one that stands for a class it is the class's, unless nodes are read apart.
func (b *builder) own(v, property string) string {
	if !b.exact() {
		return v + "." + property
	}
	return "CASE WHEN " + v + ".apartRecord IS NULL THEN " + v + "." + property + " ELSE " + v + "." + rows.Apart(property) + " END"
}

// life is a property of what became of a claim.
func (b *builder) life(v, property string) string {
	if !b.exact() {
		return v + "." + property
	}
	return "CASE WHEN " + v + ".apartKnownTo IS NULL THEN " + v + "." + property + " ELSE " + v + "." + rows.Apart(property) + " END"
}

// claimsOf begins a path at a node, to go on at the claims about it or about those that are one with it.
func (b *builder) claimsOf(event string) string {
	if !b.one.HasMerged(kg.KindEvent) {
		return event + "<-[:ABOUT]-"
	}
	return event + "<-[:MEMBER_OF*0..1]-(:Event)<-[:ABOUT]-"
}

// about goes on from a claim to what it is about, and to what stands for that.
func (b *builder) about(event string) string {
	if !b.one.HasMerged(kg.KindEvent) {
		return "-[:ABOUT]->" + event
	}
	return "-[:ABOUT]->(:Event)-[:MEMBER_OF*0..1]->" + event
}

// members begins a path at an actor or location, to go on from all that are one with it.
func (b *builder) members(node string, kind kg.NodeKind) string {
	if !b.one.HasMerged(kind) {
		return node
	}
	return node + "<-[:MEMBER_OF*0..1]-(:" + label(kind) + ")"
}
