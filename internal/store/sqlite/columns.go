package sqlite

import (
	"context"
	"database/sql"
	"runtime"

	"golang.org/x/sync/errgroup"

	"casus/internal/kg"
	"casus/internal/store"
)

// EventRows streams what is counted of events, or of all.
func (s *Store) EventRows(ctx context.Context, subjects []kg.ID, to store.EventRowSink) error {
	return s.streams(ctx, kg.View{}, func(r reading) error {
		all := " NOT INDEXED" // rows in their order, and not in that of some index that has not got them all
		if subjects != nil {
			all = ""
		}
		of := func(alias, column string) clause {
			all := []clause{r.holds(alias)}
			if subjects != nil {
				all = append(all, sqlOf(column+" "+in, idList(subjects)))
			}
			return plainly(all)
		}
		if err := stream(ctx, s.read, sqlOf(`SELECT event, time_earliest, time_latest, time_floats, precision, status, category, mode, modality, voices,
			killed_agreed, killed_low, killed, killed_high FROM event_state e`+all+" WHERE ").then(of("e", "e.event")), func(row *sql.Rows) error {
			id, of, err := scanColumns(row)
			if err != nil {
				return err
			}
			return to.Event(id, of)
		}); err != nil {
			return err
		}
		return stream(ctx, s.read, sqlOf("SELECT p.part, p.whole FROM event_part p WHERE ").then(of("p", "p.part")), func(row *sql.Rows) error {
			var part, whole kg.ID
			if err := row.Scan(&part, &whole); err != nil {
				return err
			}
			return to.Part(part, whole)
		})
	})
}

// FieldValues streams the values that events, or all, have of fields: those of one source together, and two sources at once.
func (s *Store) FieldValues(ctx context.Context, fields []store.FacetField, subjects []kg.ID, give func(store.FacetField, kg.ID, string)) error {
	return s.streams(ctx, kg.View{}, func(r reading) error {
		o := overview{reading: r, all: subjects == nil}
		sources := map[string][]linkedField{}
		for _, field := range fields {
			l := o.onMapInOrder()
			if field != store.FieldOnMap {
				var err error
				if l, err = o.linked(field); err != nil {
					return err
				}
			}
			sources[l.of.sql] = append(sources[l.of.sql], linkedField{field, l})
		}
		var each *errgroup.Group
		each, o.ctx = errgroup.WithContext(ctx)
		each.SetLimit(runtime.NumCPU())
		for _, of := range sources {
			each.Go(func() error { return o.values(of, subjects, give) })
		}
		return each.Wait()
	})
}

type linkedField struct {
	field store.FacetField
	links
}

// values streams those of fields of one source.
func (o overview) values(fields []linkedField, subjects []kg.ID, give func(store.FacetField, kg.ID, string)) error {
	l := fields[0].links
	event, from := l.event, l.alone
	if !o.all {
		event, from = "e.event", sqlOf("picked e CROSS JOIN ").then(l.of)
	}
	query := sqlOf("WITH RECURSIVE picked AS MATERIALIZED (SELECT value AS event FROM json_each(?))", idList(subjects)).then(l.beside, sqlOf(" SELECT "+event))
	for _, f := range fields {
		query = query.then(sqlOf(", " + f.key))
	}
	var id string
	values := make([]string, len(fields))
	into := []any{&id}
	for i := range values {
		into = append(into, &values[i])
	}
	return stream(o.ctx, o.Store.read, query.then(sqlOf(" FROM "), from), func(row *sql.Rows) error {
		if err := row.Scan(into...); err != nil {
			return err
		}
		for i, f := range fields {
			give(f.field, kg.ID(id), values[i])
		}
		return nil
	})
}

// onMapInOrder are the places of events that have a point, in the order of kg.SortEdges.
func (o overview) onMapInOrder() links {
	order := sqlOf(" ORDER BY o.event, " + rankOf("o.role") + ", o.location")
	return links{key: "o.location", event: "o.event", of: o.onMap("e.event").then(order),
		alone: sqlOf("event_location o CROSS JOIN location l ON l.id = o.location WHERE l.latitude IS NOT NULL AND ").then(plainly([]clause{o.holds("o"), o.layer("l")}), order)}
}

// LocationPoints streams the places that have a point.
func (s *Store) LocationPoints(ctx context.Context, give func(kg.ID, kg.Point)) error {
	return s.streams(ctx, kg.View{}, func(r reading) error {
		return stream(ctx, s.read, sqlOf("SELECT l.id, l.latitude, l.longitude FROM location l WHERE l.latitude IS NOT NULL AND ").then(plainly([]clause{r.layer("l")})), func(row *sql.Rows) error {
			var id kg.ID
			var at kg.Point
			if err := row.Scan(&id, &at.Latitude, &at.Longitude); err != nil {
				return err
			}
			give(id, at)
			return nil
		})
	})
}

func scanColumns(row *sql.Rows) (id kg.ID, c store.EventRow, err error) {
	var floats, agreed, low, best, high int
	if err := row.Scan(&id, &c.Time.Earliest, &c.Time.Latest, &floats, &c.Time.Precision, &c.Status, &c.Category, &c.Mode, &c.Modality, &c.Voices,
		&agreed, &low, &best, &high); err != nil {
		return id, c, err
	}
	c.Time.EarliestFloats, c.Time.LatestFloats = floats&earliestFloats != 0, floats&latestFloats != 0
	if agreed >= 0 {
		c.Killed = &kg.Estimate{Agreed: agreed > 0}
		for n, into := range map[*int]**int{&low: &c.Killed.Low, &best: &c.Killed.Best, &high: &c.Killed.High} {
			if *n >= 0 {
				*into = n
			}
		}
	}
	return id, c, nil
}
