package link

import (
	"context"
	"slices"

	"casus/internal/kg"
)

// byAnswer joins two events of which one answers the other, to two known events of which one answers the other in the
// same way: two reports that an actor accepted another actor's proposal on one day are about one proposal and one
// acceptance, though neither has a place. Both events must be the same kind of act with the same modality and have an
// actor in the same role as the known ones, and nothing may differ. The times of both answers must be known to two days
// and overlap, unless the answers are joined already. It is certain if no other such pair has one of the four events.
func (m *matcher) byAnswer(ctx context.Context) error {
	var all []pair
	for i, e := range m.article.Events {
		if len(e.Answers) == 0 {
			continue
		}
		for _, k := range m.alikeNear(i) {
			if m.result[i].Known == nil && (!isWithin(e.Time, maxSureTime) || !isWithin(k.Time, maxSureTime)) {
				continue
			}
			for _, a := range e.Answers {
				answered, err := m.answeredAlike(ctx, a, k)
				if err != nil {
					return err
				}
				for _, to := range answered {
					all = append(all, pair{[2]int{i, a.To}, [2]*knownEvent{k, to}})
				}
			}
		}
	}
	m.joinPairs(all, EventAnswer, EventAnswered)
	return nil
}

// answeredAlike returns the events that a known answer answers in the same way, if they may be the event that the
// article's answer answers.
func (m *matcher) answeredAlike(ctx context.Context, a Answer, k *knownEvent) ([]*knownEvent, error) {
	var ids []kg.ID
	for _, r := range k.answers {
		if r.Kind == a.Kind {
			ids = append(ids, r.To)
		}
	}
	all, err := m.readKnown(ctx, ids)
	return slices.DeleteFunc(all, func(to *knownEvent) bool {
		if is := m.result[a.To].Known; is != nil {
			return is.ID != to.ID
		}
		return m.taken[to.ID] || !m.agrees(a.To, to)
	}), err
}
