package check

import (
	"context"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// wantedEdges are the edges that a subject's own claims make.
const wantedEdges = kg.WantParticipations | kg.WantLocations | kg.WantWholes | kg.WantRespondsTo | kg.WantAnnounces | kg.WantFigures

// checkEvents compares events and their edges, read as a query reads them with everything known, with what follows from
// their claims, and looks some of them up by title.
func (r *run) checkEvents(ctx context.Context, subjects []subject) error {
	var events []kg.ID
	var of []subject
	for _, s := range subjects {
		if id := s.History.Subject; id.Kind() == kg.KindEvent {
			events, of = append(events, id), append(of, s)
		}
	}
	if len(events) == 0 {
		return nil
	}
	nodes, err := r.store.Nodes(ctx, exactView, events)
	if err != nil {
		return err
	}
	edges, err := r.store.EventEdges(ctx, exactView, wantedEdges, events)
	if err != nil {
		return err
	}
	if len(nodes) != len(events) || len(edges) != len(events) {
		r.addBreak(Reading, "", "%d nodes and %d lists of edges are read for %d events", len(nodes), len(edges), len(events))
		return nil
	}
	for i, id := range events {
		n := len(of[i].derived.States)
		event, ok := nodes[i].(kg.Event)
		switch {
		case n == 0 && ok:
			r.addBreak(Reading, id, "is read, though no claim about it ever stood")
			continue
		case n == 0:
			continue
		case !ok:
			r.addBreak(Reading, id, "cannot be read")
			continue
		}
		state := of[i].derived.States[n-1]
		if d := differences(event.EventState, state); d != "" {
			r.addBreak(Reading, id, "read by its id it differs from what follows: %s", d)
		}
		expected := currentEdges(of[i])
		if d := differences(edges[i], expected); d != "" {
			r.addBreak(Reading, id, "its edges as read differ from what follows: %s", d)
		}
		if r.report.Checked[kg.KindEvent]+i < maxSearches {
			if err := r.checkSearch(ctx, store.TypeEvent, id, state.Titles); err != nil {
				return err
			}
		}
	}
	return nil
}

// currentEdges are the edges of an event that hold with everything known.
func currentEdges(s subject) kg.EventEdges {
	e := currentHistory(s.derived)
	claims := make([]kg.Claim, len(s.Claims))
	lives := map[kg.ID]edtf.Instant{}
	for _, l := range s.derived.Lifetimes {
		lives[l.Claim] = l.KnownTo
	}
	for i, c := range s.Claims {
		c.KnownTo = lives[c.ID]
		claims[i] = c
	}
	e.Figures = kg.FiguresOf(claims, exactView.Moment())
	return e
}

// currentHistory are the edges of a history that hold with everything known.
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

// checkAffiliations compares affiliations as a scan lists them with the same read by id: they are there while supported.
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
	nodes, err := r.store.Nodes(ctx, exactView, idsOf(page.Affiliations))
	if err != nil {
		return err
	}
	for i, a := range page.Affiliations {
		read := i < len(nodes) && nodes[i] != nil
		switch {
		case read != supported[a.ID]:
			r.addBreak(Reading, a.ID, "is read: %t; a claim that stands supports it: %t", read, supported[a.ID])
		case read:
			if d := differences(nodes[i], a); d != "" {
				r.addBreak(Reading, a.ID, "read by its id it differs from the list: %s", d)
			}
		}
	}
	return nil
}

// checkStats compares the store's statistics with what the check has counted.
func (r *run) checkStats(ctx context.Context) error {
	stats, err := r.store.Stats(ctx)
	if err != nil {
		return err
	}
	if len(r.contents) != r.report.Checked[kg.KindClaim] {
		r.addBreak(Claims, "", "%d claims lie with their subjects, %d are listed by themselves", len(r.contents), r.report.Checked[kg.KindClaim])
	}
	for _, kind := range kg.NodeKinds() {
		if there, counted := r.report.Checked[kind], stats.Nodes[kind]; there != counted {
			r.addBreak(Counts, "", "the statistics count %d %ss, there are %d", counted, kind, there)
		}
	}
	for _, typ := range store.EdgeTypes() {
		if there, counted := r.edges[typ], stats.Edges[typ]; there != counted {
			r.addBreak(Counts, "", "the statistics count %d %s edges, there are %d", counted, typ, there)
		}
	}
	if r.states != stats.States {
		r.addBreak(Counts, "", "the statistics count %d versions of events, there are %d", stats.States, r.states)
	}
	return nil
}
