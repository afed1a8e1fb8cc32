package aggregate

import (
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// listColumn is a dictionary-encoded column with a list of values for each event. Code 0 is the absence of values, with
// the word "".
type listColumn struct {
	words  []string
	codeOf map[string]uint32
	// refs and more hold the values that are known in the latest view. refs holds the code of an event's only value, which
	// most events have, or multiple plus an index into more, where the count and the codes follow.
	refs, more []uint32
	// histories holds, for events some of whose values are not known for the event's whole life, the index in spans of the
	// first of its values, else 0. It is nil if there is no such event.
	histories []uint32
	spans     []span
	// ordered is set if the first of an event's values differs from the others. Its values may repeat then.
	ordered bool

	event  kg.ID // the event of the last find, and its number
	number uint32
}

// span is a value and an interval in which it is known. next is the index of the event's next span, or 0.
type span struct {
	known      kg.Interval
	code, next uint32
}

// multiple marks in refs that an event has more than one value.
const multiple = 1 << 31

// lifelong is the interval of a value that is known for its event's whole life.
var lifelong = kg.Interval{KnownFrom: edtf.BeginningOfTime, KnownTo: edtf.EndOfTime}

// duringLife returns the interval in which a value of an event is known, or lifelong if that is the event's whole life,
// which begins at a moment and does not end.
func duringLife(known kg.Interval, begin edtf.Instant) kg.Interval {
	if known.KnownFrom <= begin && known.KnownTo == edtf.EndOfTime {
		return lifelong
	}
	return known
}

func newListColumn(field store.FacetField, events int) *listColumn {
	return &listColumn{
		words: []string{""}, codeOf: map[string]uint32{"": 0}, refs: make([]uint32, events),
		ordered: onMap(field),
	}
}

// find returns the number of an event, and whether it has one.
func (l *listColumn) find(rows map[kg.ID]uint32, event kg.ID) (uint32, bool) {
	if event == l.event && event != "" {
		return l.number, true
	}
	n, known := rows[event]
	if known {
		l.event, l.number = event, n
	}
	return n, known
}

// latest returns the distinct codes of an event in the latest view, in the order in which they were added, or the code
// 0 for an event without values.
func (l *listColumn) latest(event uint32) []uint32 {
	n := l.refs[event]
	if n < multiple {
		return l.refs[event:][:1]
	}
	n -= multiple
	return l.more[n+1:][:l.more[n]]
}

// at returns the values of events as of a moment, or in the latest view for nil.
func (l *listColumn) at(moment *edtf.Instant) *values {
	if moment == nil || l.histories == nil {
		return &values{listColumn: l}
	}
	return &values{l, l.histories, *moment, nil}
}

// values are the values of events in one view. They are read by one goroutine.
type values struct {
	*listColumn
	// changing is nil if all values are those of the latest view, and else is listColumn.histories.
	changing []uint32
	moment   edtf.Instant
	codes    []uint32 // reused
}

// of returns the codes of an event, until the next call, or the code 0 for an event without values. Only the codes of
// an ordered column may repeat.
func (v *values) of(event uint32) []uint32 {
	if v.changing == nil || v.changing[event] == 0 {
		return v.latest(event)
	}
	return v.then(v.changing[event])
}

// mark marks the codes of events, and returns the number of events without values.
func (v *values) mark(events []uint32, marked []bool) (without int) {
	for _, event := range events {
		var codes []uint32
		if v.changing == nil { // as in of, but without a call for each event
			codes = v.latest(event)
		} else {
			codes = v.of(event)
		}
		if codes[0] == 0 {
			without++
		}
		for _, code := range codes {
			marked[code] = true
		}
	}
	return without
}

// then returns the codes of a history that are known at the moment.
func (v *values) then(first uint32) []uint32 {
	v.codes = v.codes[:0]
	for i := first; i != 0; i = v.spans[i].next {
		if s := &v.spans[i]; s.known.Holds(v.moment) {
			v.codes = append(v.codes, s.code)
		}
	}
	if len(v.codes) == 0 {
		v.codes = append(v.codes, 0)
	}
	return v.codes
}

// grow appends an event without values.
func (l *listColumn) grow() {
	l.refs = append(l.refs, 0)
	if l.histories != nil {
		l.histories = append(l.histories, 0)
	}
}

// clear removes the values of an event.
func (l *listColumn) clear(event uint32) {
	l.refs[event] = 0
	if l.histories != nil {
		l.histories[event] = 0
	}
}

// add adds a value to an event, known in an interval.
func (l *listColumn) add(event uint32, value string, known kg.Interval) {
	if value == "" || known.KnownFrom >= known.KnownTo {
		return
	}
	code := numberOf(value, l.codeOf, &l.words)
	if known != lifelong || l.histories != nil && l.histories[event] != 0 {
		l.addSpan(event, code, known)
	}
	if known.KnownTo == edtf.EndOfTime {
		l.addLatest(event, code)
	}
}

func (l *listColumn) addLatest(event, code uint32) {
	at, had := l.refs[event], l.latest(event)
	switch {
	case slices.Contains(had, code):
	case at == 0:
		l.refs[event] = code
	case at >= multiple && int(at-multiple)+1+len(had) == len(l.more): // the last list grows in place
		l.more[at-multiple]++
		l.more = append(l.more, code)
	default:
		begin := uint32(len(l.more))
		l.more = append(append(append(l.more, uint32(len(had)+1)), had...), code)
		l.refs[event] = multiple + begin // last, because had may alias this element
	}
}

// addSpan adds a value to the history of an event, which begins with the values that were added so far. The intervals
// of one value are united where they touch, unless that would change the order of values.
func (l *listColumn) addSpan(event, code uint32, known kg.Interval) {
	if l.histories == nil {
		l.histories, l.spans = make([]uint32, len(l.refs)), make([]span, 1)
	}
	if at := l.refs[event]; l.histories[event] == 0 && at != 0 {
		l.histories[event] = uint32(len(l.spans))
		for _, c := range l.latest(event) {
			l.spans = append(l.spans, span{lifelong, c, uint32(len(l.spans) + 1)})
		}
		l.spans[len(l.spans)-1].next = 0
	}
	link := &l.histories[event]
	for *link != 0 {
		s := &l.spans[*link]
		switch {
		case s.code != code || s.known.KnownFrom > known.KnownTo || known.KnownFrom > s.known.KnownTo:
			link = &s.next
		case s.known.KnownFrom <= known.KnownFrom && known.KnownTo <= s.known.KnownTo:
			return
		case l.ordered:
			link = &s.next
		default:
			known.KnownFrom = min(known.KnownFrom, s.known.KnownFrom)
			known.KnownTo = max(known.KnownTo, s.known.KnownTo)
			*link = s.next
		}
	}
	*link = uint32(len(l.spans)) // before the append, which may move the link
	l.spans = append(l.spans, span{known, code, 0})
}

// hasList reports whether an event can have several values of a field.
func hasList(f store.FacetField) bool {
	switch f {
	case store.FacetCategory, store.FacetModality, store.FacetStatus, store.FacetYear:
		return false
	}
	return f.SourceNumber() < 0
}

// dependsOnPlaces reports whether the values of a field come from an event's locations.
func dependsOnPlaces(f store.FacetField) bool {
	return f == store.FacetCountry || f == store.FacetAdmin1 || onMap(f)
}

// onMap reports whether the values of a field are in the order of the event's places on a map.
func onMap(f store.FacetField) bool { return f == store.FieldOnMap || f == store.FieldPrecision }

func containsLocation(ids []kg.ID) bool {
	return slices.ContainsFunc(ids, func(id kg.ID) bool { return id.Kind() == kg.KindLocation })
}
