package check_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"testing"

	"casus/internal/check"
	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/memory"
)

func at(t *testing.T, value string) *edtf.Time {
	t.Helper()
	parsed, err := edtf.ParseTime(value)
	if err != nil {
		t.Fatal(err)
	}
	return &parsed
}

func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

const words = "Seven people met at the port."

// validStore returns a store with a small graph that meets all invariants.
func validStore(t *testing.T) store.Store {
	t.Helper()
	name := func(v string) []kg.Name { return []kg.Name{{Value: v, Language: "en", Kind: kg.NamePrimary}} }
	seven := 7
	s := memory.New()
	_, err := s.Apply(t.Context(), kg.Batch{
		Actors: []kg.Actor{
			{ID: "actor:a", Kind: kg.ActorPerson, Names: name("Ada")},
			{ID: "actor:b", Kind: kg.ActorState, Names: name("Bo")},
		},
		Locations: []kg.Location{
			{ID: "location:land", Kind: kg.LocationCountry, Names: name("Land")},
			{ID: "location:port", Kind: kg.LocationFacility, Names: name("Port"), Parents: []kg.ID{"location:land"}},
		},
		Documents: []kg.Document{{
			ID: "document:d", Titles: name("A paper"), Publisher: "actor:b", PublishedAt: at(t, "2025-03-01"), Text: words,
			SHA256: hash(words),
		}},
		Releases: []kg.Release{{ID: "release:r", Name: "set", Release: "1", ReleasedAt: at(t, "2025-03-02")}},
		Affiliations: []kg.Affiliation{
			{ID: "affiliation:x", Holder: "actor:a", Counterpart: "actor:b", Type: kg.AffiliationOffice},
		},
		Claims: []kg.Claim{
			{
				ID: "claim:1", Subject: "event:e", Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence,
				Document: "document:d", AssertedAt: *at(t, "2025-03-01"),
				Spans: []kg.Span{{Start: 0, End: 5, Exact: "Seven", State: kg.SpanVerified}},
				Says: kg.Statement{
					Titles: name("Meeting"), Category: kg.CategoryConsult, Time: at(t, "2025-02"),
					Figures: []kg.Figure{
						{Kind: kg.FigureKilled, Population: kg.PopulationTotal, Best: &seven, Qualifier: kg.QualifierExact},
					},
					Participants: []kg.Participant{{Actor: "actor:a", Role: kg.RoleSpeaker}},
					Places:       []kg.Place{{Location: "location:port", Role: kg.LocationRoleVenue}},
				},
			},
			{
				ID: "claim:2", Subject: "event:e", Stance: kg.StanceDenies, Aspect: kg.AspectOccurrence,
				Claimants: []kg.ID{"actor:b"}, AssertedAt: *at(t, "2025-03-02"),
			},
			{
				ID: "claim:3", Subject: "affiliation:x", Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence,
				Document: "document:d", AssertedAt: *at(t, "2025-03-01"),
			},
		},
		Identities: []kg.IdentityDecision{
			{ID: "identity:i", A: "actor:a", B: "actor:b", DecidedBy: "a person", DecidedAt: 1},
		},
		RecordedAt: 1,
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// corruptStore is a store some of whose results are changed.
type corruptStore struct {
	store.Store
	scan   func(kg.NodeKind, *store.ScanPage)
	nodes  func([]kg.Node)
	edges  func([]kg.EventEdges)
	stats  func(*store.Stats)
	search func(*store.Page[store.Hit])
}

func (s corruptStore) Scan(ctx context.Context, kind kg.NodeKind, after kg.ID, limit int) (store.ScanPage, error) {
	page, err := s.Store.Scan(ctx, kind, after, limit)
	if s.scan != nil && err == nil {
		s.scan(kind, &page)
	}
	return page, err
}

func (s corruptStore) Nodes(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.Node, error) {
	nodes, err := s.Store.Nodes(ctx, v, ids)
	if s.nodes != nil && err == nil {
		s.nodes(nodes)
	}
	return nodes, err
}

func (s corruptStore) EventEdges(
	ctx context.Context, v kg.View, want kg.EdgeSet, events []kg.ID,
) ([]kg.EventEdges, error) {
	edges, err := s.Store.EventEdges(ctx, v, want, events)
	if s.edges != nil && err == nil {
		s.edges(edges)
	}
	return edges, err
}

func (s corruptStore) Stats(ctx context.Context) (store.Stats, error) {
	stats, err := s.Store.Stats(ctx)
	if s.stats != nil && err == nil {
		s.stats(&stats)
	}
	return stats, err
}

func (s corruptStore) Search(ctx context.Context, q store.SearchQuery) (store.Page[store.Hit], error) {
	page, err := s.Store.Search(ctx, q)
	if s.search != nil && err == nil {
		s.search(&page)
	}
	return page, err
}

func TestValidStoreHasNoBreaks(t *testing.T) {
	report, err := check.Run(t.Context(), validStore(t), check.Options{PageSize: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range report.Breaks {
		t.Errorf("%+v", b)
	}
	for kind, n := range map[kg.NodeKind]int{
		kg.KindActor: 2, kg.KindLocation: 2, kg.KindDocument: 1, kg.KindClaim: 3, kg.KindEvent: 1,
		kg.KindAffiliation: 1, kg.KindRelease: 1, kg.KindIdentity: 1,
	} {
		if report.Checked[kind] != n {
			t.Errorf("%d %ss checked, want %d", report.Checked[kind], kind, n)
		}
	}
}

// Each case corrupts one thing. The check must name the invariant and the record.
func TestEveryBreakIsFound(t *testing.T) {
	in := func(wanted kg.NodeKind, change func(*store.ScanPage)) func(kg.NodeKind, *store.ScanPage) {
		return func(kind kg.NodeKind, page *store.ScanPage) {
			if kind == wanted {
				change(page)
			}
		}
	}
	history := func(change func(*kg.History)) func(kg.NodeKind, *store.ScanPage) {
		return in(kg.KindEvent, func(p *store.ScanPage) {
			for i := range p.Subjects {
				change(&p.Subjects[i].History)
			}
		})
	}
	for _, c := range []struct {
		name string
		corruptStore
		want check.Invariant
		id   kg.ID
	}{
		{"a text with another hash", corruptStore{scan: in(kg.KindDocument, func(p *store.ScanPage) {
			for i := range p.Documents {
				p.Documents[i].SHA256 = hash("other words")
			}
		})}, check.Text, "document:d"},
		{"an actor without a kind", corruptStore{scan: in(kg.KindActor, func(p *store.ScanPage) {
			for i := range p.Actors {
				p.Actors[i].Kind = ""
			}
		})}, check.Record, "actor:a"},
		{"actors out of order", corruptStore{scan: in(kg.KindActor, func(p *store.ScanPage) {
			if len(p.Actors) == 2 {
				p.Actors[0], p.Actors[1] = p.Actors[1], p.Actors[0]
			}
		})}, check.Order, "actor:a"},
		{"a parent that is not stored", corruptStore{scan: in(kg.KindLocation, func(p *store.ScanPage) {
			for i := range p.Locations {
				p.Locations[i].Parents = []kg.ID{"location:nowhere"}
			}
		})}, check.Reference, "location:land"},
		{"a location within itself", corruptStore{scan: in(kg.KindLocation, func(p *store.ScanPage) {
			for i := range p.Locations {
				p.Locations[i].Parents = []kg.ID{"location:port"}
			}
		})}, check.Circle, "location:port"},
		{"bounds that differ from the EDTF value", corruptStore{scan: in(kg.KindDocument, func(p *store.ScanPage) {
			for i := range p.Documents {
				moved := *p.Documents[i].PublishedAt
				moved.Latest++
				p.Documents[i].PublishedAt = &moved
			}
		})}, check.Times, "document:d"},
		{"words that are not at their offsets", corruptStore{scan: in(kg.KindEvent, func(p *store.ScanPage) {
			for i := range p.Subjects {
				p.Subjects[i].Claims[0].Spans = []kg.Span{{Start: 1, End: 6, Exact: "Seven", State: kg.SpanVerified}}
			}
		})}, check.Text, "claim:1"},
		{"a claim that is not stored with its subject", corruptStore{scan: in(kg.KindEvent, func(p *store.ScanPage) {
			for i := range p.Subjects {
				p.Subjects[i].Claims = p.Subjects[i].Claims[:1]
			}
		})}, check.Claims, "claim:2"},
		{"claims out of order", corruptStore{scan: in(kg.KindEvent, func(p *store.ScanPage) {
			for i := range p.Subjects {
				p.Subjects[i].Claims[0], p.Subjects[i].Claims[1] = p.Subjects[i].Claims[1], p.Subjects[i].Claims[0]
			}
		})}, check.Claims, "claim:1"},
		{
			"a status that is not derived",
			corruptStore{scan: history(func(h *kg.History) { h.States[1].Status = kg.StatusConfirmed })},
			check.States, "event:e",
		},
		{
			"a missing version",
			corruptStore{scan: history(func(h *kg.History) { h.States = h.States[1:] })},
			check.States, "event:e",
		},
		{
			"a last version that ends",
			corruptStore{scan: history(func(h *kg.History) { h.States[1].KnownTo-- })},
			check.States, "event:e",
		},
		{
			"a lifetime that is too short",
			corruptStore{scan: history(func(h *kg.History) { h.Lifetimes[0].KnownTo = h.States[1].KnownFrom })},
			check.Lifetimes, "event:e",
		},
		{
			"a missing edge",
			corruptStore{scan: history(func(h *kg.History) { h.Participations = nil })},
			check.Edges, "event:e",
		},
		{
			"an edge that no claim lists",
			corruptStore{scan: history(func(h *kg.History) { h.Locations[0].Edge.Location = "location:land" })},
			check.Edges, "event:e",
		},
		{"an event that queries return differently", corruptStore{nodes: func(nodes []kg.Node) {
			for i, n := range nodes {
				if e, ok := n.(kg.Event); ok {
					e.Category = kg.CategoryOther
					nodes[i] = e
				}
			}
		}}, check.Reading, "event:e"},
		{"an actor that queries do not return", corruptStore{nodes: func(nodes []kg.Node) {
			for i, n := range nodes {
				if _, ok := n.(kg.Actor); ok {
					nodes[i] = nil
				}
			}
		}}, check.Reading, "actor:a"},
		{"edges that queries return differently", corruptStore{edges: func(edges []kg.EventEdges) {
			for i := range edges {
				edges[i].Figures = nil
			}
		}}, check.Reading, "event:e"},
		{
			"a name that is not found",
			corruptStore{search: func(p *store.Page[store.Hit]) { *p = store.Page[store.Hit]{} }},
			check.Search, "event:e",
		},
		{"a count that is too high", corruptStore{stats: func(s *store.Stats) { s.Nodes[kg.KindActor]++ }}, check.Counts, ""},
		{
			"edges counted wrongly",
			corruptStore{stats: func(s *store.Stats) { s.Edges[store.EdgeWithin]++ }},
			check.Counts, "",
		},
		{"versions counted wrongly", corruptStore{stats: func(s *store.Stats) { s.States++ }}, check.Counts, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.Store = validStore(t)
			report, err := check.Run(t.Context(), c.corruptStore, check.Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, b := range report.Breaks {
				if b.Invariant == c.want && b.ID == c.id && b.Problem != "" {
					return
				}
			}
			t.Errorf("no break of %s at %q among %+v", c.want, c.id, report.Breaks)
		})
	}
}

// Each case corrupts the stored history or the query results of an identity class.
func TestBrokenClassesAreFound(t *testing.T) {
	mergedStore := func(t *testing.T) store.Store {
		s := validStore(t)
		claim := kg.Claim{
			ID: "claim:4", Subject: "event:f", Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence,
			Claimants: []kg.ID{"actor:a"}, AssertedAt: *at(t, "2025-03-04"),
			Says: kg.Statement{
				Titles:       []kg.Name{{Value: "Meeting too"}},
				Participants: []kg.Participant{{Actor: "actor:b", Role: kg.RoleSpeaker}},
			},
		}
		same := func(id, a, b kg.ID) kg.IdentityDecision {
			return kg.IdentityDecision{ID: id, A: a, B: b, Same: true, DecidedBy: "a person", DecidedAt: 2}
		}
		decisions := []kg.IdentityDecision{
			same("identity:j", "actor:a", "actor:b"), same("identity:k", "event:e", "event:f"),
			same("identity:l", "location:port", "location:land"),
		}
		b := kg.Batch{Claims: []kg.Claim{claim}, RecordedAt: 1, Identities: decisions}
		if _, err := s.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		return s
	}
	report, err := check.Run(t.Context(), mergedStore(t), check.Options{PageSize: 1})
	if err != nil || report.Broken > 0 {
		t.Fatalf("%v: %+v", err, report.Breaks)
	}
	resolved := func(change func(*store.SubjectRecord)) func(kg.NodeKind, *store.ScanPage) {
		return func(kind kg.NodeKind, p *store.ScanPage) {
			for i := range p.Subjects {
				if p.Subjects[i].Resolved != nil && kind == kg.KindEvent {
					change(&p.Subjects[i])
				}
			}
		}
	}
	for _, c := range []struct {
		name string
		corruptStore
		id kg.ID
	}{
		{"no history", corruptStore{scan: resolved(func(r *store.SubjectRecord) { r.Resolved = nil })}, "event:e"},
		{"another history", corruptStore{scan: resolved(func(r *store.SubjectRecord) {
			r.Resolved = &r.History
		})}, "event:e"},
		{"a history for a hidden member", corruptStore{scan: func(kind kg.NodeKind, p *store.ScanPage) {
			for i := range p.Subjects {
				if p.Subjects[i].History.Subject == "event:f" {
					p.Subjects[i].Resolved = &p.Subjects[i].History
				}
			}
		}}, "event:f"},
		{"an actor that queries return differently", corruptStore{nodes: func(nodes []kg.Node) {
			for i, n := range nodes {
				if a, ok := n.(kg.Actor); ok && a.View.Identity != kg.IdentityExact {
					a.Names = a.Names[:1]
					nodes[i] = a
				}
			}
		}}, "actor:a"},
		{"an event that queries return differently", corruptStore{nodes: func(nodes []kg.Node) {
			for i, n := range nodes {
				if e, ok := n.(kg.Event); ok && e.View.Identity != kg.IdentityExact {
					e.Sources.Voices++
					nodes[i] = e
				}
			}
		}}, "event:e"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.Store = mergedStore(t)
			report, err := check.Run(t.Context(), c.corruptStore, check.Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, b := range report.Breaks {
				if b.Invariant == check.Classes && b.ID == c.id && b.Problem != "" {
					return
				}
			}
			t.Errorf("no break at %q among %+v", c.id, report.Breaks)
		})
	}
}

// Contradictory decisions are reported and break no invariant.
func TestContradictoryDecisions(t *testing.T) {
	s := validStore(t)
	decide := func(id, a, b kg.ID, same bool) kg.IdentityDecision {
		return kg.IdentityDecision{
			ID: "identity:" + id, A: "actor:" + a, B: "actor:" + b, Same: same, DecidedBy: "a person", DecidedAt: 2,
		}
	}
	third := kg.Actor{ID: "actor:c", Kind: kg.ActorPerson, Names: []kg.Name{{Value: "Co"}}}
	if _, err := s.Apply(t.Context(), kg.Batch{Actors: []kg.Actor{third}, Identities: []kg.IdentityDecision{
		decide("1", "a", "b", true), decide("2", "b", "c", true), decide("3", "c", "a", false),
	}}); err != nil {
		t.Fatal(err)
	}
	report, err := check.Run(t.Context(), s, check.Options{PageSize: 1})
	if err != nil || report.Broken > 0 ||
		len(report.Contradictions) != 1 || report.Contradictions[0].NotSame.ID != "identity:3" {
		t.Errorf("%+v, %v", report, err)
	}
}

func TestBreakListIsBounded(t *testing.T) {
	s := corruptStore{Store: validStore(t), scan: func(_ kg.NodeKind, p *store.ScanPage) {
		for i := range p.Actors {
			p.Actors[i].Kind = "UNKNOWN"
		}
	}}
	report, err := check.Run(t.Context(), s, check.Options{MaxBreaks: 1})
	if err != nil || len(report.Breaks) != 1 || report.Broken < 3 {
		t.Errorf("%d listed of %d, %v", len(report.Breaks), report.Broken, err)
	}
}

func TestUnfinishedCheckFails(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := check.Run(ctx, validStore(t), check.Options{}); kg.CodeOf(err) != kg.Timeout {
		t.Errorf("%v, want a timeout", err)
	}
}

// TestWithdrawalNotes checks that a withdrawal of another's claim is a note, and breaks no invariant.
func TestWithdrawalNotes(t *testing.T) {
	s := memory.New()
	at, err := edtf.ParseTime("2025-03-01")
	if err != nil {
		t.Fatal(err)
	}
	claims := []kg.Claim{
		{ID: "claim:1", Subject: "event:e", Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence, AssertedAt: at},
		{
			ID: "claim:2", Subject: "event:e", Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence, AssertedAt: at,
			Supersedes: []kg.ID{"claim:1"},
		},
	}
	for i := range claims {
		claims[i].Says.Titles = []kg.Name{{Value: "A strike", Language: "en"}}
	}
	if _, err := s.Apply(t.Context(), kg.Batch{Claims: claims}); err != nil {
		t.Fatal(err)
	}
	report, err := check.Run(t.Context(), s, check.Options{})
	if err != nil || report.Broken != 0 || report.WithoutEffect != 1 || len(report.Withdrawals) != 1 ||
		report.Withdrawals[0].String() != "claim:2 does not withdraw claim:1: the claim is another source's" {
		t.Errorf("%v %+v", err, report)
	}
}

// TestCorrections checks a graph with corrections, forgotten claims and reviews, and one in which a correction had no
// effect.
func TestCorrections(t *testing.T) {
	day, err := edtf.ParseTime("2025-03-01")
	if err != nil {
		t.Fatal(err)
	}
	claim := func(id kg.ID, event kg.ID) kg.Claim {
		return kg.Claim{ID: id, Subject: event, Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence, AssertedAt: day}
	}
	part := claim("claim:b", "event:b")
	part.Says.Wholes = []kg.ID{"event:a"}
	content := part.Content()
	content.Note = "corrected"
	s := memory.New()
	if _, err := s.Apply(t.Context(), kg.Batch{
		Claims: []kg.Claim{claim("claim:a", "event:a"), part},
		Corrections: []kg.Correction{
			{ID: "correction:a", Claim: "claim:a", By: "ann", At: 1},
			{ID: "correction:b", Claim: "claim:b", Content: &content, By: "ann"},
		},
		Reviews: []kg.Review{{ID: "review:a", Claims: []kg.ID{"claim:a", "claim:b"}, Verdict: kg.CodingMachine, By: "ann"}},
	}); err != nil {
		t.Fatal(err)
	}
	report, err := check.Run(t.Context(), s, check.Options{})
	if err != nil || report.Broken > 0 || report.Checked[kg.KindCorrection] != 2 || report.Checked[kg.KindReview] != 1 {
		t.Errorf("%+v, %v", report, err)
	}
	for name, change := range map[string]func(*kg.Curation){
		"has another content than its latest correction": func(c *kg.Curation) {
			if len(c.Corrections) > 0 && c.Corrections[0].Content != nil {
				other := *c.Corrections[0].Content
				other.Note = "other"
				c.Corrections[0].Content = &other
			}
		},
		"is forgotten, but is in the graph": func(c *kg.Curation) {
			if len(c.Corrections) > 0 {
				c.Corrections[0].Content = nil
			}
		},
		"is corrected, but is not in the graph": func(c *kg.Curation) {
			if len(c.Corrections) > 0 {
				c.Corrections[0].Content = &content
			}
		},
		"has no correction":                             func(c *kg.Curation) { c.Corrections = nil },
		"has a correction, but is not stored as it was": func(c *kg.Curation) { c.Original = nil },
	} {
		report, err := check.Run(t.Context(), changedCurations{s, change}, check.Options{})
		found := slices.ContainsFunc(report.Breaks, func(b check.Break) bool {
			return b.Invariant == check.Corrections && strings.Contains(b.Problem, name)
		})
		if err != nil || !found {
			t.Errorf("%s: %+v, %v", name, report.Breaks, err)
		}
	}
}

// TestFieldCorrections checks a graph in which a field of an actor is corrected, and one whose corrections say
// otherwise.
func TestFieldCorrections(t *testing.T) {
	s := memory.New()
	if _, err := s.Apply(t.Context(), kg.Batch{
		Actors: []kg.Actor{
			{ID: "actor:a", Kind: kg.ActorState, Names: []kg.Name{{Value: "A"}}, Country: "UA"},
			{ID: "actor:b", Kind: kg.ActorState, Names: []kg.Name{{Value: "B"}}},
		},
		Corrections: []kg.Correction{
			{ID: "correction:a", Node: "actor:a", Field: "country", Value: `"NL"`, By: "ann", At: 1},
		},
	}); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change func(*kg.Correction)
		broken []kg.ID
	}{
		"as made":       {func(*kg.Correction) {}, nil},
		"another value": {func(c *kg.Correction) { c.Value = `"BE"` }, []kg.ID{"actor:a"}},
		"another node":  {func(c *kg.Correction) { c.Node = "actor:b" }, []kg.ID{"actor:a", "actor:b"}},
	} {
		report, err := check.Run(t.Context(), changedCorrections{s, c.change}, check.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var broken []kg.ID
		for _, b := range report.Breaks {
			if b.Invariant == check.Corrections {
				broken = append(broken, b.ID)
			}
		}
		slices.Sort(broken)
		if !slices.Equal(broken, c.broken) {
			t.Errorf("%s: %+v", name, report.Breaks)
		}
	}
}

// changedCorrections is a store whose corrections are changed.
type changedCorrections struct {
	check.Store
	change func(*kg.Correction)
}

func (s changedCorrections) Scan(ctx context.Context, kind kg.NodeKind, after kg.ID, limit int) (store.ScanPage, error) {
	page, err := s.Store.Scan(ctx, kind, after, limit)
	page.Corrections = slices.Clone(page.Corrections)
	for i := range page.Corrections {
		s.change(&page.Corrections[i])
	}
	return page, err
}

// changedCurations is a store whose curations are changed.
type changedCurations struct {
	check.Store
	change func(*kg.Curation)
}

func (s changedCurations) Curations(ctx context.Context, claims []kg.ID) ([]kg.Curation, error) {
	all, err := s.Store.Curations(ctx, claims)
	for i := range all {
		s.change(&all[i])
	}
	return all, err
}
