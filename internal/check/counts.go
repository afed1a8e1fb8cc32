package check

import (
	"context"

	"casus/internal/kg"
	"casus/internal/store"
)

// checkStats compares the store's statistics with the counts of the check.
func (r *run) checkStats(ctx context.Context) error {
	stats, err := r.store.Stats(ctx)
	if err != nil {
		return err
	}
	if len(r.contents) != r.report.Checked[kg.KindClaim] {
		r.addBreak(Claims, "", "%d claims are stored with their subjects, %d are in the list of claims",
			len(r.contents), r.report.Checked[kg.KindClaim])
	}
	for _, kind := range kg.NodeKinds.Values() {
		if stored, counted := r.report.Checked[kind], stats.Nodes[kind]; stored != counted {
			r.addBreak(Counts, "", "the statistics count %d %ss, %d are stored", counted, kind, stored)
		}
	}
	for _, typ := range store.EdgeTypes.Values() {
		if stored, counted := r.edges[typ], stats.Edges[typ]; stored != counted {
			r.addBreak(Counts, "", "the statistics count %d %s edges, %d are stored", counted, typ, stored)
		}
	}
	if r.states != stats.States {
		r.addBreak(Counts, "", "the statistics count %d versions of events, %d are stored", stats.States, r.states)
	}
	return nil
}
