package internal_test

import (
	"os/exec"
	"strings"
	"testing"
)

// rules say which of our own packages a package, and all below it, may import; its tests may import more. The arrows
// point one way: a folder that is not in the list imports nothing of ours.
var rules = []struct {
	folder  string
	allowed []string
	// never are imports, of ours or of others, that must not be reached even indirectly.
	never []string
}{
	{"casus/schema", nil, []string{"github.com/99designs/gqlgen"}},
	{"casus/internal/text", nil, nil},
	{"casus/internal/kg", []string{"casus/internal/text"}, []string{"github.com/99designs/gqlgen", "database/sql", "github.com/neo4j"}},
	{"casus/internal/web", nil, nil},
	{"casus/internal/check", []string{"casus/internal/kg", "casus/internal/text"}, []string{"github.com/99designs/gqlgen"}},
	{"casus/internal/identity", []string{"casus/internal/kg", "casus/internal/text"}, []string{"github.com/99designs/gqlgen"}},
	{"casus/internal/digest", []string{"casus/internal/kg"}, []string{"github.com/99designs/gqlgen"}},
	{"casus/internal/export", []string{"casus/internal/kg"}, []string{"github.com/99designs/gqlgen", "modernc.org/sqlite", "github.com/neo4j"}},
	{"casus/internal/network", []string{"casus/internal/kg"}, []string{"github.com/99designs/gqlgen", "database/sql", "github.com/neo4j"}},
	{"casus/internal/store/apply", []string{"casus/internal/kg"}, []string{"github.com/99designs/gqlgen"}},
	{"casus/internal/store/onward", []string{"casus/internal/kg"}, []string{"github.com/99designs/gqlgen", "database/sql", "github.com/neo4j"}},
	{"casus/internal/store/columns", []string{"casus/internal/kg", "casus/internal/store/onward"}, []string{"github.com/99designs/gqlgen", "database/sql", "github.com/neo4j"}},
	{"casus/internal/store/kept", []string{"casus/internal/kg", "casus/internal/store/onward"}, []string{"github.com/99designs/gqlgen", "database/sql", "github.com/neo4j"}},
	{"casus/internal/store/encoded", []string{"casus/internal/kg"}, []string{"github.com/99designs/gqlgen", "database/sql", "github.com/neo4j"}},
	{"casus/internal/store/memstore", []string{"casus/internal/kg", "casus/internal/text"}, []string{"github.com/99designs/gqlgen"}},
	{"casus/internal/store/sqlitestore", []string{"casus/internal/kg", "casus/internal/text", "casus/internal/store/apply", "casus/internal/store/columns", "casus/internal/store/encoded", "casus/internal/store/kept", "casus/internal/store/onward", "casus/schema"}, []string{"github.com/99designs/gqlgen", "github.com/neo4j"}},
	{"casus/internal/store/neo4jstore", []string{"casus/internal/kg", "casus/internal/text", "casus/internal/store/apply", "casus/internal/store/columns", "casus/internal/store/encoded", "casus/internal/store/kept", "casus/internal/store/onward", "casus/schema"}, []string{"github.com/99designs/gqlgen", "database/sql"}},
	{"casus/loader", []string{"casus/internal/kg", "casus/internal/text", "casus/schema", "casus/loader"}, []string{"github.com/99designs/gqlgen", "database/sql", "github.com/neo4j"}},
	{"casus/graph", []string{"casus/internal/kg", "casus/internal/text", "casus/schema", "casus/graph"}, []string{"modernc.org/sqlite", "github.com/neo4j"}},
}

func TestImportsPointOneWay(t *testing.T) {
	list := goList(t, "-f", `{{.ImportPath}} {{join .Imports ","}} {{join .Deps ","}}`, "casus/...")
	seen := map[string]bool{}
	for _, line := range list {
		path, rest, _ := strings.Cut(line, " ")
		imports, deps, _ := strings.Cut(rest, " ")
		for _, r := range rules {
			if !within(path, r.folder) {
				continue
			}
			seen[r.folder] = true
			for _, imported := range strings.Split(imports, ",") {
				if within(imported, "casus") && !within(imported, r.folder) && !withinAny(imported, r.allowed) {
					t.Errorf("%s imports %s; %s may import %v of ours", path, imported, r.folder, r.allowed)
				}
			}
			for _, dep := range strings.Split(deps, ",") {
				if withinAny(dep, r.never) {
					t.Errorf("%s depends on %s, which %s must never reach", path, dep, r.folder)
				}
			}
		}
	}
	for _, r := range rules {
		if !seen[r.folder] {
			t.Errorf("no package in %s: the rule holds nothing", r.folder)
		}
	}
}

// Only the opener knows which stores there are. The benchmarks, which measure one, are a module of their own.
func TestOnlyTheOpenerKnowsTheStores(t *testing.T) {
	for _, line := range goList(t, "-f", `{{.ImportPath}} {{join .Imports ","}}`, "casus/...") {
		path, imports, _ := strings.Cut(line, " ")
		for _, imported := range strings.Split(imports, ",") {
			for _, engine := range []string{"casus/internal/store/sqlitestore", "casus/internal/store/neo4jstore", "casus/internal/store/memstore"} {
				if within(imported, engine) && path != "casus/internal/store" && !within(path, engine) {
					t.Errorf("%s imports %s", path, imported)
				}
			}
		}
	}
}

func within(path, folder string) bool {
	return path == folder || strings.HasPrefix(path, folder+"/")
}

func withinAny(path string, folders []string) bool {
	for _, f := range folders {
		if within(path, f) {
			return true
		}
	}
	return false
}

func goList(t *testing.T, args ...string) []string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", append([]string{"list"}, args...)...)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}
