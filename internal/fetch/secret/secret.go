// Package secret holds passwords and tokens, so that none gets into a log, an error or a file that others can read.
package secret

import (
	"encoding/json"
	"fmt"
	"html"
	"log/slog"
	"net/url"
	"regexp"
	"strings"
)

// masked is what is printed instead of a secret.
const masked = "[secret]"

// Secret is a password or a token. Every way of printing it, as text, JSON or in a log, prints a mask; Reveal alone
// returns it.
type Secret string

// Reveal returns the secret itself.
func (s Secret) Reveal() string { return string(s) }

// String returns the mask.
func (s Secret) String() string { return masked }

// Format writes the mask for every verb.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = fmt.Fprint(f, masked) }

// LogValue returns the mask.
func (s Secret) LogValue() slog.Value { return slog.StringValue(masked) }

// MarshalText returns the mask.
func (s Secret) MarshalText() ([]byte, error) { return []byte(masked), nil }

// minRedacted is the length in bytes from which a secret is masked in texts. Shorter ones would be found in words.
const minRedacted = 4

// withheld is what is printed instead of a text that has a secret which cannot be masked.
const withheld = "[withheld, as it repeats a secret]"

// Redact returns a text in which every occurrence of the secrets is masked. It returns a mask of the whole text if that
// has a short secret, or one that is escaped: in a URL or a form, in JSON, or in HTML.
func Redact(text string, secrets ...Secret) string {
	for _, s := range secrets {
		if len(s) >= minRedacted {
			text = strings.ReplaceAll(text, string(s), masked)
		}
	}
	for _, decoded := range decodings(text) {
		for _, s := range secrets {
			if s != "" && strings.Contains(decoded, string(s)) {
				return withheld
			}
		}
	}
	return text
}

// maxNested is how deep escapes may be nested, such as a form in JSON in HTML.
const maxNested = 4

// decodings returns a text, and what it is without the escapes of forms, URLs, JSON and HTML.
func decodings(text string) (all []string) {
	for range maxNested {
		inHTML := html.UnescapeString(text)
		all = append(all, text, inHTML, withoutPercent(text), withoutPercent(strings.ReplaceAll(text, "+", " ")))
		text = withoutBackslashes(inHTML)
	}
	return all
}

var (
	percentEscape   = regexp.MustCompile(`(%[0-9A-Fa-f]{2})+`)
	backslashEscape = regexp.MustCompile(`(\\u[0-9A-Fa-f]{4}|\\["\\/bfnrt])+`)
)

func withoutPercent(text string) string {
	return percentEscape.ReplaceAllStringFunc(text, func(escape string) string {
		unescaped, err := url.PathUnescape(escape)
		if err != nil {
			return escape
		}
		return unescaped
	})
}

func withoutBackslashes(text string) string {
	return backslashEscape.ReplaceAllStringFunc(text, func(escape string) string {
		var unescaped string
		if err := json.Unmarshal([]byte(`"`+escape+`"`), &unescaped); err != nil {
			return escape
		}
		return unescaped
	})
}
