package store

import (
	"casus/internal/edtf"
	"casus/internal/kg"
	"cmp"
	"slices"
	"time"
)

// MaxBuckets bounds how many buckets an answer has.
const MaxBuckets = 5000

// Bucket counts the events that begin in one stretch of the calendar. Start and End are nil for the one bucket, last,
// of events without a start.
type Bucket struct {
	Start, End *edtf.Instant
	Events     int
	// Imprecise counts those of them that may lie outside the bucket.
	Imprecise int
	// Killed sums the tolls of events that have no parts, so that a whole and its parts never count twice.
	Killed *kg.Estimate
	Groups []BucketGroup
}

// BucketGroup is one part of a bucket. Key is a value of the split, an id where the split is by nodes (ADMIN1,
// PUBLISHER, CLAIMANT); "" is the events without any.
type BucketGroup struct {
	Key    string
	Events int
	Killed *kg.Estimate
}

// BucketRow is what a store gives of one event for counting.
type BucketRow struct {
	Time     edtf.Time
	Killed   *kg.Estimate
	HasParts bool
	// Keys are the event's values of the split, distinct; an event counts in each of them.
	Keys []string
}

// BucketCounter counts events into buckets. The zero value is not usable; see NewBucketer.
type BucketCounter struct {
	query   BucketQuery
	buckets map[edtf.Instant]*tally
	noStart *tally
}

type tally struct {
	end               edtf.Instant
	events, imprecise int
	killed            *kg.Estimate
	groups            map[string]*BucketGroup
}

// NewBucketCounter counts for one query. It uses its Filter's Time, Interval, SplitBy and Zone; no Zone is UTC.
func NewBucketCounter(q BucketQuery) *BucketCounter {
	if q.Zone == nil {
		q.Zone = time.UTC
	}
	return &BucketCounter{query: q, buckets: map[edtf.Instant]*tally{}}
}

// Add counts one event, in the bucket of its earliest instant. It fails when there come to be more than MaxBuckets.
func (b *BucketCounter) Add(row BucketRow) error { return b.AddN(row, 1) }

// AddN counts some events that have all in common but their tolls, of which row has the sum (see Estimate.Plus).
func (b *BucketCounter) AddN(row BucketRow, events int) error {
	earliest, latest := row.Time.HullIn(b.query.Zone)
	var t *tally
	if !earliest.Bounded() {
		if b.noStart == nil {
			b.noStart = &tally{groups: map[string]*BucketGroup{}}
		}
		t = b.noStart
	} else {
		local := earliest.Time().In(b.query.Zone)
		start := edtf.InstantOf(edtf.BucketStart(local, b.query.Interval))
		if t = b.buckets[start]; t == nil {
			if len(b.buckets) >= MaxBuckets {
				return tooManyBuckets(b.query.Interval)
			}
			t = &tally{end: edtf.InstantOf(edtf.NextBucket(local, b.query.Interval)), groups: map[string]*BucketGroup{}}
			b.buckets[start] = t
		}
		if latest > t.end {
			t.imprecise += events
		}
	}
	t.events += events
	killed := row.Killed
	if row.HasParts {
		killed = nil
	}
	t.killed = t.killed.Plus(killed)
	if b.query.SplitBy == "" {
		return nil
	}
	keys := row.Keys
	if len(keys) == 0 {
		keys = []string{""}
	}
	for _, k := range keys {
		g := t.groups[k]
		if g == nil {
			g = &BucketGroup{Key: k}
			t.groups[k] = g
		}
		g.Events += events
		g.Killed = g.Killed.Plus(killed)
	}
	return nil
}

// Buckets lists the buckets in time order, empty ones among them: from the first to the last that has events, and over
// the filter's time range where that is bounded.
func (b *BucketCounter) Buckets() ([]Bucket, error) {
	var all []Bucket
	if first, last, ok := b.span(); ok {
		for at := first; at <= last; {
			if len(all) >= MaxBuckets {
				return nil, tooManyBuckets(b.query.Interval)
			}
			end := edtf.InstantOf(edtf.NextBucket(at.Time().In(b.query.Zone), b.query.Interval))
			start := at
			bucket := Bucket{Start: &start, End: &end}
			if t := b.buckets[at]; t != nil {
				t.fill(&bucket)
			}
			all = append(all, bucket)
			at = end
		}
	}
	if b.noStart != nil {
		var bucket Bucket
		b.noStart.fill(&bucket)
		bucket.Imprecise = bucket.Events
		all = append(all, bucket)
	}
	return all, nil
}

// span is the start of the first and of the last bucket.
func (b *BucketCounter) span() (first, last edtf.Instant, ok bool) {
	first, last = edtf.EndOfTime, edtf.BeginningOfTime
	for start := range b.buckets {
		first, last = min(first, start), max(last, start)
	}
	if b.query.Filter != nil && b.query.Filter.Time != nil {
		r := b.query.Filter.Time
		start := func(i edtf.Instant) edtf.Instant {
			return edtf.InstantOf(edtf.BucketStart(i.Time().In(b.query.Zone), b.query.Interval))
		}
		if r.From != nil && r.From.Earliest.Bounded() {
			lo, _ := r.From.HullIn(b.query.Zone)
			first, last = min(first, start(lo)), max(last, start(lo))
		}
		if r.To != nil && r.To.Latest.Bounded() {
			_, hi := r.To.HullIn(b.query.Zone)
			first, last = min(first, start(hi-1)), max(last, start(hi-1))
		}
	}
	return first, last, first <= last
}

func (t *tally) fill(b *Bucket) {
	b.Events, b.Imprecise, b.Killed = t.events, t.imprecise, t.killed
	for _, g := range t.groups {
		b.Groups = append(b.Groups, *g)
	}
	slices.SortFunc(b.Groups, func(x, y BucketGroup) int {
		return cmp.Or(cmp.Compare(y.Events, x.Events), cmp.Compare(x.Key, y.Key))
	})
}

func tooManyBuckets(i edtf.CalendarInterval) error {
	return kg.Errorf(kg.LimitExceeded, "the answer would have more than %d buckets of one %s: choose a wider interval or a shorter time", MaxBuckets, i)
}
