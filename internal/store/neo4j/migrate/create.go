package migrate

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// create runs a schema statement. It retries while the server runs the same statement for another program, possibly one
// that was killed. IF NOT EXISTS does not help: it checks for the constraint, but the index of the constraint is
// created first. It also retries after a deadlock of concurrent statements. It drops an index that a killed program has
// left without its constraint.
func (q Query) create(ctx context.Context, statement string) error {
	until := time.Now().Add(runningCheckInterval)
	for wait := minRetryWait; ; wait = min(2*wait, maxRetryWait) {
		_, err := q(ctx, statement, nil)
		var fault *neo4j.Neo4jError
		switch {
		case !errors.As(err, &fault):
			return err
		case fault.Code == "Neo.TransientError.Transaction.DeadlockDetected": // the server lets one of them continue
		case !strings.HasPrefix(fault.Code, "Neo.ClientError.Schema.") || !strings.HasSuffix(fault.Code, "AlreadyExists"):
			return err
		case time.Now().After(until):
			running, fault := q.isRunning(ctx, statement)
			if fault != nil {
				return fault
			}
			if !running {
				if dropped, fault := q.dropOrphanIndex(ctx, statement); !dropped || fault != nil {
					return cmp.Or(fault, err)
				}
			}
			until = time.Now().Add(runningCheckInterval)
		}
		if err := sleep(ctx, wait); err != nil {
			return err
		}
	}
}

// isRunning reports whether the server is running a statement.
func (q Query) isRunning(ctx context.Context, statement string) (bool, error) {
	found, err := q(ctx, "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery = $statement RETURN currentQuery",
		map[string]any{"statement": statement})
	return len(found) > 0, err
}

// dropOrphanIndex drops the index of the constraint that a statement creates if the index belongs to no constraint.
func (q Query) dropOrphanIndex(ctx context.Context, statement string) (dropped bool, err error) {
	name, found := strings.CutPrefix(statement, "CREATE CONSTRAINT ")
	if !found {
		return false, nil
	}
	name, _, _ = strings.Cut(name, " ")
	orphans, err := q(ctx,
		"SHOW INDEXES YIELD name, owningConstraint WHERE name = $name AND owningConstraint IS NULL RETURN name",
		map[string]any{"name": name})
	if err != nil || len(orphans) == 0 {
		return false, err
	}
	_, err = q(ctx, "DROP INDEX $name IF EXISTS", map[string]any{"name": name})
	return err == nil, err
}
