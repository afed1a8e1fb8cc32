// Package manual writes the help of all commands as man pages.
package manual

import (
	"errors"
	"io/fs"
	"os"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"casus/internal/kg"
)

// Command returns casus man. built returns the date of the pages; nil is today.
func Command(built func() *time.Time) *cobra.Command {
	return &cobra.Command{
		Use:   "man FOLDER",
		Short: "Write a man page for each command",
		Long: `Write a man page for each command into a folder, which is created if it does not exist. Pages have the date of
the commit that the program was built from, else today's.`,
		Example: "  casus man man && man man/casus-load.1",
		Args:    cobra.ExactArgs(1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return nil, cobra.ShellCompDirectiveFilterDirs
		},
		RunE: func(c *cobra.Command, args []string) error {
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return kg.Errorf(kg.Unavailable, "create the folder: %w", err)
			}
			root := c.Root()
			root.DisableAutoGenTag = true
			header := &doc.GenManHeader{Section: "1", Source: "Casus", Manual: "Casus", Date: built()}
			err := doc.GenManTree(root, header, args[0])
			if errors.Is(err, fs.ErrPermission) {
				return kg.Errorf(kg.Unavailable, "write the pages: %w", err)
			}
			if err != nil {
				return kg.Errorf(kg.Internal, "write the pages: %w", err)
			}
			return nil
		},
	}
}
