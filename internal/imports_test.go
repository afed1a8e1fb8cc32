package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The packages that engines and packages above the contract may use.
var (
	contract = []string{"casus/internal/kg", "casus/internal/kg/sums", "casus/internal/kg/disagree",
		"casus/internal/kg/merge", "casus/internal/kg/stance", "casus/internal/edtf", "casus/internal/store"}
	noGraphQL = []string{"github.com/99designs/gqlgen"}
	noEngine  = []string{"github.com/neo4j", "modernc.org/sqlite", "casus/internal/store/neo4j/...",
		"casus/internal/store/sqlite/...", "casus/internal/store/open"}
	engineUses = slices.Concat(contract, []string{
		"casus/internal/kg/place", "casus/internal/text", "casus/internal/store/trace", "casus/internal/store/apply",
		"casus/internal/store/bucket", "casus/internal/store/cluster", "casus/internal/store/codec",
		"casus/internal/spill", "casus/schema",
	})
)

// neo4jHarness is used by tests only: it compares the engine with the one in memory.
const neo4jHarness = "casus/internal/store/neo4j/conformance"

// rules list the packages of this module that each package may import, and packages that it must never depend on, even
// indirectly. A pattern names one package; one that ends in /... names a package and all below it. The first rule whose
// pattern matches a package holds.
var rules = []struct {
	pattern        string
	allowed, never []string
}{
	{"casus/schema", nil, noGraphQL},
	{"casus/internal/text", nil, nil},
	{"casus/internal/edtf", nil, nil},
	{"casus/internal/etag", nil, slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/strictjson", nil, slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/components", nil, slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/geo", nil, slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/kg", []string{"casus/internal/components", "casus/internal/text", "casus/internal/edtf",
		"casus/internal/geo"}, slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/kg/sums", []string{"casus/internal/components", "casus/internal/kg", "casus/internal/edtf"},
		slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/kg/disagree", []string{"casus/internal/kg", "casus/internal/edtf", "casus/internal/text"},
		slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/kg/merge", []string{"casus/internal/kg", "casus/internal/edtf", "casus/internal/geo"},
		slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/kg/place", []string{"casus/internal/kg", "casus/internal/geo"}, slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/kg/stance", []string{"casus/internal/kg"}, slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/store", []string{"casus/internal/kg", "casus/internal/kg/stance", "casus/internal/kg/sums",
		"casus/internal/edtf", "casus/internal/text"},
		slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/store/relations", contract, slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/store/ledger", []string{"casus/internal/kg", "casus/internal/edtf"},
		slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/store/apply", append(contract[:7:7], "casus/internal/store/ledger"),
		slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/store/flight", contract, slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/store/cache", append(contract[:7:7], "casus/internal/store/codec", "casus/internal/store/flight",
		"casus/internal/columns", "casus/internal/projection", "casus/internal/projection/aggregate"),
		slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/spill", []string{"casus/internal/kg"}, slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/record", []string{"casus/internal/kg", "casus/internal/kg/merge", "casus/internal/edtf",
		"casus/internal/geo", "casus/internal/text", "casus/internal/strictjson", "casus/schema"},
		append(noGraphQL[:1:1], append(noEngine[:len(noEngine):len(noEngine)], "casus/internal/store")...)},
	{"casus/internal/store/voices", contract, slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/store/unknown", append(contract[:7:7], "casus/internal/text"), slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/store/staging", append(contract[:7:7], "casus/internal/store/apply"),
		slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/store/dryrun", append(contract[:7:7], "casus/internal/store/apply", "casus/internal/store/codec",
		"casus/internal/store/staging", "casus/internal/spill"),
		slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/store/codec", contract, slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/store/bucket", contract, slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/store/cluster", append(contract[:7:7], "casus/internal/kg/place", "casus/internal/store/bucket"),
		slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/store/metrics", contract, slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/store/trace", nil, slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/store/memory", append(contract[:7:7], "casus/internal/kg/place", "casus/internal/store/bucket",
		"casus/internal/store/cluster", "casus/internal/text"), noGraphQL},
	{"casus/internal/store/sqlite/...", append(engineUses[:len(engineUses):len(engineUses)],
		"casus/internal/store/sqlite/..."), append(noGraphQL[:1:1], "github.com/neo4j")},
	{neo4jHarness, []string{"casus/internal/store/...", "casus/internal/testkit/neo4j"}, nil},
	{"casus/internal/store/neo4j/bulk", append(engineUses[:len(engineUses):len(engineUses)],
		"casus/internal/store/neo4j/rows", "casus/internal/store/staging"),
		append(noGraphQL[:1:1], "modernc.org/sqlite")},
	{"casus/internal/store/neo4j/...", append(engineUses[:len(engineUses):len(engineUses)],
		"casus/internal/store/neo4j/..."), append(noGraphQL[:1:1], "modernc.org/sqlite")},
	{"casus/internal/projection/snapshot", []string{"casus/internal/kg", "casus/internal/outfile"},
		slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/projection/aggregate", append(contract[:7:7], "casus/internal/columns",
		"casus/internal/projection/...", "casus/internal/store/bucket", "casus/internal/store/cluster",
		"casus/internal/store/flight"),
		slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/projection", append(contract[:7:7], "casus/internal/store/flight"),
		slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/projection/network/louvain", nil, slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/projection/network", append(contract[:7:7], "casus/internal/projection",
		"casus/internal/projection/network/louvain", "casus/internal/projection/snapshot", "casus/internal/store/flight",
		"casus/internal/store/relations"),
		slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/columns", append(contract[:7:7], "casus/internal/text"), slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/check", append(contract[:7:7], "casus/internal/text", "casus/internal/store/codec"),
		slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/identity", append(contract[:7:7], "casus/internal/text"), slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/digest", append(contract[:7:7], "casus/internal/store/codec"), slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/export", append(contract[:7:7], "casus/internal/geo", "casus/internal/kg/place",
		"casus/internal/spill", "casus/internal/export/tolls"),
		slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/export/tolls", contract, slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/outfile", []string{"casus/internal/kg"}, slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/querycheck", []string{"casus/internal/strictjson"}, slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/loopback", nil, nil},
	{
		"casus/internal/client", []string{"casus/internal/kg", "casus/internal/loopback"},
		slices.Concat(noGraphQL, noEngine),
	},
	// Fetching knows no store and no loader: it writes files.
	{"casus/internal/fetch/secret", []string{"casus/internal/kg"}, slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/fetch/lock", []string{"casus/internal/kg"}, slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/fetch/manifest", []string{"casus/internal/kg", "casus/internal/outfile"},
		slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/fetch/paged", []string{"casus/internal/kg", "casus/internal/fetch/manifest"},
		slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/fetch/remote", []string{"casus/internal/kg", "casus/internal/fetch/secret",
		"casus/internal/loopback"}, slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/fetch/...", []string{"casus/internal/kg", "casus/internal/fetch/lock",
		"casus/internal/fetch/paged", "casus/internal/fetch/remote", "casus/internal/fetch/secret"},
		append(noGraphQL[:1:1], append(noEngine[:len(noEngine):len(noEngine)], "casus/internal/store", "casus/loader")...)},
	{"casus/cmd/casus/fetch", []string{"casus/internal/edtf", "casus/internal/fetch/...", "casus/internal/kg",
		"casus/internal/terminal"}, append(noGraphQL[:1:1], append(noEngine[:len(noEngine):len(noEngine)],
		"casus/internal/store", "casus/loader")...)},
	// The server works on the store and the handlers that its caller passes in.
	{"casus/internal/server/static", nil, append(noGraphQL[:1:1], "casus/internal/kg")},
	{"casus/internal/server/playground", []string{"casus/internal/server/static"},
		append(noGraphQL[:1:1], "casus/internal/kg")},
	{"casus/internal/server/explorer", []string{"casus/internal/server/static"},
		append(noGraphQL[:1:1], "casus/internal/kg")},
	{"casus/internal/server/respond", []string{"casus/internal/kg"}, slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/server/access", []string{"casus/internal/etag", "casus/internal/kg", "casus/internal/loopback",
		"casus/internal/server/respond", "casus/internal/server/static", "casus/internal/strictjson"},
		slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/server/admission", []string{"casus/internal/kg"}, slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/server/proposals", []string{"casus/internal/kg", "casus/internal/server/respond"},
		slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/server/...", append(contract[:7:7], "casus/graph", "casus/internal/columns",
		"casus/internal/etag", "casus/internal/export",
		"casus/internal/store/metrics", "casus/internal/store/unknown", "casus/internal/querycheck",
		"casus/internal/strictjson", "casus/internal/server/..."),
		append(noEngine[:len(noEngine):len(noEngine)], "casus/loader/...")},
	// The stages of a load use one another in one direction, and only the pipeline knows them all.
	{"casus/loader/release", []string{"casus/internal/kg", "casus/internal/edtf"}, []string{"casus/internal/store"}},
	{"casus/loader/entry", []string{"casus/internal/kg", "casus/internal/record", "casus/loader/mapping",
		"casus/loader/tally"}, []string{"casus/internal/store"}},
	{"casus/loader/read", []string{"casus/internal/kg", "casus/internal/record", "casus/internal/spill",
		"casus/internal/strictjson", "casus/internal/text", "casus/loader/entry", "casus/loader/input",
		"casus/loader/table", "casus/loader/mapping", "casus/loader/ftm"}, []string{"casus/internal/store"}},
	{"casus/loader/prepare", []string{"casus/internal/kg", "casus/internal/record", "casus/loader/entry",
		"casus/loader/read"}, []string{"casus/internal/store"}},
	{"casus/loader/resolve", append(contract[:7:7], "casus/internal/store/voices", "casus/internal/record",
		"casus/internal/spill", "casus/internal/text", "casus/loader/entry", "casus/loader/report"),
		slices.Concat(noGraphQL, noEngine)},
	{"casus/loader/schedule", append(contract[:7:7], "casus/internal/components", "casus/internal/record",
		"casus/internal/store/codec", "casus/loader/entry", "casus/loader/report"),
		slices.Concat(noGraphQL, noEngine)},
	{"casus/loader/changed", []string{"casus/internal/kg"}, []string{"casus/internal/store"}},
	{"casus/loader/...", append(contract[:7:7], "casus/internal/record", "casus/internal/spill",
		"casus/internal/store/codec", "casus/internal/store/ledger",
		"casus/internal/strictjson", "casus/internal/text", "casus/internal/zipfile", "casus/schema", "casus/loader/..."),
		slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/zipfile", []string{"casus/internal/kg"}, slices.Concat(noGraphQL, noEngine)},
	// Articles become records without a network; only links know a store.
	{"casus/internal/extract/warc", []string{"casus/internal/kg"},
		slices.Concat(noGraphQL, noEngine, []string{"casus/internal/store"})},
	{"casus/internal/extract/pdf", []string{"casus/internal/extract/article", "casus/internal/kg"},
		slices.Concat(noGraphQL, noEngine, []string{"casus/internal/store"})},
	{"casus/internal/extract/wacz", []string{"casus/internal/extract/article", "casus/internal/extract/warc",
		"casus/internal/kg", "casus/internal/text", "casus/internal/zipfile"},
		slices.Concat(noGraphQL, noEngine, []string{"casus/internal/store"})},
	{"casus/internal/extract/article", []string{"casus/internal/edtf", "casus/internal/kg", "casus/internal/text"},
		slices.Concat(noGraphQL, noEngine, []string{"casus/internal/store"})},
	{"casus/internal/extract/anchor", []string{"casus/internal/text"}, slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/extract/sentence", []string{"casus/internal/extract/anchor"}, slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/extract/number", []string{"casus/internal/text"}, slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/extract/reprint", []string{"casus/internal/text"}, slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/extract/wording", nil, slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/extract/form", []string{"casus/internal/extract/wording", "casus/internal/kg",
		"casus/internal/strictjson", "casus/internal/text"},
		slices.Concat(noGraphQL, noEngine, []string{"casus/internal/store"})},
	{"casus/internal/extract/check", []string{"casus/internal/edtf", "casus/internal/extract/number",
		"casus/internal/extract/sentence", "casus/internal/extract/wording", "casus/internal/kg", "casus/internal/text"},
		slices.Concat(noGraphQL, noEngine, []string{"casus/internal/store"})},
	{"casus/internal/extract/eval", []string{"casus/internal/edtf", "casus/internal/extract/anchor",
		"casus/internal/extract/proposal", "casus/internal/kg", "casus/internal/text"},
		slices.Concat(noGraphQL, noEngine, []string{"casus/internal/fetch/remote"})},
	// Only an interview with a model uses a network, and only the endpoint of it makes requests.
	{"casus/internal/extract/prompt", []string{"casus/internal/extract/form", "casus/internal/kg"},
		slices.Concat(noGraphQL, noEngine, []string{"casus/internal/store"})},
	{"casus/internal/extract/cache", []string{"casus/internal/fetch/secret", "casus/internal/kg"},
		slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/extract/endpoint", []string{"casus/internal/extract/form", "casus/internal/extract/prompt",
		"casus/internal/fetch/remote", "casus/internal/fetch/secret", "casus/internal/kg", "casus/internal/loopback",
		"casus/internal/strictjson"}, slices.Concat(noGraphQL, noEngine, []string{"casus/internal/store"})},
	{"casus/internal/extract/replay", []string{"casus/internal/extract/cache", "casus/internal/extract/form",
		"casus/internal/extract/prompt", "casus/internal/kg"},
		slices.Concat(noGraphQL, noEngine, []string{"casus/internal/fetch/remote"})},
	{"casus/internal/extract/interview", []string{"casus/internal/extract/...", "casus/internal/kg",
		"casus/internal/text"}, append(slices.Concat(noGraphQL, noEngine), "casus/loader")},
	{"casus/internal/extract/...", append(contract[:7:7], "casus/internal/text", "casus/internal/extract/..."),
		slices.Concat(noGraphQL, noEngine, []string{"casus/internal/fetch/remote"})},
	// What people decided about a proposal is pure; only its intake knows a store and the loader.
	{"casus/internal/effects", contract, slices.Concat(noGraphQL, noEngine)},
	{"casus/internal/review", []string{"casus/internal/edtf", "casus/internal/extract/proposal",
		"casus/internal/extract/wording", "casus/internal/kg", "casus/internal/record", "casus/internal/strictjson",
		"casus/internal/text"},
		append(slices.Concat(noGraphQL, noEngine), "casus/loader")},
	{"casus/internal/review/intake", append(contract[:7:7], "casus/internal/effects", "casus/internal/extract",
		"casus/internal/extract/article", "casus/internal/extract/form", "casus/internal/extract/link",
		"casus/internal/extract/proposal", "casus/internal/extract/sentence", "casus/internal/extract/wording",
		"casus/internal/record", "casus/internal/review", "casus/internal/store/dryrun", "casus/internal/strictjson",
		"casus/loader"),
		slices.Concat(noGraphQL, noEngine, []string{"casus/internal/fetch/remote"})},
	{"casus/graph/...", append(contract[:7:7], "casus/internal/etag", "casus/internal/geo", "casus/internal/store/cache",
		"casus/internal/store/relations", "casus/internal/store/unknown", "casus/internal/store/voices",
		"casus/internal/strictjson", "casus/internal/text", "casus/schema", "casus/graph/..."), noEngine},
}

func TestImportsPointOneWay(t *testing.T) {
	list := goList(t, "-f", `{{.ImportPath}} {{join .Imports ","}} {{join .Deps ","}}`, "casus/...")
	seen := map[string]bool{}
	for _, line := range list {
		path, rest, _ := strings.Cut(line, " ")
		imports, deps, _ := strings.Cut(rest, " ")
		for _, r := range rules {
			if !matches(path, r.pattern) {
				continue
			}
			seen[r.pattern] = true
			for _, imported := range strings.Split(imports, ",") {
				if matches(imported, "casus/...") && !matchesAny(imported, r.allowed) {
					t.Errorf("%s imports %s; of this module %s may import %v", path, imported, r.pattern, r.allowed)
				}
			}
			for _, dep := range strings.Split(deps, ",") {
				for _, never := range r.never {
					if matches(dep, never) || !strings.HasPrefix(never, "casus/") && matches(dep, never+"/...") {
						t.Errorf("%s depends on %s, which %s must never reach", path, dep, r.pattern)
					}
				}
			}
			break
		}
	}
	for _, r := range rules {
		if !seen[r.pattern] {
			t.Errorf("no package matches %s: the rule has no effect", r.pattern)
		}
	}
}

// TestOnlyTheOpenerKnowsTheEngines checks that only the opener imports the engines. The benchmarks, which measure one,
// are a module of their own.
func TestOnlyTheOpenerKnowsTheEngines(t *testing.T) {
	for _, line := range goList(t, "-f", `{{.ImportPath}} {{join .Imports ","}}`, "casus/...") {
		path, imports, _ := strings.Cut(line, " ")
		if path == "casus/internal/store/open" || path == neo4jHarness {
			continue
		}
		for _, imported := range strings.Split(imports, ",") {
			for _, engine := range []string{"casus/internal/store/sqlite/...", "casus/internal/store/neo4j/...",
				"casus/internal/store/memory"} {
				if matches(imported, engine) && !matches(path, engine) {
					t.Errorf("%s imports %s", path, imported)
				}
			}
		}
	}
}

// requesters are the packages that may make HTTP requests, and what imports them: the command that asks for it.
var requesters = map[string][]string{
	"casus/internal/client": {"casus/cmd/casus", "casus/internal/client/format"},
	"casus/internal/fetch/remote": {"casus/cmd/casus/fetch", "casus/internal/fetch/...",
		"casus/internal/extract/endpoint", "casus/cmd/casus/extraction"},
}

// clientNames are the names of package net/http with which a program makes requests.
var clientNames = []string{
	"Client", "Transport", "DefaultClient", "DefaultTransport", "Get", "Head", "Post", "PostForm",
}

// TestOnlyFewPackagesMakeRequests checks that no other package can make an HTTP request, and that only the commands
// which do so import the packages that can: nothing is downloaded unless `casus fetch` is run, and no article is sent
// to a model unless `casus extract` is.
func TestOnlyFewPackagesMakeRequests(t *testing.T) {
	found := map[string]bool{}
	const format = `{{.ImportPath}} {{.Dir}} {{join .GoFiles ","}} {{join .Imports ","}}`
	for _, l := range goList(t, "-f", format, "casus/...") {
		parts := strings.SplitN(l, " ", 4)
		path, dir, files, imports := parts[0], parts[1], parts[2], parts[3]
		if strings.HasPrefix(path, "casus/internal/testkit/") {
			continue
		}
		for imported := range strings.SplitSeq(imports, ",") {
			if users, listed := requesters[imported]; listed && !matchesAny(path, users) {
				t.Errorf("%s imports %s, which only %v may", path, imported, users)
			}
		}
		for file := range strings.SplitSeq(files, ",") {
			if file == "" || !strings.Contains(imports, "net/http") {
				continue
			}
			for _, name := range namesOfHTTP(t, filepath.Join(dir, file)) {
				if !slices.Contains(clientNames, name) {
					continue
				}
				if found[path] = true; requesters[path] == nil {
					t.Errorf("%s/%s uses http.%s; only %v may make requests", path, file, name,
						slices.Sorted(maps.Keys(requesters)))
				}
			}
		}
	}
	for path := range requesters {
		if !found[path] {
			t.Errorf("%s makes no requests: the rule has no effect", path)
		}
	}
}

// namesOfHTTP returns the names of package net/http that a file uses.
func namesOfHTTP(t *testing.T, file string) (names []string) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	local := ""
	for _, spec := range f.Imports {
		if spec.Path.Value != `"net/http"` {
			continue
		}
		if local = "http"; spec.Name != nil {
			local = spec.Name.Name
		}
	}
	if local == "" {
		return nil
	}
	ast.Inspect(f, func(n ast.Node) bool {
		selector, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if of, ok := selector.X.(*ast.Ident); ok && of.Name == local {
			names = append(names, selector.Sel.Name)
		}
		return true
	})
	return names
}

// matches reports whether a package is the one that a pattern names, or lies below it where the pattern ends in /...
func matches(path, pattern string) bool {
	tree, below := strings.CutSuffix(pattern, "/...")
	return path == tree || below && strings.HasPrefix(path, tree+"/")
}

func matchesAny(path string, patterns []string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return matches(path, p) })
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
