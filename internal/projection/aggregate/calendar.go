package aggregate

import (
	"slices"
	"sync"
	"time"

	"casus/internal/edtf"
	"casus/internal/store"
)

// calendar maps hulls to slots for one zone and interval. Each bucket has two slots: one for events that lie inside it
// and one for imprecise events. Slot 0 is for events without a start.
type calendar struct {
	interval edtf.CalendarInterval
	zone     string
	slotOf   []uint32
	slots    int
	buckets  map[edtf.Instant]uint32 // first slots by the bucket's start
	days     map[int64]bucket        // buckets by a UTC day that lies inside them
}

type bucket struct {
	slot       uint32
	start, end edtf.Instant
}

// maxCalendars bounds the cached calendars, which take four bytes per hull each.
const maxCalendars = 8

const day = edtf.Instant(24 * time.Hour / time.Millisecond)

// calendars caches the calendars that were used last.
type calendars struct {
	mu     sync.Mutex // guards recent, under the index's read lock
	recent []*calendar
}

// get returns the calendar of a query, with slots for all hulls.
func (all *calendars) get(q store.BucketQuery, hulls []hull) calendar {
	zone := q.Zone
	if zone == nil {
		zone = time.UTC
	}
	all.mu.Lock()
	defer all.mu.Unlock()
	i := slices.IndexFunc(all.recent, func(c *calendar) bool {
		return c.interval == q.Interval && c.zone == zone.String()
	})
	if i < 0 {
		if len(all.recent) == maxCalendars {
			all.recent = slices.Delete(all.recent, 0, 1)
		}
		i = len(all.recent)
		all.recent = append(all.recent, &calendar{
			interval: q.Interval, zone: zone.String(), slots: 1, buckets: map[edtf.Instant]uint32{}, days: map[int64]bucket{},
		})
	}
	c := all.recent[i]
	for _, h := range hulls[len(c.slotOf):] {
		c.slotOf = append(c.slotOf, c.slot(h, zone))
	}
	return *c
}

// byHull returns a calendar with a slot for each hull. A window may clip a bucket between the events of one slot.
func byHull(hulls int) calendar {
	c := calendar{slotOf: make([]uint32, hulls), slots: hulls}
	for i := range c.slotOf {
		c.slotOf[i] = uint32(i)
	}
	return c
}

// slot returns the slot of a hull.
func (c *calendar) slot(h hull, zone *time.Location) uint32 {
	at, earliest, latest := store.CountedAt(h.time(), h.nominalStart(), zone)
	if !at.Bounded() {
		return 0
	}
	b := c.bucket(at, zone)
	if latest > b.end || earliest < b.start {
		return b.slot + 1
	}
	return b.slot
}

// bucket returns the bucket that contains an instant. It is cached for the UTC day if the whole day lies inside it.
func (c *calendar) bucket(at edtf.Instant, zone *time.Location) bucket {
	n := int64(at / day)
	if at < 0 {
		n = int64((at+1)/day) - 1
	}
	if b, known := c.days[n]; known {
		return b
	}
	local := at.Time().In(zone)
	start, end := edtf.InstantOf(edtf.BucketStart(local, c.interval)), edtf.InstantOf(edtf.NextBucket(local, c.interval))
	slot, known := c.buckets[start]
	if !known {
		slot = uint32(c.slots)
		c.buckets[start] = slot
		c.slots += 2
	}
	b := bucket{slot, start, end}
	if first := edtf.Instant(n) * day; start <= first && first+day <= end {
		c.days[n] = b
	}
	return b
}
