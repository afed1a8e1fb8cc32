// Command summary reads the output of go test -json from stdin. It prints failed and skipped tests with the reason, and
// writes the counts "passed failed skipped" to the file that its argument names. It exits 1 if a test or a build
// failed, if no test ran, or if a test was skipped because it lacks a tool that CASUS_REQUIRE_NEO4J=1,
// CASUS_REQUIRE_BROWSER=1, CASUS_REQUIRE_PYTHON=1 or CASUS_REQUIRE_PDF=1 requires.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go test -json ./... | summary COUNTS")
		os.Exit(2)
	}
	c, err := summarise(os.Stdin, os.Stdout, required(os.Getenv))
	if err == nil {
		err = os.WriteFile(os.Args[1], fmt.Appendln(nil, c.passed, c.failed, c.skipped), 0o600)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "summary:", err)
		os.Exit(2)
	}
	if c.failed > 0 || c.passed == 0 {
		os.Exit(1)
	}
}

// required returns a pattern that matches the reasons of skips that count as failures.
func required(getenv func(string) string) *regexp.Regexp {
	var words []string
	if getenv("CASUS_REQUIRE_NEO4J") == "1" {
		words = append(words, "neo4j")
	}
	if getenv("CASUS_REQUIRE_BROWSER") == "1" {
		words = append(words, "browser", "chromium")
	}
	if getenv("CASUS_REQUIRE_PYTHON") == "1" {
		words = append(words, "python", "node")
	}
	if getenv("CASUS_REQUIRE_PDF") == "1" {
		words = append(words, "poppler")
	}
	if words == nil {
		return regexp.MustCompile(`$^`) // matches no reason
	}
	return regexp.MustCompile(`(?i)\b(` + strings.Join(words, "|") + `)`)
}

// event is one line of the output of go test -json: see go doc test2json and go help buildjson.
type event struct {
	Action      string
	Package     string
	ImportPath  string // of a build event
	Test        string // empty for the package's own events
	Output      string
	Elapsed     float64 // seconds
	FailedBuild string  // of a package that did not build
}

// counts are numbers of tests, subtests among them. A package that fails without a failing test counts as one.
type counts struct{ passed, failed, skipped int }

// summarise reads its input to the end, so that go test never blocks on writing.
func summarise(in io.Reader, out io.Writer, required *regexp.Regexp) (counts, error) {
	var c counts
	output := map[[2]string]*strings.Builder{} // by package and test
	failedIn := map[string]bool{}              // packages with a failing test
	var skips []string
	lines := bufio.NewReader(in)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) == 0 {
			if errors.Is(err, io.EOF) {
				break
			}
			return c, fmt.Errorf("read the tests' output: %w", err)
		}
		var e event
		if json.Unmarshal(line, &e) != nil {
			_, _ = fmt.Fprintf(out, "%s", line)
			continue
		}
		if e.Package == "" {
			e.Package = e.ImportPath
		}
		key := [2]string{e.Package, e.Test}
		switch e.Action {
		case "output", "build-output":
			if output[key] == nil {
				output[key] = new(strings.Builder)
			}
			output[key].WriteString(e.Output)
			continue
		case "pass":
			if e.Test == "" {
				_, _ = fmt.Fprintf(out, "ok    %-50s %6.1f s\n", e.Package, e.Elapsed)
				break
			}
			c.passed++
		case "fail":
			if e.Test == "" {
				reportUnfinished(out, e.Package, output)
				if failedIn[e.Package] {
					_, _ = fmt.Fprintf(out, "FAIL  %-50s %6.1f s\n", e.Package, e.Elapsed)
					break
				}
			}
			c.failed++
			failedIn[e.Package] = true
			report(out, key, output)
			if e.FailedBuild != "" {
				report(out, [2]string{e.FailedBuild}, output)
			}
		case "skip":
			if e.Test == "" {
				break // a package without tests
			}
			why := reason(output[key])
			if required.MatchString(position.ReplaceAllString(why, "")) {
				c.failed++
				failedIn[e.Package] = true
				why += " (REQUIRED, so this counts as failed)"
			} else {
				c.skipped++
			}
			skips = append(skips, fmt.Sprintf("skip  %s %s: %s", e.Package, e.Test, why))
		default:
			continue
		}
		if e.Action != "build-fail" {
			delete(output, key)
		}
	}
	for _, s := range skips {
		_, _ = fmt.Fprintln(out, s)
	}
	return c, nil
}

// position is the place in the code of a test's message. A file may be named after a tool.
var position = regexp.MustCompile(`\w+\.go:\d+: `)

// reportUnfinished reports the tests that were running when their package ended, such as at its timeout. The output of
// one of them then holds the stacks of all goroutines.
func reportUnfinished(out io.Writer, pkg string, output map[[2]string]*strings.Builder) {
	var unfinished [][2]string
	for key := range output {
		if key[0] == pkg && key[1] != "" {
			unfinished = append(unfinished, key)
		}
	}
	slices.SortFunc(unfinished, func(a, b [2]string) int { return strings.Compare(a[1], b[1]) })
	for _, key := range unfinished {
		report(out, key, output)
		delete(output, key)
	}
}

func report(out io.Writer, key [2]string, output map[[2]string]*strings.Builder) {
	_, _ = fmt.Fprintf(out, "FAIL  %s %s\n", key[0], key[1])
	if text := output[key]; text != nil {
		for line := range strings.Lines(text.String()) {
			_, _ = fmt.Fprint(out, "      ", line)
		}
	}
}

// reason returns the message of a skipped test, without the lines that the test runner adds.
func reason(text *strings.Builder) string {
	if text == nil {
		return "no reason given"
	}
	var said []string
	for line := range strings.Lines(text.String()) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "=== ") && !strings.HasPrefix(line, "--- ") {
			said = append(said, line)
		}
	}
	return strings.Join(said, " ")
}
