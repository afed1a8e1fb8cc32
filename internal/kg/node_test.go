package kg_test

import (
	"slices"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
)

func TestMoment(t *testing.T) {
	if got := (kg.View{KnownAt: ref(noon(3))}).Moment(); got != noon(3) {
		t.Errorf("%v, want %v", got, noon(3))
	}
	open, ended := kg.Interval{
		KnownFrom: noon(1), KnownTo: edtf.EndOfTime,
	}, kg.Interval{KnownFrom: noon(1), KnownTo: noon(2)}
	if at := (kg.View{}).Moment(); !open.Holds(at) || ended.Holds(at) {
		t.Error("the moment without KnownAt is not in the last interval only")
	}
	if ended.Holds(noon(1)-1) || !ended.Holds(noon(1)) || !ended.Holds(noon(2)-1) || ended.Holds(noon(2)) {
		t.Error("an interval does not hold from its start until before its end")
	}
}

func TestNodeID(t *testing.T) {
	for _, n := range []kg.Node{
		kg.Actor{ID: "actor:1"}, kg.Location{ID: "location:1"}, kg.Event{ID: "event:1"}, kg.Document{ID: "document:1"},
		kg.Claim{ID: "claim:1"}, kg.Affiliation{ID: "affiliation:1"},
	} {
		n.IsNode()
		if err := n.NodeID().Check(n.NodeID().Kind()); err != nil {
			t.Errorf("%T: %v", n, err)
		}
	}
}

// TestClaimLive sets KnownTo as stores do when they read a claim.
func TestClaimLive(t *testing.T) {
	c := claim(2, "A+")
	c.KnownTo = noon(4)
	for day, want := range []bool{false, false, true, true, false} {
		if c.Live(noon(day)) != want {
			t.Errorf("live on day %d: %v, want %v", day, !want, want)
		}
	}
	c.Stance = kg.StanceRetracts
	if c.Live(noon(2)) {
		t.Error("a retraction is live")
	}
}

// TestReferences checks that References has all ids of a claim except its own.
func TestReferences(t *testing.T) {
	c := validBatch().Claims[0]
	want := []kg.ID{
		"event:strike", "document:1", "release:1", "actor:a", "actor:b", "document:2", "claim:0", "actor:a", "actor:b",
		"event:war", "event:talks", "actor:a", "actor:b", "location:harbour", "event:raid",
	}
	if got := c.References(); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got := claim(1, "+").References(); !slices.Equal(got, []kg.ID{strike}) {
		t.Errorf("%v, want the subject alone", got)
	}
}
