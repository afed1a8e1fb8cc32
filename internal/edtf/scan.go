package edtf

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// edtfParser is a cursor over an EDTF value, which is ASCII.
type edtfParser struct {
	src string
	pos int
}

func (p *edtfParser) atEnd() bool { return p.pos == len(p.src) }

// next reports whether token stands here.
func (p *edtfParser) next(token string) bool { return strings.HasPrefix(p.src[p.pos:], token) }

// accept steps over token if it stands here.
func (p *edtfParser) accept(token string) bool {
	if !p.next(token) {
		return false
	}
	p.pos += len(token)
	return true
}

// peek is the byte here, 0 at the end.
func (p *edtfParser) peek() byte {
	if p.atEnd() {
		return 0
	}
	return p.src[p.pos]
}

// isDigit reports whether the byte n places on is a decimal digit.
func (p *edtfParser) isDigit(n int) bool {
	i := p.pos + n
	return i < len(p.src) && '0' <= p.src[i] && p.src[i] <= '9'
}

// pattern reads a date's component: exactly width digits or X.
func (p *edtfParser) pattern(width int, name string) (edtfPattern, error) {
	start := p.pos
	for p.peek() == 'X' || p.isDigit(0) {
		p.pos++
	}
	digits := p.src[start:p.pos]
	switch {
	case digits == "":
		return "", p.fail("expected a %s, %d digits or X, found %s", name, width, p.found())
	case len(digits) != width:
		return "", p.fail("%s %s has %d digits instead of %d", name, shortenTime(digits), len(digits), width)
	}
	return edtfPattern(digits), nil
}

// number reads exactly two digits, a number up to limit.
func (p *edtfParser) number(name string, limit int) (int, error) {
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

// digits reads a run of digits: how many and what number, capped where it would overflow.
func (p *edtfParser) digits(name string) (length, n int, err error) {
	for p.isDigit(0) {
		n = min(10*n+int(p.src[p.pos]-'0'), edtfMaxYear+1)
		p.pos++
		length++
	}
	if length == 0 {
		return 0, 0, p.fail("expected the digits of the %s, found %s", name, p.found())
	}
	return length, n, nil
}

// found names what stands here, for messages.
func (p *edtfParser) found() string {
	if p.atEnd() {
		return "the end"
	}
	r, _ := utf8.DecodeRuneInString(p.src[p.pos:])
	return fmt.Sprintf("%q at character %d", r, utf8.RuneCountInString(p.src[:p.pos])+1)
}

// fail is an error about the value.
func (p *edtfParser) fail(format string, args ...any) error {
	return fmt.Errorf("EDTF %s: %s", quoteTime(p.src), fmt.Sprintf(format, args...))
}

// quoteTime quotes a value for a message.
func quoteTime(s string) string { return strconv.Quote(shortenTime(s)) }

// shortenTime cuts a value that is too long for a message.
func shortenTime(s string) string {
	const limit = 60
	if len(s) <= limit {
		return s
	}
	return strings.ToValidUTF8(s[:limit], "") + "..."
}
