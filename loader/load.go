// Package loader loads records into a store: records of the extraction format, or rows that a mapping turns into them.
// It decodes each record, checks it against the JSON Schema and the rules of the domain, derives missing ids, verifies
// quoted words against their document, resolves references and applies everything in batches. It works through its
// input in chunks, so a file of any size needs little memory. A record that cannot be loaded is reported as a Reject
// with its reason.
package loader

import (
	"context"
	"io"
	"io/fs"
	"time"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/loader/input"
	"casus/loader/mapping"
	"casus/loader/table"
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
	// Release is the data set release that the rows belong to, or nil. Only LoadRows uses it.
	Release *Release
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
	Scan(ctx context.Context, kind kg.NodeKind, after kg.ID, limit int) (store.ScanPage, error)
}

// Input is one file to load.
type Input = input.Input

// Files returns the inputs at the given paths, as input.Files does.
func Files(paths []string, stdin io.Reader) ([]Input, error) { return input.Files(paths, stdin) }

// FS returns inputs for files of a file system, in the given order.
func FS(fsys fs.FS, names []string) []Input { return input.FS(fsys, names) }

// Mapper turns rows into records.
type Mapper interface {
	// Key identifies the mapper. Loads by mappers with different keys have separate checkpoints.
	Key() string
	// Options describe the format of the rows.
	Options() table.Options
	// Map returns the records of a row. An error that is a *mapping.Fault names the place in the mapping.
	Map(row map[string]any) ([]mapping.Record, error)
	// Columns returns the columns that a place in the mapping reads.
	Columns(place string) []string
}

// Load loads inputs in the extraction format into a store. An interrupted load has applied whole batches; when it is
// started again with the same inputs and options, it resumes after the last completed chunk. The report is filled as
// far as the load came, even if it fails. It returns BAD_INPUT for inputs that cannot be read or too many rejects, and
// otherwise the store's errors.
func Load(ctx context.Context, st Store, inputs []Input, opt Options) (Report, error) {
	opt.Release = nil
	return newStream(st, nil, opt).run(ctx, inputs)
}

// LoadRows loads tables, or rows of JSON, through a mapper. The inputs are one load, because a release of a data set
// may consist of several files.
func LoadRows(ctx context.Context, st Store, m Mapper, inputs []Input, opt Options) (Report, error) {
	return newStream(st, m, opt).run(ctx, inputs)
}
