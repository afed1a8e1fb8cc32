package neo4j

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/neo4j/rows"
)

// batchWrite collects the additions of a batch to the graph: new documents, events, states and claims, and
// relationships. One statement at the end of the batch writes it all. The statement holds every node it needs in a
// list, and relationships refer to their ends by index: looking up both ends of every relationship would take half of
// the time of a load.
type batchWrite struct {
	nodes []*newNodes
	edges []*newEdges
	// changeSet is appended to the change log last.
	changeSet *store.ChangeSet
}

// newNodes are nodes to create that have the same labels. Edges refer to a node by its ref: its id or, for a node
// without an id, a name that is unique in the batch.
type newNodes struct {
	labels string
	values
	rows []any
	refs []string
}

// newEdges are relationships of one type to create.
type newEdges struct {
	typ string
	values
	rows     []any
	from, to []string
}

// node adds a node. emit must produce the same columns for all nodes with the same labels.
func (g *batchWrite) node(labels, ref string, emit func(rows.Columns)) {
	i := slices.IndexFunc(g.nodes, func(n *newNodes) bool { return n.labels == labels })
	if i < 0 {
		i, g.nodes = len(g.nodes), append(g.nodes, &newNodes{labels: labels})
	}
	n := g.nodes[i]
	n.rows, n.refs = append(n.rows, n.row(nil, emit)), append(n.refs, ref)
}

// edge adds a relationship between nodes that are stored or are added too. emit may be nil.
func (g *batchWrite) edge(typ, from, to string, emit func(rows.Columns)) {
	i := slices.IndexFunc(g.edges, func(e *newEdges) bool { return e.typ == typ })
	if i < 0 {
		i, g.edges = len(g.edges), append(g.edges, &newEdges{typ: typ})
	}
	e := g.edges[i]
	e.rows, e.from, e.to = append(e.rows, e.row([]any{0, 0}, emit)), append(e.from, from), append(e.to, to)
}

// links adds relationships without properties. It skips empty ids.
func (g *batchWrite) links(typ string, from kg.ID, to ...kg.ID) {
	for _, id := range to {
		if id != "" {
			g.edge(typ, string(from), string(id), nil)
		}
	}
}

// write executes the statement. It does nothing if the batch adds nothing.
func (g *batchWrite) write(ctx context.Context, t tx) error {
	if len(g.nodes)+len(g.edges) == 0 {
		return nil
	}
	// Sorted parts yield equal texts, so that the server reuses a plan. Planning would take a fifth of its time.
	slices.SortFunc(g.nodes, func(a, b *newNodes) int { return strings.Compare(a.labels, b.labels) })
	slices.SortFunc(g.edges, func(a, b *newEdges) int { return strings.Compare(a.typ, b.typ) })
	s := batchStatement{number: map[string]int{}}
	existing := g.existing()
	for _, label := range rows.Labels() {
		if ids := existing[label]; len(ids) > 0 {
			s.matchNodes(label, ids)
		}
	}
	for _, n := range g.nodes {
		s.createNodes(n, t.careful)
	}
	size := s.param(int64(len(s.number)))
	s.text.WriteString("WITH " + strings.Join(s.lists, " + ") + " AS nodes WHERE size(nodes) = " + size + " ")
	for _, e := range g.edges {
		s.createEdges(e)
	}
	s.text.WriteString("RETURN size(nodes) AS size")
	written, err := collect(ctx, t, keepPlan(s.text.String()), input(s.params))
	if err == nil && len(written) != 1 {
		err = kg.Errorf(kg.Internal, "some of the %d nodes that a batch refers to do not exist", len(s.number))
	}
	return err
}

// keepPlan makes the server keep the plan of a statement that names its indexes, even when the graph grows.
func keepPlan(statement string) string {
	if strings.Contains(statement, "USING INDEX") {
		return "CYPHER replan=skip " + statement
	}
	return statement
}

// existing returns the refs that edges need and that the batch does not add, by label.
func (g *batchWrite) existing() map[string][]string {
	known, found := map[string]bool{}, map[string][]string{}
	for _, n := range g.nodes {
		for _, ref := range n.refs {
			known[ref] = true
		}
	}
	for _, e := range g.edges {
		for _, refs := range [][]string{e.from, e.to} {
			for _, ref := range refs {
				if !known[ref] {
					known[ref] = true
					l := label(kg.ID(ref).Kind())
					found[l] = append(found[l], ref)
				}
			}
		}
	}
	return found
}

// batchStatement is the statement being built. Labels, types and property names are constants of this program.
type batchStatement struct {
	text   strings.Builder
	params []any
	lists  []string
	number map[string]int // index of a node in the list of all nodes, by ref
}

// param adds a value and returns the expression for it.
func (s *batchStatement) param(v any) string {
	s.params = append(s.params, v)
	return "$in[" + strconv.Itoa(len(s.params)-1) + "]"
}

// addList starts a list of nodes and returns its name.
func (s *batchStatement) addList(refs []string) string {
	for _, ref := range refs {
		s.number[ref] = len(s.number)
	}
	name := "l" + strconv.Itoa(len(s.lists))
	s.lists = append(s.lists, name)
	return name
}

// matchNodes adds a list of stored nodes, in the order of ids. The list is empty if any of them is missing.
func (s *batchStatement) matchNodes(label string, ids []string) {
	list, param := s.addList(ids), s.param(ids)
	fmt.Fprintf(&s.text, "CALL () { UNWIND %[1]s AS id MATCH (n:%[2]s {id: id}) USING INDEX n:%[2]s(id)"+
		" WITH collect(n) AS found RETURN CASE WHEN [n IN found | n.id] = %[1]s THEN found ELSE [] END AS %[3]s } ",
		param, label, list)
}

// createNodes adds a list of new nodes. A careful batch merges documents and events, since another transaction may have
// created them.
func (s *batchStatement) createNodes(n *newNodes, careful bool) {
	list, param := s.addList(n.refs), s.param(n.rows)
	create := "CREATE (n:" + n.labels + n.properties("r", 0) + ")"
	if careful && createdAtEnd(n.labels) {
		label, _, _ := strings.Cut(n.labels, ":")
		create = "MERGE (n:" + label + " {id: r[0]}) SET n:" + n.labels + ", n = " + n.properties("r", 0)
	}
	fmt.Fprintf(&s.text, "CALL () { UNWIND %s AS r %s RETURN collect(n) AS %s } ", param, create, list)
}

// createEdges adds the relationships of one type.
func (s *batchStatement) createEdges(e *newEdges) {
	for i, r := range e.rows {
		ends := r.([]any)
		ends[0], ends[1] = s.number[e.from[i]], s.number[e.to[i]]
	}
	fmt.Fprintf(&s.text,
		"CALL (nodes) { UNWIND %s AS r WITH r, nodes[r[0]] AS a, nodes[r[1]] AS b CREATE (a)-[:%s%s]->(b) } ",
		s.param(e.rows), e.typ, e.properties("r", 2))
}

// values are rows of the values of nodes or relationships. All rows have the same column names.
type values struct{ rows.Row }

// row appends the properties that emit produces to prefix.
func (v *values) row(prefix []any, emit func(rows.Columns)) []any {
	v.Values = append(make([]any, 0, len(prefix)+len(v.Names)), prefix...) // as long as the row before
	v.Names = v.Names[:0]
	if emit != nil {
		emit(&v.Row)
	}
	return v.Values
}

// properties returns a Cypher map from the names to elements of list, starting at index first. A null value sets no
// property.
func (v *values) properties(list string, first int) string {
	if len(v.Names) == 0 {
		return ""
	}
	all := make([]string, len(v.Names))
	for i, name := range v.Names {
		all[i] = fmt.Sprintf("%s: %s[%d]", name, list, first+i)
	}
	return " {" + strings.Join(all, ", ") + "}"
}
