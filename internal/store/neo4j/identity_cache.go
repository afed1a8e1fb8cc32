package neo4j

import (
	"context"
	"sync"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/store/neo4j/rows"
)

// identityCache caches the identity classes. The stored (:_ClassVersion) has a number that grows with every change of
// the classes, whichever process makes it.
type identityCache struct {
	sync.Mutex
	version    int64
	identities kg.Identities
}

// guard makes the rest of a query return no rows unless the query was built for the stored classes. The version
// therefore need not be read before every query: only an empty result has to be checked.
const guard = "OPTIONAL MATCH (classes:_ClassVersion) WITH coalesce(max(classes.number), 0) AS version" +
	" WHERE version = $classes "

const (
	classVersion = "OPTIONAL MATCH (classes:_ClassVersion) RETURN coalesce(max(classes.number), 0) AS version"
	classMembers = "MATCH (m)-[:MEMBER_OF]->(c) RETURN m.id AS id, c.id AS class"
)

// queryFunc returns all rows of a query, run in a transaction of its own or in one that is already open.
type queryFunc func(ctx context.Context, cypher string, params map[string]any) ([]*neo4j.Record, error)

// cached returns the classes as last read, with their version.
func (c *identityCache) cached() (kg.Identities, int64) {
	c.Lock()
	defer c.Unlock()
	return c.identities, c.version
}

// current returns the stored classes. It reads them only if they have changed.
func (c *identityCache) current(ctx context.Context, query queryFunc) (kg.Identities, error) {
	found, err := query(ctx, classVersion, nil)
	if err != nil {
		return kg.Identities{}, err
	}
	version, err := column[int64](found[0], "version")
	if err != nil {
		return kg.Identities{}, err
	}
	if identities, cached := c.cached(); cached == version {
		return identities, nil
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
		representative, err := column[string](r, "class")
		if err != nil {
			return kg.Identities{}, err
		}
		root := kg.ID(representative)
		class[id], class[root] = root, root
	}
	identities := kg.NewIdentities(class)
	c.Lock()
	defer c.Unlock()
	c.version, c.identities = version, identities
	return identities, nil
}

// readView runs answer in a view, and repeats it while the identity classes change underneath it.
func readView[T any](ctx context.Context, s *Store, v kg.View, answer func(*builder) (T, error)) (T, error) {
	for {
		identities, version := s.identities.cached()
		b := newBuilder(s, v, identities, version)
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

// newBuilder returns a builder for the classes of a version.
func newBuilder(s *Store, v kg.View, identities kg.Identities, version int64) *builder {
	return &builder{
		store: s, view: v, state: &queryState{},
		params:     map[string]any{"m": int64(v.Moment()), "moment": rows.Datetime(v.Moment()), "classes": version},
		identities: identities.InView(v), hasMerged: identities.HasMerged(""),
	}
}

// queryState is shared by all queries of one answer.
type queryState struct {
	// nameCount is the number of variables named so far.
	nameCount int
	// foundNothing is set once a query returns no rows.
	foundNothing bool
}

// query returns all rows of a query that was built for the view.
func (b *builder) query(ctx context.Context, cypher string) ([]*neo4j.Record, error) {
	found, err := b.store.query(ctx, guard+cypher, b.params)
	if len(found) == 0 {
		b.state.foundNothing = true
	}
	return found, err
}

// newQuery returns a builder of another query in the same view.
func (b *builder) newQuery() *builder {
	other := *b
	other.params = map[string]any{"m": b.params["m"], "moment": b.params["moment"], "classes": b.params["classes"]}
	return &other
}

// exactBuilder returns a builder of a part of the same query in the EXACT view.
func (b *builder) exactBuilder() *builder {
	other := *b
	other.view.Identity, other.identities = kg.IdentityExact, kg.Identities{}
	return &other
}

// isExact reports whether the view is EXACT and any nodes are merged.
func (b *builder) isExact() bool { return b.hasMerged && b.view.Identity == kg.IdentityExact }

// inLayer holds where a node or relationship v belongs to the view; see rows.Layer. While no nodes are merged,
// everything stored belongs to both views.
func (b *builder) inLayer(v string) clause {
	if !b.hasMerged {
		return always
	}
	return rows.In(v, b.view.Identity)
}

// pathInLayer holds where all relationships of a path belong to the view.
func (b *builder) pathInLayer(path string) clause {
	if !b.hasMerged {
		return always
	}
	step := b.name("step")
	return "all(" + step + " IN " + path + " WHERE " + b.inLayer(step) + ")"
}

// property returns an expression for a property of an actor or location. A representative, the node that stands for
// its class, has the properties of the class and, for the EXACT view, its own.
func (b *builder) property(v, property string) string {
	if !b.isExact() {
		return v + "." + property
	}
	return "CASE WHEN " + v + "._exactRecord IS NULL THEN " + v + "." + property +
		" ELSE " + v + "." + rows.ExactProperty(property) + " END"
}

// lifetime holds where a claim c is known and not withdrawn at the view's moment.
func (b *builder) lifetime(c string) clause {
	if !b.isExact() {
		return b.knownDuring(c)
	}
	if b.anyMoment {
		return c + "._knownFrom < " + b.knownTo(c)
	}
	return c + "._knownFrom <= $m AND $m < " + b.knownTo(c)
}

// knownTo returns the end of a claim's lifetime in milliseconds.
func (b *builder) knownTo(c string) string {
	if !b.isExact() {
		return rows.KnownTo(c)
	}
	return "coalesce(" + c + "._exactKnownTo, " + rows.KnownTo(c) + ")"
}

// withdrawnBy returns the ids of the claims that withdrew a claim.
func (b *builder) withdrawnBy(c string) string {
	if !b.isExact() {
		return c + ".withdrawnBy"
	}
	return "CASE WHEN " + c + "._exactKnownTo IS NULL THEN " + c + ".withdrawnBy ELSE " + c + "._exactWithdrawnBy END"
}

// claimsPath extends a path from an event to the claims about it or about events merged with it.
func (b *builder) claimsPath(event string) string {
	if !b.identities.HasMerged(kg.KindEvent) {
		return event + "<-[:ABOUT]-"
	}
	return event + "<-[:MEMBER_OF*0..1]-(:Event)<-[:ABOUT]-"
}

// subjectPath extends a path from a claim to its subject and to the representative of that.
func (b *builder) subjectPath(event string) string {
	if !b.identities.HasMerged(kg.KindEvent) {
		return "-[:ABOUT]->" + event
	}
	return "-[:ABOUT]->(:Event)-[:MEMBER_OF*0..1]->" + event
}

// membersPath extends a path from an actor or location to all nodes merged with it.
func (b *builder) membersPath(node string, kind kg.NodeKind) string {
	if !b.identities.HasMerged(kind) {
		return node
	}
	return node + "<-[:MEMBER_OF*0..1]-(:" + label(kind) + ")"
}
