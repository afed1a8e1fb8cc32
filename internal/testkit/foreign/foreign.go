// Package foreigntest runs programs of others in tests: Python and Node, with the packages that read what Casus writes or
// compute its numbers another way.
//
// Python's are those of .ci/python/requirements.txt: .ci/python/venv.sh makes an environment of them in the user's cache,
// once, where tests find it; CASUS_PYTHON names another interpreter that has them. Node's are those of .ci/node, put there
// by npm ci. Where they are missing the test is skipped, with a line that says so; CASUS_REQUIRE_PYTHON=1 makes that a
// failure, for either.
package foreign

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const (
	envPython  = "CASUS_PYTHON"
	envRequire = "CASUS_REQUIRE_PYTHON"
)

// Python runs a program, a file or "-c" and its text first, and returns what it prints. It fails the test where the program
// ends otherwise than by 0.
func Python(t testing.TB, args ...string) []byte {
	t.Helper()
	return run(t, "", python(t), args...)
}

// Node runs a program as Python does; it finds the packages of .ci/node if it is a file in that folder.
func Node(t testing.TB, args ...string) []byte {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		missing(t, "no Node: "+err.Error())
	}
	folder := filepath.Join(root(t), ".ci", "node")
	if _, err := os.Stat(filepath.Join(folder, "node_modules")); err != nil {
		missing(t, "no packages for Node: run npm ci in .ci/node")
	}
	return run(t, folder, node, args...)
}

// python is the interpreter that has the packages.
func python(t testing.TB) string {
	t.Helper()
	if given := os.Getenv(envPython); given != "" {
		return given
	}
	wanted, err := os.ReadFile(filepath.Join(root(t), ".ci", "python", "requirements.txt"))
	if err != nil {
		t.Fatal(err)
	}
	base, err := os.UserCacheDir()
	if err != nil {
		missing(t, "no cache directory: "+err.Error())
	}
	sum := sha256.Sum256(wanted)
	folder := filepath.Join(base, "casus", "python-"+hex.EncodeToString(sum[:])[:12])
	if _, err := os.Stat(filepath.Join(folder, "complete")); err != nil {
		missing(t, "no environment for Python: run .ci/python/venv.sh, or name an interpreter in "+envPython)
	}
	return filepath.Join(folder, "bin", "python")
}

func missing(t testing.TB, why string) {
	t.Helper()
	if os.Getenv(envRequire) == "1" {
		t.Fatalf("%s=1: %s", envRequire, why)
	}
	t.Skip("SKIPPED: " + why)
}

// root is the module's folder: the first above the test's own that has a go.mod.
func root(t testing.TB) string {
	t.Helper()
	at, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; at != filepath.Dir(at); at = filepath.Dir(at) {
		if _, err := os.Stat(filepath.Join(at, "go.mod")); err == nil {
			return at
		}
	}
	t.Fatal("no go.mod above the test")
	return ""
}

func run(t testing.TB, folder, program string, args ...string) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), "PYTHONIOENCODING=utf-8", "PYTHONDONTWRITEBYTECODE=1")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s%s", filepath.Base(program), strings.Join(args, " "), err, out, stderr.String())
	}
	return out
}
