package main

import (
	"path/filepath"

	"github.com/spf13/cobra"

	"casus/internal/export"
	"casus/internal/kg"
	"casus/loader/ftm"
	"casus/loader/mapping"
)

// completeFlag sets the values that a shell offers for a flag. It panics if the command does not define the flag; any
// run of the program shows such a mistake.
func completeFlag(c *cobra.Command, flag string, values cobra.CompletionFunc) {
	if err := c.RegisterFlagCompletionFunc(flag, values); err != nil {
		panic(err)
	}
}

// oneOf offers fixed values.
func oneOf[S ~string](values ...S) cobra.CompletionFunc {
	choices := make([]string, len(values))
	for i, v := range values {
		choices[i] = string(v)
	}
	return cobra.FixedCompletions(choices, cobra.ShellCompDirectiveNoFileComp)
}

// storeURLs offers the databases in the working directory and the schemes of stores.
func storeURLs(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var urls []string
	files, err := filepath.Glob("*.db")
	if err == nil {
		for _, file := range files {
			urls = append(urls, cobra.CompletionWithDesc("sqlite:"+file, "a store in this folder"))
		}
	}
	urls = append(urls,
		cobra.CompletionWithDesc("sqlite:", "a file"),
		cobra.CompletionWithDesc("sqlite::memory:", "in memory"),
		cobra.CompletionWithDesc("neo4j://", "Neo4j, a server or a cluster"),
		cobra.CompletionWithDesc("neo4j+s://", "Neo4j with TLS"),
		cobra.CompletionWithDesc("bolt://", "one Neo4j server"),
		cobra.CompletionWithDesc("bolt+s://", "one Neo4j server with TLS"),
	)
	return urls, cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveNoFileComp
}

// inputFormats offers the formats that files are loaded from.
func inputFormats(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	formats := []string{
		cobra.CompletionWithDesc("casus", "the extraction format"),
		cobra.CompletionWithDesc(ftm.Name, "FollowTheMoney entities"),
	}
	return append(formats, mappingNames()...), cobra.ShellCompDirectiveNoFileComp
}

// mappingNames returns the embedded mappings with their descriptions.
func mappingNames() []string {
	var names []string
	for _, name := range mapping.Names() {
		if m, err := mapping.Embedded(name); err == nil {
			names = append(names, cobra.CompletionWithDesc(name, m.Description))
		}
	}
	return names
}

// exportFormats offers the formats that the graph is exported to.
func exportFormats(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var formats []string
	for _, f := range export.Formats() {
		formats = append(formats, cobra.CompletionWithDesc(f.Name, f.About))
	}
	return formats, cobra.ShellCompDirectiveNoFileComp
}

// completeExportFlags offers the values of parameters with a vocabulary.
func completeExportFlags(c *cobra.Command) {
	completeFlag(c, "format", exportFormats)
	completeFlag(c, "graph", oneOf(export.Graphs.Values()...))
	completeFlag(c, "table", oneOf(export.Tables.Values()...))
	completeFlag(c, "category", oneOf(kg.EventCategories.Values()...))
	completeFlag(c, "status", oneOf(kg.ClaimStatuses.Values()...))
	completeFlag(c, "modality", oneOf(kg.Modalities.Values()...))
	completeFlag(c, "role", oneOf(kg.ParticipantRoles.Values()...))
}
