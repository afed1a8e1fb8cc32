package network

import (
	"cmp"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// pathSearch is what a path may be.
type pathSearch struct {
	*filteredGraph
	byEvents, byAffiliations bool
	timeRespecting           bool
	target                   uint32
	scratch                  *scratch
	// startScratch is the scratch of legs from where all paths begin: they differ in their first hops alone, so that the layers
	// that one made serve the next. away is that of the others.
	startScratch, otherScratch *scratch
	start                      uint32
	// checkContext says whether to give up.
	checkContext func() error
}

// scratch is memory for searches, for graphs of so many actors and events. What is in it counts only where its stamp is the
// search's own, so that it need not be cleared.
type scratch struct {
	stamp         uint32
	reachedStamp  uint32 // the stamp of near
	layers        [store.MaxHops]layer
	reached       []uint32 // actors
	excluded      []uint32 // actors a leg may not lead through, by bar
	excludedStamp uint32
	// builtLayers counts the layers there are beside the first.
	builtLayers int
	starts      []edtf.Instant
}

// layer r holds the actors from which the target is r hops away: the latest start of a first hop that gets there.
type layer struct {
	stamps []uint32
	latest []edtf.Instant
	nodes  []uint32
}

func newScratch(g *graph) *scratch {
	s := &scratch{reached: make([]uint32, len(g.actors.ids)), excluded: make([]uint32, len(g.actors.ids)), starts: make([]edtf.Instant, len(g.actors.ids))}
	for i := range s.layers {
		s.layers[i] = layer{stamps: make([]uint32, len(g.actors.ids)), latest: make([]edtf.Instant, len(g.actors.ids))}
	}
	return s
}

// leg is the part of a path that is looked for: from an actor to the target, without some actors, and without some as the
// first. In a walk that respects time its first hop starts no earlier than floor.
type leg struct {
	from          uint32
	excluded      map[uint32]bool
	excludedFirst map[uint32]bool
	minStart      edtf.Instant
	maxHops       int // at most
}

// route is a path: its actors, and the starts of the hops between them.
type route struct {
	actors []uint32
	starts []edtf.Instant
}

// usable says whether a link may be a hop of several that starts no earlier than floor.
func (w *pathSearch) usable(start, floor edtf.Instant) bool {
	return !w.timeRespecting || start != edtf.EndOfTime && start >= floor
}

// bestRoute finds the best way of a leg: the fewest hops; of these the one whose hops start first, hop by hop; of these the one
// whose actors' ids come first. In no such way an actor can come twice, or a shorter one would do.
//
// Layers are made backwards from the target, each from the actors of the layer before, until the leg's start has a link to
// one of the last; a layer knows for each of its actors how late one may still set out from there. Then the way is gone
// forwards: of all first hops that still arrive, those that start first, and so on, with all actors that are reached by hops
// that start alike.
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
			w.buildLayer(r, l)
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

// prepare takes the scratch of a leg, with the layers that are there already.
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

// directRoute is the way of one hop.
func (w *pathSearch) directRoute(l leg) (route, bool) {
	if l.maxHops < 1 || l.excludedFirst[w.target] {
		return route{}, false
	}
	// A hop that is the whole path needs no start.
	whole := l.minStart == edtf.BeginningOfTime
	start, ok := w.earliestStart(l.from, w.target, l.minStart, whole)
	return route{[]uint32{l.from, w.target}, []edtf.Instant{start}}, ok
}

// earliestStart is the start of the earliest link of two actors.
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

// firstStart is the first of some starts, in order, that may be a hop of several that starts no earlier than floor.
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

// lastStart is the last of some starts, in order, with which one arrives in time.
func lastStart(starts []edtf.Instant, latest edtf.Instant) (edtf.Instant, bool) {
	until := edtf.EndOfTime // which is the start of what has none
	if latest < until {
		until = latest + 1
	}
	i, _ := slices.BinarySearch(starts, until)
	if i == 0 {
		return 0, false
	}
	return starts[i-1], true
}

// eachAffiliation gives the affiliations of an actor.
func (w *pathSearch) eachAffiliation(from uint32, give func(start edtf.Instant, to, n uint32)) {
	if !w.byAffiliations {
		return
	}
	for _, n := range w.affiliationsByActor[from] {
		if t := &w.affiliations[n]; t.Holds(w.moment) {
			give(t.start, t.a+t.b-from, n)
		}
	}
}

// hop is a hop onwards: to an actor, by the earliest link that may be.
type hop struct {
	to    uint32
	start edtf.Instant
}

// nextHops lists the hops from an actor; without those that a leg may not lead through.
func (w *pathSearch) nextHops(into []hop, from uint32, l leg) []hop {
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
		into = append(into, hop{to, s.starts[to]})
	}
	return into
}

// buildLayer makes layer r from the one before.
func (w *pathSearch) buildLayer(r int, l leg) {
	s := w.scratch
	before, made := &s.layers[r-1], &s.layers[r]
	made.nodes = made.nodes[:0]
	for _, to := range before.nodes {
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
}

// latestStart is when one must have set out from an actor to be at the target in at most r hops.
func (w *pathSearch) latestStart(actor uint32, r int) (edtf.Instant, bool) {
	for ; r >= 0; r-- {
		if l := &w.scratch.layers[r]; l.stamps[actor] == w.scratch.stamp {
			return l.latest[actor], true
		}
	}
	return 0, false
}

// canArrive says whether after a hop the target can be reached in r more.
func (w *pathSearch) canArrive(h hop, r int) bool {
	latest, ok := w.latestStart(h.to, r)
	return ok && (!w.timeRespecting || h.start <= latest)
}

// step is one actor reached on the way forwards: by which one before, which is a place in the list before.
type step struct {
	actor    uint32
	previous int
}

// traceRoute goes the way that the layers know of, of so many hops in all.
func (w *pathSearch) traceRoute(l leg, firsts []hop, hops int) (route, error) {
	reached := [][]step{{{actor: l.from}}}
	var starts []edtf.Instant
	for r := hops - 1; r >= 0; r-- {
		if err := w.checkContext(); err != nil {
			return route{}, err
		}
		at := reached[len(reached)-1]
		first := edtf.EndOfTime
		found := false
		var next []step
		for i, from := range at {
			onward := firsts
			if len(starts) > 0 {
				onward = w.nextHops(nil, from.actor, leg{minStart: l.minStart})
			}
			for _, h := range onward {
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
		// Those reached are in the order of the ways to them; of the ways to one actor the first is kept.
		slices.SortStableFunc(next, func(a, b step) int {
			return cmp.Or(cmp.Compare(a.previous, b.previous), cmp.Compare(w.actors.ids[a.actor], w.actors.ids[b.actor]))
		})
		known := map[uint32]bool{}
		next = slices.DeleteFunc(next, func(s step) bool {
			twice := known[s.actor]
			known[s.actor] = true
			return twice
		})
		if len(next) == 0 {
			return route{}, kg.Errorf(kg.Internal, "a path that was found cannot be gone")
		}
		starts, reached = append(starts, first), append(reached, next)
		if w.timeRespecting {
			l.minStart = first
		}
	}
	found := route{actors: make([]uint32, hops+1), starts: starts}
	for i, place := hops, 0; i >= 0; i-- {
		found.actors[i] = reached[i][place].actor
		place = reached[i][place].previous
	}
	return found, nil
}
