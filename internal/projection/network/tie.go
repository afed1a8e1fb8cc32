package network

import (
	"cmp"
	"context"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store/relations"
)

// Tie returns what joins two actors, or nil.
func (n *Networks) Tie(ctx context.Context, q relations.TieQuery) (*relations.Tie, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	q.View = q.Filter.InView(q.View)
	var found *relations.Tie
	err := n.withGraph(ctx, q.View, q.Filter, q.Roles, func(l *filteredGraph) error {
		numbers, err := n.actorNumbers(ctx, l.graph, q.View, []kg.ID{q.A, q.B})
		if err != nil {
			return err
		}
		a, knownA := numbers[q.A]
		b, knownB := numbers[q.B]
		if !knownA || !knownB || a == b {
			return nil
		}
		t := relations.Tie{Meetings: l.countMeetings(a, b), Affiliations: l.affiliationsBetween(a, b)}
		pair := [][2]uint32{{a, b}}
		if len(l.eventsByActor[b]) < len(l.eventsByActor[a]) {
			pair[0] = [2]uint32{b, a}
		}
		counts, err := l.countStatuses(ctx, pair)
		if err != nil {
			return err
		}
		t.Statuses = counts[0]
		if t.Statuses == (relations.StatusCounts{}) && len(t.Affiliations) == 0 {
			return nil
		}
		added, err := n.sumMeetings(ctx, l, q.View, q.Sums, pair)
		if len(added) > 0 {
			t.Sums = added[0]
		}
		found = &t
		return err
	})
	return found, err
}

// countMeetings counts the events that link two actors.
func (l *filteredGraph) countMeetings(a, b uint32) relations.Meetings {
	m := relations.Meetings{Source: l.actors.ids[a], Target: l.actors.ids[b]}
	starts, events := l.sharedEvents(a, b)
	m.Weight = len(events)
	known, _ := slices.BinarySearch(starts, edtf.EndOfTime) // unknown starts are the last
	if known == 0 {
		return m
	}
	first, last := events[0], events[0]
	for _, e := range events[:known] {
		if l.eventBefore(e, first) {
			first = e
		}
		if l.eventBefore(last, e) {
			last = e
		}
	}
	m.First, m.Last = l.events.ids[first], l.events.ids[last]
	return m
}

// affiliationsBetween returns the affiliations of one actor with another, in the order of their starts and ids.
func (l *filteredGraph) affiliationsBetween(a, b uint32) (ids []kg.ID) {
	var found []uint32
	l.eachAffiliation(a, func(_ edtf.Instant, to, n uint32) {
		if to == b {
			found = append(found, n)
		}
	})
	slices.SortFunc(found, func(x, y uint32) int {
		p, q := &l.affiliations[x], &l.affiliations[y]
		return cmp.Or(cmp.Compare(p.start, q.start), cmp.Compare(p.id, q.id))
	})
	for _, n := range found {
		ids = append(ids, l.affiliations[n].id)
	}
	return ids
}
