package neo4j

import (
	"context"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/store/apply"
)

// The queries of chains return distinct nodes and no path, so that the engine visits every node once, breadth first.

// LinksAbove leaves out nodes that the batch created.
func (t tx) LinksAbove(ctx context.Context, kind kg.NodeKind, ids []kg.ID) (apply.Links, error) {
	if ids = t.withoutCreated(ids); len(ids) == 0 {
		return nil, nil
	}
	typ := chainType(kind)
	return t.links(ctx, "UNWIND $in.ids AS id MATCH (n:"+label(kind)+" {id: id}) MATCH (n)-[:"+typ+"*0..]->(a)"+
		" WITH DISTINCT a MATCH (a)-[r:"+typ+"]->(b)"+where(inExactView)+" RETURN a.id AS a, b.id AS b", ids)
}

// LinksBelow reads the links of all nodes below.
func (t tx) LinksBelow(ctx context.Context, kind kg.NodeKind, ids []kg.ID) (apply.Links, error) {
	if ids = t.withoutCreated(ids); len(ids) == 0 {
		return nil, nil
	}
	typ := chainType(kind)
	return t.links(ctx, "UNWIND $in.ids AS id MATCH (n:"+label(kind)+" {id: id}) MATCH (n)<-[:"+typ+"*0..]-(b)"+
		" WITH DISTINCT b MATCH (a)-[r:"+typ+"]->(b)"+where(inExactView)+" RETURN a.id AS a, b.id AS b", ids)
}

// FewerThan includes the nodes that the transaction has written. The server knows the number without counting.
func (t tx) FewerThan(ctx context.Context, kind kg.NodeKind, n int) (bool, error) {
	counts, err := find(ctx, t, func(r *neo4j.Record) (int64, error) { return column[int64](r, "n") },
		"MATCH (x:"+label(kind)+") RETURN count(x) AS n", nil, nil)
	return err == nil && counts[0] < int64(n), err
}

// chainType returns the type of the relationships that make chains of nodes.
func chainType(kind kg.NodeKind) string {
	if kind == kg.KindDocument {
		return "SYNDICATES"
	}
	return "WITHIN"
}

func (t tx) links(ctx context.Context, statement string, ids []kg.ID) (apply.Links, error) {
	type link struct{ from, to kg.ID }
	found, err := find(ctx, t, func(r *neo4j.Record) (link, error) {
		from, err := column[string](r, "a")
		if err != nil {
			return link{}, err
		}
		to, err := column[string](r, "b")
		return link{kg.ID(from), kg.ID(to)}, err
	}, statement, ids, nil)
	all := apply.Links{}
	for _, l := range found {
		all[l.from] = append(all[l.from], l.to)
	}
	return all, err
}
