package neo4j

import (
	"context"

	"casus/internal/kg"
	"casus/internal/store"
)

// Affiliations returns the affiliations of each actor, as holder or counterpart, that live claims support.
func (s *Store) Affiliations(ctx context.Context, q store.AffiliationQuery) ([][]kg.Affiliation, error) {
	if len(q.Actors) == 0 {
		return nil, nil
	}
	return readView(ctx, s, q.View, func(b *builder) ([][]kg.Affiliation, error) { return b.affiliations(ctx, q) })
}

func (b *builder) affiliations(ctx context.Context, q store.AffiliationQuery) ([][]kg.Affiliation, error) {
	all := make([][]kg.Affiliation, len(q.Actors))
	b.params["ids"] = stringsOf(b.identities.IDs(q.Actors))
	rows, err := b.query(ctx,
		"UNWIND range(0, size($ids) - 1) AS i MATCH "+b.membersPath("(a:Actor {id: $ids[i]})", kg.KindActor)+
			"<-[:HOLDER|COUNTERPART]-(f:Affiliation)"+
			where(in(b, "f.type", q.Types))+" WITH DISTINCT i, f MATCH (f)-[r:SUPPORTED]->()"+where(b.isKnown("r"))+
			" RETURN i, f.id AS id, f._record AS record, r.claims AS claims ORDER BY i, id")
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		i, err := column[int64](r, "i")
		if err != nil {
			return nil, err
		}
		a, err := b.affiliationDecoder()(r)
		if err != nil {
			return nil, err
		}
		if q.At == nil || a.ValidTime == nil || a.ValidTime.PossiblyWithin(q.At.Earliest, q.At.Latest) {
			all[i] = append(all[i], a)
		}
	}
	return all, nil
}
