package sqlitestore

import (
	"context"
	"database/sql"

	"casus/internal/kg"
	"casus/internal/store/columns"
)

// eventColumns streams what is counted of events, or of all.
func (s *Store) eventColumns(ctx context.Context, subjects []kg.ID, to columns.Sink) error {
	return s.streams(ctx, kg.View{}, func(r reading) error {
		of := func(alias, column string) clause {
			all := []clause{r.holds(alias)}
			if subjects != nil {
				all = append(all, sqlOf(column+" "+in, idList(subjects)))
			}
			return plainly(all)
		}
		if err := stream(ctx, s.read, sqlOf(`SELECT event, time_earliest, time_latest, time_floats, precision, status, category, mode, modality, voices,
			killed_agreed, killed_low, killed, killed_high FROM event_state e WHERE `).then(of("e", "e.event")), func(row *sql.Rows) error {
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

// eventValues streams the values that events, or all, have of a field.
func (s *Store) eventValues(ctx context.Context, field kg.FacetField, subjects []kg.ID, give func(kg.ID, string) error) error {
	return s.streams(ctx, kg.View{}, func(r reading) error {
		o := overview{reading: r, all: subjects == nil}
		l, err := o.linked(field)
		if err != nil {
			return err
		}
		query := sqlOf("WITH RECURSIVE picked AS MATERIALIZED (SELECT value AS event FROM json_each(?))", idList(subjects)).then(l.beside)
		if o.all {
			query = query.then(sqlOf(" SELECT "+l.event+", "+l.key+" FROM "), l.alone)
		} else {
			query = query.then(sqlOf(" SELECT e.event, "+l.key+" FROM picked e CROSS JOIN "), l.of)
		}
		return stream(ctx, s.read, query, func(row *sql.Rows) error {
			var event kg.ID
			var value string
			if err := row.Scan(&event, &value); err != nil {
				return err
			}
			return give(event, value)
		})
	})
}

func scanColumns(row *sql.Rows) (id kg.ID, c columns.Row, err error) {
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
