// Command lines counts the lines of Go by package, without generated files: product, support (code that only tests,
// benchmarks and checks use) and tests. It prints the packages in descending order of product lines, and the sums.
package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path"
	"regexp"
	"slices"
	"strings"
)

func main() {
	if err := run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "lines:", err)
		os.Exit(2)
	}
}

// count holds the numbers of files and lines of one package.
type count struct{ files, product, support, tests int }

func run(out io.Writer) error {
	listed, err := exec.Command("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--",
		"*.go").Output()
	if err != nil {
		return fmt.Errorf("list the files: %w", err)
	}
	packages := map[string]*count{}
	for name := range strings.SplitSeq(strings.TrimRight(string(listed), "\x00"), "\x00") {
		content, err := os.ReadFile(name)
		if os.IsNotExist(err) { // deleted, but not committed yet
			continue
		}
		if err != nil {
			return err
		}
		add(packages, name, string(content))
	}
	var sum count
	_, _ = fmt.Fprintf(out, "%-44s %6s %8s %8s %7s\n", "package", "files", "product", "support", "tests")
	for _, name := range slices.SortedFunc(maps.Keys(packages), func(a, b string) int {
		return cmp.Or(cmp.Compare(packages[b].product, packages[a].product), cmp.Compare(a, b))
	}) {
		c := packages[name]
		row(out, name, *c)
		sum.files += c.files
		sum.product += c.product
		sum.support += c.support
		sum.tests += c.tests
	}
	row(out, "all", sum)
	return nil
}

func row(out io.Writer, name string, c count) {
	_, _ = fmt.Fprintf(out, "%-44s %6d %8d %8d %7d\n", name, c.files, c.product, c.support, c.tests)
}

var (
	generatedBy = regexp.MustCompile(`(?m)^// Code generated .* DO NOT EDIT\.$`)
	// supporting matches the packages that are not part of the product.
	supporting = regexp.MustCompile(`^(\.ci|docs|internal/(testkit|bench)|internal/store/(storetest|memory))(/|$)`)
)

// add counts one file, unless it is generated.
func add(packages map[string]*count, name, content string) {
	if generatedBy.MatchString(content) {
		return
	}
	folder := path.Dir(name)
	c := packages[folder]
	if c == nil {
		c = new(count)
		packages[folder] = c
	}
	lines := strings.Count(content, "\n")
	switch {
	case strings.HasSuffix(name, "_test.go"):
		c.tests += lines
	case supporting.MatchString(folder):
		c.files++
		c.support += lines
	default:
		c.files++
		c.product += lines
	}
}
