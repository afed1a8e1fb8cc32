// Package acled reads events, and the list of deleted ones, from ACLED's API (https://acleddata.com/api-documentation).
package acled

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"casus/internal/fetch/paged"
	"casus/internal/fetch/remote"
	"casus/internal/fetch/secret"
	"casus/internal/kg"
)

const (
	// DefaultHost is where ACLED's API is.
	DefaultHost = "https://acleddata.com"
	// MaxPageSize is how many rows ACLED has on a page at most.
	MaxPageSize = 5000
)

// The paths of the API, and the field that identifies a row of both.
const (
	eventsPath  = "/api/acled/read"
	deletedPath = "/api/deleted/read"
	// ID is the field that identifies an event.
	ID = "event_id_cnty"
)

// API reads from ACLED.
type API struct {
	client   *remote.Client
	tokens   *Tokens
	pageSize int
}

// Options of an API.
type Options struct {
	// TokenFile is where tokens are stored.
	TokenFile string
	// Email is the account to use. "" uses the one of the stored tokens.
	Email string
	// Login is called if no stored token can be used.
	Login Login
	// Now is the clock. nil is this machine's.
	Now func() time.Time
	// Warn gets warnings. It may be nil.
	Warn func(string)
	// PageSize is the number of rows on a page. 0 is MaxPageSize.
	PageSize int
}

// New returns an API. Nothing is sent before the first page is asked for.
func New(client *remote.Client, o Options) *API {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Warn == nil {
		o.Warn = func(string) {}
	}
	if o.PageSize == 0 {
		o.PageSize = MaxPageSize
	}
	t := &Tokens{client: client, file: o.TokenFile, email: o.Email, login: o.Login, now: o.Now, warn: o.Warn}
	return &API{client, t, o.PageSize}
}

// Events returns the pages of the events that match a query.
func (a *API) Events(q Query) func(ctx context.Context, next string) (paged.Page, error) {
	return a.pages(eventsPath, q.Values())
}

// Deleted returns the pages of the list of events that ACLED deleted since a moment.
func (a *API) Deleted(since time.Time) func(ctx context.Context, next string) (paged.Page, error) {
	return a.pages(deletedPath, deletedSince(since))
}

// pages numbers pages from 1. The first empty one ends them: a page with fewer rows than asked for may only show that
// the server has smaller pages.
func (a *API) pages(path string, query url.Values) func(ctx context.Context, next string) (paged.Page, error) {
	return func(ctx context.Context, next string) (paged.Page, error) {
		page := 1
		if next != "" {
			n, err := strconv.Atoi(next)
			if err != nil || n < 1 {
				return paged.Page{}, kg.Errorf(kg.BadInput, "%q is not the number of a page", next)
			}
			page = n
		}
		values := url.Values{"_format": {"json"}, "limit": {strconv.Itoa(a.pageSize)}, "page": {strconv.Itoa(page)}}
		for key, value := range query {
			values[key] = value
		}
		rows, err := a.read(ctx, path, values)
		if err != nil || len(rows) == 0 {
			return paged.Page{}, err
		}
		return paged.Page{Rows: rows, Next: strconv.Itoa(page + 1)}, nil
	}
}

// read returns the rows of a page. A token that the server refuses is replaced once.
func (a *API) read(ctx context.Context, path string, query url.Values) ([]json.RawMessage, error) {
	token, err := a.tokens.Get(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := a.readWith(ctx, token, path, query)
	if remote.Status(err) == http.StatusUnauthorized {
		if token, err = a.tokens.Renew(ctx, token); err != nil {
			return nil, err
		}
		if rows, err = a.readWith(ctx, token, path, query); remote.Status(err) == http.StatusUnauthorized {
			return nil, noAccess(err) // the server refuses a token that it has just made
		}
	}
	return rows, classify(err)
}

// answer is a response of the API. Some failures have the status 200 and another one in the body.
type answer struct {
	Status   json.Number        `json:"status"`
	Success  *bool              `json:"success"`
	Count    *int               `json:"count"`
	Data     *[]json.RawMessage `json:"data"`
	Message  any                `json:"message"`
	Messages any                `json:"messages"`
	Error    any                `json:"error"`
}

func (a *API) readWith(
	ctx context.Context, token secret.Secret, path string, query url.Values,
) ([]json.RawMessage, error) {
	var got answer
	r := remote.Request{
		Path: path, Query: query, Secrets: []secret.Secret{token},
		Header: map[string]string{"Authorization": "Bearer " + token.Reveal(), "Accept": "application/json"},
	}
	if _, err := a.client.JSON(ctx, r, &got); err != nil {
		return nil, err
	}
	status := http.StatusOK
	if n, err := got.Status.Int64(); err == nil {
		status = int(n)
	}
	if status >= http.StatusBadRequest || got.Success != nil && !*got.Success {
		return nil, a.client.Refused(r, max(status, http.StatusBadRequest), got.Error, got.Message, got.Messages)
	}
	if got.Data == nil {
		return nil, kg.Errorf(kg.Unavailable, "%s answered without data", a.client.URL(r))
	}
	rows := *got.Data
	switch {
	case got.Count != nil && *got.Count != len(rows):
		return nil, kg.Errorf(kg.Unavailable, "%s announces %d rows on a page and sent %d", a.client.URL(r), *got.Count,
			len(rows))
	case len(rows) > a.pageSize:
		return nil, kg.Errorf(kg.Unavailable, "%s sent %d rows on a page of at most %d", a.client.URL(r), len(rows),
			a.pageSize)
	}
	return rows, nil
}
