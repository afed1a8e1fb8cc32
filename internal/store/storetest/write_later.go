package storetest

import (
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

func status(t *testing.T, s store.Store, event kg.ID) kg.ClaimStatus {
	t.Helper()
	e, ok := must[[]kg.Node](t)(s.Nodes(t.Context(), kg.View{}, []kg.ID{event}))[0].(kg.Event)
	if !ok {
		t.Fatalf("%s is not there", event)
	}
	return e.Status
}

// testSyndicationLater learns, after the claims, that one document reprints the other: their voices become one.
func testSyndicationLater(t *testing.T, h Harness) {
	s := fresh(t, h, kg.Batch{
		Actors: worldActors(), Documents: []kg.Document{
			{ID: "document:a", Titles: []kg.Name{name("en", "A")}, Publisher: "actor:reuters"},
			{ID: "document:b", Titles: []kg.Name{name("en", "B")}, Publisher: "actor:courier"},
			{ID: "document:c", Titles: []kg.Name{name("en", "C")}, Publisher: "actor:un", Syndicates: "document:b"},
		},
		Claims: []kg.Claim{claim("a", "event:x", '+', 1, in("document:a")), claim("c", "event:x", '+', 2, in("document:c"))},
	})
	same(t, "before", kg.StatusCorroborated, status(t, s, "event:x"))
	load(t, s, kg.Batch{Documents: []kg.Document{
		{ID: "document:b", Titles: []kg.Name{name("en", "B")}, Publisher: "actor:courier", Syndicates: "document:a"},
	}})
	same(t, "after", kg.StatusUnverified, status(t, s, "event:x"))
	// A publisher that was unknown is a voice of its own once it is known.
	load(t, s, kg.Batch{Documents: []kg.Document{{ID: "document:d", Titles: []kg.Name{name("en", "D")}}}})
	load(t, s, kg.Batch{Claims: []kg.Claim{claim("d", "event:y", '+', 1, in("document:d")), claim("e", "event:y", '+', 1, by("actor:us"))}})
	same(t, "no publisher", kg.StatusCorroborated, status(t, s, "event:y"))
	load(t, s, kg.Batch{Documents: []kg.Document{{ID: "document:d", Titles: []kg.Name{name("en", "D")}, Publisher: "actor:us"}}})
	same(t, "the claimant publishes it", kg.StatusUnverified, status(t, s, "event:y"))
}

// testIdentityLater decides, after the claims, that two claimants are one, and takes it back.
func testIdentityLater(t *testing.T, h Harness) {
	decide := func(id kg.ID, a, b kg.ID, sameOnes bool, at edtf.Instant) kg.Batch {
		return kg.Batch{Identities: []kg.IdentityDecision{{ID: id, A: a, B: b, Same: sameOnes, DecidedBy: "a test", DecidedAt: at}}}
	}
	s := fresh(t, h, world())
	before := dump(t, s)
	same(t, "apart", kg.StatusDisputed, status(t, s, "event:week"))
	load(t, s, kg.Batch{Claims: []kg.Claim{claim("v1", "event:v", '+', 1, by("actor:group")), claim("v2", "event:v", '+', 2, in("document:c1"))}})
	load(t, s, kg.Batch{Claims: []kg.Claim{claim("u1", "event:u", '+', 1, by("actor:group")), claim("u2", "event:u", '!', 2, by("actor:militia"))}})
	same(t, "claimant and publisher apart", kg.StatusCorroborated, status(t, s, "event:v"))
	same(t, "two claimants apart", kg.StatusConfirmed, status(t, s, "event:u"))
	// A reprint speaks with its original's publisher.
	load(t, s, kg.Batch{Claims: []kg.Claim{claim("r1", "event:r", '+', 1, in("document:c2")), claim("r2", "event:r", '+', 2, by("actor:navy"))}})
	same(t, "a claimant and a reprint's publisher apart", kg.StatusCorroborated, status(t, s, "event:r"))
	load(t, s, decide("identity:4", "actor:navy", "actor:reuters", true, noon(1)))
	same(t, "a claimant and a reprint's publisher as one", kg.StatusUnverified, status(t, s, "event:r"))
	load(t, s, decide("identity:4", "actor:navy", "actor:reuters", false, noon(2)))
	load(t, s, decide("identity:1", "actor:group", "actor:militia", true, noon(1)))
	same(t, "two claimants as one", kg.StatusUnverified, status(t, s, "event:u"))
	load(t, s, decide("identity:2", "actor:militia", "actor:courier", true, noon(1)))
	same(t, "one with the publisher, through another", kg.StatusUnverified, status(t, s, "event:v"))
	load(t, s, decide("identity:3", "actor:courier", "actor:militia", false, noon(2)))
	same(t, "taken back", kg.StatusCorroborated, status(t, s, "event:v"))
	load(t, s, decide("identity:1", "actor:group", "actor:militia", false, noon(3)))
	same(t, "taken back by the same decision", kg.StatusConfirmed, status(t, s, "event:u"))
	after := dump(t, s)
	for i, r := range before.Subjects {
		for _, now := range after.Subjects {
			if now.History.Subject == r.History.Subject {
				same(t, "restored: "+string(r.History.Subject), before.Subjects[i], now)
			}
		}
	}
	if n := len(after.Identities); n != 4 {
		t.Errorf("%d decisions are stored, want 4", n)
	}
}

// testLoops refuses places that lie in themselves and documents that reprint themselves, in one batch or over several.
func testLoops(t *testing.T, h Harness) {
	lies := func(in ...string) kg.Batch {
		var b kg.Batch
		for i := 0; i < len(in); i += 2 {
			b.Locations = append(b.Locations, kg.Location{ID: kg.ID("location:" + in[i]), Kind: kg.LocationRegion,
				Names: []kg.Name{name("en", in[i])}, Parents: []kg.ID{kg.ID("location:" + in[i+1])}})
		}
		return b
	}
	reprints := func(of ...string) kg.Batch {
		var b kg.Batch
		for i := 0; i < len(of); i += 2 {
			b.Documents = append(b.Documents, kg.Document{ID: kg.ID("document:" + of[i]), Titles: []kg.Name{name("en", of[i])}, Syndicates: kg.ID("document:" + of[i+1])})
		}
		return b
	}
	s := fresh(t, h, world(), lies("a", "crimea", "b", "a"))
	before := dump(t, s)
	for what, b := range map[string]kg.Batch{
		"a place in a place in itself":         lies("x", "y", "y", "z", "z", "x"),
		"a place in one that lies in it":       lies("crimea", "b"),
		"a document of a document of its own":  reprints("x", "y", "y", "x"),
		"a document that another one reprints": reprints("r1", "c2"),
	} {
		_, err := s.Apply(t.Context(), b)
		wantCode(t, what, err, kg.BadInput)
		same(t, what+": what is stored", before, dump(t, s))
	}
}

// testCheckpoint writes and reads checkpoints.
func testCheckpoint(t *testing.T, h Harness) {
	s := h.New(t)
	read := func(key string) string { return must[string](t)(s.Checkpoint(t.Context(), key)) }
	same(t, "none", "", read("a"))
	load(t, s, kg.Batch{Checkpoint: &kg.Checkpoint{Key: "a", Value: "1"}})
	load(t, s, kg.Batch{Checkpoint: &kg.Checkpoint{Key: "b", Value: "é\n"}})
	same(t, "one", "1", read("a"))
	load(t, s, kg.Batch{Checkpoint: &kg.Checkpoint{Key: "a", Value: "2"}})
	same(t, "written over", "2", read("a"))
	same(t, "another", "é\n", read("b"))
	load(t, s, kg.Batch{Checkpoint: &kg.Checkpoint{Key: "a", Value: ""}})
	same(t, "cleared", "", read("a"))
}
