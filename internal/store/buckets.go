package store

import (
	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/sums"
	"cmp"
	"context"
	"slices"
	"time"
)

// MaxBuckets bounds the buckets of a result.
const MaxBuckets = 5000

// Bucket counts the events of one calendar interval: those whose nominal day, or else whose beginning, is in it. Start
// and End are nil for the bucket of events without a start, which comes last.
type Bucket struct {
	Start, End *edtf.Instant
	Events     int
	// Imprecise counts the events that may lie outside the bucket.
	Imprecise int
	// Sums add up what its events contribute to the sums of all selected events.
	sums.Sums
	Groups []BucketGroup
}

// BucketGroup counts the events of a bucket that have one value of the split. Key is the value, an id if the split is
// by nodes (ADMIN1, PUBLISHER, CLAIMANT), or "" for events without a value. Sums add up what its events contribute to
// the sums of all selected events with that value.
type BucketGroup struct {
	Key    string
	Events int
	sums.Sums
}

// BucketRow is an event as a BucketCounter counts it.
type BucketRow struct {
	Time edtf.Time
	// Nominal is the start of the nominal day in UTC; nil if there is none.
	Nominal *edtf.Instant
	// Keys are the event's distinct values of the split; it counts in each of them.
	Keys []string
	// Sums is its part of the sums of all events; KeySums, parallel to Keys, of those with a value. nil means none.
	Sums    sums.Part
	KeySums []sums.Part
}

// BucketWindow clips buckets, in the zone of their calendar: events that are counted at an instant outside it, or at no
// known instant, are in no bucket, and a bucket at its edge ends there. A value stands for its whole extent; a nil end
// is open. Within a window the counts are those without one.
type BucketWindow struct {
	From *edtf.Time `json:"from,omitzero"`
	To   *edtf.Time `json:"to,omitzero"`
}

// Check returns BAD_INPUT for a window that ends before it starts.
func (w *BucketWindow) Check() error {
	if lo, hi := w.bounds(time.UTC); lo >= hi {
		return kg.Errorf(kg.BadInput, "window: from %s lies after to %s", w.From, w.To)
	}
	return nil
}

// bounds returns the half-open range of instants in a zone.
func (w *BucketWindow) bounds(zone *time.Location) (lo, hi edtf.Instant) {
	lo, hi = edtf.BeginningOfTime, edtf.EndOfTime
	if w != nil && w.From != nil {
		lo, _ = w.From.HullIn(zone)
	}
	if w != nil && w.To != nil {
		_, hi = w.To.HullIn(zone)
	}
	return lo, hi
}

// BucketCounter counts events into buckets. Use NewBucketCounter.
type BucketCounter struct {
	query        BucketQuery
	lo, hi       edtf.Instant // the bounds of the window
	buckets      map[edtf.Instant]*bucketTally
	withoutStart *bucketTally
}

type bucketTally struct {
	end               edtf.Instant
	events, imprecise int
	sums              sums.Part
	groups            map[string]*groupTally
}

type groupTally struct {
	events int
	sums   sums.Part
}

func newBucketTally(end edtf.Instant) *bucketTally {
	return &bucketTally{end: end, groups: map[string]*groupTally{}}
}

// NewBucketCounter returns a counter for a query. It uses the query's Filter.Time, Interval, SplitBy, Zone and Window.
func NewBucketCounter(q BucketQuery) *BucketCounter {
	if q.Zone == nil {
		q.Zone = time.UTC
	}
	lo, hi := q.Window.bounds(q.Zone)
	return &BucketCounter{query: q, lo: lo, hi: hi, buckets: map[edtf.Instant]*bucketTally{}}
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

// Add counts one event in the bucket of its nominal day, or of its earliest instant. It returns LIMIT_EXCEEDED for more
// than MaxBuckets buckets.
func (b *BucketCounter) Add(row BucketRow) error { return b.AddN(row, 1) }

// AddN counts events with the same time and keys. row holds the part of all of them.
func (b *BucketCounter) AddN(row BucketRow, events int) error {
	t, err := b.count(row, events)
	if err != nil || t == nil {
		return err
	}
	t.sums = t.sums.Plus(row.Sums)
	for i, part := range row.KeySums {
		g := t.groups[row.Keys[i]]
		g.sums = g.sums.Plus(part)
	}
	return nil
}

// count counts events in a bucket and in its groups, without their sums, and returns the bucket; nil outside the
// window.
func (b *BucketCounter) count(row BucketRow, events int) (*bucketTally, error) {
	at, earliest, latest := CountedAt(row.Time, row.Nominal, b.query.Zone)
	if b.query.Window != nil && (!at.Bounded() || at < b.lo || at >= b.hi) {
		return nil, nil
	}
	var t *bucketTally
	if !at.Bounded() {
		if b.withoutStart == nil {
			b.withoutStart = newBucketTally(0)
		}
		t = b.withoutStart
	} else {
		local := at.Time().In(b.query.Zone)
		start := edtf.InstantOf(edtf.BucketStart(local, b.query.Interval))
		if t = b.buckets[start]; t == nil {
			if len(b.buckets) >= MaxBuckets {
				return nil, tooManyBuckets(b.query.Interval)
			}
			t = newBucketTally(edtf.InstantOf(edtf.NextBucket(local, b.query.Interval)))
			b.buckets[start] = t
		}
		if latest > min(t.end, b.hi) || earliest < max(start, b.lo) {
			t.imprecise += events
		}
	}
	t.events += events
	for _, k := range b.keys(row) {
		g := t.groups[k]
		if g == nil {
			g = &groupTally{}
			t.groups[k] = g
		}
		g.events += events
	}
	return t, nil
}

// keys returns the groups in which a row counts.
func (b *BucketCounter) keys(row BucketRow) []string {
	switch {
	case b.query.SplitBy == "":
		return nil
	case len(row.Keys) == 0:
		return []string{""}
	}
	return row.Keys
}

// bucketEvent is an event in a bucket. Events outside the window are in the bucket nil: they are selected, so the sums
// of wholes and parts inside it count them.
type bucketEvent struct {
	bucket *bucketTally
	keys   []string
}

// CountBuckets counts events and adds up their numbers. rows are parallel to the selected events.
func CountBuckets(ctx context.Context, q BucketQuery, rows []BucketRow, selected *EventSums) ([]Bucket, error) {
	b := NewBucketCounter(q)
	events := make([]bucketEvent, len(rows))
	for i, row := range rows {
		t, err := b.count(row, 1)
		if err != nil {
			return nil, err
		}
		events[i] = bucketEvent{t, b.keys(row)}
	}
	if err := b.sum(ctx, events, selected); err != nil {
		return nil, err
	}
	return b.Buckets()
}

// sum sets the sums of buckets and groups.
func (b *BucketCounter) sum(ctx context.Context, events []bucketEvent, selected *EventSums) error {
	type group struct {
		bucket *bucketTally
		key    string
	}
	all, split := selected.newSummation(), selected.newSummation()
	buckets, groups, keys := map[*bucketTally]int{}, map[group]int{}, map[string]int{}
	for i, e := range events {
		at, known := buckets[e.bucket]
		if !known {
			at = all.Cell(0)
			buckets[e.bucket] = at
		}
		selected.add(all, at, i)
		for _, k := range e.keys {
			if _, known := keys[k]; !known {
				keys[k] = len(keys)
			}
			at, known := groups[group{e.bucket, k}]
			if !known {
				at = split.Cell(keys[k])
				groups[group{e.bucket, k}] = at
			}
			selected.add(split, at, i)
		}
	}
	parts, err := all.Parts(ctx)
	if err != nil {
		return err
	}
	for bucket, at := range buckets {
		if bucket != nil {
			bucket.sums = parts[at]
		}
	}
	if parts, err = split.Parts(ctx); err != nil {
		return err
	}
	for g, at := range groups {
		if g.bucket == nil {
			continue
		}
		g.bucket.groups[g.key].sums = parts[at]
	}
	return nil
}

// Buckets returns the buckets in time order, including empty ones: from the first to the last with events, and over the
// filter's time range, within the window, and the window if they are bounded.
func (b *BucketCounter) Buckets() ([]Bucket, error) {
	var all []Bucket
	if first, last, ok := b.bounds(); ok {
		for at := first; at <= last; {
			if len(all) >= MaxBuckets {
				return nil, tooManyBuckets(b.query.Interval)
			}
			end := edtf.InstantOf(edtf.NextBucket(at.Time().In(b.query.Zone), b.query.Interval))
			start, until := max(at, b.lo), min(end, b.hi)
			bucket := Bucket{Start: &start, End: &until}
			if t := b.buckets[at]; t != nil {
				t.fill(&bucket)
			}
			all = append(all, bucket)
			at = end
		}
	}
	if b.withoutStart != nil {
		var bucket Bucket
		b.withoutStart.fill(&bucket)
		bucket.Imprecise = bucket.Events
		all = append(all, bucket)
	}
	return all, nil
}

// bounds returns the starts of the first and the last bucket. ok is false if there are no buckets.
func (b *BucketCounter) bounds() (first, last edtf.Instant, ok bool) {
	first, last = edtf.EndOfTime, edtf.BeginningOfTime
	for start := range b.buckets {
		first, last = min(first, start), max(last, start)
	}
	start := func(i edtf.Instant) edtf.Instant {
		return edtf.InstantOf(edtf.BucketStart(i.Time().In(b.query.Zone), b.query.Interval))
	}
	if b.query.Filter != nil && b.query.Filter.Time != nil {
		r := b.query.Filter.Time
		if r.From != nil && r.From.Earliest.Bounded() {
			lo, _ := r.From.HullIn(b.query.Zone)
			first, last = min(first, start(lo)), max(last, start(lo))
		}
		if r.To != nil && r.To.Latest.Bounded() {
			_, hi := r.To.HullIn(b.query.Zone)
			first, last = min(first, start(hi-1)), max(last, start(hi-1))
		}
	}
	if b.lo.Bounded() {
		first = start(b.lo)
	}
	if b.hi.Bounded() {
		last = start(b.hi - 1)
	}
	return first, last, first <= last
}

func (t *bucketTally) fill(b *Bucket) {
	b.Events, b.Imprecise, b.Sums = t.events, t.imprecise, t.sums.Sums()
	for key, g := range t.groups {
		b.Groups = append(b.Groups, BucketGroup{key, g.events, g.sums.Sums()})
	}
	slices.SortFunc(b.Groups, func(x, y BucketGroup) int {
		return cmp.Or(cmp.Compare(y.Events, x.Events), cmp.Compare(x.Key, y.Key))
	})
}

func tooManyBuckets(i edtf.CalendarInterval) error {
	return kg.Errorf(kg.LimitExceeded,
		"the answer would have more than %d buckets of one %s: choose a wider interval or a shorter time", MaxBuckets, i)
}
