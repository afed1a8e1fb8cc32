package ucdp_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casus/internal/fetch/paged"
	"casus/internal/fetch/remote"
	"casus/internal/fetch/secret"
	"casus/internal/fetch/ucdp"
	"casus/internal/kg"
	"casus/internal/testkit/services"
)

func newClient(t *testing.T, host string) *remote.Client {
	t.Helper()
	client, err := remote.New(host, remote.Options{
		SendsSecrets: true, Sleep: func(context.Context, time.Duration) error { return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	return client
}

// collect downloads a version, two rows a page, and returns the number of rows that are stored.
func collect(t *testing.T, s *services.Server, token secret.Secret, v ucdp.Version, q ucdp.Query) (int, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "rows.jsonl")
	api := ucdp.New(newClient(t, s.URL), token, v, q, 2)
	if _, err := (paged.Download{Path: path, Query: "q", ID: ucdp.ID, Page: api.Page}).Collect(t.Context()); err != nil {
		return 0, err
	}
	content, err := os.ReadFile(path)
	return strings.Count(string(content), "\n"), err
}

// page returns the fault of a page with another next address and total.
func page(total int, next string, ids ...int) services.Fault {
	var rows []string
	for _, id := range ids {
		rows = append(rows, fmt.Sprintf(`{"id": %d}`, id))
	}
	return services.JSON(http.StatusOK, fmt.Sprintf(`{"TotalCount": %d, "NextPageUrl": %q, "Result": [%s]}`, total, next,
		strings.Join(rows, ",")))
}

func TestPages(t *testing.T) {
	s := services.New(t)
	n, err := collect(t, s, services.Token, "25.1", ucdp.Query{})
	if err != nil || n != 5 {
		t.Errorf("%d %v", n, err)
	}
	want := []string{"/api/gedevents/25.1?pagesize=2", "/api/gedevents/25.1?page=1&pagesize=2",
		"/api/gedevents/25.1?page=2&pagesize=2"}
	if got := s.Requests(); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%q", got)
	}
	from, until := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2024, 12, 31, 0, 0, 0, 0, time.UTC)
	if _, err := collect(t, s, services.Token, "25.1", ucdp.Query{[]int{432, 439}, from, until}); err != nil {
		t.Error(err)
	}
	const selected = "/api/gedevents/25.1?Country=432%2C439&EndDate=2024-12-31&StartDate=2024-01-01&pagesize=2"
	if got := s.Requests()[0]; got != selected {
		t.Error(got)
	}
}

func TestFaults(t *testing.T) {
	const here = "/api/gedevents/25.1?page=1"
	for name, c := range map[string]struct {
		token   secret.Secret
		version ucdp.Version
		faults  []services.Fault
		code    kg.ErrorCode
		words   string
	}{
		"no such token":   {"wrong-token", "25.1", nil, kg.Unauthenticated, "does not accept the token"},
		"no such version": {services.Token, "31.1", nil, kg.NotFound, "no version 31.1"},
		"a login page":    {services.Token, "25.1", []services.Fault{services.LoginPage()}, kg.Unavailable, "web page"},
		"no result": {
			services.Token, "25.1", []services.Fault{services.JSON(200, `{}`)}, kg.Unavailable, "without Result",
		},
		"limited": {
			services.Token, "25.1", []services.Fault{nil, services.Status(400), services.Status(429)}, "", "",
		},
		"a bad query": {services.Token, "25.1", []services.Fault{services.Status(400)}, kg.BadInput, "400"},
		"elsewhere": {
			services.Token, "25.1", []services.Fault{page(4, "https://elsewhere.example"+here, 1, 2)},
			kg.Unavailable, "an address elsewhere",
		},
		"another version": {
			services.Token, "25.1", []services.Fault{page(4, "/api/gedevents/24.1?page=1", 1, 2)}, kg.Unavailable, "elsewhere",
		},
		"no address": {services.Token, "25.1", []services.Fault{page(4, ":%", 1, 2)}, kg.Unavailable, "elsewhere"},
		"an empty page": {
			services.Token, "25.1", []services.Fault{page(4, here, 1, 2), page(4, here+"1")}, kg.Unavailable, "is empty",
		},
		"endless": {
			services.Token, "25.1", []services.Fault{
				page(9, here, 1, 2), page(9, here+"1", 3), page(9, here, 4), page(9, here+"1", 3),
			},
			kg.Conflict, "came twice",
		},
		"itself": {
			services.Token, "25.1", []services.Fault{page(9, here, 1, 2), page(9, here, 3)},
			kg.Unavailable, "followed by itself",
		},
		"it grows": {
			services.Token, "25.1", []services.Fault{page(4, here, 1, 2), page(5, "", 3, 4)}, kg.Conflict, "now there are 5",
		},
		"it ends early": {services.Token, "25.1", []services.Fault{page(4, "", 1, 2)}, kg.Conflict, "2 rows came of 4"},
		"echo":          {services.Token, "25.1", []services.Fault{services.Echo(403)}, kg.Unauthenticated, "[secret]"},
	} {
		t.Run(name, func(t *testing.T) {
			s := services.New(t)
			s.Misbehave(c.faults...)
			_, err := collect(t, s, c.token, c.version, ucdp.Query{})
			if kg.CodeOf(err) != c.code || err != nil && !strings.Contains(err.Error(), c.words) {
				t.Errorf("%v, want %q with %q", err, c.code, c.words)
			}
			if err != nil && (strings.Contains(err.Error(), services.Token) || strings.Contains(err.Error(), "wrong-token")) {
				t.Errorf("the token is told: %v", err)
			}
		})
	}
}

func TestFirst(t *testing.T) {
	s := services.New(t)
	api := ucdp.New(newClient(t, s.URL), services.Token, "25.1", ucdp.Query{}, 2)
	first, err := api.First(t.Context(), "")
	if err != nil || first.ETag == "" || first.Unchanged || first.Total != 5 {
		t.Fatalf("%+v %v", first, err)
	}
	if again, err := api.First(t.Context(), first.ETag); err != nil || !again.Unchanged {
		t.Errorf("%+v %v", again, err)
	}
	s.Versions["25.1"] = s.Versions["25.1"][:4]
	if changed, err := api.First(t.Context(), first.ETag); err != nil || changed.Unchanged || changed.Total != 4 {
		t.Errorf("%+v %v", changed, err)
	}
}

func TestVersions(t *testing.T) {
	for text, c := range map[string]struct {
		ged, candidate bool
		released       string
	}{
		"25.1": {true, false, "2025-06"}, "24.1": {true, false, "2024-06"}, "17.2": {true, false, ""},
		"5.0": {true, false, ""}, "26.0.8": {false, true, "2026-09"}, "25.0.12": {false, true, "2026-01"},
		"26.01.26.06": {false, true, ""}, "26.0.13": {}, "26.0.0": {}, "26.13.26.14": {}, "latest": {}, "": {},
		"../25.1": {}, "25.1/../x": {}, "25.1?": {},
	} {
		ged, err := ucdp.ParseYearly(text)
		if (err == nil) != c.ged || err != nil && kg.CodeOf(err) != kg.BadInput {
			t.Errorf("%q: %v", text, err)
		}
		candidate, err := ucdp.ParseCandidate(text)
		if (err == nil) != c.candidate || err != nil && kg.CodeOf(err) != kg.BadInput {
			t.Errorf("%q: %v", text, err)
		}
		if released, _ := max(ged, candidate).UsuallyReleased(); released != c.released {
			t.Errorf("%q: released %q, want %q", text, released, c.released)
		}
	}
}
