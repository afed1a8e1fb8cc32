package memory

import (
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

func (r viewReader) matchesActor(f *store.ActorFilter, a kg.Actor) bool {
	if f == nil {
		return true
	}
	return anyOf(f.IDs, a.ID) && matchesText(f.Text, a) && anyOf(f.Kinds, a.Kind) && anyOf(f.Countries, a.Country) &&
		hasIdentifier(f.Identifiers, a.Identifiers) && (f.InEvents == nil || r.takesPart(f.InEvents, a.ID))
}

// takesPart reports whether an actor takes part in a matching event. If the filter is EXACT, any member of the actor's
// class may take part.
func (r viewReader) takesPart(f *store.EventFilter, actor kg.ID) bool {
	reader, members := r, []kg.ID{actor}
	if f.IsExact() {
		reader, members = r.exact.reader(f.InView(r.view)), r.identities.Members(actor)
	}
	return slices.ContainsFunc(members, func(member kg.ID) bool {
		return slices.ContainsFunc(reader.eventsOf(member, nil), func(e kg.Event) bool { return reader.matchesEvent(f, e) })
	})
}

func (r viewReader) matchesLocation(f *store.LocationFilter, l kg.Location) bool {
	return f == nil || anyOf(f.IDs, l.ID) && matchesText(f.Text, l) && anyOf(f.Kinds, l.Kind) &&
		hasIdentifier(f.Identifiers, l.Identifiers) && (f.Place == nil || r.isPlace(*f.Place, l))
}

func (r viewReader) matchesDocument(f *store.DocumentFilter, d kg.Document) bool {
	return f == nil || anyOf(f.IDs, d.ID) && matchesText(f.Text, d) && anyOf(f.Publishers, d.Publisher) &&
		anyOf(f.Languages, d.Language) &&
		(f.Published == nil || d.PublishedAt != nil && f.Published.Matches(*d.PublishedAt))
}

func (r viewReader) matchesClaim(f *store.ClaimFilter, c kg.Claim) bool {
	if f == nil {
		return true
	}
	documents := c.SourceDocuments()
	var publishers, speaker []kg.ID
	for _, d := range documents {
		publishers = append(publishers, r.documents[d].Publisher)
	}
	if c.Quote != nil {
		speaker = []kg.ID{c.Quote.Speaker}
	}
	matches := func(wanted *bool, holds bool) bool { return wanted == nil || *wanted == holds }
	return anyOf(f.Subjects, c.Subject) && someOf(f.Documents, documents) && someOf(f.Publishers, publishers) &&
		someOf(f.Claimants, c.Claimants) && someOf(f.Speakers, speaker) && anyOf(f.Stances, c.Stance) &&
		anyOf(f.Aspects, c.Aspect) &&
		inTime(f.Asserted, c.AssertedAt) && matches(f.HasQuote, c.Quote != nil) &&
		matches(f.DirectQuote, c.Quote != nil && c.Quote.Direct) &&
		matches(f.HasFigures, len(c.Says.Figures) > 0) && matchesText(f.Text, c) &&
		(f.Coding == nil || slices.Contains(f.Coding, r.book().CodingOf(c))) && isExtracted(f.Extraction, c)
}

// isExtracted reports whether a claim has a matching extraction.
func isExtracted(f *store.ExtractionFilter, c kg.Claim) bool {
	return f == nil || slices.ContainsFunc(c.Extractions, f.Matches)
}

func hasIdentifier(wanted []store.IdentifierFilter, ids []kg.Identifier) bool {
	return wanted == nil || slices.ContainsFunc(wanted, func(f store.IdentifierFilter) bool {
		return slices.Contains(ids, kg.Identifier(f))
	})
}

// eventsOf returns the events in which an actor takes part in one of the roles; nil means any role.
func (r viewReader) eventsOf(actor kg.ID, roles []kg.ParticipantRole) []kg.Event {
	var all []kg.Event
	for _, e := range r.events() {
		if slices.ContainsFunc(r.participations(e.ID),
			func(p kg.Participation) bool { return p.Actor == actor && anyOf(roles, p.Role) }) {
			all = append(all, e)
		}
	}
	return all
}
