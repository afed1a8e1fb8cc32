package link

import (
	"context"
	"slices"

	"casus/internal/kg"
)

// SameEvents returns for each event of an article the known event that it certainly is, or known events that it may
// be. No two events of the article are certain to be one known event. An event is certain by one of these rules, in
// this order:
//
//   - It rests on the same sentences of a reprint (see byWords).
//   - It has the category, an actor, the day and the place (see byPlace).
//   - It answers the same event in the same way, or the same event answers it (see byAnswer).
//   - One sentence tells it with another event, and one sentence of another document tells the same two (see byTold).
func (l *Linker) SameEvents(ctx context.Context, a Article) ([]SameEvents, error) {
	m := &matcher{
		Linker: l, article: a, near: make([]nearby, len(a.Events)), result: make([]SameEvents, len(a.Events)),
		taken: map[kg.ID]bool{}, known: map[kg.ID]*knownEvent{},
	}
	for _, step := range []func(context.Context) error{
		m.readPlaces, m.byWords, m.readNear, m.byPlace, m.byAnswer, m.byTold,
	} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	for i := range m.result {
		r := &m.result[i]
		if r.Known != nil {
			r.Suggestions = nil
		}
		r.Suggestions = slices.DeleteFunc(r.Suggestions, func(s Suggestion) bool { return m.taken[s.ID] })
		r.Suggestions = r.Suggestions[:min(len(r.Suggestions), maxSuggestions)]
	}
	return m.result, nil
}
