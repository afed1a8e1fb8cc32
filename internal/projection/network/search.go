package network

import (
	"cmp"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store/relations"
)

// pathSearch searches a filtered graph for paths to one target.
type pathSearch struct {
	*filteredGraph
	byEvents, byAffiliations bool
	timeRespecting           bool
	target                   uint32
	scratch                  *scratch
	// startScratch serves the legs that begin at start. They differ only in their first hops, so that each reuses the
	// layers of the one before. otherScratch serves all other legs.
	startScratch, otherScratch *scratch
	start                      uint32
	// checkContext returns an error once the context has ended.
	checkContext func() error
}

// scratch is the memory of a search. Entries are valid only where their stamp is the current one, so that the memory
// need not be cleared between searches.
type scratch struct {
	stamp         uint32
	reachedStamp  uint32 // the stamp of reached
	layers        [relations.MaxHops]layer
	reached       []uint32 // actors
	excluded      []uint32 // actors that a leg must not pass, by excludedStamp
	excludedStamp uint32
	// builtLayers counts the layers after the first.
	builtLayers int
	starts      []edtf.Instant
}

// layer r holds the actors that are r hops from the target, each with the latest start of a first hop that still
// arrives.
type layer struct {
	stamps []uint32
	latest []edtf.Instant
	nodes  []uint32
}

func newScratch(g *graph) *scratch {
	n := len(g.actors.ids)
	s := &scratch{reached: make([]uint32, n), excluded: make([]uint32, n), starts: make([]edtf.Instant, n)}
	for i := range s.layers {
		s.layers[i] = layer{stamps: make([]uint32, n), latest: make([]edtf.Instant, n)}
	}
	return s
}

// leg is the part of a path that is searched: from an actor to the target, without the excluded actors, and not by a
// first hop to one of excludedFirst. In a search that respects time its first hop starts no earlier than minStart.
type leg struct {
	from          uint32
	excluded      map[uint32]bool
	excludedFirst map[uint32]bool
	minStart      edtf.Instant
	maxHops       int
}

// route is a path as actor numbers, with the starts of the hops between them.
type route struct {
	actors []uint32
	starts []edtf.Instant
}

// usable reports whether a link that starts at start may be one of several hops of a leg whose minStart is floor.
func (w *pathSearch) usable(start, floor edtf.Instant) bool {
	return !w.timeRespecting || start != edtf.EndOfTime && start >= floor
}

// bestRoute returns the best route of a leg: the one with the fewest hops; of these the one whose hops start earliest,
// hop by hop; of these the one with the smallest ids. It reports whether there is one. No actor occurs twice in it,
// since the route without that loop would be shorter.
//
// Layers are built backwards from the target, each from the actors of the one before, until the leg's start has a link
// into the last layer. A layer holds for each of its actors the latest start of a hop from there that still arrives.
// Then the route is traced forwards: of all first hops that still arrive, the ones that start earliest, and so on, with
// all actors that are reached by hops of equal start.
func (w *pathSearch) bestRoute(l leg) (route, bool, error) {
	if direct, ok := w.directRoute(l); ok {
		return direct, true, nil
	}
	w.prepare(l)
	s := w.scratch
	var firsts []hop
	for r := 1; r < l.maxHops; r++ {
		if err := w.checkContext(); err != nil {
			return route{}, false, err
		}
		if firsts == nil {
			firsts = w.nextHops(nil, l.from, l)
		}
		if r > s.builtLayers {
			if err := w.buildLayer(r, l); err != nil {
				return route{}, false, err
			}
			s.builtLayers = r
		}
		if len(s.layers[r].nodes) == 0 {
			return route{}, false, nil
		}
		if slices.ContainsFunc(firsts, func(h hop) bool { return !l.excludedFirst[h.to] && w.canArrive(h, r) }) {
			found, err := w.traceRoute(l, firsts, r+1)
			return found, true, err
		}
	}
	return route{}, false, nil
}

// prepare selects and resets the scratch of a leg. Legs from start reuse the layers that exist.
func (w *pathSearch) prepare(l leg) {
	w.scratch = w.otherScratch
	if l.from == w.start {
		if w.scratch = w.startScratch; w.startScratch.builtLayers > 0 {
			return
		}
	}
	s := w.scratch
	s.stamp++
	s.excludedStamp++
	for a := range l.excluded {
		s.excluded[a] = s.excludedStamp
	}
	s.builtLayers = 0
	s.layers[0].nodes = append(s.layers[0].nodes[:0], w.target)
	s.layers[0].stamps[w.target], s.layers[0].latest[w.target] = s.stamp, edtf.EndOfTime
}

// directRoute returns the route of one hop, and whether there is one.
func (w *pathSearch) directRoute(l leg) (route, bool) {
	if l.maxHops < 1 || l.excludedFirst[w.target] {
		return route{}, false
	}
	// A hop that is the whole path needs no known start.
	whole := l.minStart == edtf.BeginningOfTime
	start, ok := w.earliestStart(l.from, w.target, l.minStart, whole)
	return route{[]uint32{l.from, w.target}, []edtf.Instant{start}}, ok
}

// earliestStart returns the start of the earliest usable link of two actors, and whether there is one. If alone is set,
// the link is the whole path and always usable.
func (w *pathSearch) earliestStart(a, b uint32, floor edtf.Instant, alone bool) (start edtf.Instant, ok bool) {
	if w.byEvents {
		starts, _ := w.sharedEvents(a, b)
		if alone && len(starts) > 0 {
			start, ok = starts[0], true
		} else {
			start, ok = w.firstStart(starts, floor)
		}
	}
	w.eachAffiliation(a, func(at edtf.Instant, to, _ uint32) {
		if to == b && (alone || w.usable(at, floor)) && (!ok || at < start) {
			start, ok = at, true
		}
	})
	return start, ok
}

// firstStart returns the first of the ordered starts that is usable, and whether there is one.
func (w *pathSearch) firstStart(starts []edtf.Instant, floor edtf.Instant) (edtf.Instant, bool) {
	i := 0
	if w.timeRespecting {
		i, _ = slices.BinarySearch(starts, floor)
	}
	if i == len(starts) || !w.usable(starts[i], floor) {
		return 0, false
	}
	return starts[i], true
}

// lastStart returns the last of the ordered starts that is not after latest, and whether there is one.
func lastStart(starts []edtf.Instant, latest edtf.Instant) (edtf.Instant, bool) {
	until := edtf.EndOfTime // the start of links whose start is unknown
	if latest < until {
		until = latest + 1
	}
	i, _ := slices.BinarySearch(starts, until)
	if i == 0 {
		return 0, false
	}
	return starts[i-1], true
}

// eachAffiliation calls f for each affiliation of an actor that holds: its start, the other actor, and its index.
func (w *pathSearch) eachAffiliation(from uint32, f func(start edtf.Instant, to, n uint32)) {
	if w.byAffiliations {
		w.filteredGraph.eachAffiliation(from, f)
	}
}

// hop is a hop to an actor by its earliest usable link.
type hop struct {
	to    uint32
	start edtf.Instant
}

// nextHops appends the hops from an actor, except to excluded actors, to hops.
func (w *pathSearch) nextHops(hops []hop, from uint32, l leg) []hop {
	s := w.scratch
	s.reachedStamp++
	mark := s.reachedStamp
	var reached []uint32
	reach := func(to uint32, start edtf.Instant) {
		switch {
		case to == from || s.excluded[to] == s.excludedStamp:
		case s.reached[to] != mark:
			s.reached[to], s.starts[to] = mark, start
			reached = append(reached, to)
		case start < s.starts[to]:
			s.starts[to] = start
		}
	}
	if w.byEvents {
		m := w.meetings(from)
		for i, to := range m.with {
			if start, ok := w.firstStart(m.startsOf(i), l.minStart); ok {
				reach(to, start)
			}
		}
	}
	w.eachAffiliation(from, func(start edtf.Instant, to, _ uint32) {
		if w.usable(start, l.minStart) {
			reach(to, start)
		}
	})
	for _, to := range reached {
		hops = append(hops, hop{to, s.starts[to]})
	}
	return hops
}

// buildLayer builds layer r from layer r-1.
func (w *pathSearch) buildLayer(r int, l leg) error {
	s := w.scratch
	before, made := &s.layers[r-1], &s.layers[r]
	made.nodes = made.nodes[:0]
	for _, to := range before.nodes {
		if err := w.checkContext(); err != nil {
			return err
		}
		latest := before.latest[to]
		reach := func(from uint32, start edtf.Instant) {
			if from == to || from == l.from || s.excluded[from] == s.excludedStamp {
				return
			}
			if !w.timeRespecting {
				start = edtf.EndOfTime
			}
			if old, known := w.latestStart(from, r); known && start <= old {
				return
			}
			if made.stamps[from] != s.stamp {
				made.nodes = append(made.nodes, from)
			}
			made.stamps[from], made.latest[from] = s.stamp, start
		}
		if w.byEvents {
			m := w.meetings(to)
			for i, from := range m.with {
				start, ok := edtf.EndOfTime, true
				if w.timeRespecting {
					start, ok = lastStart(m.startsOf(i), latest)
				}
				if ok {
					reach(from, start)
				}
			}
		}
		w.eachAffiliation(to, func(start edtf.Instant, from, _ uint32) {
			if !w.timeRespecting || start != edtf.EndOfTime && start <= latest {
				reach(from, start)
			}
		})
	}
	return nil
}

// latestStart returns the latest start of a hop from an actor that still arrives at the target within r hops, and
// whether there is one.
func (w *pathSearch) latestStart(actor uint32, r int) (edtf.Instant, bool) {
	for ; r >= 0; r-- {
		if l := &w.scratch.layers[r]; l.stamps[actor] == w.scratch.stamp {
			return l.latest[actor], true
		}
	}
	return 0, false
}

// canArrive reports whether the target can be reached within r more hops after a hop.
func (w *pathSearch) canArrive(h hop, r int) bool {
	latest, ok := w.latestStart(h.to, r)
	return ok && (!w.timeRespecting || h.start <= latest)
}

// step is one actor reached while a route is traced. previous is the index of the step before it.
type step struct {
	actor    uint32
	previous int
}

// traceRoute returns the best route along the layers that has the given number of hops.
func (w *pathSearch) traceRoute(l leg, firsts []hop, hops int) (route, error) {
	reached := [][]step{{{actor: l.from}}}
	var starts []edtf.Instant
	for r := hops - 1; r >= 0; r-- {
		ends := reached[len(reached)-1]
		first := edtf.EndOfTime
		found := false
		var next []step
		for i, from := range ends {
			if err := w.checkContext(); err != nil {
				return route{}, err
			}
			candidates := firsts
			if len(starts) > 0 {
				candidates = w.nextHops(nil, from.actor, leg{minStart: l.minStart})
			}
			for _, h := range candidates {
				if len(starts) == 0 && l.excludedFirst[h.to] || h.to == l.from || !w.canArrive(h, r) {
					continue
				}
				if !found || h.start < first {
					first, found, next = h.start, true, next[:0]
				}
				if h.start == first {
					next = append(next, step{h.to, i})
				}
			}
		}
		// Steps are ordered like the routes to them. Of several routes to one actor, the first is the best.
		slices.SortStableFunc(next, func(a, b step) int {
			return cmp.Or(cmp.Compare(a.previous, b.previous), cmp.Compare(w.actors.ids[a.actor], w.actors.ids[b.actor]))
		})
		known := map[uint32]bool{}
		next = slices.DeleteFunc(next, func(s step) bool {
			duplicate := known[s.actor]
			known[s.actor] = true
			return duplicate
		})
		if len(next) == 0 {
			return route{}, kg.Errorf(kg.Internal, "internal: path no longer exists")
		}
		starts, reached = append(starts, first), append(reached, next)
		if w.timeRespecting {
			l.minStart = first
		}
	}
	found := route{actors: make([]uint32, hops+1), starts: starts}
	for i, at := hops, 0; i >= 0; i-- {
		found.actors[i] = reached[i][at].actor
		at = reached[i][at].previous
	}
	return found, nil
}
