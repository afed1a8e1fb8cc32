package format

import (
	"bytes"
	"strings"
	"unicode"

	"casus/internal/strictjson"
)

// ANSI escape sequences.
const (
	bold   = "\x1b[1m"
	blue   = "\x1b[34m"
	green  = "\x1b[32m"
	yellow = "\x1b[33m"
	reset  = "\x1b[0m"
)

// colourJSON colours the keys and values of valid JSON.
func colourJSON(text []byte) []byte {
	var out bytes.Buffer
	for i := 0; i < len(text); {
		end, colour := i+1, ""
		switch c := text[i]; {
		case c == '"':
			end = strictjson.EndOfString(text, i)
			colour = green
			if rest := bytes.TrimLeft(text[end:], " \n"); len(rest) > 0 && rest[0] == ':' {
				colour = blue
			}
		case c == '-' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z':
			for end < len(text) && !strings.ContainsRune(" ,]}\n", rune(text[end])) {
				end++
			}
			colour = yellow
		}
		if colour == "" {
			out.Write(text[i:end])
		} else {
			out.WriteString(colour)
			out.Write(text[i:end])
			out.WriteString(reset)
		}
		i = end
	}
	return out.Bytes()
}

// printable replaces control characters by spaces, so that no value moves the cursor or breaks a table.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp) {
			return ' '
		}
		return r
	}, s)
}
