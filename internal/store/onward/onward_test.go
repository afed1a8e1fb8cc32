package onward_test

import (
	"context"
	"testing"

	"casus/internal/kg"
	"casus/internal/store/onward"
)

// TestNobodyWaits asks with a context that has ended: nothing is read, each time.
func TestNobodyWaits(t *testing.T) {
	r, turn := onward.New(), onward.NewTurn()
	defer r.Close()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range 100 {
		_, err := onward.Read(ctx, r, turn, func(context.Context) (int, error) { t.Error("it was read"); return 1, nil })
		if kg.CodeOf(err) != kg.Timeout {
			t.Fatalf("who asks too late is told %v", err)
		}
	}
}
