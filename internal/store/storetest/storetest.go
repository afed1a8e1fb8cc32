// Package storetest is the conformance suite of store.Store. Run tests a store on a small world whose expected
// results were worked out by hand; Differential compares it with another store on generated graphs. The suite depends
// on no store: a store's tests pass it a Harness.
package storetest

import (
	"slices"
	"testing"

	"casus/internal/store"
	"casus/internal/store/storetest/connections"
	"casus/internal/store/storetest/curation"
	"casus/internal/store/storetest/disagreements"
	"casus/internal/store/storetest/loads"
	"casus/internal/store/storetest/maps"
	"casus/internal/store/storetest/stances"
	"casus/internal/store/storetest/statements"
	"casus/internal/store/storetest/timeline"
	"casus/internal/testkit/seeds"
	"casus/internal/testkit/spellings"
)

// Harness creates and opens the store under test.
type Harness struct {
	// Name is the store's name in messages.
	Name string
	// New returns a new, empty store, which is closed by tb.Cleanup.
	New func(tb testing.TB) store.Store
	// Reopen closes a store and opens the stored data again. It is nil for stores that are not durable. The store it
	// returns is closed by tb.Cleanup.
	Reopen func(tb testing.TB, s store.Store) store.Store
	// OpenSecond opens the data of an open store a second time, as another process would. It is nil if that is
	// impossible. The store it returns is closed by tb.Cleanup.
	OpenSecond func(tb testing.TB, s store.Store) store.Store
	// Oracle returns a new, empty store to compare cached results with.
	Oracle func(tb testing.TB) store.Store
	// Slow is set for a store whose queries take about a tenth of a second. Tests that repeat queries then repeat fewer,
	// unless CASUS_SEEDS is set.
	Slow bool
	// Capabilities are the store's optional features.
	Capabilities Capabilities
}

// Decorated returns the harness of the same stores, each in a decorator.
func (h Harness) Decorated(name string, decorate func(store.Store) store.Store) Harness {
	put := func(tb testing.TB, s store.Store) store.Store {
		d := decorate(s)
		tb.Cleanup(func() { _ = d.Close() }) // a test may have closed it
		return d
	}
	inner := h
	h.Name = name
	h.New = func(tb testing.TB) store.Store { return put(tb, inner.New(tb)) }
	onInner := func(f func(testing.TB, store.Store) store.Store) func(testing.TB, store.Store) store.Store {
		if f == nil {
			return nil
		}
		return func(tb testing.TB, s store.Store) store.Store { return put(tb, f(tb, s.(store.Decorator).Unwrap())) }
	}
	h.Reopen, h.OpenSecond = onInner(inner.Reopen), onInner(inner.OpenSecond)
	return h
}

// Capabilities lists optional features of a store. A test that needs a missing one is skipped and names it.
type Capabilities struct {
	// Durable means that applied batches are still stored after Reopen.
	Durable bool
}

// fewer reports whether a test that repeats queries should repeat fewer of them.
func (h Harness) fewer() bool { return (h.Slow || testing.Short()) && !seeds.Many() }

// need skips a test if a capability is not declared.
func need(t *testing.T, h Harness, name string, declared bool) {
	t.Helper()
	if !declared {
		t.Skipf("%s does not declare the capability %s", h.Name, name)
	}
}

// Run runs every conformance test as a subtest.
func Run(t *testing.T, h Harness) {
	RunFilters(t, h)
	RunReads(t, h)
	RunOverviews(t, h)
	RunWrites(t, h)
	RunRefreshes(t, h)
}

// RunFilters runs the conformance tests of the filters of lists. They share one store that holds the world.
func RunFilters(t *testing.T, h Harness) {
	runReads(t, h, "filter", []testOn[store.Store]{
		{"EventFilters", testEventFilters},
		{"EventFiltersCombined", testEventFiltersCombined},
		{"ActorFilters", testActorFilters},
		{"LocationFilters", testLocationFilters},
		{"DocumentFilters", testDocumentFilters},
		{"ClaimFilters", testClaimFilters},
	})
}

// RunReads runs the conformance tests of nodes, their edges and their lists. They share one store that holds the world.
func RunReads(t *testing.T, h Harness) {
	runReads(t, h, "read", []testOn[store.Store]{
		{"Orders", testOrders},
		{"Paging", func(t *testing.T, s store.Store) { testPaging(t, s, h.fewer()) }},
		{"Windows", testWindows},
		{"Relations", testRelations},
		{"Knowledge", testKnowledge},
		{"Withdrawals", testWithdrawals},
		{"Search", testSearch},
		{"EventEdges", testEventEdges},
		{"EdgesKnownAt", testEdgesKnownAt},
		{"States", testStates},
		{"Affiliations", testAffiliations},
		{"Bounds", testBounds},
		{"Nodes", testNodes},
		{"Scan", testScan},
		{"Stats", testStats},
		{"Cancellation", testCancellation},
	})
}

// RunOverviews runs the conformance tests of aggregates and of the surroundings of an event. They share one store that
// holds the world.
func RunOverviews(t *testing.T, h Harness) {
	runReads(t, h, "overview", slices.Concat(counts, []testOn[store.Store]{
		{"Changes", testChanges},
		{"Links", testLinks},
		{"CoParticipants", testCoParticipants},
		{"FiltersKnownAt", testFiltersKnownAt},
		{"Aggregates", testAggregates},
		{"Around", testAround},
	}))
}

// RunCounts runs the tests of RunOverviews that read pages and aggregates of events, which a decorator may serve.
func RunCounts(t *testing.T, h Harness) { runReads(t, h, "count", counts) }

var counts = []testOn[store.Store]{
	{"Buckets", testBuckets},
	{"BucketsKnownAt", testBucketsKnownAt},
	{"Timeline", func(t *testing.T, s store.Store) { timeline.Test(t, s, noon(3), noon(8)) }},
	{"Prefetch", testPrefetch},
	{"PageRevisions", testPageRevisions},
	{"Extent", testExtent},
	{"Facets", testFacets},
	{"Clusters", testClusters},
	{"OverviewCounts", testOverviewCounts},
}

func runReads(t *testing.T, h Harness, group string, tests []testOn[store.Store]) {
	t.Run(group, func(t *testing.T) {
		s := h.New(t)
		load(t, s, world())
		runEach(t, s, "", tests)
	})
}

// RunWrites runs the conformance tests that write, each in a store of its own.
func RunWrites(t *testing.T, h Harness) {
	runEach(t, h, "write/", []testOn[Harness]{
		{"Connections", func(t *testing.T, h Harness) { connections.Test(t, h.New(t)) }},
		{"Disagreements", func(t *testing.T, h Harness) { disagreements.Test(t, h.New(t)) }},
		{"Stances", func(t *testing.T, h Harness) { stances.Test(t, h.New(t)) }},
		{"Statements", func(t *testing.T, h Harness) { statements.Test(t, h.New) }},
		{"Curation", func(t *testing.T, h Harness) { curation.Test(t, h.New) }},
		{"Maps", func(t *testing.T, h Harness) { maps.Test(t, h.New(t)) }},
		{"Idempotence", testIdempotence},
		{"Atomicity", testAtomicity},
		{"Conflicts", testConflicts},
		{"FieldConflicts", testFieldConflicts},
		{"LoadOrder", testLoadOrder},
		{"LateSyndication", testLateSyndication},
		{"LateIdentity", testLateIdentity},
		{"Identity", testIdentity},
		{"IdentityOtherConnection", testIdentityOtherConnection},
		{"IdentityContents", testIdentityContents},
		{"IdentityHub", testIdentityHub},
		{"LateSpans", testLateSpans},
		{"Removals", testRemovals},
		{"Moves", testMoves},
		{"ChangeKinds", testChangeKinds},
		{"ImpreciseTimes", testImpreciseTimes},
		{"CitedSources", testCitedSources},
		{"Checkpoint", testCheckpoint},
		{"Loads", func(t *testing.T, h Harness) { loads.Test(t, h.New) }},
		{"Cycles", testCycles},
		{"RecordBounds", testRecordBounds},
		{"LongSortKeys", testLongSortKeys},
		{"NegativeZero", testNegativeZero},
		{"DividedWords", testDividedWords},
		{"Spellings", func(t *testing.T, h Harness) { spellings.Check(t, h.New(t), h.fewer()) }},
		{"Chains", testChains},
		{"Concurrency", testConcurrency},
		{"Empty", testEmpty},
		{"Revisions", testRevisions},
		{"Durability", testDurability},
	})
}

// RunRefreshes runs the conformance tests that read the same results again after each of many writes, each in a store
// of its own.
func RunRefreshes(t *testing.T, h Harness) {
	runEach(t, h, "refresh/", []testOn[Harness]{
		{"OverviewIdentity", testOverviewIdentity},
		{"OverviewInvalidation", testOverviewInvalidation},
		{"OverviewsKnownAt", testOverviewsKnownAt},
		{"OverviewRefresh", testOverviewRefresh},
		{"NominalDays", testNominalDays},
		{"Maps", func(t *testing.T, h Harness) { maps.Test(t, h.New(t)) }},
		{"PrefetchRefresh", testPrefetchRefresh},
	})
}

// testOn is a test of a store, or of stores that a harness creates.
type testOn[T any] struct {
	name string
	test func(*testing.T, T)
}

func runEach[T any](t *testing.T, on T, prefix string, tests []testOn[T]) {
	for _, c := range tests {
		t.Run(prefix+c.name, func(t *testing.T) { c.test(t, on) })
	}
}
