package store

import (
	"cmp"
	"time"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/sums"
)

// MaxBuckets bounds the buckets of a result.
const MaxBuckets = 5000

// MaxBucketGroups bounds the values that have groups of their own in a result; DefaultBucketGroups is the default
// number.
const (
	MaxBucketGroups     = 50
	DefaultBucketGroups = 12
)

// BucketQuery counts events by calendar bucket.
type BucketQuery struct {
	View     kg.View
	Filter   *EventFilter
	Interval edtf.CalendarInterval
	// SplitBy defines the groups of each bucket; "" makes none.
	SplitBy BucketSplit
	// Top is the number of values that have groups of their own, 1..MaxBucketGroups; 0 means DefaultBucketGroups.
	Top int
	// Zone is the zone of the calendar; nil means UTC.
	Zone *time.Location
	// Window clips the buckets; nil means all of time.
	Window *BucketWindow
	// Sparse leaves out the buckets that count no event.
	Sparse bool
	// Possible requests Bucket.Possible.
	Possible bool
	// Sums are the sums to compute for each bucket and group.
	Sums sums.Set
}

// Groups returns the number of values that have groups of their own.
func (q BucketQuery) Groups() int { return cmp.Or(q.Top, DefaultBucketGroups) }

// Check returns BAD_INPUT or LIMIT_EXCEEDED for an invalid query.
func (q BucketQuery) Check() error {
	if err := checkGroups("buckets", q.Top); err != nil {
		return err
	}
	return q.Window.Check()
}

// checkGroups returns BAD_INPUT or LIMIT_EXCEEDED for an invalid number of groups.
func checkGroups(of string, top int) error {
	switch {
	case top < 0:
		return kg.Errorf(kg.BadInput, "top: %s have 1..%d groups of their own", of, MaxBucketGroups)
	case top > MaxBucketGroups:
		return kg.Errorf(kg.LimitExceeded, "top: %s have 1..%d groups of their own", of, MaxBucketGroups)
	}
	return nil
}

// Bucket counts the events of one calendar interval: those whose nominal day, or else whose beginning, is in it. Start
// and End are nil for the bucket of events without a start, which comes last.
type Bucket struct {
	Start, End *edtf.Instant
	Events     int
	// Imprecise counts the events that may lie outside the bucket.
	Imprecise int
	// Possible counts the events that may lie in the bucket, because their hulls overlap it: the events that it
	// counts, and others. It is 0 unless requested, and in the bucket without bounds.
	Possible int
	// Sums add up what its events contribute to the sums of all selected events.
	sums.Sums
	Groups []BucketGroup
}

// Certain returns the number of events that must lie in the bucket, because it contains their hulls.
func (b Bucket) Certain() int { return b.Events - b.Imprecise }

// BucketGroup counts the events of a bucket that have one value of the split. Key is the value, an id if the split is
// by nodes (see BucketSplit.ByNode), or "" for events without a value. Sums add up what its events contribute to the
// sums of all selected events with that value. A group that is requested with Possible may have no Events.
type BucketGroup struct {
	Key                         string
	Events, Imprecise, Possible int
	// Others marks the group of the events with any value that has no group of its own. It has no key.
	Others bool
	sums.Sums
}

// Certain returns the number of events that must lie in the group's bucket.
func (g BucketGroup) Certain() int { return g.Events - g.Imprecise }

// BucketWindow clips buckets, in the zone of their calendar: events that are counted at an instant outside it, or at no
// known instant, are in no bucket, and a bucket at its edge ends there. A value stands for its whole extent; a nil end
// is open. Within a window the counts are those without one.
type BucketWindow struct {
	From *edtf.Time `json:"from,omitzero"`
	To   *edtf.Time `json:"to,omitzero"`
}

// Check returns BAD_INPUT for a window that ends before it starts.
func (w *BucketWindow) Check() error {
	if lo, hi := w.Bounds(time.UTC); lo >= hi {
		return kg.Errorf(kg.BadInput, "window: from %s lies after to %s", w.From, w.To)
	}
	return nil
}

// Bounds returns the half-open range of instants in a zone, all of time for a nil window.
func (w *BucketWindow) Bounds(zone *time.Location) (lo, hi edtf.Instant) {
	lo, hi = edtf.BeginningOfTime, edtf.EndOfTime
	if w != nil && w.From != nil {
		lo, _ = w.From.HullIn(zone)
	}
	if w != nil && w.To != nil {
		_, hi = w.To.HullIn(zone)
	}
	return lo, hi
}

// CountedAt returns the instant at which a time series counts an event: the start of its nominal day in a zone, but
// within its hull there, else its earliest instant.
func CountedAt(t edtf.Time, nominal *edtf.Instant, zone *time.Location) (at, earliest, latest edtf.Instant) {
	earliest, latest = t.HullIn(zone)
	if nominal == nil {
		return earliest, earliest, latest
	}
	day := edtf.Time{Earliest: *nominal, Latest: *nominal, EarliestFloats: true}
	at, _ = day.HullIn(zone)
	return max(earliest, min(at, latest-1)), earliest, latest
}

// KnowledgeQuery counts what became known about events by calendar bucket.
type KnowledgeQuery struct {
	// View and Filter select the events. What became known after the view's moment is not counted.
	View     kg.View
	Filter   *EventFilter
	Interval edtf.CalendarInterval
	// Zone is the zone of the calendar; nil means UTC.
	Zone *time.Location
	// Window clips the buckets by the moments at which something became known; nil means all of time.
	Window *BucketWindow
	// Sparse leaves out the buckets in which nothing became known.
	Sparse bool
}

// KnowledgeBucket counts what became known about the selected events in one calendar interval, after Start and by End.
type KnowledgeBucket struct {
	Start, End edtf.Instant
	// Claims counts the claims about the events that became known in it, also claims that are withdrawn later or
	// that withdraw others.
	Claims int
	// Appeared counts the first versions of the events that begin in it, Changed the other versions.
	Appeared, Changed int
}
