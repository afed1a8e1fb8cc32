package services

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// The credentials that the services accept.
const (
	Email    = "reporter@example.org"
	Password = "correct-horse-battery"
)

// ACLED answers as its API.
type ACLED struct {
	Events, Deleted []Row
	// Lifetime is the lifetime of access tokens that responses state, in seconds.
	Lifetime int
	// NoAccess is set if the account may not read events.
	NoAccess bool
	// NoRefresh is set if refresh tokens have ended.
	NoRefresh bool
	// MaxPage is how many rows a page has at most, of any limit in the request.
	MaxPage int
	// Logins and Refreshes count the tokens that were given for a password and for another token.
	Logins, Refreshes int
	access, refresh   string
}

func newACLED() ACLED {
	return ACLED{Lifetime: 86400, MaxPage: 5000, Events: []Row{
		Event("ARL1", "Arland", "2024-03-05", 3, 1_710_000_000), Event("ARL2", "Arland", "2024-03-06", 0, 1_710_000_100),
		Event("BOR1", "Boria", "2024-03-07", 1, 1_710_000_200), Event("ARL3", "Arland", "2024-03-08", 2, 1_710_000_300),
		Event("ARL4", "Arland", "2024-03-09", 5, 1_710_000_400),
	}}
}

// Event returns an event in ACLED's columns.
func Event(id, country, day string, killed int, changed int64) Row {
	return Row{
		"event_id_cnty": id, "event_date": day, "year": day[:4], "time_precision": "1",
		"disorder_type": "Political violence", "event_type": "Battles", "sub_event_type": "Armed clash",
		"actor1": "Front for " + country, "assoc_actor_1": "", "inter1": "Rebel group",
		"actor2": "Military Forces of " + country, "assoc_actor_2": "", "inter2": "State forces", "iso": "152",
		"region": "Middle Lands", "country": country, "admin1": "North", "admin2": "", "admin3": "",
		"location": "Bridge town",
		"latitude": "50.45", "longitude": "30.5", "geo_precision": "1", "source": "Arland Wire", "source_scale": "National",
		"notes": "A clash near the bridge, event " + id + ".", "fatalities": fmt.Sprint(killed), "tags": "",
		"timestamp": fmt.Sprint(changed),
	}
}

// Delete takes an event from the events and lists it as deleted on 28 March 2024.
func (a *ACLED) Delete(id string) {
	a.Events = slices.DeleteFunc(a.Events, func(row Row) bool { return row["event_id_cnty"] == id })
	a.Deleted = append(a.Deleted, Row{"event_id_cnty": id, "deleted_timestamp": 1_711_600_000})
}

// EndTokens makes the access token invalid, as if its time were over.
func (a *ACLED) EndTokens() { a.access = "" }

func (a *ACLED) serve(w http.ResponseWriter, r *http.Request) bool {
	switch r.URL.Path {
	case "/oauth/token":
		a.token(w, r)
	case "/api/acled/read":
		a.read(w, r, a.Events, "timestamp")
	case "/api/deleted/read":
		a.read(w, r, a.Deleted, "deleted_timestamp")
	default:
		return false
	}
	return true
}

func (a *ACLED) token(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Method != http.MethodPost || r.PostFormValue("client_id") != "acled" || r.URL.RawQuery != "":
		respond(w, http.StatusBadRequest, Row{"error": "invalid_request"})
		return
	case r.PostFormValue("grant_type") == "password" && r.PostFormValue("username") == Email &&
		r.PostFormValue("password") == Password:
		a.Logins++
	case r.PostFormValue("grant_type") == "refresh_token" && r.PostFormValue("refresh_token") == a.refresh &&
		a.refresh != "" && !a.NoRefresh:
		a.Refreshes++
	default:
		respond(w, http.StatusBadRequest, Row{"error": "invalid_grant",
			"error_description": "The user credentials were incorrect."})
		return
	}
	n := a.Logins + a.Refreshes
	a.access, a.refresh = fmt.Sprintf("access-token-%d", n), fmt.Sprintf("refresh-token-%d", n)
	respond(w, http.StatusOK, Row{"token_type": "Bearer", "expires_in": a.Lifetime, "access_token": a.access,
		"refresh_token": a.refresh})
}

func (a *ACLED) read(w http.ResponseWriter, r *http.Request, rows []Row, changed string) {
	switch {
	case a.access == "" || r.Header.Get("Authorization") != "Bearer "+a.access:
		respond(w, http.StatusUnauthorized, Row{"message": "The resource owner or authorization server denied the request."})
		return
	case a.NoAccess:
		respond(w, http.StatusForbidden, Row{"message": "Access denied"})
		return
	}
	q := r.URL.Query()
	since, countries := numberOf(r, changed, 0), strings.Split(q.Get("country"), ":OR:country=")
	days := strings.Split(q.Get("event_date"), "|")
	matching := slices.DeleteFunc(slices.Clone(rows), func(row Row) bool {
		at, day := 0, fmt.Sprint(row["event_date"])
		_, _ = fmt.Sscan(fmt.Sprint(row[changed]), &at) // 0 if it is not a number
		return q.Get("country") != "" && !slices.Contains(countries, fmt.Sprint(row["country"])) || at < since ||
			len(days) == 2 && (day < days[0] || day > days[1])
	})
	page := pageOf(matching, numberOf(r, "page", 1)-1, min(numberOf(r, "limit", 5000), a.MaxPage))
	respond(w, http.StatusOK, Row{"status": 200, "success": true, "last_update": 3, "count": len(page), "data": page,
		"messages": []string{}})
}
