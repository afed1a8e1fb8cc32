package loader

import (
	"errors"
	"io"
	"math"
	"os"

	"casus/internal/kg"
)

// bufferInputs copies inputs that can be read only once to temporary files.
func (s *stream) bufferInputs(inputs []Input) error {
	for i := range inputs {
		if inputs[i].ReadOnce {
			kept, err := bufferInput(&inputs[i])
			s.tempFiles = append(s.tempFiles, kept)
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// bufferInput copies an input that can be read only once to a temporary file, and opens that file from then on.
func bufferInput(in *Input) (*os.File, error) {
	from, err := in.Open()
	if err != nil {
		return nil, kg.Errorf(kg.BadInput, "cannot read %s: %w", in.Name, err)
	}
	kept, err := createTemp("casus-input-*")
	if err != nil {
		return nil, errors.Join(err, from.Close())
	}
	if _, err := io.Copy(kept, from); err != nil {
		err = kg.Errorf(kg.Unavailable, "cannot copy %s to a temporary file: %w", in.Name, err)
		return kept, errors.Join(err, from.Close())
	}
	in.ReadOnce = false
	in.Open = func() (io.ReadCloser, error) {
		return io.NopCloser(io.NewSectionReader(kept, 0, math.MaxInt64)), nil
	}
	return kept, from.Close()
}
