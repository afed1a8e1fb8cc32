package aggregate

import (
	"context"
	"maps"
	"slices"
	"sync"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/projection"
	"casus/internal/store"
)

// build reads all events.
func (c *Index) build(ctx context.Context) (*table, error) {
	if c.tooMany.Load() {
		return &table{tooMany: true}, nil
	}
	c.read.Store(0)
	t := newTable(c.options.MaxEvents)
	sink := t.sink()
	add := sink.Event
	sink.Event = func(id kg.ID, r store.EventRow) error {
		if r.Known.KnownTo == edtf.EndOfTime {
			c.read.Add(1)
		}
		return add(id, r)
	}
	err := c.store.EventRows(ctx, nil, sink)
	c.tooMany.Store(err == nil && t.tooMany)
	return t, err
}

// changes reads changed events again and returns a function that replaces their versions.
func (c *Index) changes(ctx context.Context, t *table, subjects []kg.ID) (put func() error, err error) {
	if t.tooMany {
		return func() error { return nil }, nil
	}
	var fresh []func(*table)
	begins := map[kg.ID]edtf.Instant{} // the moments from which the events are known
	if err := c.store.EventRows(ctx, subjects, store.EventRowSink{
		Event: func(id kg.ID, r store.EventRow) error {
			fresh = append(fresh, func(t *table) { t.put(id, r) })
			if begin, known := begins[id]; !known || r.Known.KnownFrom < begin {
				begins[id] = r.Known.KnownFrom
			}
			return nil
		},
		Part: func(part, whole kg.ID, known kg.Interval) error {
			fresh = append(fresh, func(t *table) { t.addPart(part, whole, known) })
			return nil
		},
	}); err != nil {
		return nil, err
	}
	var fields, stale []store.FacetField
	for field := range t.lists {
		if dependsOnPlaces(field) && containsLocation(subjects) {
			stale = append(stale, field)
		} else {
			fields = append(fields, field)
		}
	}
	places, unknownPlace := t.places, false
	var mu sync.Mutex
	add := func(field store.FacetField, event kg.ID, value string, known kg.Interval) {
		mu.Lock()
		defer mu.Unlock()
		if field == store.FieldOnMap {
			_, known := places[kg.ID(value)]
			unknownPlace = unknownPlace || !known
		}
		fresh = append(fresh, func(t *table) {
			if n, there := t.rows[event]; there {
				t.lists[field].add(n, value, duringLife(known, begins[event]))
			}
		})
	}
	if err := c.store.FieldValues(ctx, fields, subjects, add); err != nil {
		return nil, err
	}
	if t.claims != nil {
		if err := c.store.ClaimMoments(ctx, kg.IdentityResolved, subjects, func(event kg.ID, from edtf.Instant) error {
			fresh = append(fresh, func(t *table) {
				if n, there := t.rows[event]; there {
					t.claims.add(n, from)
				}
			})
			return nil
		}); err != nil {
			return nil, err
		}
	}
	if unknownPlace {
		if places, err = c.loadPlaces(ctx); err != nil {
			return nil, err
		}
	}
	return func() error {
		t.places = places
		for _, field := range stale {
			delete(t.lists, field)
		}
		t.remove(subjects)
		for _, put := range fresh {
			put(t)
		}
		if t.order != nil {
			t.order = t.mergedOrder(t.order, subjects)
		}
		return nil
	}, nil
}

// need returns the need for fields and, if ordered is set, for the order of pages.
func (c *Index) need(fields []store.FacetField, ordered bool) projection.Need[*table] {
	return projection.Need[*table]{
		Met: func(t *table) bool { return t.tooMany || t.has(fields) && (t.order != nil || !ordered) },
		Extend: func(ctx context.Context, t *table) (put func(), err error) {
			order := t.order
			if ordered && order == nil {
				order = t.sortedOrder()
			}
			putFields, err := c.loadFields(ctx, t, fields)
			return func() {
				t.order = order
				putFields()
			}, err
		},
	}
}

// loadFields reads the fields that are not loaded yet.
func (c *Index) loadFields(ctx context.Context, t *table, fields []store.FacetField) (put func(), err error) {
	claims := t.claims
	if claims == nil && slices.Contains(fields, claimMoments) {
		claims = newClaimColumn(len(t.ids))
		if err := c.store.ClaimMoments(ctx, kg.IdentityResolved, nil, func(event kg.ID, from edtf.Instant) error {
			if n, there := t.rows[event]; there {
				claims.add(n, from)
			}
			return nil
		}); err != nil {
			return nil, err
		}
	}
	fields = slices.DeleteFunc(slices.Clone(fields), func(f store.FacetField) bool {
		return f == claimMoments || t.lists[f] != nil
	})
	if len(fields) == 0 {
		return func() { t.claims = claims }, nil
	}
	fresh := map[store.FacetField]*listColumn{}
	for _, f := range fields {
		fresh[f] = newListColumn(f, len(t.ids))
	}
	begins := t.begins()
	add := func(field store.FacetField, event kg.ID, value string, known kg.Interval) {
		l := fresh[field]
		if n, there := l.find(t.rows, event); there {
			l.add(n, value, duringLife(known, begins[n]))
		}
	}
	if err := c.store.FieldValues(ctx, fields, nil, add); err != nil {
		return nil, err
	}
	places := t.places
	if fresh[store.FieldOnMap] != nil { // after the values, so that every location has its point
		if places, err = c.loadPlaces(ctx); err != nil {
			return nil, err
		}
	}
	return func() {
		t.places, t.claims = places, claims
		maps.Copy(t.lists, fresh)
	}, nil
}

func (c *Index) loadPlaces(ctx context.Context) (map[kg.ID]store.MapPlace, error) {
	places := map[kg.ID]store.MapPlace{}
	return places, c.store.MapPlaces(ctx, func(id kg.ID, at store.MapPlace) { places[id] = at })
}
