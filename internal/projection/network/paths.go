package network

import (
	"cmp"
	"context"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store/relations"
)

// Paths returns the best paths between two actors, by Yen's algorithm (Finding the k shortest loopless paths in a
// network, 1971) with Lawler's improvement: each further path deviates from an accepted one at some actor, and is the
// best that does. Shorter paths come first, then the ones whose hops start earlier, then smaller ids.
func (n *Networks) Paths(ctx context.Context, q relations.PathQuery) ([]relations.Path, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	q.View = q.Filter.InView(q.View)
	var paths []relations.Path
	err := n.withGraph(ctx, q.View, q.Filter, q.Roles, func(l *filteredGraph) error {
		numbers, err := n.actorNumbers(ctx, l.graph, q.View, slices.Concat([]kg.ID{q.From, q.To}, q.Avoid))
		if err != nil {
			return err
		}
		avoid := map[uint32]bool{}
		for _, id := range q.Avoid {
			if a, known := numbers[id]; known {
				avoid[a] = true
			}
		}
		from, known := numbers[q.From]
		to, also := numbers[q.To]
		if !known || !also || from == to || avoid[from] || avoid[to] {
			return nil
		}
		w := &pathSearch{
			filteredGraph:  l,
			timeRespecting: q.TimeRespecting,
			target:         to,
			byEvents:       q.Via == nil || slices.Contains(q.Via, relations.LinkEvent),
			byAffiliations: q.Via == nil || slices.Contains(q.Via, relations.LinkByAffiliation),
			checkContext: func() error {
				if err := ctx.Err(); err != nil {
					return kg.Errorf(kg.Timeout, "search for paths: %w", err)
				}
				return nil
			},
		}
		w.start, w.startScratch, w.otherScratch = from, l.getScratch(), l.getScratch()
		defer l.putScratch(w.startScratch)
		defer l.putScratch(w.otherScratch)
		w.startScratch.builtLayers = 0
		routes, err := w.routes(from, avoid, q.Limit, q.MaxHops)
		for _, r := range routes {
			paths = append(paths, w.path(r))
		}
		return err
	})
	return paths, err
}

// candidate is a route that deviates from an accepted one. leaves is the index of the last actor that both share.
type candidate struct {
	route
	leaves int
}

// routes returns at most limit routes of at most maxHops hops, the best first.
func (w *pathSearch) routes(from uint32, avoid map[uint32]bool, limit, maxHops int) ([]route, error) {
	first, ok, err := w.bestRoute(leg{from: from, excluded: avoid, minStart: edtf.BeginningOfTime, maxHops: maxHops})
	if !ok || err != nil {
		return nil, err
	}
	accepted := []route{first}
	var waiting []candidate
	for last := (candidate{route: first}); len(accepted) < limit; {
		for i := last.leaves; i < len(last.starts); i++ {
			c, ok, err := w.deviation(accepted, last.route, i, avoid, w.maxUsefulHops(waiting, limit-len(accepted), maxHops))
			if err != nil {
				return nil, err
			}
			if ok {
				waiting = append(waiting, c)
			}
		}
		if len(waiting) == 0 {
			break
		}
		slices.SortFunc(waiting, func(a, b candidate) int { return w.compare(a.route, b.route) })
		last, waiting = waiting[0], waiting[1:]
		accepted = append(accepted, last.route)
	}
	return accepted, nil
}

// maxUsefulHops returns the maximum length of a new candidate. If at least wanted candidates are waiting, it is the
// length of the wanted-th shortest, because a longer route could not be accepted any more.
func (w *pathSearch) maxUsefulHops(waiting []candidate, wanted, maxHops int) int {
	if len(waiting) < wanted {
		return maxHops
	}
	var lengths []int
	for _, c := range waiting {
		lengths = append(lengths, len(c.starts))
	}
	slices.Sort(lengths)
	return lengths[wanted-1]
}

// deviation returns the best route that shares its first actors, up to the i-th, with another route and continues
// unlike any accepted one. It reports whether there is one.
func (w *pathSearch) deviation(
	accepted []route, with route, i int, avoid map[uint32]bool, maxHops int,
) (candidate, bool, error) {
	l := leg{
		from:          with.actors[i],
		excluded:      map[uint32]bool{},
		excludedFirst: map[uint32]bool{},
		minStart:      edtf.BeginningOfTime,
		maxHops:       maxHops - i,
	}
	for a := range avoid {
		l.excluded[a] = true
	}
	for _, a := range with.actors[:i] {
		l.excluded[a] = true
	}
	for _, a := range accepted {
		if len(a.actors) > i+1 && slices.Equal(a.actors[:i+1], with.actors[:i+1]) {
			l.excludedFirst[a.actors[i+1]] = true
		}
	}
	if w.timeRespecting && i > 0 {
		if l.minStart = with.starts[i-1]; l.minStart == edtf.EndOfTime {
			return candidate{}, false, nil
		}
	}
	rest, ok, err := w.bestRoute(l)
	if !ok || err != nil {
		return candidate{}, false, err
	}
	whole := route{
		actors: slices.Concat(with.actors[:i], rest.actors),
		starts: slices.Concat(with.starts[:i], rest.starts),
	}
	return candidate{whole, i}, true, nil
}

// compare orders routes by length, then starts, then ids.
func (w *pathSearch) compare(a, b route) int {
	return cmp.Or(
		cmp.Compare(len(a.starts), len(b.starts)),
		slices.Compare(a.starts, b.starts),
		slices.CompareFunc(a.actors, b.actors, func(x, y uint32) int {
			return cmp.Compare(w.actors.ids[x], w.actors.ids[y])
		}),
	)
}

// path returns a route with ids. Of several links of two actors with the start of the hop, it takes the one with the
// smallest id.
func (w *pathSearch) path(r route) relations.Path {
	var p relations.Path
	for i, start := range r.starts {
		a, b := r.actors[i], r.actors[i+1]
		h := relations.Hop{From: w.actors.ids[a], To: w.actors.ids[b]}
		if w.byEvents {
			starts, events := w.sharedEvents(a, b)
			from, _ := slices.BinarySearch(starts, start)
			for i := from; i < len(starts) && starts[i] == start; i++ {
				if id := w.events.ids[events[i]]; h.Link == "" || id < h.Link {
					h = w.meeting(h, events[i], a, b)
				}
			}
		}
		w.eachAffiliation(a, func(at edtf.Instant, to, n uint32) {
			if id := w.affiliations[n].id; to == b && at == start && (h.Link == "" || id < h.Link) {
				h = relations.Hop{From: h.From, To: h.To, Kind: relations.LinkByAffiliation, Link: id}
			}
		})
		p.Hops = append(p.Hops, h)
	}
	return p
}

// meeting returns a hop between two actors by an event.
func (l *filteredGraph) meeting(h relations.Hop, event, from, to uint32) relations.Hop {
	h.Kind, h.Link = relations.LinkEvent, l.events.ids[event]
	var fromStatus, toStatus kg.ClaimStatus
	h.FromRole, fromStatus = l.part(event, from)
	h.ToRole, toStatus = l.part(event, to)
	s, _ := l.stateAt(event, l.moment)
	h.Status = relations.WeakestStatus(kg.ClaimStatuses.Values()[s.status], fromStatus, toStatus)
	return h
}

// getScratch returns memory for a search from the pool; putScratch returns it to the pool.
func (g *graph) getScratch() *scratch {
	if s, ok := g.scratches.Get().(*scratch); ok && len(s.reached) >= len(g.actors.ids) {
		return s
	}
	return newScratch(g)
}

func (g *graph) putScratch(s *scratch) { g.scratches.Put(s) }
