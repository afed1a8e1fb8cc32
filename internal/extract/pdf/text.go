package pdf

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"casus/internal/extract/article"
)

// maxProperties bounds what pdfinfo writes.
const maxProperties = 256 << 10

// parseProperties returns the facts that pdfinfo writes, and the number of pages. The date is only a
// hint: it is when the file was made.
func parseProperties(s string) (facts article.Metadata, pages int) {
	found := map[string]string{}
	for line := range strings.Lines(s) {
		name, value, ok := strings.Cut(strings.TrimRight(line, "\r\n"), ":")
		if _, known := found[name]; ok && !known {
			found[name] = strings.TrimSpace(value)
		}
	}
	if title := found["Title"]; !isFileName(title) {
		facts.Title = title
	}
	if day, _, ok := strings.Cut(found["CreationDate"], "T"); ok && len(day) == len("2031-03-02") {
		facts.Hint = "the file was made on " + day
	}
	pages, _ = strconv.Atoi(found["Pages"]) // 0 if it is not stated
	return facts, pages
}

// isFileName reports whether a title is the name of the file that a PDF was made of.
func isFileName(title string) bool {
	title = strings.ToLower(title)
	for _, end := range []string{".doc", ".docx", ".odt", ".rtf", ".txt", ".html", ".htm", ".indd", ".qxp", ".pdf"} {
		if strings.HasSuffix(title, end) {
			return true
		}
	}
	return title == "untitled" || strings.HasPrefix(title, "microsoft word - ")
}

// joinLines replaces the breaks of lines within a paragraph by spaces, since a break ends a sentence. A paragraph ends
// at an empty line, and at one that is shorter than half of the longest of its block, as headlines and last lines are.
// Every code point keeps its offset.
func joinLines(s string) string {
	lines := strings.SplitAfter(s, "\n")
	var b strings.Builder
	b.Grow(len(s))
	longest := 0
	for i, line := range lines {
		if i == 0 || isBlank(lines[i-1]) {
			longest = longestOfBlock(lines[i:])
		}
		if i+1 < len(lines) && !isBlank(line) && !isBlank(lines[i+1]) && 2*utf8.RuneCountInString(line) >= longest {
			line = strings.TrimSuffix(line, "\n") + " "
		}
		b.WriteString(line)
	}
	return b.String()
}

func isBlank(line string) bool { return strings.TrimSpace(line) == "" }

// longestOfBlock returns the characters of the longest of the lines before an empty one.
func longestOfBlock(lines []string) (longest int) {
	for _, line := range lines {
		if isBlank(line) {
			break
		}
		longest = max(longest, utf8.RuneCountInString(line))
	}
	return longest
}
