package storetest

import (
	"context"

	"casus/internal/kg"
	"casus/internal/store"
)

// tools and models are of extractions. Some have JSON in their names, and "" is no model.
func tools() []string  { return []string{"extract", "early", `{"tool":"extract"}`} }
func models() []string { return []string{"", "qwen3", `<,"model":"qwen3">`, `a\"`} }

// extractions returns one or two extractions, of a day in March, one of them perhaps by the named model.
func extractions(model string, day int) []kg.Extraction {
	all := []kg.Extraction{{Tool: tools()[day%3], Model: models()[day%4], At: noon(day)}}
	if day%2 == 0 {
		all = append(all, kg.Extraction{Tool: tools()[day/2%3], Model: model})
	}
	return kg.SortExtractions(all)
}

// provenance generates lists of claims and events by extractions and codings, and counts of such events.
func (a *queryGenerator) provenance() {
	claims := listing[store.ClaimFilter, store.ClaimOrder, kg.Claim]{"claims", store.Store.Claims,
		[]store.ClaimOrder{{}, {Direction: store.Desc}}, []field[store.ClaimFilter]{
			{"coding", func(_ *graph, d random, f *store.ClaimFilter) {
				f.Coding = filterValues(d, 2, kg.Codings.Values())
			}},
			{"extraction", func(_ *graph, d random, f *store.ClaimFilter) { f.Extraction = d.extractionFilter() }},
			{"extraction and others", func(g *graph, d random, f *store.ClaimFilter) {
				f.Extraction = d.extractionFilter()
				pick(d, claimFields()).set(g, d, f)
			}},
		}, map[store.Relation]kg.NodeKind{store.DocumentClaims: kg.KindDocument, store.SubjectClaims: kg.KindEvent}}
	claims.generate(a)
	events := listing[store.EventFilter, store.EventOrder, kg.Event]{"events", store.Store.Events, []store.EventOrder{
		{Field: store.EventsByTime}, {Field: store.EventsByTime, Direction: store.Desc},
	}, []field[store.EventFilter]{
		{"extraction", func(_ *graph, d random, f *store.EventFilter) { f.Extraction = d.extractionFilter() }},
		{"not of an extraction", func(g *graph, d random, f *store.EventFilter) {
			f.Not = &store.EventFilter{Extraction: d.extractionFilter()}
			pick(d, eventFields()).set(g, d, f)
		}},
	}, nil}
	events.generate(a)
	for range 4 {
		q := store.ExtentQuery{View: a.view(a.random), Filter: &store.EventFilter{Extraction: a.extractionFilter()},
			Known: a.chance(50)}
		addQuery(a, "extent of extractions", q, func(ctx context.Context, s store.Store) ([]store.Extent, error) {
			x, err := s.Extent(ctx, q)
			return []store.Extent{x}, err
		}, func(x store.Extent) int { return x.Events })
	}
}

func (d random) extractionFilter() *store.ExtractionFilter {
	var f store.ExtractionFilter
	if d.chance(50) {
		f.Tools = filterValues(d, 2, append(tools(), "none"))
	}
	if d.chance(50) {
		f.Models = filterValues(d, 3, append(models(), d.phrase(1), "none"))
	}
	return &f
}
