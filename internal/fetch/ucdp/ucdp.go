// Package ucdp reads the events of the Georeferenced Event Dataset and of its candidate versions from UCDP's API
// (https://ucdp.uu.se/apidocs).
package ucdp

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"casus/internal/fetch/paged"
	"casus/internal/fetch/remote"
	"casus/internal/fetch/secret"
	"casus/internal/kg"
)

const (
	// DefaultHost is where UCDP's API is.
	DefaultHost = "https://ucdpapi.pcr.uu.se"
	// MaxPageSize is how many rows UCDP has on a page at most.
	MaxPageSize = 1000
	// ID is the field that identifies an event.
	ID = "id"
	// path is the path of the events; the version follows.
	path = "/api/gedevents/"
	// tokenHeader is the header of the token.
	tokenHeader = "x-ucdp-access-token"
)

// API reads events of a version.
type API struct {
	client   *remote.Client
	token    secret.Secret
	version  Version
	query    Query
	pageSize int
}

// New returns an API. pageSize 0 is MaxPageSize.
func New(client *remote.Client, token secret.Secret, v Version, q Query, pageSize int) *API {
	if pageSize == 0 {
		pageSize = MaxPageSize
	}
	return &API{client, token, v, q, pageSize}
}

// Query selects events of a version. One without any selection is the whole version.
type Query struct {
	// Countries are numbers of Gleditsch and Ward's list of states.
	Countries []int
	// From and Until bound the last days of events. A zero time is no bound.
	From, Until time.Time
}

// All reports whether the query selects the whole version.
func (q Query) All() bool { return len(q.Countries) == 0 && q.From.IsZero() && q.Until.IsZero() }

// Values returns the query as UCDP's parameters.
func (q Query) Values() url.Values {
	v := url.Values{}
	if len(q.Countries) > 0 {
		var all []string
		for _, c := range q.Countries {
			all = append(all, strconv.Itoa(c))
		}
		v.Set("Country", strings.Join(all, ","))
	}
	if !q.From.IsZero() {
		v.Set("StartDate", q.From.Format(time.DateOnly))
	}
	if !q.Until.IsZero() {
		v.Set("EndDate", q.Until.Format(time.DateOnly))
	}
	return v
}

// answer is a page of the API. Total is the number of rows on all pages.
type answer struct {
	Total *int               `json:"TotalCount"`
	Next  string             `json:"NextPageUrl"`
	Rows  *[]json.RawMessage `json:"Result"`
}

// Page returns a page. next is the query of the address that the page before names, "" for the first page.
func (a *API) Page(ctx context.Context, next string) (paged.Page, error) {
	page, _, err := a.read(ctx, next, "")
	return page, err
}

// First is what the first page says about a version.
type First struct {
	// ETag is the page's entity tag, "" if there is none.
	ETag string
	// Unchanged is set if the page has the entity tag that was given.
	Unchanged bool
	// Total is the number of rows, if the page is not unchanged.
	Total int
}

// First asks whether the first page still has an entity tag.
func (a *API) First(ctx context.Context, etag string) (First, error) {
	page, response, err := a.read(ctx, "", etag)
	return First{response.ETag, response.NotModified, page.Total}, err
}

func (a *API) read(ctx context.Context, next, etag string) (paged.Page, remote.Response, error) {
	query := a.query.Values()
	query.Set("pagesize", strconv.Itoa(a.pageSize))
	r := remote.Request{
		Path: path + string(a.version), Query: query, Secrets: []secret.Secret{a.token},
		Header: map[string]string{tokenHeader: a.token.Reveal(), "Accept": "application/json"},
	}
	if etag != "" {
		r.Header["If-None-Match"] = etag
	}
	if next != "" {
		// A query that is followed to its second page is valid. UCDP also refuses requests that come too fast with 400.
		r.RetryStatuses = []int{http.StatusBadRequest}
		following, err := url.ParseQuery(next)
		if err != nil {
			return paged.Page{}, remote.Response{}, kg.Errorf(kg.BadInput, "%q is not the query of a page", next)
		}
		r.Query = following
	}
	var got answer
	response, err := a.client.JSON(ctx, r, &got)
	if err != nil || response.NotModified {
		return paged.Page{}, response, a.classify(err)
	}
	if got.Rows == nil || got.Total == nil {
		return paged.Page{}, response, kg.Errorf(kg.Unavailable, "%s answered without Result and TotalCount",
			a.client.URL(r))
	}
	page := paged.Page{Rows: *got.Rows, Total: *got.Total, ETag: response.ETag}
	page.Next, err = a.nextQuery(r, got.Next)
	return page, response, err
}

// nextQuery returns the query of the address of the next page, which must be on the same host and of the same version.
// Its scheme does not count: a server behind another one often does not know its own.
func (a *API) nextQuery(r remote.Request, address string) (string, error) {
	if address == "" {
		return "", nil
	}
	next, err := url.Parse(address)
	own, e := url.Parse(a.client.URL(r))
	if err != nil || e != nil || next.Host != "" && !strings.EqualFold(next.Host, own.Host) || next.Path != own.Path {
		return "", kg.Errorf(kg.Unavailable, "%s continues at an address elsewhere, which was not asked", a.client.URL(r))
	}
	return next.RawQuery, nil
}

// classify says what a refusal means.
func (a *API) classify(err error) error {
	switch remote.Status(err) {
	case http.StatusUnauthorized, http.StatusForbidden:
		return kg.Errorf(kg.Unauthenticated, "UCDP does not accept the token: %w", err)
	case http.StatusNotFound:
		return kg.Errorf(kg.NotFound, "UCDP has no version %s: %w", a.version, err)
	}
	return err
}
