package network

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/relations"
	"casus/internal/testkit/processor"
)

// randomLinks is a source of events with two actors each.
type randomLinks struct{ actors, events int }

func (s randomLinks) Links(
	ctx context.Context, _ kg.IdentityMode, subjects []kg.ID, to store.LinkSink,
) error {
	r := rand.New(rand.NewPCG(1, 1))
	always := kg.Interval{KnownTo: edtf.EndOfTime}
	for i := range s.events {
		if err := ctx.Err(); err != nil {
			return err
		}
		event := kg.ID(fmt.Sprintf("event:%06d", i))
		if err := to.State(event, store.LinkState{
			Interval: always, Start: edtf.Instant(r.IntN(1000)), Status: kg.StatusUnverified, Modality: kg.ModalityOccurred,
		}); err != nil {
			return err
		}
		first := r.IntN(s.actors)
		for _, actor := range []int{first, (first + 1 + r.IntN(s.actors-1)) % s.actors} {
			id := kg.ID(fmt.Sprintf("actor:%04d", actor))
			if err := to.Participation(store.LinkParticipation{
				Interval: always, Event: event, Actor: id, Role: kg.RoleParticipant, Status: kg.StatusUnverified,
			}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (randomLinks) EventIDs(context.Context, kg.View, *store.EventFilter, func(kg.ID) error) error {
	return nil
}

func (s randomLinks) Stats(context.Context) (store.Stats, error) {
	return store.Stats{
		Nodes: map[kg.NodeKind]int{kg.KindEvent: s.events},
		Edges: map[store.EdgeType]int{store.EdgeParticipatedIn: 2 * s.events},
	}, nil
}

func (randomLinks) Revision(context.Context) (int64, error) { return 1, nil }

func (randomLinks) Since(context.Context, int64) (subjects []kg.ID, complete bool, revision int64, err error) {
	return nil, true, 1, nil
}

func (randomLinks) Nodes(_ context.Context, _ kg.View, ids []kg.ID) ([]kg.Node, error) {
	return make([]kg.Node, len(ids)), nil
}

// TestEndsAtDeadline computes metrics and paths of 5,000 nodes and 100,000 links in a time in which none can be done.
// Each ends after half a second of processor time at most; the bound is greater, for a slow machine.
func TestEndsAtDeadline(t *testing.T) {
	const given, bound = time.Millisecond, 2 * time.Second
	n := New(randomLinks{5000, 100_000}, 0)
	t.Cleanup(n.Close)
	all := relations.NetworkQuery{MinWeight: 1, Limit: relations.MaxNetworkNodes}
	ends := func(name string, compute func(ctx context.Context) error) {
		t.Helper()
		ctx, cancel := context.WithTimeout(t.Context(), given)
		defer cancel()
		began := processor.Time(t)
		err := compute(ctx)
		if took := processor.Time(t) - began; kg.CodeOf(err) != kg.Timeout || took > bound {
			t.Errorf("%s: %v after %v of processor time, want TIMEOUT within %v", name, err, took, bound)
		}
	}
	if err := n.withGraph(t.Context(), kg.View{}, nil, nil, func(l *filteredGraph) error {
		w, err := l.weigh(t.Context(), all)
		if err != nil {
			return err
		}
		if len(w.actors) < 4900 || w.linkCount < 99_000 {
			t.Errorf("there are %d actors and %d links", len(w.actors), w.linkCount)
		}
		nodes := w.nodes()
		goroutines := runtime.NumGoroutine()
		ends("weights", func(ctx context.Context) error { _, err := l.weigh(ctx, all); return err })
		for _, m := range []relations.Metric{
			relations.MetricPageRank, relations.MetricBetweenness, relations.MetricCommunity,
		} {
			ends(fmt.Sprintf("metric %d", m), func(ctx context.Context) error { return w.measure(ctx, m, nodes) })
		}
		if now := runtime.NumGoroutine(); now > goroutines {
			t.Errorf("%d goroutines are left", now-goroutines)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for _, timeRespecting := range []bool{false, true} {
		q := relations.PathQuery{
			From: "actor:0001", To: "actor:0002", Limit: relations.MaxPaths, MaxHops: relations.MaxHops,
			TimeRespecting: timeRespecting,
		}
		ends("paths", func(ctx context.Context) error { _, err := n.Paths(ctx, q); return err })
	}
}
