//go:build linux || darwin

package neo4j

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestLease leases a server of another process twice: the second lease takes over the server of the first, which has
// ended. When that process is killed, the server ends and its data is deleted.
func TestLease(t *testing.T) {
	Require(t)
	d, err := findDistribution()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", t.TempDir())
	own := leaseLock
	defer func() { leaseLock = own }()
	owner := exec.Command("sleep", "600")
	if err := owner.Start(); err != nil {
		t.Fatal(err)
	}
	lease := func() (string, bool) {
		uri, reused, err := d.lease(t.Context(), owner.Process.Pid)
		if err != nil {
			_ = owner.Process.Kill()
			t.Fatal(err)
		}
		return uri, reused
	}
	first, firstReused := lease()
	if err := leaseLock.Close(); err != nil {
		t.Error(err)
	}
	second, secondReused := lease()
	if firstReused || !secondReused || first != second {
		t.Errorf("leased %s (%t) and %s (%t)", first, firstReused, second, secondReused)
	}
	if lock, err := tryLock(leaseLock.Name()); lock != nil || err != nil {
		t.Errorf("a third lease would be possible: %v, %v", lock, err)
	}
	_ = owner.Process.Kill()
	_ = owner.Wait()
	home := filepath.Dir(leaseLock.Name())
	for deadline := time.Now().Add(5 * time.Minute); ; time.Sleep(50 * time.Millisecond) {
		_, err := os.Stat(home)
		if errors.Is(err, fs.ErrNotExist) {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("a minute after its owner the server still has its home: %v", err)
		}
	}
	if ping(t.Context(), second) == nil {
		t.Errorf("%s still answers", second)
	}
}

// TestServerThatFails starts a server with a program that is not Java: the error holds what the program printed.
func TestServerThatFails(t *testing.T) {
	java := filepath.Join(t.TempDir(), "java")
	if err := os.WriteFile(java, []byte("#!/bin/sh\necho this is no Java\nexit 3\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(t.TempDir(), "home")
	_, err := distribution{javaPath: java}.start(t.Context(), home, os.Getpid())
	if err == nil || !strings.Contains(err.Error(), "this is no Java") {
		t.Errorf("error: %v", err)
	}
	if _, err := os.Stat(home); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("its home is left: %v", err)
	}
}
