//go:build linux || darwin

package neo4j

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casus/internal/testkit/neo4j/rendezvous"
)

// childDir makes this binary a user of the server of a directory: it prints the URI and lives until it is killed.
const childDir = "NEO4JTEST_CHILD_DIR"

func TestMain(m *testing.M) {
	dir := os.Getenv(childDir)
	if dir == "" {
		os.Exit(m.Run())
	}
	s, err := share(context.Background(), rendezvous.Dir(dir), 2*time.Second)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(s.URI)
	_, _ = io.Copy(io.Discard, os.Stdin)
}

// user is another process that uses the server of a directory.
type user struct {
	cmd *exec.Cmd
	uri *bufio.Reader
	in  io.WriteCloser
}

func join(t *testing.T, dir rendezvous.Dir) user {
	t.Helper()
	cmd := exec.Command(self(t))
	cmd.Env = append(os.Environ(), childDir+"="+string(dir))
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	u := user{cmd, bufio.NewReader(out), in}
	t.Cleanup(func() { u.kill() })
	return u
}

func (u user) answer(t *testing.T) string {
	t.Helper()
	uri, err := u.uri.ReadString('\n')
	if err != nil {
		t.Fatalf("other process found no server: %v", err)
	}
	return strings.TrimSpace(uri)
}

// kill is kill -9.
func (u user) kill() {
	_ = u.cmd.Process.Kill()
	_ = u.cmd.Wait()
}

// TestSharedServer follows a server of its own through its life: two processes come at once and share it, both are
// killed and it goes; its watchdog is killed, and the next process clears away what that left and starts another.
func TestSharedServer(t *testing.T) {
	Start(t) // Skips where there is no Neo4j, and fetches the jars, which this server borrows.
	if os.Getenv(envURI) != "" {
		t.Skipf("SKIPPED: %s names a server, so none is started", envURI)
	}
	common, err := cache()
	if err != nil {
		t.Fatal(err)
	}
	dir := rendezvous.Dir(t.TempDir())
	if err := os.Symlink(common.Jars(), dir.Jars()); err != nil {
		t.Fatal(err)
	}

	a, b := join(t, dir), join(t, dir)
	first := a.answer(t)
	if got := b.answer(t); got != first {
		t.Fatalf("two processes got two servers, %s and %s", first, got)
	}
	if homes := homes(t, dir); len(homes) != 1 {
		t.Fatalf("one server has the homes %q", homes)
	}
	a.kill()
	time.Sleep(4 * time.Second)
	if err := answer(t.Context(), first); err != nil {
		t.Fatalf("the server went while one process still used it: %v", err)
	}
	b.kill()
	gone(t, dir, first)

	c := join(t, dir)
	second := c.answer(t)
	state, ok, err := dir.ReadState()
	if !ok || err != nil {
		t.Fatalf("no state of a running server: %v", err)
	}
	orphan := homes(t, dir)
	kill(t, state.Watchdog)
	released(t, dir)
	if err := answer(t.Context(), second); err != nil {
		t.Fatalf("the test needs a server that outlives its watchdog: %v", err)
	}
	d := join(t, dir)
	third := d.answer(t)
	if third == second {
		t.Errorf("a server without a watchdog was used again")
	}
	if err := answer(t.Context(), second); err == nil {
		t.Errorf("a server without a watchdog was left running")
	}
	if now := homes(t, dir); len(now) != 1 || now[0] == orphan[0] {
		t.Errorf("homes %q after %q", now, orphan)
	}
	c.kill()
	d.kill()
	gone(t, dir, third)
}

func kill(t *testing.T, pid int) {
	t.Helper()
	p, err := os.FindProcess(pid)
	if err == nil {
		err = p.Kill()
	}
	if err != nil {
		t.Fatal(err)
	}
}

// gone waits until the server has stopped and left nothing.
func gone(t *testing.T, dir rendezvous.Dir, uri string) {
	t.Helper()
	released(t, dir)
	if answer(t.Context(), uri) == nil {
		t.Fatalf("%s still answers", uri)
	}
	if _, ok, err := dir.ReadState(); ok || err != nil {
		t.Fatalf("the server left its state: %v", err)
	}
	if homes := homes(t, dir); len(homes) != 0 {
		t.Fatalf("the server left %q", homes)
	}
}

// released waits until no watchdog lives.
func released(t *testing.T, dir rendezvous.Dir) {
	t.Helper()
	lock, err := rendezvous.Lock(dir.Alive(), rendezvous.Exclusive)
	if err != nil {
		t.Fatal(err)
	}
	if err := lock.Close(); err != nil {
		t.Fatal(err)
	}
}

func homes(t *testing.T, dir rendezvous.Dir) []string {
	t.Helper()
	homes, err := filepath.Glob(filepath.Join(string(dir), "run-*"))
	if err != nil {
		t.Fatal(err)
	}
	return homes
}
