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

// batchWrite is what a batch adds to the graph: documents, events, states and claims that are new, and relationships. It is
// written at the end, with one statement that keeps all nodes it needs in a list, so that a relationship names its ends by
// their numbers. Looking both up again for every relationship took half of a load's time.
type batchWrite struct {
	nodes []*newNodes
	edges []*newEdges
	// changeSet is what the change log is told at last.
	changeSet *store.ChangeSet
}

// newNodes are nodes to make, of the same labels. Their refs are what edges call them by: ids, for all that have one.
type newNodes struct {
	labels string
	values
	rows []any
	refs []string
}

// newEdges are relationships to make, of one type.
type newEdges struct {
	typ string
	values
	rows     []any
	from, to []string
}

// node adds a node; give gives the same columns for all of the same labels.
func (g *batchWrite) node(labels, ref string, give func(rows.Columns)) {
	i := slices.IndexFunc(g.nodes, func(n *newNodes) bool { return n.labels == labels })
	if i < 0 {
		i, g.nodes = len(g.nodes), append(g.nodes, &newNodes{labels: labels})
	}
	n := g.nodes[i]
	n.rows, n.refs = append(n.rows, n.row(nil, give)), append(n.refs, ref)
}

// edge adds a relationship between nodes that are added too, or are there; give may be nil.
func (g *batchWrite) edge(typ, from, to string, give func(rows.Columns)) {
	i := slices.IndexFunc(g.edges, func(e *newEdges) bool { return e.typ == typ })
	if i < 0 {
		i, g.edges = len(g.edges), append(g.edges, &newEdges{typ: typ})
	}
	e := g.edges[i]
	e.rows, e.from, e.to = append(e.rows, e.row([]any{0, 0}, give)), append(e.from, from), append(e.to, to)
}

// links adds relationships without properties; ids that are not given are left out.
func (g *batchWrite) links(typ string, from kg.ID, to ...kg.ID) {
	for _, id := range to {
		if id != "" {
			g.edge(typ, string(from), string(id), nil)
		}
	}
}

// write makes all of it.
func (g *batchWrite) write(ctx context.Context, t tx) error {
	if len(g.nodes)+len(g.edges) == 0 {
		return nil
	}
	// The same parts give the same text, which the server then has a plan for: a fifth of its time went into planning.
	slices.SortFunc(g.nodes, func(a, b *newNodes) int { return strings.Compare(a.labels, b.labels) })
	slices.SortFunc(g.edges, func(a, b *newEdges) int { return strings.Compare(a.typ, b.typ) })
	s := batchStatement{params: map[string]any{}, number: map[string]int{}}
	there := g.existing()
	for _, label := range rows.Labels() {
		if ids := there[label]; len(ids) > 0 {
			s.matchNodes(label, ids)
		}
	}
	for _, n := range g.nodes {
		s.createNodes(n, t.careful)
	}
	s.text.WriteString("WITH " + strings.Join(s.lists, " + ") + " AS nodes WHERE size(nodes) = $size ")
	s.params["size"] = int64(len(s.number))
	for _, e := range g.edges {
		s.createEdges(e)
	}
	s.text.WriteString("RETURN size(nodes) AS size")
	written, err := collect(ctx, t, keepPlan(s.text.String()), s.params)
	if err == nil && len(written) != 1 {
		err = kg.Errorf(kg.Internal, "of %d nodes that a batch needs some are not there", len(s.number))
	}
	return err
}

// keepPlan keeps the plan of a statement that names its indexes, however the graph grows meanwhile.
func keepPlan(statement string) string {
	if strings.Contains(statement, "USING INDEX") {
		return "CYPHER replan=skip " + statement
	}
	return statement
}

// existing lists the nodes that edges need and that are not added, by label.
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

// batchStatement is the statement under way. Labels, types and the names of properties are this program's own.
type batchStatement struct {
	text   strings.Builder
	params map[string]any
	lists  []string
	number map[string]int // of a node in the list of all, by its ref
}

// param adds a value and gives its name.
func (s *batchStatement) param(v any) string {
	name := "p" + strconv.Itoa(len(s.params))
	s.params[name] = v
	return "$" + name
}

// addList begins a list of nodes.
func (s *batchStatement) addList(refs []string) string {
	for _, ref := range refs {
		s.number[ref] = len(s.number)
	}
	name := "l" + strconv.Itoa(len(s.lists))
	s.lists = append(s.lists, name)
	return name
}

// matchNodes gives a list of nodes that are there, in the order of their ids.
func (s *batchStatement) matchNodes(label string, ids []string) {
	list, given := s.addList(ids), s.param(ids)
	fmt.Fprintf(&s.text, "CALL () { UNWIND %[1]s AS id MATCH (n:%[2]s {id: id}) USING INDEX n:%[2]s(id) WITH collect(n) AS found"+
		" RETURN CASE WHEN [n IN found | n.id] = %[1]s THEN found ELSE [] END AS %[3]s } ", given, label, list)
}

// createNodes makes nodes and gives a list of them. Where others may have made some of them meanwhile, these are taken.
func (s *batchStatement) createNodes(n *newNodes, careful bool) {
	list, given := s.addList(n.refs), s.param(n.rows)
	create := "CREATE (n:" + n.labels + n.properties("r", 0) + ")"
	if careful && createdAtEnd(n.labels) {
		label, _, _ := strings.Cut(n.labels, ":")
		create = "MERGE (n:" + label + " {id: r[0]}) SET n:" + n.labels + ", n = " + n.properties("r", 0)
	}
	fmt.Fprintf(&s.text, "CALL () { UNWIND %s AS r %s RETURN collect(n) AS %s } ", given, create, list)
}

func (s *batchStatement) createEdges(e *newEdges) {
	for i, r := range e.rows {
		ends := r.([]any)
		ends[0], ends[1] = s.number[e.from[i]], s.number[e.to[i]]
	}
	fmt.Fprintf(&s.text, "CALL (nodes) { UNWIND %s AS r WITH r, nodes[r[0]] AS a, nodes[r[1]] AS b CREATE (a)-[:%s%s]->(b) } ",
		s.param(e.rows), e.typ, e.properties("r", 2))
}

// values takes the properties of nodes or relationships as rows of values, whose names are the same for all.
type values struct {
	names   []string
	current []any // the row under way
}

var _ rows.Columns = (*values)(nil)

// row is what give gives, after what is given.
func (v *values) row(given []any, give func(rows.Columns)) []any {
	v.names, v.current = v.names[:0], given
	if v.current == nil {
		v.current = make([]any, 0, 24)
	}
	if give != nil {
		give(v)
	}
	return v.current
}

func (v *values) add(name string, value any) {
	v.names, v.current = append(v.names, name), append(v.current, value)
}

func (v *values) Text(name, value string)     { v.add(name, value) }
func (v *values) Whole(name string, n int64)  { v.add(name, n) }
func (v *values) Flag(name string, flag bool) { v.add(name, flag) }

func (v *values) Optional(name, value string) {
	if value == "" {
		v.add(name, nil)
		return
	}
	v.add(name, value)
}

func (v *values) OptionalWhole(name string, n int64, there bool) {
	if !there {
		v.add(name, nil)
		return
	}
	v.add(name, n)
}

func (v *values) Real(name string, value *float64) {
	if value == nil {
		v.add(name, nil)
		return
	}
	v.add(name, *value)
}

func (v *values) List(name string, list []string) {
	if len(list) == 0 {
		v.add(name, nil)
		return
	}
	v.add(name, list)
}

func (v *values) Point(name string, at *kg.Point) {
	if at == nil {
		v.add(name, nil)
		return
	}
	v.add(name, pointOf(*at))
}

// properties is a map of the names to values of a list, which begin at a place. What is null there is no property.
func (v *values) properties(list string, first int) string {
	if len(v.names) == 0 {
		return ""
	}
	all := make([]string, len(v.names))
	for i, name := range v.names {
		all[i] = fmt.Sprintf("%s: %s[%d]", name, list, first+i)
	}
	return " {" + strings.Join(all, ", ") + "}"
}
