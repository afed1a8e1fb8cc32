package neo4j

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/schema"
)

// migrate runs the missing migrations and returns the schema version. Schema statements cannot share a transaction with
// data, so each runs by itself. An interrupted migration is run again.
func (s *Store) migrate(ctx context.Context) (version int, err error) {
	session := s.session(ctx, neo4j.AccessModeWrite)
	defer func() { _ = session.Close(context.WithoutCancel(ctx)) }() // the statement reports errors
	run := func(statement string, params map[string]any) ([]*neo4j.Record, error) {
		result, err := session.Run(ctx, statement, params)
		if err != nil {
			return nil, mapError(ctx, err, "migrate")
		}
		rows, err := result.Collect(ctx)
		return rows, mapError(ctx, err, "migrate")
	}
	rows, err := run("OPTIONAL MATCH (m:Migration) RETURN coalesce(max(m.version), 0) AS version", nil)
	if err != nil {
		return 0, err
	}
	done, err := column[int64](rows[0], "version")
	if err != nil {
		return 0, err
	}
	files, err := fs.Glob(schema.Cypher(), "cypher/*.cypher") // sorted by number
	if err != nil {
		return 0, kg.Errorf(kg.Internal, "list the migrations: %w", err)
	}
	if int(done) > len(files) {
		return 0, kg.Errorf(kg.Conflict,
			"the store has schema version %d, this program supports %d: a newer version of Casus wrote it; use that one",
			done, len(files))
	}
	version = int(done)
	for _, file := range files[done:] {
		number, _, _ := strings.Cut(path.Base(file), "_")
		if version, err = strconv.Atoi(number); err != nil {
			return 0, kg.Errorf(kg.Internal, "migration %s has no number: %w", file, err)
		}
		script, err := fs.ReadFile(schema.Cypher(), file)
		if err != nil {
			return 0, kg.Errorf(kg.Internal, "read a migration: %w", err)
		}
		for _, statement := range statements(string(script)) {
			if err := (migration{run}).create(ctx, statement); err != nil {
				return 0, err
			}
		}
		if err := (migration{run}).awaitIndexes(ctx); err != nil {
			return 0, err
		}
		params := map[string]any{
			"version": int64(version), "name": path.Base(file), "at": time.Now().UTC().Format(time.RFC3339),
		}
		_, err = run("MERGE (m:Migration {version: $version}) SET m.name = $name, m.appliedAt = $at", params)
		if err != nil {
			return 0, err
		}
	}
	return version, nil
}

// create runs a schema statement. It retries while the server runs the same statement for another program, possibly one
// that was killed. IF NOT EXISTS does not help: it checks for the constraint, but the index of the constraint is
// created first. It also retries after a deadlock of concurrent statements. It drops an index that a killed program has
// left without its constraint.
func (m migration) create(ctx context.Context, statement string) error {
	until := time.Now().Add(runningCheckInterval)
	for wait := minRetryWait; ; wait = min(2*wait, maxRetryWait) {
		_, err := m.run(statement, nil)
		var fault *neo4j.Neo4jError
		switch {
		case !errors.As(err, &fault):
			return err
		case fault.Code == "Neo.TransientError.Transaction.DeadlockDetected": // the server lets one of them continue
		case !strings.HasPrefix(fault.Code, "Neo.ClientError.Schema.") || !strings.HasSuffix(fault.Code, "AlreadyExists"):
			return err
		case time.Now().After(until):
			running, fault := m.isRunning(statement)
			if fault != nil {
				return fault
			}
			if !running {
				if dropped, fault := m.dropOrphanIndex(statement); !dropped || fault != nil {
					return cmp.Or(fault, err)
				}
			}
			until = time.Now().Add(runningCheckInterval)
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return mapError(ctx, ctx.Err(), "migrate")
		}
	}
}

// The wait between two attempts, and the time after which create checks whether the statement is still running.
const (
	minRetryWait         = 20 * time.Millisecond
	maxRetryWait         = time.Second
	runningCheckInterval = 3 * time.Second
)

// awaitIndexes waits until the server has built every index, which takes half a minute for 400,000 events of a bulk
// import. It polls, because db.awaitIndexes holds a lock on the schema that another program may need to complete an
// index, and the server does not detect that deadlock.
func (m migration) awaitIndexes(ctx context.Context) error {
	for wait := minRetryWait; ; wait = min(2*wait, maxRetryWait) {
		unfinished, err := m.run("SHOW INDEXES YIELD name, state WHERE state <> 'ONLINE' RETURN name, state", nil)
		if err != nil || len(unfinished) == 0 {
			return err
		}
		for _, index := range unfinished {
			name, state := index.Values[0], index.Values[1]
			if state == "FAILED" {
				return kg.Errorf(kg.Internal, "migrate: the server failed to build the index %v", name)
			}
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return mapError(ctx, ctx.Err(), "migrate")
		}
	}
}

// isRunning reports whether the server is running a statement.
func (m migration) isRunning(statement string) (bool, error) {
	found, err := m.run("SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery = $statement RETURN currentQuery",
		map[string]any{"statement": statement})
	return len(found) > 0, err
}

// dropOrphanIndex drops the index of the constraint that a statement creates if the index belongs to no constraint.
func (m migration) dropOrphanIndex(statement string) (dropped bool, err error) {
	name, found := strings.CutPrefix(statement, "CREATE CONSTRAINT ")
	if !found {
		return false, nil
	}
	name, _, _ = strings.Cut(name, " ")
	orphans, err := m.run(
		"SHOW INDEXES YIELD name, owningConstraint WHERE name = $name AND owningConstraint IS NULL RETURN name",
		map[string]any{"name": name})
	if err != nil || len(orphans) == 0 {
		return false, err
	}
	_, err = m.run("DROP INDEX $name IF EXISTS", map[string]any{"name": name})
	return err == nil, err
}

// migration runs statements, each in a transaction of its own.
type migration struct {
	run func(statement string, params map[string]any) ([]*neo4j.Record, error)
}

// statements splits a script at its semicolons, without comment lines.
func statements(script string) []string {
	var code strings.Builder
	for line := range strings.Lines(script) {
		if !strings.HasPrefix(strings.TrimSpace(line), "//") {
			code.WriteString(line)
		}
	}
	var all []string
	for statement := range strings.SplitSeq(code.String(), ";") {
		if statement = strings.TrimSpace(statement); statement != "" {
			all = append(all, statement)
		}
	}
	return all
}
