// Command report measures loads and prints a table of ratios, each of two times taken in one run on one machine:
//
//	go -C internal/bench run ./report -events 400000
//	go -C internal/bench run ./report -events 400000 -neo4j bolt://127.0.0.1:7687
//	go -C internal/bench run ./report -events 400000 -bulk
//	go -C internal/bench run ./report -quads icews14.tsv
//	go -C internal/bench run ./report -events 100000 -histories -neo4j bolt://127.0.0.1:7687
//
// The Neo4j database must be empty; the measurements leave their data in it. With -copy, a program that has the
// finished data writes everything that Casus stored there. With -bulk the files of "casus bulk" are imported by
// neo4j-admin, or by $NEO4J_ADMIN, into a database that no server uses. With -dir the SQLite database is kept, and
// -loaded measures only reads from the databases of an earlier run with the same -dir.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"casus/internal/bench"
	"casus/internal/store"
	"casus/internal/store/neo4j"
	"casus/internal/store/sqlite"
	"casus/internal/testkit/generate"
	"casus/loader/mapping"
)

func main() {
	var m runner
	flag.IntVar(&m.events, "events", 50_000, "number of events to generate")
	flag.StringVar(&m.quads, "quads", "", "measure with this file of ICEWS quadruples instead")
	flag.StringVar(&m.neo4j, "neo4j", "", "also measure Neo4j: the URL of an empty database without authentication")
	flag.BoolVar(&m.copy, "copy", false, "also measure the load into Neo4j against a copy of everything that it stored")
	flag.BoolVar(&m.bulk, "bulk", false, "measure a bulk load and its import by neo4j-admin")
	flag.BoolVar(&m.lite, "sqlite", true, "measure SQLite")
	flag.BoolVar(&m.histories, "histories", false,
		"generate histories of claims, including late and imprecise ones, and measure pages at moments of knowledge")
	flag.StringVar(&m.dir, "dir", "", "keep the generated files in this directory")
	flag.BoolVar(&m.loaded, "loaded", false,
		"do not load: measure reads from the SQLite and Neo4j databases of an earlier run with the same -dir")
	flag.Parse()
	if err := m.run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "report:", err)
		os.Exit(1)
	}
}

// runner is one run of the report.
type runner struct {
	events       int
	quads, neo4j string
	histories    bool
	loaded       bool
	// lite, copy and bulk select the measurements.
	lite, copy, bulk bool
	dir              string
	table            string
	mapping          *mapping.Mapping
	args             []string // select the mapping
}

func (m *runner) run(ctx context.Context) (err error) {
	if m.loaded && m.dir == "" {
		return errors.New("-loaded requires the -dir of an earlier run")
	}
	if m.dir == "" {
		if m.dir, err = os.MkdirTemp("", "casus-bench-*"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(m.dir)) }()
	}
	measures := []func(context.Context) error{m.reading}
	if !m.loaded {
		if err := m.prepare(ctx); err != nil {
			return err
		}
		measures = []func(context.Context) error{m.sqlite, m.streaming, m.bulkImport, m.reading}
	}
	fmt.Println("| what | takes | against | ratio |")
	fmt.Println("| --- | --- | --- | --- |")
	for _, measure := range measures {
		if err := measure(ctx); err != nil {
			return err
		}
	}
	return nil
}

// prepare builds the program and generates the table.
func (m *runner) prepare(ctx context.Context) error {
	if err := m.build(ctx); err != nil {
		return fmt.Errorf("build casus: %w", err)
	}
	var err error
	if m.quads != "" {
		m.table, m.args = m.quads, []string{"--format", "icews-quads"}
		m.mapping, err = mapping.Embedded("icews-quads")
		return err
	}
	if m.mapping, err = generate.Mapping(); err != nil {
		return err
	}
	m.table, m.args = m.path("generated.csv"), []string{"--mapping", m.path("generated.yaml")}
	return errors.Join(writeTable(m.table, generate.Shape{Events: m.events, Seed: 1, Histories: m.histories}),
		os.WriteFile(m.path("generated.yaml"), generate.MappingFile(), 0o600))
}

// build builds the program in its own module, since that of the benchmarks does not have all that the program imports.
func (m *runner) build(ctx context.Context) error {
	root, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}", "casus").Output()
	if err != nil {
		return err
	}
	program, err := filepath.Abs(m.path("casus"))
	if err != nil {
		return err
	}
	c := exec.CommandContext(ctx, "go", "build", "-o", program, "./cmd/casus")
	c.Dir, c.Stderr = strings.TrimSpace(string(root)), os.Stderr
	return c.Run()
}

// writeTable writes directly to the file: Linux counts this program's memory as the peak of the ones it starts.
func writeTable(path string, shape generate.Shape) error {
	table, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(generate.Write(table, shape), table.Close())
}

func (m *runner) path(name string) string { return filepath.Join(m.dir, name) }

// reading measures pages of events at moments of knowledge.
func (m *runner) reading(ctx context.Context) (err error) {
	if !m.lite || !m.histories && !m.loaded {
		return nil
	}
	lite, err := sqlite.Open(ctx, m.path("casus.db"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lite.Close()) }()
	stores := map[string]store.Reader{"SQLite": lite}
	if m.neo4j != "" {
		neo, err := neo4j.Open(ctx, neo4j.Options{URL: m.neo4j})
		if err != nil {
			return err
		}
		defer func() { _ = neo.Close() }() // it is only read
		stores["Neo4j"] = neo
	}
	for _, name := range slices.Sorted(maps.Keys(stores)) {
		all, err := bench.MeasurePagesKnownAt(ctx, stores[name], []float64{1, 0.99, 0.5, 0.1, 0.01, 0.001})
		if err != nil {
			return err
		}
		for _, r := range all {
			row(name+": "+r.What, r.KnownAt, "the same without a moment of knowledge", r.Latest)
		}
		changes, err := bench.MeasureChanges(ctx, stores[name])
		if err != nil {
			return err
		}
		for _, c := range changes {
			fmt.Printf("| %s: %s | %s | | |\n", name, c.What, c.Took.Round(10*time.Microsecond))
		}
	}
	return nil
}

func row(what string, took time.Duration, against string, other time.Duration) {
	fmt.Printf("| %s | %s | %s: %s | %s |\n", what, took.Round(10*time.Microsecond), against,
		other.Round(10*time.Microsecond),
		strings.TrimRight(fmt.Sprintf("%.2f", took.Seconds()/other.Seconds()), "."))
}

// cpu returns the processor time of this process.
func cpu() time.Duration {
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
