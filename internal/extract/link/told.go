package link

import (
	"context"
	"slices"

	"casus/internal/edtf"
	"casus/internal/extract/anchor"
	"casus/internal/kg"
	"casus/internal/store"
)

// byTold joins two events that one sentence tells to two known events that one sentence of another document tells. It
// is for what articles look back on, with no more than a month for a date: a strike in February that killed two, and
// its admission in March. Both must be the same kind of act with the same modality, time and an actor in the same role
// as the known ones, and be two kinds of acts: two strikes in one month are often told together, and often repeated.
// Of one the place, smaller than a country, and a number of people above one must be the same, too, and each must be
// the only event near the other. It is certain if no other such pair has one of the four events.
func (m *matcher) byTold(ctx context.Context) error {
	var all []pair
	for i := range m.article.Events {
		for _, k := range m.alikeNear(i) {
			distinct, err := m.isDistinct(ctx, i, k)
			if err != nil {
				return err
			}
			if !distinct {
				continue
			}
			for j := range m.article.Events {
				if !m.article.Events[i].isToldWith(m.article.Events[j]) {
					continue
				}
				for _, other := range m.alikeNear(j) {
					told, err := m.areToldTogether(ctx, k.ID, other.ID)
					if err != nil {
						return err
					}
					if told {
						all = append(all, pair{[2]int{i, j}, [2]*knownEvent{k, other}})
					}
				}
			}
		}
	}
	m.joinPairs(all, EventTold, EventTold)
	return nil
}

// alikeNear returns the known events that an event may be: the one that it is, or those near it with which it agrees.
func (m *matcher) alikeNear(i int) []*knownEvent {
	if is := m.result[i].Known; is != nil {
		return []*knownEvent{m.known[is.ID]}
	}
	if m.near[i].more {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(m.near[i].events), func(k *knownEvent) bool {
		return m.taken[k.ID] || !m.agrees(i, k)
	})
}

// isDistinct reports whether an event has a place that is smaller than a country, and a number of people above one, in
// common with a known one, and each is the only one near the other.
func (m *matcher) isDistinct(ctx context.Context, i int, k *knownEvent) (bool, error) {
	hasFigure := slices.ContainsFunc(k.figures, func(f kg.Figure) bool {
		return f.Unit == "" && f.Best != nil && *f.Best > 1 &&
			slices.Contains(m.article.Events[i].Figures, Figure{f.Kind, f.Population, *f.Best})
	})
	if !hasFigure || m.result[i].Known == nil && !m.isOnly(i, k) {
		return false, nil
	}
	small, err := m.belowCountries(ctx, m.sharedPlaces(i, k))
	return len(small) > 0, err
}

// isToldWith reports whether two events of an article are two kinds of acts and rest on the same words.
func (e Event) isToldWith(o Event) bool { return e.Category != o.Category && meet(e.Ranges, o.Ranges) }

func meet(a, b []anchor.Range) bool {
	return slices.ContainsFunc(a, func(r anchor.Range) bool {
		return slices.ContainsFunc(b, func(o anchor.Range) bool { return r.Start < o.End && o.Start < r.End })
	})
}

// areToldTogether reports whether live claims about two known events rest on the same words of a document.
func (m *matcher) areToldTogether(ctx context.Context, a, b kg.ID) (bool, error) {
	pages, err := m.store.Claims(ctx, store.ClaimQuery{
		Order: (*store.ClaimOrder)(nil).Normalize(), Window: store.Window{Limit: store.MaxPageSize},
		Scope: &store.Scope{Relation: store.SubjectClaims, IDs: []kg.ID{a, b}},
	})
	if err != nil {
		return false, err
	}
	var ranges [2]map[kg.ID][]anchor.Range
	for i, page := range pages {
		ranges[i] = map[kg.ID][]anchor.Range{}
		for _, c := range page.Items {
			if c.Live(edtf.EndOfTime - 1) {
				ranges[i][c.Document] = append(ranges[i][c.Document], rangesOf(c)...)
			}
		}
	}
	for document, own := range ranges[0] {
		if meet(own, ranges[1][document]) {
			return true, nil
		}
	}
	return false, nil
}

// rangesOf returns the parts of its document on which a claim rests.
func rangesOf(c kg.Claim) (all []anchor.Range) {
	for _, s := range c.Spans {
		all = append(all, anchor.Range{Start: s.Start, End: s.End})
	}
	return all
}
