package neo4j

import (
	"context"

	"casus/internal/kg"
	"casus/internal/kg/stance"
)

// States returns every version of events that began by the view's moment.
func (s *Store) States(ctx context.Context, v kg.View, events []kg.ID) ([][]kg.EventState, error) {
	return readView(ctx, s, v, func(b *builder) ([][]kg.EventState, error) {
		return b.versions(ctx, b.identities.IDs(events))
	})
}

func (b *builder) versions(ctx context.Context, events []kg.ID) ([][]kg.EventState, error) {
	all := make([][]kg.EventState, len(events))
	b.params["ids"] = stringsOf(events)
	found, err := b.query(ctx, "UNWIND range(0, size($ids) - 1) AS i"+
		" MATCH (:Event {id: $ids[i]})-[:HAS_STATE*0..1]->(n:EventState)"+
		where("n._knownFrom <= $m", b.inLayer("n"))+" RETURN i, n._record AS record ORDER BY i, n._knownFrom")
	if err != nil {
		return nil, err
	}
	for _, r := range found {
		i, err := column[int64](r, "i")
		if err != nil {
			return nil, err
		}
		state, err := recordOf[kg.EventState](r)
		if err != nil {
			return nil, err
		}
		all[i] = append(all[i], state)
	}
	for i := range all {
		all[i] = kg.StatesKnown(all[i], b.view.Moment())
	}
	return all, nil
}

// ClaimCounts counts the claims about events that are known in a view.
func (s *Store) ClaimCounts(ctx context.Context, v kg.View, events []kg.ID) ([]stance.Counts, error) {
	return readView(ctx, s, v, func(b *builder) ([]stance.Counts, error) { return b.claimCounts(ctx, events) })
}

func (b *builder) claimCounts(ctx context.Context, events []kg.ID) ([]stance.Counts, error) {
	members := make([][]string, len(events))
	for i, id := range events {
		members[i] = stringsOf(b.identities.Members(id))
	}
	b.params["members"] = members
	found, err := b.query(ctx, "UNWIND range(0, size($members) - 1) AS i UNWIND $members[i] AS subject"+
		" MATCH (c:Claim {subject: subject}) WHERE c._knownFrom <= $m"+
		" RETURN i, c.stance AS stance, "+b.knownTo("c")+" <= $m AS withdrawn, count(*) AS n")
	if err != nil {
		return nil, err
	}
	all := make([]stance.Counts, len(events))
	for _, r := range found {
		i, err := column[int64](r, "i")
		if err != nil {
			return nil, err
		}
		s, err := column[string](r, "stance")
		if err != nil {
			return nil, err
		}
		withdrawn, err := column[bool](r, "withdrawn")
		if err != nil {
			return nil, err
		}
		n, err := column[int64](r, "n")
		if err != nil {
			return nil, err
		}
		all[i].Add(kg.Stance(s), withdrawn, int(n))
	}
	return all, nil
}
