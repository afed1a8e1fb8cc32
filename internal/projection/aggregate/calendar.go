package aggregate

import (
	"slices"
	"time"

	"casus/internal/edtf"
	"casus/internal/store"
)

// calendar knows of each hull in which slot it is counted, in one zone and by one interval: a slot is a bucket, once for
// events that must lie in it and once for those that may not. The first is that of events without a start.
type calendar struct {
	interval edtf.CalendarInterval
	zone     string
	of       []uint32
	n        int
	buckets  map[edtf.Instant]uint32 // by their start
	days     map[int64]bucket        // by the day of UTC that lies in it
}

type bucket struct {
	slot uint32
	end  edtf.Instant
}

// calendarsKept bounds how many are remembered, each four bytes for a hull.
const calendarsKept = 8

const day = edtf.Instant(24 * time.Hour / time.Millisecond)

// slots gives the calendar of a query, which knows all hulls there are.
func (t *table) slots(q store.BucketQuery) calendar {
	zone := q.Zone
	if zone == nil {
		zone = time.UTC
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	i := slices.IndexFunc(t.calendars, func(c *calendar) bool { return c.interval == q.Interval && c.zone == zone.String() })
	if i < 0 {
		if len(t.calendars) == calendarsKept {
			t.calendars = slices.Delete(t.calendars, 0, 1)
		}
		i = len(t.calendars)
		t.calendars = append(t.calendars, &calendar{interval: q.Interval, zone: zone.String(), n: 1, buckets: map[edtf.Instant]uint32{}, days: map[int64]bucket{}})
	}
	c := t.calendars[i]
	for _, h := range t.hulls[len(c.of):] {
		c.of = append(c.of, c.slot(h, zone))
	}
	return *c
}

func (c *calendar) slot(h hull, zone *time.Location) uint32 {
	earliest, latest := h.time().HullIn(zone)
	if !earliest.Bounded() {
		return 0
	}
	b := c.bucket(earliest, zone)
	if latest > b.end {
		return b.slot + 1
	}
	return b.slot
}

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
		slot = uint32(c.n)
		c.buckets[start] = slot
		c.n += 2
	}
	b := bucket{slot, end}
	if first := edtf.Instant(n) * day; start <= first && first+day <= end {
		c.days[n] = b
	}
	return b
}
