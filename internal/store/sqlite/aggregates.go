package sqlite

import (
	"context"
	"database/sql"
	"runtime"

	"golang.org/x/sync/errgroup"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/codec"
)

// EventRows streams the versions of subjects, or of all events if subjects is nil.
func (s *Store) EventRows(ctx context.Context, subjects []kg.ID, to store.EventRowSink) error {
	return s.streamView(ctx, kg.View{}, func(r viewReader) error {
		events := sqlOf(`SELECT event, known_from, known_to, time_earliest, time_latest, time_floats, nominal,
			precision, status, category, mode, modality, documents, publishers, voices, datasets, codings,
			disagreements, toll
			FROM event_state e WHERE `).append(r.about("e", "e.event", subjects))
		tolls := codec.Tolls{}
		if err := stream(ctx, s.read, events, func(row *sql.Rows) error {
			id, event, err := scanEventRow(row, tolls)
			if err != nil {
				return err
			}
			return to.Event(id, event)
		}); err != nil {
			return err
		}
		return r.streamParts(subjects, to.Part)
	})
}

// FieldValues streams the values of fields for subjects, or for all events if subjects is nil. Fields of one source
// share a query; queries run in parallel.
func (s *Store) FieldValues(
	ctx context.Context, fields []store.FacetField, subjects []kg.ID, yield store.FieldYield,
) error {
	return s.streamView(ctx, kg.View{}, func(r viewReader) error {
		r.anyMoment = true
		o := overview{viewReader: r, all: subjects == nil}
		sources := map[string][]fieldColumn{}
		for _, field := range fields {
			l, err := o.fieldSource(field)
			if err != nil {
				return err
			}
			sources[l.rows.sql] = append(sources[l.rows.sql], fieldColumn{field, l})
		}
		var each *errgroup.Group
		each, o.ctx = errgroup.WithContext(ctx)
		each.SetLimit(runtime.NumCPU())
		for _, columns := range sources {
			each.Go(func() error { return o.streamValues(columns, subjects, yield) })
		}
		return each.Wait()
	})
}

type fieldColumn struct {
	field store.FacetField
	fieldSource
}

// streamValues streams the values of fields that share a source.
func (o overview) streamValues(fields []fieldColumn, subjects []kg.ID, yield store.FieldYield) error {
	l := fields[0].fieldSource
	event, from := l.event, l.allRows
	if !o.all {
		event, from = "e.event", sqlOf("picked e CROSS JOIN ").append(l.rows)
	}
	query := sqlOf("WITH RECURSIVE picked AS MATERIALIZED (SELECT value AS event FROM json_each(?))", idList(subjects)).
		append(l.tables, sqlOf(" SELECT "+event+", "+l.known+".known_from, "+l.known+".known_to"))
	for _, f := range fields {
		query = query.append(sqlOf(", " + f.key))
	}
	var id string
	var known kg.Interval
	values := make([]string, len(fields))
	into := []any{&id, &known.KnownFrom, &known.KnownTo}
	for i := range values {
		into = append(into, &values[i])
	}
	return stream(o.ctx, o.Store.read, query.append(sqlOf(" FROM "), from), func(row *sql.Rows) error {
		if err := row.Scan(into...); err != nil {
			return err
		}
		for i, f := range fields {
			yield(f.field, kg.ID(id), values[i], known)
		}
		return nil
	})
}

// mapFieldSource returns a column of the places of events that have a point, in the order of kg.SortEdges.
func (o overview) mapFieldSource(column string) fieldSource {
	order := sqlOf(" ORDER BY o.event, " + rankOf("o.role") + ", o.location")
	allRows := sqlOf("event_location o CROSS JOIN location l ON l.id = o.location WHERE l.latitude IS NOT NULL AND ").
		append(combine([]clause{o.holds("o"), o.inLayer("l")}), order)
	return fieldSource{
		rows: o.mapPlaces("e.event").append(order), key: column, known: "o", allRows: allRows, event: "o.event",
	}
}

// ClaimMoments streams the moment from which each claim is known, with the event that it is about.
func (s *Store) ClaimMoments(
	ctx context.Context, mode kg.IdentityMode, subjects []kg.ID, yield func(kg.ID, edtf.Instant) error,
) error {
	return s.streamView(ctx, kg.View{Identity: mode}, func(r viewReader) error {
		claims := sqlOf("SELECT " + r.subjectClass("c") + ", c.known_from FROM claim c WHERE ").
			append(hasPrefix("c.subject", string(kg.KindEvent)+":"))
		if subjects != nil {
			claims = sqlOf("SELECT e.value, c.known_from FROM json_each(?) e CROSS JOIN claim c ON ", idList(subjects)).
				append(r.subjectIs("c", "e.value"))
		}
		return stream(ctx, s.read, claims, func(row *sql.Rows) error {
			var event kg.ID
			var from edtf.Instant
			if err := row.Scan(&event, &from); err != nil {
				return err
			}
			return yield(event, from)
		})
	})
}

// MapPlaces streams the locations that have a point.
func (s *Store) MapPlaces(ctx context.Context, yield func(kg.ID, store.MapPlace)) error {
	return s.streamView(ctx, kg.View{}, func(r viewReader) error {
		places := sqlOf("SELECT " + mapPlaceColumns + " FROM location l WHERE l.latitude IS NOT NULL AND ").
			append(combine([]clause{r.inLayer("l")}))
		return stream(ctx, s.read, places, func(row *sql.Rows) error {
			id, at, err := scanMapPlace(row)
			if err == nil {
				yield(id, at)
			}
			return err
		})
	})
}

// scanEventRow scans a row; tolls caches tolls by their text.
func scanEventRow(row *sql.Rows, tolls codec.Tolls) (id kg.ID, c store.EventRow, err error) {
	var floats int
	var toll string
	if err := row.Scan(&id, &c.Known.KnownFrom, &c.Known.KnownTo, &c.Time.Earliest, &c.Time.Latest, &floats, &c.Nominal,
		&c.Time.Precision, &c.Status, &c.Category, &c.Mode, &c.Modality, &c.Sources.Documents, &c.Sources.Publishers,
		&c.Sources.Voices, &c.Sources.Datasets, &c.Codings, &c.Disagreements, &toll); err != nil {
		return id, c, err
	}
	c.Time.EarliestFloats, c.Time.LatestFloats = floats&earliestFloats != 0, floats&latestFloats != 0
	c.Toll, err = tolls.Decode(toll)
	return id, c, err
}
