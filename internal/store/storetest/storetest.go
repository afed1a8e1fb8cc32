// Package storetest is the conformance suite of kg.Store: what every store must do, asked of a small world whose answers
// were worked out by hand (Run), and of generated graphs, on which a store is compared with another (Differential). It
// knows no store; a store's tests hand it a Harness.
package storetest

import (
	"testing"

	"casus/internal/store"
	"casus/internal/testkit/seeds"
)

// Harness is how the suite gets at one store.
type Harness struct {
	// Name is the store's, for benchmarks and messages.
	Name string
	// New gives a fresh and empty store, closed by tb.Cleanup.
	New func(tb testing.TB) store.Store
	// Reopen closes a store and opens what it kept; nil where nothing is kept. Like New's, its store is closed by
	// tb.Cleanup.
	Reopen func(tb testing.TB, s store.Store) store.Store
	// Beside opens what another store has open, as another process would; nil where that cannot be. It is closed by tb.Cleanup.
	Beside func(tb testing.TB, s store.Store) store.Store
	// Slow is set for a store whose queries take a tenth of a second: tests that repeat themselves do so less, unless
	// many seeds are asked for.
	Slow bool
	// Capabilities are what the store promises beyond the contract.
	Capabilities Capabilities
}

// Capabilities are what a store may lack. A test that needs one skips with its name where it is not declared.
type Capabilities struct {
	// Durable: what was applied is there after Reopen.
	Durable bool
}

// fewer reports whether a test that repeats itself should do so less.
func (h Harness) fewer() bool { return (h.Slow || testing.Short()) && !seeds.Many() }

// need skips a test where a capability is not declared.
func need(t *testing.T, h Harness, name string, declared bool) {
	t.Helper()
	if !declared {
		t.Skipf("%s does not declare the capability %s", h.Name, name)
	}
}

// Run runs every conformance test as a subtest.
func Run(t *testing.T, h Harness) {
	RunReads(t, h)
	RunWrites(t, h)
}

// RunReads runs the conformance tests that only read. They share one store that holds the world.
func RunReads(t *testing.T, h Harness) {
	t.Run("read", func(t *testing.T) {
		s := h.New(t)
		load(t, s, world())
		for _, c := range []struct {
			name string
			test func(*testing.T, store.Store)
		}{
			{"EventFilters", testEventFilters},
			{"EventFiltersCombined", testEventFiltersCombined},
			{"ActorFilters", testActorFilters},
			{"LocationFilters", testLocationFilters},
			{"DocumentFilters", testDocumentFilters},
			{"ClaimFilters", testClaimFilters},
			{"Orders", testOrders},
			{"Paging", func(t *testing.T, s store.Store) { testPaging(t, s, h.fewer()) }},
			{"Windows", testWindows},
			{"Relations", testRelations},
			{"Knowledge", testKnowledge},
			{"Withdrawals", testWithdrawals},
			{"Search", testSearch},
			{"EventEdges", testEventEdges},
			{"EdgesAsKnownThen", testEdgesAsKnownThen},
			{"States", testStates},
			{"Changes", testChanges},
			{"Affiliations", testAffiliations},
			{"Links", testLinks},
			{"CoParticipants", testCoParticipants},
			{"Buckets", testBuckets},
			{"BucketsAsKnownThen", testBucketsAsKnownThen},
			{"FiltersAsKnownThen", testFiltersAsKnownThen},
			{"Prefetch", testPrefetch},
			{"PageRevisions", testPageRevisions},
			{"Bounds", testBounds},
			{"Aggregates", testAggregates},
			{"Extent", testExtent},
			{"Facets", testFacets},
			{"Clusters", testClusters},
			{"OverviewsAgree", testOverviewsAgree},
			{"Around", testAround},
			{"Nodes", testNodes},
			{"Scan", testScan},
			{"Stats", testStats},
			{"Cancelled", testCancelled},
		} {
			t.Run(c.name, func(t *testing.T) { c.test(t, s) })
		}
	})
}

// RunWrites runs the conformance tests that write, each in a store of its own.
func RunWrites(t *testing.T, h Harness) {
	for _, c := range []struct {
		name string
		test func(*testing.T, Harness)
	}{
		{"Idempotent", testIdempotent},
		{"Atomic", testAtomic},
		{"Contradiction", testContradiction},
		{"Disagreement", testDisagreement},
		{"OrderIndependent", testOrderIndependent},
		{"SyndicationLater", testSyndicationLater},
		{"IdentityLater", testIdentityLater},
		{"Identity", testIdentity},
		{"IdentityElsewhere", testIdentityElsewhere},
		{"IdentityContents", testIdentityContents},
		{"IdentityHub", testIdentityHub},
		{"OverviewsIdentity", testOverviewsIdentity},
		{"OverviewsFresh", testOverviewsFresh},
		{"FacetsAfterBuckets", testFacetsAfterBuckets},
		{"SpansLater", testSpansLater},
		{"ChangesOfEveryKind", testChangesOfEveryKind},
		{"ImpreciseTimes", testImpreciseTimes},
		{"Checkpoint", testCheckpoint},
		{"Revisions", testRevisions},
		{"BucketsFollow", testBucketsFollow},
		{"FacetsFollow", testFacetsFollow},
		{"PrefetchFollows", testPrefetchFollows},
		{"Loops", testLoops},
		{"Concurrent", testConcurrent},
		{"Empty", testEmpty},
		{"Durable", testDurable},
	} {
		t.Run("write/"+c.name, func(t *testing.T) { c.test(t, h) })
	}
}
