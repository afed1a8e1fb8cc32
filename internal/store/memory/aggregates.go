package memory

import (
	"context"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

// EventRows streams the aggregate rows of events.
func (s *Store) EventRows(ctx context.Context, subjects []kg.ID, to store.EventRowSink) error {
	r, events, err := s.subjects(ctx, subjects)
	if err != nil {
		return err
	}
	for _, e := range events {
		row := store.EventRow{
			Time: e.Time, Status: e.Status, Category: e.Category, Mode: e.Mode, Modality: e.Modality,
			Nominal: e.Nominal.Start(), Voices: e.Sources.Voices, Killed: e.Toll.Killed,
		}
		if err := to.Event(e.ID, row); err != nil {
			return err
		}
	}
	for _, e := range events {
		for _, w := range r.edges(e.ID, kg.WantWholes).Wholes {
			if err := to.Part(e.ID, w.Whole); err != nil {
				return err
			}
		}
	}
	return nil
}

// FieldValues streams the values of fields of events.
func (s *Store) FieldValues(
	ctx context.Context, fields []store.FacetField, subjects []kg.ID, yield func(store.FacetField, kg.ID, string),
) error {
	r, events, err := s.subjects(ctx, subjects)
	if err != nil {
		return err
	}
	for _, field := range fields {
		for _, e := range events {
			for _, v := range r.fieldValues(field, e) {
				yield(field, e.ID, v)
			}
		}
	}
	return nil
}

func (r viewReader) fieldValues(field store.FacetField, e kg.Event) (values []string) {
	if field != store.FieldOnMap {
		return r.values(field, e)
	}
	for _, l := range r.mapPlaces(e.ID) {
		values = append(values, string(l.ID))
	}
	return values
}

// LocationPoints streams the locations that have a point.
func (s *Store) LocationPoints(ctx context.Context, yield func(kg.ID, kg.Point)) error {
	g, err := s.snapshot(ctx)
	if err != nil {
		return err
	}
	for _, l := range nodes(g.reader(kg.View{}).locations, func(*kg.Location) {}) {
		if l.Point != nil {
			yield(l.ID, *l.Point)
		}
	}
	return nil
}

// subjects returns the events with these ids, or all if ids is nil.
func (s *Store) subjects(ctx context.Context, ids []kg.ID) (viewReader, []kg.Event, error) {
	g, err := s.snapshot(ctx)
	if err != nil {
		return viewReader{}, nil, err
	}
	r := g.reader(kg.View{})
	events := r.events()
	if ids != nil {
		events = slices.DeleteFunc(events, func(e kg.Event) bool { return !slices.Contains(ids, e.ID) })
	}
	return r, events, nil
}
