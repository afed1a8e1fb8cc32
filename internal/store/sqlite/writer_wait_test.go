package sqlite

import (
	"context"
	"testing"
	"time"

	"casus/internal/kg"
)

// TestWriterWait writes while another writer is running: the write ends at the deadline of its context.
func TestWriterWait(t *testing.T) {
	s, err := Open(t.Context(), Memory)
	if err != nil {
		t.Fatal(err)
	}
	if err := acquire(t.Context(), s.writing); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	for name, write := range map[string]func() error{
		"Apply":               func() error { _, err := s.Apply(ctx, kg.Batch{}); return err },
		"DropDeferredIndexes": func() error { return s.DropDeferredIndexes(ctx) },
	} {
		if err := write(); kg.CodeOf(err) != kg.Timeout {
			t.Errorf("%s: %v, want code %s", name, err, kg.Timeout)
		}
	}
	s.writing.Release(1)
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
