package extraction

import "github.com/spf13/cobra"

// Command returns `casus extract`.
func Command(p Program) *cobra.Command {
	c := askCommand(p)
	c.AddCommand(formCommand(p), convertCommand(p), replayCommand(p), reviewCommand(p))
	return c
}
