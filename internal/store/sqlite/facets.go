package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"runtime"
	"strconv"

	"golang.org/x/sync/errgroup"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// Facets counts in columns kept in memory or, where these do not know what is asked for, orders and cuts in the model what SQLite has
// counted by value, several fields at once.
func (s *Store) Facets(ctx context.Context, q store.FacetQuery) ([]store.Facet, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	return s.columns.Facets(ctx, q, func(f *store.EventFilter) ([]store.Facet, error) {
		q.Filter = f
		return s.facets(ctx, q)
	})
}

func (s *Store) facets(ctx context.Context, q store.FacetQuery) ([]store.Facet, error) {
	return reads(ctx, s, q.Filter.InView(q.View), func(r reading) ([]store.Facet, error) {
		o, err := r.selected(store.ResolveEventFilter(r.one, q.Filter))
		if err != nil {
			return nil, err
		}
		all := make([]store.Facet, len(q.Fields))
		var each *errgroup.Group
		each, o.ctx = errgroup.WithContext(o.ctx)
		each.SetLimit(runtime.NumCPU())
		for i, field := range q.Fields {
			each.Go(func() (err error) {
				all[i], err = o.facet(field, q)
				return err
			})
		}
		return all, each.Wait()
	})
}

func (o overview) facet(field store.FacetField, q store.FacetQuery) (store.Facet, error) {
	counts, tolls, err := o.byValue(field)
	if err != nil {
		return store.Facet{}, err
	}
	type value struct {
		key    string
		events int
	}
	values, err := readAlike(o, func(row *sql.Rows) (v value, err error) {
		err = row.Scan(&v.key, &v.events)
		return v, err
	}, counts)
	if err != nil {
		return store.Facet{}, err
	}
	var killed map[string]*kg.Estimate
	if q.Killed {
		if killed, err = o.tollsBy(tolls); err != nil {
			return store.Facet{}, err
		}
	}
	counter := store.NewFacetCounter(field)
	for _, v := range values {
		key := v.key
		if field == store.FacetYear {
			day, err := strconv.ParseInt(key, 10, 64)
			if err != nil {
				return store.Facet{}, kg.Errorf(kg.Internal, "read a year: %w", err)
			}
			key = store.YearKey(edtf.Instant(day))
		}
		counter.Add(key, v.events, killed[v.key])
	}
	return counter.Facet(q.Top), nil
}

// byValue counts events by their values of a field, and sums up their tolls. Of years a value is a day, for there are not so many.
func (o overview) byValue(field store.FacetField) (counts, tolls clause, err error) {
	column := ""
	switch field {
	case store.FacetCategory:
		column = "e.category"
	case store.FacetModality:
		column = "e.modality"
	case store.FacetStatus:
		column = "e.status"
	case store.FacetYear: // a day before 1970 does not begin with the next one; what has no start is by itself
		column = fmt.Sprintf("CASE WHEN e.time_earliest = %[1]d THEN %[1]d ELSE e.time_earliest - ((e.time_earliest %% 86400000) + 86400000) %% 86400000 END", int64(edtf.BeginningOfTime))
	}
	if column != "" {
		events := o.events
		if o.all && field != store.FacetYear { // rows in their order, and not in that of some index that has not got them all
			events = sqlOf("event_state e NOT INDEXED WHERE ").then(o.holds("e"))
		}
		return sqlOf("SELECT "+column+" AS key, count(*) FROM ").then(events, sqlOf(" GROUP BY key")),
			sqlOf("SELECT key"+sums+" FROM (SELECT "+column+" AS key"+toll+" FROM ").then(o.tolled(), sqlOf(") GROUP BY key")), nil
	}
	l, err := o.linked(field)
	if err != nil {
		return counts, tolls, err
	}
	l.of = l.of.then(sqlOf(l.some))
	picked := func(columns string, events clause) clause {
		return sqlOf("WITH RECURSIVE picked AS MATERIALIZED (SELECT e.rowid AS num, e.event AS event"+columns+" FROM ").then(events, sqlOf(")"), l.beside)
	}
	counts = picked("", o.events).then(sqlOf(", keyed AS MATERIALIZED (SELECT e.num AS num, "+l.key+" AS key FROM picked e CROSS JOIN "), l.of, sqlOf(")"),
		sqlOf(" SELECT key, count(DISTINCT num) FROM keyed GROUP BY key UNION ALL SELECT '', (SELECT count(*) FROM picked) - (SELECT count(DISTINCT num) FROM keyed)"))
	if o.all {
		l.alone = l.alone.then(sqlOf(l.some))
		counts = sqlOf("WITH RECURSIVE picked AS (SELECT e.event AS event FROM ").then(o.events, sqlOf(")"), l.beside,
			sqlOf(" SELECT "+l.key+", count(DISTINCT "+l.event+") FROM "), l.alone, sqlOf(" GROUP BY "+l.key),
			sqlOf(" UNION ALL SELECT '', (SELECT count(*) FROM picked) - (SELECT count(DISTINCT "+l.event+") FROM "), l.alone, sqlOf(")"))
	}
	tolls = picked(toll, o.tolled()).then(sqlOf(", keyed AS MATERIALIZED (SELECT DISTINCT e.num AS num, "+l.key+" AS key FROM picked e CROSS JOIN "), l.of,
		sqlOf(") SELECT key"+sums+" FROM keyed CROSS JOIN picked USING (num) GROUP BY key UNION ALL SELECT ''"+sums+" FROM picked WHERE num NOT IN (SELECT num FROM keyed)"))
	return counts, tolls, nil
}

// links give the values that events have, perhaps more than once.
type links struct {
	// of has those of an event e, as a FROM and WHERE; key is the value.
	of  clause
	key string
	// alone has those of all events, which are event: it costs less.
	alone clause
	event string
	// some says that a value is not "", which is none; nothing where none is.
	some string
	// beside are tables that these need, made from picked events.
	beside clause
}

func (o overview) linked(field store.FacetField) (links, error) {
	claims := func(join, on, key, value string) (links, error) {
		said := sqlOf(" CROSS JOIN "+join+" ON "+on+" WHERE ").then(o.live("c"), sqlOf(" AND "))
		return links{some: " AND " + key + " <> ''", of: sqlOf("claim c").then(said, o.about("c", "e.event")), key: value,
			alone: sqlOf("claim c NOT INDEXED").then(said, begins("c.subject", string(kg.KindEvent)+":")), event: o.subject("c")}, nil
	}
	switch field {
	case store.FacetActor:
		return links{of: sqlOf("participation p WHERE p.event = e.event AND ").then(o.holds("p")), key: "p.actor",
			alone: sqlOf("participation p WHERE ").then(o.holds("p")), event: "p.event"}, nil
	case store.FacetCountry:
		there := sqlOf(" AND ").then(plainly([]clause{o.holds("o"), o.layer("l")}))
		return links{some: " AND l.country <> ''", of: sqlOf("event_location o CROSS JOIN location l ON l.id = o.location WHERE o.event = e.event").then(there), key: "l.country",
			alone: sqlOf("location l CROSS JOIN event_location o ON o.location = l.id WHERE TRUE").then(there), event: "o.event"}, nil
	case store.FacetAdmin1:
		return links{of: sqlOf("event_location o CROSS JOIN province v ON v.place = o.location WHERE o.event = e.event AND ").then(o.holds("o")), key: "v.id",
			alone: sqlOf("province v CROSS JOIN event_location o ON o.location = v.place WHERE ").then(o.holds("o")), event: "o.event", beside: o.provinces()}, nil
	case store.FacetPublisher:
		return claims("document d", "d.id = c.document", "d.publisher", o.classOf("d.publisher"))
	case store.FacetClaimant:
		return claims("claimant k", "k.claim = c.id", "k.actor", o.classOf("k.actor"))
	case store.FacetDataset:
		return claims("release s", "s.id = c.release", "s.name", "s.name")
	case store.FacetLanguage:
		return claims("document d", "d.id = c.document", "d.language", "d.language")
	}
	return links{}, kg.Errorf(kg.Internal, "no facet by %q", field)
}

// classOf is the class of an actor in a column.
func (r reading) classOf(column string) string {
	if !r.one.HasMerged(kg.KindActor) {
		return column
	}
	return "coalesce((SELECT m.class FROM identity_class m WHERE m.id = " + column + "), " + column + ")"
}

// provinces is a table province of the places of the events with the first provinces on every way up from each, itself
// among them.
func (o overview) provinces() clause {
	there := sqlOf("l.id IN (SELECT o.location FROM picked e CROSS JOIN event_location o ON o.event = e.event AND ").then(o.holds("o"), sqlOf(")"))
	if o.all { // of all places
		there = always
	}
	return sqlOf(", up (place, id, kind) AS (SELECT l.id, l.id, l.kind FROM location l WHERE ").then(plainly([]clause{there, o.layer("l")}),
		sqlOf(" UNION SELECT up.place, l.id, l.kind FROM up JOIN within w ON w.child = up.id JOIN location l ON l.id = w.parent WHERE up.kind <> 'ADMIN1' AND "),
		plainly([]clause{o.layer("w"), o.layer("l")}), sqlOf("), province AS MATERIALIZED (SELECT place, id FROM up WHERE kind = 'ADMIN1')"))
}
