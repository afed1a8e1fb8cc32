package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/cache"
)

// selected is where the events that match a filter come from, each as event_state e.
func (r reading) selected(f *store.EventFilter) (overview, error) {
	filter, err := r.events(f)
	if err != nil {
		return overview{}, err
	}
	from, err := r.candidates(f)
	if err != nil {
		return overview{}, err
	}
	return overview{r, from.then(sqlOf(" WHERE "), plainly([]clause{r.holds("e"), filter})), filter.sql == always.sql}, nil
}

// overview reads what tells of many events at once.
type overview struct {
	reading
	// events are those selected, as the FROM and WHERE of event_state e.
	events clause
	// all says that no filter is asked.
	all bool
}

// tolled are those of the events that have a toll that counts, for they have no parts.
func (o overview) tolled() clause {
	return o.events.then(sqlOf(" AND e.killed_agreed >= 0 AND NOT "), o.hasParts())
}

// Extent tells what events span.
func (s *Store) Extent(ctx context.Context, q store.ExtentQuery) (store.Extent, error) {
	return s.columns.Extent(ctx, q, func(f *store.EventFilter) (store.Extent, error) {
		q.Filter = f
		return s.extent(ctx, q)
	})
}

func (s *Store) extent(ctx context.Context, q store.ExtentQuery) (store.Extent, error) {
	return reads(ctx, s, q.Filter.InView(q.View), func(r reading) (store.Extent, error) {
		o, err := r.selected(store.ResolveEventFilter(r.one, q.Filter))
		if err != nil {
			return store.Extent{}, err
		}
		return o.extent()
	})
}

func (o overview) extent() (store.Extent, error) {
	begin, end := int64(edtf.BeginningOfTime), int64(edtf.EndOfTime)
	placed := sqlOf("count(*) FILTER (WHERE EXISTS (SELECT 1 FROM ").then(o.onMap("e.event"), sqlOf("))"))
	if o.all {
		placed = sqlOf("(SELECT count(DISTINCT o.event) FROM ").then(o.allOnMap(), sqlOf(")"))
	}
	spans, err := readAlike(o, func(row *sql.Rows) (x store.Extent, err error) {
		var placed int
		var earliest, latest sql.Null[int64]
		err = row.Scan(&x.Events, &placed, &x.WithoutTime, &earliest, &latest)
		x.WithoutPlace, x.Earliest, x.Latest = x.Events-placed, instant(earliest), instant(latest)
		return x, err
	}, sqlOf("SELECT count(*), ").then(placed, sqlOf(`, count(*) FILTER (WHERE e.time_earliest = ?),
		min(CASE WHEN e.time_earliest > ? THEN e.time_earliest WHEN e.time_latest < ? THEN e.time_latest END),
		max(CASE WHEN e.time_latest < ? THEN e.time_latest WHEN e.time_earliest > ? THEN e.time_earliest END) FROM `, begin, begin, end, end, begin), o.events))
	if err != nil {
		return store.Extent{}, err
	}
	if len(spans) != 1 {
		return store.Extent{}, kg.Errorf(kg.Internal, "the extent has %d rows", len(spans))
	}
	points, err := readAlike(o, func(row *sql.Rows) (p kg.Point, err error) {
		err = row.Scan(&p.Latitude, &p.Longitude)
		return p, err
	}, o.points())
	if err != nil {
		return store.Extent{}, err
	}
	x := spans[0]
	x.Box = store.BoxAround(points)
	return x, nil
}

// onMap is the FROM and WHERE of an event's places o that have a point, which is l's.
func (r reading) onMap(event string) clause {
	return sqlOf("event_location o CROSS JOIN location l ON l.id = o.location WHERE o.event = " + event + " AND l.latitude IS NOT NULL AND ").then(
		plainly([]clause{r.holds("o"), r.layer("l")}))
}

// allOnMap is the FROM and WHERE of onMap for all events: it goes from place to place, since few places have many events.
func (r reading) allOnMap() clause {
	return sqlOf("location l CROSS JOIN event_location o ON o.location = l.id WHERE l.latitude IS NOT NULL AND ").then(plainly([]clause{r.holds("o"), r.layer("l")}))
}

// points selects the points of all places of the events.
func (o overview) points() clause {
	there := sqlOf("l.id IN (SELECT o.location FROM (SELECT e.event FROM ").then(o.events,
		sqlOf(") e CROSS JOIN event_location o ON o.event = e.event AND "), o.holds("o"), sqlOf(")"))
	if o.all { // a place that has any event is enough
		there = exists(sqlOf("SELECT 1 FROM event_location o WHERE o.location = l.id AND ").then(o.holds("o")))
	}
	return sqlOf("SELECT l.latitude, l.longitude FROM location l WHERE l.latitude IS NOT NULL AND ").then(plainly([]clause{o.layer("l"), there}))
}

func instant(n sql.Null[int64]) *edtf.Instant {
	if !n.Valid {
		return nil
	}
	i := edtf.Instant(n.V)
	return &i
}

// readAlike reads rows that tell of the events; of all events with everything known they are kept.
func readAlike[T any](o overview, scan func(*sql.Rows) (T, error), query clause) ([]T, error) {
	read := func(ctx context.Context) ([]T, error) { return rows(ctx, o.read, scan, query.sql, query.args...) }
	if o.all && o.view.KnownAt == nil {
		return cache.Rows(o.ctx, o.answers, query.sql+fmt.Sprint(query.args...), read)
	}
	return read(o.ctx)
}
