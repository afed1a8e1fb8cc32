package export

import (
	"bufio"
	"errors"
	"io"
	"os"

	"casus/internal/kg"
)

// spool keeps in a temporary file what has to stand after something that is still being written.
type spool struct {
	file *os.File
	*bufio.Writer
}

func newSpool() (*spool, error) {
	f, err := os.CreateTemp("", "casus-export-*")
	if err != nil {
		return nil, kg.Errorf(kg.Unavailable, "no temporary file can be made: %w", err)
	}
	return &spool{f, bufio.NewWriterSize(f, 64<<10)}, nil
}

// copyTo writes all that was kept.
func (s *spool) copyTo(w io.Writer) error {
	err := s.Flush()
	if err == nil {
		_, err = s.file.Seek(0, io.SeekStart)
	}
	if err != nil {
		return kg.Errorf(kg.Unavailable, "the temporary file of an export: %w", err)
	}
	_, err = io.Copy(w, s.file)
	return err
}

func (s *spool) close() error { return errors.Join(s.file.Close(), os.Remove(s.file.Name())) }
