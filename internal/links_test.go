package internal_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"casus/internal/testkit/module"
)

// TestLinks follows the links of all Markdown files to other files of the project, and to headings in them.
func TestLinks(t *testing.T) {
	pages := markdown(t, module.Root(t))
	links := 0
	for page, lines := range pages {
		for _, line := range lines {
			for _, m := range link.FindAllStringSubmatch(line, -1) {
				path, heading, _ := strings.Cut(m[1], "#")
				if strings.Contains(path, ":") {
					continue // another site's
				}
				links++
				target := page
				if path != "" {
					target = filepath.Join(filepath.Dir(page), path)
				}
				if _, err := os.Stat(target); err != nil {
					t.Errorf("%s: no file for %s", page, m[1])
				} else if heading != "" && !hasHeading(pages[target], heading) {
					t.Errorf("%s: no heading for %s", page, m[1])
				}
			}
		}
	}
	if links < 100 {
		t.Errorf("only %d links were found", links)
	}
}

var (
	link        = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	linkText    = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`)
	punctuation = regexp.MustCompile(`[^\pL\pN\-_ ]`)
)

// markdown returns the lines of all Markdown files outside of code blocks, by path.
func markdown(t *testing.T, root string) map[string][]string {
	t.Helper()
	pages := map[string][]string{}
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "node_modules" || d.Name() == "testdata" || d.Name() == ".git"):
			return filepath.SkipDir
		case d.IsDir() || filepath.Ext(path) != ".md":
			return nil
		}
		b, err := os.ReadFile(path)
		inCode := false
		for line := range strings.Lines(string(b)) {
			if strings.HasPrefix(line, "```") {
				inCode = !inCode
			} else if !inCode {
				pages[path] = append(pages[path], strings.TrimSpace(line))
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

// hasHeading reports whether a page has a heading with an anchor, as the sites that show Markdown name it.
func hasHeading(lines []string, anchor string) bool {
	for _, line := range lines {
		if title := strings.TrimLeft(line, "#"); title != line {
			title = linkText.ReplaceAllString(strings.ToLower(strings.TrimSpace(title)), "$1")
			if strings.ReplaceAll(punctuation.ReplaceAllString(title, ""), " ", "-") == anchor {
				return true
			}
		}
	}
	return false
}
