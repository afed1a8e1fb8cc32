package loader_test

import (
	"context"
	_ "embed"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"casus/internal/digest"
	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/memory"
	"casus/loader"
	"casus/loader/mapping"
)

func textInput(name, text string) loader.Input {
	return loader.Input{
		Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil },
	}
}

func embeddedMapping(t *testing.T, name string) *mapping.Mapping {
	t.Helper()
	m, err := mapping.Embedded(name)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Invented rows in the layouts of the data sets.
const (
	quads = "subject\trelation\tobject\tdate\nArland\tMake a visit\tBoria\t2014-01-01\nHead of Government " +
		"(Arland)\tCriticize or denounce\tBoria\t2014-01-02\n" +
		"Arland\tMake a visit\tBoria\t2014-01-01\nArland\tMake a visit\tBoria\tsoon\n"
)

//go:embed testdata/rows/ucdp-ged.csv
var ged string

func TestICEWSQuadruples(t *testing.T) {
	s := memory.New()
	report, err := loader.LoadRows(
		t.Context(), s, embeddedMapping(t, "icews-quads"), []loader.Input{textInput("quads.tsv", quads)}, loader.Options{},
	)
	if err != nil {
		t.Fatal(err)
	}
	checkTotals(t, report)
	if report.Rejected != 1 || report.Added[kg.KindActor] != 3 || report.Added[kg.KindClaim] != 2 ||
		report.FirstRejects[0].Line != 5 ||
		!strings.Contains(report.FirstRejects[0].Reason, "soon") ||
		report.FirstRejects[0].Raw != "Arland\tMake a visit\tBoria\tsoon" {
		t.Errorf("%+v", report)
	}
	nodes, err := s.Nodes(t.Context(), kg.View{}, []kg.ID{"actor:icews:Head_of_Government_(Arland)"})
	if err != nil || nodes[0] == nil {
		t.Fatal(nodes, err)
	}
	if a := nodes[0].(kg.Actor); a.Identifiers[0] != (kg.Identifier{
		Scheme: "icews", Value: "Head of Government (Arland)",
	}) {
		t.Errorf("%+v", a)
	}
}

func TestUCDP(t *testing.T) {
	s := memory.New()
	in := textInput("ged.csv", ged)
	m, err := loader.DetectMapping(&in)
	if err != nil || m == nil || m.Name != "ucdp-ged" {
		t.Fatal(m, err)
	}
	released, err := edtf.ParseTime("2025-06-01")
	if err != nil {
		t.Fatal(err)
	}
	opt := loader.Options{Release: &loader.Release{Dataset: "ucdp-ged", Release: "25.1", ReleasedAt: &released}}
	report, err := loader.LoadRows(t.Context(), s, m, []loader.Input{in}, opt)
	if err != nil || report.Rejected > 0 {
		t.Fatalf("%v %+v", err, report)
	}
	checkTotals(t, report)
	nodes, err := s.Nodes(t.Context(), kg.View{}, []kg.ID{
		"event:ucdp:1", "event:ucdp:2", "event:ucdp:conflict:10", "location:ucdp:Bridge_town:50.5,30.25:1",
	})
	if err != nil {
		t.Fatal(err)
	}
	one, two := nodes[0].(kg.Event), nodes[1].(kg.Event)
	if one.Time.EDTF != "2014-01-22" || *one.Toll.Killed.Low != 3 || *one.Toll.Killed.Best != 3 ||
		*one.Toll.Killed.High != 4 || one.FirstAsserted.EDTF != "2014-01-25" {
		t.Errorf("%+v", one)
	}
	if two.Time.EDTF != "[2014-02-01..2014-02-28]" || two.FirstAsserted.EDTF != "2014-02-28" {
		t.Errorf("%+v", two)
	}
	if nodes[2] == nil || nodes[3].(kg.Location).Parents[0] != "location:ucdp:adm2:900:north:hills" {
		t.Errorf("%v", nodes[2:])
	}
	edges, err := s.EventEdges(t.Context(), kg.View{}, kg.WantParticipations|kg.WantWholes, []kg.ID{"event:ucdp:2"})
	if err != nil || edges[0].Participations[1].Role != kg.RoleVictim || edges[0].Wholes[0].Whole != "event:ucdp:dyad:21" {
		t.Errorf("%+v %v", edges, err)
	}
	again, err := loader.LoadRows(
		t.Context(), s, embeddedMapping(t, "ucdp-ged"), []loader.Input{textInput("ged.csv", ged)}, opt,
	)
	if err != nil || again.Applied != 0 || again.Read != report.Read {
		t.Errorf("second load: %v %+v", err, again)
	}
}

// An early release has other names for some columns and makes the same graph.
func TestUCDPOfEarlyReleases(t *testing.T) {
	today, early := memory.New(), memory.New()
	header, rows, _ := strings.Cut(ged, "\n")
	for _, name := range [][2]string{
		{"conflict_new_id", "conflict_id"}, {"dyad_new_id", "dyad_id"}, {"side_a_new_id", "side_a_id"},
		{"side_b_new_id", "side_b_id"}, {"best", "best_est"}, {"low", "low_est"}, {"high", "high_est"},
	} {
		columns := strings.Split(header, ",")
		at := slices.Index(columns, name[0])
		if at < 0 {
			t.Fatalf("the fixture has no column %s", name[0])
		}
		columns[at] = name[1]
		header = strings.Join(columns, ",")
	}
	for s, table := range map[*memory.Store]string{today: ged, early: header + "\n" + rows} {
		in := textInput("ged.csv", table)
		m, err := loader.DetectMapping(&in)
		if err != nil || m == nil || m.Name != "ucdp-ged" {
			t.Fatal(m, err)
		}
		if report, err := loader.LoadRows(t.Context(), s, m, []loader.Input{in}, loader.Options{}); err != nil ||
			report.Rejected > 0 {
			t.Fatalf("%v %+v", err, report)
		}
	}
	want, err := digest.Compute(t.Context(), today)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := digest.Compute(t.Context(), early); err != nil || got != want {
		t.Errorf("%s, want %s (%v)", got, want, err)
	}
}

// The same rows as a list of JSON objects, as an API returns them, make the same graph.
func TestUCDPAsJSON(t *testing.T) {
	lines, err := csv.NewReader(strings.NewReader(ged)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]any
	for _, line := range lines[1:] {
		row := map[string]any{}
		for i, v := range line {
			row[lines[0][i]] = v
			if n, err := strconv.Atoi(v); err == nil && strconv.Itoa(n) == v {
				row[lines[0][i]] = n
			}
		}
		if !strings.HasPrefix(line[0], "#") && line[0] != "" {
			rows = append(rows, row)
		}
	}
	list, err := json.Marshal(rows)
	if err != nil {
		t.Fatal(err)
	}
	var digests []string
	for name, text := range map[string]string{"ged.csv": ged, "ged.json": string(list)} {
		s, in := memory.New(), textInput(name, text)
		m, err := loader.DetectMapping(&in)
		if err != nil || m == nil || m.Name != "ucdp-ged" {
			t.Fatal(m, err)
		}
		if report, err := loader.LoadRows(t.Context(), s, m, []loader.Input{in}, loader.Options{}); err != nil ||
			report.Rejected > 0 || report.Applied != len(rows) {
			t.Fatalf("%s: %v %+v", name, err, report)
		}
		d, err := digest.Compute(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		digests = append(digests, d)
	}
	if digests[0] != digests[1] {
		t.Error(digests)
	}
}

func TestDetectMappingLeavesInputUnread(t *testing.T) {
	for text, refused := range map[string]bool{"": false, `{"type":"actor"}`: false, "[1]": false, "a,b\n1,2\n": true} {
		in := textInput("x", text)
		m, err := loader.DetectMapping(&in)
		if m != nil || (kg.CodeOf(err) == kg.BadInput) != refused {
			t.Errorf("%q: %v, %v", text, m, err)
		}
		f, err := in.Open()
		if err != nil {
			t.Fatal(err)
		}
		if b, err := io.ReadAll(f); err != nil || string(b) != text {
			t.Errorf("%q is read as %q, %v", text, b, err)
		}
	}
}

// brokenStore fails after a number of batches.
type brokenStore struct {
	store.Store
	left int
}

var errBroken = errors.New("broken")

func (d *brokenStore) Apply(ctx context.Context, b kg.Batch) (kg.ApplyResult, error) {
	if d.left--; d.left < 0 {
		return kg.ApplyResult{}, errBroken
	}
	return d.Store.Apply(ctx, b)
}

// A load of rows that is interrupted, within a chunk or between two, resumes and ends in the same graph.
func TestRowsResume(t *testing.T) {
	var b strings.Builder
	b.WriteString("subject\trelation\tobject\tdate\n")
	for i := range 6000 {
		_, _ = fmt.Fprintf(&b, "A%d\tmeets\tB%d\t2014-01-%02d\n", i, i%7, i%28+1)
	}
	opt := loader.Options{BatchSize: 2500, ChunkSize: 2000, RetryTimeout: 1}
	load := func(s loader.Store) (loader.Report, error) {
		return loader.LoadRows(
			t.Context(), s, embeddedMapping(t, "icews-quads"), []loader.Input{textInput("q.tsv", b.String())}, opt,
		)
	}
	whole := memory.New()
	want, err := load(whole)
	if err != nil {
		t.Fatal(err)
	}
	for _, left := range []int{4, 7} {
		broken := memory.New()
		if _, err := load(&brokenStore{broken, left}); !errors.Is(err, errBroken) {
			t.Fatal(left, err)
		}
		got, err := load(broken)
		if err != nil || !got.Resumed {
			t.Fatalf("%d: %v, resumed %t", left, err, got.Resumed)
		}
		if got.Read != want.Read || got.Rejected != want.Rejected {
			t.Errorf("%d: read %d, rejected %d; want %d, %d", left, got.Read, got.Rejected, want.Read, want.Rejected)
		}
		checkTotals(t, got)
		for _, kind := range kg.NodeKinds.Values() {
			a, z := scanAll(t, whole, kind), scanAll(t, broken, kind)
			if fmt.Sprintf("%+v", a) != fmt.Sprintf("%+v", z) {
				t.Errorf("%d: %ss differ", left, kind)
			}
		}
	}
}

// TestRealFiles loads real data, if it is present.
func TestRealFiles(t *testing.T) {
	dir := os.Getenv("CASUS_TEST_DATA")
	if dir == "" {
		dir = "../../shared/data"
	}
	path := filepath.Join(dir, "ucdp/ged_ukraine_2014_2021.csv")
	if _, err := os.Stat(path); err != nil {
		t.Skipf("SKIPPED: no real data at %s", path)
	}
	inputs, err := loader.Files([]string{path}, nil)
	if err != nil {
		t.Fatal(err)
	}
	m, err := loader.DetectMapping(&inputs[0])
	if err != nil || m == nil {
		t.Fatal(m, err)
	}
	n, rejected := 0, 0
	for _, c := range recordCounts(t, m, inputs[0]) {
		if n++; c == 0 {
			rejected++
		}
	}
	if n != 2989 || rejected != 0 {
		t.Errorf("%d rows, %d of them without records; want 2989, 0", n, rejected)
	}
}

// recordCounts returns the number of records of each row.
func recordCounts(t *testing.T, m *mapping.Mapping, in loader.Input) []int {
	t.Helper()
	var all []int
	if err := loader.EachRow(in, m, func(records []mapping.Record, err error) error {
		all = append(all, len(records))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return all
}
