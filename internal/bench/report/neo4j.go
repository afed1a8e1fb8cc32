package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/bench"
	"casus/internal/testkit/generate"
)

const (
	// warming is the number of events that both loaders write before they are measured: a server that has just
	// started still plans and compiles.
	warming    = 20_000
	warmPrefix = "w"
)

// streaming measures a load into Neo4j against a simple hand-written loader, and against one that writes everything
// that Casus stores.
func (m *runner) streaming(ctx context.Context) (err error) {
	if m.neo4j == "" {
		return nil
	}
	driver, err := neo4j.NewDriverWithContext(m.neo4j, neo4j.NoAuth())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, driver.Close(ctx)) }()
	warm, err := m.warm()
	if err != nil {
		return err
	}
	if _, _, err := warm.both(ctx, driver); err != nil {
		return err
	}
	whole, bare, err := m.both(ctx, driver)
	if err != nil {
		return err
	}
	row("casus load into Neo4j", whole.took, "a bare UNWIND loader of events, claims, documents and participants", bare)
	fmt.Printf("| processor time of the load | %s | | |\n| peak memory of the load | %d MiB | | |\n",
		whole.cpu.Round(time.Millisecond), whole.peak>>10)
	if !m.copy {
		return nil
	}
	again, err := bench.CopyNeo4j(ctx, driver, ":generated:"+warmPrefix)
	if err != nil {
		return err
	}
	row("casus load into Neo4j, into a warm database", whole.took,
		"a bare UNWIND copy of everything that Casus stored", again)
	return nil
}

// warm returns a runner of a table that has nothing in common with the measured one.
func (m *runner) warm() (runner, error) {
	w := runner{neo4j: m.neo4j, dir: m.dir, table: m.path("warming.csv"),
		args: []string{"--mapping", m.path("warming.yaml")}}
	return w, errors.Join(
		writeTable(w.table, generate.Shape{Events: warming, Seed: 2, Prefix: warmPrefix}),
		os.WriteFile(w.path("warming.yaml"), generate.MappingFile(), 0o600))
}

// both loads the table with casus and with the bare loader.
func (m *runner) both(
	ctx context.Context, driver neo4j.DriverWithContext,
) (whole loaded, bare time.Duration, err error) {
	if whole, err = m.load(ctx, m.neo4j); err != nil {
		return whole, 0, err
	}
	table, err := os.Open(m.table)
	if err != nil {
		return whole, 0, err
	}
	defer func() { _ = table.Close() }() // it was only read
	next := bench.QuadRows(table)
	if m.quads == "" {
		if next, err = bench.GeneratedRows(table); err != nil {
			return whole, 0, err
		}
	}
	bare, _, err = bench.BareNeo4j(ctx, driver, next)
	return whole, bare, err
}

// bulkImport measures a bulk load including the import of its files against the import alone.
func (m *runner) bulkImport(ctx context.Context) error {
	if !m.bulk {
		return nil
	}
	files := m.path("bulk")
	made, err := m.casus(ctx, append(append([]string{"bulk", "--quiet", "--out", files}, m.args...), m.table))
	if err != nil {
		return err
	}
	var out bytes.Buffer
	c := exec.CommandContext(ctx, "sh", filepath.Join(files, "import.sh"))
	c.Stdout, c.Stderr = &out, &out
	began := time.Now()
	if err := c.Run(); err != nil {
		return fmt.Errorf("import: %w: %s", err, out.String())
	}
	alone := time.Since(began)
	row("casus bulk and the import of its files", made.took+alone, "the import alone", alone)
	fmt.Printf("| peak memory of casus bulk | %d MiB | | |\n", made.peak>>10)
	return nil
}
