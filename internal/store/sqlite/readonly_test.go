//go:build linux

package sqlite_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"casus/internal/kg"
	"casus/internal/store/sqlite"
)

// envReadOnly names a store that TestReadOnlyChild opens and reads, as a user who may not write it.
const envReadOnly = "CASUS_TEST_READ_ONLY"

// TestReadOnlyChild prints the content of a store, or the error of opening it. Other tests run it as another user.
func TestReadOnlyChild(t *testing.T) {
	path := os.Getenv(envReadOnly)
	if path == "" {
		t.Skip("runs only as a part of another test")
	}
	fmt.Println("child:", summary(t.Context(), path))
}

// oneActor returns a batch that changes a store without this actor.
func oneActor(id kg.ID) kg.Batch {
	return kg.Batch{
		Actors:     []kg.Actor{{ID: id, Kind: kg.ActorPerson, Names: []kg.Name{{Value: "New", Kind: kg.NamePrimary}}}},
		RecordedAt: 1,
	}
}

// summary returns how many actors and claims a store has and the result of a write, or the error of opening the store.
func summary(ctx context.Context, path string) string {
	s, err := sqlite.Open(ctx, path)
	if err != nil {
		return fmt.Sprintf("%s %v", kg.CodeOf(err), err)
	}
	defer func() { _ = s.Close() }() // only read from
	if err := s.BuildDeferredIndexes(ctx, func(int, int) {}); err != nil {
		return err.Error()
	}
	stats, err := s.Stats(ctx)
	if err != nil {
		return err.Error()
	}
	_, err = s.Apply(ctx, oneActor("actor:new"))
	return fmt.Sprintf("%d actors, %d claims, write: %s",
		stats.Nodes[kg.KindActor], stats.Nodes[kg.KindClaim], kg.CodeOf(err))
}

// asOther returns the summary of a store by a user who does not own it.
func asOther(t *testing.T, path string) string {
	t.Helper()
	c := exec.Command(os.Args[0], "-test.run", "^TestReadOnlyChild$", "-test.v")
	c.Env, c.Dir = append(os.Environ(), envReadOnly+"="+path), filepath.Dir(path)
	if os.Geteuid() == 0 { // permissions do not bind root
		executable := filepath.Join(openFolder(t), "child")
		program, err := os.ReadFile(os.Args[0])
		if err == nil {
			err = os.WriteFile(executable, program, 0o755)
		}
		if err != nil {
			t.Fatal(err)
		}
		c.Path = executable
		c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	_, rest, _ := strings.Cut(string(out), "child: ")
	line, _, _ := strings.Cut(rest, "\n")
	return line
}

// openFolder returns a temporary folder that every user can read.
func openFolder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "casus-read-only-*")
	if err == nil {
		err = os.Chmod(dir, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(dir, 0o755); _ = os.RemoveAll(dir) })
	return dir
}

// copyStore copies a store with the files of the suffixes into a folder that every user can read.
func copyStore(t *testing.T, from string, suffixes ...string) string {
	t.Helper()
	path := filepath.Join(openFolder(t), "casus.db")
	for _, suffix := range append(suffixes, "") {
		b, err := os.ReadFile(from + suffix)
		if err == nil {
			err = os.WriteFile(path+suffix, b, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return path
}

// counts returns the summary of a store that can only be read.
func counts(t *testing.T, s *sqlite.Store) string {
	t.Helper()
	stats, err := s.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%d actors, %d claims, write: CONFLICT", stats.Nodes[kg.KindActor], stats.Nodes[kg.KindClaim])
}

// TestReadOnlyStore reads stores that cannot be written, with and without a write-ahead log that has changes.
func TestReadOnlyStore(t *testing.T) {
	path := generated(t, 1)
	s, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }() // its content is of no interest any more
	closed := counts(t, s)
	without := copyStore(t, path)
	if _, err := s.Apply(t.Context(), oneActor("actor:logged")); err != nil {
		t.Fatal(err)
	}
	logged := counts(t, s)
	if logged == closed {
		t.Fatal("the log has nothing new")
	}
	for _, c := range []struct {
		name, path, want string
		folder           os.FileMode
	}{
		{"folder and file", copyStore(t, without), closed, 0o555},
		{"file", copyStore(t, without), closed, 0o777},
		{"folder and file with a log", copyStore(t, path, "-wal"), "UNAVAILABLE", 0o555},
		{"folder and file with a log and its index", copyStore(t, path, "-wal", "-shm"), logged, 0o555},
		{"file with a log", copyStore(t, path, "-wal"), logged, 0o777},
	} {
		t.Run(c.name, func(t *testing.T) {
			before, err := os.ReadFile(c.path)
			if err == nil {
				err = errors.Join(os.Chmod(c.path, 0o444), os.Chmod(filepath.Dir(c.path), c.folder))
			}
			if err != nil {
				t.Fatal(err)
			}
			got := asOther(t, c.path)
			refused := c.want == "UNAVAILABLE" && strings.HasPrefix(got, c.want) && strings.Contains(got, "casus.db-wal")
			if got != c.want && !refused {
				t.Errorf("%q, want %q", got, c.want)
			}
			if after, err := os.ReadFile(c.path); err != nil || !bytes.Equal(before, after) {
				t.Errorf("the store has changed: %v", err)
			}
		})
	}
}

// TestFullDisk reads a store on a file system without space. It needs the right to mount one.
func TestFullDisk(t *testing.T) {
	path := generated(t, 1)
	s, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	want, _, _ := strings.Cut(counts(t, s), ", write")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	size := fmt.Sprintf("size=%d", len(content)/4096*4096+64<<10)
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, size); err != nil {
		t.Skip("cannot mount a small file system: ", err)
	}
	defer func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	}()
	full := filepath.Join(dir, "casus.db")
	if err := os.WriteFile(full, content, 0o600); err != nil {
		t.Fatal(err)
	}
	for filler := make([]byte, 4096); ; {
		f, err := os.OpenFile(filepath.Join(dir, "filler"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		_, err = f.Write(filler)
		_ = f.Close() // the error of Write counts
		if err != nil {
			break
		}
	}
	if got, _, _ := strings.Cut(summary(t.Context(), full), ", write"); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
