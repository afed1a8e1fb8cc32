package aggregate

import (
	"context"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/bucket"
)

// claimMoments names, among fields that a query needs, the column of the moments at which claims became known. It is
// read again after a start: no snapshot has it.
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

// addClaim adds a claim to a column, if its event has a row.
func (t *table) addClaim(to *claimColumn, event kg.ID, from edtf.Instant) {
	n, known := t.rows[event]
	if !known {
		return
	}
	to.claims = append(to.claims, claim{from, to.first[n]})
	to.first[n] = uint32(len(to.claims) - 1)
}

// Knowledge counts what became known about events. It calls fallback if the index cannot answer; see querySelection.
func (c *Index) Knowledge(
	ctx context.Context, q store.KnowledgeQuery,
	fallback func(*store.EventFilter) ([]store.KnowledgeBucket, error),
) ([]store.KnowledgeBucket, error) {
	compute := func(t *table, selected []selection) ([]store.KnowledgeBucket, error) {
		return t.countKnowledge(q, selected)
	}
	return querySelection(ctx, c, q.View, q.Filter, []store.FacetField{claimMoments}, compute, fallback)
}

func (t *table) countKnowledge(q store.KnowledgeQuery, selected []selection) ([]store.KnowledgeBucket, error) {
	k, wanted, begins := bucket.NewKnowledge(q), make([]bool, len(t.ids)), t.begins()
	for _, s := range selected {
		for _, event := range s.events {
			wanted[event] = true
			for i := t.claims.first[event]; i != 0; i = t.claims.claims[i].next {
				if err := k.Claim(t.claims.claims[i].from); err != nil {
					return nil, err
				}
			}
		}
	}
	for _, v := range []*versions{&t.latest, &t.earlier} {
		for i, present := range v.present {
			event := v.eventOf(uint32(i))
			if !present || !wanted[event] {
				continue
			}
			if err := k.Version(v.from[i], v.from[i] == begins[event]); err != nil {
				return nil, err
			}
		}
	}
	return k.Buckets()
}
