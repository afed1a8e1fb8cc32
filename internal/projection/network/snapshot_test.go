package network

import (
	"bytes"
	"context"
	"encoding/binary"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/cespare/xxhash/v2"
	"github.com/google/go-cmp/cmp"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/projection/snapshot"
	"casus/internal/store"
	"casus/internal/store/memory"
	"casus/internal/store/relations"
)

// linkRecorder counts the reads of all links.
type linkRecorder struct {
	*memory.Store
	builds int
}

func (r *linkRecorder) Links(ctx context.Context, mode kg.IdentityMode, subjects []kg.ID, to store.LinkSink) error {
	if subjects == nil {
		r.builds++
	}
	return r.Store.Links(ctx, mode, subjects, to)
}

func (r *linkRecorder) apply(t testing.TB, batches ...kg.Batch) {
	t.Helper()
	for _, b := range batches {
		if _, err := r.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
}

// answers are networks and paths, in the latest view and as of moments.
type answers struct {
	Networks []relations.Network
	Paths    [][]relations.Path
}

func answersOf(t *testing.T, n *Networks, actors []kg.ID, moments ...*edtf.Instant) (a answers) {
	t.Helper()
	for _, m := range append(moments, nil) {
		view := kg.View{KnownAt: m}
		found, err := n.Network(t.Context(), relations.NetworkQuery{View: view, MinWeight: 1, Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		a.Networks = append(a.Networks, found)
		for i := range actors[1:] {
			q := relations.PathQuery{View: view, From: actors[i], To: actors[i+1], Limit: 3, MaxHops: 4}
			paths, err := n.Paths(t.Context(), q)
			if err != nil && kg.CodeOf(err) != kg.NotFound { // not known yet
				t.Fatal(err)
			}
			a.Paths = append(a.Paths, paths)
		}
	}
	return a
}

// TestSnapshot runs a program several times on one store. It answers as if it had read all links, which it does only if
// the snapshot cannot be used. Once loaded, no query reads them.
func TestSnapshot(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s-projection-network")
	_, batches, a := generate(t, 2)
	s, half := &linkRecorder{Store: memory.New()}, len(batches)/2
	s.apply(t, batches[:half]...)
	moments := []*edtf.Instant{&a.moments[len(a.moments)/3], &a.moments[len(a.moments)/2]}
	rewrite := func(change func([]byte) []byte) func() {
		return func() {
			content, err := os.ReadFile(path)
			if err == nil {
				err = os.WriteFile(path, change(content), 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, step := range []struct {
		name   string
		before func()
		builds int
		logged bool
	}{
		{"no snapshot", func() {}, 1, false},
		{"nothing written", func() {}, 0, false},
		{"one batch", func() { s.apply(t, batches[half]) }, 0, false},
		{"cut", rewrite(func(b []byte) []byte { return b[:len(b)-100] }), 1, true},
		{"flipped", rewrite(func(b []byte) []byte { b[len(b)/2] ^= 4; return b }), 1, true},
		{"of another version", func() {
			header := snapshot.Header{Kind: "network 0", Revision: 1}
			if err := snapshot.Save(t.Context(), path, header, func(*snapshot.Encoder) {}); err != nil {
				t.Fatal(err)
			}
		}, 1, true},
		{"repaired", func() {}, 0, false},
		{"of another store", func() {
			other := &linkRecorder{Store: memory.New()}
			other.apply(t, batches[:half]...)
			n := NewWithSnapshot(other, 0, Snapshot{Path: path})
			defer n.Close()
			if err := n.Load(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := n.SaveSnapshot(t.Context()); err != nil {
				t.Fatal(err)
			}
		}, 1, false},
	} {
		step.before()
		s.builds = 0
		var logged bytes.Buffer
		n := NewWithSnapshot(s, 0, Snapshot{Path: path, Log: slog.New(slog.NewTextHandler(&logged, nil))})
		if err := n.Load(t.Context()); err != nil {
			t.Fatal(err)
		}
		got := answersOf(t, n, a.actors[:8], moments...)
		if err := n.SaveSnapshot(t.Context()); err != nil {
			t.Fatal(err)
		}
		n.Close()
		if s.builds != step.builds {
			t.Errorf("%s: all links were read %d times, want %d", step.name, s.builds, step.builds)
		}
		if (logged.Len() > 0) != step.logged {
			t.Errorf("%s: logged %q", step.name, logged.String())
		}
		fresh := New(s, 0)
		if diff := cmp.Diff(answersOf(t, fresh, a.actors[:8], moments...), got); diff != "" {
			t.Errorf("%s (-built +restored):\n%s", step.name, diff)
		}
		fresh.Close()
		if nodes := len(got.Networks[2].Nodes); nodes < 3 {
			t.Errorf("%s: the network has %d nodes", step.name, nodes)
		}
	}
	small := NewWithSnapshot(s, 1000, Snapshot{Path: path, Log: slog.New(slog.DiscardHandler)})
	defer small.Close()
	if err := small.Load(t.Context()); kg.CodeOf(err) != kg.LimitExceeded {
		t.Errorf("a snapshot of more than the memory: %v, want LIMIT_EXCEEDED", err)
	}
}

// TestExactViewIsNotLoaded loads the view that queries use by default, and no other.
func TestExactViewIsNotLoaded(t *testing.T) {
	_, batches, _ := generate(t, 1)
	s := &linkRecorder{Store: memory.New()}
	s.apply(t, batches...)
	n := New(s, 0)
	defer n.Close()
	if err := n.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	q := relations.NetworkQuery{MinWeight: 1, Limit: 10}
	for _, step := range []struct {
		mode kg.IdentityMode
		want int
	}{{"", 1}, {kg.IdentityResolved, 1}, {kg.IdentityExact, 2}} {
		q.View.Identity = step.mode
		if _, err := n.Network(t.Context(), q); err != nil || s.builds != step.want {
			t.Errorf("after %q all links were read %d times, %v, want %d", step.mode, s.builds, err, step.want)
		}
	}
}

// FuzzSnapshot restores any bytes under a right checksum. A graph that is restored can be used and written again.
func FuzzSnapshot(f *testing.F) {
	path := filepath.Join(f.TempDir(), "s-projection-network")
	_, batches, _ := generate(f, 2)
	s := &linkRecorder{Store: memory.New()}
	s.apply(f, batches[:2]...)
	n := NewWithSnapshot(s, 0, Snapshot{Path: path})
	defer n.Close()
	if err := n.Load(f.Context()); err != nil {
		f.Fatal(err)
	}
	if err := n.SaveSnapshot(f.Context()); err != nil {
		f.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole[:len(whole)-8])
	f.Add(whole[:len(whole)/3])
	f.Fuzz(func(t *testing.T, content []byte) {
		path := filepath.Join(t.TempDir(), "s-projection-network")
		summed := binary.BigEndian.AppendUint64(slices.Clone(content), xxhash.Sum64(content))
		if err := os.WriteFile(path, summed, 0o600); err != nil {
			t.Fatal(err)
		}
		var g *graph
		if _, err := snapshot.Load(path, snapshotKind, func(d *snapshot.Decoder) {
			g = decodeGraph(d, DefaultMemory)
		}); err != nil {
			return
		}
		l, err := newFilteredGraph(t.Context(), nil, g, kg.View{}, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		w, err := l.weigh(t.Context(), relations.NetworkQuery{MinWeight: 1, Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		w.nodes()
		for a := range g.actors.ids {
			l.eachAffiliation(uint32(a), func(edtf.Instant, uint32, uint32) {})
		}
		if err := snapshot.Save(t.Context(), path, snapshot.Header{Kind: snapshotKind}, g.encode); err != nil {
			t.Fatal(err)
		}
	})
}
