package client

import (
	"io"
	"net/url"
	"os"
	"regexp"
	"strings"

	"casus/internal/kg"
	"casus/internal/loopback"
)

// Token is a bearer token (RFC 6750), by which a server identifies a client. It is a secret.
type Token string

const (
	// maxTokenBytes bounds a token. Casus makes far shorter ones.
	maxTokenBytes = 1024
	// maxFileBytes bounds how much of a token file is read.
	maxFileBytes = 64 << 10
)

// tokenForm is the form that RFC 6750 section 2.1 requires. It has no colon, so a line of a server's token file does
// not match.
var tokenForm = regexp.MustCompile(`^[A-Za-z0-9._~+/-]+=*$`)

// ParseToken returns the token in a text, without white space around it. "" is the token of a text of white space
// alone. The error, which never repeats the text, has the code BAD_INPUT.
func ParseToken(text string) (Token, error) {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return "", nil
	case len(text) > maxTokenBytes:
		return "", kg.Errorf(kg.BadInput, "too long for a token: more than %d bytes", maxTokenBytes)
	case !tokenForm.MatchString(text):
		return "", kg.Errorf(kg.BadInput,
			"not one token: a token has only letters and digits of ASCII, and any of - . _ ~ + / =")
	}
	return Token(text), nil
}

// ReadToken returns the token in a file. It returns BAD_INPUT for a file that does not contain exactly one token.
func ReadToken(file string) (Token, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }() // nothing was written
	text, err := io.ReadAll(io.LimitReader(f, maxFileBytes))
	if err != nil {
		return "", err
	}
	token, err := ParseToken(string(text))
	switch {
	case err != nil:
		return "", kg.Errorf(kg.BadInput, "%s: %w", file, err)
	case token == "":
		return "", kg.Errorf(kg.BadInput, "%s: the file is empty", file)
	}
	return token, nil
}

// ExposesToken reports whether the client sends a token without encryption to another machine.
func (c *Client) ExposesToken() bool {
	u, err := url.Parse(c.endpoint)
	return err == nil && c.token != "" && !strings.EqualFold(u.Scheme, "https") && !loopback.Host(u.Hostname())
}
