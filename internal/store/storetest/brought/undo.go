package brought

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
