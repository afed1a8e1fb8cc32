package neo4j

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// session runs auto-commit statements, as batched deletes and schema statements need.
type session struct {
	ctx context.Context
	neo neo4j.SessionWithContext
}

func withSession(ctx context.Context, uri string, do func(session) error) (err error) {
	auth := neo4j.NoAuth()
	if user := os.Getenv(envUser); user != "" {
		auth = neo4j.BasicAuth(user, os.Getenv(envPassword), "")
	}
	driver, err := neo4j.NewDriverWithContext(uri, auth)
	if err != nil {
		return fmt.Errorf("connect to %s: %w", uri, err)
	}
	neo := driver.NewSession(ctx, neo4j.SessionConfig{})
	defer func() { err = errors.Join(err, neo.Close(ctx), driver.Close(ctx)) }()
	return do(session{ctx, neo})
}

func (s session) run(cypher string, params map[string]any) error {
	result, err := s.neo.Run(s.ctx, cypher, params)
	if err == nil {
		_, err = result.Consume(s.ctx)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", cypher, err)
	}
	return nil
}

// column returns the first column of a query's rows.
func (s session) column(cypher string) ([]any, error) {
	result, err := s.neo.Run(s.ctx, cypher, nil)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", cypher, err)
	}
	var values []any
	for result.Next(s.ctx) {
		values = append(values, result.Record().Values[0])
	}
	if err := result.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", cypher, err)
	}
	return values, nil
}

// ping returns an error unless the server answers within some seconds.
func ping(ctx context.Context, uri string) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	return withSession(ctx, uri, func(s session) error { return s.run("RETURN 1", nil) })
}
