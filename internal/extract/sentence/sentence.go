// Package sentence divides a text into numbered sentences by the rules of Unicode (UAX 29).
package sentence

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"casus/internal/extract/anchor"
)

// Sentence is a sentence of a text, without the white space around it.
type Sentence struct {
	anchor.Range
	Text string
}

// Split returns the sentences of a text in their order. Their numbers are their positions, from 1. A line break ends a
// sentence, so a title is one.
func Split(s string) (all []Sentence) {
	at := 0
	for state := -1; s != ""; {
		var part string
		part, s, state = uniseg.FirstSentenceInString(s, state)
		rest := strings.TrimLeftFunc(part, unicode.IsSpace)
		start := at + utf8.RuneCountInString(part) - utf8.RuneCountInString(rest)
		at += utf8.RuneCountInString(part)
		if rest = strings.TrimRightFunc(rest, unicode.IsSpace); rest != "" {
			all = append(all, Sentence{anchor.Range{Start: start, End: start + utf8.RuneCountInString(rest)}, rest})
		}
	}
	return all
}

// Texts returns the texts of sentences.
func Texts(all []Sentence) (texts []string) {
	for _, s := range all {
		texts = append(texts, s.Text)
	}
	return texts
}
