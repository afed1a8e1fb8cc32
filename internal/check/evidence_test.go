package check_test

import (
	"testing"

	"casus/internal/check"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/memory"

	"github.com/google/go-cmp/cmp"
)

// evidenceStore returns a store with a graph whose evidence is counted by hand: two papers report one event, one of
// them without a stored text; a data set codes it without any words.
func evidenceStore(t *testing.T) store.Store {
	t.Helper()
	name := func(v string) []kg.Name { return []kg.Name{{Value: v}} }
	actor := func(id kg.ID) kg.Actor { return kg.Actor{ID: id, Kind: kg.ActorPerson, Names: name(string(id))} }
	document := func(id, publisher kg.ID, text, sum string) kg.Document {
		return kg.Document{ID: id, Titles: name(string(id)), Publisher: publisher, Text: text, SHA256: sum}
	}
	claim := func(id kg.ID, c kg.Claim, actors ...kg.ID) kg.Claim {
		c.ID, c.Subject, c.Stance, c.Aspect = id, "event:e", kg.StanceAsserts, kg.AspectOccurrence
		c.AssertedAt = *at(t, "2025-03-01")
		c.Says.Titles = name("Meeting")
		for _, a := range actors {
			c.Says.Participants = append(c.Says.Participants, kg.Participant{Actor: a, Role: kg.RoleParticipant})
		}
		return c
	}
	verified := []kg.Span{{Start: 0, End: 5, Exact: "Seven", State: kg.SpanVerified}}
	reanchored := []kg.Span{{Start: 3, End: 6, Exact: "met", State: kg.SpanReanchored}}
	unverifiable := []kg.Span{{Exact: "port", State: kg.SpanUnverifiable}}
	s := memory.New()
	_, err := s.Apply(t.Context(), kg.Batch{
		Actors: []kg.Actor{
			actor("actor:a"), actor("actor:b"), actor("actor:c"),
			actor("actor:paper"), actor("actor:other"), actor("actor:alias"),
		},
		Documents: []kg.Document{
			document("document:stored", "actor:paper", words, hash(words)),
			document("document:dropped", "actor:other", "", hash("lost")),
			document("document:never", "actor:alias", "", ""),
		},
		Releases: []kg.Release{{ID: "release:r", Name: "set", Release: "1", ReleasedAt: at(t, "2025-03-02")}},
		Claims: []kg.Claim{
			claim("claim:1", kg.Claim{Document: "document:stored", Spans: verified}, "actor:a"),
			claim("claim:2", kg.Claim{Document: "document:dropped", Spans: reanchored}, "actor:a", "actor:b"),
			claim("claim:3", kg.Claim{Document: "document:never", Spans: unverifiable}, "actor:b", "actor:c"),
			claim("claim:4", kg.Claim{Release: "release:r"}, "actor:a", "actor:c"),
			// claim:5 is withdrawn: the edge that it alone lists no longer holds.
			claim("claim:5", kg.Claim{Document: "document:stored"}, "actor:paper"),
			claim("claim:6", kg.Claim{Document: "document:stored", Supersedes: []kg.ID{"claim:5"}}),
		},
		Identities: []kg.IdentityDecision{
			{ID: "identity:i", A: "actor:alias", B: "actor:other", Same: true, DecidedBy: "a person", DecidedAt: 1},
		},
		RecordedAt: 1,
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestEvidence(t *testing.T) {
	report, err := check.Run(t.Context(), evidenceStore(t), check.Options{Evidence: true})
	if err != nil || report.Broken > 0 {
		t.Fatal(err, report.Breaks)
	}
	all := check.Coverage{Edges: 3, Verified: 2}
	want := check.Evidence{
		Spans: check.SpanCounts{Verified: 1, WhenLoaded: 1, Unverifiable: 1}, TextsNotKept: 2,
		Edges: all, ByType: map[store.EdgeType]check.Coverage{store.EdgeParticipatedIn: all},
		ByDataset: map[string]check.Coverage{"": all, "set": {Edges: 2}},
		ByPublisher: map[kg.ID]check.Coverage{
			"": {Edges: 2}, "actor:paper": {Edges: 1, Verified: 1}, "actor:alias": {Edges: 3, Verified: 2},
		},
	}
	if diff := cmp.Diff(want, *report.Evidence); diff != "" {
		t.Error(diff)
	}
}

// A span that fails is a break, and edges that rest on it alone are not verified.
func TestFailedSpans(t *testing.T) {
	for name, span := range map[string]kg.Span{
		"other words at the offsets":   {Start: 1, End: 6, Exact: "Seven", State: kg.SpanVerified},
		"offsets after the text's end": {Start: 28, End: 33, Exact: "Seven", State: kg.SpanReanchored},
		"unchecked words not in text":  {Exact: "Eight", State: kg.SpanUnverifiable},
		"unchecked impossible offsets": {Start: 28, End: 30, State: kg.SpanUnverifiable},
	} {
		s := corruptStore{Store: evidenceStore(t), scan: func(_ kg.NodeKind, p *store.ScanPage) {
			for i := range p.Subjects {
				p.Subjects[i].Claims[0].Spans = []kg.Span{span}
			}
		}}
		report, err := check.Run(t.Context(), s, check.Options{Evidence: true})
		if err != nil {
			t.Fatal(err)
		}
		e := report.Evidence
		found := false
		for _, b := range report.Breaks {
			found = found || b.Invariant == check.Text && b.ID == "claim:1"
		}
		if !found || e.Spans.Failed != 1 || e.Spans.Verified != 0 || e.ByPublisher["actor:paper"].Verified != 0 {
			t.Errorf("%s: %v, %+v", name, report.Breaks, e)
		}
	}
}
