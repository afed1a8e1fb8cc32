// Command words counts wording that the project no longer uses: the patterns of .ci/words.txt in Go, GraphQL, Markdown
// and TypeScript. It prints how often each pattern occurs and the files with most hits. With names of files as
// arguments it prints each hit in them. With -max it exits 1 if there are more hits.
package main

import (
	"cmp"
	"flag"
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
	limit := flag.Int("max", -1, "exit 1 if there are more occurrences; -1 reports alone")
	top := flag.Int("top", 25, "how many files to list; 0 lists all")
	flag.Parse()
	total, err := run(os.Stdout, flag.Args(), *top)
	if err != nil {
		fmt.Fprintln(os.Stderr, "words:", err)
		os.Exit(2)
	}
	if *limit >= 0 && total > *limit {
		fmt.Fprintf(os.Stderr, "words: %d occurrences, at most %d are allowed\n", total, *limit)
		os.Exit(1)
	}
}

func run(out io.Writer, named []string, top int) (total int, err error) {
	list, err := os.ReadFile(".ci/words.txt")
	if err != nil {
		return 0, err
	}
	patterns, err := parse(string(list))
	if err != nil {
		return 0, err
	}
	files := named
	if len(files) == 0 {
		if files, err = tracked(); err != nil {
			return 0, err
		}
	}
	byPattern, byFile := map[string]int{}, map[string]int{}
	for _, name := range files {
		content, err := os.ReadFile(name)
		if err != nil {
			return 0, err
		}
		if generated(string(content)) {
			continue
		}
		for _, hit := range find(patterns, string(content)) {
			total++
			byPattern[hit.pattern.text]++
			byFile[name]++
			if len(named) > 0 {
				fmt.Fprintf(out, "%s:%d: %q -> %s\n", name, hit.line, hit.words, hit.pattern.instead)
			}
		}
	}
	if len(named) == 0 {
		fmt.Fprintln(out, "by pattern:")
		table(out, byPattern, 0)
		fmt.Fprintln(out, "by file:")
		table(out, byFile, top)
	}
	fmt.Fprintf(out, "%d occurrences in %d of %d files\n", total, len(byFile), len(files))
	return total, nil
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

// tracked returns the files to read: all that git tracks and all new ones that it does not ignore, without test data.
func tracked() (files []string, err error) {
	listed, err := exec.Command("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard",
		"--", "*.go", "*.graphqls", "*.md", "*.ts", "*.tsx", ".ci").Output()
	if err != nil {
		return nil, fmt.Errorf("list the files: %w", err)
	}
	for name := range strings.SplitSeq(strings.TrimRight(string(listed), "\x00"), "\x00") {
		if strings.Contains(name, "testdata/") || strings.HasPrefix(name, ".ci/words") {
			continue
		}
		if _, err := os.Stat(name); err != nil { // deleted, but not committed yet
			continue
		}
		if slices.Contains([]string{".go", ".graphqls", ".md", ".ts", ".tsx"}, path.Ext(name)) {
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

// table prints counts, the largest first, at most top of them; 0 prints all.
func table(out io.Writer, counts map[string]int, top int) {
	names := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	if top > 0 && len(names) > top {
		names = names[:top]
	}
	for _, name := range names {
		fmt.Fprintf(out, "%6d  %s\n", counts[name], name)
	}
}
