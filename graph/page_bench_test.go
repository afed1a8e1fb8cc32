package graph_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"casus/graph"
	"casus/internal/kg"
)

// readAlready answers every list with one page of events, with what is asked for along with them: what is left is GraphQL.
type readAlready struct {
	kg.Store
	page kg.Page[kg.Event]
}

func (s readAlready) Events(context.Context, kg.EventQuery) ([]kg.Page[kg.Event], error) {
	return []kg.Page[kg.Event]{s.page}, nil
}

func BenchmarkPage(b *testing.B) {
	var s readAlready
	actor := func(n int) kg.Actor {
		return kg.Actor{ID: kg.ID(fmt.Sprint("actor:", n)), Kind: kg.ActorPerson, Names: []kg.Name{{Value: fmt.Sprint("Somebody ", n), Language: "en"}}}
	}
	for i := range 20 {
		e := kg.Event{ID: kg.ID(fmt.Sprint("event:", i))}
		e.Titles = []kg.Name{{Value: fmt.Sprint("Something happened for the time ", i), Language: "en"}}
		e.Status, e.Category = kg.StatusUnverified, kg.CategoryProtest
		e.Time, _ = kg.ParseTime("2014-05-06")
		e.Along = &kg.ReadAlong{Asked: kg.Along{Edges: kg.AlongEdges, Ends: true, Claims: true}, Claims: 3}
		for j, role := range []kg.ParticipantRole{kg.RoleInitiator, kg.RoleRecipient} {
			a := actor(2*i + j)
			e.Along.Edges.Participations = append(e.Along.Edges.Participations, kg.Participation{Actor: a.ID, Role: role, Status: kg.StatusUnverified})
			e.Along.Ends = append(e.Along.Ends, a)
		}
		s.page.Items, s.page.Positions = append(s.page.Items, e), append(s.page.Positions, kg.Position{Int: int64(i), ID: e.ID})
	}
	h := graph.NewHandler(s, graph.Config{Logger: quiet(), AnswerBytes: -1})
	const query = `{"query": "{ timeline(first: 20) { pageInfo { hasNextPage endCursor } nodes { id title status time { edtf } locations { role location { id name } } participants { role actor { id name } } claims { totalCount } } } }"}`
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
