package neo4j

import (
	"context"
	"fmt"
	"io/fs"
	"regexp"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/schema"
)

// FindDamage finds indexes and constraints that failed or are missing. Pages are the server's own affair.
func (s *Store) FindDamage(ctx context.Context, found func(store.Damage)) error {
	indexes, err := s.schemaStates(ctx, "SHOW INDEXES YIELD name, state RETURN name, state")
	if err != nil {
		return err
	}
	constraints, err := s.schemaStates(ctx, "SHOW CONSTRAINTS YIELD name RETURN name, '' AS state")
	if err != nil {
		return err
	}
	wanted, err := schemaNames()
	if err != nil {
		return err
	}
	for _, w := range wanted {
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

// schemaStates returns the states of indexes or constraints by name.
func (s *Store) schemaStates(ctx context.Context, query string) (map[string]string, error) {
	rows, err := s.query(ctx, query, nil)
	if err != nil {
		return nil, err
	}
	states := map[string]string{}
	for _, r := range rows {
		name, err := column[string](r, "name")
		if err != nil {
			return nil, err
		}
		if states[name], err = column[string](r, "state"); err != nil {
			return nil, err
		}
	}
	return states, nil
}

// schemaName is an index or a constraint.
type schemaName struct {
	name       string
	constraint bool
}

var creation = regexp.MustCompile(`^CREATE (?:\w+ )?(CONSTRAINT|INDEX) (\w+) `)

// schemaNames returns the indexes and constraints of the schema, in the order of its files.
func schemaNames() ([]schemaName, error) {
	files, err := fs.Glob(schema.Cypher(), "cypher/*.cypher")
	if err != nil {
		return nil, kg.Errorf(kg.Internal, "list the migrations: %w", err)
	}
	var all []schemaName
	for _, file := range files {
		script, err := fs.ReadFile(schema.Cypher(), file)
		if err != nil {
			return nil, kg.Errorf(kg.Internal, "read a migration: %w", err)
		}
		for _, s := range statements(string(script)) {
			if m := creation.FindStringSubmatch(s); m != nil {
				all = append(all, schemaName{m[2], m[1] == "CONSTRAINT"})
			}
		}
	}
	return all, nil
}
