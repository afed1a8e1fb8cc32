package bench

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
)

// CopyNeo4j copies all nodes and relationships that Casus stored in a database, with their properties and indexes of
// the same kinds, except nodes whose id contains except. Kinds and types are written one after the other with batched
// UNWIND statements; only the ends of relationships are looked up. The time is a lower bound for storing the graph.
// It does not include reading.
func CopyNeo4j(ctx context.Context, driver neo4j.DriverWithContext, except string) (took time.Duration, err error) {
	session := driver.NewSession(ctx, neo4j.SessionConfig{})
	defer func() { err = errors.Join(err, session.Close(ctx)) }()
	if err := copyIndexes(ctx, session); err != nil {
		return 0, err
	}
	for _, labels := range copiedNodes {
		spent, err := copyAll(ctx, driver, session, except,
			"MATCH (n:"+labels.of+") WHERE "+labels.where+
				" AND NOT coalesce(n.subject, n.id) CONTAINS $except RETURN id(n) AS ref, properties(n) AS p",
			"UNWIND $rows AS r CREATE (n:Copy:"+labels.to+") SET n = r.p, n.ref = r.ref")
		if took += spent; err != nil {
			return took, err
		}
	}
	for _, typ := range copiedTypes {
		spent, err := copyAll(ctx, driver, session, except,
			"MATCH (a)-[r:"+typ+"]->(b) WHERE NOT coalesce(a.subject, a.id) CONTAINS $except RETURN id(a) AS a, id(b) AS b, "+
				"properties(r) AS p",
			"UNWIND $rows AS r MATCH (a:Copy {ref: r.a}) USING INDEX a:Copy(ref) MATCH (b:Copy {ref: r.b}) USING INDEX "+
				"b:Copy(ref) CREATE (a)-[x:COPY_"+typ+"]->(b) SET x = r.p")
		if took += spent; err != nil {
			return took, err
		}
	}
	return took, nil
}

var copiedNodes = []struct{ of, where, to string }{
	{"Actor", "true", "CopyActor"}, {"Location", "true", "CopyLocation"}, {"Document", "true", "CopyDocument"},
	{"Claim", "true", "CopyClaim"},
	{"Event", "n:EventState", "CopyEventState"}, {"EventState", "NOT n:Event", "CopyEventState"},
	{"Release", "true", "CopyRelease"},
}

var copiedTypes = []string{
	"ABOUT", "IN", "OF_RELEASE", "ACCORDING_TO", "CITES", "PUBLISHED_BY", "SYNDICATES", "WITHIN", "HAS_STATE",
	"PARTICIPATED_IN", "OCCURRED_AT",
	"PART_OF", "RESPONDS_TO", "ANNOUNCES",
}

// copyIndexes creates the indexes that the labels have, except those of constraints on ids: copies have one on ref.
func copyIndexes(ctx context.Context, session neo4j.SessionWithContext) error {
	found, err := neo4j.ExecuteRead(ctx, session, func(tx neo4j.ManagedTransaction) ([]*neo4j.Record, error) {
		result, err := tx.Run(ctx,
			"SHOW INDEXES YIELD type, labelsOrTypes, properties, owningConstraint WHERE owningConstraint IS NULL AND "+
				"labelsOrTypes IS NOT NULL"+
				" AND size(properties) > 0 AND none(l IN labelsOrTypes WHERE l STARTS WITH 'Copy' OR l STARTS WITH 'Bare') RETURN "+
				"type, labelsOrTypes, properties", nil)
		if err != nil {
			return nil, err
		}
		return result.Collect(ctx)
	})
	if err != nil {
		return kg.Errorf(kg.Unavailable, "copying loader: %w", err)
	}
	statements := []string{"CREATE CONSTRAINT IF NOT EXISTS FOR (n:Copy) REQUIRE n.ref IS UNIQUE"}
	for _, r := range found {
		kind, labels, properties := r.Values[0].(string), toStrings(r.Values[1]), toStrings(r.Values[2])
		of, on := "FOR (n:Copy"+strings.Join(labels, "|Copy")+")", "n."+strings.Join(properties, ", n.")
		switch kind {
		case "POINT":
			statements = append(statements, "CREATE POINT INDEX IF NOT EXISTS "+of+" ON ("+on+")")
		case "FULLTEXT":
			statements = append(statements,
				"CREATE FULLTEXT INDEX IF NOT EXISTS "+of+" ON EACH ["+on+
					"] OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}")
		default:
			statements = append(statements, "CREATE INDEX IF NOT EXISTS "+of+" ON ("+on+")")
		}
	}
	for _, statement := range append(statements, "CALL db.awaitIndexes(60)") {
		if err := runBare(ctx, session, statement, nil); err != nil {
			return err
		}
	}
	return nil
}

func toStrings(list any) []string {
	var all []string
	for _, v := range list.([]any) {
		all = append(all, v.(string))
	}
	return all
}

// copyAll reads rows with one statement and writes them with another, in batches. It returns the time of writing.
func copyAll(
	ctx context.Context, driver neo4j.DriverWithContext, session neo4j.SessionWithContext, except, read, write string,
) (took time.Duration, err error) {
	source := driver.NewSession(ctx, neo4j.SessionConfig{AccessMode: neo4j.AccessModeRead})
	defer func() { err = errors.Join(err, source.Close(ctx)) }()
	result, err := source.Run(ctx, read, map[string]any{"except": except})
	if err != nil {
		return 0, kg.Errorf(kg.Unavailable, "copying loader: %w", err)
	}
	var batch []any
	flush := func() error {
		began := time.Now()
		defer func() { took += time.Since(began); batch = nil }()
		if len(batch) == 0 {
			return nil
		}
		_, err := session.ExecuteWrite(ctx, func(tx neo4j.ManagedTransaction) (any, error) {
			return tx.Run(ctx, write, map[string]any{"rows": batch})
		})
		if err != nil {
			return kg.Errorf(kg.Unavailable, "copying loader: %w", err)
		}
		return nil
	}
	for result.Next(ctx) {
		if batch = append(batch, result.Record().AsMap()); len(batch) == bareBatch {
			if err := flush(); err != nil {
				return took, err
			}
		}
	}
	if err := result.Err(); err != nil {
		return took, kg.Errorf(kg.Unavailable, "copying loader: %w", err)
	}
	return took, flush()
}
