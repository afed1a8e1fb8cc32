package memory

import (
	"context"
	"slices"
	"strconv"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// EventRows streams the versions of events.
func (s *Store) EventRows(ctx context.Context, subjects []kg.ID, to store.EventRowSink) error {
	r, ids, err := s.subjects(ctx, kg.IdentityResolved, subjects)
	if err != nil {
		return err
	}
	for _, id := range ids {
		for _, e := range r.histories[id].States {
			row := store.EventRow{
				Known: kg.Interval{KnownFrom: e.KnownFrom, KnownTo: e.KnownTo}, Time: e.Time, Nominal: e.Nominal.Start(),
				Status: e.Status, Category: e.Category, Mode: e.Mode, Modality: e.Modality, Sources: e.Sources,
				Toll: e.Toll, Codings: e.Codings, Disagreements: e.Disagreements,
			}
			if err := to.Event(id, row); err != nil {
				return err
			}
		}
	}
	for _, id := range ids {
		for _, w := range r.histories[id].Wholes {
			if err := to.Part(id, w.Edge.Whole, w.Interval); err != nil {
				return err
			}
		}
	}
	return nil
}

// FieldValues streams the values of fields of events. It reads each event as of every moment at which any of its
// values may change.
func (s *Store) FieldValues(
	ctx context.Context, fields []store.FacetField, subjects []kg.ID, yield store.FieldYield,
) error {
	r, ids, err := s.subjects(ctx, kg.IdentityResolved, subjects)
	if err != nil {
		return err
	}
	for _, id := range ids {
		moments := r.moments(id)
		for i, from := range moments {
			known := kg.Interval{KnownFrom: from, KnownTo: edtf.EndOfTime}
			if i+1 < len(moments) {
				known.KnownTo = moments[i+1]
			}
			then := r
			then.at = from
			e, ok := then.event(id)
			if !ok {
				continue
			}
			for _, field := range fields {
				for _, v := range then.fieldValues(field, e) {
					yield(field, id, v, known)
				}
			}
		}
	}
	return nil
}

// moments returns the moments at which an event or its claims change, in order.
func (r viewReader) moments(event kg.ID) (all []edtf.Instant) {
	for _, c := range r.claimsBySubject[event] {
		all = append(all, c.KnownFrom())
		for _, by := range r.lifetimes[c.ID].WithdrawnBy {
			all = append(all, r.claims[by].KnownFrom())
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func (r viewReader) fieldValues(field store.FacetField, e kg.Event) (values []string) {
	for _, p := range r.mapPlaces(e.ID) {
		switch field {
		case store.FieldOnMap:
			values = append(values, string(p.Place))
		case store.FieldPrecision:
			values = append(values, strconv.Itoa(p.Precision))
		}
	}
	if field != store.FieldOnMap && field != store.FieldPrecision {
		return r.values(field, e)
	}
	return values
}

// ClaimMoments streams the moment from which each claim about an event is known.
func (s *Store) ClaimMoments(
	ctx context.Context, mode kg.IdentityMode, subjects []kg.ID, yield func(kg.ID, edtf.Instant) error,
) error {
	r, ids, err := s.subjects(ctx, mode, subjects)
	if err != nil {
		return err
	}
	for _, id := range ids {
		for _, c := range r.claimsBySubject[id] {
			if err := yield(id, c.KnownFrom()); err != nil {
				return err
			}
		}
	}
	return nil
}

// MapPlaces streams the locations that have a point.
func (s *Store) MapPlaces(ctx context.Context, yield func(kg.ID, store.MapPlace)) error {
	g, err := s.snapshot(ctx)
	if err != nil {
		return err
	}
	for _, l := range nodes(g.reader(kg.View{}).locations, func(*kg.Location) {}) {
		if l.Point != nil {
			yield(l.ID, mapPlace(l))
		}
	}
	return nil
}

// subjects returns the ids of events, of all if ids is nil.
func (s *Store) subjects(ctx context.Context, mode kg.IdentityMode, ids []kg.ID) (viewReader, []kg.ID, error) {
	g, err := s.snapshot(ctx)
	if err != nil {
		return viewReader{}, nil, err
	}
	r := g.reader(kg.View{Identity: mode})
	events := slices.DeleteFunc(sortedIDs(r.histories), func(id kg.ID) bool {
		return id.Kind() != kg.KindEvent || ids != nil && !slices.Contains(ids, id)
	})
	return r, events, nil
}
