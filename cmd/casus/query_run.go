package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"

	"casus/graph"
	"casus/internal/client"
	"casus/internal/client/format"
	"casus/internal/kg"
	"casus/internal/projection/network"
	"casus/internal/querycheck"
	"casus/internal/store/cache"
	"casus/internal/store/open"
	"casus/internal/strictjson"
	"casus/internal/terminal"
)

// envToken names the variable with the token for a server. There is no flag for the token itself, because other users
// of the machine can read command lines.
const envToken = "CASUS_TOKEN"

func (q queryRun) run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) (err error) {
	if !slices.Contains(format.Names(), q.output) {
		return usagef("--output %q is not one of json, table, csv", q.output)
	}
	if q.tokenFile != "" && q.endpoint == "" {
		return usagef("--token-file needs --endpoint: a store takes no token")
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
	if err := format.Print(stdout, stderr, response, q.output); kg.CodeOf(err) == kg.BadInput {
		return usagef("--output: %w", err)
	} else if err != nil {
		return err
	}
	if response.TimedOut && q.endpoint == "" {
		printLine(stderr, "hint: --timeout allows more time; now it is %v", q.graph.Timeout)
	}
	if response.HasErrors {
		return errReported
	}
	return nil
}

// readToken returns the token of --token-file, else of the environment, else "".
func (q queryRun) readToken() (token client.Token, err error) {
	source := "--token-file"
	if q.tokenFile != "" {
		token, err = client.ReadToken(q.tokenFile)
	} else {
		source = "$" + envToken
		token, err = client.ParseToken(os.Getenv(envToken))
	}
	if kg.CodeOf(err) == kg.BadInput {
		return "", usagef("%s: %w", source, err)
	} else if err != nil {
		return "", fmt.Errorf("%s: %w", source, err)
	}
	return token, nil
}

// withClientHint adds advice to an error of package client.
func withClientHint(err error) error {
	var access *client.AccessError
	var redirect *client.RedirectError
	switch {
	case errors.As(err, &access) && !access.HasToken:
		return hintedError{err, "set $" + envToken + ", or name a file that holds the token with --token-file"}
	case errors.As(err, &access):
		return hintedError{err, "ask the operator of the server for a token that may do this"}
	case errors.As(err, &redirect):
		return hintedError{err, "if you trust it, specify it with --endpoint"}
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
		token, err := q.readToken()
		if err != nil {
			return nil, nil, err
		}
		if c, err = client.New(q.endpoint, token, q.graph.Timeout); err != nil {
			return nil, nil, usagef("--endpoint: %w", err)
		}
		if c.ExposesToken() {
			printLine(stderr, "warning: the token crosses the network unencrypted; use https")
		}
		return c, func(*error) {}, nil
	}
	log, err := logFlags{"text", "error"}.logger(stderr)
	if err != nil {
		return nil, nil, err
	}
	// A server may have written the snapshot.
	q.store.caches = cache.Options{Snapshot: open.SnapshotPath(q.store.chosen(open.Default), ""), Log: log}
	openStore := q.store.openExisting
	if q.sample.selected() {
		q.store.caches.Snapshot = ""
		openStore = func(ctx context.Context, stderr io.Writer) (*cache.Store, string, error) {
			return q.store.open(ctx, open.Memory, stderr)
		}
	}
	s, _, err := openStore(ctx, stderr)
	if err != nil {
		return nil, nil, err
	}
	networks := network.New(s, -1)
	closeClient = func(err *error) {
		networks.Close()
		closeStore(s, err)
	}
	if q.sample.selected() {
		if err := loadSample(ctx, s, q.sample.sample(), log); err != nil {
			closeClient(&err)
			return nil, nil, err
		}
	}
	q.graph.Logger, q.graph.Networks = log, networks
	return client.NewInProcess(graph.NewHandler(s, q.graph)), closeClient, nil
}

// readQuery returns the query and the name of its source.
func (q queryRun) readQuery(args []string, stdin io.Reader) (name, query string, err error) {
	file := q.file
	switch {
	case len(args) > 0 && file != "":
		return "", "", usagef("the query is specified twice: as an argument and with -f")
	case len(args) > 0 && args[0] != "-":
		return "query", args[0], nil
	case len(args) == 0 && file == "" && terminal.Is(stdin):
		return "", "", usagef("specify a query: as an argument, with -f FILE, or on the standard input")
	}
	var content []byte
	if file == "" || file == "-" {
		name = "stdin"
		content, err = io.ReadAll(stdin)
	} else {
		name = file
		content, err = os.ReadFile(file)
	}
	if err == nil {
		err = checkText(name, content)
	}
	return name, string(content), err
}

// readVariables returns the variables of the file and the command line, checked against their declared types.
func (q queryRun) readVariables(op *ast.OperationDefinition, schema *ast.Schema) (map[string]any, error) {
	fromFile := map[string]any{}
	if q.variables != "" {
		b, err := os.ReadFile(q.variables)
		if err != nil {
			return nil, err
		}
		if err := checkText(q.variables, b); err != nil {
			return nil, err
		}
		if faults := strictjson.Check(b); len(faults) > 0 {
			return nil, usagef("--vars %s: %v", q.variables, faults[0])
		}
		if err := json.Unmarshal(b, &fromFile); err != nil {
			return nil, usagef("--vars %s: invalid JSON object: %w", q.variables, err)
		}
	}
	values, err := querycheck.Variables(op, fromFile, q.assigned)
	if err == nil {
		err = querycheck.CheckVariables(schema, op, values)
	}
	if err != nil {
		return nil, usageError{err}
	}
	return values, nil
}
