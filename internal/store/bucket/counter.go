package bucket

import (
	"cmp"
	"maps"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg/sums"
	"casus/internal/store"
)

// Counter counts events into buckets. Use NewCounter.
type Counter struct {
	*Calendar
	query        store.BucketQuery
	tallies      map[edtf.Instant]*tally // by the bucket's start
	withoutStart *tally
	possible     envelope
}

// tally is what a bucket counts.
type tally struct {
	end    edtf.Instant
	all    counts
	groups map[string]*counts
}

type counts struct {
	events, imprecise int
	sums              sums.Part
}

func (c *counts) add(events int, imprecise bool) {
	c.events += events
	if imprecise {
		c.imprecise += events
	}
}

// NewCounter returns a counter for a query. It uses the query's Filter.Time, SplitBy and Sparse, and its calendar.
func NewCounter(q store.BucketQuery) *Counter {
	return &Counter{
		Calendar: NewCalendar(q), query: q, tallies: map[edtf.Instant]*tally{},
		possible: envelope{groups: map[string]*spans{}},
	}
}

// Open makes the bucket of a place, if it is counted. It returns LIMIT_EXCEEDED for more than store.MaxBuckets buckets.
func (c *Counter) Open(p Place) error {
	_, err := c.open(p)
	return err
}

// open returns the bucket of a place, or nil outside the window.
func (c *Counter) open(p Place) (*tally, error) {
	switch {
	case !p.Counted:
		return nil, nil
	case !p.Dated:
		if c.withoutStart == nil {
			c.withoutStart = &tally{groups: map[string]*counts{}}
		}
		return c.withoutStart, nil
	}
	t := c.tallies[p.Start]
	if t == nil {
		if len(c.tallies) >= store.MaxBuckets {
			return nil, tooMany(c.interval)
		}
		t = &tally{end: p.End, groups: map[string]*counts{}}
		c.tallies[p.Start] = t
	}
	return t, nil
}

// Add counts events of a place with their part of the sums of all events.
func (c *Counter) Add(p Place, events int, part sums.Part) error {
	t, err := c.open(p)
	if err != nil {
		return err
	}
	if t != nil {
		t.all.add(events, p.Imprecise)
		t.all.sums = t.all.sums.Plus(part)
	}
	if p.MayLie {
		c.possible.all.add(p, events)
	}
	return nil
}

// AddGroup counts events of a place in a group, with their part of the group's sums.
func (c *Counter) AddGroup(p Place, key string, events int, part sums.Part) error {
	t, err := c.open(p)
	if err != nil {
		return err
	}
	if t != nil {
		g := t.group(key)
		g.add(events, p.Imprecise)
		g.sums = g.sums.Plus(part)
	}
	if p.MayLie {
		c.possible.group(key).add(p, events)
	}
	return nil
}

func (t *tally) group(key string) *counts {
	g := t.groups[key]
	if g == nil {
		g = &counts{}
		t.groups[key] = g
	}
	return g
}

// Buckets returns the buckets in time order. Unless the query is sparse they include empty ones: from the first to the
// last with events, and over the filter's time range, within the window, and the window if they are bounded.
func (c *Counter) Buckets() ([]store.Bucket, error) {
	spans, err := c.spans()
	if err != nil {
		return nil, err
	}
	var all []store.Bucket
	possible := c.possible.walk()
	for _, s := range spans {
		start, end := max(s.start, c.lo), min(s.end, c.hi)
		b := store.Bucket{Start: &start, End: &end}
		groups := c.tallies[s.start].fill(&b)
		possible.fill(&b, s.start, groups)
		b.Groups = Sorted(groups)
		all = append(all, b)
	}
	if t := c.withoutStart; t != nil {
		var b store.Bucket
		groups := t.fill(&b)
		b.Imprecise = b.Events
		for _, g := range groups {
			g.Imprecise = g.Events
		}
		b.Groups = Sorted(groups)
		all = append(all, b)
	}
	return all, nil
}

// spans returns the bounds of all buckets that have bounds, in order.
func (c *Counter) spans() (all []span, err error) {
	if c.query.Sparse {
		for _, start := range slices.Sorted(maps.Keys(c.tallies)) {
			all = append(all, span{start, c.tallies[start].end})
		}
		return all, nil
	}
	return c.series(c.bounds())
}

// bounds returns the starts of the first and the last bucket without a window. There are none if the first is after the
// last.
func (c *Counter) bounds() (first, last edtf.Instant) {
	first, last = edtf.EndOfTime, edtf.BeginningOfTime
	include := func(at edtf.Instant) {
		start := c.bucket(at).start
		first, last = min(first, start), max(last, start)
	}
	for start := range c.tallies {
		first, last = min(first, start), max(last, start)
	}
	if c.query.Filter != nil && c.query.Filter.Time != nil {
		r := c.query.Filter.Time
		if r.From != nil && r.From.Earliest.Bounded() {
			lo, _ := r.From.HullIn(c.zone)
			include(lo)
		}
		if r.To != nil && r.To.Latest.Bounded() {
			_, hi := r.To.HullIn(c.zone)
			include(hi - 1)
		}
	}
	return first, last
}

// fill sets the counts of a bucket and returns its groups by key. A nil tally is empty.
func (t *tally) fill(b *store.Bucket) map[string]*store.BucketGroup {
	groups := map[string]*store.BucketGroup{}
	if t == nil {
		return groups
	}
	b.Events, b.Imprecise, b.Sums = t.all.events, t.all.imprecise, t.all.sums.Sums()
	for key, g := range t.groups {
		made := NewGroup(key)
		made.Events, made.Imprecise, made.Sums = g.events, g.imprecise, g.sums.Sums()
		groups[key] = made
	}
	return groups
}

// NewGroup returns the empty group of a key.
func NewGroup(key string) *store.BucketGroup {
	if key == Others {
		return &store.BucketGroup{Others: true}
	}
	return &store.BucketGroup{Key: key}
}

// Sorted returns groups by their events, the largest first; that of all other values comes last.
func Sorted(groups map[string]*store.BucketGroup) (all []store.BucketGroup) {
	for _, g := range groups {
		all = append(all, *g)
	}
	slices.SortFunc(all, func(a, b store.BucketGroup) int {
		switch {
		case a.Others:
			return 1
		case b.Others:
			return -1
		}
		return cmp.Or(cmp.Compare(b.Events, a.Events), cmp.Compare(a.Key, b.Key))
	})
	return all
}
