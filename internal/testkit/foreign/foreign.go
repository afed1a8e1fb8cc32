// Package foreign runs Python and Node programs in tests, with packages that read the exports of Casus or compute its
// numbers in another way.
//
// The Python packages are listed in .ci/python/requirements.txt. .ci/python/venv.sh installs them in an environment in
// the user's cache directory, where this package finds it. CASUS_PYTHON names another interpreter that has the
// packages. The Node packages are those of .ci/node, installed there by npm ci. Without the packages a test is skipped
// with a message, or fails if CASUS_REQUIRE_PYTHON is 1, which applies to both.
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

	"casus/internal/testkit/module"
)

const (
	envPython  = "CASUS_PYTHON"
	envRequire = "CASUS_REQUIRE_PYTHON"
)

// Python runs the interpreter with args, a file or "-c" and the program text first, and returns its standard output. It
// fails the test if the exit code is not 0.
func Python(t testing.TB, args ...string) []byte {
	t.Helper()
	return run(t, "", python(t), args...)
}

// Node runs node in .ci/node as Python runs the interpreter. A program finds the packages of .ci/node if it is a file
// in that directory.
func Node(t testing.TB, args ...string) []byte {
	t.Helper()
	skipShort(t)
	node, err := exec.LookPath("node")
	if err != nil {
		missing(t, "node not found: "+err.Error())
	}
	folder := filepath.Join(module.Root(t), ".ci", "node")
	if _, err := os.Stat(filepath.Join(folder, "node_modules")); err != nil {
		missing(t, "no Node packages: run npm ci in .ci/node")
	}
	return run(t, folder, node, args...)
}

// python returns the interpreter that has the packages.
func python(t testing.TB) string {
	t.Helper()
	skipShort(t)
	if path := os.Getenv(envPython); path != "" {
		return path
	}
	requirements, err := os.ReadFile(filepath.Join(module.Root(t), ".ci", "python", "requirements.txt"))
	if err != nil {
		t.Fatal(err)
	}
	base, err := os.UserCacheDir()
	if err != nil {
		missing(t, "no cache directory: "+err.Error())
	}
	sum := sha256.Sum256(requirements)
	folder := filepath.Join(base, "casus", "python-"+hex.EncodeToString(sum[:])[:12])
	if _, err := os.Stat(filepath.Join(folder, "complete")); err != nil {
		missing(t, "no Python environment: run .ci/python/venv.sh, or set "+envPython+" to an interpreter")
	}
	return filepath.Join(folder, "bin", "python")
}

func skipShort(t testing.TB) {
	t.Helper()
	if testing.Short() && os.Getenv(envRequire) != "1" {
		t.Skip("SKIPPED: no Python and no Node under -short")
	}
}

// missing skips the test, or fails it if the packages are required.
func missing(t testing.TB, reason string) {
	t.Helper()
	if os.Getenv(envRequire) == "1" {
		t.Fatalf("%s=1: %s", envRequire, reason)
	}
	t.Skip("SKIPPED: " + reason)
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
