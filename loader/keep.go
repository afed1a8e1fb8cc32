package loader

import (
	"errors"
	"io"
	"math"
	"os"

	"casus/internal/kg"
)

// keep copies an input that can be read only once to a temporary file, so that it can be read again.
func (in *Input) keep() (*os.File, error) {
	from, err := in.Open()
	if err != nil {
		return nil, kg.Errorf(kg.BadInput, "cannot read %s: %w", in.Name, err)
	}
	kept, err := temporary("casus-input-*")
	if err != nil {
		return nil, errors.Join(err, from.Close())
	}
	if _, err := io.Copy(kept, from); err != nil {
		return kept, errors.Join(kg.Errorf(kg.Unavailable, "%s cannot be kept in a temporary file: %w", in.Name, err), from.Close())
	}
	in.Once = false
	in.Open = func() (io.ReadCloser, error) { return io.NopCloser(io.NewSectionReader(kept, 0, math.MaxInt64)), nil }
	return kept, from.Close()
}
