package main

import (
	"slices"
	"strings"
	"testing"
)

func TestWide(t *testing.T) {
	long := strings.Repeat("é ", 60) // 120 columns
	for _, c := range []struct {
		name, content string
		want          []int
	}{
		{"120 columns", long + "\n", nil},
		{"121 columns", "a\n" + long + "a\n", []int{2}},
		{"the last line, without a break", long + "a", []int{1}},
		{"a row of a table", "  | " + long + "|\n", nil},
		{"an address", long + "https://example.org\n", nil},
		{"a single word after a key", "  key: " + strings.Repeat("a", 120) + "\n", nil},
		{"two words after a key", "  key: a " + strings.Repeat("a", 120) + "\n", []int{1}},
		{"records", "```jsonl\n" + long + "a\n```\n" + long + "a\n", []int{4}},
		{"other code", "```json\n" + long + "a\n```\n", []int{2}},
	} {
		if got := wide(c.content); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
