package network

import (
	"context"

	"casus/internal/kg"
	"casus/internal/store/relations"
)

var claimStatuses = kg.ClaimStatuses.Values()

// weaker holds the number of the weaker of two statuses, by their numbers.
var weaker = func() [][]uint8 {
	table := make([][]uint8, len(claimStatuses))
	for i, a := range claimStatuses {
		for _, b := range claimStatuses {
			table[i] = append(table[i], statusNumbers[relations.WeakestStatus(a, b)])
		}
	}
	return table
}()

// countStatuses counts the meetings of pairs of actors by status, also meetings that do not link them because something
// is DENIED. It reads the events of each pair's first actor once, for all pairs with that actor.
func (l *filteredGraph) countStatuses(ctx context.Context, pairs [][2]uint32) ([]relations.StatusCounts, error) {
	counts := make([]relations.StatusCounts, len(pairs))
	ofFirst := map[uint32][]int{}
	for i, p := range pairs {
		ofFirst[p[0]] = append(ofFirst[p[0]], i)
	}
	pairOf := make([]int, len(l.actors.ids)) // the pair of the first actor and this one, from 1
	others := make([]other, len(pairs))
	for first, own := range ofFirst {
		if err := ctx.Err(); err != nil {
			return nil, kg.Errorf(kg.Timeout, "count the statuses of links: %w", err)
		}
		for _, i := range own {
			pairOf[pairs[i][1]] = i + 1
		}
		for _, e := range l.eventsByActor[first] {
			l.countEvent(e, first, pairOf, others, counts)
		}
		for _, i := range own {
			pairOf[pairs[i][1]] = 0
		}
	}
	return counts, nil
}

// other is the participation of a pair's second actor in an event, as firstPart returns it. event is the event's number
// from 1.
type other struct {
	event uint32
	first *participation
}

// countEvent counts an event for the pairs of an actor with its other participants.
func (l *filteredGraph) countEvent(
	e, actor uint32, pairOf []int, others []other, counts []relations.StatusCounts,
) {
	shown := l.shown.has(e)
	if !shown && !l.denied.has(e) {
		return
	}
	links := l.participationsOf(e)
	own, named := l.firstPart(links, actor)
	if !named {
		return
	}
	var met []int
	for i := range links {
		p := &links[i]
		pair := pairOf[p.actor] - 1
		if pair < 0 || !l.countsIfNotDenied(p) {
			continue
		}
		if o := &others[pair]; o.event != e+1 {
			*o = other{event: e + 1}
			met = append(met, pair)
		}
		others[pair].first = l.earlierPart(others[pair].first, p)
	}
	for _, pair := range met {
		status := kg.StatusDenied
		if theirs := others[pair].first; shown && own != nil && theirs != nil {
			s, _ := l.stateAt(e, l.moment)
			status = claimStatuses[weaker[s.status][weaker[own.status][theirs.status]]]
		}
		*counts[pair].Of(status)++
	}
}
