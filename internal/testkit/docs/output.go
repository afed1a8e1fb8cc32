package docs

import (
	"regexp"
	"strings"
)

// varying matches the parts of an output that differ from run to run: ids of loads, moments, revisions.
var varying = regexp.MustCompile(`load:\d{8}T\d{6}-[0-9a-z]{6}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z|\b\d{12,}\b`)

// Shows reports whether an output contains the text of a page. Any white space equals any other, since pages break
// long lines. "..." on the page stands for any text, and ids of loads, moments and revisions for any other ones.
func Shows(page, output string) bool {
	var pattern strings.Builder
	for i, part := range strings.Split(squeeze(page), "...") {
		if i > 0 {
			pattern.WriteString(`.*?`)
		}
		rest := part
		for at := varying.FindStringIndex(rest); at != nil; at = varying.FindStringIndex(rest) {
			pattern.WriteString(regexp.QuoteMeta(rest[:at[0]]) + "(?:" + varying.String() + ")")
			rest = rest[at[1]:]
		}
		pattern.WriteString(regexp.QuoteMeta(rest))
	}
	return regexp.MustCompile(pattern.String()).MatchString(squeeze(output))
}

// squeeze makes each run of white space one space.
func squeeze(text string) string { return strings.Join(strings.Fields(text), " ") }
