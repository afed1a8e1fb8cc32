package neo4j

import (
	"context"
	"errors"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
)

// mapError wraps an error of the driver or server with a code and the operation that failed. It returns nil, and errors
// that have a code, unchanged.
func mapError(ctx context.Context, err error, what string) error {
	if err == nil {
		return nil
	}
	var coded *kg.Error
	if errors.As(err, &coded) {
		return err
	}
	return kg.Errorf(codeOf(ctx, err), "%s: %w", what, err)
}

func codeOf(ctx context.Context, err error) kg.ErrorCode {
	var server *neo4j.Neo4jError
	var network *neo4j.ConnectivityError
	var retried *neo4j.TransactionExecutionLimit
	switch {
	case ctx.Err() != nil, errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return kg.Timeout
	case errors.As(err, &server):
		switch code := server.Code; {
		case strings.HasPrefix(code, "Neo.ClientError.Security."):
			return kg.Unauthenticated
		case strings.HasPrefix(code, "Neo.ClientError.Transaction.TransactionTimedOut"),
			code == "Neo.ClientError.Transaction.Terminated":
			return kg.Timeout
		case strings.HasPrefix(code, "Neo.TransientError."), strings.HasPrefix(code, "Neo.ClientError.Database."),
			strings.HasPrefix(code, "Neo.ClientError.Cluster."):
			return kg.Unavailable
		}
	case errors.As(err, &network), errors.As(err, &retried):
		return kg.Unavailable
	}
	return kg.Internal
}
