package neo4j

import "strings"

// columns are named expressions over a node n, which a decoder reads.
type columns []namedColumn

type namedColumn struct{ name, expression string }

// recordColumns are the columns of a node that is decoded from its record alone.
func recordColumns(record string) columns { return columns{{"record", record}} }

func (c columns) names() []string {
	names := make([]string, len(c))
	for i, column := range c {
		names[i] = column.name
	}
	return names
}

// values returns the expressions as the elements of a list.
func (c columns) values() string {
	expressions := make([]string, len(c))
	for i, column := range c {
		expressions[i] = column.expression
	}
	return strings.Join(expressions, ", ")
}

// String returns the columns as they stand after RETURN.
func (c columns) String() string {
	named := make([]string, len(c))
	for i, column := range c {
		named[i] = column.expression + " AS " + column.name
	}
	return strings.Join(named, ", ")
}
