package main

import (
	"io"

	"github.com/spf13/cobra"
	"github.com/vektah/gqlparser/v2/formatter"

	"casus/graph"
	"casus/schema"
)

func schemaCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "schema",
		Short: "Print a schema: of the extraction format, mapping files, the API or the stores",
		Example: `  casus schema extraction > extraction.schema.json
  casus schema mapping > mapping.schema.json
  casus schema graphql > casus.graphql
  casus schema cypher`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	for _, kind := range []struct {
		name, short string
		print       func(io.Writer) error
	}{
		{"extraction", "The JSON Schema of the extraction format", func(w io.Writer) error {
			_, err := w.Write(schema.Extraction())
			return err
		}},
		{"mapping", "The JSON Schema of mapping files", func(w io.Writer) error {
			_, err := w.Write(schema.Mapping())
			return err
		}},
		{"graphql", "The API's SDL", func(w io.Writer) error {
			formatter.NewFormatter(w).FormatSchema(graph.Schema())
			return nil
		}},
		{"cypher", "The constraints and indexes in Neo4j", func(w io.Writer) error {
			return writeScripts(w, schema.Cypher())
		}},
		{"sql", "The tables and indexes in SQLite", func(w io.Writer) error {
			return writeScripts(w, schema.SQL())
		}},
	} {
		c.AddCommand(&cobra.Command{
			Use:   kind.name,
			Short: kind.short,
			Args:  cobra.NoArgs,
			RunE:  func(c *cobra.Command, _ []string) error { return kind.print(c.OutOrStdout()) },
		})
	}
	return c
}

// writeScripts writes all migrations.
func writeScripts(w io.Writer, migrations []schema.Migration) error {
	for _, m := range migrations {
		if _, err := io.WriteString(w, m.Script); err != nil {
			return err
		}
	}
	return nil
}
