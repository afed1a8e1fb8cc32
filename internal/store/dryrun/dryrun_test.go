package dryrun_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/dryrun"
	"casus/internal/store/memory"
	"casus/internal/store/sqlite"
	"casus/loader"
	"casus/loader/mapping"
	"casus/loader/sample"
)

func input(name, text string) loader.Input {
	return loader.Input{Name: name, Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(text)), nil
	}}
}

// sampleLines returns the records of the bundled example.
func sampleLines(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, in := range loader.FS(sample.Files(), sample.Names()) {
		f, err := in.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, strings.Split(strings.TrimSpace(string(b)), "\n")...)
	}
	return all
}

// A dry run has the report of the load, on an empty store, on one with a part of the records and on one with all, and
// the store stays as it is.
func TestDryRunReportsLikeTheLoad(t *testing.T) {
	lines := sampleLines(t)
	random := rand.New(rand.NewPCG(3, 4))
	random.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	lines = slices.Concat(lines, lines[:10], []string{
		`{"type":"actor","id":"actor:new","kind":"STATE","names":["New"]}`, `{"type":"actor","kind":"STAT","names":["A"]}`,
		`{"type":"location","id":"location:x","kind":"CITY","names":["X"],"within":["location:y"]}`,
		`{"type":"location","id":"location:y","kind":"CITY","names":["Y"],"within":["location:x"]}`,
	})
	for _, part := range []int{0, 40, len(lines)} {
		t.Run(fmt.Sprint(part), func(t *testing.T) {
			s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "s.db"))
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = s.Close() }() // only read from
			load := func(s loader.Store, lines []string) loader.Report {
				r, err := loader.Load(t.Context(), s, []loader.Input{input("f", strings.Join(lines, "\n"))},
					loader.Options{ChunkSize: 30, BatchSize: 20, KeepText: true})
				if err != nil {
					t.Fatal(err)
				}
				return r
			}
			load(s, lines[:part])
			before, err := s.Stats(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			revision, err := s.Revision(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			dry, err := dryrun.New(t.Context(), s)
			if err != nil {
				t.Fatal(err)
			}
			got := load(dry, lines)
			if err := dry.Close(); err != nil {
				t.Error(err)
			}
			after, err := s.Stats(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if now, err := s.Revision(t.Context()); err != nil || now != revision {
				t.Errorf("revision %d became %d: %v", revision, now, err)
			}
			if d := cmp.Diff(before, after); d != "" {
				t.Errorf("the store changed: %s", d)
			}
			want := load(s, lines)
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("(-load +dry run)\n%s", d)
			}
			if want.Rejected != 3 {
				t.Errorf("%d rejected: %v", want.Rejected, want.FirstRejects)
			}
		})
	}
}

// A dry run of a newer release counts what it would supersede and retract.
func TestDryRunOfARelease(t *testing.T) {
	m, err := mapping.Parse("m.yaml", []byte(`
mapping: 1
name: m
published: '= date(row.day)'
records:
  - event: {id: '= "event:m:" + row.id', titles: ['= row.what'], time: '= date(row.day)'}
`), nil)
	if err != nil {
		t.Fatal(err)
	}
	load := func(s loader.Store, release, table string) loader.Report {
		r, err := loader.LoadRows(t.Context(), s, m, []loader.Input{input("t.csv", "id,day,what\n"+table)},
			loader.Options{Release: &loader.Release{Dataset: "m", Release: release, ReleasedAt: date(t, release)}})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	s := memory.New()
	load(s, "2020-02-01", "1,2020-01-01,A\n2,2020-01-02,B\n3,2020-01-03,C\n")
	const second = "1,2020-01-01,A\n2,2020-01-02,Z\n4,2020-02-03,D\n"
	dry, err := dryrun.New(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	got := load(dry, "2020-03-01", second)
	if err := dry.Close(); err != nil {
		t.Error(err)
	}
	if d := cmp.Diff(load(s, "2020-03-01", second), got); d != "" || got.Superseded != 1 || got.Retracted != 1 {
		t.Errorf("(-load +dry run)\n%s", d)
	}
}

// Nothing is left behind, and a base that fails fails the dry run.
func TestDryRunLeavesNothing(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	dry, err := dryrun.New(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var b kg.Batch
	for i := range 2000 { // more than is held in memory
		id := kg.ID(fmt.Sprintf("actor:%d", i))
		b.Actors = append(b.Actors, kg.Actor{
			ID: id, Kind: kg.ActorState, Names: []kg.Name{{Value: "A"}}, Description: strings.Repeat("x", 200),
		})
	}
	for i, want := range []int{2000, 0} {
		if r, err := dry.Apply(t.Context(), b); err != nil || r.Added[kg.KindActor] != want {
			t.Errorf("batch %d: %+v, %v", i, r, err)
		}
	}
	if files, err := os.ReadDir(os.TempDir()); err != nil || len(files) != 1 {
		t.Errorf("spilled to: %v, %v", files, err)
	}
	if err := dry.Close(); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := dryrun.New(ctx, failingBase{}); err == nil {
		t.Error("no error")
	}
}

// failingBase is a base that cannot be read.
type failingBase struct{ dryrun.Base }

func (failingBase) Scan(ctx context.Context, _ kg.NodeKind, _ kg.ID, _ int) (store.ScanPage, error) {
	return store.ScanPage{}, ctx.Err()
}

func date(t *testing.T, s string) *edtf.Time {
	t.Helper()
	d, err := edtf.ParseTime(s)
	if err != nil {
		t.Fatal(err)
	}
	return &d
}
