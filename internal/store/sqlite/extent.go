package sqlite

import (
	"context"
	"database/sql"
	"time"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// newOverview returns the overview of the events that match a filter.
func (r viewReader) newOverview(f *store.EventFilter) (overview, error) {
	filter, err := r.events(f)
	if err != nil {
		return overview{}, err
	}
	from, err := r.candidateSource(f)
	if err != nil {
		return overview{}, err
	}
	return overview{r, from.append(sqlOf(" WHERE "), combine([]clause{r.holds("e"), filter})),
		filter.sql == trueClause.sql}, nil
}

// overview aggregates over the events that match a filter.
type overview struct {
	viewReader
	// events is the FROM and WHERE that selects them, each as event_state e.
	events clause
	// all is set if there is no filter.
	all bool
}

// Extent returns the span of events in time and space.
func (s *Store) Extent(ctx context.Context, q store.ExtentQuery) (store.Extent, error) {
	return readView(ctx, s, q.Filter.InView(q.View), func(r viewReader) (store.Extent, error) {
		o, err := r.newOverview(store.ResolveEventFilter(r.identities, q.Filter))
		if err != nil {
			return store.Extent{}, err
		}
		x, err := o.extent()
		if err != nil {
			return x, err
		}
		if q.Known {
			if x.FirstKnown, x.LastKnown, err = o.knowledge(); err != nil {
				return x, err
			}
		}
		if q.Bulk {
			if x.Bulk, err = o.bulk(); err != nil {
				return x, err
			}
		}
		if q.Sums == 0 {
			return x, nil
		}
		selected, err := o.selected(q.Sums)
		if err != nil {
			return x, err
		}
		x.Sums, err = selected.Total(ctx)
		return x, err
	})
}

func (o overview) extent() (store.Extent, error) {
	begin, end := int64(edtf.BeginningOfTime), int64(edtf.EndOfTime)
	placed := sqlOf("count(*) FILTER (WHERE EXISTS (SELECT 1 FROM ").append(o.mapPlaces("e.event"), sqlOf("))"))
	if o.all {
		placed = sqlOf("(SELECT count(DISTINCT o.event) FROM ").append(o.allMapPlaces(), sqlOf(")"))
	}
	spans, err := readRows(o, func(row *sql.Rows) (x store.Extent, err error) {
		var placed int
		var earliest, latest sql.Null[int64]
		err = row.Scan(&x.Events, &placed, &x.WithoutTime, &earliest, &latest)
		x.WithoutPlace, x.Earliest, x.Latest = x.Events-placed, instant(earliest), instant(latest)
		return x, err
	}, sqlOf("SELECT count(*), ").append(placed, sqlOf(`, count(*) FILTER (WHERE e.time_earliest = ?),
		min(CASE WHEN e.time_earliest > ? THEN e.time_earliest WHEN e.time_latest < ? THEN e.time_latest END),
		max(CASE WHEN e.time_latest < ? THEN e.time_latest WHEN e.time_earliest > ? THEN e.time_earliest END) FROM `, begin,
		begin, end, end, begin), o.events))
	if err != nil {
		return store.Extent{}, err
	}
	if len(spans) != 1 {
		return store.Extent{}, kg.Errorf(kg.Internal, "the extent has %d rows", len(spans))
	}
	points, err := readRows(o, func(row *sql.Rows) (p kg.Point, err error) {
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

// knowledge returns the moments at which any of the events became known, and at which one changed last.
func (o overview) knowledge() (first, last *edtf.Instant, err error) {
	_, err = readRows(o, func(row *sql.Rows) (none struct{}, err error) {
		var from, to sql.Null[int64]
		err = row.Scan(&from, &to)
		first, last = instant(from), instant(to)
		return none, err
	}, sqlOf(`WITH picked AS MATERIALIZED (SELECT e.event AS event, e.known_from AS known_from FROM `).append(o.events,
		sqlOf(`) SELECT min(s.known_from), (SELECT max(known_from) FROM picked)
			FROM picked p CROSS JOIN event_state s ON s.event = p.event AND `), o.inLayer("s")))
	return first, last, err
}

// bulk returns the bulk of the events by the moments at which buckets count them.
func (o overview) bulk() (*store.Bulk, error) {
	events := map[edtf.Instant]int{}
	_, err := readRows(o, func(row *sql.Rows) (none struct{}, err error) {
		counted, err := scanHull(row)
		at, _, _ := store.CountedAt(counted.Time, counted.Nominal, time.UTC)
		events[at] += counted.Events
		return none, err
	}, sqlOf("SELECT "+hullColumns+"'[]' AS keys, count(*) FROM ").append(o.events, sqlOf(hullGroups)))
	return store.NewBulk(events), err
}

// mapPlaces is the FROM and WHERE of an event's places o that have a point, with their location l.
func (r viewReader) mapPlaces(event string) clause {
	return sqlOf("event_location o CROSS JOIN location l ON l.id = o.location WHERE o.event = " + event +
		" AND l.latitude IS NOT NULL AND ").append(
		combine([]clause{r.holds("o"), r.inLayer("l")}))
}

// allMapPlaces is mapPlaces for all events. It starts from the locations, since few of them have many events.
func (r viewReader) allMapPlaces() clause {
	return sqlOf("location l CROSS JOIN event_location o ON o.location = l.id WHERE l.latitude IS NOT NULL AND ").
		append(combine([]clause{r.holds("o"), r.inLayer("l")}))
}

// points selects the points of all places of the events.
func (o overview) points() clause {
	hasEvent := sqlOf("l.id IN (SELECT o.location FROM (SELECT e.event FROM ").append(o.events,
		sqlOf(") e CROSS JOIN event_location o ON o.event = e.event AND "), o.holds("o"), sqlOf(")"))
	if o.all { // without a filter, a place needs any event at all
		hasEvent = exists(sqlOf("SELECT 1 FROM event_location o WHERE o.location = l.id AND ").append(o.holds("o")))
	}
	return sqlOf("SELECT l.latitude, l.longitude FROM location l WHERE l.latitude IS NOT NULL AND ").
		append(combine([]clause{o.inLayer("l"), hasEvent}))
}

func instant(n sql.Null[int64]) *edtf.Instant {
	if !n.Valid {
		return nil
	}
	i := edtf.Instant(n.V)
	return &i
}

// readRows returns the rows of a query about the events.
func readRows[T any](o overview, scan func(*sql.Rows) (T, error), query clause) ([]T, error) {
	return rows(o.ctx, o.read, scan, query.sql, query.args...)
}
