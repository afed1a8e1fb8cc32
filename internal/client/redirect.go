package client

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

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

// RedirectError reports a redirect to another origin, which a client with a token does not follow.
type RedirectError struct {
	// From and To are origins, such as https://example.org:8443.
	From, To string
}

// Error names both origins.
func (e *RedirectError) Error() string {
	return fmt.Sprintf("%s redirects to %s; the token was not sent there", e.From, e.To)
}
