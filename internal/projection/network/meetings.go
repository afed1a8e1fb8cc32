package network

import (
	"cmp"
	"slices"

	"casus/internal/edtf"
)

// meetings holds the shown events of one actor, grouped by the other actors who took part.
type meetings struct {
	with []uint32 // the other actors, in the order of their numbers
	// ends holds, for each other actor, the end of its range in starts and events. A range begins where the one before
	// it ends.
	ends []uint32
	// starts holds the starts of events, in order within each range.
	starts []edtf.Instant
	events []uint32
}

// span returns the range of the events shared with the ith other actor.
func (m *meetings) span(i int) (from, to uint32) {
	if i > 0 {
		from = m.ends[i-1]
	}
	return from, m.ends[i]
}

// startsOf returns the starts of the events shared with the ith other actor, in order.
func (m *meetings) startsOf(i int) []edtf.Instant {
	from, to := m.span(i)
	return m.starts[from:to]
}

// maxCachedMeetings bounds the meetings that a filtered graph caches. Others are computed for each search.
// bytesOfMeeting is what one takes at most: an event and its start, and the range of the other actor.
const (
	maxCachedMeetings = 4 << 20
	bytesOfMeeting    = 20
)

// meetings returns the meetings of an actor. They are cached, since searches need them repeatedly and a hub has tens of
// thousands of events.
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
	all = slices.Compact(all) // several roles in one event are one meeting
	m := &meetings{starts: make([]edtf.Instant, len(all)), events: make([]uint32, len(all))}
	for i, next := range all {
		if i == 0 || next.with != all[i-1].with {
			m.with, m.ends = append(m.with, next.with), append(m.ends, uint32(i))
		}
		m.ends[len(m.ends)-1] = uint32(i + 1)
		m.starts[i], m.events[i] = next.start, next.event
	}
	return m
}

// sharedEvents returns the events in which two actors met, and their starts, in the order of starts.
func (l *filteredGraph) sharedEvents(a, b uint32) ([]edtf.Instant, []uint32) {
	if len(l.eventsByActor[b]) < len(l.eventsByActor[a]) {
		a, b = b, a
	}
	m := l.meetings(a)
	i, found := slices.BinarySearch(m.with, b)
	if !found {
		return nil, nil
	}
	from, to := m.span(i)
	return m.starts[from:to], m.events[from:to]
}
