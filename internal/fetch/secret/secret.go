// Package secret holds passwords and tokens, so that none gets into a log, an error or a file that others can read.
package secret

import (
	"fmt"
	"log/slog"
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

// Redact returns a text in which every occurrence of the secrets is masked.
func Redact(text string, secrets ...Secret) string {
	for _, s := range secrets {
		if len(s) >= minRedacted {
			text = strings.ReplaceAll(text, string(s), masked)
		}
	}
	return text
}
