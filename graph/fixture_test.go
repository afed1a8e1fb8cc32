package graph_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"

	"casus/graph"
	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/stance"
	"casus/internal/projection/network"
	"casus/internal/store"
	"casus/internal/store/memory"
)

func at(t testing.TB, value string) *edtf.Time {
	t.Helper()
	parsed, err := edtf.ParseTime(value)
	if err != nil {
		t.Fatal(err)
	}
	return &parsed
}

func named(language, value string) []kg.Name {
	return []kg.Name{{Value: value, Language: language, Kind: kg.NamePrimary}}
}

// world returns a small graph in which every field of the API has a value: talks that are announced and responded to, a
// strike that is a part of a campaign, claims that dispute, correct and retract.
func world(t testing.TB) store.Store {
	t.Helper()
	three, five, two, sure := 3, 5, 2, 80
	claim := func(id, subject kg.ID, stance kg.Stance, day string, change func(*kg.Claim)) kg.Claim {
		c := kg.Claim{
			ID: "claim:" + id, Subject: subject, Stance: stance, Aspect: kg.AspectOccurrence,
			Document: "document:paper", AssertedAt: *at(t, day),
		}
		change(&c)
		return c
	}
	s := memory.New()
	if _, err := s.Apply(t.Context(), kg.Batch{
		RecordedAt: at(t, "2025-12-24T00:00:00Z").Earliest,
		Actors: []kg.Actor{
			{
				ID: "actor:ada", Kind: kg.ActorPerson, Country: "UA", Sectors: []string{"GOV"}, Description: "a minister",
				Names:       append(named("uk", "Ада"), kg.Name{Value: "Ada", Language: "en", Kind: kg.NameAlias}),
				Identifiers: []kg.Identifier{{Scheme: "mine", Value: "1"}, {Scheme: "wikidata", Value: "Q1"}},
			},
			{ID: "actor:bo", Kind: kg.ActorPerson, Names: named("en", "Bo")},
			{ID: "actor:land", Kind: kg.ActorState, Names: named("en", "Land"), Country: "UA"},
			{ID: "actor:press", Kind: kg.ActorCompany, Names: named("en", "Press")},
		},
		Locations: []kg.Location{
			{ID: "location:land", Kind: kg.LocationCountry, Names: named("en", "Land"), Country: "UA"},
			{
				ID: "location:port", Kind: kg.LocationFacility, Names: named("en", "Port"),
				Point: &kg.Point{Latitude: 46.5, Longitude: 30.7}, Parents: []kg.ID{"location:province"},
				Identifiers: []kg.Identifier{{Scheme: "geonames", Value: "698740"}},
			},
			{
				ID: "location:province", Kind: kg.LocationAdmin1, Names: named("en", "Province"), Country: "UA",
				Parents: []kg.ID{"location:land"},
			},
		},
		Documents: []kg.Document{
			{
				ID: "document:paper", Titles: named("en", "A paper"), Language: "en", Publisher: "actor:press",
				PublishedAt: at(t, "2025-12-20"), URL: "https://example.org/a", Text: "Ada met Bo.", SHA256: "00",
			},
			{ID: "document:reprint", Titles: named("uk", "Передрук"), Syndicates: "document:paper"},
		},
		Releases: []kg.Release{{ID: "release:set", Name: "set", Release: "1", ReleasedAt: at(t, "2025-12-22")}},
		Affiliations: []kg.Affiliation{
			{
				ID: "affiliation:office", Holder: "actor:ada", Counterpart: "actor:land", Type: kg.AffiliationOffice,
				Position: "Minister", ValidTime: at(t, "2024/.."),
			},
		},
		Claims: []kg.Claim{
			claim("talks", "event:talks", kg.StanceAsserts, "2025-12-20", func(c *kg.Claim) {
				c.Quote = &kg.Quote{
					Text: "We met", Language: "en", Direct: true, Speaker: "actor:ada", Addressee: "actor:bo",
					Translations: named("uk", "Ми зустрілися"),
				}
				c.Confidence, c.StatedAt, c.Note = &sure, at(t, "2025-12-19"), "said on the phone"
				c.RelayedBy, c.Cites = []kg.ID{"actor:press"}, []kg.ID{"document:reprint"}
				c.Spans = []kg.Span{{Start: 0, End: 3, Exact: "Ada", State: kg.SpanVerified}}
				c.Extractions = []kg.Extraction{{Tool: "rules"}, {
					Tool: "casus extract", Model: "qwen3", Prompt: "form 1", At: at(t, "2025-12-23T10:00:00Z").Earliest,
				}}
				c.Says = kg.Statement{
					Titles:    append(named("en", "Talks"), named("uk", "Перемовини")...),
					Summaries: named("en", "They talked."), Category: kg.CategoryConsult, Time: at(t, "2025-12-19~"),
					Codes: []kg.Code{{Scheme: "cameo", Value: "036", Label: "meet"}},
					Participants: []kg.Participant{
						{Actor: "actor:ada", Role: kg.RoleParticipant, Side: kg.SideA, Capacity: "Minister", Representing: "actor:land"},
						{Actor: "actor:bo", Role: kg.RoleParticipant, Side: kg.SideB},
					},
					Places: []kg.Place{{Location: "location:port", Role: kg.LocationRoleVenue, Precision: 2}},
				}
			}),
			claim("offer", "event:offer", kg.StanceAsserts, "2025-12-20", func(c *kg.Claim) {
				c.Claimants = []kg.ID{"actor:bo"}
				c.Says = kg.Statement{
					Titles: named("en", "Offer"), Category: kg.CategoryRequest, Modality: kg.ModalityProposed,
					Time: at(t, "2025-12-20"), Announces: []kg.ID{"event:talks"},
					Participants: []kg.Participant{{Actor: "actor:bo", Role: kg.RoleProposer}}}
			}),
			claim("refusal", "event:refusal", kg.StanceAsserts, "2025-12-21", func(c *kg.Claim) {
				c.Says = kg.Statement{Titles: named("en", "Refusal"), Category: kg.CategoryReject, Time: at(t, "2025-12-21"),
					RespondsTo:   []kg.ResponseTo{{To: "event:offer", Kind: kg.ResponseRejects, Condition: "not before spring"}},
					Participants: []kg.Participant{{Actor: "actor:ada", Role: kg.RoleSpeaker}}}
			}),
			claim("campaign", "event:campaign", kg.StanceAsserts, "2025-12-20", func(c *kg.Claim) {
				c.Says = kg.Statement{
					Titles: named("en", "Campaign"), Category: kg.CategoryAssault, Modality: kg.ModalityOngoing,
					Time: at(t, "2025-11/.."),
				}
			}),
			claim("strike", "event:strike", kg.StanceAsserts, "2025-12-20", func(c *kg.Claim) {
				c.Says = kg.Statement{
					Titles: named("en", "Strike"), Category: kg.CategoryAssault, Mode: "missile",
					Time: at(t, "2025-12-19/2025-12-20"), Wholes: []kg.ID{"event:campaign"},
					Figures: []kg.Figure{
						{Kind: kg.FigureKilled, Population: kg.PopulationTotal, Best: &three, Qualifier: kg.QualifierExact},
						{Kind: kg.FigureDamaged, Population: kg.PopulationTotal, Unit: "bridge", Qualifier: kg.QualifierVague},
					},
					Participants: []kg.Participant{{Actor: "actor:land", Role: kg.RoleVictim, Side: kg.SideB}},
					Places:       []kg.Place{{Location: "location:port", Role: kg.LocationRoleTarget}}}
			}),
			claim("strike-set", "event:strike", kg.StanceAsserts, "2025-12-22", func(c *kg.Claim) {
				c.Document, c.Release = "", "release:set"
				c.Says.Figures = []kg.Figure{
					{
						Kind: kg.FigureKilled, Population: kg.PopulationCivilian, Low: &two, Best: &five,
						Qualifier: kg.QualifierAbout, Trend: kg.TrendRose,
					},
				}
			}),
			claim(
				"strike-denied", "event:strike", kg.StanceDenies, "2025-12-21",
				func(c *kg.Claim) { c.Claimants = []kg.ID{"actor:bo"} },
			),
			claim(
				"strike-back", "event:strike", kg.StanceRetracts, "2025-12-23",
				func(c *kg.Claim) { c.Claimants, c.Supersedes = []kg.ID{"actor:bo"}, []kg.ID{"claim:strike-denied"} },
			),
			claim("office", "affiliation:office", kg.StanceAsserts, "2025-12-20", func(*kg.Claim) {}),
		},
		Reviews: []kg.Review{{
			ID: "review:talks", Claims: []kg.ID{"claim:talks"}, Verdict: kg.CodingMachineReviewed, By: "Dee",
			At: at(t, "2025-12-23T12:00:00Z").Earliest, Note: "read",
		}},
	}); err != nil {
		t.Fatal(err)
	}
	return s
}

// countingStore counts the calls of a store by method.
type countingStore struct {
	store.Store
	mu    sync.Mutex
	calls map[string]int
}

func (c *countingStore) count(method string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.calls == nil {
		c.calls = map[string]int{}
	}
	c.calls[method]++
}

// taken returns the number of calls since the last time, in total and by method, and resets them.
func (c *countingStore) taken() (total int, list string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, method := range slices.Sorted(maps.Keys(c.calls)) {
		total += c.calls[method]
		list += fmt.Sprintf(" %s %d", method, c.calls[method])
	}
	c.calls = nil
	return total, list
}

func (c *countingStore) Nodes(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.Node, error) {
	c.count("Nodes")
	return c.Store.Nodes(ctx, v, ids)
}

func (c *countingStore) Events(ctx context.Context, q store.EventQuery) ([]store.Page[kg.Event], error) {
	c.count("Events")
	return c.Store.Events(ctx, q)
}

func (c *countingStore) Actors(ctx context.Context, q store.ActorQuery) ([]store.Page[kg.Actor], error) {
	c.count("Actors")
	return c.Store.Actors(ctx, q)
}

func (c *countingStore) Locations(ctx context.Context, q store.LocationQuery) ([]store.Page[kg.Location], error) {
	c.count("Locations")
	return c.Store.Locations(ctx, q)
}

func (c *countingStore) Documents(ctx context.Context, q store.DocumentQuery) ([]store.Page[kg.Document], error) {
	c.count("Documents")
	return c.Store.Documents(ctx, q)
}

func (c *countingStore) Claims(ctx context.Context, q store.ClaimQuery) ([]store.Page[kg.Claim], error) {
	c.count("Claims")
	return c.Store.Claims(ctx, q)
}

func (c *countingStore) Search(ctx context.Context, q store.SearchQuery) (store.Page[store.Hit], error) {
	c.count("Search")
	return c.Store.Search(ctx, q)
}

func (c *countingStore) EventEdges(
	ctx context.Context, v kg.View, want kg.EdgeSet, events []kg.ID,
) ([]kg.EventEdges, error) {
	c.count("EventEdges")
	return c.Store.EventEdges(ctx, v, want, events)
}

func (c *countingStore) SameAs(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.IdentityStatus, error) {
	c.count("SameAs")
	return c.Store.SameAs(ctx, v, ids)
}

func (c *countingStore) States(ctx context.Context, v kg.View, events []kg.ID) ([][]kg.EventState, error) {
	c.count("States")
	return c.Store.States(ctx, v, events)
}

func (c *countingStore) ClaimCounts(ctx context.Context, v kg.View, events []kg.ID) ([]stance.Counts, error) {
	c.count("ClaimCounts")
	return c.Store.ClaimCounts(ctx, v, events)
}

func (c *countingStore) Changes(ctx context.Context, q store.ChangeQuery) (store.Page[store.Change], error) {
	c.count("Changes")
	return c.Store.Changes(ctx, q)
}

func (c *countingStore) Affiliations(ctx context.Context, q store.AffiliationQuery) ([][]kg.Affiliation, error) {
	c.count("Affiliations")
	return c.Store.Affiliations(ctx, q)
}

func (c *countingStore) CoParticipants(
	ctx context.Context, q store.CoParticipantQuery,
) ([]store.Page[store.CoParticipant], error) {
	c.count("CoParticipants")
	return c.Store.CoParticipants(ctx, q)
}

func (c *countingStore) Buckets(ctx context.Context, q store.BucketQuery) ([]store.Bucket, error) {
	c.count("Buckets")
	return c.Store.Buckets(ctx, q)
}

func (c *countingStore) Knowledge(ctx context.Context, q store.KnowledgeQuery) ([]store.KnowledgeBucket, error) {
	c.count("Knowledge")
	return c.Store.Knowledge(ctx, q)
}

func (c *countingStore) Extent(ctx context.Context, q store.ExtentQuery) (store.Extent, error) {
	c.count("Extent")
	return c.Store.Extent(ctx, q)
}

func (c *countingStore) Facets(ctx context.Context, q store.FacetQuery) ([]store.Facet, error) {
	c.count("Facets")
	return c.Store.Facets(ctx, q)
}

func (c *countingStore) Clusters(ctx context.Context, q store.ClusterQuery) ([]store.Cluster, error) {
	c.count("Clusters")
	return c.Store.Clusters(ctx, q)
}

func quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

// ask posts a query and returns the status and body of the response.
func ask(t testing.TB, h http.Handler, query string, variables map[string]any) (int, []byte) {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/graphql-response+json")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Code, w.Body.Bytes()
}

// answer decodes the data of a response that must have no errors.
func answer(t testing.TB, h http.Handler, query string, variables map[string]any, data any) {
	t.Helper()
	_, body := ask(t, h, query, variables)
	shape := struct {
		Data   any               `json:"data"`
		Errors []json.RawMessage `json:"errors"`
	}{Data: data}
	if err := json.Unmarshal(body, &shape); err != nil || len(shape.Errors) > 0 {
		t.Fatalf("%v: %s\nfor %s", err, body, query)
	}
}

func handler(t testing.TB, s store.Store) http.Handler {
	t.Helper()
	return graph.NewHandler(s, graph.Config{Logger: quiet(), Networks: network.New(s, 0)})
}
