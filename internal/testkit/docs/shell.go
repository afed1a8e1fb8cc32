package docs

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/txtar"
	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/interp"
	"mvdan.cc/sh/v3/syntax"

	"casus/internal/testkit/command"
)

// MissingError is the error of commands that need a program which is not installed.
type MissingError struct{ Program string }

func (e MissingError) Error() string { return e.Program + " is not installed" }

// Shell runs the commands of one page after one another, as a reader types them: in one folder, with the variables and
// servers of the commands before.
type Shell struct {
	dir    string
	server *server
	runner *interp.Runner
	output *command.Buffer
	err    error // of the last command that could not be run
}

// NewShell returns a shell in a folder. The commands find the root of the module in the variable REPO, and none of the
// CASUS_ variables of the environment. The caller must Close it.
func NewShell(dir, root string) (*Shell, error) {
	env := slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "CASUS_") })
	s := &Shell{dir: dir}
	runner, err := interp.New(interp.Dir(dir), interp.Params("-e"), interp.ExecHandlers(
		func(interp.ExecHandlerFunc) interp.ExecHandlerFunc { return s.exec }),
		interp.Env(expand.ListEnviron(append(env, "HOME="+dir, "REPO="+root)...)))
	s.runner = runner
	return s, err
}

// Save writes a block into its file.
func (s *Shell) Save(b Block) error {
	return os.WriteFile(filepath.Join(s.dir, b.SavedAs), []byte(b.Text), 0o600)
}

// Close stops the server that runs.
func (s *Shell) Close() {
	if s.server != nil {
		s.server.stop()
	}
	s.server = nil
}

// Run runs commands and returns what they print. It fails where one of them does. A server is ready, and runs in the
// background, when the next command begins; it is stopped before another one starts.
func (s *Shell) Run(ctx context.Context, commands, stdin string) (output string, err error) {
	file, err := parse(commands, syntax.LangBash) // POSIX's export is no builtin of the interpreter
	if err != nil {
		return "", err
	}
	for _, stmt := range file.Stmts {
		stmt.Background = false
	}
	s.output, s.err = &command.Buffer{}, nil
	if err := interp.StdIO(strings.NewReader(stdin), s.output, s.output)(s.runner); err != nil {
		return "", err
	}
	err = s.runner.Run(ctx, file)
	return s.output.String(), cmp.Or(s.err, err)
}

// exec runs one command.
func (s *Shell) exec(ctx context.Context, args []string) error {
	here := interp.HandlerCtx(ctx)
	if len(args) > 2 && slices.Equal(args[:3], []string{"go", "run", "./cmd/casus"}) {
		args = slices.Concat([]string{"casus"}, args[3:])
	}
	switch {
	case args[0] == "unpack" && len(args) == 2:
		return s.fail(unpack(here.Dir, args[1]))
	case args[0] == "go":
		return s.fail(errors.New("go commands are not run: add a comment with the reason"))
	case args[0] == "curl" && !strings.Contains(strings.Join(args, " "), "http://127.0.0.1:8080"):
		return s.fail(errors.New("requests to other hosts are not sent: add a comment with the reason"))
	case args[0] == "curl":
		args = slices.Insert(slices.Clone(args), 1, "--fail", "--silent", "--show-error", "--max-time", "30")
	}
	path, err := exec.LookPath(args[0])
	if err != nil {
		return s.fail(MissingError{args[0]})
	}
	if isServer(args) {
		ctx = context.WithoutCancel(ctx) // it runs on when the script has ended
	}
	c := exec.CommandContext(ctx, path)
	c.Dir, c.Stdin, c.Stdout, c.Stderr = here.Dir, here.Stdin, here.Stdout, here.Stderr
	for name, v := range here.Env.Each {
		if v.Exported {
			c.Env = append(c.Env, name+"="+v.String())
		}
	}
	if isServer(args) {
		s.Close()
		s.server, err = start(c, args)
		return s.fail(err)
	}
	if s.server != nil {
		c.Env = append(c.Env, "CASUS_EXTRACT_ENDPOINT=http://"+s.server.address)
		for i, arg := range args {
			args[i] = strings.ReplaceAll(arg, documented, s.server.address)
		}
	}
	c.Args = args
	if err := c.Run(); errors.As(err, new(*exec.ExitError)) {
		return interp.ExitStatus(c.ProcessState.ExitCode())
	} else if err != nil {
		return s.fail(err)
	}
	return nil
}

// fail notes why a command could not be run, since scripts know nothing but exit codes.
func (s *Shell) fail(err error) error {
	if err == nil {
		return nil
	}
	s.err = err
	return interp.ExitStatus(1)
}

// unpack writes the files of an archive into a folder.
func unpack(dir, archive string) error {
	a, err := txtar.ParseFile(archive)
	if err != nil {
		return err
	}
	for _, f := range a.Files {
		name := filepath.Join(dir, f.Name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, f.Data, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// Calls returns the commands of a script with their arguments, in the order of the script. Quotation marks are
// resolved; "X" stands for expansions. It fails where the script is not valid.
func Calls(commands string) (calls [][]string, err error) {
	file, err := parse(commands, syntax.LangPOSIX)
	if err != nil {
		return nil, err
	}
	syntax.Walk(file, func(n syntax.Node) bool {
		if call, ok := n.(*syntax.CallExpr); ok && len(call.Args) > 0 {
			var args []string
			for _, w := range call.Args {
				args = append(args, literal(w.Parts))
			}
			calls = append(calls, args)
		}
		return true
	})
	return calls, nil
}

func literal(parts []syntax.WordPart) string {
	var b strings.Builder
	for _, p := range parts {
		switch p := p.(type) {
		case *syntax.Lit:
			b.WriteString(strings.ReplaceAll(p.Value, `\`, ""))
		case *syntax.SglQuoted:
			b.WriteString(p.Value)
		case *syntax.DblQuoted:
			b.WriteString(literal(p.Parts))
		default:
			b.WriteString("X")
		}
	}
	return b.String()
}

func parse(commands string, language syntax.LangVariant) (*syntax.File, error) {
	file, err := syntax.NewParser(syntax.Variant(language)).Parse(strings.NewReader(commands), "")
	if err != nil {
		return nil, fmt.Errorf("not a script for sh: %w", err)
	}
	return file, nil
}
