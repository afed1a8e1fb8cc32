package neo4j

import (
	"context"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/neo4j/damage"
)

// Stats counts nodes and edges.
func (s *Store) Stats(ctx context.Context) (store.Stats, error) {
	stats := store.Stats{
		Engine: "neo4j", SchemaVersion: s.version,
		Nodes: map[kg.NodeKind]int{}, Edges: map[store.EdgeType]int{},
	}
	identities, err := s.identities.current(ctx, s.query)
	if err != nil {
		return stats, err
	}
	// Without merged nodes the engine counts without reading any node.
	inExact, andExact := "", ""
	if identities.HasMerged("") {
		inExact, andExact = where(inExactView), " AND "+inExactView
	}
	query := "RETURN COUNT { MATCH (r:EventState)" + inExact + " } AS states"
	for _, kind := range kg.NodeKinds.Values() {
		query += ", COUNT { (:" + label(kind) + ") } AS " + string(kind)
	}
	query += ", " + countForgotten + " AS forgotten"
	for _, e := range store.EdgeTypes.Values() {
		switch e {
		case store.EdgeWithin:
			query += ", COUNT { MATCH ()-[r:WITHIN]->()" + inExact + " } AS WITHIN"
		case store.EdgeAffiliatedWith:
			query += ", COUNT { ()-[r:SUPPORTED]->() WHERE r.knownTo IS NULL" + andExact + " } AS AFFILIATED_WITH"
		default:
			query += ", COUNT { ()-[r:" + string(e) + "]->() WHERE r.knownTo IS NULL" + andExact + " } AS " + string(e)
		}
	}
	rows, err := s.query(ctx, query, nil)
	if err != nil {
		return stats, err
	}
	count := func(name string) (int, error) {
		n, err := column[int64](rows[0], name)
		return int(n), err
	}
	if stats.States, err = count("states"); err != nil {
		return stats, err
	}
	for _, kind := range kg.NodeKinds.Values() {
		if stats.Nodes[kind], err = count(string(kind)); err != nil {
			return stats, err
		}
	}
	forgotten, err := count("forgotten")
	if err != nil {
		return stats, err
	}
	stats.Nodes[kg.KindEvent] -= forgotten
	for _, e := range store.EdgeTypes.Values() {
		if stats.Edges[e], err = count(string(e)); err != nil {
			return stats, err
		}
	}
	return stats, nil
}

// countForgotten counts the events whose claims are all forgotten.
const countForgotten = "COUNT { MATCH (o:OriginalClaim) WITH DISTINCT o.subject AS id MATCH (e:Event {id: id})" +
	" WHERE NOT EXISTS { (e)<-[:ABOUT]-() } RETURN e }"

// FindDamage finds indexes and constraints that failed or are missing, and properties that differ from their record.
func (s *Store) FindDamage(ctx context.Context, found func(store.Damage)) error {
	if err := damage.Find(ctx, s.query, found); err != nil {
		return err
	}
	return damage.Records(ctx, s.query, found)
}
