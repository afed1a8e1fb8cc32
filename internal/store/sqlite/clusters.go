package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"casus/internal/kg"
	"casus/internal/kg/sums"
	"casus/internal/store"
)

// Clusters counts events by place in SQL and clusters the places here.
func (s *Store) Clusters(ctx context.Context, q store.ClusterQuery) ([]store.Cluster, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	return readView(ctx, s, q.Filter.InView(q.View), func(r viewReader) ([]store.Cluster, error) {
		o, err := r.newOverview(store.ResolveEventFilter(r.identities, q.Filter))
		if err != nil {
			return nil, err
		}
		places, err := o.places(q.Sums)
		if err != nil {
			return nil, err
		}
		return store.Clusters(q.Zoom, places)
	})
}

// places counts events by the place that represents them on a map.
func (o overview) places(set sums.Set) ([]store.PlacedEvents, error) {
	first := "min(" + rankOf("o.role") + " || o.location)"
	placesByEvent := sqlOf("SELECT e.rowid AS num, e.event AS event, (SELECT "+first+" FROM ").
		append(o.mapPlaces("e.event"), sqlOf(") AS place FROM "), o.events)
	if set != 0 {
		return o.sumPlaces(set, sqlOf("SELECT num, substr(place, 2) FROM (").
			append(placesByEvent, sqlOf(") WHERE place IS NOT NULL")))
	}
	if o.all {
		placesByEvent = sqlOf("SELECT o.event AS event, "+first+" AS place FROM ").
			append(o.allMapPlaces(), sqlOf(" GROUP BY o.event"))
	}
	return readRows(o, scanPlacedEvents, sqlOf(`SELECT l.id, l.latitude, l.longitude, p.events, p.event
		FROM (SELECT substr(place, 2) AS id, count(*) AS events, min(event) AS event FROM (`).
		append(placesByEvent, sqlOf(`) WHERE place IS NOT NULL GROUP BY id) p
		CROSS JOIN location l ON l.id = p.id WHERE `),
			combine([]clause{o.inLayer("l")})))
}

func scanPlacedEvents(row *sql.Rows) (p store.PlacedEvents, err error) {
	err = row.Scan(&p.Place, &p.Point.Latitude, &p.Point.Longitude, &p.Events, &p.Event)
	return p, err
}

// sumPlaces adds up events by the places that a query returns.
func (o overview) sumPlaces(set sums.Set, placesByRow clause) ([]store.PlacedEvents, error) {
	selected, err := o.selected(set)
	if err != nil {
		return nil, err
	}
	byPlace := selected.Divided()
	if err := o.addValues(selected, byPlace, placesByRow, store.FieldOnMap.KeyOf); err != nil {
		return nil, err
	}
	return byPlace.Places(o.ctx, o.pointsOf)
}

// pointsOf returns the points of places.
func (r viewReader) pointsOf(places []kg.ID) (map[kg.ID]kg.Point, error) {
	points := make(map[kg.ID]kg.Point, len(places))
	query := sqlOf(`SELECT l.id, l.latitude, l.longitude
		FROM json_each(?) j CROSS JOIN location l ON l.id = j.value WHERE `, idList(places)).append(r.inLayer("l"))
	return points, stream(r.ctx, r.read, query, func(row *sql.Rows) error {
		var id kg.ID
		var at kg.Point
		err := row.Scan(&id, &at.Latitude, &at.Longitude)
		points[id] = at
		return err
	})
}

// rankOf returns an expression for the position of a location's role in the order of kg.SortEdges, as a digit.
func rankOf(role string) string {
	rank := "CASE " + role
	for i, r := range kg.LocationRoles.Values() {
		rank += fmt.Sprintf(" WHEN '%s' THEN '%d'", r, i)
	}
	return rank + " END"
}
