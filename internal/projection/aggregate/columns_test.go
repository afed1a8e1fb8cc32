package aggregate

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"casus/internal/columns"
	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/flight"
	"casus/internal/store/memory"
	"casus/internal/store/storetest"
	"casus/internal/testkit/seeds"
)

// TestColumns compares the columns of random views and filters with the events, edges and facets of the store, after
// every batch of generated graphs. The index is loaded before some graphs, and with it the order of pages.
func TestColumns(t *testing.T) {
	events, placed, asOf := 0, 0, 0
	all := seeds.For(t, 4)
	for _, seed := range all {
		t.Run(fmt.Sprint("seed=", seed), func(t *testing.T) {
			d := rand.New(rand.NewPCG(seed, 9))
			s, reads := memory.New(), flight.New()
			defer reads.Close()
			index := New(s, reads, Options{})
			if seed%2 == 0 {
				if err := index.Load(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			batches, decisions := storetest.GeneratedBatches(seed, false)
			var moments []edtf.Instant
			for i, b := range append(batches, decisions) {
				if i == len(batches) {
					b = withStored(t, s, b)
				}
				if _, err := s.Apply(t.Context(), b); err != nil {
					t.Fatal(err)
				}
				for _, c := range b.Claims {
					moments = append(moments, c.KnownFrom())
				}
				for range 4 {
					q := columns.Query{Fields: columns.Fields.Values()}
					if d.IntN(3) > 0 && len(moments) > 0 {
						q.View.KnownAt = &moments[d.IntN(len(moments))]
					}
					filters := countedFilters()
					q.Filter = filters[sortedNames(filters)[d.IntN(len(filters))]]
					found, places := compareColumns(t, s, index, q)
					events, placed = events+found, placed+places
					if q.View.KnownAt != nil {
						asOf += found
					}
				}
			}
		})
	}
	if n := len(all); events < 75*n || placed < 12*n || asOf < 25*n {
		t.Errorf("only %d events were compared, %d with a place and %d as of a moment", events, placed, asOf)
	}
}

// row is what a store and an index say about an event.
type row struct {
	ID                                   kg.ID
	Start, End, Length                   string
	Nominal, KnownFrom                   string
	Precision, Floats                    string
	Category, Status, Modality, Mode     string
	Killed                               [3]string
	Documents, Publishers, Voices, Datas int64
	Place                                string
	Point                                *kg.Point
}

// compareColumns compares the columns of a query with the store, and returns the events and how many have a place.
func compareColumns(t *testing.T, s *memory.Store, index *Index, q columns.Query) (events, placed int) {
	t.Helper()
	found, err := index.Columns(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	got := rowsOf(q.Fields, found)
	want := storedRows(t, s, q)
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("filter %+v as of %v (-store +columns):\n%s", q.Filter, q.View.KnownAt, diff)
	}
	compareLists(t, s, q, found)
	for _, r := range got {
		if r.Place != "" {
			placed++
		}
	}
	return len(got), placed
}

// rowsOf returns the rows of columns.
func rowsOf(fields []columns.Field, found columns.Table) []row {
	all := make([]row, found.Events)
	of := func(f columns.Field) columns.Column { return found.Columns[slices.Index(fields, f)] }
	number := func(f columns.Field, i int) string {
		if n := of(f).Numbers[i]; n != columns.Missing {
			return fmt.Sprint(n)
		}
		return "none"
	}
	word := func(f columns.Field, i int) string {
		if c := of(f); c.Codes[i] != columns.NoCode {
			return c.Words[c.Codes[i]]
		}
		return ""
	}
	for i := range all {
		all[i] = row{
			ID: of(columns.ID).Texts[i], Start: number(columns.Start, i), End: number(columns.End, i),
			Length: number(columns.Length, i), Nominal: number(columns.Nominal, i),
			KnownFrom: number(columns.KnownFrom, i), Precision: word(columns.Precision, i), Floats: word(columns.Floats, i),
			Category: word(columns.Category, i), Status: word(columns.Status, i), Modality: word(columns.Modality, i),
			Mode:      word(columns.Mode, i),
			Killed:    [3]string{number(columns.KilledLow, i), number(columns.Killed, i), number(columns.KilledHigh, i)},
			Documents: of(columns.DocumentCount).Numbers[i], Publishers: of(columns.PublisherCount).Numbers[i],
			Voices: of(columns.VoiceCount).Numbers[i], Datas: of(columns.DatasetCount).Numbers[i],
			Place: word(columns.Place, i),
		}
		if c := of(columns.Place); c.Codes[i] != columns.NoCode {
			all[i].Point = &c.Points[c.Codes[i]]
		}
	}
	return all
}

// storedRows returns the rows of a store's events.
func storedRows(t *testing.T, s *memory.Store, q columns.Query) (all []row) {
	t.Helper()
	pages, err := s.Events(t.Context(), store.EventQuery{
		View: q.View, Filter: q.Filter, Window: store.Window{Limit: store.MaxPageSize},
	})
	if err != nil {
		t.Fatal(err)
	}
	if pages[0].HasNext {
		t.Fatal("the graph has more events than a page")
	}
	var ids []kg.ID
	for _, e := range pages[0].Items {
		ids = append(ids, e.ID)
	}
	edges, err := s.EventEdges(t.Context(), q.View, kg.WantLocations, ids)
	if err != nil {
		t.Fatal(err)
	}
	states, err := s.States(t.Context(), q.View, ids)
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range pages[0].Items {
		r := storedRow(t, s, q.View, e, edges[i])
		r.KnownFrom = fmt.Sprint(states[i][len(states[i])-1].KnownFrom.Time().UnixMilli())
		all = append(all, r)
	}
	return all
}

func storedRow(t *testing.T, s *memory.Store, v kg.View, e kg.Event, edges kg.EventEdges) row {
	t.Helper()
	r := row{
		ID: e.ID, Start: "none", End: "none", Length: "none", Nominal: "none", Precision: string(e.Time.Precision),
		Category: string(e.Category), Status: string(e.Status), Modality: string(e.Modality), Mode: e.Mode,
		Documents: int64(e.Sources.Documents), Publishers: int64(e.Sources.Publishers), Voices: int64(e.Sources.Voices),
		Datas: int64(e.Sources.Datasets), Killed: [3]string{"none", "none", "none"},
	}
	if e.Time.Earliest.Bounded() {
		r.Start = fmt.Sprint(e.Time.Earliest.Time().UnixMilli())
	}
	if e.Time.Latest.Bounded() {
		r.End = fmt.Sprint(e.Time.Latest.Time().UnixMilli())
	}
	if e.Time.Earliest.Bounded() && e.Time.Latest.Bounded() {
		r.Length = fmt.Sprint(e.Time.Latest.Time().Sub(e.Time.Earliest.Time()).Milliseconds())
	}
	if day := e.Nominal.Start(); day != nil {
		r.Nominal = fmt.Sprint(day.Time().UnixMilli())
	}
	r.Floats = map[[2]bool]string{{true, false}: "START", {false, true}: "END", {true, true}: "BOTH"}[[2]bool{
		e.Time.EarliestFloats, e.Time.LatestFloats,
	}]
	if k := e.Toll.Killed; k != nil {
		for i, n := range []*int{k.Low, k.Best, k.High} {
			if n != nil {
				r.Killed[i] = fmt.Sprint(*n)
			}
		}
	}
	for _, l := range edges.Locations {
		nodes, err := s.Nodes(t.Context(), v, []kg.ID{l.Location})
		if err != nil {
			t.Fatal(err)
		}
		if place, ok := nodes[0].(kg.Location); ok && place.Point != nil {
			r.Place, r.Point = string(l.Location), place.Point
			break
		}
	}
	return r
}

// compareLists compares how often the values of lists occur with the store's facets.
func compareLists(t *testing.T, s *memory.Store, q columns.Query, found columns.Table) {
	t.Helper()
	for i, f := range q.Fields {
		facet, ok := f.List()
		if !ok || f == columns.Place {
			continue
		}
		c, got := found.Columns[i], map[string]int{}
		for e := range found.Events {
			list := c.Lists[c.Bounds[e]:c.Bounds[e+1]]
			for _, code := range list {
				got[c.Words[code]]++
			}
			if len(list) == 0 {
				got[""]++
			}
		}
		facets, err := s.Facets(t.Context(), store.FacetQuery{
			View: q.View, Filter: q.Filter, Fields: []store.FacetField{facet}, Top: store.MaxFacetGroups,
		})
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]int{}
		for _, g := range facets[0].Groups {
			want[g.Key] = g.Events
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%s (-store +columns):\n%s", f, diff)
		}
	}
}

func TestColumnsRefuse(t *testing.T) {
	exact := kg.View{Identity: kg.IdentityExact}
	if _, err := madeIndex(t, 10, false).Columns(t.Context(), columns.Query{View: exact}); kg.CodeOf(err) != kg.BadInput {
		t.Errorf("EXACT: %v", err)
	}
	const made = 1000
	many := madeIndex(t, made, false)
	q := columns.Query{Fields: []columns.Field{columns.Start}}
	if found, err := many.Columns(t.Context(), q); err != nil || found.Events != made {
		t.Errorf("one field: %d events, %v", found.Events, err)
	}
	q.Fields = slices.Repeat(q.Fields, columns.MaxValues/made+1)
	if _, err := many.Columns(t.Context(), q); kg.CodeOf(err) != kg.LimitExceeded {
		t.Errorf("too many values: %v", err)
	}
}

// TestMaxEvents bounds indexes of ten events: the store has to count what a smaller one is asked for.
func TestMaxEvents(t *testing.T) {
	for most, want := range map[int]bool{9: false, 10: true, 11: true} {
		reads := flight.New()
		t.Cleanup(reads.Close)
		c := New(madeStore{events: 10}, reads, Options{MaxEvents: most})
		_, answered, err := c.Buckets(t.Context(), store.BucketQuery{Interval: edtf.IntervalMonth})
		if err != nil || answered != want {
			t.Errorf("at most %d: answered %t, %v", most, answered, err)
		}
		_, err = c.Columns(t.Context(), columns.Query{Fields: []columns.Field{columns.Start}})
		if (err == nil) != want || err != nil && kg.CodeOf(err) != kg.LimitExceeded {
			t.Errorf("columns of at most %d: %v", most, err)
		}
	}
}
