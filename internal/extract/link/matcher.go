package link

import (
	"context"
	"slices"
	"strings"

	"casus/internal/kg"
)

// SameEvents are known events that an event of an article may be.
type SameEvents struct {
	// Known is the event that it certainly is, or nil.
	Known *Suggestion
	// Suggestions are events that it may be, if none is certain.
	Suggestions []Suggestion
}

// matcher compares the events of one article with known events.
type matcher struct {
	*Linker
	article Article
	// above are the places of each event, and the places that they lie in.
	above [][]kg.ID
	// near are the known events with the category, an actor and about the time of each event.
	near   []nearby
	result []SameEvents
	// taken are the known events that an event of the article is.
	taken map[kg.ID]bool
	known map[kg.ID]*knownEvent
}

// join decides that an event is a known one.
func (m *matcher) join(i int, k *knownEvent, r Reason) {
	m.result[i].Known = &Suggestion{k.ID, k.name(), r}
	m.taken[k.ID] = true
}

// suggest adds a known event that an event may be, unless it is suggested already.
func (m *matcher) suggest(i int, k *knownEvent, r Reason) {
	all := &m.result[i].Suggestions
	if !slices.ContainsFunc(*all, func(s Suggestion) bool { return s.ID == k.ID }) {
		*all = append(*all, Suggestion{k.ID, k.name(), r})
	}
}

func (m *matcher) readPlaces(ctx context.Context) error {
	for _, e := range m.article.Events {
		above, err := m.withParents(ctx, e.Places)
		if err != nil {
			return err
		}
		m.above = append(m.above, above)
	}
	return nil
}

// isOwn reports whether an event is one that the article made when it was converted before.
func (m *matcher) isOwn(id kg.ID) bool { return strings.Contains(string(id), m.article.OwnPart) }
