package neo4j

import (
	"context"
	"fmt"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/neo4j/rows"
)

// Clusters clusters events on a map. It queries the counts by place and clusters them here.
func (s *Store) Clusters(ctx context.Context, q store.ClusterQuery) ([]store.Cluster, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	return readOverview(ctx, s, q.View, q.Filter, func(o overview) ([]store.Cluster, error) {
		places, err := o.places(ctx, q.Killed)
		if err != nil {
			return nil, err
		}
		return store.Clusters(q.Zoom, places)
	})
}

// places counts events by the place at which a map shows them.
func (o overview) places(ctx context.Context, killed bool) ([]store.PlacedEvents, error) {
	found, err := o.query(ctx, o.events+
		" WITH n MATCH "+o.eventPath("n")+"-[o:OCCURRED_AT]->(l:Location)"+where(o.hasPoint())+
		" WITH n, min(["+roleRank("o.role")+", l.idKey, l.id])[2] AS place"+o.tollColumn(killed)+
		" WITH place, count(*) AS events, min(n.idKey) AS event"+tollSumColumns(killed)+" MATCH (l:Location {id: place})"+
		" RETURN place, "+o.property("l", "latitude")+" AS latitude, "+
		o.property("l", "longitude")+" AS longitude, events, event"+tollSumNames(killed))
	if err != nil {
		return nil, err
	}
	all := make([]store.PlacedEvents, len(found))
	for i, r := range found {
		p := &all[i]
		place, err := column[string](r, "place")
		if err != nil {
			return nil, err
		}
		if p.Point, err = readPoint(r); err != nil {
			return nil, err
		}
		event, err := column[string](r, "event")
		if err != nil {
			return nil, err
		}
		p.Place, p.Event = kg.ID(place), kg.ID(rows.FromSortKey(event))
		if p.Events, p.Killed, err = readCount(r, killed); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// roleRank returns the rank of a location's role in the order of kg.SortEdges.
func roleRank(role string) string {
	rank := "CASE " + role
	for i, r := range kg.LocationRoles.Values() {
		rank += fmt.Sprintf(" WHEN '%s' THEN %d", r, i)
	}
	return rank + " END"
}
