package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"casus/internal/kg"
	"casus/internal/kg/place"
	"casus/internal/store"
	"casus/internal/store/cluster"
	"casus/internal/store/codec"
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
		keys, err := r.keys(q.SplitBy)
		if err != nil {
			return nil, err
		}
		if q.Sums != 0 {
			return o.sumClusters(q, keys)
		}
		return o.countClusters(q, keys)
	})
}

// firstPlace is an expression for the place o, with location l, that is an event's first one on a map: the rank of its
// role, its id, and its stated precision. A space comes before all characters of ids.
var firstPlace = "min(" + rankOf("o.role") + " || o.location || ' ' || " + statedPrecision + ")"

// statedPrecision is the precision that the claims about a place o of an event state, 0 if they do not.
const statedPrecision = "coalesce(o.record ->> '$.precision', 0)"

// countClusters groups the events by place in SQL.
func (o overview) countClusters(q store.ClusterQuery, keys clause) ([]store.Cluster, error) {
	byEvent := sqlOf("SELECT e.event AS event, (SELECT "+firstPlace+" FROM ").
		append(o.mapPlaces("e.event"), sqlOf(") AS place, "), keys, sqlOf(" AS keys FROM "), o.events)
	if o.all && q.SplitBy == "" {
		byEvent = sqlOf("SELECT o.event AS event, "+firstPlace+" AS place, '[]' AS keys FROM ").
			append(o.allMapPlaces(), sqlOf(" GROUP BY o.event"))
	}
	counted, err := readRows(o, func(row *sql.Rows) (r cluster.Row, err error) {
		var keys string
		if r.Place, r.At, err = scanMapPlace(row, &r.Precision, &keys, &r.Events, &r.Event); err != nil {
			return r, err
		}
		r.Keys, err = o.splitKeys(q.SplitBy, keys)
		return r, err
	}, sqlOf(`SELECT `+mapPlaceColumns+`, p.precision, p.keys, p.events, p.event
		FROM (SELECT substr(place, 2, length(place) - 3) AS id, CAST(substr(place, -1) AS INTEGER) AS precision, keys,
			count(*) AS events, min(event) AS event FROM (`).
		append(byEvent, sqlOf(`) WHERE place IS NOT NULL GROUP BY place, keys) p
		CROSS JOIN location l ON l.id = p.id WHERE `), combine([]clause{o.inLayer("l")})))
	if err != nil {
		return nil, err
	}
	return cluster.Count(q, counted)
}

// sumClusters reads one row for each event, because what an event contributes to a sum depends on others.
func (o overview) sumClusters(q store.ClusterQuery, keys clause) ([]store.Cluster, error) {
	scanner, places := newSelectedScanner(), map[kg.ID]bool{}
	var first sql.Null[string]
	var key string
	into := append([]any{&first, &key}, scanner.into()...)
	var events []store.SelectedEvent
	found, err := readRows(o, func(row *sql.Rows) (r cluster.Row, err error) {
		if err := row.Scan(into...); err != nil {
			return r, err
		}
		event, err := scanner.event()
		if err != nil {
			return r, err
		}
		events, r.Event = append(events, event), event.ID
		if n := len(first.V); first.Valid && n > 3 {
			r.Place, r.Precision = kg.ID(first.V[1:n-2]), int(first.V[n-1]-'0')
			places[r.Place] = true
		}
		r.Keys, err = o.splitKeys(q.SplitBy, key)
		return r, err
	}, sqlOf("SELECT (SELECT "+firstPlace+" FROM ").
		append(o.mapPlaces("e.event"), sqlOf("), "), keys, sqlOf(", "), o.selectedColumns(), sqlOf(" FROM "), o.events))
	if err != nil {
		return nil, err
	}
	if err := o.locate(found, places); err != nil {
		return nil, err
	}
	selected, err := store.NewEventSums(o.ctx, q.Sums, events, o.wholesOf)
	if err != nil {
		return nil, err
	}
	return cluster.Sum(o.ctx, q, found, selected)
}

// splitKeys returns the values of a split in a JSON array.
func (r viewReader) splitKeys(split store.BucketSplit, keys string) (values []string, err error) {
	if keys == "[]" {
		return nil, nil
	}
	if values, err = codec.Decode[[]string](keys); err == nil && split.ByClaims() {
		values = r.classesOf(values)
	}
	return values, err
}

// locate sets where rows at places are.
func (o overview) locate(rows []cluster.Row, places map[kg.ID]bool) error {
	ids, at := make([]kg.ID, 0, len(places)), make(map[kg.ID]store.MapPlace, len(places))
	for id := range places {
		ids = append(ids, id)
	}
	query := sqlOf("SELECT "+mapPlaceColumns+" FROM json_each(?) j CROSS JOIN location l ON l.id = j.value WHERE ",
		idList(ids)).append(o.inLayer("l"))
	if err := stream(o.ctx, o.read, query, func(row *sql.Rows) error {
		id, there, err := scanMapPlace(row)
		at[id] = there
		return err
	}); err != nil {
		return err
	}
	for i, r := range rows {
		rows[i].At = at[r.Place]
	}
	return nil
}

// mapPlaceColumns are the columns of a location l that scanMapPlace scans: the record only of a place with an extent.
const mapPlaceColumns = "l.id, l.latitude, l.longitude, l.kind, l.country, CASE WHEN l.record -> '$.radiusKm'" +
	" NOT NULL OR l.record -> '$.box' NOT NULL OR l.record -> '$.shape' NOT NULL THEN l.record ELSE '' END"

// scanMapPlace scans a location, and further columns.
func scanMapPlace(row *sql.Rows, more ...any) (id kg.ID, at store.MapPlace, err error) {
	var record string
	if err = row.Scan(append([]any{&id, &at.Point.Latitude, &at.Point.Longitude, &at.Kind, &at.Country, &record},
		more...)...); err != nil || record == "" {
		return id, at, err
	}
	l, err := codec.Decode[kg.Location](record)
	at.ExtentKm = place.ExtentKm(l)
	return id, at, err
}

// rankOf returns an expression for the position of a location's role in the order of kg.SortEdges, as a digit.
func rankOf(role string) string {
	rank := "CASE " + role
	for i, r := range kg.LocationRoles.Values() {
		rank += fmt.Sprintf(" WHEN '%s' THEN '%d'", r, i)
	}
	return rank + " END"
}
