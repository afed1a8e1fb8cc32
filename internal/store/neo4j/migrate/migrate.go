// Package migrate brings the constraints and indexes of a Neo4j database up to date. Several programs may do so at
// once.
package migrate

import (
	"context"
	"net/url"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/schema"
)

// Query runs a statement in a transaction of its own and returns its rows.
type Query func(ctx context.Context, statement string, params map[string]any) ([]*neo4j.Record, error)

// Run runs the missing migrations and returns the schema version. Schema statements cannot share a transaction with
// data, so each runs by itself. An interrupted migration is run again. It returns CONFLICT for a database of another
// program, and for a schema version that this program does not read; both stay as they are. storeURL names the store in
// errors.
func Run(ctx context.Context, query Query, storeURL string) (version int, err error) {
	migrations := schema.Cypher()
	versions := store.SchemaVersions{
		Oldest: migrations[0].Version, Current: migrations[len(migrations)-1].Version,
	}
	rows, err := query(ctx, "OPTIONAL MATCH (m:Migration) RETURN coalesce(max(m.version), 0) AS version", nil)
	if err != nil {
		return 0, err
	}
	stored, _, err := neo4j.GetRecordValue[int64](rows[0], "version")
	if err != nil {
		return 0, kg.Errorf(kg.Internal, "read the schema version: %w", err)
	}
	version = int(stored)
	if version == 0 {
		err = query.refuseForeign(ctx, storeURL)
	} else {
		err = versions.Check(storeURL, version)
	}
	if err != nil {
		return 0, err
	}
	for _, m := range migrations {
		if m.Version <= version {
			continue
		}
		for _, statement := range Statements(m) {
			if err := query.create(ctx, statement); err != nil {
				return 0, err
			}
		}
		if err := query.awaitIndexes(ctx); err != nil {
			return 0, err
		}
		_, err := query(ctx, "MERGE (m:Migration {version: $version}) SET m.name = $name, m.appliedAt = $at", map[string]any{
			"version": int64(m.Version), "name": m.Name, "at": time.Now().UTC().Format(time.RFC3339),
		})
		if err != nil {
			return 0, err
		}
		version = m.Version
	}
	return version, nil
}

// StoreURL returns the URL of a database of a server, without credentials. The database may be "", the default one.
func StoreURL(server url.URL, database string) string {
	if server.User = nil; database != "" {
		server.Path = "/" + database
	}
	return server.String()
}

// awaitIndexes waits until the server has built every index, which takes half a minute for 400,000 events of a bulk
// import. It polls, because db.awaitIndexes holds a lock on the schema that another program may need to complete an
// index, and the server does not detect that deadlock.
func (q Query) awaitIndexes(ctx context.Context) error {
	for wait := minRetryWait; ; wait = min(2*wait, maxRetryWait) {
		unfinished, err := q(ctx, "SHOW INDEXES YIELD name, state WHERE state <> 'ONLINE' RETURN name, state", nil)
		if err != nil || len(unfinished) == 0 {
			return err
		}
		for _, index := range unfinished {
			if name, state := index.Values[0], index.Values[1]; state == "FAILED" {
				return kg.Errorf(kg.Internal, "migrate: the server failed to build the index %v", name)
			}
		}
		if err := sleep(ctx, wait); err != nil {
			return err
		}
	}
}

// The wait between two attempts, and the time after which create checks whether the statement is still running.
const (
	minRetryWait         = 20 * time.Millisecond
	maxRetryWait         = time.Second
	runningCheckInterval = 3 * time.Second
)

func sleep(ctx context.Context, wait time.Duration) error {
	select {
	case <-time.After(wait):
		return nil
	case <-ctx.Done():
		return kg.Errorf(kg.Timeout, "migrate: %w", ctx.Err())
	}
}
