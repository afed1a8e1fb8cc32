package manual

import (
	"slices"

	"github.com/spf13/cobra"
)

// Group is a group of commands in the help.
type Group struct {
	Title    string
	Commands []string
}

// Groups returns the groups in their order. Commands without a group are listed last.
func Groups() []Group {
	return []Group{
		{"Look and ask", []string{"serve", "query"}},
		{"Bring in", []string{"load", "extract", "fetch", "mapping", "bulk"}},
		{"Check and correct", []string{"check", "stats", "review", "correct", "identity", "loads", "undo", "forget"}},
		{"Take out", []string{"export", "backup", "restore"}},
	}
}

// SetGroups groups the commands of root.
func SetGroups(root *cobra.Command) {
	for _, g := range Groups() {
		root.AddGroup(&cobra.Group{ID: g.Title, Title: g.Title + ":"})
		for _, c := range root.Commands() {
			if slices.Contains(g.Commands, c.Name()) {
				c.GroupID = g.Title
			}
		}
	}
}
