package access

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"regexp"

	"casus/internal/kg"
)

// Right is what a token permits.
type Right int

// The rights. Each includes the ones before it.
const (
	Read Right = iota + 1
	Write
)

// String returns the right as in a line of a token file.
func (r Right) String() string {
	if r == Write {
		return "write"
	}
	return "read"
}

// Token is one entry of a token file. It has the SHA-256 hash of the secret that its owner presents, not the secret.
type Token struct {
	Name  string
	Right Right
	hash  [sha256.Size]byte
}

// validToken matches the names of tokens, which appear in logs and metrics.
var validToken = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)

// NewToken returns a token with a new random secret of 256 bits. The secret's prefix lets scanners find one that was
// published by mistake.
func NewToken(name string, right Right) (t Token, secret string, err error) {
	if err := checkName(name); err != nil {
		return Token{}, "", err
	}
	t, secret = makeToken(name, right)
	return t, secret, nil
}

// NewRunToken returns a list of one new token that may write, for one run of a server that has no other tokens.
func NewRunToken() (all Tokens, secret string) {
	t, secret := makeToken("local", Write)
	return Tokens{[]Token{t}}, secret
}

func makeToken(name string, right Right) (t Token, secret string) {
	secret = "casus_" + randomText()
	return Token{Name: name, Right: right, hash: sha256.Sum256([]byte(secret))}, secret
}

func checkName(name string) error {
	if !validToken.MatchString(name) {
		return kg.Errorf(kg.BadInput,
			"the name %q is not 1 to 64 letters, digits, dots, hyphens or underscores of ASCII", name)
	}
	return nil
}

// randomText returns 256 random bits in characters that URLs, headers and cookies allow.
func randomText() string {
	var bits [32]byte
	_, _ = rand.Read(bits[:]) // never fails: it ends the program instead
	return base64.RawURLEncoding.EncodeToString(bits[:])
}

// Line returns the token as a line of a token file.
func (t Token) Line() string {
	return fmt.Sprintf("%s:%s:%s%s", t.Name, t.Right, hashPrefix, hex.EncodeToString(t.hash[:]))
}

// Tokens is a list of tokens with different names and secrets. The zero value is empty.
type Tokens struct{ list []Token }

// Empty reports whether there are no tokens.
func (t Tokens) Empty() bool { return len(t.list) == 0 }

// add adds a token whose name and secret no other one has.
func (t *Tokens) add(token Token) error {
	for _, other := range t.list {
		switch {
		case other.Name == token.Name:
			return fmt.Errorf("there is another token named %s", token.Name)
		case other.hash == token.hash:
			return fmt.Errorf("%s has the same token as %s", token.Name, other.Name)
		}
	}
	t.list = append(t.list, token)
	return nil
}

// find returns the token with a secret. The time it takes depends on neither the secret nor the token that is found.
func (t Tokens) find(secret string) (found Token, ok bool) {
	hash := sha256.Sum256([]byte(secret))
	index := -1
	for i := range t.list {
		equal := subtle.ConstantTimeCompare(hash[:], t.list[i].hash[:])
		index = subtle.ConstantTimeSelect(equal, i, index)
	}
	if index < 0 {
		return Token{}, false
	}
	return t.list[index], true
}
