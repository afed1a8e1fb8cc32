package table

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
	"golang.org/x/text/transform"

	"casus/internal/kg"
)

// notUTF8 is the reason of a fault.
const notUTF8 = "not UTF-8: specify the file's encoding, as with --encoding windows-1252"

// nulByte is the reason of a fault.
const nulByte = "has a NUL byte, which no text has: the file is damaged, or not in UTF-8"

// marks are the byte order marks. The mark of UTF-32 begins like the one of UTF-16, so it comes first.
var marks = []struct {
	mark, name string
	encoding   encoding.Encoding
}{
	{"\xef\xbb\xbf", "utf-8", nil},
	{"\xff\xfe\x00\x00", "utf-32le", utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)},
	{"\x00\x00\xfe\xff", "utf-32be", utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)},
	{"\xff\xfe", "utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)},
	{"\xfe\xff", "utf-16be", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
}

// LookupEncoding returns an encoding by a name of the WHATWG Encoding standard, and its main name. Errors: BAD_INPUT.
func LookupEncoding(name string) (encoding.Encoding, string, error) {
	e, err := htmlindex.Get(name)
	if err != nil {
		return nil, "", kg.Errorf(kg.BadInput,
			"unknown encoding %q: use a name such as windows-1252, windows-1251, windows-1256, iso-8859-2 or utf-16", name)
	}
	main, err := htmlindex.Name(e)
	if err != nil {
		return nil, "", kg.Errorf(kg.BadInput, "encoding %q: %w", name, err)
	}
	return e, main, nil
}

// Decode returns the text of a file as UTF-8, without a byte order mark. A mark decides the encoding. If there is none,
// it is the named one or, if that is "", UTF-8 or UTF-16. Errors: BAD_INPUT for an unknown encoding, or one that the
// file does not have.
func Decode(name string, f io.Reader, named string) (io.Reader, error) {
	in := bufio.NewReaderSize(f, 64<<10)
	head, err := in.Peek(1024)
	if err != nil && len(head) == 0 && !errors.Is(err, io.EOF) {
		return nil, kg.Errorf(kg.BadInput, "cannot read %s: %w", name, err)
	}
	var e encoding.Encoding
	main := ""
	if named != "" {
		if e, main, err = LookupEncoding(named); err != nil {
			return nil, err
		}
	}
	for _, m := range marks {
		if !bytes.HasPrefix(head, []byte(m.mark)) {
			continue
		}
		if main != "" && !strings.HasPrefix(m.name, main) && (main != "utf-16le" || !strings.HasPrefix(m.name, "utf-16")) {
			return nil, kg.Errorf(kg.BadInput, "%s begins with the byte order mark of %s, so it is not %s",
				name, strings.ToUpper(m.name), named)
		}
		_, _ = in.Discard(len(m.mark)) // already peeked
		if m.encoding == nil {
			return in, nil
		}
		return transform.NewReader(in, m.encoding.NewDecoder()), nil
	}
	odd, even := zeros(head)
	switch {
	case main == "utf-8", main == "" && !isUnmarkedUTF16(head):
		return in, nil
	case main == "" && even == 0:
		e = marks[3].encoding
	case main == "":
		e = marks[4].encoding
	case strings.HasPrefix(main, "utf-16") && odd+even == 0 && len(head) > 0:
		return nil, kg.Errorf(kg.BadInput, "%s is not %s: its delimiters and line ends are single bytes", name, named)
	case !strings.HasPrefix(main, "utf-16") && odd+even > 0:
		return nil, kg.Errorf(kg.BadInput, "%s is not %s: it has zero bytes, as UTF-16 and binary files do", name, named)
	}
	return transform.NewReader(in, e.NewDecoder()), nil
}

// isUnmarkedUTF16 reports whether a text without a byte order mark is UTF-16: many of its bytes at odd positions are
// zero and none at even ones, or the reverse, since one byte of each delimiter, digit and Latin letter is zero.
func isUnmarkedUTF16(head []byte) bool {
	odd, even := zeros(head)
	return min(odd, even) == 0 && max(odd, even) >= max(4, len(head)/8)
}

// zeros counts the zero bytes at odd and even positions.
func zeros(head []byte) (odd, even int) {
	for i, b := range head {
		switch {
		case b == 0 && i%2 == 1:
			odd++
		case b == 0:
			even++
		}
	}
	return odd, even
}

// encodingChecker finds signs that a file does not have the encoding from which it was decoded.
type encodingChecker struct {
	name string
	// encoder encodes the text again; nil if the encoding's bytes cannot be mistaken for UTF-8.
	encoder *encoding.Encoder
	// ruledOut is set once a row cannot be UTF-8.
	ruledOut bool
}

func newEncodingChecker(name string) encodingChecker {
	e, main, err := LookupEncoding(name)
	if name == "" || err != nil || strings.HasPrefix(main, "utf-") {
		return encodingChecker{}
	}
	c := encodingChecker{name: name}
	if _, single := e.(*charmap.Charmap); single {
		c.encoder = e.NewEncoder()
	}
	return c
}

// check returns why a row's text is not decoded from the right encoding, or "".
func (c *encodingChecker) check(text string) string {
	if c.name == "" || isASCII(text) {
		return ""
	}
	for _, r := range text {
		if r == utf8.RuneError || r >= 0x80 && r < 0xa0 {
			return fmt.Sprintf("it has bytes that are not text in %s: specify the file's encoding", c.name)
		}
	}
	if c.encoder == nil || c.ruledOut {
		return ""
	}
	if bytes, err := c.encoder.String(text); err != nil || !utf8.ValidString(bytes) {
		c.ruledOut = true // so is the rest of the file
		return ""
	}
	return fmt.Sprintf("the file is UTF-8, not %s", c.name)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
