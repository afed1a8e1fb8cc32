package check

import (
	"context"

	"casus/internal/kg"
	"casus/internal/kg/merge"
)

// checkValues applies the corrections of nodes and decides between their values again, compares the results with the
// stored nodes, and lists the undecided values.
func checkValues[T kg.Identified](ctx context.Context, r *run, rules *merge.Kind[T], records []T) error {
	for _, rec := range records {
		made := r.corrections[rec.NodeID()]
		p := rules.Provenance(rec)
		if len(p.Values)+len(p.Corrected)+len(made) == 0 {
			continue // one source states one value of each field
		}
		corrected, err := rules.Correct(rec, made)
		if err != nil {
			r.addBreak(Corrections, rec.NodeID(), "its correction cannot be applied: %v", err)
			continue
		}
		if d := differences(
			kg.Provenance{Corrected: p.Corrected}, kg.Provenance{Corrected: rules.Provenance(corrected).Corrected},
		); d != "" {
			r.addBreak(Corrections, rec.NodeID(), "its corrected fields differ from its corrections: %s", d)
		}
		dates, err := r.dates(ctx, rules.Tied(rec))
		if err != nil {
			return err
		}
		expected := rules.Decide(corrected, dates)
		if d := differences(rec, expected); d != "" {
			r.addBreak(Values, rec.NodeID(), "its values differ from the ones that its sources decide: %s", d)
		}
		var none T
		undecided := rules.Undecided(none, expected, dates)
		r.report.UndecidedValues += len(undecided)
		r.report.Undecided = append(r.report.Undecided,
			undecided[:min(len(undecided), max(0, r.options.MaxBreaks-len(r.report.Undecided)))]...)
	}
	return nil
}

// dates returns the dates of sources. The releases have been read.
func (r *run) dates(ctx context.Context, sources []kg.Source) (merge.Dates, error) {
	if len(sources) == 0 {
		return nil, nil
	}
	dates := merge.Dates{}
	for _, rel := range r.releases {
		dates.AddRelease(rel)
	}
	var documents []kg.ID
	for _, s := range sources {
		if id := s.Document(); id != "" {
			documents = append(documents, id)
		}
	}
	found, _, err := r.readNodes(ctx, documents)
	for _, n := range found {
		if d, ok := n.(kg.Document); ok {
			dates.AddDocument(d)
		}
	}
	return dates, err
}
