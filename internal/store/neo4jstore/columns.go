package neo4jstore

import (
	"context"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/store/columns"
)

// eventColumns streams what is counted of events, or of all. The toll is in the record alone, which is sent only where there
// is one; the rest of a time follows from what it is written as.
func (s *Store) eventColumns(ctx context.Context, subjects []kg.ID, to columns.Sink) error {
	return s.streams(ctx, kg.View{}, func(b *builder) error {
		begin := b.eventsOf(subjects)
		times := map[string]kg.Time{}
		if err := s.stream(ctx, begin+where(b.there("n"), b.known("n"))+` RETURN n.id AS id, n.time AS time, n.status AS status, n.category AS category,
			coalesce(n.mode, '') AS mode, n.modality AS modality, n.voices AS voices, CASE WHEN n.killed >= 0 OR n.record CONTAINS '"killed":' THEN n.record END AS record`,
			b.params, func(r *neo4j.Record) error {
				id, row, err := columnsOf(r, times)
				if err != nil {
					return err
				}
				return to.Event(id, row)
			}); err != nil {
			return err
		}
		return s.stream(ctx, begin+" MATCH (n)-[r:PART_OF]->(w:Event)"+where(b.known("r"))+" RETURN n.id AS id, w.id AS whole", b.params, func(r *neo4j.Record) error {
			part, err := idOf(r)
			if err != nil {
				return err
			}
			whole, err := column[string](r, "whole")
			if err != nil {
				return err
			}
			return to.Part(part, kg.ID(whole))
		})
	})
}

// eventsOf matches events n, or all.
func (b *builder) eventsOf(subjects []kg.ID) string {
	if subjects == nil {
		return "MATCH (n:Event)"
	}
	b.params["ids"] = stringsOf(subjects)
	return "UNWIND $ids AS id MATCH (n:Event {id: id})"
}

// eventValues streams the values that events, or all, have of fields.
func (s *Store) eventValues(ctx context.Context, fields []kg.FacetField, subjects []kg.ID, give func(kg.FacetField, kg.ID, string)) error {
	return s.streams(ctx, kg.View{}, func(b *builder) error {
		for _, field := range fields {
			o := overview{builder: b.another()}
			keyed := " MATCH (n)-[o:OCCURRED_AT]->(l:Location)" + where(o.onMap()) + " WITH n, l.id AS k ORDER BY " + rankOf("o.role") + ", l.idKey"
			if field != columns.OnMap {
				var err error
				if keyed, err = o.keyed(field); err != nil {
					return err
				}
			}
			if err := s.stream(ctx, o.eventsOf(subjects)+where(o.there("n"), o.known("n"))+keyed+" RETURN n.id AS id, k AS value", o.params, func(r *neo4j.Record) error {
				event, err := idOf(r)
				if err != nil {
					return err
				}
				value, err := column[string](r, "value")
				give(field, event, value)
				return err
			}); err != nil {
				return err
			}
		}
		return nil
	})
}

// points streams the places that have a point.
func (s *Store) points(ctx context.Context, give func(kg.ID, kg.Point)) error {
	return s.streams(ctx, kg.View{}, func(b *builder) error {
		return s.stream(ctx, "MATCH (l:Location)"+where("l.latitude IS NOT NULL")+" RETURN l.id AS id, l.latitude AS latitude, l.longitude AS longitude", b.params, func(r *neo4j.Record) error {
			id, err := idOf(r)
			if err != nil {
				return err
			}
			at, err := pointIn(r)
			give(id, at)
			return err
		})
	})
}

// columnsOf reads a row; times are those that were read before, by how they are written.
func columnsOf(r *neo4j.Record, times map[string]kg.Time) (kg.ID, columns.Row, error) {
	var c columns.Row
	var id, written string
	for name, into := range map[string]*string{
		"id": &id, "time": &written, "status": (*string)(&c.Status), "category": (*string)(&c.Category), "mode": &c.Mode, "modality": (*string)(&c.Modality),
	} {
		var err error
		if *into, err = column[string](r, name); err != nil {
			return "", c, err
		}
	}
	voices, err := column[int64](r, "voices")
	if err != nil {
		return "", c, err
	}
	c.Voices = int(voices)
	known := false
	if c.Time, known = times[written]; !known {
		if c.Time, err = kg.ParseTime(written); err != nil {
			return "", c, kg.Errorf(kg.Internal, "the stored time of %s: %w", id, err)
		}
		times[written] = c.Time
	}
	if record, _ := r.Get("record"); record == nil {
		return kg.ID(id), c, nil
	}
	state, err := recordOf(decodeState)(r)
	c.Killed = state.Toll.Killed
	return kg.ID(id), c, err
}
