package input

import (
	"errors"
	"io"

	"casus/internal/kg"
	"casus/internal/spill"
)

// Buffer copies an input that can be read only once, and reads the copy from then on. It returns the copy, which the
// caller closes, or nil if the input can be read again.
func (in *Input) Buffer() (*spill.File, error) {
	if !in.ReadOnce {
		return nil, nil
	}
	from, err := in.Open()
	if err != nil {
		return nil, kg.Errorf(kg.BadInput, "cannot read %s: %w", in.Name, err)
	}
	buffered := spill.New("input", in.Name)
	if _, err := io.Copy(buffered, from); err != nil {
		err = kg.Errorf(kg.Unavailable, "cannot copy %s to a temporary file: %w", in.Name, err)
		return nil, errors.Join(err, buffered.Close(), from.Close())
	}
	in.ReadOnce = false
	in.Open = func() (io.ReadCloser, error) { return io.NopCloser(buffered.Reader()), nil }
	return buffered, from.Close()
}
