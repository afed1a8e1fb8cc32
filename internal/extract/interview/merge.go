package interview

import (
	"bytes"
	"encoding/json"
	"slices"

	"casus/internal/extract/form"
	"casus/internal/extract/prompt"
	"casus/internal/kg"
)

// entry is an entry of the form, and the index of the window in which it was given.
type entry struct {
	raw    json.RawMessage
	window int
}

// merger puts the answers together into one form. Entries are left as they were written, unless a key is replaced.
type merger struct {
	keys
	lists map[string][]entry
	// refused are entries that do not rest on the sentences that were asked about.
	refused []form.Refusal
	err     error
}

func newMerger() *merger {
	return &merger{keys: keys{owner: map[[2]string]int{}}, lists: map[string][]entry{}}
}

// add adds the entries of an answer. isAsked returns why an entry that rests on some sentences does not enter, or nil.
func (m *merger) add(a *form.Answer, isAsked func(sentences []int) *form.Cause) error {
	for _, list := range form.Lists() {
		for i, raw := range a.Raw[list] {
			if !slices.Contains(a.Entries[list], i) { // the conversion refuses it
				m.lists[list] = append(m.lists[list], entry{raw, m.window})
			}
		}
	}
	m.addParties(a)
	for i := range a.Form.Ties {
		t := &a.Form.Ties[i]
		if m.accept(a, "ties", i, isAsked([]int{t.Sentence})) {
			changed := m.rename(actors, &t.Holder)
			changed = m.renameEither(&t.Of) || changed
			m.put(a, "ties", i, t, changed)
		}
	}
	m.addEvents(a)
	for i := range a.Form.Claims {
		if c := &a.Form.Claims[i]; m.accept(a, "claims", i, isAsked(c.Sentences)) {
			m.put(a, "claims", i, c, m.renameClaim(c))
		}
	}
	return m.err
}

func (m *merger) addParties(a *form.Answer) {
	for i := range a.Form.Actors {
		p := &a.Form.Actors[i]
		if m.defineParty(actors, prompt.Party{
			Key: p.Key, Kind: string(p.Kind), Name: p.Name, EnglishName: p.EnglishName,
		}) {
			m.put(a, actors, i, p, m.rename(actors, &p.Key))
		}
	}
	isNew := make([]bool, len(a.Form.Places))
	for i, p := range a.Form.Places {
		isNew[i] = m.defineParty(places, prompt.Party{
			Key: p.Key, Kind: string(p.Kind), Name: p.Name, EnglishName: p.EnglishName,
		})
	}
	for i := range a.Form.Places { // after all keys of places, which it may lie in
		if p := &a.Form.Places[i]; isNew[i] {
			m.put(a, places, i, p, m.rename(places, &p.Key, p.Inside))
		}
	}
}

func (m *merger) addEvents(a *form.Answer) {
	isNew := make([]bool, len(a.Form.Events))
	for i, e := range a.Form.Events {
		isNew[i] = m.defineEvent(prompt.Event{Key: e.Key, Title: e.Title})
	}
	for i := range a.Form.Events {
		e := &a.Form.Events[i]
		if !isNew[i] {
			continue
		}
		changed := m.rename(events, &e.Key, e.PartOf)
		for at := range e.Participants {
			p := &e.Participants[at]
			changed = m.rename(actors, &p.Actor, p.Representing) || changed
		}
		for at := range e.Locations {
			changed = m.rename(places, &e.Locations[at].Place) || changed
		}
		m.put(a, events, i, e, changed)
	}
	for i := range a.Form.Links {
		l := &a.Form.Links[i]
		m.put(a, "links", i, l, m.rename(events, &l.Event, &l.Other))
	}
}

func (m *merger) renameClaim(c *form.Claim) (changed bool) {
	changed = m.rename(events, &c.Event)
	for at := range c.Claimants {
		changed = m.rename(actors, &c.Claimants[at]) || changed
	}
	switch c.Aspect {
	case kg.AspectParticipation:
		changed = m.rename(actors, c.Value) || changed
	case kg.AspectPlace:
		changed = m.rename(places, c.Value) || changed
	}
	return changed
}

// accept reports whether there is no reason against an entry, which is refused otherwise.
func (m *merger) accept(a *form.Answer, list string, i int, reason *form.Cause) bool {
	if reason != nil {
		m.refuse(a.Entry(list, i, "", *reason, ""))
	}
	return reason == nil
}

// refuse refuses an entry, unless it repeats one of the form, as small models do: the conversion decides about that
// one.
func (m *merger) refuse(r form.Refusal) {
	repeated := func(e entry) bool { return string(e.raw) == string(r.Raw) }
	if !slices.ContainsFunc(m.lists[r.List], repeated) {
		m.refused = append(m.refused, r)
	}
}

// put adds an accepted entry as it was written or, if it was changed, as it is now.
func (m *merger) put(a *form.Answer, list string, i int, now any, changed bool) {
	raw := a.Raw[list][a.Entries[list][i]]
	if changed {
		var err error
		if raw, err = json.Marshal(now); err != nil && m.err == nil {
			m.err = kg.Errorf(kg.Internal, "encode an entry: %w", err)
		}
	}
	m.lists[list] = append(m.lists[list], entry{raw, m.window})
}

// form returns the whole form in JSON, an entry a line.
func (m *merger) form() ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("{")
	for n, list := range form.Lists() {
		if n > 0 {
			b.WriteString(",")
		}
		b.WriteString("\n \"" + list + "\": [")
		for i, e := range m.lists[list] {
			if i > 0 {
				b.WriteString(",")
			}
			b.WriteString("\n  ")
			if err := json.Compact(&b, e.raw); err != nil {
				return nil, kg.Errorf(kg.Internal, "encode an entry: %w", err)
			}
		}
		b.WriteString("]")
	}
	b.WriteString("\n}\n")
	return b.Bytes(), nil
}
