package storetest

import (
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
)

// testRemovals removes and replaces claims: the graph is the one of a store that never had them.
func testRemovals(t *testing.T, h Harness) {
	s := newStore(t, h, world())
	before, stats := dump(t, s), must[store.Stats](t)(s.Stats(t.Context()))
	extra := func(n int) kg.Claim {
		return claim("extra", "event:strike", '+', 9, inDocument("document:r2"), claimedBy("actor:un"),
			quote(kg.Quote{Text: "Zanzibar", Speaker: "actor:un"}), killed(kg.QualifierExact, n),
			participant("actor:un", kg.RoleMediator, "", ""), code("cameo", "042"))
	}
	alone := claim("alone", "event:alone", '+', 9, title("en", "Quokka"))
	load(t, s, kg.Batch{Claims: []kg.Claim{extra(7), alone, claim("last", "event:strike", '-', 10, supersedes("claim:extra"))}})
	hits := func(words string) int {
		page := must[store.Page[store.Hit]](t)(s.Search(t.Context(),
			store.SearchQuery{Text: words, Window: store.Window{Limit: 10}}))
		return len(page.Items)
	}
	wantEqual(t, "found before", [2]int{1, 1}, [2]int{hits("zanzibar"), hits("quokka")})
	with := dump(t, s)

	if _, err := s.Apply(t.Context(), kg.Batch{Removals: []kg.ID{"claim:extra"}}); kg.CodeOf(err) != kg.BadInput {
		t.Errorf("a claim that another names was removed: %v", err)
	}
	if _, err := s.Apply(t.Context(), kg.Batch{Removals: []kg.ID{"event:strike"}}); kg.CodeOf(err) != kg.BadInput {
		t.Errorf("an event was removed: %v", err)
	}
	wantEqual(t, "after a failure", with, dump(t, s))

	applied := must[kg.ApplyResult](t)(s.Apply(t.Context(), kg.Batch{Removals: []kg.ID{"claim:extra", "claim:unknown"}, Claims: []kg.Claim{extra(70)}}))
	wantEqual(t, "replaced", [3]int{0, 1, 0},
		[3]int{applied.Added[kg.KindClaim], applied.Changed[kg.KindClaim], applied.Removed})
	want := newStore(t, h, world(), kg.Batch{Claims: []kg.Claim{extra(70), alone,
		claim("last", "event:strike", '-', 10, supersedes("claim:extra"))}})
	wantEqual(t, "the graph with the other content", dump(t, want), dump(t, s))
	wantEqual(t, "found once", 1, hits("zanzibar"))

	applied = must[kg.ApplyResult](t)(s.Apply(t.Context(), kg.Batch{Removals: []kg.ID{"claim:extra", "claim:last", "claim:alone"}}))
	wantEqual(t, "removed", 3, applied.Removed)
	wantEqual(t, "the graph before", before, dump(t, s))
	wantEqual(t, "the counts before", stats.Nodes, must[store.Stats](t)(s.Stats(t.Context())).Nodes)
	wantEqual(t, "found after", [2]int{}, [2]int{hits("zanzibar"), hits("quokka")})
	nodes := must[[]kg.Node](t)(s.Nodes(t.Context(), kg.View{}, []kg.ID{"event:alone", "claim:extra"}))
	if nodes[0] != nil || nodes[1] != nil {
		t.Errorf("still there: %v", nodes)
	}
}
