package neo4j

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Import runs import.sh of a folder into a fresh database and starts a separate server on it, which ends with the
// test. It returns the server's URI. The test is skipped where New would skip it, and if CASUS_TEST_NEO4J_URI is set.
func Import(t testing.TB, dir string) string {
	t.Helper()
	if os.Getenv(envURI) != "" {
		t.Skipf("SKIPPED: an import needs Neo4j's own files, not the server of %s", envURI)
	}
	Require(t)
	d, err := findDistribution()
	if err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	admin, err := d.writeAdmin(home)
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	cmd := exec.CommandContext(t.Context(), "sh", filepath.Join(dir, "import.sh"))
	cmd.Env = append(os.Environ(), "NEO4J_ADMIN="+admin)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("the import: %v\n%s", err, out)
	}
	imported := time.Now()
	s, err := d.start(t.Context(), home, os.Getpid(), shortLived)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.stop)
	t.Logf("imported in %.1f s, started in %.1f s", imported.Sub(began).Seconds(), time.Since(imported).Seconds())
	return s.uri
}

// writeAdmin writes a script that runs Neo4j's neo4j-admin tool on a home, and returns its path.
func (d distribution) writeAdmin(home string) (script string, err error) {
	conf, err := makeHome(home, "")
	if err != nil {
		return "", err
	}
	text := "#!/bin/sh\nexport NEO4J_HOME='" + home + "' NEO4J_CONF='" + conf + "'\n" +
		"exec '" + strings.Join(d.java([]string{shortLived}, "org.neo4j.cli.AdminTool"), "' '") + "' \"$@\"\n"
	script = filepath.Join(home, "neo4j-admin")
	if err := os.WriteFile(script, []byte(text), 0o700); err != nil {
		return "", fmt.Errorf("write neo4j-admin: %w", err)
	}
	return script, nil
}
