package edtf

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// parser is a cursor over an EDTF value, which is ASCII.
type parser struct {
	src string
	pos int
}

func (p *parser) atEnd() bool { return p.pos == len(p.src) }

// next reports whether token is at the cursor.
func (p *parser) next(token string) bool { return strings.HasPrefix(p.src[p.pos:], token) }

// accept moves past token and returns true if token is at the cursor.
func (p *parser) accept(token string) bool {
	if !p.next(token) {
		return false
	}
	p.pos += len(token)
	return true
}

// peek returns the byte at the cursor, 0 at the end.
func (p *parser) peek() byte {
	if p.atEnd() {
		return 0
	}
	return p.src[p.pos]
}

// isDigit reports whether the byte n places after the cursor is a decimal digit.
func (p *parser) isDigit(n int) bool {
	i := p.pos + n
	return i < len(p.src) && '0' <= p.src[i] && p.src[i] <= '9'
}

// pattern reads a component of a date: exactly width digits or X.
func (p *parser) pattern(width int, name string) (pattern, error) {
	start := p.pos
	for p.peek() == 'X' || p.isDigit(0) {
		p.pos++
	}
	digits := p.src[start:p.pos]
	switch {
	case digits == "":
		return "", p.fail("expected a %s, %d digits or X, found %s", name, width, p.found())
	case len(digits) != width:
		return "", p.fail("%s %s has %d digits instead of %d", name, shorten(digits), len(digits), width)
	}
	return pattern(digits), nil
}

// number reads a number of exactly two digits, at most limit.
func (p *parser) number(name string, limit int) (int, error) {
	if !p.isDigit(0) || !p.isDigit(1) {
		return 0, p.fail("expected two digits for the %s, found %s", name, p.found())
	}
	digits := p.src[p.pos : p.pos+2]
	p.pos += 2
	n, err := strconv.Atoi(digits)
	if err != nil || n > limit {
		return 0, p.fail("%s %s is not 00..%02d", name, digits, limit)
	}
	return n, nil
}

// digits reads a run of digits and returns its length and the number n, which is
// capped at maxYear+1 to prevent overflow.
func (p *parser) digits(name string) (length, n int, err error) {
	for p.isDigit(0) {
		n = min(10*n+int(p.src[p.pos]-'0'), maxYear+1)
		p.pos++
		length++
	}
	if length == 0 {
		return 0, 0, p.fail("expected the digits of the %s, found %s", name, p.found())
	}
	return length, n, nil
}

// found describes the input at the cursor, for error messages.
func (p *parser) found() string {
	if p.atEnd() {
		return "the end"
	}
	r, _ := utf8.DecodeRuneInString(p.src[p.pos:])
	return fmt.Sprintf("%q at character %d", r, utf8.RuneCountInString(p.src[:p.pos])+1)
}

// fail returns an error about the value.
func (p *parser) fail(format string, args ...any) error {
	return fmt.Errorf("EDTF %s: %s", quote(p.src), fmt.Sprintf(format, args...))
}

// qualifier sets the flags of t for a "?", "~" or "%" at the cursor. Which
// components it qualifies is not recorded; the EDTF string still has it.
func (p *parser) qualifier(t *Time) error {
	switch {
	case p.accept("?"):
		t.Uncertain = true
	case p.accept("~"):
		t.Approximate = true
	case p.accept("%"):
		t.Uncertain, t.Approximate = true, true
	default:
		return nil
	}
	if c := p.peek(); c == '?' || c == '~' || c == '%' {
		return p.fail("two qualifiers in a row: write %% for uncertain and approximate")
	}
	return nil
}
