package aggregate

import (
	"context"
	"time"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// Extent returns the extent of events. It calls fallback if the index cannot answer; see querySelection.
func (c *Index) Extent(
	ctx context.Context, q store.ExtentQuery, fallback func(*store.EventFilter) (store.Extent, error),
) (store.Extent, error) {
	fields := []store.FacetField{store.FieldOnMap}
	compute := func(t *table, selected []selection) (store.Extent, error) {
		x := t.extent(selected, q.View.KnownAt)
		if q.Known {
			x.FirstKnown, x.LastKnown = t.knowledge(selected)
		}
		if q.Bulk {
			x.Bulk = t.bulk(selected)
		}
		summed := t.newSummation(q.Sums, q.View.KnownAt)
		if summed == nil {
			return x, nil
		}
		all := summed.Cell(0)
		for _, s := range selected {
			for i, row := range s.rows {
				summed.add(all, s.scope, row, s.events[i])
			}
		}
		parts, err := summed.Parts(ctx)
		if err == nil {
			x.Sums = parts[all].Sums()
		}
		return x, err
	}
	return querySelection(ctx, c, q.View, q.Filter, fields, compute, fallback)
}

func (t *table) extent(selected []selection, moment *edtf.Instant) (x store.Extent) {
	l := t.lists[store.FieldOnMap]
	hulls, places, values := make([]bool, len(t.hulls)), make([]bool, len(l.words)), l.at(moment)
	for _, s := range selected {
		x.Events += len(s.rows)
		for _, row := range s.rows {
			hulls[s.hull[row]] = true
			if !t.hulls[s.hull[row]].earliest.Bounded() {
				x.WithoutTime++
			}
		}
		x.WithoutPlace += values.mark(s.events, places)
	}
	for i, h := range t.hulls {
		for _, bound := range []edtf.Instant{h.earliest, h.latest} {
			if !hulls[i] || !bound.Bounded() {
				continue
			}
			if x.Earliest == nil || bound < *x.Earliest {
				x.Earliest = &bound
			}
			if x.Latest == nil || bound > *x.Latest {
				x.Latest = &bound
			}
		}
	}
	var points []kg.Point
	for place, used := range places {
		if place > 0 && used {
			points = append(points, t.places[kg.ID(l.words[place])].Point)
		}
	}
	x.Box = store.BoxAround(points)
	return x
}

// knowledge returns the moments at which any of the events became known, and at which one changed last.
func (t *table) knowledge(selected []selection) (first, last *edtf.Instant) {
	begins := t.begins()
	for _, s := range selected {
		for i, row := range s.rows {
			if begin := begins[s.events[i]]; first == nil || begin < *first {
				first = &begin
			}
			if from := s.from[row]; last == nil || from > *last {
				last = &from
			}
		}
	}
	return first, last
}

// bulk returns the bulk of the events by the moments at which buckets count them.
func (t *table) bulk(selected []selection) *store.Bulk {
	byHull, events := make([]int, len(t.hulls)), map[edtf.Instant]int{}
	for _, s := range selected {
		for _, row := range s.rows {
			byHull[s.hull[row]]++
		}
	}
	for i, n := range byHull {
		if n > 0 {
			h := t.hulls[i]
			at, _, _ := store.CountedAt(h.time(), h.nominalStart(), time.UTC)
			events[at] += n
		}
	}
	return store.NewBulk(events)
}
