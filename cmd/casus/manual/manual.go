// Package manual writes the help of all commands as man pages.
package manual

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
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
			header := doc.GenManHeader{Section: "1", Source: "Casus", Manual: "Casus", Date: built()}
			err := writePages(root, header, args[0])
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

// writePages writes the pages of a command and of all commands below it.
func writePages(c *cobra.Command, header doc.GenManHeader, folder string) error {
	var below []*cobra.Command
	for _, child := range c.Commands() {
		if child.IsAvailableCommand() {
			below = append(below, child)
		}
	}
	for _, child := range below {
		if err := writePages(child, header, folder); err != nil {
			return err
		}
	}
	c.Long = keepLines(c.Long)
	if len(below) > 0 {
		if !c.Runnable() {
			c.Use += " COMMAND"
		}
		c.Long += "\n\n# COMMANDS\n" + commandList(below)
	}
	var page bytes.Buffer
	if err := doc.GenMan(c, &header, &page); err != nil {
		return err
	}
	name := strings.ReplaceAll(c.CommandPath(), " ", "-") + ".1"
	return os.WriteFile(filepath.Join(folder, name), switchValue.ReplaceAll(page.Bytes(), nil), 0o644)
}

// switchValue is the optional value of a switch, which cobra prints as if it had to be typed.
var switchValue = regexp.MustCompile(`\[=(true|false)\]`)

// keepLines indents the indented lines of a description, so that Markdown, of which cobra makes the page, keeps them as
// they are. Lines below an item of a list belong to it.
func keepLines(description string) string {
	lines, inItem := strings.Split(description, "\n"), false
	for i, line := range lines {
		isIndented := strings.HasPrefix(line, "  ")
		inItem = strings.HasPrefix(line, "- ") || isIndented && inItem
		if isIndented && !inItem {
			lines[i] = "    " + line
		}
	}
	return strings.Join(lines, "\n")
}

// commandList lists commands in Markdown, each with its short description.
func commandList(commands []*cobra.Command) string {
	var list strings.Builder
	for _, c := range slices.SortedFunc(slices.Values(commands), compareNames) {
		_, _ = fmt.Fprintf(&list, "**%s**\n\t%s\n\n", c.Name(), c.Short) // a strings.Builder returns no error
	}
	return list.String()
}

func compareNames(a, b *cobra.Command) int { return strings.Compare(a.Name(), b.Name()) }
