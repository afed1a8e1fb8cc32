package memory

import (
	"context"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// Changes compares each event before and after every moment at which a claim became known.
func (s *Store) Changes(ctx context.Context, q store.ChangeQuery) (store.Page[store.Change], error) {
	if err := q.Window.Check(); err != nil {
		return store.Page[store.Change]{}, err
	}
	g, err := s.snapshot(ctx)
	if err != nil {
		return store.Page[store.Change]{}, err
	}
	to := g.reader(q.Filter.InView(q.View))
	q.Filter = store.ResolveEventFilter(to.identities, q.Filter)
	matching := slices.DeleteFunc(to.events(), func(e kg.Event) bool { return !to.matchesEvent(q.Filter, e) })
	var moments []edtf.Instant
	for _, c := range to.claims {
		if at := c.KnownFrom(); q.From < at && at <= to.at {
			moments = append(moments, at)
		}
	}
	slices.Sort(moments)
	var all []store.Change
	for _, at := range slices.Compact(moments) {
		newClaims := map[kg.ID][]kg.ID{}
		for _, id := range sortedIDs(to.claims) {
			if c := to.claims[id]; c.KnownFrom() == at {
				newClaims[c.Subject] = append(newClaims[c.Subject], id)
			}
		}
		for _, e := range matching {
			all = append(all, store.ChangesAt(e.ID, at, to.versionAt(e.ID, at-1), to.versionAt(e.ID, at), newClaims)...)
		}
	}
	for i := range all {
		if all[i].After.KnownTo > to.at {
			all[i].After.KnownTo = edtf.EndOfTime
		}
		if b := all[i].Before; b != nil && b.KnownTo > to.at {
			open := *b
			open.KnownTo = edtf.EndOfTime
			all[i].Before = &open
		}
	}
	n := len(all)
	slices.SortFunc(all, func(a, b store.Change) int { return store.CompareChanges(a.Position(), b.Position()) })
	all = slices.DeleteFunc(all, func(c store.Change) bool {
		return q.Window.After != nil && store.CompareChanges(c.Position(), *q.Window.After) <= 0
	})
	if q.Window.Limit == 0 {
		all = nil
	}
	page := store.CutPage(q.Window, all[:min(len(all), q.Window.Limit+1)], store.Change.Position)
	if q.Total {
		page.Total = &n
	}
	return page, nil
}

func (r viewReader) versionAt(event kg.ID, at edtf.Instant) store.EventVersion {
	r.view.KnownAt, r.at = &at, at
	var version store.EventVersion
	if e, found := r.event(event); found {
		version.State = &e.EventState
	}
	version.Edges = r.edges(event, kg.WantParticipations|kg.WantLocations|kg.WantRespondsTo|kg.WantResponses)
	return version
}
