// Package backup has the commands that copy the file of an embedded store, and make a store of such a copy.
package backup

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"casus/internal/kg"
	"casus/internal/outfile"
	"casus/internal/store/open"
)

// Program has what the commands need from the program that they are a part of.
type Program struct {
	// StoreFlag adds --store to a command, and returns the function that returns the chosen URL.
	StoreFlag func(c *cobra.Command) func() string
	// Hint adds a line that helps to an error.
	Hint func(err error, hint string) error
	// OutputError explains the refusal of an output file.
	OutputError func(err error) error
	// Progress returns a function that shows how many bytes are written, and one that ends the display.
	Progress func(stderr io.Writer) (show func(written, size int64), end func())
}

// Commands returns casus backup and casus restore.
func Commands(p Program) []*cobra.Command {
	return []*cobra.Command{backupCommand(p), restoreCommand(p)}
}

func backupCommand(p Program) *cobra.Command {
	force := false
	c := &cobra.Command{
		Use:   "backup FILE",
		Short: "Copy an SQLite store into a file, while it is served",
		Long: `Copy an SQLite store into one file, while others read and write the store. The copy is the graph at one
moment, and is checked. It is a store: casus serve --store sqlite:FILE reads it.

Neo4j has its own: neo4j-admin database dump. casus export --format casus copies a store of any kind.`,
		Example: "  casus backup 2026-11-30.db\n  casus backup --store sqlite:war.db /backups/war.db",
		Args:    cobra.ExactArgs(1),
	}
	url := p.StoreFlag(c)
	c.Flags().BoolVar(&force, "force", false, "replace FILE")
	c.RunE = func(c *cobra.Command, args []string) error {
		from, err := p.storeFile(url())
		if err != nil {
			return err
		}
		if err := open.CheckFile(c.Context(), from); err != nil {
			return err
		}
		guard := outfile.Guard{Force: force, Protected: open.Files(from)}
		size, err := p.copyFile(c, from, args[0], guard)
		if err == nil {
			_, err = fmt.Fprintf(c.OutOrStdout(), "%s: %.1f MB, a copy of sqlite:%s\n", args[0], size, from)
		}
		return err
	}
	return c
}

func restoreCommand(p Program) *cobra.Command {
	c := &cobra.Command{
		Use:   "restore FILE",
		Short: "Make an SQLite store of a backup",
		Long: `Make an SQLite store of a file that casus backup wrote. --store must not exist: a store is never replaced. The
graph is the same one, as casus stats --digest shows.`,
		Example: "  casus restore 2026-11-30.db                  # into ./casus.db\n" +
			"  casus restore /backups/war.db --store sqlite:war.db",
		Args: cobra.ExactArgs(1),
	}
	url := p.StoreFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		to, err := p.storeFile(url())
		if err != nil {
			return err
		}
		if err := open.CheckFile(c.Context(), args[0]); err != nil {
			return err
		}
		for _, file := range open.Files(to) {
			if _, err := os.Lstat(file); !errors.Is(err, fs.ErrNotExist) {
				err := kg.Errorf(kg.Conflict, "%s exists, and a store is never replaced", file)
				return p.Hint(err, "move it away, or name another store with --store")
			}
		}
		size, err := p.copyFile(c, args[0], to, outfile.Guard{Protected: []string{args[0]}})
		if err == nil {
			_, err = fmt.Fprintf(c.OutOrStdout(), "sqlite:%s: %.1f MB, the store of %s\n", to, size, args[0])
		}
		return err
	}
	return c
}

// storeFile returns the path of a store's file.
func (p Program) storeFile(url string) (string, error) {
	if path, ok := open.File(url); ok {
		return path, nil
	}
	return "", p.Hint(kg.Errorf(kg.BadInput, "%s is not an SQLite file", open.Redacted(url)),
		"for Neo4j use neo4j-admin database dump; casus export --format casus copies any store")
}

// copyFile copies a database into a new file, and returns its size in megabytes.
func (p Program) copyFile(c *cobra.Command, from, to string, guard outfile.Guard) (megabytes float64, err error) {
	f, err := guard.Create(c.Context(), to)
	if err != nil {
		return 0, p.OutputError(err)
	}
	defer func() { err = errors.Join(err, f.Abort()) }()
	show, end := p.Progress(c.ErrOrStderr())
	err = open.CopyFile(c.Context(), from, f.Name(), show)
	end()
	if err != nil {
		return 0, err
	}
	info, err := os.Stat(f.Name())
	if err != nil {
		return 0, kg.Errorf(kg.Unavailable, "copy %s: %w", from, err)
	}
	return float64(info.Size()) / 1e6, p.OutputError(f.Commit())
}
