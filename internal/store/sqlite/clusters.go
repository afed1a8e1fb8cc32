package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"casus/internal/kg"
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
		places, err := o.places(q.Killed)
		if err != nil {
			return nil, err
		}
		return store.Clusters(q.Zoom, places)
	})
}

// places counts events by the place that represents them on a map.
func (o overview) places(killed bool) ([]store.PlacedEvents, error) {
	first := "min(" + rankOf("o.role") + " || o.location)"
	shown := func(columns string, events clause) clause {
		return sqlOf("SELECT e.event AS event, (SELECT "+first+" FROM ").
			append(o.mapPlaces("e.event"), sqlOf(") AS place"+columns+" FROM "), events)
	}
	placesByEvent := shown("", o.events)
	if o.all {
		placesByEvent = sqlOf("SELECT o.event AS event, "+first+" AS place FROM ").
			append(o.allMapPlaces(), sqlOf(" GROUP BY o.event"))
	}
	query := sqlOf("SELECT l.id, l.latitude, l.longitude, p.events, p.event FROM (SELECT substr(place, 2) AS id, count(*) AS events, min(event) AS event FROM (").
		append(placesByEvent, sqlOf(") WHERE place IS NOT NULL GROUP BY id) p CROSS JOIN location l ON l.id = p.id WHERE "),
			combine([]clause{o.inLayer("l")}))
	places, err := readRows(o, func(row *sql.Rows) (p store.PlacedEvents, err error) {
		err = row.Scan(&p.Place, &p.Point.Latitude, &p.Point.Longitude, &p.Events, &p.Event)
		return p, err
	}, query)
	if err != nil || !killed {
		return places, err
	}
	tolls, err := o.tollsByKey(sqlOf("SELECT substr(place, 2) AS id"+tollSums+" FROM (").
		append(shown(tollColumns, o.tolledEvents()), sqlOf(") WHERE place IS NOT NULL GROUP BY id")))
	for i := range places {
		places[i].Killed = tolls[string(places[i].Place)]
	}
	return places, err
}

// rankOf returns an expression for the position of a location's role in the order of kg.SortEdges, as a digit.
func rankOf(role string) string {
	rank := "CASE " + role
	for i, r := range kg.LocationRoles.Values() {
		rank += fmt.Sprintf(" WHEN '%s' THEN '%d'", r, i)
	}
	return rank + " END"
}
