package network

import (
	"cmp"
	"slices"

	"casus/internal/edtf"
)

// meetings are the events of an actor that a lens shows, by whom it met there.
type meetings struct {
	with []uint32 // in the order of their numbers
	// ends are where the events with each end; they begin where those with the one before do.
	ends []uint32
	// starts are those of events, with each in order.
	starts []edtf.Instant
	events []uint32
}

// span is where the events with the ith lie.
func (m *meetings) span(i int) (from, to uint32) {
	if i > 0 {
		from = m.ends[i-1]
	}
	return from, m.ends[i]
}

// startsOf are the starts of the events with the ith, in order.
func (m *meetings) startsOf(i int) []edtf.Instant {
	from, to := m.span(i)
	return m.starts[from:to]
}

// maxCachedMeetings bounds how many meetings a lens remembers, each of twelve bytes. Those of further actors are found each time.
const maxCachedMeetings = 4 << 20

// meetings gives an actor's, which searches ask for again and again: a hub's are found in tens of thousands of events.
func (l *filteredGraph) meetings(actor uint32) *meetings {
	if m := l.meetingCache[actor].Load(); m != nil {
		return m
	}
	m := l.findMeetings(actor)
	n := int64(len(m.events)) + 1
	if l.cachedMeetings.Add(n) > maxCachedMeetings || !l.meetingCache[actor].CompareAndSwap(nil, m) {
		l.cachedMeetings.Add(-n)
	}
	return m
}

func (l *filteredGraph) findMeetings(actor uint32) *meetings {
	type meeting struct {
		with, event uint32
		start       edtf.Instant
	}
	var all []meeting
	for e, links := range l.eventsOf(actor) {
		for i := range links {
			if links[i].actor != actor && l.counts(&links[i]) {
				all = append(all, meeting{links[i].actor, e, l.starts[e]})
			}
		}
	}
	slices.SortFunc(all, func(a, b meeting) int {
		return cmp.Or(cmp.Compare(a.with, b.with), cmp.Compare(a.start, b.start), cmp.Compare(a.event, b.event))
	})
	all = slices.Compact(all) // several roles are one meeting
	m := &meetings{starts: make([]edtf.Instant, len(all)), events: make([]uint32, len(all))}
	for i, one := range all {
		if i == 0 || one.with != all[i-1].with {
			m.with, m.ends = append(m.with, one.with), append(m.ends, uint32(i))
		}
		m.ends[len(m.ends)-1] = uint32(i + 1)
		m.starts[i], m.events[i] = one.start, one.event
	}
	return m
}

// sharedEvents gives the starts of the events in which two actors met, in order, and the events.
func (l *filteredGraph) sharedEvents(a, b uint32) ([]edtf.Instant, []uint32) {
	if len(l.eventsByActor[b]) < len(l.eventsByActor[a]) {
		a, b = b, a
	}
	m := l.meetings(a)
	i, met := slices.BinarySearch(m.with, b)
	if !met {
		return nil, nil
	}
	from, to := m.span(i)
	return m.starts[from:to], m.events[from:to]
}
