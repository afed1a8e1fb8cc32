package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"runtime"

	"golang.org/x/sync/errgroup"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/sums"
	"casus/internal/store"
)

// Facets counts events by their values of each field.
func (s *Store) Facets(ctx context.Context, q store.FacetQuery) ([]store.Facet, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	return readView(ctx, s, q.Filter.InView(q.View), func(r viewReader) ([]store.Facet, error) {
		o, err := r.newOverview(store.ResolveEventFilter(r.identities, q.Filter))
		if err != nil {
			return nil, err
		}
		var selected selection
		if q.Sums != 0 {
			if selected, err = o.selected(q.Sums); err != nil {
				return nil, err
			}
		}
		all := make([]store.Facet, len(q.Fields))
		var each *errgroup.Group
		each, o.ctx = errgroup.WithContext(o.ctx)
		each.SetLimit(runtime.NumCPU())
		for i, field := range q.Fields {
			each.Go(func() (err error) {
				all[i], err = o.facet(field, q, selected)
				return err
			})
		}
		return all, each.Wait()
	})
}

// facet counts the events by their values of one field, and adds up the selected ones if sums are wanted.
func (o overview) facet(field store.FacetField, q store.FacetQuery, selected selection) (store.Facet, error) {
	counts, values, err := o.valueQueries(field)
	if err != nil {
		return store.Facet{}, err
	}
	counter := store.NewFacetCounter(field)
	if q.Sums != 0 {
		byValue := selected.ByValue()
		if err = o.addValues(selected, byValue, values, field.KeyOf); err == nil {
			err = byValue.Each(o.ctx, counter.Add)
		}
		return counter.Facet(q.Top), err
	}
	err = stream(o.ctx, o.read, counts, func(row *sql.Rows) error {
		var value string
		var events int
		if err := row.Scan(&value, &events); err != nil {
			return err
		}
		key, err := field.KeyOf(value)
		counter.Add(key, events, sums.Part{})
		return err
	})
	return counter.Facet(q.Top), err
}

// valueQueries returns queries that count events by their values of a field, and that return the rowid and the value of
// each. A year is represented by a day, of which there are few enough to group by.
func (o overview) valueQueries(field store.FacetField) (counts, values clause, err error) {
	column := ""
	switch field {
	case store.FacetCategory:
		column = "e.category"
	case store.FacetModality:
		column = "e.modality"
	case store.FacetStatus:
		column = "e.status"
	case store.FacetYear: // % is negative before 1970; an unbounded start is a group of its own
		const at = "max(e.time_earliest, coalesce(e.nominal, e.time_earliest))"
		const day = "CASE WHEN %[2]s = %[1]d THEN %[1]d ELSE %[2]s - ((%[2]s %% 86400000) + 86400000) %% 86400000 END"
		column = fmt.Sprintf(day, int64(edtf.BeginningOfTime), at)
	}
	if n := field.SourceNumber(); n >= 0 {
		column = "CAST(e." + sourceColumns[n] + " AS TEXT)"
	}
	if column != "" {
		events := o.events
		if o.all { // scan in row order: no index covers the columns
			events = sqlOf("event_state e NOT INDEXED WHERE ").append(o.holds("e"))
		}
		return sqlOf("SELECT "+column+" AS key, count(*) FROM ").append(events, sqlOf(" GROUP BY key")),
			sqlOf("SELECT e.rowid, " + column + " FROM ").append(o.events), nil
	}
	l, err := o.fieldSource(field)
	if err != nil {
		return counts, values, err
	}
	l.rows = l.rows.append(sqlOf(l.nonEmpty))
	picked := sqlOf("WITH RECURSIVE picked AS MATERIALIZED (SELECT e.rowid AS num, e.event AS event FROM ").
		append(o.events, sqlOf(")"), l.tables)
	counts = picked.append(
		sqlOf(", keyed AS MATERIALIZED (SELECT e.num AS num, "+l.key+" AS key FROM picked e CROSS JOIN "),
		l.rows,
		sqlOf(`) SELECT key, count(DISTINCT num) FROM keyed GROUP BY key
			UNION ALL SELECT '', (SELECT count(*) FROM picked) - (SELECT count(DISTINCT num) FROM keyed)`))
	if o.all {
		l.allRows = l.allRows.append(sqlOf(l.nonEmpty))
		counts = sqlOf("WITH RECURSIVE picked AS (SELECT e.event AS event FROM ").append(o.events, sqlOf(")"), l.tables,
			sqlOf(" SELECT "+l.key+", count(DISTINCT "+l.event+") FROM "), l.allRows, sqlOf(" GROUP BY "+l.key),
			sqlOf(" UNION ALL SELECT '', (SELECT count(*) FROM picked) - (SELECT count(DISTINCT "+l.event+") FROM "), l.allRows,
			sqlOf(")"))
	}
	values = picked.append(sqlOf(" SELECT DISTINCT e.num, "+l.key+" FROM picked e CROSS JOIN "), l.rows)
	return counts, values, nil
}

// fieldSource selects the values that events have for a field, possibly repeated.
type fieldSource struct {
	// rows is the FROM and WHERE for the values of an event e; key is the value's expression.
	rows clause
	key  string
	// known is the alias of the table with the interval in which a value is known.
	known string
	// allRows is rows for all events, whose ids are in the column event. It is cheaper than rows for each event.
	allRows clause
	event   string
	// nonEmpty is the condition that a value is not "", if it can be.
	nonEmpty string
	// tables are further common table expressions, made from the picked events.
	tables clause
}

func (o overview) fieldSource(field store.FacetField) (fieldSource, error) {
	claims := func(join, on, key, value string) (fieldSource, error) {
		conditions := sqlOf(" CROSS JOIN "+join+" ON "+on+" WHERE ").append(o.isLive("c"), sqlOf(" AND "))
		return fieldSource{
			rows: sqlOf("claim c").append(conditions, o.subjectIs("c", "e.event")), key: value, known: "c",
			allRows: sqlOf("claim c NOT INDEXED").append(conditions, hasPrefix("c.subject", string(kg.KindEvent)+":")),
			event:   o.subjectClass("c"), nonEmpty: " AND " + key + " <> ''",
		}, nil
	}
	switch field {
	case store.FacetActor:
		return fieldSource{
			rows: sqlOf("participation p WHERE p.event = e.event AND ").append(o.holds("p")), key: "p.actor", known: "p",
			allRows: sqlOf("participation p WHERE ").append(o.holds("p")), event: "p.event",
		}, nil
	case store.FacetLocation:
		return fieldSource{
			rows: sqlOf("event_location o WHERE o.event = e.event AND ").append(o.holds("o")), key: "o.location", known: "o",
			allRows: sqlOf("event_location o WHERE ").append(o.holds("o")), event: "o.event",
		}, nil
	case store.FacetCountry:
		conditions := sqlOf(" AND ").append(combine([]clause{o.holds("o"), o.inLayer("l")}))
		rows := sqlOf("event_location o CROSS JOIN location l ON l.id = o.location WHERE o.event = e.event").
			append(conditions)
		allRows := sqlOf("location l CROSS JOIN event_location o ON o.location = l.id WHERE TRUE").append(conditions)
		return fieldSource{
			rows: rows, key: "l.country", known: "o", allRows: allRows, event: "o.event", nonEmpty: " AND l.country <> ''",
		}, nil
	case store.FacetAdmin1:
		rows := sqlOf("event_location o CROSS JOIN province v ON v.place = o.location WHERE o.event = e.event AND ").
			append(o.holds("o"))
		allRows := sqlOf("province v CROSS JOIN event_location o ON o.location = v.place WHERE ").append(o.holds("o"))
		return fieldSource{
			rows: rows, key: "v.id", known: "o", allRows: allRows, event: "o.event", tables: o.provinces(),
		}, nil
	case store.FacetPublisher:
		return claims("document d", isSource, "d.publisher", o.classOf("d.publisher"))
	case store.FacetClaimant:
		return claims("claimant k", "k.claim = c.id", "k.actor", o.classOf("k.actor"))
	case store.FacetDataset:
		return claims("release s", "s.id = c.release", "s.name", "s.name")
	case store.FacetLanguage:
		return claims("document d", isSource, "d.language", "d.language")
	case store.FieldOnMap:
		return o.mapFieldSource("o.location"), nil
	case store.FieldPrecision:
		return o.mapFieldSource(statedPrecision), nil
	}
	return fieldSource{}, kg.Errorf(kg.Internal, "unknown facet %q", field)
}

// classOf returns an expression for the class of the actor in a column.
func (r viewReader) classOf(column string) string {
	if !r.identities.HasMerged(kg.KindActor) {
		return column
	}
	return "coalesce((SELECT m.class FROM identity_class m WHERE m.id = " + column + "), " + column + ")"
}

// provinces returns a table province with the nearest provinces above each place of the events, on every path; a
// province belongs to itself.
func (o overview) provinces() clause {
	ofEvents := sqlOf("l.id IN (SELECT o.location FROM picked e CROSS JOIN event_location o ON o.event = e.event AND ").
		append(o.holds("o"), sqlOf(")"))
	if o.all { // all places
		ofEvents = trueClause
	}
	return sqlOf(", up (place, id, kind) AS (SELECT l.id, l.id, l.kind FROM location l WHERE ").
		append(combine([]clause{ofEvents, o.inLayer("l")}),
			sqlOf(` UNION SELECT up.place, l.id, l.kind
				FROM up JOIN within w ON w.child = up.id JOIN location l ON l.id = w.parent
				WHERE up.kind <> 'ADMIN1' AND `),
			combine([]clause{o.inLayer("w"), o.inLayer("l")}),
			sqlOf("), province AS MATERIALIZED (SELECT place, id FROM up WHERE kind = 'ADMIN1')"))
}
