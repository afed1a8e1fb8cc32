package neo4j

import (
	"context"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// overview runs queries that aggregate many events.
type overview struct {
	*builder
	// events matches the selected events, with their states as n.
	events string
	// unfiltered is set if all events are selected.
	unfiltered bool
}

// readOverview runs answer over the events that match a filter.
func readOverview[T any](
	ctx context.Context, s *Store, v kg.View, f *store.EventFilter, answer func(overview) (T, error),
) (T, error) {
	return readView(ctx, s, f.InView(v), func(b *builder) (found T, err error) {
		f := store.ResolveEventFilter(b.identities, f)
		filter, err := b.events(ctx, "n", f)
		if err != nil {
			return found, err
		}
		candidates, err := b.candidates(ctx, "n", f)
		if err != nil {
			return found, err
		}
		match := "MATCH " + b.statePattern("n")
		if candidates == always {
			fewKnown, err := b.fewClaimsKnown(ctx)
			if err != nil {
				return found, err
			}
			if fewKnown {
				match = b.eventsKnownAt()
			}
		}
		return answer(overview{b, match + where(candidates, b.inView("n"), filter), filter == always})
	})
}

// newOverview returns an overview for another query about the same events, with a copy of the parameters.
func (o overview) newOverview() overview {
	params := o.params
	o.builder = o.newQuery()
	for name, value := range params {
		o.params[name] = value
	}
	return o
}

// Extent returns the time span and the bounding box of events.
func (s *Store) Extent(ctx context.Context, q store.ExtentQuery) (store.Extent, error) {
	return readOverview(ctx, s, q.View, q.Filter, func(o overview) (store.Extent, error) {
		x, err := o.newOverview().span(ctx)
		if err != nil {
			return store.Extent{}, err
		}
		if q.Known {
			if x.FirstKnown, x.LastKnown, err = o.newOverview().knowledge(ctx); err != nil {
				return x, err
			}
		}
		if q.Bulk {
			if x.Bulk, err = o.newOverview().bulk(ctx); err != nil {
				return x, err
			}
		}
		if x.Box, err = o.newOverview().box(ctx); err != nil || q.Sums == 0 {
			return x, err
		}
		selected, err := o.selected(ctx, q.Sums)
		if err != nil {
			return x, err
		}
		x.Sums, err = selected.Total(ctx)
		return x, err
	})
}

func (o overview) span(ctx context.Context) (x store.Extent, err error) {
	begin, end := o.param(int64(edtf.BeginningOfTime)), o.param(int64(edtf.EndOfTime))
	rows, err := o.query(ctx, "CALL () { "+o.events+
		" WITH n, "+exists(o.eventPath("n")+"-[o:OCCURRED_AT]->(l:Location)", o.hasPoint())+" AS placed"+
		" RETURN count(n) AS events, count(CASE WHEN NOT placed THEN 1 END) AS withoutPlace,"+
		" count(CASE WHEN n._earliest = "+begin+" THEN 1 END) AS withoutTime,"+
		" min(CASE WHEN n._earliest > "+begin+" THEN n._earliest WHEN n._latest < "+end+" THEN n._latest END) AS earliest,"+
		" max(CASE WHEN n._latest < "+end+" THEN n._latest WHEN n._earliest > "+begin+" THEN n._earliest END) AS latest }"+
		" RETURN events, withoutPlace, withoutTime, earliest, latest")
	if err != nil || len(rows) == 0 { // no row: the identity classes have changed
		return x, err
	}
	counts := map[string]*int{"events": &x.Events, "withoutPlace": &x.WithoutPlace, "withoutTime": &x.WithoutTime}
	for name, into := range counts {
		n, err := column[int64](rows[0], name)
		if err != nil {
			return x, err
		}
		*into = int(n)
	}
	for name, into := range map[string]**edtf.Instant{"earliest": &x.Earliest, "latest": &x.Latest} {
		if *into, err = optionalInstant(rows[0], name); err != nil {
			return x, err
		}
	}
	return x, nil
}

// optionalInstant returns the instant in a column, or nil for null.
func optionalInstant(r *neo4j.Record, name string) (*edtf.Instant, error) {
	v, ok := r.Get(name)
	if !ok || v == nil {
		return nil, nil
	}
	n, err := as[int64](v, name)
	at := edtf.Instant(n)
	return &at, err
}

// knowledge returns the moments at which any of the events became known, and at which one changed last.
func (o overview) knowledge(ctx context.Context) (first, last *edtf.Instant, err error) {
	rows, err := o.query(ctx, o.events+" OPTIONAL MATCH "+o.eventPath("n")+"-[:HAS_STATE]->(s:EventState)"+
		where(o.inLayer("s"), "s._knownFrom < s._knownTo")+
		" WITH n, min(s._knownFrom) AS other"+
		" RETURN min(CASE WHEN other < n._knownFrom THEN other ELSE n._knownFrom END) AS first, max(n._knownFrom) AS last")
	if err != nil || len(rows) == 0 {
		return nil, nil, err
	}
	if first, err = optionalInstant(rows[0], "first"); err != nil {
		return nil, nil, err
	}
	last, err = optionalInstant(rows[0], "last")
	return first, last, err
}

// bulk returns the bulk of the events by the moments at which buckets count them.
func (o overview) bulk(ctx context.Context) (*store.Bulk, error) {
	rows, err := o.query(ctx, o.events+
		" RETURN n.time AS time, toString(n.nominal) AS nominal, [] AS keys, count(*) AS events")
	if err != nil {
		return nil, err
	}
	counted, err := readRows(rows, o.countedRow(map[string]edtf.Time{}, ""))
	if err != nil {
		return nil, err
	}
	events := map[edtf.Instant]int{}
	for _, r := range counted {
		at, _, _ := store.CountedAt(r.Time, r.Nominal, time.UTC)
		events[at] += r.Events
	}
	return store.NewBulk(events), nil
}

// hasPoint holds where the place l of an event, by relationship o, has a point.
func (b *builder) hasPoint() clause {
	return and(b.isKnown("o"), b.property("l", "_latitude")+" IS NOT NULL")
}

// box returns the bounding box of all places of the events.
func (o overview) box(ctx context.Context) (*store.BoxFilter, error) {
	match := o.events + " WITH n MATCH " + o.eventPath("n") + "-[o:OCCURRED_AT]->(l:Location)" + where(o.hasPoint()) +
		" WITH DISTINCT l"
	if o.unfiltered { // any place of any event counts
		match = "MATCH (l:Location)" + where(o.property("l", "_latitude")+" IS NOT NULL",
			exists("(l)<-[o:OCCURRED_AT]-(:Event)", o.isKnown("o")))
	}
	rows, err := o.query(ctx, match+" RETURN "+o.property("l", "_latitude")+" AS latitude, "+
		o.property("l", "_longitude")+" AS longitude")
	if err != nil {
		return nil, err
	}
	points, err := readRows(rows, readPoint)
	if err != nil {
		return nil, err
	}
	return store.BoxAround(points), nil
}

func readPoint(r *neo4j.Record) (p kg.Point, err error) {
	if p.Latitude, err = column[float64](r, "latitude"); err != nil {
		return p, err
	}
	p.Longitude, err = column[float64](r, "longitude")
	return p, err
}
