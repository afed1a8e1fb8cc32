package migrate

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/schema"
)

// deferredIndexes are the indexes that a first load does not maintain: only queries use them, and a load writes many
// nodes of these kinds. Building them from sorted values at the end takes a fraction of the time of filling them
// node by node. Without them all results are the same, only slower. That they are missing is the only trace of an
// interrupted load. The full-text index is not among them, since no search works without it.
var deferredIndexes = []string{
	"state_time_asc", "state_time_desc", "state_asserted_asc", "state_asserted_desc", "state_killed_asc",
	"state_killed_desc", "state_ahead_asc", "state_ahead_desc", "state_id", "claim_known", "claim_document",
	"claim_speaker", "document_title", "document_published_asc", "document_published_desc",
}

// Change runs schema statements in one transaction, so that the server reads the nodes once for all new indexes.
type Change func(ctx context.Context, statements []string) error

// DropDeferredIndexes drops the deferred indexes if the store is empty.
func DropDeferredIndexes(ctx context.Context, query Query, change Change) error {
	found, err := query(ctx, "OPTIONAL MATCH (n:Document|Claim|Event) WITH n LIMIT 1 RETURN n IS NULL AS empty", nil)
	if err != nil {
		return err
	}
	empty, _, err := neo4j.GetRecordValue[bool](found[0], "empty")
	if err != nil {
		return kg.Errorf(kg.Internal, "find out whether the store is empty: %w", err)
	}
	if !empty {
		return nil
	}
	drop := make([]string, len(deferredIndexes))
	for i, name := range deferredIndexes {
		drop[i] = "DROP INDEX " + name + " IF EXISTS"
	}
	return change(ctx, drop)
}

// BuildDeferredIndexes builds the missing indexes, also while another process is loading or builds the same ones. It
// calls progress before.
func BuildDeferredIndexes(ctx context.Context, query Query, change Change, progress func(built, all int)) error {
	statements := indexStatements()
	found, err := query(ctx, "SHOW INDEXES YIELD name", nil)
	if err != nil {
		return err
	}
	for _, r := range found {
		name, _, err := neo4j.GetRecordValue[string](r, "name")
		if err != nil {
			return kg.Errorf(kg.Internal, "read the name of an index: %w", err)
		}
		delete(statements, name)
	}
	var missing []string
	for _, name := range deferredIndexes {
		if statement := statements[name]; statement != "" {
			missing = append(missing, statement)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	progress(0, len(missing))
	err = change(ctx, missing)
	if isAlreadyExists(err) { // another process has just created some of them
		err = nil
		for _, statement := range missing {
			if err := change(ctx, []string{statement}); err != nil && !isAlreadyExists(err) {
				return err
			}
		}
	}
	if err != nil {
		return err
	}
	return query.awaitIndexes(ctx)
}

func isAlreadyExists(err error) bool {
	var fault *neo4j.Neo4jError
	return errors.As(err, &fault) && strings.HasPrefix(fault.Code, "Neo.ClientError.Schema.") &&
		strings.HasSuffix(fault.Code, "AlreadyExists")
}

var indexCreation = regexp.MustCompile(`^CREATE (?:\w+ )?INDEX (\w+) `)

// indexStatements returns the statements that create the indexes of the schema, by name.
func indexStatements() map[string]string {
	all := map[string]string{}
	for _, migration := range schema.Cypher() {
		for _, statement := range Statements(migration) {
			if m := indexCreation.FindStringSubmatch(statement); m != nil {
				all[m[1]] = statement
			}
		}
	}
	return all
}
