package access

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"casus/internal/kg"
)

// The bounds of a list of tokens.
const (
	maxTokens     = 1000
	maxTokenBytes = 256 << 10
)

// hashPrefix begins the third field of a line that has a token's hash.
const hashPrefix = "sha256:"

// hashPlain returns the hash of a secret that a line has in place of its hash, or an error if that is not allowed.
type hashPlain func(name, secret string) ([sha256.Size]byte, error)

// ParseHashed reads the lines of a token file: name:read:sha256:HEX or name:write:sha256:HEX. Empty lines and lines
// that begin with # are skipped. Errors name the line.
func ParseHashed(text string) (Tokens, error) {
	return parse(text, func(name, _ string) ([sha256.Size]byte, error) {
		return [sha256.Size]byte{}, fmt.Errorf("a token file has the hash of a token, not the token itself:"+
			" `casus token new %s` makes a token and its line", name)
	})
}

// ParsePlain is ParseHashed for text that is not in a file: the third field may also be a token itself, of at least 16
// characters.
func ParsePlain(text string) (Tokens, error) {
	return parse(text, func(_, secret string) ([sha256.Size]byte, error) {
		if !validSecret.MatchString(secret) {
			return [sha256.Size]byte{}, errors.New("a token has 16 to 256 letters, digits or any of - . _ ~ + / of ASCII," +
				" and may end with =")
		}
		return sha256.Sum256([]byte(secret)), nil
	})
}

// validSecret matches secrets that an Authorization header may have (RFC 6750, section 2.1) and that are too long to be
// guessed.
var validSecret = regexp.MustCompile(`^[A-Za-z0-9._~+/-]{16,256}=*$`)

// parse reads lines. plain is for third fields that are not hashes.
func parse(text string, plain hashPlain) (Tokens, error) {
	if len(text) > maxTokenBytes {
		return Tokens{}, kg.Errorf(kg.BadInput, "the list of tokens has more than %d bytes", maxTokenBytes)
	}
	var all Tokens
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		token, err := parseLine(line, plain)
		if err == nil {
			err = all.add(token)
		}
		if err == nil && len(all.list) > maxTokens {
			err = fmt.Errorf("there are more than %d tokens", maxTokens)
		}
		if err != nil {
			return Tokens{}, kg.Errorf(kg.BadInput, "line %d: %w", number, err)
		}
	}
	return all, nil
}

// parseLine reads name:right:secret. Its errors do not show the secret.
func parseLine(line string, plain hashPlain) (Token, error) {
	name, rest, _ := strings.Cut(line, ":")
	right, secret, complete := strings.Cut(rest, ":")
	if !complete || secret == "" {
		return Token{}, errors.New("expected NAME:read:sha256:HASH or NAME:write:sha256:HASH")
	}
	if err := checkName(name); err != nil {
		return Token{}, err
	}
	token := Token{Name: name, Right: Read}
	switch right {
	case Read.String():
	case Write.String():
		token.Right = Write
	default:
		return Token{}, fmt.Errorf("the right of %s is neither read nor write", name)
	}
	digits, hashed := strings.CutPrefix(secret, hashPrefix)
	if !hashed {
		hash, err := plain(name, secret)
		token.hash = hash
		return token, err
	}
	hash, err := hex.DecodeString(digits)
	if err != nil || len(hash) != sha256.Size {
		return Token{}, fmt.Errorf("the hash of %s is not %d hexadecimal digits after %s", name, 2*sha256.Size, hashPrefix)
	}
	token.hash = [sha256.Size]byte(hash)
	return token, nil
}
