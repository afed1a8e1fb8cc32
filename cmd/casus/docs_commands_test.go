package main

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"casus/cmd/casus/manual"
	"casus/internal/testkit/docs"
)

// checkCommands looks up the commands of a block: those of casus with their flags, and the packages, files and tests
// that others name.
func checkCommands(t *testing.T, root string, b docs.Block) {
	t.Helper()
	calls, err := docs.Calls(b.Text)
	if err != nil {
		t.Errorf("line %d: %v", b.Line, err)
	}
	for _, args := range calls {
		if len(args) > 2 && slices.Equal(args[:3], []string{"go", "run", "./cmd/casus"}) {
			args = slices.Concat([]string{"casus"}, args[3:])
		}
		var err error
		switch {
		case args[0] == "casus":
			err = checkArgs(args[1:])
		case args[0] == "go" || strings.HasPrefix(args[0], "."):
			checkFiles(t, root, args)
		}
		if err != nil {
			t.Errorf("line %d: %s: %v", b.Line, strings.Join(args, " "), err)
		}
	}
}

// checkArgs parses the arguments of casus without running it.
func checkArgs(args []string) error {
	c, rest, err := newRoot().Find(joinSampleName(args))
	if err != nil {
		return err
	}
	c.InitDefaultHelpFlag()
	if err := c.ParseFlags(rest); err != nil {
		return err
	}
	if err := c.ValidateRequiredFlags(); err != nil {
		return err
	}
	return c.ValidateArgs(c.Flags().Args())
}

var testFlag = regexp.MustCompile(`^-(run|bench|fuzz)$`)

// checkFiles looks up the packages and files that a command names, and the tests that it selects by a name.
func checkFiles(t *testing.T, root string, args []string) {
	t.Helper()
	dir, tests := root, ""
	for i, arg := range args {
		switch {
		case i > 0 && args[i-1] == "-C":
			dir = filepath.Join(root, arg)
		case i > 0 && testFlag.MatchString(args[i-1]):
			tests += strings.Trim(arg, "^$.-")
		case strings.HasPrefix(arg, ".") && arg != "./...":
			if _, err := os.Stat(filepath.Join(dir, arg)); err != nil {
				t.Errorf("%s: %v", strings.Join(args, " "), err)
			}
		}
	}
	if tests == "" {
		return
	}
	name := regexp.MustCompile(`(?m)^func (Test|Benchmark|Fuzz)\w*` + strings.TrimPrefix(tests, "Fuzz"))
	found := errors.New("found")
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git"):
			return filepath.SkipDir
		case !strings.HasSuffix(path, "_test.go"):
			return nil
		}
		content, err := os.ReadFile(path)
		if err == nil && name.Match(content) {
			err = found
		}
		return err
	})
	if !errors.Is(err, found) {
		t.Errorf("%s: no test of that name: %v", strings.Join(args, " "), err)
	}
}

var (
	aCommand = regexp.MustCompile(`^casus( [a-z][a-z-]*)*`)
	aFlag    = regexp.MustCompile(`(?:^|[ \[])(--[a-z][a-z-]*)`)
)

// checkInline looks up the commands and flags that the text of a page names.
func checkInline(t *testing.T, page string) {
	t.Helper()
	for _, span := range docs.Inline(page) {
		switch {
		case strings.HasPrefix(span, "casus "):
			c := newRoot()
			c.InitDefaultCompletionCmd()
			c.InitDefaultVersionFlag()
			for word := range strings.SplitSeq(aCommand.FindString(span), " ") {
				if sub, _, err := c.Find([]string{word}); err == nil && sub != c {
					c = sub
				} else if c.HasSubCommands() && word != "casus" {
					t.Errorf("`%s`: no command %s", span, word)
				}
			}
			for _, f := range aFlag.FindAllStringSubmatch(span, -1) {
				if c.Flag(strings.TrimPrefix(f[1], "--")) == nil && f[1] != "--help" {
					t.Errorf("`%s`: no flag %s", span, f[1])
				}
			}
		case strings.HasPrefix(span, "--"):
			if f := aFlag.FindStringSubmatch(span); f != nil && !hasFlag(newRoot(), strings.TrimPrefix(f[1], "--")) {
				t.Errorf("`%s`: no command has this flag", span)
			}
		}
	}
}

// hasFlag reports whether a command or one below it has a flag.
func hasFlag(c *cobra.Command, name string) bool {
	return c.Flags().Lookup(name) != nil ||
		slices.ContainsFunc(c.Commands(), func(sub *cobra.Command) bool { return hasFlag(sub, name) })
}

func TestCheckArgs(t *testing.T) {
	for args, want := range map[string]string{
		"load --restore --store sqlite:a.db a.jsonl": "",
		"serve --sample fictional":                   "",
		"lod a.jsonl":                                "unknown command",
		"load --restor a.jsonl":                      "unknown flag",
		"fetch ucdp":                                 "unknown command",
		"serve now":                                  "takes no argument",
		"load --max-rejects many a":                  "invalid argument",
	} {
		err := checkArgs(strings.Fields(args))
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("casus %s: %v", args, err)
		}
	}
}

// TestHelp checks that the examples of all commands name commands and flags that exist, and that every command has a
// group, except those about the program itself.
func TestHelp(t *testing.T) {
	var examples func(c *cobra.Command) int
	examples = func(c *cobra.Command) (found int) {
		for line := range strings.Lines(c.Example) {
			line, _, _ = strings.Cut(strings.TrimSpace(line), "    ") // a remark
			calls, err := docs.Calls(line)
			if err != nil {
				t.Errorf("%s: %v", line, err)
			}
			for _, args := range calls {
				if args[0] != "casus" {
					continue
				}
				found++
				if err := checkArgs(args[1:]); err != nil {
					t.Errorf("%s: %v", line, err)
				}
			}
		}
		for _, sub := range c.Commands() {
			found += examples(sub)
		}
		return found
	}
	root := newRoot()
	if n := examples(root); n < 50 {
		t.Errorf("only %d examples", n)
	}
	for _, c := range root.Commands() {
		if program := slices.Contains([]string{"schema", "token", "man", "version"}, c.Name()); program != (c.GroupID == "") {
			t.Errorf("casus %s is in the group %q", c.Name(), c.GroupID)
		}
	}
	for _, g := range manual.Groups() {
		for _, name := range g.Commands {
			if c, _, err := root.Find([]string{name}); err != nil || c.GroupID != g.Title {
				t.Errorf("%s: no command %s", g.Title, name)
			}
		}
	}
}
