package neo4j

import (
	"cmp"
	"context"
	"fmt"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/kg/sums"
	"casus/internal/store"
	"casus/internal/store/neo4j/rows"
)

// Clusters clusters events on a map. It queries the counts by place and clusters them here.
func (s *Store) Clusters(ctx context.Context, q store.ClusterQuery) ([]store.Cluster, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	return readOverview(ctx, s, q.View, q.Filter, func(o overview) ([]store.Cluster, error) {
		places, err := o.places(ctx, q.Sums)
		if err != nil {
			return nil, err
		}
		return store.Clusters(q.Zoom, places)
	})
}

// places counts events by the place at which a map shows them.
func (o overview) places(ctx context.Context, set sums.Set) ([]store.PlacedEvents, error) {
	placed := o.events + " WITH n MATCH " + o.eventPath("n") + "-[o:OCCURRED_AT]->(l:Location)" + where(o.hasPoint()) +
		" WITH n, min([" + roleRank("o.role") + ", l._idKey, l.id])[2] AS place"
	if set != 0 {
		selected, err := o.selected(ctx, set)
		if err != nil {
			return nil, err
		}
		byPlace := selected.Divided()
		query := placed + " RETURN n.id AS id, [place] AS keys"
		if err := o.addValues(ctx, selected, byPlace, query, store.FieldOnMap.KeyOf); err != nil {
			return nil, err
		}
		return byPlace.Places(ctx, func(places []kg.ID) (map[kg.ID]kg.Point, error) { return o.pointsOf(ctx, places) })
	}
	found, err := o.query(ctx, placed+" WITH place, count(*) AS events, min(n._idKey) AS event"+
		" MATCH (l:Location {id: place}) RETURN place, "+o.property("l", "_latitude")+" AS latitude, "+
		o.property("l", "_longitude")+" AS longitude, events, event")
	if err != nil {
		return nil, err
	}
	return readRows(found, readPlacedEvents)
}

func readPlacedEvents(r *neo4j.Record) (p store.PlacedEvents, err error) {
	place, err := column[string](r, "place")
	if err != nil {
		return p, err
	}
	if p.Point, err = readPoint(r); err != nil {
		return p, err
	}
	event, err := column[string](r, "event")
	if err != nil {
		return p, err
	}
	p.Place, p.Event = kg.ID(place), kg.ID(rows.FromSortKey(event))
	events, err := column[int64](r, "events")
	p.Events = int(events)
	return p, err
}

// pointsOf returns the points of places.
func (b *builder) pointsOf(ctx context.Context, places []kg.ID) (map[kg.ID]kg.Point, error) {
	q, points := b.newQuery(), make(map[kg.ID]kg.Point, len(places))
	found, err := q.query(ctx, q.matchNodes("Location", places)+" RETURN n.id AS id, "+q.property("n", "_latitude")+
		" AS latitude, "+q.property("n", "_longitude")+" AS longitude")
	for _, r := range found {
		id, errID := idOf(r)
		point, errPoint := readPoint(r)
		err = cmp.Or(err, errID, errPoint)
		points[id] = point
	}
	return points, err
}

// roleRank returns the rank of a location's role in the order of kg.SortEdges.
func roleRank(role string) string {
	rank := "CASE " + role
	for i, r := range kg.LocationRoles.Values() {
		rank += fmt.Sprintf(" WHEN '%s' THEN %d", r, i)
	}
	return rank + " END"
}
