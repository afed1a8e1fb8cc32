// Package anchor finds the place of copied words in a document's text: as they are, else with differences removed that
// change no word, such as curly quotation marks or vowel marks. It never compares by similarity: words that do not
// stand in the text have no place in it.
package anchor

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"casus/internal/text"
)

// Range is a part of a text in code points, from Start until before End.
type Range struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Contains reports whether another range lies within the range.
func (r Range) Contains(o Range) bool { return r.Start <= o.Start && o.End <= r.End }

// Manner is how words were found.
type Manner string

// The manners, best first.
const (
	// Exact words stand once in the text.
	Exact Manner = "EXACT"
	// InSentence words stand several times in the text, and once in the sentences that were named.
	InSentence Manner = "IN_SENTENCE"
	// Folded words differ from the text in marks, quotation marks, dashes, white space or invisible characters.
	Folded Manner = "FOLDED"
)

// Match is a place of words in a text.
type Match struct {
	Range
	// Words are the words as the text has them.
	Words  string
	Manner Manner
	// Elsewhere reports that the place is not within the sentences that were named.
	Elsewhere bool
}

// Error is the reason why words have no place.
type Error struct {
	// Places is the number of places in which the words stand: 0, or too many.
	Places int
	// Nearest is the passage that has most of the words, if they stand nowhere: a hint for people, which only the first
	// errors of a text have.
	Nearest string
}

// Error returns the reason.
func (e *Error) Error() string {
	switch {
	case e.Places >= text.MaxFound:
		return fmt.Sprintf("the words stand in the text %d times or more", text.MaxFound)
	case e.Places > 0:
		return fmt.Sprintf("the words stand in the text %d times, and not once in the sentences", e.Places)
	}
	return "the words do not stand in the text"
}

// Text finds words in one text. It is not safe for concurrent use.
type Text struct {
	exact  *text.Positions
	folded folded
	plain  *text.Positions // of the folded text; nil until it is needed
	hints  int             // the number of errors that had the nearest passage
}

// maxHints bounds the errors that have the nearest passage, for which the text is searched.
const maxHints = 100

// New returns the Text of a document's text.
func New(s string) *Text { return &Text{exact: text.NewPositions(s)} }

// Runes returns the number of code points of the text.
func (t *Text) Runes() int { return t.exact.Runes() }

// Slice returns the words of a range of the text.
func (t *Text) Slice(r Range) (words string, ok bool) { return t.exact.Slice(r.Start, r.End) }

// Find returns the place of words: the only one in the text, else the only one within the named sentences; first as the
// words are, then folded.
func (t *Text) Find(words string, sentences []Range) (Match, *Error) {
	if !hasLetter(words) {
		return Match{}, &Error{}
	}
	places := t.findExact(words)
	if place, manner, ok := choose(places, sentences); ok {
		return t.match(place, manner, sentences), nil
	}
	if len(places) > 0 {
		return Match{}, &Error{Places: len(places)}
	}
	places = t.findFolded(words)
	if place, _, ok := choose(places, sentences); ok {
		return t.match(place, Folded, sentences), nil
	}
	e := &Error{Places: len(places)}
	if t.hints++; e.Places == 0 && t.hints <= maxHints {
		e.Nearest = text.NearestPassage(t.exact.Text(), words)
	}
	return Match{}, e
}

// Stands returns words as the text has them, in the named sentences if they stand there, else where they stand first.
func (t *Text) Stands(words string, sentences []Range) (found string, ok bool) {
	if !hasLetter(words) {
		return "", false
	}
	places := t.findExact(words)
	if len(places) == 0 {
		places = t.findFolded(words)
	}
	if len(places) == 0 {
		return "", false
	}
	at := max(slices.IndexFunc(places, func(p Range) bool { return within(p, sentences) }), 0)
	return t.Slice(places[at])
}

func (t *Text) findExact(words string) (places []Range) {
	n := utf8.RuneCountInString(words)
	for _, at := range t.exact.Find(words) {
		start := t.exact.Count(at)
		places = append(places, Range{start, start + n})
	}
	return places
}

func (t *Text) findFolded(words string) (places []Range) {
	if t.plain == nil {
		t.folded = fold(t.exact.Text())
		t.plain = text.NewPositions(t.folded.text)
	}
	sought := strings.Trim(fold(words).text, " ")
	for _, at := range t.plain.Find(sought) {
		places = append(places, Range{int(t.folded.starts[at]), int(t.folded.ends[at+len(sought)-1])})
	}
	return places
}

func (t *Text) match(place Range, manner Manner, sentences []Range) Match {
	words, _ := t.Slice(place)
	return Match{Range: place, Words: words, Manner: manner, Elsewhere: !within(place, sentences)}
}

// choose returns the only place, else the only one within the sentences.
func choose(places, sentences []Range) (place Range, manner Manner, ok bool) {
	if len(places) == 1 {
		return places[0], Exact, true
	}
	found := 0
	for _, p := range places {
		if within(p, sentences) {
			place = p
			found++
		}
	}
	return place, InSentence, found == 1
}

// within reports whether a place lies within one of the sentences, or in several that follow one another.
func within(place Range, sentences []Range) bool {
	for i, s := range sentences {
		end := s.End
		for _, next := range sentences[i+1:] {
			if next.Start < end || next.Start > place.End {
				break
			}
			end = next.End
		}
		if (Range{s.Start, end}).Contains(place) {
			return true
		}
	}
	return false
}

// hasLetter reports whether words have a letter or a digit.
func hasLetter(words string) bool {
	return strings.ContainsFunc(words, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}
