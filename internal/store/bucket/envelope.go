package bucket

import (
	"cmp"
	"slices"

	"casus/internal/edtf"
	"casus/internal/store"
)

// envelope counts events by the buckets in which they may lie, all of them and those of each group.
type envelope struct {
	all    spans
	groups map[string]*spans
}

func (e *envelope) group(key string) *spans {
	g := e.groups[key]
	if g == nil {
		g = &spans{}
		e.groups[key] = g
	}
	return g
}

// spans counts events by the first and by the last bucket in which they may lie.
type spans struct{ first, last map[edtf.Instant]int }

func (s *spans) add(p Place, events int) {
	if s.first == nil {
		s.first, s.last = map[edtf.Instant]int{}, map[edtf.Instant]int{}
	}
	s.first[p.First] += events
	s.last[p.Last] += events
}

// walk returns a walk over the buckets in time order.
func (e *envelope) walk() *walk {
	w := &walk{all: e.all.walk(), groups: map[string]*spanWalk{}}
	for key, g := range e.groups {
		w.groups[key] = g.walk()
	}
	return w
}

// walk goes through buckets in time order.
type walk struct {
	all    *spanWalk
	groups map[string]*spanWalk
}

// fill sets how many events may lie in a bucket and in its groups, and adds the groups whose events only may.
func (w *walk) fill(b *store.Bucket, start edtf.Instant, groups map[string]*store.BucketGroup) {
	b.Possible = w.all.at(start)
	for key, g := range w.groups {
		n := g.at(start)
		if n == 0 {
			continue
		}
		if groups[key] == nil {
			groups[key] = NewGroup(key)
		}
		groups[key].Possible = n
	}
}

// spanWalk has the steps that are ahead, and the number of events that may lie in the present bucket.
type spanWalk struct {
	first, last []step
	events      int
}

type step struct {
	at     edtf.Instant
	events int
}

func (s *spans) walk() *spanWalk { return &spanWalk{first: steps(s.first), last: steps(s.last)} }

func steps(events map[edtf.Instant]int) []step {
	all := make([]step, 0, len(events))
	for at, n := range events {
		all = append(all, step{at, n})
	}
	slices.SortFunc(all, func(a, b step) int { return cmp.Compare(a.at, b.at) })
	return all
}

// at returns how many events may lie in the bucket with a start, which is later than in the call before.
func (w *spanWalk) at(start edtf.Instant) int {
	for len(w.first) > 0 && w.first[0].at <= start {
		w.events += w.first[0].events
		w.first = w.first[1:]
	}
	for len(w.last) > 0 && w.last[0].at < start {
		w.events -= w.last[0].events
		w.last = w.last[1:]
	}
	return w.events
}
