package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// Clusters counts in columns kept in memory or, where these do not know what is asked for, gathers in the model what SQLite has counted by place.
func (s *Store) Clusters(ctx context.Context, q store.ClusterQuery) ([]store.Cluster, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	return s.columns.Clusters(ctx, q, func(f *store.EventFilter) ([]store.Cluster, error) {
		q.Filter = f
		return s.clusters(ctx, q)
	})
}

func (s *Store) clusters(ctx context.Context, q store.ClusterQuery) ([]store.Cluster, error) {
	return reads(ctx, s, q.Filter.InView(q.View), func(r reading) ([]store.Cluster, error) {
		o, err := r.selected(store.ResolveEventFilter(r.one, q.Filter))
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

// places counts events by the place at which a map shows them.
func (o overview) places(killed bool) ([]store.PlacedEvents, error) {
	first := "min(" + rankOf("o.role") + " || o.location)"
	shown := func(columns string, events clause) clause {
		return sqlOf("SELECT e.event AS event, (SELECT "+first+" FROM ").then(o.onMap("e.event"), sqlOf(") AS place"+columns+" FROM "), events)
	}
	of := shown("", o.events)
	if o.all {
		of = sqlOf("SELECT o.event AS event, "+first+" AS place FROM ").then(o.allOnMap(), sqlOf(" GROUP BY o.event"))
	}
	places, err := readAlike(o, func(row *sql.Rows) (p store.PlacedEvents, err error) {
		err = row.Scan(&p.Place, &p.Point.Latitude, &p.Point.Longitude, &p.Events, &p.Event)
		return p, err
	}, sqlOf("SELECT l.id, l.latitude, l.longitude, p.events, p.event FROM (SELECT substr(place, 2) AS id, count(*) AS events, min(event) AS event FROM (").then(
		of, sqlOf(") WHERE place IS NOT NULL GROUP BY id) p CROSS JOIN location l ON l.id = p.id WHERE "), plainly([]clause{o.layer("l")})))
	if err != nil || !killed {
		return places, err
	}
	tolls, err := o.tollsBy(sqlOf("SELECT substr(place, 2) AS id"+sums+" FROM (").then(shown(toll, o.tolled()), sqlOf(") WHERE place IS NOT NULL GROUP BY id")))
	places = slices.Clone(places) // which are kept without tolls
	for i := range places {
		places[i].Killed = tolls[string(places[i].Place)]
	}
	return places, err
}

// rankOf is the place of a location's role in the order of kg.SortEdges, as a digit.
func rankOf(role string) string {
	rank := "CASE " + role
	for i, r := range kg.LocationRoles() {
		rank += fmt.Sprintf(" WHEN '%s' THEN '%d'", r, i)
	}
	return rank + " END"
}
