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

	"casus/loader/input"
	"casus/loader/mapping"
	"casus/loader/read"
	"casus/loader/report"
)

// Files returns the inputs at the given paths, as input.Files does.
func Files(paths []string, stdin io.Reader) ([]Input, error) { return input.Files(paths, stdin) }

// FS returns inputs for files of a file system, in the given order.
func FS(fsys fs.FS, names []string) []Input { return input.FS(fsys, names) }

// NewReport returns an empty report.
func NewReport() Report { return report.New() }

// DetectMapping returns the embedded mapping for an input, or nil if it is in the extraction format. An input that can
// be read only once can still be read from its start. A table that no mapping matches is BAD_INPUT.
func DetectMapping(in *Input) (*mapping.Mapping, error) { return read.DetectMapping(in) }

// HasEntities reports whether the first object of an input is a FollowTheMoney entity. An input that can be read only
// once can still be read from its start.
func HasEntities(in *Input) (bool, error) { return read.HasEntities(in) }

// EachRow calls yield with the records of each row, or with the error of a row that has none. It loads nothing and
// serves to try a mapping. It stops at the first error that yield returns.
func EachRow(in Input, m Mapper, yield func([]mapping.Record, error) error) error {
	return read.EachRow(in, m, yield)
}

// FirstRows returns the columns and the first n rows of a table that no mapping matches, or fewer if these are large.
func FirstRows(in Input, encoding string, n int) (columns []string, rows []map[string]any, err error) {
	return read.FirstRows(in, encoding, n)
}

// Load loads inputs in the extraction format into a store. An interrupted load has applied whole batches; when it is
// started again with the same inputs and options, it resumes after the last completed chunk. The report is filled as
// far as the load came, even if it fails. It returns BAD_INPUT for inputs that cannot be read or too many rejects, and
// otherwise the store's errors.
func Load(ctx context.Context, st Store, inputs []Input, opt Options) (Report, error) {
	opt.Release = nil
	return run(ctx, st, nil, inputs, opt)
}

// LoadRows loads tables, or rows of JSON, through a mapper. The inputs are one load, because a release of a data set
// may consist of several files.
func LoadRows(ctx context.Context, st Store, m Mapper, inputs []Input, opt Options) (Report, error) {
	return run(ctx, st, m, inputs, opt)
}
