package main

import (
	"github.com/spf13/cobra"

	"casus/graph"
	"casus/internal/client/format"
)

// queryRun is one run of `casus query`.
type queryRun struct {
	store     storeFlag
	endpoint  string
	tokenFile string
	file      string
	variables string
	assigned  []string
	operation string
	output    string
	sample    sampleFlag
	checkOnly bool
	graph     graph.Config
}

func queryCommand() *cobra.Command {
	var q queryRun
	c := &cobra.Command{
		Use:   "query [QUERY]",
		Short: "Run a GraphQL query",
		Long: `Run a GraphQL query against a store, or against a server with --endpoint, and print the response.
The query is an argument, a file (-f), or the standard input ("-", or nothing). It is checked
against the schema before it is sent; an error names line and column. The exit code is 1 if the
response has errors.

A server may require a token: put it into $` + envToken + `, or into a file for --token-file. It is sent to
the server of --endpoint alone.

--output json prints the whole response. table and csv print each element of a list, or of a
connection's nodes or edges, as a row. The columns of nested objects are named like place.name;
lists within a row are joined by "; ". csv takes queries with one field at the top. JSON and tables
are coloured on a terminal unless $NO_COLOR is set.`,
		Example: `  casus query '{ timeline(first: 3) { nodes { id title status } } }'
  casus query --output table '{ timeline(first: 3) { nodes { id title status } } }'
  casus query --sample '{ search(text: "Зеленський") { nodes { id } } }'
  casus query -f who-met-whom.graphql --var place=location:miami
  casus query --endpoint http://127.0.0.1:8080/graphql -f q.graphql --vars vars.json
  casus query --endpoint https://example.org/graphql --token-file ~/.casus-token -f q.graphql
  casus query --check - < q.graphql`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return q.run(c.Context(), args, c.InOrStdin(), c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	q.store.add(c)
	flags := c.Flags()
	flags.StringVar(&q.endpoint, "endpoint", "", "query the server at this URL instead of a store")
	flags.StringVar(&q.tokenFile, "token-file", "",
		"read the token for --endpoint from this file; default: $"+envToken)
	flags.StringVarP(&q.file, "file", "f", "", "read the query from this file; - is the standard input")
	flags.StringVar(&q.variables, "vars", "", "read variables from this file, a JSON object")
	flags.StringArrayVar(&q.assigned, "var", nil, "set a variable, name=value; lists and objects as JSON. May be repeated")
	flags.StringVar(&q.operation, "operation", "", "the operation to run if the query has several")
	flags.StringVar(&q.output, "output", "json", "the format of the response: json, table or csv")
	q.sample.add(c, "query a bundled example")
	flags.BoolVar(&q.checkOnly, "check", false, "check the query without running it")
	flags.DurationVar(&q.graph.Timeout, "timeout", graph.DefaultTimeout,
		"time limit of the operation; negative means no limit")
	c.MarkFlagsMutuallyExclusive("endpoint", "store")
	c.MarkFlagsMutuallyExclusive("endpoint", "sample")
	completeFlag(c, "output", oneOf(format.Names()...))
	return c
}
