package bench

import (
	"bufio"
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
)

// BareNeo4j is a simple hand-written loader, the baseline for loads into Neo4j. It reads rows from next until io.EOF,
// and writes events and, for each row, a claim, a document and two participants with batched UNWIND statements. It
// creates a uniqueness constraint for each label and nothing else. The database should be empty.
func BareNeo4j(
	ctx context.Context, driver neo4j.DriverWithContext, next func() (map[string]any, error),
) (took time.Duration, rows int, err error) {
	session := driver.NewSession(ctx, neo4j.SessionConfig{})
	defer func() { err = errors.Join(err, session.Close(ctx)) }()
	for _, label := range []string{"BareEvent", "BareClaim", "BareDocument", "BareActor"} {
		if err := runBare(ctx, session, "CREATE CONSTRAINT IF NOT EXISTS FOR (n:"+label+") REQUIRE n.id IS UNIQUE",
			nil); err != nil {
			return 0, 0, err
		}
	}
	if err := runBare(ctx, session, "CALL db.awaitIndexes(60)", nil); err != nil {
		return 0, 0, err
	}
	began := time.Now()
	var batch []any
	for {
		one, err := next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return 0, rows, kg.Errorf(kg.BadInput, "read the table: %w", err)
		}
		rows++
		if batch = append(batch, one); len(batch) == bareBatch {
			if err := writeBare(ctx, session, batch); err != nil {
				return 0, rows, err
			}
			batch = nil
		}
	}
	err = writeBare(ctx, session, batch)
	return time.Since(began), rows, err
}

const bareBatch = 5000

// GeneratedRows returns the rows of the generated table for BareNeo4j.
func GeneratedRows(table io.Reader) (func() (map[string]any, error), error) {
	r := csv.NewReader(table)
	r.ReuseRecord = true
	header, err := r.Read()
	if err != nil {
		return nil, kg.Errorf(kg.BadInput, "read the table: %w", err)
	}
	at := map[string]int{}
	for i, name := range header {
		at[name] = i
	}
	return func() (map[string]any, error) {
		row, err := r.Read()
		if err != nil {
			return nil, err
		}
		one := map[string]any{}
		for _, name := range []string{"event", "document", "title", "actor_a", "actor_b", "type", "date", "published",
			"killed", "headline"} {
			one[name] = row[at[name]]
		}
		return one, nil
	}, nil
}

// QuadRows returns quadruples, "subject relation object date" separated by tabs, for BareNeo4j. Each has its own
// document.
func QuadRows(table io.Reader) func() (map[string]any, error) {
	lines := bufio.NewScanner(table)
	return func() (map[string]any, error) {
		if !lines.Scan() {
			return nil, cmp.Or(lines.Err(), io.EOF)
		}
		cells := strings.Split(lines.Text(), "\t")
		if len(cells) < 4 {
			return nil, kg.Errorf(kg.BadInput, "%q is not a quadruple", lines.Text())
		}
		return map[string]any{
			"event": lines.Text(), "document": lines.Text(), "title": strings.Join(cells[:3], " "), "actor_a": cells[0],
			"actor_b": cells[2],
			"type":    cells[1], "date": cells[3], "published": cells[3], "killed": "", "headline": cells[1],
		}, nil
	}
}

var bareStatements = []string{
	"UNWIND $rows AS r MERGE (a:BareActor {id: r.actor_a})",
	"UNWIND $rows AS r MERGE (a:BareActor {id: r.actor_b})",
	"UNWIND $rows AS r MERGE (e:BareEvent {id: r.event}) SET e.title = r.title, e.type = r.type, e.date = r.date",
	"UNWIND $rows AS r MERGE (d:BareDocument {id: r.document}) SET d.title = r.headline, d.published = r.published",
	`UNWIND $rows AS r MATCH (e:BareEvent {id: r.event}) MATCH (d:BareDocument {id: r.document})
	CREATE (c:BareClaim {id: r.document, killed: r.killed}) CREATE (c)-[:BARE_ABOUT]->(e) CREATE (c)-[:BARE_IN]->(d)`,
	"UNWIND $rows AS r MATCH (e:BareEvent {id: r.event}) MATCH (a:BareActor {id: r.actor_a}) MERGE (a)-[:BARE_TOOK_PART " +
		"{role: 'INITIATOR'}]->(e)",
	"UNWIND $rows AS r MATCH (e:BareEvent {id: r.event}) MATCH (a:BareActor {id: r.actor_b}) MERGE (a)-[:BARE_TOOK_PART " +
		"{role: 'RECIPIENT'}]->(e)",
}

func writeBare(ctx context.Context, session neo4j.SessionWithContext, batch []any) error {
	_, err := session.ExecuteWrite(ctx, func(tx neo4j.ManagedTransaction) (any, error) {
		for _, s := range bareStatements {
			if _, err := tx.Run(ctx, s, map[string]any{"rows": batch}); err != nil {
				return nil, err
			}
		}
		return nil, nil
	})
	if err != nil {
		return kg.Errorf(kg.Unavailable, "bare loader: %w", err)
	}
	return nil
}

func runBare(ctx context.Context, session neo4j.SessionWithContext, statement string, params map[string]any) error {
	result, err := session.Run(ctx, statement, params)
	if err == nil {
		_, err = result.Consume(ctx)
	}
	if err != nil {
		return kg.Errorf(kg.Unavailable, "bare loader: %w", err)
	}
	return nil
}
