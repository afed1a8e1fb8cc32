package hostile_test

import (
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"casus/internal/testkit/command"
	"casus/internal/testkit/generate"
)

// server is a running `casus serve`.
type server struct {
	base   string
	cmd    *exec.Cmd
	stderr *command.Buffer
	exited chan error
}

// writeRows writes a generated table and its mapping into a folder.
func writeRows(t *testing.T, events int) (dir string) {
	t.Helper()
	dir = t.TempDir()
	f, err := os.Create(filepath.Join(dir, "generated.csv"))
	if err == nil {
		err = generate.Write(f, generate.Shape{Events: events, Seed: 21})
	}
	if err == nil {
		err = f.Close()
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "generated.yaml"), generate.MappingFile(), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func load(t *testing.T, program command.Program, url, dir string) {
	t.Helper()
	mapping, table := filepath.Join(dir, "generated.yaml"), filepath.Join(dir, "generated.csv")
	if out, err := program.Command(url, "load", "--quiet", "--mapping", mapping, table).CombinedOutput(); err != nil {
		t.Fatalf("load: %v\n%s", err, out)
	}
}

// serve starts a server on a store and waits until it is ready.
func serve(t *testing.T, program command.Program, url string, args ...string) *server {
	t.Helper()
	s := &server{
		cmd:    program.Command(url, append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...),
		stderr: &command.Buffer{}, exited: make(chan error, 1),
	}
	s.cmd.Stderr = s.stderr
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.cmd.Process.Kill() })
	go func() { s.exited <- s.cmd.Wait() }()
	address := regexp.MustCompile(`http://127\.0\.0\.1:\d+`)
	await(t, "the server is ready", func() bool {
		if s.base = address.FindString(s.stderr.String()); s.base == "" {
			return false
		}
		status, _ := s.get(t, "/readyz")
		return status == http.StatusOK
	})
	return s
}

// await waits until a condition holds.
func await(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); !holds(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("after two minutes not: %s", what)
		}
	}
}

func (s *server) get(t *testing.T, path string) (int, string) {
	t.Helper()
	response, err := http.Get(s.base + path)
	if err != nil {
		t.Fatalf("%v\n%s", err, s.stderr)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

// metric returns the value of a metric.
func (s *server) metric(t *testing.T, name string) float64 {
	t.Helper()
	_, body := s.get(t, "/metrics")
	for line := range strings.Lines(body) {
		if value, found := strings.CutPrefix(line, name+" "); found {
			n, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
	}
	t.Fatalf("no metric %s", name)
	return 0
}

// awaitGoroutines waits until there are hardly more goroutines than before.
func (s *server) awaitGoroutines(t *testing.T, before float64) (now float64) {
	t.Helper()
	await(t, "the goroutines of the attack have ended", func() bool {
		now = s.metric(t, "go_goroutines")
		return now <= before+5
	})
	return now
}

// peakMemory returns the most memory that the process has had, in bytes.
func (s *server) peakMemory(t *testing.T) int {
	t.Helper()
	b, err := os.ReadFile("/proc/" + strconv.Itoa(s.cmd.Process.Pid) + "/status")
	if os.IsNotExist(err) {
		t.Log("SKIPPED: the peak of memory, which this system does not tell")
		return 0
	}
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`VmHWM:\s+(\d+) kB`).FindSubmatch(b)
	if found == nil {
		t.Fatalf("no VmHWM in %s", b)
	}
	kilobytes, err := strconv.Atoi(string(found[1]))
	if err != nil {
		t.Fatal(err)
	}
	return kilobytes << 10
}

// stop ends the server like a signal and checks that it ends well and has not panicked.
func (s *server) stop(t *testing.T) {
	t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := <-s.exited; err != nil {
		t.Errorf("the server: %v", err)
	}
	if log := s.stderr.String(); strings.Contains(log, "panic") {
		t.Errorf("the server panicked:\n%s", log)
	}
}
