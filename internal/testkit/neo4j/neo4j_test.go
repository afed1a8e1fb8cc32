package neo4j

import (
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

func count(t *testing.T, uri, query string) int64 {
	t.Helper()
	var n int64
	err := withSession(t.Context(), uri, func(s session) error {
		values, err := s.column(query)
		if err == nil {
			n = values[0].(int64)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func write(t *testing.T, uri string, statements ...string) {
	t.Helper()
	err := withSession(t.Context(), uri, func(s session) error {
		for _, statement := range statements {
			if err := s.run(statement, nil); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestNewIsEmpty(t *testing.T) {
	uri := New(t)
	if got := count(t, uri, "RETURN 1"); got != 1 {
		t.Fatalf("RETURN 1 returned %d", got)
	}
	const (
		nodes       = "MATCH (n) RETURN count(n)"
		constraints = "SHOW CONSTRAINTS YIELD name RETURN count(name)"
		indexes     = "SHOW INDEXES YIELD name RETURN count(name)"
	)
	own := count(t, uri, indexes)
	if own != 2 {
		t.Errorf("%d indexes in an empty database, want Neo4j's two", own)
	}
	write(t, uri,
		"CREATE CONSTRAINT `an odd name` FOR (n:Thing) REQUIRE n.id IS UNIQUE",
		"CREATE CONSTRAINT FOR ()-[r:TO]-() REQUIRE r.id IS UNIQUE",
		"CREATE INDEX FOR (n:Thing) ON (n.a, n.b)",
		"CREATE POINT INDEX FOR (n:Thing) ON (n.at)",
		"CREATE FULLTEXT INDEX words FOR (n:Thing) ON EACH [n.text]",
		"UNWIND range(1, 12000) AS i CREATE (:Thing {id: i, a: i})-[:TO {id: i}]->(:Other)",
	)
	if got := count(t, uri, nodes); got != 24000 {
		t.Fatalf("%d nodes, want 24000", got)
	}
	t.Run("subtest", func(t *testing.T) {
		again := New(t)
		if again != uri {
			t.Errorf("subtest got %s, its parent %s", again, uri)
		}
		for query, want := range map[string]int64{nodes: 0, constraints: 0, indexes: own} {
			if got := count(t, uri, query); got != want {
				t.Errorf("%s: %d, want %d", query, got, want)
			}
		}
	})
}

// TestNewKeeping keeps the nodes of one label and the schema, and nothing else.
func TestNewKeeping(t *testing.T) {
	uri := New(t)
	write(t, uri,
		"CREATE CONSTRAINT FOR (n:Thing) REQUIRE n.id IS UNIQUE",
		"CREATE (:Kept {id: 1})-[:TO]->(:Thing {id: 1})",
	)
	t.Run("subtest", func(t *testing.T) {
		uri := NewKeeping(t, "Kept")
		for query, want := range map[string]int64{
			"MATCH (n:Kept) RETURN count(n)":                 1,
			"MATCH (n) RETURN count(n)":                      1,
			"SHOW CONSTRAINTS YIELD name RETURN count(name)": 1,
		} {
			if got := count(t, uri, query); got != want {
				t.Errorf("%s: %d, want %d", query, got, want)
			}
		}
	})
}

// TestTurns runs tests in parallel: each finds only its own data.
func TestTurns(t *testing.T) {
	for _, name := range []string{"a", "b", "c"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			uri := New(t)
			write(t, uri, "CREATE (:Mine)")
			time.Sleep(100 * time.Millisecond)
			if got := count(t, uri, "MATCH (n) RETURN count(n)"); got != 1 {
				t.Errorf("%d nodes, one of them mine", got)
			}
		})
	}
}

// TestTurnsOfProcesses runs itself in two more processes that use this process's server.
func TestTurnsOfProcesses(t *testing.T) {
	const child = "NEO4JTEST_TURNS_CHILD"
	if os.Getenv(child) == "" {
		uri := serverURI(t)
		self := self(t)
		for range 2 {
			cmd := exec.Command(self, "-test.run=^TestTurnsOfProcesses$", "-test.v")
			cmd.Env = append(os.Environ(), child+"=1", envURI+"="+uri)
			var out strings.Builder
			cmd.Stdout, cmd.Stderr = &out, &out
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			defer func() {
				err := cmd.Wait()
				for _, want := range []string{"--- PASS: TestTurnsOfProcesses", " s for other processes"} {
					if err != nil || !strings.Contains(out.String(), want) {
						t.Errorf("other process: %v, without %q:\n%s", err, want, out.String())
					}
				}
			}()
		}
		t.Setenv(envURI, uri)
	}
	t.Run("turn", func(t *testing.T) {
		uri := New(t)
		write(t, uri, "CREATE (:Mine)")
		time.Sleep(300 * time.Millisecond)
		if got := count(t, uri, "MATCH (n) RETURN count(n)"); got != 1 {
			t.Errorf("%d nodes, one of them mine", got)
		}
	})
}

// TestWithoutNeo4j runs the first test on a machine without Java: it must be skipped loudly, or fail if Neo4j is
// required.
func TestWithoutNeo4j(t *testing.T) {
	for _, c := range []struct {
		name, require, arg, want string
		fails                    bool
	}{
		{"skips loudly", "", "-test.v", "SKIPPED: no Neo4j: no Java", false},
		{"skips loudly when short", "", "-test.short", "SKIPPED: no Neo4j under -short", false},
		{"fails where required", "1", "-test.v", "no Neo4j (CASUS_REQUIRE_NEO4J=1): no Java", true},
		{"fails where required though short", "1", "-test.short", "no Neo4j (CASUS_REQUIRE_NEO4J=1): no Java", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			cmd := exec.Command(self(t), "-test.run=^TestNewIsEmpty$", "-test.v", c.arg)
			cmd.Env = []string{"PATH=" + dir, "HOME=" + dir, envRequire + "=" + c.require}
			out, err := cmd.CombinedOutput()
			if (err != nil) != c.fails {
				t.Errorf("exit: %v", err)
			}
			if !strings.Contains(string(out), c.want) {
				t.Errorf("output lacks %q:\n%s", c.want, out)
			}
		})
	}
}

func TestJavaVersion(t *testing.T) {
	for out, want := range map[string]int{
		"openjdk version \"17.0.15\" 2025-04-15\n":                17,
		"openjdk version \"21\" 2023-09-19\n":                     21,
		"java version \"1.8.0_401\"\n":                            8,
		"Picked up _JAVA_OPTIONS: -Xmx1g\nversion \"11.0.2\" x\n": 11,
		"The operation couldn't be completed":                     0,
	} {
		if got := javaVersion(out); got != want {
			t.Errorf("%q: %d, want %d", out, got, want)
		}
	}
}

func self(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return self
}
