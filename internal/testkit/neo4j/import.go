package neo4j

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"casus/internal/testkit/neo4j/command"
)

// Import runs import.sh of a folder into a fresh database, and starts a server of the test's own on it, which ends with the
// test. It returns the server's URI. The test is skipped where Start would skip it, and where only a server's URI is given.
func Import(t testing.TB, dir string) string {
	t.Helper()
	Start(t) // fetches the jars, and says what is missing
	if os.Getenv(envURI) != "" {
		t.Skipf("SKIPPED: an import needs Neo4j's own files, not the server of %s", envURI)
	}
	shared, err := cache()
	if err != nil {
		t.Fatal(err)
	}
	java, err := findJava(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	admin, err := command.Admin(java, shared.Jars(), home)
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	cmd := exec.CommandContext(t.Context(), "sh", filepath.Join(dir, "import.sh"))
	cmd.Env = append(os.Environ(), "NEO4J_ADMIN="+admin)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("the import: %v\n%s", err, out)
	}
	t.Logf("imported in %v", time.Since(began).Round(time.Millisecond))
	return serve(t, java, shared.Jars(), home)
}

// serve starts a server on a home and waits until it answers.
func serve(t testing.TB, java, jars, home string) string {
	t.Helper()
	port, err := command.FreePort()
	if err != nil {
		t.Fatal(err)
	}
	cmd, err := command.Server(java, jars, home, port)
	if err != nil {
		t.Fatal(err)
	}
	log, err := os.Create(filepath.Join(home, "server.log"))
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	exited := make(chan error, 1)
	go func() { exited <- cmd.Wait() }()
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // nothing that it holds is worth an orderly shutdown
		<-exited
		_ = log.Close()
	})
	uri := fmt.Sprintf("bolt://127.0.0.1:%d", port)
	for deadline := time.Now().Add(4 * time.Minute); answer(t.Context(), uri) != nil; time.Sleep(100 * time.Millisecond) {
		select {
		case err := <-exited:
			exited <- err
			t.Fatalf("the server ended: %v\n%s", err, tail(log.Name()))
		default:
		}
		if time.Now().After(deadline) {
			t.Fatalf("the server does not answer:\n%s", tail(log.Name()))
		}
	}
	return uri
}
