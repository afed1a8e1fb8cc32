package check

import (
	"context"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// wantedEdges are the types of edges that a subject's own claims list, and figures.
const wantedEdges = kg.WantParticipations | kg.WantLocations | kg.WantWholes |
	kg.WantRespondsTo | kg.WantAnnounces | kg.WantFigures

// checkEvents compares events and their edges, as queries return them, with the derived ones, and searches some of them
// by title.
func (r *run) checkEvents(ctx context.Context, subjects []subject) error {
	var events []kg.ID
	var found []subject
	for _, s := range subjects {
		if id := s.History.Subject; id.Kind() == kg.KindEvent {
			events, found = append(events, id), append(found, s)
		}
	}
	if len(events) == 0 {
		return nil
	}
	nodes, unread, err := r.readNodes(ctx, events)
	if err != nil {
		return err
	}
	edges, without, err := readEach(ctx, r, events, func(ids []kg.ID) ([]kg.EventEdges, error) {
		return r.store.EventEdges(ctx, exactView, wantedEdges, ids)
	})
	if err != nil {
		return err
	}
	if len(nodes) != len(events) || len(edges) != len(events) {
		r.addBreak(Reading, "", "%d nodes and %d lists of edges were returned for %d events",
			len(nodes), len(edges), len(events))
		return nil
	}
	for i, id := range events {
		if unread[id] || without[id] {
			continue
		}
		n := len(found[i].derived.States)
		event, ok := nodes[i].(kg.Event)
		switch {
		case n == 0 && ok:
			r.addBreak(Reading, id, "is returned, though no claim about it was ever live")
			continue
		case n == 0:
			continue
		case !ok:
			r.addBreak(Reading, id, "is not returned")
			continue
		}
		state := found[i].derived.States[n-1]
		if d := differences(event.EventState, state); d != "" {
			r.addBreak(Reading, id, "read by its id, it differs from the derived state: %s", d)
		}
		expected := currentEdges(found[i])
		if d := differences(edges[i], expected); d != "" {
			r.addBreak(Reading, id, "its edges differ from the derived ones: %s", d)
		}
		if state.Status != kg.StatusRetracted && r.report.Checked[kg.KindEvent]+i < maxSearches {
			if err := r.checkSearch(ctx, store.TypeEvent, id, state.Titles); err != nil {
				return err
			}
		}
	}
	return nil
}

// currentEdges returns the derived edges of an event that hold now.
func currentEdges(s subject) kg.EventEdges {
	e := currentHistory(s.derived)
	claims := make([]kg.Claim, len(s.Claims))
	ends := map[kg.ID]edtf.Instant{}
	for _, l := range s.derived.Lifetimes {
		ends[l.Claim] = l.KnownTo
	}
	for i, c := range s.Claims {
		c.KnownTo = ends[c.ID]
		claims[i] = c
	}
	e.Figures = kg.FiguresOf(claims, exactView.Moment())
	return e
}

// currentHistory returns the edges of a history that hold now.
func currentHistory(h kg.History) kg.EventEdges {
	e := kg.EventEdges{
		Participations: current(h.Participations), Locations: current(h.Locations), Wholes: current(h.Wholes),
		RespondsTo: current(h.RespondsTo), Announces: current(h.Announces),
	}
	e.SortEdges()
	return e
}

func current[T any](versions []kg.Versioned[T]) []T {
	var all []T
	for _, v := range versions {
		if v.KnownTo == edtf.EndOfTime {
			all = append(all, v.Edge)
		}
	}
	return all
}

// checkAffiliations compares scanned affiliations with the ones read by id, which exist while a live claim supports
// them.
func (r *run) checkAffiliations(ctx context.Context, page store.ScanPage) error {
	if len(page.Affiliations) == 0 {
		return nil
	}
	supported := map[kg.ID]bool{}
	for _, s := range page.Subjects {
		for _, v := range s.History.Affiliated {
			supported[s.History.Subject] = supported[s.History.Subject] || v.KnownTo == edtf.EndOfTime
		}
	}
	nodes, unread, err := r.readNodes(ctx, idsOf(page.Affiliations))
	if err != nil {
		return err
	}
	for i, a := range page.Affiliations {
		if unread[a.ID] {
			continue
		}
		returned := i < len(nodes) && nodes[i] != nil
		switch {
		case returned != supported[a.ID]:
			r.addBreak(Reading, a.ID, "is returned: %t; a live claim supports it: %t", returned, supported[a.ID])
		case returned:
			if d := differences(nodes[i], a); d != "" {
				r.addBreak(Reading, a.ID, "read by its id, it differs from the list: %s", d)
			}
		}
	}
	return nil
}
