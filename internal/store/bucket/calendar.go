// Package bucket counts events into the buckets of a calendar, for engines and for the aggregate index.
package bucket

import (
	"time"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// Calendar finds the buckets in which events are counted and in which they may lie. It is not safe for concurrent use.
type Calendar struct {
	interval edtf.CalendarInterval
	zone     *time.Location
	possible bool
	clipped  bool
	lo, hi   edtf.Instant // the bounds of the window
	// cached has buckets by a unit of time that lies inside them, counted from 1970 in UTC.
	cached map[edtf.Instant]span
	unit   edtf.Instant
}

// span is a bucket's bounds, without the window.
type span struct{ start, end edtf.Instant }

// NewCalendar returns the calendar of a query. It uses the query's Interval, Zone, Window and Possible.
func NewCalendar(q store.BucketQuery) *Calendar {
	c := &Calendar{
		interval: q.Interval, zone: q.Zone, possible: q.Possible, clipped: q.Window != nil,
		cached: map[edtf.Instant]span{}, unit: edtf.Instant(24 * time.Hour / time.Millisecond),
	}
	if c.zone == nil {
		c.zone = time.UTC
	}
	if c.interval == edtf.IntervalHour {
		c.unit = edtf.Instant(time.Hour / time.Millisecond)
	}
	c.lo, c.hi = q.Window.Bounds(c.zone)
	return c
}

// Place is where the events of one time are counted. Events with equal places are counted alike.
type Place struct {
	// Start and End bound the bucket that counts them, without the window. They are 0 unless Dated.
	Start, End edtf.Instant
	// Counted is unset outside the window, and Dated without a start.
	Counted, Dated bool
	// Imprecise is set if the events may lie outside the bucket.
	Imprecise bool
	// MayLie is set if Possible is requested and they may lie in any bucket. First and Last are the starts of the first
	// and the last of these, or BeginningOfTime and EndOfTime if there is no first or last one.
	MayLie      bool
	First, Last edtf.Instant
}

// Place returns the place of events with a time and the start of a nominal day in UTC, nil if there is none.
func (c *Calendar) Place(t edtf.Time, nominal *edtf.Instant) Place {
	at, earliest, latest := store.CountedAt(t, nominal, c.zone)
	p := Place{Dated: at.Bounded()}
	p.Counted = !c.clipped || p.Dated && c.lo <= at && at < c.hi
	if p.Counted && p.Dated {
		b := c.bucket(at)
		p.Start, p.End = b.start, b.end
		p.Imprecise = latest > min(b.end, c.hi) || earliest < max(b.start, c.lo)
	}
	if c.possible && (earliest.Bounded() || latest.Bounded()) {
		c.setSpan(&p, max(earliest, c.lo), min(latest, c.hi))
	}
	return p
}

// setSpan sets the buckets in which events may lie from a hull within the window.
func (c *Calendar) setSpan(p *Place, earliest, latest edtf.Instant) {
	if p.MayLie = earliest < latest; !p.MayLie {
		return
	}
	p.First, p.Last = earliest, latest
	if earliest.Bounded() {
		p.First = c.bucket(earliest).start
	}
	if latest.Bounded() {
		p.Last = c.bucket(latest - 1).start
	}
}

// bucket returns the bucket that contains an instant.
func (c *Calendar) bucket(at edtf.Instant) span {
	unit := at / c.unit
	if at < 0 {
		unit = (at+1)/c.unit - 1
	}
	if b, known := c.cached[unit]; known {
		return b
	}
	start, next := edtf.Bucket(at.Time().In(c.zone), c.interval)
	b := span{edtf.InstantOf(start), edtf.InstantOf(next)}
	if first := unit * c.unit; b.start <= first && first+c.unit <= b.end {
		c.cached[unit] = b
	}
	return b
}

// series returns all buckets from the first to the last, which contain two instants, but those of the window where that
// is bounded. It returns LIMIT_EXCEEDED for more than store.MaxBuckets buckets.
func (c *Calendar) series(first, last edtf.Instant) (all []span, err error) {
	if c.lo.Bounded() {
		first = c.lo
	}
	if c.hi.Bounded() {
		last = c.hi - 1
	}
	if !first.Bounded() || !last.Bounded() {
		return nil, nil
	}
	for at := c.bucket(first).start; at <= last; {
		if len(all) >= store.MaxBuckets {
			return nil, tooMany(c.interval)
		}
		b := c.bucket(at)
		all = append(all, b)
		at = b.end
	}
	return all, nil
}

func tooMany(i edtf.CalendarInterval) error {
	return kg.Errorf(kg.LimitExceeded,
		"the answer would have more than %d buckets of one %s: choose a wider interval or a shorter time",
		store.MaxBuckets, i)
}
