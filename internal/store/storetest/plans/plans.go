// Package plans tests that an engine finds what its statements need by indexes. It loads a store with 20,000 events,
// records the statements of every method of the contract, and has the engine explain each. A plan that reads a whole
// table, label or index fails the test, unless the engine's file of declared scans says why it may.
package plans

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/storetest"
)

// Scan is a step of a plan that reads everything of a kind.
type Scan struct {
	// Operator is the engine's name of the step.
	Operator string
	// Target is the table, label or index that is read.
	Target string
}

// Engine is the engine under test.
type Engine struct {
	// Store is empty, and Oracle is an empty store in memory.
	Store, Oracle store.Store
	// Package is the import path of the engine.
	Package string
	// Helpers are functions of the engine that run statements for others, and do not name a statement.
	Helpers []string
	// Slow is set for an engine that takes a tenth of a second to plan a query.
	Slow bool
	// Analyze brings the statistics of the engine up to date.
	Analyze func(ctx context.Context) error
	// Explain returns the scans in the plan of a statement, before and after Analyze. params are as the statement was
	// sent, or nil.
	Explain func(ctx context.Context, statement string, params any) ([]Scan, error)
}

// fillers are the parts of the large store, beside the sample that is queried.
const fillers = 20_000 / storetest.FillerEvents

// Test compares the scans in the plans of an engine with the declared ones of a file.
func Test(t *testing.T, e Engine, declared string) {
	r := newRecorder(e)
	sample := storetest.NewSample(1)
	records, decisions := sample.Batches()
	apply(t, t.Context(), e.Oracle, append(slices.Clone(records), decisions)...)
	queries := sample.Queries(t.Context(), e.Oracle)

	// Statements depend on whether nodes are merged, on how many claims are known, and on how common words are.
	apply(t, r.record(t), e.Store, records...)
	part, more := sample.Filler(0)
	apply(t, r.record(t), e.Store, part...)
	before, after := selectQueries(e, queries)
	run(t, e, r, before)
	apply(t, r.record(t), e.Store, decisions, more)
	run(t, e, r, after)
	apply(t, r.record(t), e.Store, sample.Later()...)
	for i := 1; i < fillers; i++ {
		part, more := sample.Filler(i)
		apply(t, t.Context(), e.Store, append(part, more)...)
	}
	run(t, e, r, slices.DeleteFunc(after, func(q storetest.Query) bool { return !q.HasText() }))
	r.checkMethods(t)

	found := map[declaration]example{}
	explain := func(when string) {
		for _, s := range r.statements {
			scans, err := e.Explain(t.Context(), s.text, s.params)
			if err != nil {
				t.Fatalf("explain %s: %v", s.text, err)
			}
			for _, scan := range scans {
				if d := (declaration{s.function, scan}); found[d].text == "" {
					found[d] = example{s.text, when}
				}
			}
		}
	}
	if !e.Slow { // a store that was never analyzed, as most are
		explain("without statistics")
	}
	if err := e.Analyze(t.Context()); err != nil {
		t.Fatal(err)
	}
	explain("with statistics")
	t.Logf("%d statements, %d scans", len(r.statements), len(found))
	compare(t, declared, found)
}

// apply applies batches. The recorder of ctx records the statements.
func apply(t *testing.T, ctx context.Context, s store.Store, batches ...kg.Batch) {
	t.Helper()
	for i, b := range batches {
		if _, err := s.Apply(ctx, b); err != nil {
			t.Fatalf("apply batch %d of %d: %v", i+1, len(batches), err)
		}
	}
}

// selectQueries returns the queries to run before nodes are merged, and those to run afterwards: all of them both
// times. For a slow engine it returns one of each name, half of them before, and no long ones, which take seconds to
// plan.
func selectQueries(e Engine, all []storetest.Query) (before, after []storetest.Query) {
	if !e.Slow {
		return all, slices.Clone(all)
	}
	const long = 400
	seen := map[string]bool{}
	for _, q := range all {
		switch {
		case q.Size > long || seen[q.Name]:
			continue
		case len(seen)%2 == 0:
			before = append(before, q)
		default:
			after = append(after, q)
		}
		seen[q.Name] = true
	}
	return before, after
}

// run records the statements of queries.
func run(t *testing.T, e Engine, r *recorder, queries []storetest.Query) {
	t.Helper()
	for _, q := range queries {
		if err := q.Run(r.record(t), e.Store); err != nil && kg.CodeOf(err) != kg.LimitExceeded {
			t.Fatalf("%s: %v", q.Name, err)
		}
	}
}

// unrecorded are the methods of the contract that may read everything, or send no statement.
var unrecorded = []string{
	"BuildDeferredIndexes", "Close", "Compact", "DropDeferredIndexes", "DropQueryIndexes", "FindDamage", "Properties",
}

// checkMethods fails if no statement of a method was recorded.
func (r *recorder) checkMethods(t *testing.T) {
	t.Helper()
	for method := range reflect.TypeFor[store.Store]().Methods() {
		if !r.methods[method.Name] && !slices.Contains(unrecorded, method.Name) {
			t.Errorf("no statement of %s was recorded: package storetest has no query that calls it", method.Name)
		}
	}
}

func (d declaration) String() string {
	return fmt.Sprintf("%s | %s %s", d.function, d.scan.Operator, d.scan.Target)
}
