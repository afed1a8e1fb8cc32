package storetest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"casus/internal/kg"
	"casus/internal/store"
	edtftest "casus/internal/testkit/edtf"
)

// imprecise returns a graph in which an event, a document, a claim and an affiliation have each value as their time.
// A claim's time must end: for open values it is 2025-01-01.
func imprecise(values []edtftest.Value) kg.Batch {
	b := kg.Batch{Actors: []kg.Actor{
		{ID: "actor:a", Kind: kg.ActorPerson, Names: []kg.Name{name("en", "A")}},
		{ID: "actor:b", Kind: kg.ActorState, Names: []kg.Name{name("en", "B")}},
	}}
	for i, v := range values {
		id := func(kind kg.NodeKind) kg.ID { return numbered(kind, i) }
		t := at(v.EDTF)
		asserted := *at("2025-01-01")
		if !v.End.IsZero() {
			asserted = *t
		}
		b.Documents = append(b.Documents, kg.Document{ID: id(kg.KindDocument), Titles: []kg.Name{name("en", "D")},
			PublishedAt: t})
		b.Affiliations = append(b.Affiliations, kg.Affiliation{ID: id(kg.KindAffiliation), Holder: "actor:a",
			Counterpart: "actor:b", Type: kg.AffiliationOffice, ValidTime: t})
		b.Claims = append(b.Claims, kg.Claim{
			ID: id(kg.KindClaim), Subject: id(kg.KindEvent), Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence,
			AssertedAt: asserted,
			Says:       kg.Statement{Titles: []kg.Name{name("en", "E")}, Time: t},
		}, kg.Claim{
			ID: id(kg.KindClaim) + "a", Subject: id(kg.KindAffiliation), Stance: kg.StanceAsserts, Aspect: kg.AspectOccurrence,
			AssertedAt: *at("1999"),
		})
	}
	return b
}

func numbered(kind kg.NodeKind, i int) kg.ID { return kg.ID(fmt.Sprintf("%s:%03d", kind, i)) }

// testImpreciseTimes runs every time filter, POSSIBLY and DEFINITELY, over values of all forms. The expected results
// come from looking at every hour that a value allows.
func testImpreciseTimes(t *testing.T, h Harness) {
	r := rand.New(rand.NewPCG(5, 5))
	var values []edtftest.Value
	for i := range 3 * edtftest.Forms() {
		values = append(values, edtftest.Random(r, i%edtftest.Forms()))
	}
	s := newStore(t, h, imprecise(values))
	for range 12 {
		from, to := edtftest.Random(r, r.IntN(edtftest.Days())), edtftest.Random(r, r.IntN(edtftest.Days()))
		if !from.First.Before(to.End) {
			from, to = to, from
		}
		timeRange, lo, hi := store.TimeRange{From: at(from.EDTF), To: at(to.EDTF)}, from.First, to.End
		switch r.IntN(4) {
		case 0:
			timeRange.From, lo = nil, time.Time{}
		case 1:
			timeRange.To, hi = nil, time.Time{}
		}
		for _, c := range []*store.Certainty{nil, ref(store.Definitely)} {
			timeRange.Certainty = c
			matching := func(kind kg.NodeKind, match func(edtftest.Value) bool) []kg.ID {
				var ids []kg.ID
				for i, v := range values {
					if match(v) {
						ids = append(ids, numbered(kind, i))
					}
				}
				return ids
			}
			meets := edtftest.Value.Possibly
			if timeRange.Definitely() {
				meets = edtftest.Value.Definitely
			}
			all := func(v edtftest.Value) bool { return meets(v, lo, hi) }
			asserted := func(v edtftest.Value) bool {
				if v.End.IsZero() {
					day := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
					v = edtftest.Value{First: day, End: day.AddDate(0, 0, 1)}
				}
				return meets(v, lo, hi)
			}
			what := fmt.Sprintf("%v..%v, definitely %t: ", timeRange.From, timeRange.To, timeRange.Definitely())
			wantEqual(t, what+"events", matching(kg.KindEvent, all),
				sortedIDs(list(t, s.Events, store.EventQuery{Filter: &store.EventFilter{Time: &timeRange}})))
			wantEqual(t, what+"first asserted", matching(kg.KindEvent, asserted),
				sortedIDs(list(t, s.Events, store.EventQuery{Filter: &store.EventFilter{FirstAsserted: &timeRange}})))
			wantEqual(t, what+"documents", matching(kg.KindDocument, all),
				sortedIDs(list(t, s.Documents, store.DocumentQuery{Filter: &store.DocumentFilter{Published: &timeRange}})))
			filter := &store.ClaimFilter{Asserted: &timeRange, Subjects: matching(kg.KindEvent,
				func(edtftest.Value) bool { return true })}
			wantEqual(t, what+"claims", matching(kg.KindClaim, asserted),
				sortedIDs(list(t, s.Claims, store.ClaimQuery{Filter: filter})))
		}
		// Affiliations match At if they POSSIBLY hold then.
		var want []kg.ID
		for i, v := range values {
			if v.Possibly(from.First, from.End) {
				want = append(want, numbered(kg.KindAffiliation, i))
			}
		}
		affiliations := must[[][]kg.Affiliation](t)(s.Affiliations(t.Context(),
			store.AffiliationQuery{Actors: []kg.ID{"actor:a"}, At: at(from.EDTF)}))
		wantEqual(t, "at "+from.EDTF, want, sortedIDs(affiliations[0]))
	}
}

func sortedIDs[T kg.Identified](found []T) []kg.ID {
	var ids []kg.ID
	for _, f := range found {
		ids = append(ids, f.NodeID())
	}
	slices.Sort(ids)
	return ids
}
