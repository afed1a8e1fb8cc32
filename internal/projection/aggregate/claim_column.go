package aggregate

import (
	"casus/internal/edtf"
	"casus/internal/store"
)

// claimMoments names, among fields that a query needs, the column of the moments at which claims became known.
const claimMoments store.FacetField = "CLAIM_MOMENTS"

// claimColumn has the moments at which the claims about each event became known.
type claimColumn struct {
	// first is the index in claims of each event's first claim, or 0.
	first  []uint32
	claims []claim
}

// claim is the moment from which a claim is known. next is the index of the event's next claim, or 0.
type claim struct {
	from edtf.Instant
	next uint32
}

func newClaimColumn(events int) *claimColumn {
	return &claimColumn{make([]uint32, events), make([]claim, 1)}
}

// add adds a claim about an event.
func (c *claimColumn) add(event uint32, from edtf.Instant) {
	c.claims = append(c.claims, claim{from, c.first[event]})
	c.first[event] = uint32(len(c.claims) - 1)
}

// most returns the number of claims about the event with the most claims.
func (c *claimColumn) most() (most int) {
	for _, first := range c.first {
		n := 0
		for i := first; i != 0; i = c.claims[i].next {
			n++
		}
		most = max(most, n)
	}
	return most
}
