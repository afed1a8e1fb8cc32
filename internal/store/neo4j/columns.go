package neo4j

import (
	"cmp"
	"context"
	"runtime"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"golang.org/x/sync/errgroup"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/neo4j/rows"
)

// EventRows streams the versions of the given events, or of all. Times are parsed from their text.
func (s *Store) EventRows(ctx context.Context, subjects []kg.ID, to store.EventRowSink) error {
	return s.streamView(ctx, kg.View{}, func(b *builder) error {
		times := map[string]edtf.Time{}
		if err := s.stream(ctx, b.matchNodes("EventState", subjects)+where(b.inLayer("n"))+` RETURN n.id AS id, n.knownFrom AS from, n.knownTo AS to, n.time AS time, n.nominal AS nominal, n.status AS status, n.category AS category,
			coalesce(n.mode, '') AS mode, n.modality AS modality, n.documents AS documents, n.publishers AS publishers, n.voices AS voices, n.datasets AS datasets, n.killedAgreed AS agreed, n.killedLow AS low, n.killed AS best, n.killedHigh AS high`,
			b.params, func(r *neo4j.Record) error {
				id, row, err := readEventRow(r, times)
				if err != nil {
					return err
				}
				return to.Event(id, row)
			}); err != nil {
			return err
		}
		return b.parts(ctx, subjects, to.Part)
	})
}

// FieldValues streams the values of fields for the given events, or all. Rows are grouped by value, which is less to
// send than one row for each event.
func (s *Store) FieldValues(
	ctx context.Context, fields []store.FacetField, subjects []kg.ID, yield store.FieldYield,
) error {
	return s.streamView(ctx, kg.View{}, func(b *builder) error {
		b.anyMoment = true
		queries := make([]string, len(fields))
		for i, field := range fields {
			var err error
			if queries[i], err = (overview{builder: b}).fieldValuesQuery(field, subjects); err != nil {
				return err
			}
		}
		each, ctx := errgroup.WithContext(ctx)
		each.SetLimit(runtime.NumCPU())
		for i, field := range fields {
			each.Go(func() error {
				return s.stream(ctx, queries[i], b.params, func(r *neo4j.Record) error {
					return yieldValues(r, field, yield)
				})
			})
		}
		return each.Wait()
	})
}

// fieldValuesQuery returns a query for the values of a field, each with the lists of the events that have it and of the
// intervals in which that is known.
func (o overview) fieldValuesQuery(field store.FacetField, subjects []kg.ID) (string, error) {
	begin := o.matchNodes("Event", subjects) + where(o.eventExists("n"), o.inLayer("n"))
	lists := func(known string) string {
		return "collect(n.id) AS ids, collect(" + known + ".knownFrom) AS froms, collect(" + known + ".knownTo) AS tos"
	}
	place := " MATCH (n)-[o:OCCURRED_AT]->(l:Location)"
	switch field {
	case store.FieldOnMap:
		return begin + place + where(o.hasPoint()) + " WITH " + roleRank("o.role") + " AS rank, l, " + lists("o") +
			" RETURN l.id AS value, ids, froms, tos ORDER BY rank, l.idKey", nil
	case store.FacetAdmin1:
		return begin + place + where(o.isKnown("o")) + " WITH l, " + lists("o") + o.provincesOfPlace() +
			" UNWIND provinces AS value RETURN value, ids, froms, tos", nil
	}
	v, err := o.linkedValue(field)
	return begin + " MATCH " + v.pattern + where(v.conditions, v.key+" <> ''") +
		" RETURN " + v.key + " AS value, " + lists(v.known), err
}

// yieldValues yields the value of a row for each of its events.
func yieldValues(r *neo4j.Record, field store.FacetField, yield store.FieldYield) error {
	value, err := column[string](r, "value")
	ids, noIDs := listOf[string](r, "ids")
	froms, noFroms := listOf[int64](r, "froms")
	tos, noTos := listOf[int64](r, "tos")
	if err := cmp.Or(err, noIDs, noFroms, noTos); err != nil {
		return err
	}
	if len(froms) != len(ids) || len(tos) != len(ids) {
		return kg.Errorf(kg.Internal, "%d events have the value %q during %d intervals", len(ids), value, len(froms))
	}
	for i, id := range ids {
		known := kg.Interval{KnownFrom: edtf.Instant(froms[i]), KnownTo: edtf.Instant(tos[i])}
		yield(field, kg.ID(id), value, known)
	}
	return nil
}

// LocationPoints streams the places that have a point.
func (s *Store) LocationPoints(ctx context.Context, emit func(kg.ID, kg.Point)) error {
	return s.streamView(ctx, kg.View{}, func(b *builder) error {
		points := "MATCH (l:Location)" + where("l.latitude IS NOT NULL") +
			" RETURN l.id AS id, l.latitude AS latitude, l.longitude AS longitude"
		return s.stream(ctx, points, b.params, func(r *neo4j.Record) error {
			id, err := idOf(r)
			if err != nil {
				return err
			}
			at, err := readPoint(r)
			emit(id, at)
			return err
		})
	})
}

// readEventRow decodes a row; times caches parsed times by their text.
func readEventRow(r *neo4j.Record, times map[string]edtf.Time) (id kg.ID, c store.EventRow, err error) {
	read := func(name string) (text string) {
		if err == nil {
			text, err = column[string](r, name)
		}
		return text
	}
	number := func(name string) *int { // nil if absent
		v, _ := r.Get(name)
		if v == nil || err != nil {
			return nil
		}
		var n int64
		n, err = as[int64](v, name)
		i := int(n)
		return &i
	}
	id = kg.ID(read("id"))
	if err == nil {
		c.Known, err = knownOf(r)
	}
	c.Status, c.Category = kg.ClaimStatus(read("status")), kg.EventCategory(read("category"))
	c.Mode, c.Modality = read("mode"), kg.Modality(read("modality"))
	for i, into := range []*int{&c.Sources.Documents, &c.Sources.Publishers, &c.Sources.Voices, &c.Sources.Datasets} {
		if n := number(rows.SourceProperties[i]); n != nil {
			*into = *n
		}
	}
	if agreed := number("agreed"); agreed != nil {
		c.Killed = &kg.Estimate{Agreed: *agreed == 1, Low: number("low"), Best: number("best"), High: number("high")}
		if c.Killed.Best != nil && *c.Killed.Best < 0 { // stored for no best estimate
			c.Killed.Best = nil
		}
	}
	if v, _ := r.Get("nominal"); v != nil && err == nil {
		day := read("nominal")
		c.Nominal = kg.Day(day).Start()
	}
	written := read("time")
	if err != nil {
		return id, c, err
	}
	known := false
	if c.Time, known = times[written]; !known {
		if c.Time, err = edtf.ParseTime(written); err != nil {
			return id, c, kg.Errorf(kg.Internal, "parse the stored time of %s: %w", id, err)
		}
		times[written] = c.Time
	}
	return id, c, nil
}
