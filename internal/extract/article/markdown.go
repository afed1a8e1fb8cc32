package article

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"

	"casus/internal/kg"
)

// frontMatter matches the lines of YAML at the start of a Markdown file.
var frontMatter = regexp.MustCompile(`\A---[ \t]*\r?\n((?s:.*?)\r?\n)?---[ \t]*(?:\r?\n|\z)`)

// maxFrontMatter bounds the front matter in bytes.
const maxFrontMatter = 64 << 10

// heading matches the first heading.
var heading = regexp.MustCompile(`(?m)^#{1,2}[ \t]+(.+?)[ \t]*#*[ \t]*\r?$`)

// readMarkdown reads a Markdown file. Its markup is part of the text; front matter is not.
func readMarkdown(s string) (a Article, err error) {
	a.Text = s
	if m := frontMatter.FindStringSubmatch(s); m != nil {
		if len(m[1]) > maxFrontMatter {
			return a, kg.Errorf(kg.BadInput, "its front matter has more than %d bytes", maxFrontMatter)
		}
		var fields map[string]any
		if err := yaml.Unmarshal([]byte(m[1]), &fields); err != nil {
			return a, kg.Errorf(kg.BadInput, "its front matter is not YAML: %w", err)
		}
		value := func(names ...string) string {
			for _, name := range names {
				switch v := fields[name].(type) {
				case string:
					return strings.TrimSpace(v)
				case int, uint64, int64:
					return fmt.Sprint(v)
				}
			}
			return ""
		}
		a.Text = strings.TrimLeft(s[len(m[0]):], "\r\n")
		a.Title, a.Publisher = value("title"), value("publisher", "source", "site")
		a.Address, a.Language = value("url", "address", "canonical"), value("language", "lang")
		a.setDate(value("published", "date", "publishedAt"))
	}
	if m := heading.FindStringSubmatch(a.Text); m != nil {
		a.Title = cmp.Or(a.Title, m[1])
	}
	return a, nil
}
