package table

import (
	"bytes"
	"errors"
	"io"
)

const (
	bufferSize = 128 << 10
	// maxIdleBuffer is the size above which a buffer that grew for one row is released.
	maxIdleBuffer = 1 << 20
)

// lineBuffer holds the unread bytes of a file and the number of the line on which they begin. Lines end with LF, CRLF
// or CR.
type lineBuffer struct {
	in    io.Reader
	data  []byte
	start int // data[start:] is unread
	line  int // from 1
	err   error
}

func newLineBuffer(in io.Reader) *lineBuffer { return &lineBuffer{in: in, line: 1} }

func (b *lineBuffer) unread() []byte { return b.data[b.start:] }

// more reads more bytes behind the unread ones. It returns false at the end of the file and after an error.
func (b *lineBuffer) more() bool {
	if b.err != nil {
		return false
	}
	if len(b.data) == cap(b.data) {
		unread := b.unread()
		grown := b.data[:0]
		if size := 2 * len(unread); size > cap(b.data) || cap(b.data) == 0 {
			grown = make([]byte, 0, max(bufferSize, size))
		} else if len(unread) < bufferSize && cap(b.data) > maxIdleBuffer {
			grown = make([]byte, 0, bufferSize)
		}
		b.data, b.start = append(grown, unread...), 0
	}
	for range 100 {
		n, err := b.in.Read(b.data[len(b.data):cap(b.data)])
		b.data = b.data[:len(b.data)+n]
		b.err = err
		if n > 0 || err != nil {
			return n > 0
		}
	}
	b.err = io.ErrNoProgress
	return false
}

// failure returns the error with which reading ended, or nil if it was the end of the file.
func (b *lineBuffer) failure() error {
	if errors.Is(b.err, io.EOF) {
		return nil
	}
	return b.err
}

// lineEnd returns the position of the first line end at or after from, or the number of unread bytes if there is none
// before the file ends or maxRow is exceeded.
func (b *lineBuffer) lineEnd(from int) int {
	for {
		text := b.unread()[from:]
		lf := bytes.IndexByte(text, '\n')
		if lf >= 0 {
			text = text[:lf]
		}
		if cr := bytes.IndexByte(text, '\r'); cr >= 0 {
			return from + cr
		}
		if lf >= 0 {
			return from + lf
		}
		if from += len(text); from > maxRow || !b.more() {
			return len(b.unread())
		}
	}
}

// afterLineEnd returns the position after the line end at a position. It is the same position at the end of the file.
func (b *lineBuffer) afterLineEnd(at int) int {
	b.fill(at + 2)
	switch text := b.unread()[at:]; {
	case len(text) >= 2 && text[0] == '\r' && text[1] == '\n':
		return at + 2
	case len(text) >= 1 && (text[0] == '\r' || text[0] == '\n'):
		return at + 1
	}
	return at
}

// skipBlankLines consumes line ends. It returns false at the end of the file.
func (b *lineBuffer) skipBlankLines() bool {
	for {
		if len(b.unread()) == 0 && !b.more() {
			return false
		}
		next := b.afterLineEnd(0)
		if next == 0 {
			return true
		}
		b.start += next
		b.line++
	}
}

// take consumes the bytes before a position, with the line end there, and returns them without it.
func (b *lineBuffer) take(end int) string {
	text := string(b.unread()[:end])
	b.line += countLineEnds(text)
	b.drop(end)
	return text
}

// drop consumes the bytes before a position, in which no line ends, and the line end there.
func (b *lineBuffer) drop(end int) {
	next := b.afterLineEnd(end)
	if next > end {
		b.line++
	}
	b.start += next
}

// takeLongLine consumes a line of any length and returns its beginning.
func (b *lineBuffer) takeLongLine() string {
	head := string(b.unread()[:min(len(b.unread()), shownBytes)])
	for {
		if end := b.lineEnd(0); end < len(b.unread()) {
			b.drop(end)
			return head
		}
		b.start += len(b.unread())
		if !b.more() {
			return head
		}
	}
}

// fill reads until there are n unread bytes, or all that are left.
func (b *lineBuffer) fill(n int) {
	for len(b.unread()) < n {
		if !b.more() {
			return
		}
	}
}

// head returns the next n bytes, or fewer at the end of the file.
func (b *lineBuffer) head(n int) []byte {
	b.fill(n)
	return b.unread()[:min(n, len(b.unread()))]
}

// skip consumes n bytes.
func (b *lineBuffer) skip(n int) {
	if n > 0 && b.unread()[n-1] == '\r' && n == len(b.unread()) {
		b.more() // CRLF is one line end
	}
	text := b.unread()
	b.line += countLineEnds(string(text[:n]))
	if n > 0 && n < len(text) && text[n-1] == '\r' && text[n] == '\n' {
		b.line-- // counted with the LF
	}
	b.start += n
}

// countLineEnds returns the number of line ends in a text.
func countLineEnds(text string) int {
	n := 0
	for i := range len(text) {
		if text[i] == '\n' || text[i] == '\r' && (i+1 == len(text) || text[i+1] != '\n') {
			n++
		}
	}
	return n
}
