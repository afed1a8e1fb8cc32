package main

import (
	"encoding/json"
	"io"
	"os"

	"github.com/vektah/gqlparser/v2/ast"

	"casus/internal/querycheck"
)

// readQuery returns the query and the name of its source.
func (q queryRun) readQuery(args []string, stdin io.Reader) (name, query string, err error) {
	file := q.file
	switch {
	case len(args) > 0 && file != "":
		return "", "", usagef("the query is specified twice: as an argument and with -f")
	case len(args) > 0 && args[0] != "-":
		return "query", args[0], nil
	case len(args) == 0 && file == "" && isTerminal(stdin):
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
