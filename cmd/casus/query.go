package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
	"github.com/vektah/gqlparser/v2/ast"

	"casus/graph"
	"casus/internal/client"
	"casus/internal/projection/network"
	"casus/internal/querycheck"
	"casus/internal/store"
	"casus/internal/store/open"
)

// asking is what `casus query` was told.
type asking struct {
	store     storeFlag
	endpoint  string
	file      string
	variables string
	assigned  []string
	operation string
	sample    bool
	checkOnly bool
	graph     graph.Config
}

func queryCommand() *cobra.Command {
	var a asking
	c := &cobra.Command{
		Use:   "query [QUERY]",
		Short: "Ask the graph a GraphQL query",
		Long: `Ask a GraphQL query of a store, or of a server that --endpoint names, and print the answer as JSON. The query is an argument, a
file (-f), or the standard input. It is checked against the schema before it is sent; what is wrong is pointed at. The exit code is
1 where the answer has errors.`,
		Example: `  casus query '{ timeline(first: 3) { nodes { id title status } } }'
  casus query --sample '{ search(text: "Зеленський") { nodes { id } } }'
  casus query -f who-met-whom.graphql --var place=location:miami
  casus query --endpoint http://127.0.0.1:8080/graphql -f q.graphql --vars vars.json
  casus query --check -f q.graphql`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.run(c.Context(), args, c.InOrStdin(), c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	a.store.add(c)
	flags := c.Flags()
	flags.StringVar(&a.endpoint, "endpoint", "", "ask a server at this URL rather than a store")
	flags.StringVarP(&a.file, "file", "f", "", "read the query from this file; - is the standard input")
	flags.StringVar(&a.variables, "vars", "", "read variables from this file, a JSON object")
	flags.StringArrayVar(&a.assigned, "var", nil, "set a variable, name=value; lists and objects as JSON. May be repeated")
	flags.StringVar(&a.operation, "operation", "", "the operation to run, where the query has several")
	flags.BoolVar(&a.sample, "sample", false, "ask the bundled example")
	flags.BoolVar(&a.checkOnly, "check", false, "only check the query; ask nothing")
	flags.DurationVar(&a.graph.Timeout, "timeout", graph.DefaultTimeout, "how long the operation may take; negative: no limit")
	c.MarkFlagsMutuallyExclusive("endpoint", "store")
	c.MarkFlagsMutuallyExclusive("endpoint", "sample")
	return c
}

func (a asking) run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) (err error) {
	name, query, err := a.query(args, stdin)
	if err != nil {
		return err
	}
	schema := graph.Schema()
	doc, faults := querycheck.Query(schema, name, query)
	for _, f := range faults {
		say(stderr, "%s", f)
	}
	if len(faults) > 0 {
		return errReported
	}
	op, err := querycheck.Operation(doc, a.operation)
	if err != nil {
		return usageError{err}
	}
	variables, err := a.values(op, schema)
	if err != nil {
		return err
	}
	if a.checkOnly {
		return nil
	}
	c, done, err := a.client(ctx, stderr)
	if err != nil {
		return err
	}
	defer done(&err)
	response, err := c.Do(ctx, client.Request{Query: query, OperationName: op.Name, Variables: variables})
	if err != nil {
		return withClientHint(err)
	}
	if _, err := fmt.Fprintf(stdout, "%s\n", response.JSON); err != nil {
		return err
	}
	if response.HasErrors {
		return errReported
	}
	return nil
}

// query reads the query and names where it is from.
func (a asking) query(args []string, stdin io.Reader) (name, query string, err error) {
	switch {
	case len(args) > 0 && a.file != "":
		return "", "", usagef("the query is given twice: as an argument and by -f")
	case len(args) > 0:
		return "query", args[0], nil
	case a.file != "" && a.file != "-":
		b, err := os.ReadFile(a.file)
		return a.file, string(b), err
	case a.file == "" && isTerminal(stdin):
		return "", "", usagef("give a query: as an argument, by -f FILE, or on the standard input")
	}
	b, err := io.ReadAll(stdin)
	return "stdin", string(b), err
}

// values are the variables, from the file and the command line, checked against their declared types.
func (a asking) values(op *ast.OperationDefinition, schema *ast.Schema) (map[string]any, error) {
	given := map[string]any{}
	if a.variables != "" {
		b, err := os.ReadFile(a.variables)
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(b, &given); err != nil {
			return nil, usagef("--vars %s holds no JSON object: %w", a.variables, err)
		}
	}
	values, err := querycheck.Variables(op, given, a.assigned)
	if err == nil {
		err = querycheck.CheckVariables(schema, op, values)
	}
	if err != nil {
		return nil, usageError{err}
	}
	return values, nil
}

// withClientHint adds advice to an error of package client.
func withClientHint(err error) error {
	switch {
	case errors.Is(err, client.ErrUnreachable):
		return hinted{err, "is a server running there? `casus serve` starts one"}
	case errors.As(err, new(*client.ResponseError)):
		return hinted{err, "an endpoint looks like http://127.0.0.1:8080/graphql"}
	}
	return err
}

// client returns a client for the endpoint or for the store. done closes the store.
func (a asking) client(ctx context.Context, stderr io.Writer) (c *client.Client, done func(*error), err error) {
	if a.endpoint != "" {
		if c, err = client.New(a.endpoint, a.graph.Timeout); err != nil {
			return nil, nil, usagef("--endpoint: %w", err)
		}
		return c, func(*error) {}, nil
	}
	log, err := logFlags{"text", "error"}.logger(stderr)
	if err != nil {
		return nil, nil, err
	}
	opened := a.store.openExisting
	if a.sample {
		opened = func(ctx context.Context, stderr io.Writer) (store.Store, string, error) {
			return a.store.open(ctx, open.Memory, stderr)
		}
	}
	s, _, err := opened(ctx, stderr)
	if err != nil {
		return nil, nil, err
	}
	done = func(err *error) { closing(s, err) }
	if a.sample {
		if err := loadSample(ctx, s, log); err != nil {
			done(&err)
			return nil, nil, err
		}
	}
	a.graph.Logger, a.graph.Networks = log, network.New(s, -1)
	return client.NewInProcess(graph.NewHandler(s, a.graph)), done, nil
}
