package text

import (
	"index/suffixarray"
	"slices"
	"strings"
	"unicode/utf8"
)

// Positions finds places in one text. Each search costs far less than a pass over the text. It is not safe for
// concurrent use.
type Positions struct {
	text string
	// marks are the byte offsets of every markDistance-th code point, and runes the number of code points.
	marks    []int
	runes    int
	searches int
	suffixes *suffixarray.Index // of a long text that is often searched
}

const (
	markDistance = 256
	// A text of more than longText bytes gets an index, four times its size, after manySearches passes over it.
	longText     = 1 << 20
	manySearches = 32
)

// MaxFound bounds the places that Find returns.
const MaxFound = 1000

// NewPositions returns the Positions of a text.
func NewPositions(text string) *Positions { return &Positions{text: text} }

// Text returns the whole text.
func (p *Positions) Text() string { return p.text }

// Runes returns the number of code points.
func (p *Positions) Runes() int {
	p.mark()
	return p.runes
}

// Slice returns the text between two code points. ok is false if the text is shorter or the end is before the start.
func (p *Positions) Slice(start, end int) (words string, ok bool) {
	if start < 0 || end < start || end > p.Runes() {
		return "", false
	}
	return p.text[p.offset(start):p.offset(end)], true
}

// Count returns the number of code points before a byte offset, which is at the start of a code point.
func (p *Positions) Count(offset int) int {
	p.mark()
	i, found := slices.BinarySearch(p.marks, offset)
	if !found {
		i--
	}
	return i*markDistance + utf8.RuneCountInString(p.text[p.marks[i]:offset])
}

// Find returns the byte offsets at which words occur, in order and including overlapping ones: the first MaxFound.
func (p *Positions) Find(words string) []int {
	if words == "" {
		return nil
	}
	if p.searches++; p.suffixes == nil && p.searches > manySearches && len(p.text) > longText {
		p.suffixes = suffixarray.New([]byte(p.text))
	}
	if p.suffixes != nil {
		if found := p.suffixes.Lookup([]byte(words), MaxFound+1); len(found) <= MaxFound {
			slices.Sort(found)
			return found
		}
	}
	return p.scan(words)
}

// scan is Find by a pass over the text.
func (p *Positions) scan(words string) (found []int) {
	_, size := utf8.DecodeRuneInString(words)
	for from := 0; len(found) < MaxFound; {
		i := strings.Index(p.text[from:], words)
		if i < 0 {
			break
		}
		found = append(found, from+i)
		from += i + size
	}
	return found
}

// offset returns the byte offset of a code point.
func (p *Positions) offset(n int) int {
	at := len(p.text)
	if i := n / markDistance; i < len(p.marks) {
		at = p.marks[i]
		for range n % markDistance {
			_, size := utf8.DecodeRuneInString(p.text[at:])
			at += size
		}
	}
	return at
}

// mark finds the marks once.
func (p *Positions) mark() {
	if p.marks != nil {
		return
	}
	p.marks = make([]int, 0, len(p.text)/markDistance+1)
	for at := range p.text {
		if p.runes%markDistance == 0 {
			p.marks = append(p.marks, at)
		}
		p.runes++
	}
	if len(p.marks) == 0 {
		p.marks = append(p.marks, 0)
	}
}
