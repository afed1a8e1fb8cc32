// Package damage finds damage in a Neo4j database: indexes and constraints that failed or are missing, and properties
// that differ from the record from which they are computed. The server checks its pages itself.
package damage

import (
	"context"
	"fmt"
	"regexp"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/neo4j/migrate"
	"casus/schema"
)

// Find compares the indexes and constraints with the schema.
func Find(ctx context.Context, query migrate.Query, found func(store.Damage)) error {
	indexes, err := states(ctx, query, "SHOW INDEXES YIELD name, state RETURN name, state")
	if err != nil {
		return err
	}
	constraints, err := states(ctx, query, "SHOW CONSTRAINTS YIELD name RETURN name, '' AS state")
	if err != nil {
		return err
	}
	for _, w := range schemaNames() {
		_, isConstraint := constraints[w.name]
		state, isIndex := indexes[w.name] // a constraint has the name of its index
		switch {
		case w.constraint && !isConstraint:
			found(store.Damage{Problem: fmt.Sprintf("the constraint %s is missing", w.name)})
		case !isIndex:
			found(store.Damage{Problem: fmt.Sprintf("the index %s is missing", w.name)})
		case state == "FAILED":
			found(store.Damage{Problem: fmt.Sprintf("the index %s has failed", w.name)})
		}
	}
	return nil
}

// states returns the states of indexes or constraints by name.
func states(ctx context.Context, query migrate.Query, show string) (map[string]string, error) {
	rows, err := query(ctx, show, nil)
	if err != nil {
		return nil, err
	}
	all := map[string]string{}
	for _, r := range rows {
		name, _, err := neo4j.GetRecordValue[string](r, "name")
		if err != nil {
			return nil, kg.Errorf(kg.Internal, "read an index: %w", err)
		}
		if all[name], _, err = neo4j.GetRecordValue[string](r, "state"); err != nil {
			return nil, kg.Errorf(kg.Internal, "read the index %s: %w", name, err)
		}
	}
	return all, nil
}

// schemaName is an index or a constraint.
type schemaName struct {
	name       string
	constraint bool
}

var creation = regexp.MustCompile(`^CREATE (?:\w+ )?(CONSTRAINT|INDEX) (\w+) `)

// schemaNames returns the indexes and constraints of the schema, in the order of its migrations.
func schemaNames() []schemaName {
	var all []schemaName
	for _, m := range schema.Cypher() {
		for _, statement := range migrate.Statements(m) {
			if created := creation.FindStringSubmatch(statement); created != nil {
				all = append(all, schemaName{created[2], created[1] == "CONSTRAINT"})
			}
		}
	}
	return all
}
