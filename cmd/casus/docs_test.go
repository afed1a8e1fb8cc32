package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"casus/internal/testkit/docs"
	"casus/internal/testkit/module"
)

// measurements is the page of commands that measure for minutes and hours. None of them is run.
const measurements = "docs/performance.md"

// languages are the languages of blocks that are not commands. Other tests have the queries, records and mappings.
var languages = []string{
	"graphql", "json", "jsonl", "yaml", "cypher", "text", "js", "python", "ts", "go", "r", "html", "crontab",
}

// TestDocsCommands runs the commands of the README, CONTRIBUTING and docs, page by page in their order, and compares
// their output with the one on the page. Package docs explains the comments on the pages. Commands that are not run are
// looked up: their names, flags, files and tests.
func TestDocsCommands(t *testing.T) {
	root := module.Root(t)
	var ran, looked, shown atomic.Int32
	t.Cleanup(func() {
		t.Logf("%d blocks of commands were run and %d only looked up; %d outputs were compared",
			ran.Load(), looked.Load(), shown.Load())
	})
	for _, name := range pages(t, root) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			page, err := os.ReadFile(filepath.Join(root, name))
			if err != nil {
				t.Fatal(err)
			}
			blocks, err := docs.Parse(string(page))
			if err != nil {
				t.Fatal(err)
			}
			checkInline(t, string(page))
			shell, err := docs.NewShell(t.TempDir(), root)
			if err != nil {
				t.Fatal(err)
			}
			defer shell.Close()
			output := ""
			for _, b := range blocks {
				if b.SavedAs != "" {
					if err := shell.Save(b); err != nil {
						t.Fatal(err)
					}
				}
				if b.Language == "sh" || name == measurements {
					checkCommands(t, root, b)
				}
				switch {
				case b.NotRun != "" || name == measurements:
					looked.Add(1)
					continue
				case b.Before != "":
					output = runBlock(t, shell, b, b.Before)
				}
				switch {
				case b.Language == "sh":
					output = runBlock(t, shell, b, b.Text)
					ran.Add(1)
				case b.Language == "" && b.SavedAs == "":
					if shown.Add(1); !docs.Shows(b.Text, output) {
						t.Errorf("line %d: the commands print\n%s", b.Line, output)
					}
				case b.SavedAs == "" && !slices.Contains(languages, b.Language):
					t.Errorf("line %d: blocks of commands have the language sh, not %q", b.Line, b.Language)
				}
			}
		})
	}
}

func runBlock(t *testing.T, shell *docs.Shell, b docs.Block, commands string) (output string) {
	t.Helper()
	output, err := shell.Run(t.Context(), commands, b.Typed)
	if missing := (docs.MissingError{}); errors.As(err, &missing) {
		t.Skipf("SKIPPED: line %d: %v", b.Line, err)
	} else if err != nil {
		t.Fatalf("line %d: %v\n%s", b.Line, err, output)
	}
	return output
}

// pages returns the pages with commands for readers.
func pages(t *testing.T, root string) []string {
	names := []string{"README.md", "CONTRIBUTING.md", "SECURITY.md"}
	if err := fs.WalkDir(os.DirFS(root), "docs", func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Name() == "node_modules" {
			return fs.SkipDir
		}
		if err == nil && strings.HasSuffix(path, ".md") {
			names = append(names, path)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return names
}
