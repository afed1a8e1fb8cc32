package client

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"casus/internal/kg"
)

// Token is a bearer token (RFC 6750), which tells a server who sends a request. It is a secret.
type Token string

// maxTokenBytes bounds a token. Those that Casus makes are far shorter.
const maxTokenBytes = 1024

// tokenForm is the form that RFC 6750 section 2.1 demands. It has no colon, which a line of a server's token file has.
var tokenForm = regexp.MustCompile(`^[A-Za-z0-9._~+/-]+=*$`)

// ParseToken returns the token in a text, without white space around it. "" is the token of a text of white space
// alone. The error, which never repeats the text, has the code BAD_INPUT.
func ParseToken(text string) (Token, error) {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return "", nil
	case len(text) > maxTokenBytes:
		return "", kg.Errorf(kg.BadInput, "more than a token: it has over %d bytes", maxTokenBytes)
	case !tokenForm.MatchString(text):
		return "", kg.Errorf(kg.BadInput,
			"not one token: a token has only letters and digits of ASCII, and any of - . _ ~ + / =")
	}
	return Token(text), nil
}

// ExposesToken reports whether the client sends a token without encryption to another machine.
func (c *Client) ExposesToken() bool {
	u, err := url.Parse(c.endpoint)
	return err == nil && c.token != "" && !strings.EqualFold(u.Scheme, "https") && !isLoopback(u.Hostname())
}

// isLoopback reports whether a host of a URL is always this machine (RFC 6761 section 6.3 for the names).
func isLoopback(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || net.ParseIP(host).IsLoopback()
}

// sameOrigin is the redirect policy of a client with a token. Package http would send the token to another port, to a
// subdomain, and from https to http.
func sameOrigin(r *http.Request, via []*http.Request) error {
	from := via[0].URL
	switch {
	case !strings.EqualFold(r.URL.Scheme, from.Scheme) || !strings.EqualFold(r.URL.Host, from.Host):
		return &RedirectError{From: origin(from), To: origin(r.URL)}
	case len(via) >= 10: // as without a policy
		return fmt.Errorf("stopped after %d redirects", len(via))
	}
	return nil
}

func origin(u *url.URL) string { return u.Scheme + "://" + u.Host }

// RedirectError is a redirect to another origin, which a client with a token does not follow.
type RedirectError struct {
	// From and To are origins, such as https://example.org:8443.
	From, To string
}

// Error names both origins.
func (e *RedirectError) Error() string {
	return fmt.Sprintf("%s redirects to %s; the token was not sent there", e.From, e.To)
}

// AccessError is a refusal: a response with the status 401 or 403.
type AccessError struct {
	Endpoint string
	Status   int
	// HasToken reports whether the request had a token.
	HasToken bool
	// Reason is the server's message, or "".
	Reason string
}

// Error says whether a token is missing, is not known, or does not suffice.
func (e *AccessError) Error() string {
	message := e.Endpoint + " requires a token"
	switch {
	case e.Status == http.StatusForbidden && e.HasToken:
		message = e.Endpoint + " does not allow this with the token"
	case e.Status == http.StatusForbidden:
		message = e.Endpoint + " does not allow this"
	case e.HasToken:
		message = e.Endpoint + " does not accept the token"
	}
	if e.Reason != "" {
		message += fmt.Sprintf(" (it answered %d: %.200q)", e.Status, e.Reason)
	}
	return message
}
