package export

import (
	"bufio"
	"errors"
	"io"
	"os"

	"casus/internal/kg"
)

// spool is a temporary file for output that must follow other output still being written.
type spool struct {
	file *os.File
	*bufio.Writer
}

func newSpool() (*spool, error) {
	f, err := os.CreateTemp("", "casus-export-*")
	if err != nil {
		return nil, kg.Errorf(kg.Unavailable, "create a temporary file: %w", err)
	}
	return &spool{f, bufio.NewWriterSize(f, 64<<10)}, nil
}

// copyTo writes the spooled output to w.
func (s *spool) copyTo(w io.Writer) error {
	err := s.Flush()
	if err == nil {
		_, err = s.file.Seek(0, io.SeekStart)
	}
	if err != nil {
		return kg.Errorf(kg.Unavailable, "read an export's temporary file: %w", err)
	}
	_, err = io.Copy(w, s.file)
	return err
}

func (s *spool) close() error { return errors.Join(s.file.Close(), os.Remove(s.file.Name())) }
