package aggregate

import (
	"slices"
	"sync"
	"time"

	"casus/internal/edtf"
	"casus/internal/store"
	"casus/internal/store/bucket"
)

// calendar maps hulls to slots. The events of a slot have one place in the calendar.
type calendar struct {
	*bucket.Calendar
	kind   calendarKind
	slotOf []uint32
	places []bucket.Place // by slot
	slots  map[bucket.Place]uint32
}

// calendarKind is what calendars without a window differ in.
type calendarKind struct {
	interval edtf.CalendarInterval
	zone     string
	possible bool
}

// maxCalendars bounds the cached calendars, which take four bytes per hull each.
const maxCalendars = 8

const day = edtf.Instant(24 * time.Hour / time.Millisecond)

// calendars caches the calendars that were used last.
type calendars struct {
	mu     sync.Mutex // guards recent, under the index's read lock
	recent []*calendar
}

// get returns the calendar of a query, with slots for all hulls. One with a window is not cached.
func (all *calendars) get(q store.BucketQuery, hulls []hull) calendar {
	kind := calendarKind{q.Interval, time.UTC.String(), q.Possible}
	if q.Zone != nil {
		kind.zone = q.Zone.String()
	}
	made := func() *calendar {
		return &calendar{Calendar: bucket.NewCalendar(q), kind: kind, slots: map[bucket.Place]uint32{}}
	}
	if q.Window != nil {
		c := made()
		c.extend(hulls)
		return *c
	}
	all.mu.Lock()
	defer all.mu.Unlock()
	i := slices.IndexFunc(all.recent, func(c *calendar) bool { return c.kind == kind })
	if i < 0 {
		if len(all.recent) == maxCalendars {
			all.recent = slices.Delete(all.recent, 0, 1)
		}
		i = len(all.recent)
		all.recent = append(all.recent, made())
	}
	all.recent[i].extend(hulls)
	return *all.recent[i]
}

// extend adds the hulls that have no slot yet.
func (c *calendar) extend(hulls []hull) {
	for _, h := range hulls[len(c.slotOf):] {
		place := c.Place(h.time(), h.nominalStart())
		c.slotOf = append(c.slotOf, numberOf(place, c.slots, &c.places))
	}
}
