// Package read reads the rows of a load's inputs: records of the extraction format, and rows of tables or JSON that a
// mapping turns into records. Each row comes with its place, its text, and a function that makes its records.
package read

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"slices"
	"strconv"
	"strings"

	"casus/internal/kg"
	"casus/internal/spill"
	"casus/loader/entry"
	"casus/loader/input"
)

// Rows are the rows of a load's inputs. They can be read several times.
type Rows struct {
	inputs  []input.Input
	mapper  Mapper        // nil for the extraction format
	joins   *joinIndex    // nil if rows are independent
	buffers []*spill.File // copies of inputs that can be read only once
}

// NewRows returns the rows of inputs that a mapper makes records of. Without a mapper, the inputs are in the extraction
// format.
func NewRows(inputs []input.Input, m Mapper) *Rows {
	return &Rows{inputs: slices.Clone(inputs), mapper: m}
}

// Each calls yield with each row of all inputs. It writes the text of the rows to sum, if that is not nil.
func (r *Rows) Each(sum hash.Hash, yield func(entry.Source) error) error {
	j := newJoinPass(r.joins)
	for _, in := range r.inputs {
		if err := r.eachOf(in, j, sum, yield); err != nil {
			return errors.Join(err, j.finish(false))
		}
	}
	return j.finish(true)
}

func (r *Rows) eachOf(in input.Input, j *joinPass, sum hash.Hash, yield func(entry.Source) error) (err error) {
	rows, err := r.open(in)
	if err != nil {
		return err
	}
	defer func() {
		if e := rows.Close(); e != nil && err == nil {
			err = kg.Errorf(kg.BadInput, "cannot read %s: %w", in.Name, e)
		}
	}()
	var read []byte
	for {
		row, err := rows.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if sum != nil {
			read = append(append(strconv.AppendInt(read[:0], int64(len(row.Text)), 10), ':'), row.Text...)
			_, _ = sum.Write(read) // a hash never fails
		}
		row, complete, err := j.join(row)
		if err == nil && complete {
			err = yield(row)
		}
		if err != nil {
			return err
		}
	}
}

func (r *Rows) open(in input.Input) (reader, error) {
	if r.mapper != nil {
		return openRows(in, r.mapper)
	}
	return openRecords(in)
}

// Buffer copies inputs that can be read only once to temporary files.
func (r *Rows) Buffer() error {
	for i := range r.inputs {
		buffer, err := r.inputs[i].Buffer()
		if err != nil {
			return err
		}
		if buffer != nil {
			r.buffers = append(r.buffers, buffer)
		}
	}
	return nil
}

// Names returns the names of the inputs.
func (r *Rows) Names() []string {
	names := make([]string, len(r.inputs))
	for i, in := range r.inputs {
		names[i] = in.Name
	}
	return names
}

// ReadOnce reports whether an input can be read only once.
func (r *Rows) ReadOnce() bool {
	return slices.ContainsFunc(r.inputs, func(in input.Input) bool { return in.ReadOnce })
}

// Close removes temporary files.
func (r *Rows) Close() error {
	var err error
	for _, b := range r.buffers {
		err = errors.Join(err, b.Close())
	}
	return err
}

// errStop ends Each early.
var errStop = errors.New("enough rows were read")

// PrefixHash returns the hash of the first rows, or "" if there are fewer.
func (r *Rows) PrefixHash(ctx context.Context, rows int) (string, error) {
	sum := sha256.New()
	n := 0
	err := r.Each(sum, func(entry.Source) error {
		if n++; n == rows {
			return errStop
		}
		return ctx.Err()
	})
	if errors.Is(err, errStop) {
		return hex.EncodeToString(sum.Sum(nil)), nil
	}
	return "", err
}

// IsEmpty reports whether there is no row. Inputs that can be read only once are buffered.
func (r *Rows) IsEmpty(ctx context.Context) (bool, error) {
	if err := r.Buffer(); err != nil {
		return false, err
	}
	err := r.Each(nil, func(entry.Source) error { return errStop })
	if errors.Is(err, errStop) {
		return false, nil
	}
	return err == nil && ctx.Err() == nil, err
}

// Progress returns how many bytes of the inputs were read, and their size. Both are 0 if the size is unknown.
func (r *Rows) Progress() (done, size int64) {
	for _, in := range r.inputs {
		if in.Size == 0 {
			return 0, 0
		}
		done, size = done+in.Position(), size+in.Size
	}
	return done, size
}

// AddWarnings adds the warnings about a row that can be read to a list.
func AddWarnings(list []input.Warning, row entry.Source) []input.Warning {
	if row.Fault == nil && (strings.Contains(row.Text, "\uFFFD") || hasEscapedReplacement(row.Text)) {
		list = input.AddWarning(list, input.Warning{
			Reason: input.ReplacementReason, Count: 1, File: row.File, Line: row.Line,
		})
	}
	return list
}

// hasEscapedReplacement reports whether JSON has the replacement character as an escape.
func hasEscapedReplacement(text string) bool {
	return strings.HasPrefix(text, "{") && (strings.Contains(text, `\ufffd`) || strings.Contains(text, `\uFFFD`))
}
