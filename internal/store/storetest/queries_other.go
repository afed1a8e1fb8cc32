package storetest

import (
	"context"
	"slices"
	"time"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// others asks what is no list of nodes.
func (a *asking) others() {
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

// about adds a question; the answer is a list, or a page.
func about[T any](a *asking, name string, query any, ask func(context.Context, store.Store) ([]T, error), found func(T) int) {
	a.questions = append(a.questions, question{name, query, func(ctx context.Context, s store.Store) (any, error) { return ask(ctx, s) }, func(answer any) int {
		return sum(answer.([]T), found)
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

func (a *asking) search() {
	q := store.SearchQuery{View: a.view(a.dice), Text: a.query(), Total: a.chance(60), Window: store.Window{Limit: store.MaxPageSize}}
	if a.chance(30) {
		q.Types = few(a.dice, 3, store.NodeTypes())
	}
	if all, err := a.oracle.Search(a.ctx, q); err == nil {
		q.Window = a.window(all.Positions)
	}
	about(a, "search", q, func(ctx context.Context, s store.Store) ([]store.Page[store.Hit], error) {
		p, err := s.Search(ctx, q)
		return []store.Page[store.Hit]{p}, err
	}, itemsIn)
}

func (a *asking) coParticipants() {
	q := store.CoParticipantQuery{
		View: a.view(a.dice), Actors: few(a.dice, 4, append(a.known[kg.KindActor], "actor:nobody")), Total: a.chance(60),
		Window: store.Window{Limit: store.MaxPageSize}, Filter: a.someFilter(),
	}
	if a.chance(30) {
		q.Roles = listed(a.dice, 6, kg.ParticipantRoles())
	}
	if all, err := a.oracle.CoParticipants(a.ctx, q); err == nil {
		q.Window = a.window(all[0].Positions)
	}
	about(a, "co-participants", q, func(ctx context.Context, s store.Store) ([]store.Page[store.CoParticipant], error) {
		pages, err := s.CoParticipants(ctx, q)
		for i := range pages {
			pages[i].Revision = 0
		}
		return pages, err
	}, itemsIn)
}

// aggregates asks for the streams of some events, or of all.
func (a *asking) aggregates() {
	var subjects []kg.ID
	if a.chance(60) {
		subjects = few(a.dice, 6, append(a.known[kg.KindEvent], "event:nothing"))
	}
	about(a, "aggregates", subjects, func(ctx context.Context, s store.Store) ([]string, error) {
		return aggregatesOf(ctx, s, subjects)
	}, func(string) int { return 1 })
}

// someFilter is a normalized filter of events, or none.
func (a *asking) someFilter() *store.EventFilter {
	if a.chance(50) {
		return nil
	}
	given := a.eventFilter(a.dice, 1)
	if a.chance(20) {
		given.Identity = ref(pick(a.dice, kg.IdentityModes()))
	}
	f, err := given.Normalize()
	if err != nil {
		panic(err) // a fault of the suite, not of a store
	}
	return f
}

func (a *asking) buckets() {
	// Most questions ask for a time in which the buckets are few enough.
	f := &store.EventFilter{}
	if given := a.someFilter(); given != nil {
		f = given
	}
	if a.chance(50) {
		f.Time = between("2025-02", "2025-04", pick(a.dice, store.Certainties()))
	}
	q := store.BucketQuery{View: a.view(a.dice), Filter: f, Interval: pick(a.dice, edtf.CalendarIntervals()), SplitBy: pick(a.dice, append(store.BucketSplits(), ""))}
	zone := pick(a.dice, zones())
	if a.chance(70) {
		q.Zone, _ = time.LoadLocation(zone) // a zone that is not there is UTC for both stores
	}
	about(a, "buckets", struct {
		store.BucketQuery
		Zone string
	}{q, q.Zone.String()}, func(ctx context.Context, s store.Store) ([]store.Bucket, error) { return s.Buckets(ctx, q) },
		func(b store.Bucket) int { return b.Events + len(b.Groups) })
}

func (a *asking) edges(want kg.EdgeSet) {
	view, events := a.view(a.dice), few(a.dice, 10, append(a.known[kg.KindEvent], "event:nobody"))
	about(a, "edges", struct {
		View   kg.View
		Want   kg.EdgeSet
		Events []kg.ID
	}{view, want, events}, func(ctx context.Context, s store.Store) ([]kg.EventEdges, error) {
		return s.EventEdges(ctx, view, want, events)
	},
		edgesIn)
}

func edgesIn(e kg.EventEdges) int {
	return len(e.Participations) + len(e.Locations) + len(e.Wholes) + len(e.RespondsTo) + len(e.Responses) + len(e.Announces) + len(e.AnnouncedBy) + len(e.Figures)
}

func (a *asking) affiliations() {
	q := store.AffiliationQuery{View: a.view(a.dice), Actors: few(a.dice, 6, append(a.known[kg.KindActor], "actor:nobody")), At: sometimes(a.dice, 50, *a.time())}
	if a.chance(40) {
		q.Types = listed(a.dice, 3, kg.AffiliationTypes()[:4])
	}
	about(a, "affiliations", q, func(ctx context.Context, s store.Store) ([][]kg.Affiliation, error) { return s.Affiliations(ctx, q) },
		func(list []kg.Affiliation) int { return len(list) })
}

func (a *asking) nodesByID() {
	var from []kg.ID
	for _, kind := range kg.NodeKinds() {
		from = slices.Concat(from, a.known[kind])
	}
	view, ids := a.view(a.dice), few(a.dice, 30, append(from, "event:nobody"))
	about(a, "nodes", struct {
		View kg.View
		IDs  []kg.ID
	}{view, ids}, func(ctx context.Context, s store.Store) ([]kg.Node, error) { return s.Nodes(ctx, view, ids) }, func(n kg.Node) int {
		if n == nil {
			return 0
		}
		return 1
	})
}
