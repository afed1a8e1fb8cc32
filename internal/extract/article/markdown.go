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

// readMarkdown returns the text of a Markdown file, and the facts in its front matter. Markup is part of the text;
// front matter is not.
func readMarkdown(content string) (s string, facts Metadata, err error) {
	s = content
	if m := frontMatter.FindStringSubmatch(s); m != nil {
		if len(m[1]) > maxFrontMatter {
			return s, facts, kg.Errorf(kg.BadInput, "its front matter has more than %d bytes", maxFrontMatter)
		}
		var fields map[string]any
		if err := yaml.Unmarshal([]byte(m[1]), &fields); err != nil {
			return s, facts, kg.Errorf(kg.BadInput, "its front matter is not YAML: %w", err)
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
		s = strings.TrimLeft(s[len(m[0]):], "\r\n")
		facts.Title, facts.Publisher = value("title"), value("publisher", "source", "site")
		facts.Address, facts.Language = value("url", "address", "canonical"), value("language", "lang")
		facts.setDate(value("published", "date", "publishedAt"))
	}
	if m := heading.FindStringSubmatch(s); m != nil {
		facts.Title = cmp.Or(facts.Title, m[1])
	}
	return s, facts, nil
}
