package graph_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"casus/graph"
	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// pageStore returns the same page of events, with prefetched data, for every list, so that only GraphQL is measured.
type pageStore struct {
	store.Store
	page store.Page[kg.Event]
}

func (s pageStore) Events(context.Context, store.EventQuery) ([]store.Page[kg.Event], error) {
	return []store.Page[kg.Event]{s.page}, nil
}

func BenchmarkPage(b *testing.B) {
	var s pageStore
	actor := func(n int) kg.Actor {
		return kg.Actor{
			ID: kg.ID(fmt.Sprint("actor:", n)), Kind: kg.ActorPerson,
			Names: []kg.Name{{Value: fmt.Sprint("Person ", n), Language: "en"}},
		}
	}
	for i := range 20 {
		e := kg.Event{ID: kg.ID(fmt.Sprint("event:", i))}
		e.Titles = []kg.Name{{Value: fmt.Sprint("Event number ", i), Language: "en"}}
		e.Status, e.Category = kg.StatusUnverified, kg.CategoryProtest
		e.Time, _ = edtf.ParseTime("2014-05-06")
		p := &store.Prefetched{Requested: store.Prefetch{Edges: store.PrefetchableEdges, Neighbors: true, Claims: true},
			Claims: 3}
		for j, role := range []kg.ParticipantRole{kg.RoleInitiator, kg.RoleRecipient} {
			a := actor(2*i + j)
			p.Edges.Participations = append(p.Edges.Participations,
				kg.Participation{Actor: a.ID, Role: role, Status: kg.StatusUnverified})
			p.Neighbors = append(p.Neighbors, a)
		}
		s.page.Prefetched = append(s.page.Prefetched, p)
		s.page.Items, s.page.Positions = append(s.page.Items, e),
			append(s.page.Positions, store.Position{Int: int64(i), ID: e.ID})
	}
	h := graph.NewHandler(s, graph.Config{Logger: quiet(), ResponseCacheBytes: -1})
	const query = `{"query": "{ timeline(first: 20) { pageInfo { hasNextPage endCursor } nodes { id title status ` +
		`time { edtf } locations { role location { id name } } participants { role actor { id name } } ` +
		`claims { totalCount } } } }"}`
	b.ReportAllocs()
	for b.Loop() {
		r := httptest.NewRequestWithContext(b.Context(), http.MethodPost, "/graphql", strings.NewReader(query))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		if h.ServeHTTP(w, r); w.Code != http.StatusOK || w.Body.Len() < 2000 {
			b.Fatal(w.Body)
		}
	}
}
