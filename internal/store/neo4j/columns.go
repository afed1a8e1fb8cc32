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
	"casus/internal/store/codec"
	"casus/internal/store/neo4j/rows"
)

// EventRows streams the versions of the given events, or of all. Times are parsed from their text.
func (s *Store) EventRows(ctx context.Context, subjects []kg.ID, to store.EventRowSink) error {
	return s.streamView(ctx, kg.View{}, func(b *builder) error {
		times, tolls := map[string]edtf.Time{}, codec.Tolls{}
		states := b.matchNodes("EventState", subjects) + where(b.inLayer("n"))
		if err := b.streamChunks(ctx, states, "n", eventRowValues, func(r *rows.Values) error {
			id, row, err := readEventRow(r, times, tolls)
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
		return "collect(n.id) AS ids, collect(" + rows.KnownFrom(known) +
			") AS froms, collect(" + rows.KnownTo(known) + ") AS tos"
	}
	place := " MATCH (n)-[o:OCCURRED_AT]->(l:Location)"
	switch field {
	case store.FieldOnMap, store.FieldPrecision:
		value := "l.id"
		if field == store.FieldPrecision {
			value = "toString(" + statedPrecision + ")"
		}
		return begin + place + where(o.hasPoint()) + " WITH " + roleRank("o.role") + " AS rank, l._idKey AS key, " +
			value + " AS value, " + lists("o") + " RETURN value, ids, froms, tos ORDER BY rank, key", nil
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
	ids, errIDs := listOf[string](r, "ids")
	froms, errFroms := listOf[int64](r, "froms")
	tos, errTos := listOf[int64](r, "tos")
	if err := cmp.Or(err, errIDs, errFroms, errTos); err != nil {
		return err
	}
	if len(froms) != len(ids) || len(tos) != len(ids) {
		return kg.Errorf(kg.Internal, "the value %q has %d events, but %d intervals", value, len(ids), len(froms))
	}
	for i, id := range ids {
		known := kg.Interval{KnownFrom: edtf.Instant(froms[i]), KnownTo: edtf.Instant(tos[i])}
		yield(field, kg.ID(id), value, known)
	}
	return nil
}

// ClaimMoments streams the moment from which each claim is known, with the event that it is about.
func (s *Store) ClaimMoments(
	ctx context.Context, mode kg.IdentityMode, subjects []kg.ID, yield func(kg.ID, edtf.Instant) error,
) error {
	return s.streamView(ctx, kg.View{Identity: mode}, func(b *builder) error {
		claims := b.matchNodes("Event", subjects) + " MATCH " + b.claimsPath("(n)") + "(c:Claim)" +
			where("c._idKey IS NOT NULL") + " RETURN n.id AS id, collect(c._knownFrom) AS moments"
		return s.stream(ctx, claims, b.params, func(r *neo4j.Record) error {
			id, noID := idOf(r)
			moments, err := listOf[int64](r, "moments")
			if err := cmp.Or(noID, err); err != nil {
				return err
			}
			for _, from := range moments {
				if err := yield(id, edtf.Instant(from)); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// MapPlaces streams the places that have a point.
func (s *Store) MapPlaces(ctx context.Context, yield func(kg.ID, store.MapPlace)) error {
	return s.streamView(ctx, kg.View{}, func(b *builder) error {
		places := "MATCH (l:Location)" + where("l._latitude IS NOT NULL") +
			" RETURN l.id AS id, " + b.mapPlaceColumns("l")
		return s.stream(ctx, places, b.params, func(r *neo4j.Record) error {
			id, err := idOf(r)
			if err != nil {
				return err
			}
			at, err := readMapPlace(r)
			if err == nil {
				yield(id, at)
			}
			return err
		})
	})
}

// eventRowValues are the values that readEventRow reads, of a state n.
const eventRowValues = "n.id, n._knownFrom, n._knownTo, n.time, toString(n.nominal), n.status, n.category, n.mode," +
	" n.modality, n.documents, n.publishers, n.voices, n.datasets, n._codings, coalesce(n._disagreements, 0), n._toll"

// readEventRow decodes a row; times and tolls cache what is decoded by its text.
func readEventRow(
	r *rows.Values, times map[string]edtf.Time, tolls codec.Tolls,
) (id kg.ID, c store.EventRow, err error) {
	id, c.Known = r.ID(), r.Interval()
	written, nominal := r.Text(), kg.Day(r.OptionalText())
	c.Status, c.Category = kg.ClaimStatus(r.Text()), kg.EventCategory(r.Text())
	c.Mode, c.Modality = r.OptionalText(), kg.Modality(r.Text())
	for _, n := range []*int{&c.Sources.Documents, &c.Sources.Publishers, &c.Sources.Voices, &c.Sources.Datasets} {
		*n = int(r.Whole())
	}
	c.Codings, c.Disagreements = kg.Bits(r.Whole()), kg.Bits(r.Whole())
	toll := r.OptionalText()
	if r.Err != nil {
		return id, c, r.Err
	}
	if nominal != "" {
		c.Nominal = nominal.Start()
	}
	if c.Toll, err = tolls.Decode(toll); err != nil {
		return id, c, err
	}
	c.Time, err = parseTime(written, times)
	return id, c, err
}
