package remote

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"regexp"
	"strings"
	"unicode"

	"casus/internal/fetch/secret"
	"casus/internal/kg"
)

const (
	// MaxJSONBytes bounds a response in JSON, unpacked.
	MaxJSONBytes = 64 << 20
	// maxReasonBytes bounds the part of an error's body that is read.
	maxReasonBytes = 64 << 10
	// maxReasonRunes bounds what an error repeats of it.
	maxReasonRunes = 200
	// unexpectedEnd is what package json says of JSON that was cut off.
	unexpectedEnd = "unexpected end of JSON input"
)

// Response has what a caller needs besides the body.
type Response struct {
	// ETag is the entity tag, "" if there is none.
	ETag string
	// NotModified is set if the server says that what Request's If-None-Match names is unchanged. There is no body then.
	NotModified bool
}

// JSON sends a request and decodes the response, which must be JSON within its bound, into a value.
func (c *Client) JSON(ctx context.Context, r Request, into any) (Response, error) {
	_, response, err := c.content(ctx, r, cmp.Or(r.MaxBytes, MaxJSONBytes), func(h http.Header, body []byte) error {
		if err := c.checkJSON(r, h, body); err != nil {
			return err
		}
		if err := json.Unmarshal(body, into); err != nil {
			if syntax := (*json.SyntaxError)(nil); errors.As(err, &syntax) && err.Error() == unexpectedEnd {
				return c.cutOff(r, io.ErrUnexpectedEOF)
			}
			return kg.Errorf(kg.Unavailable, "%w", &ContentError{c.URL(r), "invalid JSON: " + redacted(r, err.Error())})
		}
		return nil
	})
	return response, err
}

// Text sends a request and returns the response, a text of at most limit bytes that is not a web page.
func (c *Client) Text(ctx context.Context, r Request, limit int64) (string, Response, error) {
	body, response, err := c.content(ctx, r, limit, func(h http.Header, body []byte) error {
		return c.checkNoPage(r, h, body)
	})
	return string(body), response, err
}

// content sends a request and returns the whole body, which check accepts.
func (c *Client) content(
	ctx context.Context, r Request, limit int64, check func(http.Header, []byte) error,
) (body []byte, meta Response, err error) {
	err = c.do(ctx, r, func(response *http.Response) (err error) {
		if response.StatusCode == http.StatusNotModified {
			meta = Response{ETag: response.Header.Get("ETag"), NotModified: true}
			return nil
		}
		if response.StatusCode != http.StatusOK {
			return c.refusal(r, response)
		}
		if body, err = io.ReadAll(io.LimitReader(response.Body, limit+1)); err != nil {
			return c.readError(ctx, r, err)
		}
		if int64(len(body)) > limit {
			return kg.Errorf(kg.LimitExceeded, "the response of %s has more than %d bytes", c.URL(r), limit)
		}
		meta = Response{ETag: response.Header.Get("ETag")}
		return check(response.Header, body)
	})
	return body, meta, err
}

// readError returns the error of a body that could not be read to its end.
func (c *Client) readError(ctx context.Context, r Request, err error) error {
	if ctx.Err() != nil {
		return kg.Errorf(kg.Timeout, "%s: %w", c.URL(r), ctx.Err())
	}
	return c.cutOff(r, err)
}

// refusal returns the error of a response with another status than 200, with what its body says.
func (c *Client) refusal(r Request, response *http.Response) error {
	body, err := io.ReadAll(io.LimitReader(response.Body, maxReasonBytes))
	if err != nil {
		body = nil // the status says enough
	}
	return c.statusError(r, response, reason(r, body))
}

// checkJSON returns an error for a body that is not JSON by its type or its first byte.
func (c *Client) checkJSON(r Request, h http.Header, body []byte) error {
	if err := c.checkNoPage(r, h, body); err != nil {
		return err
	}
	kind, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		kind = h.Get("Content-Type")
	}
	if kind == "application/json" || kind == "text/json" || strings.HasSuffix(kind, "+json") || kind == "" {
		return nil
	}
	return kg.Errorf(kg.Unavailable, "%w", &ContentError{c.URL(r), "content of type " + redacted(r, kind) + ", not JSON"})
}

// title finds the title of a web page.
var title = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title>`)

// checkNoPage returns an error for a web page.
func (c *Client) checkNoPage(r Request, h http.Header, body []byte) error {
	kind, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		kind = ""
	}
	start := bytes.ToLower(bytes.TrimSpace(body[:min(len(body), 512)]))
	if kind != "text/html" && kind != "application/xhtml+xml" && !bytes.HasPrefix(start, []byte("<!doctype")) &&
		!bytes.HasPrefix(start, []byte("<html")) {
		return nil
	}
	what := "a web page instead of data, such as the page of a login"
	if m := title.FindSubmatch(body[:min(len(body), maxReasonBytes)]); m != nil {
		what = "a web page instead of data: " + redacted(r, string(m[1]))
	}
	return kg.Errorf(kg.Unavailable, "%w", &ContentError{c.URL(r), what})
}

// reason returns what the body of an error says: the message of JSON, else the body itself unless it is a page.
func reason(r Request, body []byte) string {
	var shape map[string]any
	if json.Unmarshal(body, &shape) == nil {
		for _, key := range []string{"error_description", "message", "hint", "error", "messages", "title"} {
			if text := message(shape[key]); text != "" {
				return redacted(r, text)
			}
		}
		return ""
	}
	if bytes.HasPrefix(bytes.TrimSpace(body), []byte("<")) {
		return ""
	}
	return redacted(r, string(body))
}

// message returns the text of a JSON value: a text, the first of a list, or the message of an object.
func message(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case []any:
		if len(v) > 0 {
			return message(v[0])
		}
	case map[string]any:
		return message(v["message"])
	}
	return ""
}

// redacted returns a server's text in one line, shortened, and without the request's secrets.
func redacted(r Request, text string) string {
	text = secret.Redact(text, r.Secrets...)
	text = strings.Join(strings.FieldsFunc(text, func(c rune) bool {
		return unicode.IsSpace(c) || !unicode.IsPrint(c)
	}), " ")
	if runes := []rune(text); len(runes) > maxReasonRunes {
		text = string(runes[:maxReasonRunes]) + "..."
	}
	return text
}

// Refused returns the error of a response that reports a failure within its body, with the status that it states. texts
// are the values of the fields in which the server may say why.
func (c *Client) Refused(r Request, status int, texts ...any) error {
	err := &StatusError{URL: c.URL(r), Status: status}
	for _, t := range texts {
		if err.Reason = redacted(r, message(t)); err.Reason != "" {
			break
		}
	}
	return kg.Errorf(err.code(), "%w", err)
}
