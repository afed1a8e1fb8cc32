package loader

import (
	"context"
	"io"
	"sync"
	"time"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/record"
	"casus/internal/store"
	"casus/loader/input"
	"casus/loader/read"
	"casus/loader/report"
)

// Defaults of the Options.
const (
	DefaultBatchSize    = 5000
	DefaultChunkSize    = 2000
	DefaultRetryTimeout = 2 * time.Minute
)

// Options configure a load. The zero value is valid.
type Options struct {
	// ChunkSize is the number of rows or records that are read, checked and loaded together. 0 means DefaultChunkSize.
	ChunkSize int
	// BatchSize is the number of nodes and claims in one transaction. 0 means DefaultBatchSize.
	BatchSize int
	// KeepText stores the documents' texts. Without it they only serve to verify words, and their hash is stored.
	KeepText bool
	// Restore loads an export as it was stored: texts are stored, and spans have the state that their records state. If
	// a document's text is present, verified words must still be found in it.
	Restore bool
	// Published is the publication time of claims that have no date of their own, of their document or of their release.
	Published *edtf.Time
	// Lenient leaves a claim of an event or affiliation that is at fault out of its record. Without it the whole record is
	// rejected, which it still is if anything else in it is at fault, or if no claim is left.
	Lenient bool
	// Release is the data set release that the rows belong to, or nil. Only LoadRows uses it.
	Release *Release
	// Replace is the person in whose name the documents that the input changes are corrected: their stored claims that
	// the input lacks are forgotten, and a stored claim with the id of one of the input gets its content. If it is "", the
	// records of such documents are rejected.
	Replace string
	// ReplacesRuns are the models or programs, as extractions name them, whose claims about the documents of the input's
	// extracted claims are replaced, in the name of By. A claim is forgotten if these runs alone have made it, it is
	// neither reviewed nor corrected, and the input does not state it. Claims that such a load has forgotten are restored
	// if the input states them.
	ReplacesRuns []string
	By           string
	// Format is the name of the inputs' format in the ledger of loads. "" means the mapper's name, or casus.
	Format string
	// Unlisted leaves the load out of the ledger, as for a decision that a command writes.
	Unlisted bool
	// Now is the time at which claims are recorded.
	Now edtf.Instant
	// Rejects receives every reject as a line of JSON, if it is not nil.
	Rejects io.Writer
	// MaxRejects is the number of rejects that a load tolerates before it fails with BAD_INPUT. 0 means no limit.
	MaxRejects int
	// RetryTimeout is how long an unavailable store is retried. 0 means DefaultRetryTimeout.
	RetryTimeout time.Duration
	// BeforeDone, if not nil, is called when everything is loaded and before the checkpoint is deleted, so a load that
	// is interrupted in it resumes there.
	BeforeDone func(context.Context) error
	// BeforeRewrite, if not nil, is called before a load that will replace much of the store.
	BeforeRewrite func(context.Context) error
	// Progress, if not nil, is called after every step.
	Progress func(Progress)
}

// UnnamedRelease is the release of rows that state none.
const UnnamedRelease = "unnamed"

// Release is the data set release that rows belong to.
type Release struct {
	Dataset, Release string
	ReleasedAt       *edtf.Time
	// Partial is set if the input is only a part of the release, so that missing rows are not treated as removed.
	Partial bool
	// AllowEmpty allows a release without a row, and AllowRetract one that retracts more than half of another release.
	AllowEmpty, AllowRetract bool
}

// Progress is how far a load has come, in records or rows, and in bytes of the files if their size is known.
type Progress struct {
	Stage       string
	Done        int64
	Bytes, Size int64
}

// Store is the part of store.Store that a load needs.
type Store interface {
	store.Writer
	Properties() store.Properties
	Nodes(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.Node, error)
	Claims(ctx context.Context, q store.ClaimQuery) ([]store.Page[kg.Claim], error)
	ClaimsAbout(ctx context.Context, subjects []kg.ID) ([]kg.Claim, error)
	Curations(ctx context.Context, claims []kg.ID) ([]kg.Curation, error)
	Scan(ctx context.Context, kind kg.NodeKind, after kg.ID, limit int) (store.ScanPage, error)
}

// Input is one file to load.
type Input = input.Input

// Mapper turns rows into records.
type Mapper = read.Mapper

// Joiner is a Mapper of rows that depend on one another.
type Joiner = read.Joiner

// Report counts what happened to the records or rows of a load.
type Report = report.Report

// RowExample is a row that a report lists.
type RowExample = report.RowExample

// Reject is a record that was not loaded, and why.
type Reject = record.Reject

// withDefaults returns the options with defaults for missing ones, and with a Progress that is called by one goroutine
// at a time.
func (o Options) withDefaults() Options {
	if o.ChunkSize <= 0 {
		o.ChunkSize = DefaultChunkSize
	}
	if o.BatchSize <= 0 {
		o.BatchSize = DefaultBatchSize
	}
	if o.RetryTimeout <= 0 {
		o.RetryTimeout = DefaultRetryTimeout
	}
	report := o.Progress
	var mu sync.Mutex
	o.Progress = func(p Progress) {
		if report != nil {
			mu.Lock()
			defer mu.Unlock()
			report(p)
		}
	}
	return o
}

// exactView is the view in which a load reads the store: without identity decisions.
var exactView = kg.View{Identity: kg.IdentityExact}

// source returns the source of the nodes that the rows describe; the extraction format states it itself.
func (o Options) source() kg.Source {
	if o.Release == nil {
		return ""
	}
	return kg.DatasetSource(o.Release.Dataset)
}

// lookupSize is the number of ids in one lookup in the store, and of records in one page of a walk over it.
const lookupSize = 1000
