// Package strictjson finds input that encoding/json accepts and silently changes: repeated names in an object, of which
// it drops the first, and halves of surrogate pairs and bytes that are not UTF-8, which it replaces by U+FFFD.
package strictjson

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// Fault is a place in a JSON text at which decoding would lose something.
type Fault struct {
	// Pointer is the JSON pointer to the value or, for a faulty name, to its object.
	Pointer string
	// Offset is the number of bytes before the value or name.
	Offset int64
	Reason string
	// Found is the faulty name, or the text as it is written.
	Found string
}

// Error returns the place and the reason.
func (f *Fault) Error() string {
	if f.Pointer == "" {
		return f.Reason
	}
	return f.Pointer + ": " + f.Reason
}

// MaxFaults is the number of faults that Check returns.
const MaxFaults = 20

// Check returns the faults of a JSON text, at most MaxFaults, in their order. In a text that is invalid JSON, it finds
// those before the first syntax error, which the caller's decoder reports.
func Check(text []byte) []*Fault {
	if !suspicious(text) {
		return nil
	}
	c := checker{
		in: jsontext.NewDecoder(bytes.NewReader(text), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)),
	}
	for len(c.faults) < MaxFaults {
		if err := c.next(text); err != nil {
			break // io.EOF, or the caller's decoder reports it
		}
	}
	return c.faults
}

// suspicious reports whether a text may have faults: it has an object, an escaped surrogate, or is not UTF-8.
func suspicious(text []byte) bool {
	return bytes.IndexByte(text, '{') >= 0 || bytes.Contains(text, []byte(`\u`)) || !utf8.Valid(text)
}

// checker is one Check in progress.
type checker struct {
	in     *jsontext.Decoder
	names  []map[string]bool // the names of each open object; nil for a list
	faults []*Fault
}

// next reads a token and checks it.
func (c *checker) next(text []byte) error {
	isName := c.expectsName()
	token, err := c.in.ReadToken()
	if err != nil {
		return err
	}
	switch token.Kind() {
	case '{':
		c.names = append(c.names, map[string]bool{})
	case '[':
		c.names = append(c.names, nil)
	case '}', ']':
		c.names = c.names[:len(c.names)-1]
	case '"':
		end := c.in.InputOffset()
		// The decoder reports only the end of the string. Its own quotation marks are escaped, so its start is found by
		// searching backwards.
		raw := lastString(text[:end])
		at := Fault{Pointer: string(c.in.StackPointer()), Offset: end - int64(len(raw))}
		if !utf8.Valid(raw) {
			at.Reason, at.Found = "the text is not UTF-8", strings.ToValidUTF8(string(raw), "\ufffd")
			c.faults = append(c.faults, &at)
			return nil
		}
		if half := loneSurrogate(raw); half != "" {
			at.Reason, at.Found = fmt.Sprintf("%s is half of a surrogate pair, which is not a character", half), string(raw)
			c.faults = append(c.faults, &at)
			return nil
		}
		if name := token.String(); isName {
			open := c.names[len(c.names)-1]
			if open[name] {
				at.Reason, at.Found = "the object has this field twice", name
				c.faults = append(c.faults, &at)
			}
			open[name] = true
		}
	}
	return nil
}

// expectsName reports whether the next string is the name of a field.
func (c *checker) expectsName() bool {
	kind, length := c.in.StackIndex(c.in.StackDepth())
	return kind == '{' && length%2 == 0
}

// lastString returns the JSON string at the end of a text.
func lastString(text []byte) []byte {
	for i := len(text) - 2; i >= 0; i-- {
		if text[i] != '"' {
			continue
		}
		escapes := 0
		for j := i - 1; j >= 0 && text[j] == '\\'; j-- {
			escapes++
		}
		if escapes%2 == 0 {
			return text[i:]
		}
	}
	return text
}

// loneSurrogate returns the first escape in a JSON string that is half of a surrogate pair, or "".
func loneSurrogate(raw []byte) string {
	for i := 0; i+1 < len(raw); i++ {
		if raw[i] != '\\' {
			continue
		}
		if raw[i+1] != 'u' {
			i++ // the escaped character
			continue
		}
		first, ok := escaped(raw[i:])
		switch {
		case !ok || first < 0xd800 || first > 0xdfff:
			i += 5
			continue
		case first < 0xdc00:
			if second, ok := escaped(raw[min(i+6, len(raw)):]); ok && second >= 0xdc00 && second <= 0xdfff {
				i += 11
				continue
			}
		}
		return string(raw[i : i+6])
	}
	return ""
}

// escaped returns the code unit of the escape \uXXXX with which a text begins.
func escaped(raw []byte) (unit uint64, ok bool) {
	if len(raw) < 6 || raw[0] != '\\' || raw[1] != 'u' {
		return 0, false
	}
	unit, err := strconv.ParseUint(string(raw[2:6]), 16, 32)
	return unit, err == nil
}
