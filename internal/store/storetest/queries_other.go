package storetest

import (
	"context"
	"slices"
	"time"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// addOthers adds all queries other than lists of nodes.
func (a *queryGenerator) addOthers() {
	for range 25 {
		a.search()
	}
	for range 15 {
		a.coParticipants()
		a.aggregates()
	}
	for range 25 {
		a.buckets()
	}
	a.overviews()
	for bit := kg.WantParticipations; bit <= kg.WantFigures; bit <<= 1 {
		a.edges(bit)
	}
	for range 6 {
		a.edges(everyEdge)
		a.edges(kg.EdgeSet(a.IntN(int(everyEdge) + 1)))
	}
	for range 6 {
		a.states()
	}
	for range 8 {
		a.changes()
	}
	for range 10 {
		a.affiliations()
	}
	for range 6 {
		a.links()
	}
	for range 6 {
		a.nodesByID()
	}
}

// addQuery adds a query whose result is a list.
func addQuery[T any](
	a *queryGenerator, name string, query any, run func(context.Context, store.Store) ([]T, error), found func(T) int,
) {
	a.queries = append(a.queries,
		testQuery{name, query, func(ctx context.Context, s store.Store) (any, error) { return run(ctx, s) },
			func(result any) int {
				return sum(result.([]T), found)
			}})
}

func sum[T any](items []T, count func(T) int) int {
	n := 0
	for _, i := range items {
		n += count(i)
	}
	return n
}

func itemsIn[T any](p store.Page[T]) int { return len(p.Items) }

func (a *queryGenerator) search() {
	q := store.SearchQuery{View: a.view(a.random), Text: a.searchText(), Total: a.chance(60),
		Window: store.Window{Limit: store.MaxPageSize}}
	if a.chance(30) {
		q.Types = randomValues(a.random, 3, store.NodeTypes.Values())
	}
	if all, err := a.oracle.Search(a.ctx, q); err == nil {
		q.Window = a.window(all.Positions)
	}
	addQuery(a, "search", q, func(ctx context.Context, s store.Store) ([]store.Page[store.Hit], error) {
		p, err := s.Search(ctx, q)
		return []store.Page[store.Hit]{p}, err
	}, itemsIn)
}

func (a *queryGenerator) coParticipants() {
	q := store.CoParticipantQuery{
		View: a.view(a.random), Actors: randomValues(a.random, 4, append(a.known[kg.KindActor], "actor:unknown")),
		Total:  a.chance(60),
		Window: store.Window{Limit: store.MaxPageSize}, Filter: a.optionalFilter(),
	}
	if a.chance(30) {
		q.Roles = filterValues(a.random, 6, kg.ParticipantRoles.Values())
	}
	if all, err := a.oracle.CoParticipants(a.ctx, q); err == nil {
		q.Window = a.window(all[0].Positions)
	}
	addQuery(a, "co-participants", q, func(ctx context.Context, s store.Store) ([]store.Page[store.CoParticipant], error) {
		pages, err := s.CoParticipants(ctx, q)
		for i := range pages {
			pages[i].Revision = 0
		}
		return pages, err
	}, itemsIn)
}

// aggregates reads the streams of some events, or of all.
func (a *queryGenerator) aggregates() {
	var subjects []kg.ID
	if a.chance(60) {
		subjects = randomValues(a.random, 6, append(a.known[kg.KindEvent], "event:nothing"))
	}
	addQuery(a, "aggregates", subjects, func(ctx context.Context, s store.Store) ([]string, error) {
		return aggregateLines(ctx, s, subjects)
	}, func(string) int { return 1 })
}

// optionalFilter returns a normalized filter of events, or nil.
func (a *queryGenerator) optionalFilter() *store.EventFilter {
	if a.chance(50) {
		return nil
	}
	filter := a.eventFilter(a.random, 1)
	if a.chance(20) {
		filter.Identity = ref(pick(a.random, kg.IdentityModes.Values()))
	}
	f, err := filter.Normalize()
	if err != nil {
		panic(err) // a bug of the suite
	}
	return f
}

func (a *queryGenerator) buckets() {
	// Half of the queries have a time range that stays below the limit of buckets.
	f := &store.EventFilter{}
	if filter := a.optionalFilter(); filter != nil {
		f = filter
	}
	if a.chance(50) {
		f.Time = between("2025-02", "2025-04", pick(a.random, store.Certainties.Values()))
	}
	q := store.BucketQuery{View: a.view(a.random), Filter: f, Interval: pick(a.random, edtf.CalendarIntervals()),
		SplitBy: pick(a.random, append(store.BucketSplits.Values(), "")), Sums: pick(a.random, sumSets),
		Top: pick(a.random, []int{0, 1, 2, 5}), Sparse: a.chance(30), Possible: a.chance(50)}
	if a.chance(30) {
		r := between("2025-02-11", "2025-03", store.Possibly)
		q.Window = &store.BucketWindow{From: r.From, To: pick(a.random, []*edtf.Time{nil, r.To})}
	}
	zone := pick(a.random, zones())
	if a.chance(70) {
		q.Zone, _ = time.LoadLocation(zone) // an unknown zone is UTC for both stores
	}
	addQuery(a, "buckets", struct {
		store.BucketQuery
		Zone string
	}{q, q.Zone.String()}, func(ctx context.Context, s store.Store) ([]store.Bucket, error) { return s.Buckets(ctx, q) },
		func(b store.Bucket) int { return b.Events + len(b.Groups) })
}

func (a *queryGenerator) edges(want kg.EdgeSet) {
	view, events := a.view(a.random), randomValues(a.random, 10, append(a.known[kg.KindEvent], "event:unknown"))
	addQuery(a, "edges", struct {
		View   kg.View
		Want   kg.EdgeSet
		Events []kg.ID
	}{view, want, events}, func(ctx context.Context, s store.Store) ([]kg.EventEdges, error) {
		return s.EventEdges(ctx, view, want, events)
	},
		edgesIn)
}

func edgesIn(e kg.EventEdges) int {
	return len(e.Participations) + len(e.Locations) + len(e.Wholes) + len(e.RespondsTo) + len(e.Responses) +
		len(e.Announces) + len(e.AnnouncedBy) + len(e.Figures)
}

func (a *queryGenerator) affiliations() {
	q := store.AffiliationQuery{View: a.view(a.random), Actors: randomValues(a.random, 6,
		append(a.known[kg.KindActor], "actor:unknown")), At: optional(a.random, 50, *a.time())}
	if a.chance(40) {
		q.Types = filterValues(a.random, 3, kg.AffiliationTypes.Values()[:4])
	}
	read := func(ctx context.Context, s store.Store) ([][]kg.Affiliation, error) { return s.Affiliations(ctx, q) }
	addQuery(a, "affiliations", q, read, func(list []kg.Affiliation) int { return len(list) })
}

func (a *queryGenerator) nodesByID() {
	var from []kg.ID
	for _, kind := range kg.NodeKinds.Values() {
		from = slices.Concat(from, a.known[kind])
	}
	view, ids := a.view(a.random), randomValues(a.random, 30, append(from, "event:unknown"))
	addQuery(a, "nodes", struct {
		View kg.View
		IDs  []kg.ID
	}{view, ids}, func(ctx context.Context, s store.Store) ([]kg.Node, error) { return s.Nodes(ctx, view, ids) },
		func(n kg.Node) int {
			if n == nil {
				return 0
			}
			return 1
		})
}

// tools and models are of extractions. Some have JSON in their names, and "" is no model.
func tools() []string  { return []string{"extract", "early", `{"tool":"extract"}`} }
func models() []string { return []string{"", "qwen3", `<,"model":"qwen3">`, `a\"`} }

// extractions returns one or two extractions, of a day in March, one of them perhaps by the named model.
func extractions(model string, day int) []kg.Extraction {
	all := []kg.Extraction{{Tool: tools()[day%3], Model: models()[day%4], At: noon(day)}}
	if day%2 == 0 {
		all = append(all, kg.Extraction{Tool: tools()[day/2%3], Model: model})
	}
	return kg.SortExtractions(all)
}

// provenance generates lists of claims and events by extractions and codings, and counts of such events.
func (a *queryGenerator) provenance() {
	claims := listing[store.ClaimFilter, store.ClaimOrder, kg.Claim]{"claims", store.Store.Claims,
		[]store.ClaimOrder{{}, {Direction: store.Desc}}, []field[store.ClaimFilter]{
			{"coding", func(_ *graph, d random, f *store.ClaimFilter) {
				f.Coding = filterValues(d, 2, kg.Codings.Values())
			}},
			{"extraction", func(_ *graph, d random, f *store.ClaimFilter) { f.Extraction = d.extractionFilter() }},
			{"extraction and others", func(g *graph, d random, f *store.ClaimFilter) {
				f.Extraction = d.extractionFilter()
				pick(d, claimFields()).set(g, d, f)
			}},
		}, map[store.Relation]kg.NodeKind{store.DocumentClaims: kg.KindDocument, store.SubjectClaims: kg.KindEvent}}
	claims.generate(a)
	events := listing[store.EventFilter, store.EventOrder, kg.Event]{"events", store.Store.Events, []store.EventOrder{
		{Field: store.EventsByTime}, {Field: store.EventsByTime, Direction: store.Desc},
	}, []field[store.EventFilter]{
		{"extraction", func(_ *graph, d random, f *store.EventFilter) { f.Extraction = d.extractionFilter() }},
		{"not of an extraction", func(g *graph, d random, f *store.EventFilter) {
			f.Not = &store.EventFilter{Extraction: d.extractionFilter()}
			pick(d, eventFields()).set(g, d, f)
		}},
	}, nil}
	events.generate(a)
	for range 4 {
		q := store.ExtentQuery{View: a.view(a.random), Filter: &store.EventFilter{Extraction: a.extractionFilter()},
			Known: a.chance(50)}
		addQuery(a, "extent of extractions", q, func(ctx context.Context, s store.Store) ([]store.Extent, error) {
			x, err := s.Extent(ctx, q)
			return []store.Extent{x}, err
		}, func(x store.Extent) int { return x.Events })
	}
}

func (d random) extractionFilter() *store.ExtractionFilter {
	var f store.ExtractionFilter
	if d.chance(50) {
		f.Tools = filterValues(d, 2, append(tools(), "none"))
	}
	if d.chance(50) {
		f.Models = filterValues(d, 3, append(models(), d.phrase(1), "none"))
	}
	return &f
}
