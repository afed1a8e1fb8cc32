package loads

import (
	"encoding/json"
	"strings"
	"testing"

	"casus/internal/forget"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/ledger"
)

// testUndo undoes the second of two loads, which have a claim in common, and takes that back.
func testUndo(t *testing.T, s store.Store) {
	document := kg.Document{ID: "document:d", Titles: []kg.Name{{Value: "D", Kind: kg.NamePrimary}}}
	figures := claim(t, "figures", "")
	best := 7
	figures.Aspect = kg.AspectFigures
	figures.Says.Figures = []kg.Figure{{
		Kind: kg.FigureKilled, Population: kg.PopulationTotal, Qualifier: kg.QualifierExact, Best: &best,
	}}
	denial := claim(t, "denial", "")
	denial.Stance = kg.StanceDenies
	newer := claim(t, "newer", "newer")
	newer.Supersedes = []kg.ID{"claim:first"}
	other := claim(t, "other", "")
	other.Subject = "event:other"

	loads := []ledger.Load{{ID: "load:1", Began: 1, Ended: 2}, {ID: "load:2", Began: 3, Ended: 4}}
	bring(t, s, loads[0], kg.Batch{Documents: []kg.Document{document}, Claims: []kg.Claim{claim(t, "first", ""), figures}})
	before := answers(t, s)
	bring(t, s, loads[1], kg.Batch{Claims: []kg.Claim{claim(t, "first", ""), denial, newer, other}})
	after := answers(t, s)

	order := forget.Order{By: "Ada", At: 5, DryRun: true}
	found, err := forget.Load(t.Context(), s, loads[1], order)
	if err != nil || found.Claims != 3 || found.Kept != 1 || len(found.Effects.Events) != 2 || answers(t, s) != after {
		t.Errorf("dry run: %+v %v", found, err)
	}
	order.DryRun = false
	if _, err := forget.Load(t.Context(), s, loads[1], order); err != nil {
		t.Fatal(err)
	}
	if got := answers(t, s); got != before {
		t.Errorf("undone:\n%s\nwant\n%s", got, before)
	}
	undone, _, err := ledger.Find(t.Context(), s, "load:2")
	if err != nil || undone.Undone == nil {
		t.Fatal(undone, err)
	}
	if _, err := forget.RestoreLoad(t.Context(), s, undone, order); err != nil {
		t.Fatal(err)
	}
	if got := answers(t, s); got != after {
		t.Errorf("taken back:\n%s\nwant\n%s", got, after)
	}
	order.Purge = true
	if found, err = forget.Load(t.Context(), s, loads[1], order); err != nil || found.Erased != 3 {
		t.Errorf("erased: %+v %v", found, err)
	}
	if got := answers(t, s); got != before {
		t.Errorf("erased:\n%s\nwant\n%s", got, before)
	}
	testErased(t, s)
}

// testErased erases a document with its text. No record of the store has its words, no search finds them, and loading
// it again does not bring them back, until that is allowed.
func testErased(t *testing.T, s store.Store) {
	secret := kg.Document{ID: "document:s", Titles: []kg.Name{{Value: "S", Kind: kg.NamePrimary}}, Text: "an ostrichword"}
	said := claim(t, "secret", "")
	said.Document, said.Subject, said.Note = secret.ID, "event:secret", "a quaggaword"
	said.Says.Titles = []kg.Name{{Value: "Okapiword", Kind: kg.NamePrimary}}
	named := claim(t, "naming", "")
	named.Subject, named.Supersedes = "event:secret", []kg.ID{said.ID}
	b := kg.Batch{Documents: []kg.Document{secret}, Claims: []kg.Claim{said, named}}
	apply(t, s, b)
	order := forget.Order{Target: "document:s", By: "Ada", At: 9, Purge: true}
	erased := func(when string) {
		t.Helper()
		text := records(t, s)
		for _, word := range []string{"ostrichword", "quaggaword", "Okapiword"} {
			page, err := s.Search(t.Context(), store.SearchQuery{Text: word, Window: store.Window{Limit: 5}})
			if err != nil {
				t.Fatal(err)
			}
			if len(page.Items) > 0 || strings.Contains(text, word) {
				t.Errorf("%s: %s is still there: %v", when, word, page.Items)
			}
		}
	}
	if found, err := forget.Target(t.Context(), s, order); err != nil || found.Erased != 1 {
		t.Fatal(found, err)
	}
	erased("erased")
	applied, err := s.Apply(t.Context(), b)
	if err != nil || len(applied.Forgotten) != 1 || len(applied.Conflicts) > 0 || len(applied.Written) > 0 {
		t.Errorf("loaded again: %+v %v", applied, err)
	}
	erased("loaded again")
	if _, err := forget.RestoreTarget(t.Context(), s, order); kg.CodeOf(err) != kg.BadInput {
		t.Errorf("taken back although another claim names the erased one: %v", err)
	}
	apply(t, s, kg.Batch{Removals: []kg.ID{named.ID}})
	if found, err := forget.RestoreTarget(t.Context(), s, order); err != nil || found.Erased != 1 {
		t.Errorf("taken back: %+v %v", found, err)
	}
	apply(t, s, b)
	if text := records(t, s); !strings.Contains(text, "ostrichword") || !strings.Contains(text, "Okapiword") {
		t.Error("loaded after it was taken back, it is not there")
	}
}

// records returns everything that a store holds as text.
func records(t *testing.T, s store.Store) string {
	t.Helper()
	var all strings.Builder
	for _, kind := range append(kg.NodeKinds.Values(), store.KindOriginal) {
		for page, err := range store.Walk(t.Context(), s, kind, 0) {
			if err != nil {
				t.Fatal(err)
			}
			text, err := json.Marshal(page)
			if err != nil {
				t.Fatal(err)
			}
			all.Write(text)
		}
	}
	return all.String()
}

// bring applies a batch as a load.
func bring(t *testing.T, s store.Store, l ledger.Load, b kg.Batch) {
	t.Helper()
	entry, err := ledger.Entry(l)
	if err != nil {
		t.Fatal(err)
	}
	b.Brought, b.Ledger = ledger.PartKey(l.ID, 1, 1), []kg.Checkpoint{entry}
	apply(t, s, b)
}

// answers returns the claims, the events and their histories as text.
func answers(t *testing.T, s store.Store) string {
	t.Helper()
	var b strings.Builder
	for _, kind := range []kg.NodeKind{kg.KindClaim, kg.KindEvent} {
		page, err := s.Scan(t.Context(), kind, "", 100)
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.MarshalIndent([]any{page.Claims, page.Subjects}, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		b.Write(text)
	}
	return b.String()
}
