// Package check verifies that a store holds what it must: every invariant of the graph, from the form of ids to the
// states that follow from claims. It reads through kg.Store alone, so it holds every engine to the same rules.
package check

import (
	"context"
	"fmt"

	"casus/internal/kg"
	"casus/internal/store"
)

// Invariant names what a break is a break of.
type Invariant string

// The invariants, in the order in which docs/operations.md explains them.
const (
	// Record: ids, required values, vocabularies and bounds are those that kg.Batch.Check asks for.
	Record Invariant = "record"
	// Order: Scan lists each id once, by bytes, and of the asked kind.
	Order Invariant = "order"
	// Reference: whatever a record names is stored.
	Reference Invariant = "reference"
	// Circle: no place lies in itself, no document reprints itself, directly or through others.
	Circle Invariant = "circle"
	// Times: a time's bounds are those of its EDTF value.
	Times Invariant = "time"
	// Text: a kept text has its document's hash, and a verified span's words stand where it says.
	Text Invariant = "text"
	// Claims: a claim lies with its subject, in claim order, and is listed by itself too.
	Claims Invariant = "claim"
	// States: an event's versions are those that kg.Derive makes of its claims, one following on the other.
	States Invariant = "state"
	// Lifetimes: what withdrew a claim, and when, is what kg.Derive says.
	Lifetimes Invariant = "life"
	// Edges: edges are those that kg.Derive makes, and each one's claims list it and stood all the while.
	Edges Invariant = "edge"
	// Reading: nodes and edges read one by one are those that are stored.
	Reading Invariant = "reading"
	// Classes: what follows where nodes that are one are read as one is stored, and read so.
	Classes Invariant = "class"
	// Search: a node is found by its first name or title.
	Search Invariant = "search"
	// Counts: the statistics count what is there.
	Counts Invariant = "count"
)

// Break is one place where an invariant does not hold.
type Break struct {
	Invariant Invariant `json:"invariant"`
	// ID is the record concerned; empty where it is the store as a whole.
	ID      kg.ID  `json:"id,omitempty"`
	Problem string `json:"problem"`
}

// Report says what was looked at and what was found.
type Report struct {
	// Checked counts the records of each kind.
	Checked map[kg.NodeKind]int `json:"checked"`
	// Breaks are the first ones found, at most Options.MaxBreaks.
	Breaks []Break `json:"breaks"`
	// Broken counts all breaks, listed or not.
	Broken int `json:"broken"`
	// Contradictions are decisions of identity that others overrule by way of further nodes. They break no invariant.
	Contradictions []kg.IdentityConflict `json:"contradictions,omitempty"`
	// Evidence says what words the graph rests on, where Options.Evidence asks for it.
	Evidence *Evidence `json:"evidence,omitempty"`
}

// Options change how a check goes; the zero value is fine.
type Options struct {
	// MaxBreaks bounds the list of breaks; 0 is 1000.
	MaxBreaks int
	// PageSize is how many records are read at a time, which bounds the memory needed; 0 is 200.
	PageSize int
	// Evidence asks for the report's.
	Evidence bool
	// Progress, if there is one, is told after every page how many records of a kind were checked so far.
	Progress func(kind kg.NodeKind, checked int)
}

// Store is what a check needs of a kg.Store.
type Store interface {
	store.Reader
	store.Maintainer
}

// kinds is the order of the check. What others refer to comes first, so that few references are open at any time.
func kinds() []kg.NodeKind {
	return []kg.NodeKind{
		kg.KindRelease, kg.KindActor, kg.KindLocation, kg.KindDocument, kg.KindAffiliation, kg.KindEvent, kg.KindIdentity, kg.KindClaim,
	}
}

// Run checks a whole store. The error says that the check could not be finished; what is broken is in the report, which
// is filled as far as the check came. In memory it keeps a page of records, all identity decisions, and for every record
// stored a few bytes. A store that is written to meanwhile may show breaks that are none.
func Run(ctx context.Context, st Store, o Options) (Report, error) {
	if o.MaxBreaks == 0 {
		o.MaxBreaks = 1000
	}
	if o.PageSize == 0 {
		o.PageSize = 200
	}
	r := &run{
		store: st, options: o, report: Report{Checked: map[kg.NodeKind]int{}, Breaks: []Break{}},
		references: newReferences(), within: cycleFinder{}, reprints: cycleFinder{}, edges: map[store.EdgeType]int{}, datasets: map[kg.ID]string{},
		contents: map[uint64]uint64{}, withoutText: map[kg.ID]bool{}, evidence: newEvidence(),
	}
	if err := r.readDecisions(ctx); err != nil {
		return r.report, err
	}
	for _, kind := range kinds() {
		if err := r.scan(ctx, kind); err != nil {
			return r.report, fmt.Errorf("check %ss: %w", kind, err)
		}
	}
	r.references.eachUnresolved(func(by kg.ID, to kg.ID) { r.addBreak(Reference, by, "refers to %s, which is not stored", to) })
	r.within.eachCycle(func(id kg.ID) { r.addBreak(Circle, id, "lies in itself") })
	r.reprints.eachCycle(func(id kg.ID) { r.addBreak(Circle, id, "reprints itself") })
	r.evidence.TextsNotKept = len(r.withoutText)
	if o.Evidence {
		r.report.Evidence = r.evidence
	}
	return r.report, r.checkStats(ctx)
}

// run is one check.
type run struct {
	store   Store
	options Options
	report  Report

	references       *references
	within, reprints cycleFinder
	// identities are the nodes that are one, and datasets the releases' names: what voices depend on beside documents.
	identities kg.Identities
	datasets   map[kg.ID]string

	// states and edges count those that the statistics should count.
	states int
	edges  map[store.EdgeType]int
	// contents holds, by hash, what was found with the subjects: each claim's content.
	contents map[uint64]uint64
	evidence *Evidence
	// withoutText are documents that spans point into and whose text is not kept.
	withoutText map[kg.ID]bool
}

func (r *run) addBreak(what Invariant, id kg.ID, format string, args ...any) {
	r.report.Broken++
	if len(r.report.Breaks) < r.options.MaxBreaks {
		r.report.Breaks = append(r.report.Breaks, Break{what, id, fmt.Sprintf(format, args...)})
	}
}
