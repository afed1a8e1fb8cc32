package bucket

import (
	"context"
	"maps"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// Knowledge counts what became known by bucket. Use NewKnowledge.
type Knowledge struct {
	*Calendar
	sparse  bool
	moment  edtf.Instant
	buckets map[edtf.Instant]*store.KnowledgeBucket
}

// NewKnowledge returns a counter for a query.
func NewKnowledge(q store.KnowledgeQuery) *Knowledge {
	calendar := NewCalendar(store.BucketQuery{Interval: q.Interval, Zone: q.Zone, Window: q.Window})
	return &Knowledge{calendar, q.Sparse, q.View.Moment(), map[edtf.Instant]*store.KnowledgeBucket{}}
}

// Version counts a version of an event that begins at a moment; first is set for the event's first one.
func (k *Knowledge) Version(from edtf.Instant, first bool) error {
	b, err := k.at(from)
	switch {
	case b == nil:
	case first:
		b.Appeared++
	default:
		b.Changed++
	}
	return err
}

// Claim counts a claim that became known at a moment.
func (k *Knowledge) Claim(from edtf.Instant) error {
	b, err := k.at(from)
	if b != nil {
		b.Claims++
	}
	return err
}

// at returns the bucket of a moment, or nil outside the window and after the view's moment. A bucket includes its end,
// not its start, so a claim of a day, which is known from the end of that day, is in that day's bucket.
func (k *Knowledge) at(moment edtf.Instant) (*store.KnowledgeBucket, error) {
	before := moment - 1
	if moment > k.moment || before < k.lo || before >= k.hi {
		return nil, nil
	}
	s := k.bucket(before)
	b := k.buckets[s.start]
	if b == nil {
		if len(k.buckets) >= store.MaxBuckets {
			return nil, tooMany(k.interval)
		}
		b = &store.KnowledgeBucket{Start: s.start, End: s.end}
		k.buckets[s.start] = b
	}
	return b, nil
}

// Buckets returns the buckets in time order. Unless the query is sparse they include empty ones: from the first to the
// last in which anything became known, and over the window if it is bounded.
func (k *Knowledge) Buckets() ([]store.KnowledgeBucket, error) {
	starts := slices.Sorted(maps.Keys(k.buckets))
	if !k.sparse {
		first, last := edtf.EndOfTime, edtf.BeginningOfTime
		if len(starts) > 0 {
			first, last = starts[0], starts[len(starts)-1]
		}
		all, err := k.series(first, last)
		if err != nil {
			return nil, err
		}
		starts = starts[:0]
		for _, s := range all {
			starts = append(starts, s.start)
			if k.buckets[s.start] == nil {
				k.buckets[s.start] = &store.KnowledgeBucket{Start: s.start, End: s.end}
			}
		}
	}
	var all []store.KnowledgeBucket
	for _, start := range starts {
		b := *k.buckets[start]
		b.Start, b.End = max(b.Start, k.lo), min(b.End, k.hi)
		all = append(all, b)
	}
	return all, nil
}

// Reader is the part of a store that CountKnowledge reads.
type Reader interface {
	store.LinkReader
	store.AggregateReader
}

// manySubjects is the number of events from which streams of all events are read.
const manySubjects = 5000

// CountKnowledge counts what became known, for a store without columns in memory. It begins again if identity classes
// change meanwhile; another write may be counted in part.
func CountKnowledge(ctx context.Context, r Reader, q store.KnowledgeQuery) ([]store.KnowledgeBucket, error) {
	if err := q.Window.Check(); err != nil {
		return nil, err
	}
	for {
		if all, err := countKnowledge(ctx, r, q); kg.CodeOf(err) != kg.Conflict {
			return all, err
		}
	}
}

func countKnowledge(ctx context.Context, r Reader, q store.KnowledgeQuery) ([]store.KnowledgeBucket, error) {
	selected, mode := map[kg.ID]edtf.Instant{}, q.Filter.InView(q.View).Identity // with the first moment
	if err := r.EventIDs(ctx, q.View, q.Filter, func(id kg.ID) error {
		selected[id] = edtf.EndOfTime
		return nil
	}); err != nil {
		return nil, err
	}
	subjects := []kg.ID{}
	if len(selected) > manySubjects {
		subjects = nil
	} else {
		subjects = slices.AppendSeq(subjects, maps.Keys(selected))
	}
	type version struct {
		event kg.ID
		from  edtf.Instant
	}
	var versions []version
	sink := store.LinkSink{
		State: func(event kg.ID, s store.LinkState) error {
			if first, wanted := selected[event]; wanted && s.KnownFrom < s.KnownTo {
				selected[event] = min(first, s.KnownFrom)
				versions = append(versions, version{event, s.KnownFrom})
			}
			return nil
		},
		Part:          func(kg.ID, kg.ID, kg.Interval) error { return nil },
		Participation: func(store.LinkParticipation) error { return nil },
		Affiliation:   func(store.LinkAffiliation) error { return nil },
	}
	if err := r.Links(ctx, mode, subjects, sink); err != nil {
		return nil, err
	}
	k := NewKnowledge(q)
	for _, v := range versions {
		if err := k.Version(v.from, v.from == selected[v.event]); err != nil {
			return nil, err
		}
	}
	if err := r.ClaimMoments(ctx, mode, subjects, func(event kg.ID, from edtf.Instant) error {
		if _, wanted := selected[event]; !wanted {
			return nil
		}
		return k.Claim(from)
	}); err != nil {
		return nil, err
	}
	return k.Buckets()
}
