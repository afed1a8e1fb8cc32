package services

import (
	"fmt"
	"net/http"
	"strconv"
)

// Token is the token that UCDP accepts.
const Token = "ucdp-token-of-a-test"

// UCDP answers as its API. Versions has the events of each version.
type UCDP struct {
	Versions map[string][]Row
	// ETags is set if responses have entity tags.
	ETags bool
}

func newUCDP() UCDP {
	var ged, candidates []Row
	for i := range 5 {
		if i < 4 {
			ged = append(ged, GED(i+1, fmt.Sprintf("2024-01-%02d", i+1)))
		}
		candidates = append(candidates, GED(i+100, fmt.Sprintf("2026-08-%02d", i+1)))
	}
	ged = append(ged, GED(100, "2026-08-01")) // a candidate became final
	return UCDP{Versions: map[string][]Row{"25.1": ged, "26.0.8": candidates, "26.01.26.06": candidates[:2]}, ETags: true}
}

// GED returns an event in UCDP's columns.
func GED(id int, day string) Row {
	year, _ := strconv.Atoi(day[:4]) // digits
	return Row{
		"id": id, "relid": fmt.Sprintf("ARL-%d", id), "year": year, "active_year": true, "code_status": "Clear",
		"type_of_violence": 1, "conflict_dset_id": "10", "conflict_new_id": 10, "conflict_name": "Arland: Government",
		"dyad_dset_id": "20", "dyad_new_id": 20, "dyad_name": "Government of Arland - Front", "side_a_dset_id": "30",
		"side_a_new_id": 30, "side_a": "Government of Arland", "side_b_dset_id": "31", "side_b_new_id": 31,
		"side_b": "Front", "number_of_sources": 1,
		"source_article": `"Arland Wire,` + day + `,Clash near the bridge"`, "source_office": "Arland Wire",
		"source_date": day, "source_headline": "Clash near the bridge", "source_original": "", "where_prec": 1,
		"where_coordinates": "Bridge town", "where_description": "", "adm_1": "North", "adm_2": "Hills", "latitude": 50.5,
		"longitude": 30.25, "geom_wkt": "POINT (30.25 50.5)", "priogrid_gid": 1, "country": "Arland", "country_id": 900,
		"region": "Europe", "event_clarity": 1, "date_prec": 1, "date_start": day + "T00:00:00",
		"date_end": day + "T00:00:00",
		"deaths_a": 1, "deaths_b": 2, "deaths_civilians": 0, "deaths_unknown": 0, "best": 3, "high": 4, "low": 3,
		"gwnoa": "", "gwnob": "",
	}
}

func (u *UCDP) serve(w http.ResponseWriter, r *http.Request, host string) bool {
	const prefix = "/api/gedevents/"
	if len(r.URL.Path) <= len(prefix) || r.URL.Path[:len(prefix)] != prefix {
		return false
	}
	rows, found := u.Versions[r.URL.Path[len(prefix):]]
	switch {
	case r.Header.Get("x-ucdp-access-token") != Token:
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = fmt.Fprint(w, "API token required. Add header: x-ucdp-access-token") // as it does, in plain text
		return true
	case !found:
		http.NotFound(w, r)
		return true
	}
	size, page := numberOf(r, "pagesize", 100), numberOf(r, "page", 0)
	if u.ETags {
		etag := fmt.Sprintf(`"%s-%d-%d"`, r.URL.RawQuery, len(rows), page)
		w.Header().Set("ETag", etag)
		if r.Header.Get("If-None-Match") == etag {
			w.WriteHeader(http.StatusNotModified)
			return true
		}
	}
	next := ""
	if (page+1)*size < len(rows) {
		q := r.URL.Query()
		q.Set("page", fmt.Sprint(page+1))
		next = host + r.URL.Path + "?" + q.Encode()
	}
	respond(w, http.StatusOK, Row{"TotalCount": len(rows), "TotalPages": (len(rows) + size - 1) / size,
		"PreviousPageUrl": "", "NextPageUrl": next, "Result": pageOf(rows, page, size)})
	return true
}
