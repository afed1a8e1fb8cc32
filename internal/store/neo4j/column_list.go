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

// values returns the expressions as further elements of a list.
func (c columns) values() string {
	var b strings.Builder
	for _, column := range c {
		b.WriteString(", " + column.expression)
	}
	return b.String()
}

// String returns the columns as they stand after RETURN.
func (c columns) String() string {
	named := make([]string, len(c))
	for i, column := range c {
		named[i] = column.expression + " AS " + column.name
	}
	return strings.Join(named, ", ")
}
