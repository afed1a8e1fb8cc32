package memory

import (
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
)

func (r reading) matchesActor(f *store.ActorFilter, a kg.Actor) bool {
	if f == nil {
		return true
	}
	return anyOf(f.IDs, a.ID) && says(f.Text, a) && anyOf(f.Kinds, a.Kind) && anyOf(f.Countries, a.Country) &&
		identified(f.Identifiers, a.Identifiers) && (f.InEvents == nil || r.takesPart(f.InEvents, a.ID))
}

// takesPart says whether an actor takes part in an event that matches; where events are to be read apart, whether one of
// those does who are one with the actor.
func (r reading) takesPart(f *store.EventFilter, actor kg.ID) bool {
	in, members := r, []kg.ID{actor}
	if f.IsExact() {
		in, members = r.apart.in(f.InView(r.view)), r.one.Members(actor)
	}
	return slices.ContainsFunc(members, func(member kg.ID) bool {
		return slices.ContainsFunc(in.eventsOf(member, nil), func(e kg.Event) bool { return in.matchesEvent(f, e) })
	})
}

func (r reading) matchesLocation(f *store.LocationFilter, l kg.Location) bool {
	return f == nil || anyOf(f.IDs, l.ID) && says(f.Text, l) && anyOf(f.Kinds, l.Kind) &&
		identified(f.Identifiers, l.Identifiers) && (f.Place == nil || r.isPlace(*f.Place, l))
}

func (r reading) matchesDocument(f *store.DocumentFilter, d kg.Document) bool {
	return f == nil || anyOf(f.IDs, d.ID) && says(f.Text, d) && anyOf(f.Publishers, d.Publisher) && anyOf(f.Languages, d.Language) &&
		(f.Published == nil || d.PublishedAt != nil && f.Published.Matches(*d.PublishedAt))
}

func (r reading) matchesClaim(f *store.ClaimFilter, c kg.Claim) bool {
	if f == nil {
		return true
	}
	var document, publisher, speaker []kg.ID
	if c.Document != "" {
		document, publisher = []kg.ID{c.Document}, []kg.ID{r.documents[c.Document].Publisher}
	}
	if c.Quote != nil {
		speaker = []kg.ID{c.Quote.Speaker}
	}
	is := func(asked *bool, holds bool) bool { return asked == nil || *asked == holds }
	return anyOf(f.Subjects, c.Subject) && someOf(f.Documents, document) && someOf(f.Publishers, publisher) &&
		someOf(f.Claimants, c.Claimants) && someOf(f.Speakers, speaker) && anyOf(f.Stances, c.Stance) && anyOf(f.Aspects, c.Aspect) &&
		inTime(f.Asserted, c.AssertedAt) && is(f.HasQuote, c.Quote != nil) && is(f.DirectQuote, c.Quote != nil && c.Quote.Direct) &&
		is(f.HasFigures, len(c.Says.Figures) > 0) && says(f.Text, c)
}

func identified(asked []store.IdentifierFilter, ids []kg.Identifier) bool {
	return asked == nil || slices.ContainsFunc(asked, func(f store.IdentifierFilter) bool {
		return slices.Contains(ids, kg.Identifier(f))
	})
}

// eventsOf are the events an actor took part in, in one of the roles; nil is any role.
func (r reading) eventsOf(actor kg.ID, roles []kg.ParticipantRole) []kg.Event {
	var all []kg.Event
	for _, e := range r.events() {
		if slices.ContainsFunc(r.participations(e.ID), func(p kg.Participation) bool { return p.Actor == actor && anyOf(roles, p.Role) }) {
			all = append(all, e)
		}
	}
	return all
}
