package main

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// columns is the largest width of a line.
const columns = 120

// unbreakable matches lines that have no place for a break: rows of tables, lines with an address, and a single word
// after a key.
var unbreakable = regexp.MustCompile(`^\s*\||://|^\s*(\S+ )?\S+$`)

// wide returns the numbers of the lines that are too wide. Records of JSON, one a line, may be.
func wide(content string) (lines []int) {
	fence := ""
	number := 0
	for line := range strings.Lines(content) {
		number++
		line = strings.TrimRight(line, "\r\n")
		if info, ok := strings.CutPrefix(line, "```"); ok {
			if fence == "" {
				fence = "```" + info
			} else {
				fence = ""
			}
		}
		if utf8.RuneCountInString(line) > columns && fence != "```jsonl" && !unbreakable.MatchString(line) {
			lines = append(lines, number)
		}
	}
	return lines
}
