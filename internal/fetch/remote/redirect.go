package remote

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// maxRedirects bounds a chain of redirects.
const maxRedirects = 5

// errRedirects ends a chain of redirects that is too long.
var errRedirects = errors.New("too many redirects")

// RedirectError reports a redirect to another host, which is not followed: the request may carry secrets, and
// another host's answer is not the source's.
type RedirectError struct {
	// From and To are origins, such as https://example.org.
	From, To string
}

// Error names both origins.
func (e *RedirectError) Error() string {
	return fmt.Sprintf("%s redirects to another host, %s; nothing was sent there", e.From, e.To)
}

// sameHost is a redirect policy: within the scheme and host of the first request.
func sameHost(r *http.Request, via []*http.Request) error {
	from := via[0].URL
	switch {
	case !strings.EqualFold(r.URL.Scheme, from.Scheme) || !strings.EqualFold(r.URL.Host, from.Host):
		return &RedirectError{From: origin(from), To: origin(r.URL)}
	case len(via) > maxRedirects:
		return errRedirects
	}
	return nil
}

func origin(u *url.URL) string { return u.Scheme + "://" + u.Host }
