package table

import (
	"regexp"
	"strings"
)

// delimiter returns the delimiter of the text, by its first lines. It is the most frequent one in the header, outside
// quotation marks, and preferably one that occurs as often in the next line.
func delimiter(in *lineBuffer) rune {
	head := firstLines(in)
	best, most, bestAgrees := ',', 0, false
	for _, c := range ",;\t|" {
		first, second, hasSecond := countDelimiters(head, byte(c))
		agrees := hasSecond && first == second
		if first > 0 && (agrees && !bestAgrees || agrees == bestAgrees && first > most) {
			best, most, bestAgrees = c, first, agrees
		}
	}
	return best
}

// firstLines returns the first bytes of a file: some lines, or a part of the first one if it is longer than maxHeader.
func firstLines(in *lineBuffer) string {
	in.fill(16 << 10)
	for !strings.ContainsAny(string(in.unread()), "\r\n") && len(in.unread()) < maxHeader && in.more() {
	}
	return string(in.unread()[:min(len(in.unread()), maxHeader)])
}

// countDelimiters counts a delimiter in the first and the second record of a text. If a quotation mark is open at the
// end, it counts those of the first line.
func countDelimiters(text string, comma byte) (first, second int, hasSecond bool) {
	var counts [2]int
	n, quoted, fieldStart := 0, false, true
	for i := 0; i < len(text) && n < 2; i++ {
		c := text[i]
		switch {
		case quoted && c == '"' && i+1 < len(text) && text[i+1] == '"':
			i++
		case quoted:
			quoted = c != '"'
		case c == '"' && fieldStart:
			quoted = true
		case c == '\n' || c == '\r':
			for i+1 < len(text) && (text[i+1] == '\n' || text[i+1] == '\r') {
				i++
			}
			n++
			fieldStart = true
			continue
		case c == comma:
			counts[n]++
			fieldStart = true
			continue
		}
		fieldStart = false
	}
	if n == 0 && quoted {
		line := text
		if end := strings.IndexAny(text, "\r\n"); end >= 0 {
			line = text[:end]
		}
		return strings.Count(line, string(comma)), 0, false
	}
	return counts[0], counts[1], n == 2 || n == 1 && counts[1] > 0
}

// separator consumes the line sep=; with which spreadsheets declare the delimiter above the header, and returns that
// delimiter; 0 if there is none.
func separator(in *lineBuffer) rune {
	in.fill(8)
	found := separatorLine.FindSubmatch(in.unread()[:min(len(in.unread()), 8)])
	if found == nil {
		return 0
	}
	in.drop(in.lineEnd(0))
	return rune(found[1][0])
}

var separatorLine = regexp.MustCompile(`^(?i:sep)=([,;|\t])[\r\n]`)
