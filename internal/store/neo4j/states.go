package neo4j

import (
	"context"

	"casus/internal/kg"
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
