// Command words finds wording that the project no longer uses, by the patterns of .ci/words.txt, and lines of more than
// 120 columns outside Go, where the linters find them. It prints each place and exits 1 if there is any. Arguments are
// the names of files; by default it reads all files of the project that people write.
package main

import (
	"cmp"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"regexp"
	"slices"
	"strings"
)

func main() {
	flag.Parse()
	found, err := run(os.Stdout, flag.Args())
	if err != nil {
		fmt.Fprintln(os.Stderr, "words:", err)
		os.Exit(2)
	}
	if found > 0 {
		os.Exit(1)
	}
}

// run prints each place and returns their number.
func run(out io.Writer, files []string) (found int, err error) {
	list, err := os.ReadFile(".ci/words.txt")
	if err != nil {
		return 0, err
	}
	patterns, err := parse(string(list))
	if err != nil {
		return 0, err
	}
	if len(files) == 0 {
		if files, err = tracked(); err != nil {
			return 0, err
		}
	}
	for _, name := range files {
		content, err := os.ReadFile(name)
		if err != nil {
			return 0, err
		}
		if generated(string(content)) {
			continue
		}
		if prose[path.Ext(name)] {
			for _, hit := range find(patterns, string(content)) {
				found++
				_, _ = fmt.Fprintf(out, "%s:%d: %q -> %s\n", name, hit.line, hit.words, hit.pattern.instead)
			}
		}
		if path.Ext(name) != ".go" {
			for _, line := range wide(string(content)) {
				found++
				_, _ = fmt.Fprintf(out, "%s:%d: more than %d columns\n", name, line, columns)
			}
		}
	}
	_, _ = fmt.Fprintf(out, "%d findings in %d files\n", found, len(files))
	return found, nil
}

// pattern is one line of the list.
type pattern struct {
	text, instead string
	re            *regexp.Regexp
}

func parse(list string) (patterns []pattern, err error) {
	for line := range strings.Lines(list) {
		line = strings.TrimRight(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		text, instead, _ := strings.Cut(line, "  -> ")
		re, err := regexp.Compile("(?im)" + text)
		if err != nil {
			return nil, err
		}
		patterns = append(patterns, pattern{text, instead, re})
	}
	return patterns, nil
}

// prose and code have the kinds of files to read. Only prose is searched for wording.
var (
	prose = set(".go", ".graphqls", ".md", ".ts", ".tsx")
	code  = set(".css", ".js", ".jsx", ".mjs", ".py", ".sh", ".yaml", ".yml")
)

func set(names ...string) map[string]bool {
	m := map[string]bool{}
	for _, n := range names {
		m[n] = true
	}
	return m
}

// tracked returns the files to read: all that git tracks and all new ones that it does not ignore, without test data
// and builds.
func tracked() (files []string, err error) {
	listed, err := exec.Command("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard").Output()
	if err != nil {
		return nil, fmt.Errorf("list the files: %w", err)
	}
	for name := range strings.SplitSeq(strings.TrimRight(string(listed), "\x00"), "\x00") {
		if strings.Contains(name, "testdata/") || strings.Contains(name, "/dist/") || strings.HasPrefix(name, ".ci/words") {
			continue
		}
		if _, err := os.Stat(name); err != nil { // deleted, but not committed yet
			continue
		}
		if ext := path.Ext(name); prose[ext] || code[ext] || name == ".ci/run" {
			files = append(files, name)
		}
	}
	slices.Sort(files)
	return slices.Compact(files), nil
}

var generatedBy = regexp.MustCompile(`(?m)^// Code generated .* DO NOT EDIT\.$`)

func generated(content string) bool { return generatedBy.MatchString(content) }

// hit is one occurrence of a pattern. Lines count from 1.
type hit struct {
	pattern pattern
	line    int
	words   string
}

// find looks for all patterns in a text and in the same text with its comments and paragraphs on one line each. It
// reports each occurrence once, in the order of the text.
func find(patterns []pattern, content string) (hits []hit) {
	joined, lines := join(content)
	for _, p := range patterns {
		for _, at := range p.re.FindAllStringIndex(joined, -1) {
			line, _ := slices.BinarySearchFunc(lines, at[0],
				func(l mark, offset int) int { return cmp.Compare(l.offset, offset+1) })
			hits = append(hits, hit{p, lines[max(line-1, 0)].line, joined[at[0]:at[1]]})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(a.line, b.line) })
	return hits
}

// mark is the offset in the joined text at which a line of the original text begins.
type mark struct{ offset, line int }

var leader = regexp.MustCompile(`^\s*(?://|#|\*|/\*)\s?`)

// join puts the lines of a comment, or of a paragraph of text, on one line, so that a pattern is found across them.
func join(content string) (string, []mark) {
	var out strings.Builder
	var marks []mark
	comment := false
	number := 0
	for line := range strings.Lines(content) {
		number++
		text := strings.TrimRight(line, "\r\n")
		stripped := leader.ReplaceAllString(text, "")
		isComment := stripped != text
		if comment && isComment && stripped != "" {
			out.WriteByte(' ')
			marks = append(marks, mark{out.Len(), number})
			out.WriteString(strings.TrimSpace(stripped))
		} else {
			out.WriteByte('\n')
			marks = append(marks, mark{out.Len(), number})
			out.WriteString(text)
		}
		comment = isComment
	}
	return out.String(), marks
}
