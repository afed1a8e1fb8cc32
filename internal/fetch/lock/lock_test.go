package lock_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"casus/internal/fetch/lock"
	"casus/internal/kg"
)

func TestLocks(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	release, err := lock.Try(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lock.Try(path); kg.CodeOf(err) != kg.Conflict {
		t.Errorf("a second one: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, err := lock.Acquire(ctx, path); kg.CodeOf(err) != kg.Timeout {
		t.Errorf("waiting: %v", err)
	}
	time.AfterFunc(100*time.Millisecond, release)
	second, err := lock.Acquire(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	second()
	if _, err := lock.Try(filepath.Join(path, "none", "b")); kg.CodeOf(err) != kg.BadInput {
		t.Errorf("no folder: %v", err)
	}
}
