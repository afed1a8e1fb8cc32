package main

import (
	"context"
	"errors"
	"io"
	"slices"

	"casus/graph"
	"casus/internal/client"
	"casus/internal/projection/network"
	"casus/internal/querycheck"
	"casus/internal/store"
	"casus/internal/store/open"
)

func (q queryRun) run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) (err error) {
	if !slices.Contains(outputFormats, q.output) {
		return usagef("--output %q is not one of json, table, csv", q.output)
	}
	name, query, err := q.readQuery(args, stdin)
	if err != nil {
		return err
	}
	schema := graph.Schema()
	doc, faults := querycheck.Query(schema, name, query)
	for _, f := range faults {
		printLine(stderr, "%s", f)
	}
	if len(faults) > 0 {
		return errReported
	}
	op, err := querycheck.Operation(doc, q.operation)
	if err != nil {
		return usageError{err}
	}
	variables, err := q.readVariables(op, schema)
	if err != nil {
		return err
	}
	if q.checkOnly {
		return nil
	}
	c, closeClient, err := q.newClient(ctx, stderr)
	if err != nil {
		return err
	}
	defer closeClient(&err)
	response, err := c.Do(ctx, client.Request{Query: query, OperationName: op.Name, Variables: variables})
	if err != nil {
		return withClientHint(err)
	}
	if err := printResponse(stdout, stderr, response, q.output); err != nil {
		return err
	}
	if response.HasErrors {
		return errReported
	}
	return nil
}

// withClientHint adds advice to an error of package client.
func withClientHint(err error) error {
	switch {
	case errors.Is(err, client.ErrUnreachable):
		return hintedError{err, "is a server running there? `casus serve` starts one"}
	case errors.As(err, new(*client.ResponseError)):
		return hintedError{err, "an endpoint looks like http://127.0.0.1:8080/graphql"}
	}
	return err
}

// newClient returns a client for the endpoint or for the store. closeClient closes the store.
func (q queryRun) newClient(
	ctx context.Context, stderr io.Writer,
) (c *client.Client, closeClient func(*error), err error) {
	if q.endpoint != "" {
		if c, err = client.New(q.endpoint, q.graph.Timeout); err != nil {
			return nil, nil, usagef("--endpoint: %w", err)
		}
		return c, func(*error) {}, nil
	}
	log, err := logFlags{"text", "error"}.logger(stderr)
	if err != nil {
		return nil, nil, err
	}
	openStore := q.store.openExisting
	if q.sample {
		openStore = func(ctx context.Context, stderr io.Writer) (store.Store, string, error) {
			return q.store.open(ctx, open.Memory, stderr)
		}
	}
	s, _, err := openStore(ctx, stderr)
	if err != nil {
		return nil, nil, err
	}
	closeClient = func(err *error) { closeStore(s, err) }
	if q.sample {
		if err := loadSample(ctx, s, log); err != nil {
			closeClient(&err)
			return nil, nil, err
		}
	}
	q.graph.Logger, q.graph.Networks = log, network.New(s, -1)
	return client.NewInProcess(graph.NewHandler(s, q.graph)), closeClient, nil
}
