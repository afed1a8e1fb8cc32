package main

import (
	"github.com/spf13/cobra"
)

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "casus",
		Short: "A knowledge graph of conflict timelines: what happened, who claims it, and who denies it",
		Long: `Casus stores what named sources claimed, denied, confirmed or proposed about the events of a
conflict. Each claim is dated, attributed and tied to the words it rests on. Questions are answered
in GraphQL.

Exit codes: 0 done; 1 failed; 2 invalid command line; 130 interrupted (SIGINT), 143 terminated
(SIGTERM).`,
		Example: `  casus serve --sample               serve a small example from memory, with a playground
  casus load report.jsonl            load extracted records into ./casus.db
  casus serve                        serve ./casus.db
  casus query '{ timeline { nodes { id title } } }'`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Version:       thisBuild().String(),
	}
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetHelpCommand(helpCommand())
	root.AddCommand(
		serveCommand(),
		loadCommand(),
		bulkCommand(),
		queryCommand(),
		exportCommand(),
		checkCommand(),
		identityCommand(),
		statsCommand(),
		schemaCommand(),
		mappingCommand(),
		versionCommand(),
	)
	return root
}
