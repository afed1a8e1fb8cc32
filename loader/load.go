// Package loader brings records in the extraction format into a store: it decodes them, checks each against the JSON Schema
// and the rules of the domain, gives ids to those that have none, verifies quoted words against their documents, resolves
// references, and applies everything in batches. What does not fit is a reject that says why; nothing is lost in silence.
package loader

import (
	"context"
	"io"

	"casus/internal/kg"
)

// DefaultBatchSize is how many nodes and claims one transaction takes where Options does not say.
const DefaultBatchSize = 500

// Options change how a load goes; the zero value is fine.
type Options struct {
	// BatchSize is how many nodes and claims one transaction takes; 0: DefaultBatchSize.
	BatchSize int
	// KeepText stores documents' texts. Without it they are only used to verify words, and their hash is stored.
	KeepText bool
	// Published is when claims were published that have no date, neither of their own nor by document or release.
	Published *kg.Time
	// Release is the dataset release that rows of tables belong to; nil: none. LoadRows alone heeds it.
	Release *Release
	// Now is given to claims as the moment they are stored.
	Now kg.Instant
	// Rejects, if given, takes every reject as a line of JSON.
	Rejects io.Writer
	// MaxRejects stops the load with BAD_INPUT when there come to be more; 0: never.
	MaxRejects int
	// Progress, if given, is told after every step.
	Progress func(Progress)
}

// Progress is how far a load has come: records read, or nodes and claims loaded.
type Progress struct {
	Stage       string
	Done, Total int64
}

// Store is what a load needs of a kg.Store.
type Store interface {
	kg.Writer
	Nodes(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.Node, error)
	Scan(ctx context.Context, kind kg.NodeKind, after kg.ID, limit int) (kg.Scanned, error)
}

// Load loads inputs into a store. A load that is interrupted has applied whole batches; started again with the same inputs
// and options it goes on after them. The report is filled as far as the load came. Errors: BAD_INPUT for inputs that
// cannot be read at all or too many rejects, otherwise the store's.
func Load(ctx context.Context, store Store, inputs []Input, opt Options) (Report, error) {
	if opt.BatchSize <= 0 {
		opt.BatchSize = DefaultBatchSize
	}
	if opt.Progress == nil {
		opt.Progress = func(Progress) {}
	}
	l := &load{store: store, options: opt, report: newReport(), gone: map[kg.ID]raw{}}
	if err := l.run(ctx, inputs); err != nil {
		return l.report, err
	}
	return l.report, nil
}

// loadRecords loads records that were read already, under a key of their own.
func loadRecords(ctx context.Context, store Store, key string, records []readRecord, opt Options) (Report, error) {
	if opt.BatchSize <= 0 {
		opt.BatchSize = DefaultBatchSize
	}
	l := &load{store: store, options: opt, report: newReport(), gone: map[kg.ID]raw{}, key: key}
	for _, r := range records {
		if err := l.take(r); err != nil {
			return l.report, err
		}
	}
	err := l.finish(ctx)
	return l.report, err
}

// load is one Load under way.
type load struct {
	store   Store
	options Options
	report  Report
	key     string // names the load to the store's checkpoints
	items   []*item
	known   known
	// stored are the releases that the store had before.
	stored map[kg.ID]kg.Release
	// gone are ids that rejected records would have given.
	gone map[kg.ID]raw
	// late are rejects that only the store could find.
	late []Reject
}

// item is one record of the input and what it comes to.
type item struct {
	raw
	id     kg.ID // the node's, or the subject's
	batch  kg.Batch
	says   []said // claims to be made
	echoes []echo // what other records say of it too
	dead   bool   // rejected, or wholly an echo of others
}

func (l *load) run(ctx context.Context, inputs []Input) error {
	if err := l.read(ctx, inputs); err != nil {
		return err
	}
	return l.finish(ctx)
}

// finish loads what was read.
func (l *load) finish(ctx context.Context) error {
	for _, step := range []func(context.Context) error{l.agreeOnNodes, l.know, l.makeClaims, l.keepSpans, l.agreeOnClaims, l.refer, l.unite} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return l.apply(ctx, ordered(l.items))
}

// reject drops a record and says why.
func (l *load) reject(it *item, r Reject) error {
	it.dead = true
	for _, id := range it.would() {
		l.gone[id] = it.raw
	}
	return l.report.reject(r.at(it.raw), l.options)
}
