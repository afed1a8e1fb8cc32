//go:build unix

package outfile

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"casus/internal/kg"
)

// TestGuard writes to paths in a folder with a file, links to it, a protected file, and links to that.
func TestGuard(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	for _, err := range []error{
		os.WriteFile(at("file"), []byte("old"), 0o640),
		os.WriteFile(at("store.db"), []byte("store"), 0o600),
		os.Mkdir(at("folder"), 0o700),
		os.Symlink("file", at("link")),
		os.Symlink("store.db", at("link to store")),
		os.Symlink("link to store", at("link to link")),
		os.Symlink("store.db-wal", at("link to log")), // does not exist
		os.Symlink("free", at("link to nothing")),
		os.Symlink("folder", at("linked folder")),
		os.Symlink("circle", at("circle")),
		os.Link(at("store.db"), at("hard link")),
		syscall.Mkfifo(at("fifo"), 0o600),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	protected := []string{at("store.db"), at("store.db-wal"), "-", ""}
	for _, c := range []struct {
		path         string
		code, forced kg.ErrorCode
	}{
		{"new", "", ""},
		{"file", kg.Conflict, ""},
		{"link", kg.Conflict, ""},
		{"fifo", kg.Conflict, ""},
		{"link to nothing", "", ""},
		{"folder", kg.BadInput, kg.BadInput},
		{"linked folder", kg.BadInput, kg.BadInput},
		{"circle", kg.BadInput, kg.BadInput},
		{"store.db", kg.BadInput, kg.BadInput},
		{"store.db-wal", kg.BadInput, kg.BadInput},
		{"linked folder/../store.db-wal", kg.BadInput, kg.BadInput},
		{"link to store", kg.BadInput, kg.BadInput},
		{"link to link", kg.BadInput, kg.BadInput},
		{"link to log", kg.BadInput, kg.BadInput},
		{"hard link", kg.BadInput, kg.BadInput},
	} {
		if got := kg.CodeOf((Guard{Protected: protected}).Check(at(c.path))); got != c.code {
			t.Errorf("%s: %q, want %q", c.path, got, c.code)
		}
		if got := kg.CodeOf((Guard{Force: true, Protected: protected}).Check(at(c.path))); got != c.forced {
			t.Errorf("%s with force: %q, want %q", c.path, got, c.forced)
		}
	}
	if got := kg.CodeOf((Guard{}).Check("/dev/null")); got != kg.Conflict {
		t.Errorf("a device: %q", got)
	}
	for folder, want := range map[string]kg.ErrorCode{dir: kg.BadInput, at("folder"): "", at("linked folder"): ""} {
		if got := kg.CodeOf((Guard{Protected: protected}).CheckFolder(folder)); got != want {
			t.Errorf("folder %s: %q, want %q", folder, got, want)
		}
	}
}

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	path, link := filepath.Join(dir, "deep", "file"), filepath.Join(dir, "link")
	content := func(s string) func(io.Writer) error {
		return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
	}
	fails := errors.New("fails")
	check := func(step string, err error, wantCode kg.ErrorCode, want string) {
		t.Helper()
		if got := kg.CodeOf(err); got != wantCode {
			t.Errorf("%s: %v, want %q", step, err, wantCode)
		}
		b, _ := os.ReadFile(path)
		if string(b) != want {
			t.Errorf("%s: the file has %q, want %q", step, b, want)
		}
		entries, _ := os.ReadDir(filepath.Dir(path))
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), ".") {
				t.Errorf("%s left %s", step, e.Name())
			}
		}
	}
	half := func(w io.Writer) error {
		_, _ = io.WriteString(w, "half")
		return fails
	}
	check("a failure", (Guard{}).Write(t.Context(), path, half), kg.Internal, "")
	check("a new file", (Guard{}).Write(t.Context(), path, content("one")), "", "one")
	check("again", (Guard{}).Write(t.Context(), path, content("two")), kg.Conflict, "one")
	check("a failure with force", (Guard{Force: true}).Write(t.Context(), path, func(w io.Writer) error {
		_, _ = io.WriteString(w, "half")
		return fails
	}), kg.Internal, "one")
	if err := errors.Join(os.Symlink(path, link), os.Chmod(path, 0o604)); err != nil {
		t.Fatal(err)
	}
	check("through a link", (Guard{Force: true}).Write(t.Context(), link, content("three")), "", "three")
	info, err := os.Lstat(link)
	if err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is %v, %v", info, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o604 {
		t.Errorf("the mode is %v, %v", info.Mode(), err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	check("a file that is created in the meantime", (Guard{}).Write(t.Context(), path, func(io.Writer) error {
		return os.WriteFile(path, []byte("other"), 0o600)
	}), kg.Conflict, "other")
}

// TestFIFO writes into a FIFO, which stays.
func TestFIFO(t *testing.T) {
	path := filepath.Join(t.TempDir(), "fifo")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skip(err)
	}
	read := make(chan string)
	go func() {
		b, _ := os.ReadFile(path)
		read <- string(b)
	}()
	err := Guard{Force: true}.Write(t.Context(), path, func(w io.Writer) error {
		_, err := io.WriteString(w, "x")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := <-read; got != "x" {
		t.Errorf("read %q", got)
	}
	if info, err := os.Lstat(path); err != nil || info.Mode()&os.ModeNamedPipe == 0 {
		t.Errorf("it is %v, %v", info, err)
	}
}

// A FIFO without a reader, or whose reader does not read, is waited for only until the context ends.
func TestFIFOWaitEndsWithContext(t *testing.T) {
	path := filepath.Join(t.TempDir(), "fifo")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skip(err)
	}
	write := func() error {
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		return Guard{Force: true}.Write(ctx, path, func(w io.Writer) error {
			_, err := w.Write(make([]byte, 1<<20)) // more than a FIFO buffers
			return err
		})
	}
	if err := write(); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("without a reader: %v", err)
	}
	reader, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = reader.Close() }()
	if err := write(); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("a reader that does not read: %v", err)
	}
}
