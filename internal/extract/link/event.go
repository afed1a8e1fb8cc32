package link

import (
	"context"
	"slices"

	"casus/internal/edtf"
	"casus/internal/extract/anchor"
	"casus/internal/extract/sentence"
	"casus/internal/kg"
)

// Article is an article with the events that it reports.
type Article struct {
	// OwnPart is the part of an id that all new events of the article have. Events with it are no candidates: an article
	// that reports two events means two.
	OwnPart   string
	SHA256    string
	Text      string
	Sentences []sentence.Sentence
	// Alike are the documents that share most sentences with it, the original first.
	Alike  []kg.Document
	Events []Event
}

// Event is an event of an article.
type Event struct {
	Category kg.EventCategory
	Modality kg.Modality
	Time     edtf.Time
	// Parts and Places are the participants and places that are known nodes. HasNewActors and HasNewPlaces report whether
	// it has others.
	Parts                      []Part
	Places                     []kg.ID
	HasNewActors, HasNewPlaces bool
	// Ranges are the parts of the text on which its claims rest.
	Ranges  []anchor.Range
	Figures []Figure
	Answers []Answer
}

// Part is an actor's part in an event.
type Part struct {
	Actor kg.ID
	Role  kg.ParticipantRole
}

// Figure is a number of people, as a claim about an event states it.
type Figure struct {
	Kind       kg.FigureKind
	Population kg.Population
	Number     int
}

// Answer is a response of an event to another event of the article, by its position.
type Answer struct {
	Kind kg.ResponseKind
	To   int
}

// SameEvents are known events that an event of an article may be.
type SameEvents struct {
	// Known is the event that it certainly is, or nil.
	Known *Suggestion
	// Suggestions are events that it may be, if none is certain.
	Suggestions []Suggestion
}

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
