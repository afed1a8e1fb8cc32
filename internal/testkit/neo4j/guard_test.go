//go:build linux || darwin

package neo4j

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// envChild makes this binary start a server in the folder it names, print its URI and live until it is killed.
const envChild = "NEO4JTEST_CHILD_HOME"

func TestMain(m *testing.M) {
	home := os.Getenv(envChild)
	if home == "" {
		os.Exit(m.Run())
	}
	d, err := findDistribution()
	if err == nil {
		var s server
		if s, err = d.start(context.Background(), home); err == nil {
			fmt.Println(s.uri)
			select {}
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// TestServerEndsWithItsProcess kills a test process with its server: the server ends and its data is deleted.
func TestServerEndsWithItsProcess(t *testing.T) {
	Require(t)
	home := filepath.Join(t.TempDir(), "home")
	cmd := exec.Command(self(t))
	cmd.Env = append(os.Environ(), envChild+"="+home)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	uri := strings.TrimSpace(line)
	if err == nil {
		err = ping(t.Context(), uri)
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	if err != nil {
		t.Fatalf("the other process has no server: %v", err)
	}
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
		_, err := os.Stat(home)
		if errors.Is(err, fs.ErrNotExist) {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("a minute after its process the server still has its home: %v", err)
		}
	}
	if ping(t.Context(), uri) == nil {
		t.Errorf("%s still answers", uri)
	}
}

// TestServerThatFails starts a server on a home that is none: the error holds what the server printed.
func TestServerThatFails(t *testing.T) {
	java := filepath.Join(t.TempDir(), "java")
	if err := os.WriteFile(java, []byte("#!/bin/sh\necho this is no Java\nexit 3\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(t.TempDir(), "home")
	_, err := distribution{javaPath: java}.start(t.Context(), home)
	if err == nil || !strings.Contains(err.Error(), "this is no Java") {
		t.Errorf("error: %v", err)
	}
	if _, err := os.Stat(home); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("its home is left: %v", err)
	}
}
