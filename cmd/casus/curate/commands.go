package curate

import "github.com/spf13/cobra"

// Commands returns `casus correct`, `casus review`, `casus loads`, `casus undo` and `casus forget`.
func Commands(p Program) []*cobra.Command {
	return []*cobra.Command{
		correctCommand(p), reviewCommand(p), loadsCommand(p), undoCommand(p), forgetCommand(p),
	}
}
