package neo4j

import (
	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
)

// column returns a value of a row.
func column[T any](r *neo4j.Record, name string) (T, error) {
	v, _ := r.Get(name)
	return as[T](v, name)
}

// readRows reads each row.
func readRows[T any](rows []*neo4j.Record, read func(*neo4j.Record) (T, error)) ([]T, error) {
	all := make([]T, len(rows))
	for i, r := range rows {
		var err error
		if all[i], err = read(r); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// field returns a value of a map in a row.
func field[T any](row map[string]any, name string) (T, error) { return as[T](row[name], name) }

// listOf returns a column that holds a list.
func listOf[T any](r *neo4j.Record, name string) ([]T, error) {
	values, err := column[[]any](r, name)
	if err != nil {
		return nil, err
	}
	all := make([]T, len(values))
	for i, v := range values {
		if all[i], err = as[T](v, name); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// rowsOf returns a column that holds a list of maps.
func rowsOf(r *neo4j.Record, name string) ([]map[string]any, error) {
	return listOf[map[string]any](r, name)
}

func as[T any](v any, name string) (T, error) {
	t, ok := v.(T)
	if !ok {
		return t, kg.Errorf(kg.Internal, "the engine returned a %T in %s, want a %T", v, name, t)
	}
	return t, nil
}
