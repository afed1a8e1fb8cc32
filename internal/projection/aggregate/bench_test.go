package aggregate

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"testing"
	"time"

	"casus/internal/columns"
	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/sums"
	"casus/internal/store"
	"casus/internal/store/flight"
	"casus/internal/testkit/processor"
)

// madeStore is a store of made events, without anything but their streams. With histories, half of the events have two
// to four versions, and values that are not known for their whole lives.
type madeStore struct {
	Store
	events    int
	histories bool
}

func (s madeStore) Revision(context.Context) (int64, error) { return 1, nil }

func (s madeStore) id(n int) kg.ID { return kg.ID("event:made:" + strconv.Itoa(n)) }

// begin is the moment from which an event is known.
func (s madeStore) begin(n int) edtf.Instant { return edtf.Instant(n%1000) * day }

// versions is the number of versions of an event. Each but the last is known for hundred days.
func (s madeStore) versions(n int) int {
	if s.histories && n%2 == 0 {
		return 2 + n/2%3
	}
	return 1
}

func (s madeStore) EventRows(_ context.Context, _ []kg.ID, to store.EventRowSink) error {
	for n := range s.events {
		start := edtf.Instant(n*7919%3000) * day
		for v := range s.versions(n) {
			known := kg.Interval{KnownFrom: s.begin(n) + edtf.Instant(v*100)*day, KnownTo: edtf.EndOfTime}
			if v+1 < s.versions(n) {
				known.KnownTo = known.KnownFrom + 100*day
			}
			r := store.EventRow{
				Known: known, Time: edtf.Time{Earliest: start, Latest: start + day, Precision: edtf.PrecisionDay},
				Status: kg.ClaimStatuses.Values()[(n+v)%4], Category: kg.EventCategories.Values()[n%16],
				Modality: kg.ModalityOccurred,
				Sources:  kg.SourceCount{Voices: 1 + v},
			}
			if killed := n%7 + v; n%3 == 0 {
				r.Toll.Killed = &kg.Estimate{Low: &killed, Best: &killed, High: &killed, Agreed: true}
			}
			if err := to.Event(s.id(n), r); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s madeStore) FieldValues(_ context.Context, fields []store.FacetField, _ []kg.ID, yield store.FieldYield) error {
	for n := range s.events {
		for _, f := range fields {
			for v := range s.versions(n) {
				known := kg.Interval{KnownFrom: s.begin(n) + edtf.Instant(v*100)*day, KnownTo: edtf.EndOfTime}
				value := fmt.Sprint("location:", (n*31+v)%5000)
				if f == store.FieldPrecision {
					value = fmt.Sprint(n % 5)
				}
				yield(f, s.id(n), value, known)
			}
		}
	}
	return nil
}

func (s madeStore) ClaimMoments(
	_ context.Context, _ kg.IdentityMode, _ []kg.ID, yield func(kg.ID, edtf.Instant) error,
) error {
	for n := range s.events {
		for v := range s.versions(n) {
			if err := yield(s.id(n), s.begin(n)+edtf.Instant(v*100)*day); err != nil {
				return err
			}
		}
	}
	return nil
}

// Locations returns ten places for each filter.
func (s madeStore) Locations(context.Context, store.LocationQuery) ([]store.Page[kg.Location], error) {
	page := store.Page[kg.Location]{Items: make([]kg.Location, 10)}
	for n := range page.Items {
		page.Items[n].ID = kg.ID(fmt.Sprint("location:", 31*n))
	}
	return []store.Page[kg.Location]{page}, nil
}

func (s madeStore) MapPlaces(_ context.Context, yield func(kg.ID, store.MapPlace)) error {
	for n := range 5000 {
		at := kg.Point{Latitude: float64(n%180 - 90), Longitude: float64(n%360 - 180)}
		yield(kg.ID(fmt.Sprint("location:", n)), store.MapPlace{Point: at, Kind: kg.LocationCity})
	}
	return nil
}

// madeIndex returns an index of made events.
func madeIndex(tb testing.TB, events int, histories bool) *Index {
	reads := flight.New()
	tb.Cleanup(reads.Close)
	return New(madeStore{events: events, histories: histories}, reads, Options{})
}

// counts are the counts that the benchmarks measure, by name.
func counts(c *Index) map[string]func(context.Context, kg.View) error {
	some := &store.EventFilter{
		Categories: kg.EventCategories.Values()[:8],
		Place:      &store.PlaceFilter{Countries: []string{"location:31", "location:62"}},
	}
	buckets := func(f *store.EventFilter) func(context.Context, kg.View) error {
		return func(ctx context.Context, v kg.View) error {
			_, answered, err := c.Buckets(ctx, store.BucketQuery{View: v, Filter: f, Interval: edtf.IntervalMonth})
			if err == nil && !answered {
				err = kg.Errorf(kg.Internal, "not answered")
			}
			return err
		}
	}
	lanes := func(ctx context.Context, v kg.View) error {
		_, _, err := c.Buckets(ctx, store.BucketQuery{
			View: v, Interval: edtf.IntervalMonth, SplitBy: store.SplitByLocation, Possible: true,
		})
		return err
	}
	// The columns of nodes are read at the start of a server. All columns of the made store have the same values.
	of := func(f store.EventFilter) func(context.Context, kg.View) error {
		return func(ctx context.Context, v kg.View) error {
			if err := c.Load(ctx); err != nil {
				return err
			}
			return buckets(&f)(ctx, v)
		}
	}
	nodes := []kg.ID{"location:31"}
	return map[string]func(context.Context, kg.View) error{
		"of an actor":    of(store.EventFilter{Participants: []store.ParticipantFilter{{AnyOf: nodes}}}),
		"of a publisher": of(store.EventFilter{Publishers: nodes}),
		"of a claimant":  of(store.EventFilter{Claimants: nodes}),
		"within a place": of(store.EventFilter{Place: &store.PlaceFilter{Within: nodes}}),
		"near a point":   of(store.EventFilter{Place: &store.PlaceFilter{Near: &store.NearFilter{Latitude: 48, Km: 900}}}),
		"in a box":       of(store.EventFilter{Place: &store.PlaceFilter{Box: &store.BoxFilter{North: 60, East: 60}}}),
		"buckets":        buckets(nil),
		"filtered":       buckets(some),
		"lanes":          lanes,
		"knowledge": func(ctx context.Context, v kg.View) error {
			_, err := c.Knowledge(ctx, store.KnowledgeQuery{View: v, Interval: edtf.IntervalDay}, nil)
			return err
		},
		"extent": func(ctx context.Context, v kg.View) error {
			_, err := c.Extent(ctx, store.ExtentQuery{View: v}, nil)
			return err
		},
		"extent with bulk": func(ctx context.Context, v kg.View) error {
			_, err := c.Extent(ctx, store.ExtentQuery{View: v, Known: true, Bulk: true}, nil)
			return err
		},
		"clusters": func(ctx context.Context, v kg.View) error {
			_, err := c.Clusters(ctx, store.ClusterQuery{View: v, Zoom: 3, Sums: sums.Killed}, nil)
			return err
		},
		"facets": func(ctx context.Context, v kg.View) error {
			_, err := c.Facets(ctx, store.FacetQuery{
				View: v, Fields: []store.FacetField{store.FacetActor, store.FacetStatus}, Top: 10, Sums: sums.Killed,
			}, nil)
			return err
		},
		"columns": func(ctx context.Context, v kg.View) error {
			if err := c.Load(ctx); err != nil { // as a server has done
				return err
			}
			_, err := c.Columns(ctx, columns.Query{View: v, Fields: columns.Default()})
			return err
		},
	}
}

// madeMoment is a moment in the middle of the made histories.
func madeMoment() *edtf.Instant {
	m := 600 * day
	return &m
}

// BenchmarkCounts measures counts in the latest view and as of a moment, in processor time.
func BenchmarkCounts(b *testing.B) {
	for _, events := range []int{100_000, 400_000} {
		for _, histories := range []bool{false, true} {
			all := counts(madeIndex(b, events, histories))
			for _, name := range sortedNames(all) {
				for _, view := range []kg.View{{}, {KnownAt: madeMoment()}} {
					b.Run(fmt.Sprintf("%s/events=%d/histories=%t/moment=%t", name, events, histories, view.KnownAt != nil),
						func(b *testing.B) {
							if err := all[name](b.Context(), view); err != nil { // loads what it needs
								b.Fatal(err)
							}
							runtime.GC()
							began := processor.Time(b)
							for b.Loop() {
								if err := all[name](b.Context(), view); err != nil {
									b.Fatal(err)
								}
							}
							b.ReportMetric(float64(processor.Time(b)-began)/float64(b.N), "cpu-ns/op")
						})
				}
			}
		}
	}
}

// BenchmarkMemory measures the memory of an index with two list columns, in bytes for each event.
func BenchmarkMemory(b *testing.B) {
	for _, histories := range []bool{false, true} {
		b.Run(fmt.Sprint("histories=", histories), func(b *testing.B) {
			const events = 200_000
			heap := func() uint64 {
				runtime.GC()
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				return m.HeapAlloc
			}
			for b.Loop() {
				before := heap()
				c := madeIndex(b, events, histories)
				fields := []store.FacetField{store.FacetCountry, store.FieldOnMap}
				if _, err := c.withTable(b.Context(), fields, func(*table) error { return nil }); err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(heap()-before)/events, "B/event")
				runtime.KeepAlive(c)
			}
		})
	}
}

// TestKnownAtCost compares the processor times of the same counts as of a moment and in the latest view. There are
// twice as many versions as events.
func TestKnownAtCost(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: a measurement, which the race detector would distort")
	}
	const most = 4
	all := counts(madeIndex(t, 50_000, true))
	for _, name := range sortedNames(all) {
		var latest, then []time.Duration
		for range 15 {
			for view, took := range map[*edtf.Instant]*[]time.Duration{nil: &latest, madeMoment(): &then} {
				began := processor.Time(t)
				if err := all[name](t.Context(), kg.View{KnownAt: view}); err != nil {
					t.Fatal(err)
				}
				*took = append(*took, processor.Time(t)-began)
			}
		}
		ratio := float64(slices.Min(then)) / float64(slices.Min(latest))
		t.Logf("%s: %.1f times the latest view", name, ratio)
		if ratio > most {
			t.Errorf("%s as of a moment takes %.1f times as long as in the latest view; %d are allowed", name, ratio, most)
		}
	}
}
