package acled_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"casus/internal/fetch/acled"
	"casus/internal/fetch/paged"
	"casus/internal/fetch/remote"
	"casus/internal/kg"
	"casus/internal/testkit/services"
)

// desk is a machine with a clock and a token file, which uses a stand-in of ACLED.
type desk struct {
	*services.Server
	t      *testing.T
	now    time.Time
	tokens string
	// logins counts how often the password was asked for. Without a password there is none.
	logins     int
	noPassword bool
	warnings   []string
	waits      []string
	pageSize   int
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	return &desk{
		Server: services.New(t), t: t, now: time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC),
		tokens: filepath.Join(t.TempDir(), "casus", "tokens.json"), pageSize: 2,
	}
}

// api returns a new API, as another run of the program would.
func (d *desk) api() *acled.API {
	d.t.Helper()
	client, err := remote.New(d.URL, remote.Options{
		SendsSecrets: true, Sleep: func(context.Context, time.Duration) error { return nil },
		Waiting: func(w remote.Wait) { d.waits = append(d.waits, w.Reason.Error()) },
	})
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(client.Close)
	return acled.New(client, acled.Options{
		TokenFile: d.tokens, Now: func() time.Time { return d.now }, PageSize: d.pageSize,
		Warn: func(text string) { d.warnings = append(d.warnings, text) },
		Login: func(context.Context) (acled.Credentials, error) {
			d.logins++
			if d.noPassword {
				return acled.Credentials{}, kg.Errorf(kg.Unauthenticated, "%w: there are no credentials", acled.ErrNoLogin)
			}
			return acled.Credentials{Email: services.Email, Password: services.Password}, nil
		},
	})
}

// collect downloads events and returns their ids.
func (d *desk) collect(q acled.Query) (ids []string, err error) {
	d.t.Helper()
	return d.rows(d.api().Events(q))
}

func (d *desk) rows(page func(context.Context, string) (paged.Page, error)) (ids []string, err error) {
	d.t.Helper()
	path := filepath.Join(d.t.TempDir(), "rows.jsonl")
	_, err = paged.Download{Path: path, Query: "q", ID: acled.ID, Page: page}.Collect(d.t.Context())
	f, openErr := os.Open(path)
	if openErr != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return ids, errors.Join(err, paged.EachID(f, acled.ID, func(id string) { ids = append(ids, id) }))
}

func (d *desk) expect(q acled.Query, want string, logins, refreshes int) {
	d.t.Helper()
	ids, err := d.collect(q)
	if err != nil || strings.Join(ids, " ") != want || d.Logins != logins || d.Refreshes != refreshes {
		d.t.Errorf("%v %v, %d logins, %d refreshes; want %s, %d, %d",
			ids, err, d.Logins, d.Refreshes, want, logins, refreshes)
	}
}

const all = "ARL1 ARL2 BOR1 ARL3 ARL4"

func day(text string) time.Time {
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return at
}

func TestEvents(t *testing.T) {
	d := newDesk(t)
	d.expect(acled.Query{}, all, 1, 0)
	d.expect(acled.Query{Countries: []string{"Boria"}}, "BOR1", 1, 0)
	d.expect(acled.Query{Countries: []string{"Boria", "Arland"}, From: day("2024-03-06"), Until: day("2024-03-08")},
		"ARL2 BOR1 ARL3", 1, 0)
	d.expect(acled.Query{From: day("2024-03-08")}, "ARL3 ARL4", 1, 0)
	d.expect(acled.Query{Until: day("2024-03-05")}, "ARL1", 1, 0)
	d.expect(acled.Query{ChangedSince: time.Unix(1_710_000_300, 0)}, "ARL3 ARL4", 1, 0)
	d.expect(acled.Query{Countries: []string{"Nowhere"}}, "", 1, 0)
	for _, r := range d.Requests() {
		if strings.Contains(r, services.Password) || strings.Contains(r, "token-") {
			t.Errorf("a secret in an address: %s", r)
		}
	}
	// A server with smaller pages than asked for loses no rows.
	d.MaxPage = 1
	d.expect(acled.Query{}, all, 1, 0)
	d.Deleted = []services.Row{
		{"event_id_cnty": "ARL9", "deleted_timestamp": "1711000000"},
		{"event_id_cnty": "ARL8", "deleted_timestamp": 1_712_000_000},
	}
	if ids, err := d.rows(d.api().Deleted(time.Unix(1_712_000_000, 0))); err != nil || fmt.Sprint(ids) != "[ARL8]" {
		t.Errorf("%v %v", ids, err)
	}
}

// TestTokenLifetimes follows one account over weeks: a token is used for a day, refreshed before it ends, and after
// fourteen days without a run the password is needed again.
func TestTokenLifetimes(t *testing.T) {
	d := newDesk(t)
	d.expect(acled.Query{}, all, 1, 0)
	d.now = d.now.Add(23 * time.Hour)
	d.expect(acled.Query{}, all, 1, 0)
	d.now = d.now.Add(40 * time.Minute) // it ends in twenty minutes
	d.expect(acled.Query{}, all, 1, 1)
	for range 3 {
		d.now = d.now.Add(13 * 24 * time.Hour)
		d.noPassword = true
		d.expect(acled.Query{}, all, 1, d.Refreshes+1)
	}
	if d.logins != 1 {
		t.Errorf("the password was asked for %d times", d.logins)
	}
	d.now = d.now.Add(14 * 24 * time.Hour)
	if _, err := d.collect(acled.Query{}); !errors.Is(err, acled.ErrNoLogin) || kg.CodeOf(err) != kg.Unauthenticated {
		t.Errorf("after fourteen days without a password: %v", err)
	}
	d.noPassword = false
	d.expect(acled.Query{}, all, 2, 4)
}

// TestWrongClocks lets the clocks of the server and of this machine be wrong by a day, in both directions.
func TestWrongClocks(t *testing.T) {
	d := newDesk(t)
	for _, date := range []string{"Sun, 29 Nov 2026 12:00:00 GMT", "Tue, 01 Dec 2026 12:00:00 GMT", "yesterday"} {
		d.Date = date
		d.expect(acled.Query{}, all, 1, 0)
	}
	d.now = d.now.Add(-24 * time.Hour) // set back to before the token came
	d.expect(acled.Query{}, all, 2, 0) // nor is the refresh token's time known any more
	d.now = d.now.Add(24 * time.Hour)  // set right: the token seems to be over
	d.expect(acled.Query{}, all, 2, 1)
	d.EndTokens() // it ended earlier than our clock says
	d.expect(acled.Query{}, all, 2, 2)
}

// TestTokenEndsWhilePaging ends the token between two pages.
func TestTokenEndsWhilePaging(t *testing.T) {
	d := newDesk(t)
	d.Misbehave(nil, nil, func(http.ResponseWriter, *http.Request) bool {
		d.EndTokens()
		return false
	})
	d.expect(acled.Query{}, all, 1, 1)
	// A server that refuses even the new token is not asked for ever.
	d.Requests()
	d.Misbehave(services.Always(20, services.Status(http.StatusUnauthorized))...)
	if _, err := d.collect(acled.Query{}); !errors.Is(err, acled.ErrNoLogin) || len(d.Requests()) > 4 {
		t.Errorf("%v", err)
	}
}

// TestOneRefreshAtATime runs many downloads at once, in one process and as several, when the token is about to end.
func TestOneRefreshAtATime(t *testing.T) {
	d := newDesk(t)
	d.expect(acled.Query{}, all, 1, 0)
	d.now = d.now.Add(23*time.Hour + 45*time.Minute)
	one := d.api()
	apis := []*acled.API{one, one, one, d.api(), d.api(), d.api()} // each has its own lock file handle
	var group sync.WaitGroup
	for _, api := range apis {
		group.Go(func() {
			if page, err := api.Events(acled.Query{})(t.Context(), ""); err != nil || len(page.Rows) != 2 {
				t.Errorf("%v %v", page, err)
			}
		})
	}
	group.Wait()
	if d.Logins != 1 || d.Refreshes != 1 {
		t.Errorf("%d logins, %d refreshes", d.Logins, d.Refreshes)
	}
}

// TestThreeReasons checks that no login, no access and no rows are different errors.
func TestThreeReasons(t *testing.T) {
	reasons := []error{acled.ErrNoLogin, acled.ErrNoAccess}
	for name, c := range map[string]struct {
		prepare func(*desk)
		want    error
		code    kg.ErrorCode
	}{
		"a wrong password": {
			func(d *desk) { d.Misbehave(services.JSON(400, `{"error":"invalid_grant"}`)) }, acled.ErrNoLogin, kg.Unauthenticated,
		},
		"a blocked account": {func(d *desk) { d.Misbehave(services.Status(403)) }, acled.ErrNoLogin, kg.Unauthenticated},
		"no credentials":    {func(d *desk) { d.noPassword = true }, acled.ErrNoLogin, kg.Unauthenticated},
		"no access":         {func(d *desk) { d.NoAccess = true }, acled.ErrNoAccess, kg.Forbidden},
		"no access, as 200": {func(d *desk) {
			d.Misbehave(nil, services.JSON(200, `{"status":403,"success":false,"error":[{"message":"Access denied"}]}`))
		}, acled.ErrNoAccess, kg.Forbidden},
		"a new token is refused": {func(d *desk) {
			d.Misbehave(nil, services.Status(401), nil, services.Status(401))
		}, acled.ErrNoAccess, kg.Forbidden},
		"a failure, as 200": {
			func(d *desk) { d.Misbehave(nil, services.JSON(200, `{"success":false,"messages":["Bad query"]}`)) },
			nil, kg.BadInput,
		},
		"no data": {
			func(d *desk) { d.Misbehave(nil, services.JSON(200, `{"status":200,"success":true}`)) }, nil, kg.Unavailable,
		},
		"data is null": {
			func(d *desk) { d.Misbehave(nil, services.JSON(200, `{"status":200,"data":null}`)) }, nil, kg.Unavailable,
		},
		"fewer than counted": {
			func(d *desk) { d.Misbehave(nil, services.JSON(200, `{"count":2,"data":[{"event_id_cnty":"A"}]}`)) },
			nil, kg.Unavailable,
		},
		"more than asked": {
			func(d *desk) { d.pageSize = 1; d.Misbehave(nil, services.JSON(200, `{"data":[{},{}]}`)) }, nil, kg.Unavailable,
		},
		"a login page":       {func(d *desk) { d.Misbehave(nil, services.LoginPage()) }, nil, kg.Unavailable},
		"a page for a token": {func(d *desk) { d.Misbehave(services.LoginPage()) }, nil, kg.Unavailable},
		"an empty token": {
			func(d *desk) { d.Misbehave(services.JSON(200, `{"access_token":""}`)) }, nil, kg.Unavailable,
		},
		"a token of lines": {
			func(d *desk) { d.Misbehave(services.JSON(200, `{"access_token":"a\nb: c"}`)) }, nil, kg.Unavailable,
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			c.prepare(d)
			_, err := d.collect(acled.Query{})
			if kg.CodeOf(err) != c.code {
				t.Errorf("%v, want %s", err, c.code)
			}
			for _, reason := range reasons {
				if errors.Is(err, reason) != errors.Is(c.want, reason) {
					t.Errorf("%v: is %v: %t", err, reason, errors.Is(err, reason))
				}
			}
		})
	}
}

// TestLifetimesOfResponses checks lifetimes that a response lacks or exaggerates.
func TestLifetimesOfResponses(t *testing.T) {
	for seconds, lasts := range map[int]time.Duration{
		0: 24 * time.Hour, -5: 24 * time.Hour, 3600: time.Hour, 60: time.Minute, 1 << 40: 30 * 24 * time.Hour,
	} {
		d := newDesk(t)
		d.Lifetime = seconds
		d.expect(acled.Query{}, all, 1, 0)
		d.now = d.now.Add(lasts / 2)
		d.noPassword = true
		if lasts < 14*24*time.Hour {
			d.expect(acled.Query{}, all, 1, 0)
			d.now = d.now.Add(lasts / 2)
			d.expect(acled.Query{}, all, 1, 1)
		}
	}
}

// TestServerDownWhileRefreshing checks that a token that still lasts is used if the server cannot give another one.
func TestServerDownWhileRefreshing(t *testing.T) {
	d := newDesk(t)
	d.expect(acled.Query{}, all, 1, 0)
	d.now = d.now.Add(23*time.Hour + 45*time.Minute)
	d.Misbehave(services.Always(4, services.Status(http.StatusServiceUnavailable))...)
	d.noPassword = true
	if page, err := d.api().Events(acled.Query{})(t.Context(), ""); err != nil || len(page.Rows) != 2 {
		t.Errorf("%v %v", page, err)
	}
	d.NoRefresh = true
	if _, err := d.api().Events(acled.Query{})(t.Context(), ""); !errors.Is(err, acled.ErrNoLogin) {
		t.Errorf("a refresh token that ended: %v", err)
	}
}

// TestSecretsInTokenFileAlone looks for the password and the tokens in everything that a run leaves behind and says.
func TestSecretsInTokenFileAlone(t *testing.T) {
	d := newDesk(t)
	d.expect(acled.Query{}, all, 1, 0)
	info, err := os.Stat(d.tokens)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("%v %v", info.Mode(), err)
	}
	content, err := os.ReadFile(d.tokens)
	if err != nil || !bytes.Contains(content, []byte("access-token-1")) ||
		bytes.Contains(content, []byte(services.Password)) {
		t.Errorf("%s %v", content, err)
	}
	if err := os.Chmod(d.tokens, 0o644); err != nil {
		t.Fatal(err)
	}
	said := fmt.Sprintf("%+v", d.api())
	for _, faults := range [][]services.Fault{
		services.Always(9, services.Echo(500)), {services.Echo(403)}, {services.Echo(400)},
		{services.Status(401), services.Echo(400), services.Echo(400)}, services.Always(9, services.Cut("{")),
	} {
		d.Misbehave(faults...)
		_, err := d.collect(acled.Query{})
		if err == nil {
			t.Error("no error")
		}
		said += fmt.Sprintf("%v %+v %#v", err, err, err)
		drain(d)
	}
	said += strings.Join(d.warnings, " ") + strings.Join(d.waits, " ")
	for _, s := range []string{services.Password, "access-token-", "refresh-token-"} {
		if strings.Contains(said, s) {
			t.Errorf("%s is said: %s", s, said)
		}
	}
	if !slices.ContainsFunc(d.warnings, func(w string) bool { return strings.Contains(w, "could be read by others") }) {
		t.Errorf("%q", d.warnings)
	}
}

// drain uses up the faults that are left.
func drain(d *desk) {
	for range 20 {
		response, err := http.Get(d.URL + "/none")
		if err != nil {
			continue
		}
		_ = response.Body.Close()
	}
}

// TestTokenFilesOfOthers checks that tokens of another host or account, and a damaged file, are not used.
func TestTokenFilesOfOthers(t *testing.T) {
	d := newDesk(t)
	d.expect(acled.Query{}, all, 1, 0)
	content, err := os.ReadFile(d.tokens)
	if err != nil {
		t.Fatal(err)
	}
	var fields map[string]any
	if err := json.Unmarshal(content, &fields); err != nil {
		t.Fatal(err)
	}
	fields["host"] = "https://elsewhere.example"
	moved, err := json.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	for i, text := range []string{string(moved), "", "{", "[]"} {
		if err := os.WriteFile(d.tokens, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		d.expect(acled.Query{}, all, i+2, 0)
	}
}

func TestQueries(t *testing.T) {
	for _, q := range []acled.Query{
		{Countries: []string{"Mali|Niger"}}, {Countries: []string{"a:OR:country=b"}}, {Countries: []string{" "}},
		{Countries: []string{"a&limit=0"}}, {From: day("2024-02-01"), Until: day("2024-01-01")},
	} {
		if err := q.Check(); kg.CodeOf(err) != kg.BadInput {
			t.Errorf("%+v: %v", q, err)
		}
	}
	a := acled.Query{Countries: []string{"Mali", "Burkina Faso"}, From: day("2024-01-01")}
	b := acled.Query{Countries: []string{"Burkina Faso", "Mali"}, From: day("2024-01-01"), ChangedSince: day("2025-01-01")}
	if a.Check() != nil || a.String() != b.String() || a.String() == (acled.Query{}).String() {
		t.Errorf("%s, %s", a, b)
	}
	if got := b.Values().Encode(); got != "country=Burkina+Faso%3AOR%3Acountry%3DMali&event_date=2024-01-01%7C9999-12-31&"+
		"event_date_where=BETWEEN&timestamp=1735689600&timestamp_where=%3E%3D" {
		t.Error(got)
	}
}
