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
  casus schema cypher --style > casus.grass`,
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
	c.AddCommand(schemaCypherCommand())
	return c
}

func schemaCypherCommand() *cobra.Command {
	style := false
	c := &cobra.Command{
		Use:   "cypher",
		Short: "The constraints and indexes in Neo4j, or a stylesheet for Neo4j Browser",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if !style {
				return writeScripts(c.OutOrStdout(), schema.Cypher())
			}
			_, err := c.OutOrStdout().Write(schema.Style())
			return err
		},
	}
	c.Flags().BoolVar(&style, "style", false, "print the colours, sizes and captions of labels and relationships (GraSS)")
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
