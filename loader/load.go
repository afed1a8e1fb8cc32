// Package loader brings records into a store: in the extraction format, or made of rows by a mapping. It decodes them, checks
// each against the JSON Schema and the rules of the domain, gives ids to those that have none, verifies quoted words against
// their documents, resolves references, and applies everything in batches. It goes through its input in stretches, so that
// a file of any size needs little memory. What does not fit is a reject that says why; nothing is lost in silence.
package loader

import (
	"context"
	"io"
	"time"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/loader/mapping"
	"casus/loader/table"
)

// What Options say where they are left at zero.
const (
	DefaultBatchSize    = 5000
	DefaultChunkSize    = 5000
	DefaultRetryTimeout = 2 * time.Minute
)

// Options change how a load goes; the zero value is fine.
type Options struct {
	// ChunkSize is how many rows or records are read, checked and loaded together; 0: DefaultStretch.
	ChunkSize int
	// BatchSize is how many nodes and claims one transaction takes; 0: DefaultBatchSize.
	BatchSize int
	// KeepText stores documents' texts. Without it they are only used to verify words, and their hash is stored.
	KeepText bool
	// Restore loads what an export wrote as it was stored: texts are kept, and spans have the state that their records
	// give. Where a text is there, words that were verified must stand in it all the same.
	Restore bool
	// Published is when claims were published that have no date, neither of their own nor by document or release.
	Published *edtf.Time
	// Release is the dataset release that rows belong to; nil: none. LoadRows alone heeds it.
	Release *Release
	// Now is given to claims as the moment they are stored.
	Now edtf.Instant
	// Rejects, if given, takes every reject as a line of JSON.
	Rejects io.Writer
	// MaxRejects stops the load with BAD_INPUT when there come to be more; 0: never.
	MaxRejects int
	// RetryTimeout is how long a store that went away is waited for; 0: DefaultPatience.
	RetryTimeout time.Duration
	// BeforeDone, if given, is called when all is loaded, and before it is forgotten how far the load has come: one that is interrupted meanwhile
	// goes on from there.
	BeforeDone func(context.Context) error
	// Progress, if given, is told after every step.
	Progress func(Progress)
}

// Progress is how far a load has come: records or rows, and bytes of the files where their size is known.
type Progress struct {
	Stage       string
	Done        int64
	Bytes, Size int64
}

// Store is what a load needs of a kg.Store.
type Store interface {
	store.Writer
	Nodes(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.Node, error)
	Claims(ctx context.Context, q store.ClaimQuery) ([]store.Page[kg.Claim], error)
	Scan(ctx context.Context, kind kg.NodeKind, after kg.ID, limit int) (store.ScanPage, error)
}

// Mapper makes records of rows.
type Mapper interface {
	// Key names it: loads by mappers of different keys have nothing to do with one another.
	Key() string
	// Options say how the rows are written.
	Options() table.Options
	// Map gives what a row yields; an error that is a *mapping.Fault says where in the mapping.
	Map(row map[string]any) ([]mapping.Record, error)
	// Columns are those that a place in the mapping is made of.
	Columns(place string) []string
}

// Load loads inputs in the extraction format into a store. A load that is interrupted has applied whole batches; started
// again with the same inputs and options it goes on after the last stretch. The report is filled as far as the load came.
// Errors: BAD_INPUT for inputs that cannot be read at all or too many rejects, otherwise the store's.
func Load(ctx context.Context, st Store, inputs []Input, opt Options) (Report, error) {
	opt.Release = nil
	return newStream(st, nil, opt).run(ctx, inputs)
}

// LoadRows loads tables, or rows of JSON, as a mapper says. Inputs are one load: a newer release of a dataset may come in
// several files.
func LoadRows(ctx context.Context, st Store, m Mapper, inputs []Input, opt Options) (Report, error) {
	return newStream(st, m, opt).run(ctx, inputs)
}
