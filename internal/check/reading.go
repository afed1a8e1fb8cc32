package check

import (
	"context"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// wanted are the edges that a subject's own claims make.
const wanted = kg.WantParticipations | kg.WantLocations | kg.WantWholes | kg.WantRespondsTo | kg.WantAnnounces | kg.WantFigures

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
	nodes, err := r.store.Nodes(ctx, exact, events)
	if err != nil {
		return err
	}
	edges, err := r.store.EventEdges(ctx, exact, wanted, events)
	if err != nil {
		return err
	}
	if len(nodes) != len(events) || len(edges) != len(events) {
		r.broken(Reading, "", "%d nodes and %d lists of edges are read for %d events", len(nodes), len(edges), len(events))
		return nil
	}
	for i, id := range events {
		n := len(of[i].follows.States)
		event, ok := nodes[i].(kg.Event)
		switch {
		case n == 0 && ok:
			r.broken(Reading, id, "is read, though no claim about it ever stood")
			continue
		case n == 0:
			continue
		case !ok:
			r.broken(Reading, id, "cannot be read")
			continue
		}
		state := of[i].follows.States[n-1]
		if d := differences(event.EventState, state); d != "" {
			r.broken(Reading, id, "read by its id it differs from what follows: %s", d)
		}
		expected := edgesNow(of[i])
		if d := differences(edges[i], expected); d != "" {
			r.broken(Reading, id, "its edges as read differ from what follows: %s", d)
		}
		if r.report.Checked[kg.KindEvent]+i < searched {
			if err := r.checkSearch(ctx, store.TypeEvent, id, state.Titles); err != nil {
				return err
			}
		}
	}
	return nil
}

// edgesNow are the edges of an event that hold with everything known.
func edgesNow(s subject) kg.EventEdges {
	e := historyNow(s.follows)
	claims := make([]kg.Claim, len(s.Claims))
	lives := map[kg.ID]edtf.Instant{}
	for _, l := range s.follows.Lifetimes {
		lives[l.Claim] = l.KnownTo
	}
	for i, c := range s.Claims {
		c.KnownTo = lives[c.ID]
		claims[i] = c
	}
	e.Figures = kg.FiguresOf(claims, exact.Moment())
	return e
}

// historyNow are the edges of a history that hold with everything known.
func historyNow(h kg.History) kg.EventEdges {
	e := kg.EventEdges{
		Participations: now(h.Participations), Locations: now(h.Locations), Wholes: now(h.Wholes),
		RespondsTo: now(h.RespondsTo), Announces: now(h.Announces),
	}
	e.SortEdges()
	return e
}

func now[T any](versions []kg.Versioned[T]) []T {
	var all []T
	for _, v := range versions {
		if v.KnownTo == edtf.EndOfTime {
			all = append(all, v.Edge)
		}
	}
	return all
}

// checkAffiliated compares affiliations as a scan lists them with the same read by id: they are there while supported.
func (r *run) checkAffiliated(ctx context.Context, page store.ScanPage) error {
	if len(page.Affiliations) == 0 {
		return nil
	}
	supported := map[kg.ID]bool{}
	for _, s := range page.Subjects {
		for _, v := range s.History.Affiliated {
			supported[s.History.Subject] = supported[s.History.Subject] || v.KnownTo == edtf.EndOfTime
		}
	}
	nodes, err := r.store.Nodes(ctx, exact, ids(page.Affiliations))
	if err != nil {
		return err
	}
	for i, a := range page.Affiliations {
		read := i < len(nodes) && nodes[i] != nil
		switch {
		case read != supported[a.ID]:
			r.broken(Reading, a.ID, "is read: %t; a claim that stands supports it: %t", read, supported[a.ID])
		case read:
			if d := differences(nodes[i], a); d != "" {
				r.broken(Reading, a.ID, "read by its id it differs from the list: %s", d)
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
		r.broken(Claims, "", "%d claims lie with their subjects, %d are listed by themselves", len(r.contents), r.report.Checked[kg.KindClaim])
	}
	for _, kind := range kg.NodeKinds() {
		if there, counted := r.report.Checked[kind], stats.Nodes[kind]; there != counted {
			r.broken(Counts, "", "the statistics count %d %ss, there are %d", counted, kind, there)
		}
	}
	for _, typ := range store.EdgeTypes() {
		if there, counted := r.edges[typ], stats.Edges[typ]; there != counted {
			r.broken(Counts, "", "the statistics count %d %s edges, there are %d", counted, typ, there)
		}
	}
	if r.states != stats.States {
		r.broken(Counts, "", "the statistics count %d versions of events, there are %d", stats.States, r.states)
	}
	return nil
}
