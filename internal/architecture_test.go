package internal_test

import (
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"casus/internal/testkit/module"
)

// TestArchitectureListsPackages checks that the tree in docs/architecture.md has the folder of each package, except the
// parts of the test helpers, the benchmarks and the suite on Neo4j, and no folder that does not exist.
func TestArchitectureListsPackages(t *testing.T) {
	page, err := os.ReadFile(filepath.Join(module.Root(t), "docs", "architecture.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, tree, _ := strings.Cut(string(page), "```text\n")
	tree, _, _ = strings.Cut(tree, "```")
	listed := map[string]bool{}
	for line := range strings.Lines(tree) {
		for _, word := range strings.Fields(line) {
			folder, ok := strings.CutSuffix(word, "/")
			if !ok {
				break // what follows the folders explains them
			}
			listed[path.Base(folder)] = false
		}
	}
	for _, pkg := range goList(t, "casus/...") {
		name := strings.TrimPrefix(pkg, "casus/")
		if _, ok := listed[path.Base(name)]; ok {
			listed[path.Base(name)] = true
			continue
		}
		if name == "internal" || strings.HasPrefix(name, "internal/testkit/") || strings.Contains(name, "/conformance/") ||
			strings.HasPrefix(name, ".ci/") || strings.HasPrefix(name, "docs/") {
			continue
		}
		t.Errorf("docs/architecture.md does not list %s", name)
	}
	for folder, found := range listed {
		if !found && folder != "bench" && folder != "testkit" { // a module of its own, and a folder without a package
			t.Errorf("docs/architecture.md lists %s, which is not a package", folder)
		}
	}
}
