package main

import (
	"database/sql"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"syscall"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// exitCode runs a command and checks its exit code: exitcode CODE COMMAND ARG... The output is in the files out and
// err.
func exitCode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exitcode CODE COMMAND ARG...")
	}
	out, errs := createFile(ts, "out"), createFile(ts, "err")
	c := scriptCommand(ts, args[1:])
	c.Stdout, c.Stderr = out, errs
	if err := c.Run(); c.ProcessState == nil {
		ts.Fatalf("%v", err)
	}
	ts.Check(out.Close())
	ts.Check(errs.Close())
	checkExit(ts, c.ProcessState.ExitCode(), args[0])
}

// sendSignal sends a signal to a command once its stderr matches a pattern or the file of that name exists, and checks
// the exit code: signal NAME CODE PATTERN STDIN COMMAND ARG... The standard input has the content of the file STDIN and
// stays open after it. Stderr is in the file err.
func sendSignal(ts *testscript.TestScript, neg bool, args []string) {
	signals := map[string]syscall.Signal{"INT": syscall.SIGINT, "TERM": syscall.SIGTERM}
	if neg || len(args) < 5 || signals[args[0]] == 0 {
		ts.Fatalf("usage: signal INT|TERM CODE PATTERN STDIN COMMAND ARG...")
	}
	pattern, err := regexp.Compile(args[2])
	ts.Check(err)
	input := []byte(ts.ReadFile(args[3]))
	errs := createFile(ts, "err")
	c := scriptCommand(ts, args[4:])
	c.Stderr = errs
	stdin, err := c.StdinPipe()
	ts.Check(err)
	ts.Check(c.Start())
	go func() { _, _ = stdin.Write(input) }() // fails only if the command ends early, which its exit code shows
	ready := func() bool {
		_, err := os.Stat(ts.MkAbs(args[2]))
		return err == nil || pattern.MatchString(ts.ReadFile("err"))
	}
	for deadline := time.Now().Add(5 * time.Minute); !ready(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			_ = c.Process.Kill() // it may have ended
			ts.Fatalf("neither %q in stderr nor such a file; stderr: %s", args[2], ts.ReadFile("err"))
		}
	}
	ts.Check(c.Process.Signal(signals[args[0]]))
	// A command that does not stop is killed, which its exit code shows.
	watchdog := time.AfterFunc(5*time.Minute, func() { _ = c.Process.Kill() })
	defer watchdog.Stop()
	state, err := c.Process.Wait() // c.Wait would close stdin
	ts.Check(err)
	_ = stdin.Close() // the reader is gone
	ts.Check(errs.Close())
	checkExit(ts, state.ExitCode(), args[1])
}

// execSQL runs a statement in a SQLite database: sql FILE STATEMENT.
func execSQL(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: sql FILE STATEMENT")
	}
	db, err := sql.Open("sqlite", ts.MkAbs(args[0]))
	ts.Check(err)
	_, err = db.Exec(args[1])
	ts.Check(err)
	ts.Check(db.Close())
}

func scriptCommand(ts *testscript.TestScript, args []string) *exec.Cmd {
	path, err := exec.LookPath(args[0])
	ts.Check(err)
	c := exec.Command(path, args[1:]...)
	c.Dir, c.Env = ts.MkAbs("."), append(os.Environ(), "HOME="+ts.Getenv("HOME"), envStore+"="+ts.Getenv(envStore),
		envTokens+"="+ts.Getenv(envTokens))
	return c
}

func createFile(ts *testscript.TestScript, name string) *os.File {
	f, err := os.Create(filepath.Join(ts.MkAbs("."), name))
	ts.Check(err)
	return f
}

func checkExit(ts *testscript.TestScript, code int, want string) {
	if strconv.Itoa(code) != want {
		ts.Fatalf("exit code %d, want %s; stderr: %s", code, want, ts.ReadFile("err"))
	}
}
