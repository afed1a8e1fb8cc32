package loader

import (
	"context"

	"casus/internal/kg"
)

// copyStoredSpans copies the verified spans of claims that are already stored, so that the report counts them and a
// file of events loads again without the texts.
func (l *chunkLoad) copyStoredSpans(ctx context.Context) error {
	var ids []kg.ID
	made := map[kg.ID][]*kg.Claim{}
	for _, rec := range l.liveRecords() {
		for i, c := range rec.batch.Claims {
			if len(c.Spans) > 0 {
				ids = append(ids, c.ID)
				made[c.ID] = append(made[c.ID], &rec.batch.Claims[i])
			}
		}
	}
	return l.readNodes(ctx, ids, func(n kg.Node) {
		stored, ok := n.(kg.Claim)
		if !ok {
			return
		}
		for _, c := range made[stored.ID] {
			if both, same := kg.MergeClaim(stored, *c); same {
				c.Spans = both.Spans
			}
		}
	})
}
