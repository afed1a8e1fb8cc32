package network

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"casus/internal/kg"
	"casus/internal/projection"
	"casus/internal/store"
	"casus/internal/store/relations"
)

// slowLinks stops before its fifth event until it is released.
type slowLinks struct {
	randomLinks
	reached, release chan struct{}
}

func (s slowLinks) Links(ctx context.Context, mode kg.IdentityMode, subjects []kg.ID, to store.LinkSink) error {
	states, state := 0, to.State
	to.State = func(event kg.ID, l store.LinkState) error {
		if states++; states == 5 { // after four events of two participations
			close(s.reached)
			<-s.release
		}
		return state(event, l)
	}
	return s.randomLinks.Links(ctx, mode, subjects, to)
}

// TestUnavailableDuringBuild sends a query while the graph is read: the error has the progress. Once the graph is read,
// the next query is answered.
func TestUnavailableDuringBuild(t *testing.T) {
	s := slowLinks{randomLinks{3, 10}, make(chan struct{}), make(chan struct{})}
	n := New(s, 0)
	t.Cleanup(n.Close)
	network := relations.NetworkQuery{MinWeight: 1, Limit: 10}
	paths := relations.PathQuery{From: "actor:0001", To: "actor:0002", Limit: 1, MaxHops: 3}
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-s.reached
		cancel()
	}()
	_, first := n.Network(ctx, network)
	if kg.CodeOf(first) != kg.Unavailable || !errors.Is(first, store.ErrNotReady) ||
		!strings.Contains(first.Error(), "(12 so far): retry in a moment") {
		t.Errorf("%v, want UNAVAILABLE with 12 events and participations", first)
	}
	time.Sleep(projection.CountAfter)
	for began := time.Now(); ; {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
		_, err := n.Paths(ctx, paths)
		cancel()
		if strings.Contains(err.Error(), "(12 of 30): retry in a moment") {
			break
		}
		if time.Since(began) > time.Minute {
			t.Fatalf("%v, want UNAVAILABLE with 12 of 30 events and participations", err)
		}
	}
	close(s.release)
	found, err := n.Network(t.Context(), network)
	if err != nil || len(found.Nodes) != 3 {
		t.Errorf("%d nodes and %v, want 3", len(found.Nodes), err)
	}
	ctx, cancel = context.WithCancel(t.Context())
	cancel()
	if _, err := n.Network(ctx, network); kg.CodeOf(err) != kg.Timeout {
		t.Errorf("%v after the build, want TIMEOUT", err)
	}
}
