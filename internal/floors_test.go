package internal_test

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// size has the figures of a package that the floors test bounds: its product files (no tests, nothing generated), their
// lines, and the files in circles of more than circleFiles.
type size struct{ files, lines, circled int }

// The bounds of a package. Engines and the conformance suite have one file for each kind of query or test.
const (
	packageFiles = 30
	engineFiles  = 50
	packageLines = 4_000
	circleFiles  = 4
)

// engines are the packages that may have engineFiles.
var engines = []string{
	"casus/internal/store/neo4j", "casus/internal/store/sqlite", "casus/internal/store/memory",
	"casus/internal/store/storetest",
}

// ceilings are the packages that exceed a bound today. None may grow beyond these figures. A package that meets the
// bounds again, or no longer exists, is removed from the list. A package that is renamed keeps its figures.
var ceilings = map[string]size{
	"casus/internal/kg":              {32, 5060, 0},
	"casus/internal/store/neo4j":     {50, 6448, 22},
	"casus/internal/store/sqlite":    {50, 6776, 6},
	"casus/internal/store/storetest": {50, 7636, 27},
}

// TestFloors counts each package's floors. Of two files the one that uses a package-level name or a method of the other
// stands above it; files that use one another, directly or in a circle, stand on one floor. A reader who begins at the
// lowest floor meets only what was explained already, except within a circle.
func TestFloors(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: type checks every package, which -short leaves out")
	}
	loaded, err := packages.Load(&packages.Config{
		Context: t.Context(),
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedSyntax | packages.NeedTypes | packages.NeedTypesInfo |
			packages.NeedImports | packages.NeedExportFile,
		Dir: "..",
	}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	t.Logf("%-36s %5s %6s %6s  circles", "package", "files", "lines", "floors")
	for _, p := range loaded {
		if len(p.Errors) > 0 {
			t.Fatalf("%s: %v", p.PkgPath, p.Errors)
		}
		files, lines := productFiles(t, p)
		if len(files) == 0 {
			continue
		}
		found[p.PkgPath] = true
		floors, circles := stack(uses(p, files))
		got := size{files: len(files), lines: lines}
		for _, c := range circles {
			if len(c) > circleFiles {
				got.circled += len(c)
			}
		}
		t.Logf("%-36s %5d %6d %6d  %s", p.PkgPath, got.files, got.lines, floors, describe(circles))
		bound := size{packageFiles, packageLines, 0}
		if slices.Contains(engines, p.PkgPath) {
			bound.files = engineFiles
		}
		judge(t, p.PkgPath, got, bound)
	}
	for path := range ceilings {
		if !found[path] {
			t.Errorf("there is no package %s: take it from the ceilings, or rename it there", path)
		}
	}
}

// judge fails where a package exceeds its bound, or its ceiling where it has one.
func judge(t *testing.T, path string, got, bound size) {
	t.Helper()
	ceiling, listed := ceilings[path]
	if listed && fits(got, bound) {
		t.Errorf("%s meets the bounds: take it from the ceilings", path)
	}
	limit := size{max(bound.files, ceiling.files), max(bound.lines, ceiling.lines), max(bound.circled, ceiling.circled)}
	if !fits(got, limit) {
		t.Errorf("%s has %d files, %d lines and %d files in circles of more than %d; at most %d, %d and %d are allowed",
			path, got.files, got.lines, got.circled, circleFiles, limit.files, limit.lines, limit.circled)
	}
}

func fits(got, limit size) bool {
	return got.files <= limit.files && got.lines <= limit.lines && got.circled <= limit.circled
}

// productFiles returns the package's files by name, without generated ones, and their lines in all.
func productFiles(t *testing.T, p *packages.Package) (files map[string]*ast.File, lines int) {
	t.Helper()
	files = map[string]*ast.File{}
	for _, f := range p.Syntax {
		name := p.Fset.File(f.Pos()).Name()
		if ast.IsGenerated(f) {
			continue
		}
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(name)] = f
		lines += strings.Count(string(content), "\n")
	}
	return files, lines
}

// uses returns, for each file, the other files whose package-level names or methods it uses.
func uses(p *packages.Package, files map[string]*ast.File) map[string][]string {
	arrows := make(map[string][]string, len(files))
	for name, f := range files {
		below := map[string]bool{}
		ast.Inspect(f, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			if !ok {
				return true
			}
			object := p.TypesInfo.Uses[id]
			if object == nil || object.Pkg() != p.Types {
				return true
			}
			method, ok := object.(*types.Func)
			if ok {
				object = method.Origin()
			}
			if object.Parent() != p.Types.Scope() && (!ok || method.Signature().Recv() == nil) {
				return true
			}
			declared := filepath.Base(p.Fset.Position(object.Pos()).Filename)
			if declared != name && files[declared] != nil {
				below[declared] = true
			}
			return true
		})
		arrows[name] = slices.Sorted(maps.Keys(below))
	}
	return arrows
}

// stack merges circles and returns the number of floors, which is the longest chain of files and circles, and the
// circles of more than one file, the largest first.
func stack(arrows map[string][]string) (floors int, circles [][]string) {
	components := strongComponents(arrows)
	of := map[string]int{} // a file's component
	for i, c := range components {
		for _, name := range c {
			of[name] = i
		}
		if len(c) > 1 {
			circles = append(circles, c)
		}
	}
	// A component comes after all that it uses, so the heights below it are known.
	height := make([]int, len(components))
	for i, c := range components {
		for _, name := range c {
			for _, below := range arrows[name] {
				if of[below] != i {
					height[i] = max(height[i], height[of[below]])
				}
			}
		}
		height[i]++
		floors = max(floors, height[i])
	}
	slices.SortStableFunc(circles, func(a, b []string) int { return cmp.Compare(len(b), len(a)) })
	return floors, circles
}

// strongComponents is Tarjan's algorithm: the sets of files that reach one another, each after the sets it uses.
func strongComponents(arrows map[string][]string) (components [][]string) {
	index, low, onStack := map[string]int{}, map[string]int{}, map[string]bool{}
	var path []string
	var visit func(name string)
	visit = func(name string) {
		index[name] = len(index) + 1
		low[name] = index[name]
		path = append(path, name)
		onStack[name] = true
		for _, next := range arrows[name] {
			if index[next] == 0 {
				visit(next)
				low[name] = min(low[name], low[next])
			} else if onStack[next] {
				low[name] = min(low[name], index[next])
			}
		}
		if low[name] != index[name] {
			return
		}
		start := slices.Index(path, name)
		component := slices.Clone(path[start:])
		path = path[:start]
		for _, member := range component {
			onStack[member] = false
		}
		slices.Sort(component)
		components = append(components, component)
	}
	for _, name := range slices.Sorted(maps.Keys(arrows)) {
		if index[name] == 0 {
			visit(name)
		}
	}
	return components
}

func describe(circles [][]string) string {
	var all []string
	for _, c := range circles {
		all = append(all, fmt.Sprintf("%d (%s)", len(c), strings.Join(c, " ")))
	}
	return strings.Join(all, ", ")
}

// TestStack checks the number of floors of small graphs.
func TestStack(t *testing.T) {
	for _, c := range []struct {
		name    string
		arrows  map[string][]string
		floors  int
		circles string
	}{
		{"one file", map[string][]string{"a": nil}, 1, ""},
		{"apart", map[string][]string{"a": nil, "b": nil}, 1, ""},
		{"a chain and a short cut", map[string][]string{"a": {"b", "c"}, "b": {"c"}, "c": nil}, 3, ""},
		{"a circle is one floor", map[string][]string{"a": {"b"}, "b": {"c"}, "c": {"b", "d"}, "d": nil}, 3, "2 (b c)"},
		{"the largest circle first", map[string][]string{
			"a": {"b"}, "b": {"a", "c"}, "c": {"d"}, "d": {"e"}, "e": {"c"},
		}, 2, "3 (c d e), 2 (a b)"},
	} {
		floors, circles := stack(c.arrows)
		if got := describe(circles); floors != c.floors || got != c.circles {
			t.Errorf("%s: %d floors and circles %q; want %d and %q", c.name, floors, got, c.floors, c.circles)
		}
	}
}
