package main

import (
	"github.com/spf13/cobra"
)

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "casus",
		Short: "A knowledge graph of conflict timelines: what happened, who says so, and who denies it",
		Long: `Casus keeps what named sources claimed, denied, confirmed or proposed about the events of a conflict, each claim dated,
attributed and tied to the words it rests on, and answers questions over it in GraphQL.`,
		Example: `  casus serve --sample               try it: a small graph in memory, with a playground
  casus load report.jsonl            load extracted records into ./casus.db
  casus serve                        serve ./casus.db
  casus query '{ timeline { nodes { id title } } }'`,
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetHelpCommandGroupID("")
	root.AddCommand(serveCommand(), loadCommand(), bulkCommand(), queryCommand(), exportCommand(), checkCommand(), identityCommand(), statsCommand(), schemaCommand(), mappingCommand(), versionCommand())
	return root
}
