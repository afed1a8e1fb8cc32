// Package check verifies every invariant of a stored graph, from the form of ids to the states that follow from claims.
// It uses only the store contract, so that the same rules hold for every engine.
package check

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"casus/internal/kg"
	"casus/internal/kg/merge"
	"casus/internal/store"
	"casus/internal/text"
)

// Invariant names a rule that the graph must meet.
type Invariant string

// The invariants, in the order in which docs/operations.md explains them.
const (
	// Storage: the engine finds no damage in its data and indexes, and every record can be read.
	Storage Invariant = "storage"
	// Record: ids, required values, vocabularies and bounds are as kg.Batch.Check requires.
	Record Invariant = "record"
	// Order: Scan returns each id once, in byte order, and only ids of the requested kind.
	Order Invariant = "order"
	// Reference: every id that a record refers to is stored.
	Reference Invariant = "reference"
	// Circle: no location lies within itself and no document reprints itself, directly or through others.
	Circle Invariant = "circle"
	// Times: a time's bounds are those of its EDTF value.
	Times Invariant = "time"
	// Values: a node's fields have the values that its sources and their dates decide.
	Values Invariant = "value"
	// Text: a stored text has its document's hash, and the words of a verified span are at its offsets.
	Text Invariant = "text"
	// Claims: a claim is stored with its subject, in claim order, and is in the list of claims.
	Claims Invariant = "claim"
	// States: an event's versions are the result of kg.Derive, without gaps.
	States Invariant = "state"
	// Lifetimes: what withdrew a claim, and when, is the result of kg.Derive.
	Lifetimes Invariant = "life"
	// Edges: edges are the result of kg.Derive. The claims of an edge list it, and were live as long as it holds.
	Edges Invariant = "edge"
	// Reading: nodes and edges read by id equal the stored ones.
	Reading Invariant = "reading"
	// Corrections: the graph has each corrected claim with the content of its latest correction, and no forgotten one;
	// each corrected field of a node has the value of its latest correction.
	Corrections Invariant = "correction"
	// Classes: histories of merged nodes are stored, and merged nodes are read by them.
	Classes Invariant = "class"
	// Search: a node is found by its first name or title.
	Search Invariant = "search"
	// Counts: the statistics equal the number of stored records.
	Counts Invariant = "count"
)

// Break is one place where an invariant does not hold.
type Break struct {
	Invariant Invariant `json:"invariant"`
	// ID is the record concerned; empty if it is the store as a whole.
	ID      kg.ID  `json:"id,omitempty"`
	Problem string `json:"problem"`
}

// Report is the result of a check.
type Report struct {
	// Checked counts the records of each kind.
	Checked map[kg.NodeKind]int `json:"checked"`
	// Breaks are the first ones found, at most Options.MaxBreaks.
	Breaks []Break `json:"breaks"`
	// Broken counts all breaks, listed or not.
	Broken int `json:"broken"`
	// Contradictions are identity decisions that others overrule through further nodes. They break no invariant.
	Contradictions []kg.IdentityConflict `json:"contradictions,omitempty"`
	// Withdrawals are the first withdrawals without effect, at most Options.MaxBreaks, and WithoutEffect counts all. They
	// break no invariant.
	Withdrawals   []kg.WithdrawalNote `json:"withdrawals,omitempty"`
	WithoutEffect int                 `json:"withoutEffect,omitempty"`
	// Undecided are the first values of nodes between which no rule decides, at most Options.MaxBreaks, and
	// UndecidedValues counts all. They break no invariant.
	Undecided       []kg.FieldConflict `json:"undecided,omitempty"`
	UndecidedValues int                `json:"undecidedValues,omitempty"`
	// Evidence reports how much of the graph rests on verified words; nil unless Options.Evidence is set.
	Evidence *Evidence `json:"evidence,omitempty"`
}

// Options configure a check; the zero value is valid.
type Options struct {
	// MaxBreaks bounds the list of breaks; 0 means 1000.
	MaxBreaks int
	// PageSize is the number of records read at a time, which bounds the memory needed; 0 means 200.
	PageSize int
	// Evidence adds Report.Evidence.
	Evidence bool
	// Progress, if set, is called after every page with the number of records of a kind checked so far.
	Progress func(kind kg.NodeKind, checked int)
}

// Store is the part of a store that a check needs.
type Store interface {
	store.Reader
	store.Maintainer
}

// kinds returns the kinds in the order of the check: referenced kinds first, so that few references are unresolved at
// any time.
func kinds() []kg.NodeKind {
	return []kg.NodeKind{
		kg.KindRelease, kg.KindActor, kg.KindLocation, kg.KindDocument,
		kg.KindAffiliation, kg.KindEvent, kg.KindIdentity, kg.KindClaim, kg.KindReview, kg.KindCorrection,
	}
}

// Run checks a whole store. An error means that the check could not finish; breaks are in the report, which then covers
// the part that was checked. It holds a page of records, all identity decisions and a few bytes per stored record in
// memory. Writes to the store during a check may cause false breaks.
func Run(ctx context.Context, st Store, o Options) (Report, error) {
	if o.MaxBreaks == 0 {
		o.MaxBreaks = 1000
	}
	if o.PageSize == 0 {
		o.PageSize = 200
	}
	r := &run{
		store:       st,
		options:     o,
		report:      Report{Checked: map[kg.NodeKind]int{}, Breaks: []Break{}},
		references:  newReferences(),
		within:      cycleFinder{},
		reprints:    cycleFinder{},
		releases:    map[kg.ID]kg.Release{},
		edges:       map[store.EdgeType]int{},
		contents:    map[uint64]uint64{},
		evidence:    newEvidence(),
		withoutText: map[kg.ID]bool{},
	}
	if err := r.findDamage(ctx); err != nil {
		return r.report, fmt.Errorf("look for damage: %w", err)
	}
	for _, read := range []func(context.Context) error{
		r.readDecisions, r.readReviews, r.readFieldCorrections, r.checkOriginals,
	} {
		if err := r.tolerate(ctx, "", read(ctx)); err != nil {
			return r.report, err
		}
	}
	for _, kind := range kinds() {
		if err := r.scan(ctx, kind); err != nil {
			return r.report, fmt.Errorf("check %ss: %w", kind, err)
		}
	}
	r.references.eachUnresolved(func(by, to kg.ID) {
		r.addBreak(Reference, by, "refers to %s, which is not stored", to)
	})
	if err := checkValues(ctx, r, merge.Releases, slices.Collect(maps.Values(r.releases))); err != nil {
		return r.report, err
	}
	r.within.eachCycle(func(id kg.ID) { r.addBreak(Circle, id, "lies within itself") })
	r.reprints.eachCycle(func(id kg.ID) { r.addBreak(Circle, id, "reprints itself") })
	r.evidence.TextsNotKept = len(r.withoutText)
	if o.Evidence {
		r.report.Evidence = r.evidence
	}
	return r.report, r.tolerate(ctx, "", r.checkStats(ctx))
}

// run is one check.
type run struct {
	store   Store
	options Options
	report  Report

	references       *references
	within, reprints cycleFinder
	// identities holds the identity classes, and releases all releases. Voices and codings depend on both.
	identities kg.Identities
	releases   map[kg.ID]kg.Release
	// reviews are the latest reviews of claims, documents and releases.
	reviews map[kg.ID]kg.Review
	// corrections are the corrections of fields, by node.
	corrections map[kg.ID][]kg.Correction

	// states and edges hold the counts that the statistics should have.
	states int
	edges  map[store.EdgeType]int
	// contents holds the hash of each claim found with its subject, by the hash of its id.
	contents map[uint64]uint64
	evidence *Evidence
	// positions are those of the text that was compared last.
	positions *text.Positions
	// withoutText holds the documents that spans point into and whose text is not stored.
	withoutText map[kg.ID]bool
}

// addBreak counts a break, and lists it up to Options.MaxBreaks.
func (r *run) addBreak(what Invariant, id kg.ID, format string, args ...any) {
	r.report.Broken++
	if len(r.report.Breaks) < r.options.MaxBreaks {
		r.report.Breaks = append(r.report.Breaks, Break{what, id, fmt.Sprintf(format, args...)})
	}
}
