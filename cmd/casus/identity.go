package main

import (
	"github.com/spf13/cobra"

	"casus/cmd/casus/curate"
	"casus/internal/kg"
)

func identityCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "identity",
		Short: "Suggest, make and list decisions that two nodes are, or are not, the same",
		Long: `Two actors, locations or events may be the same: named in different scripts, or contained in two
data sets. People decide that, with records that can be taken back; nodes are never merged in the
store. docs/operations.md explains how pairs are suggested and scored.`,
		Example: `  casus identity suggest --kind actor
  casus identity suggest --json > decisions.jsonl     edit it, then: casus load decisions.jsonl
  casus identity decide actor:zelensky actor:icews:Zelensky --same --by "Ada, desk"
  casus identity list --contradictions
  casus identity back identity:1`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(suggestCommand(), decideCommand(), decisionsCommand(),
		curate.BackCommand(curationProgram(), kg.KindIdentity))
	return c
}

// decidableKinds are the kinds of nodes that can be the same.
var decidableKinds = []kg.NodeKind{kg.KindActor, kg.KindLocation, kg.KindEvent}
