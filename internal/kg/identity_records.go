package kg

import "slices"

// What follows reads records as if each actor, location and event were its class: the graph of RESOLVED is the one that
// these records make.

// UniqueClasses replaces ids by their classes, in their order, each once.
func (i Identities) UniqueClasses(ids []ID) []ID {
	if !slices.ContainsFunc(ids, i.Merged) {
		return ids
	}
	all := make([]ID, 0, len(ids))
	for _, id := range ids {
		if c := i.ClassOf(id); !slices.Contains(all, c) {
			all = append(all, c)
		}
	}
	return all
}

// otherClasses are the classes but one, which nothing has to itself.
func (i Identities) otherClasses(ids []ID, self ID) []ID {
	return removeFunc(i.UniqueClasses(ids), func(id ID) bool { return id == self })
}

// Claim is a claim about, by and of classes. It keeps its own id. That an event is a part of itself, or answers or
// announces itself, it does not say.
func (i Identities) Claim(c Claim) Claim {
	if len(i.class) == 0 {
		return c
	}
	c.Subject = i.ClassOf(c.Subject)
	c.Claimants, c.RelayedBy = i.UniqueClasses(c.Claimants), i.UniqueClasses(c.RelayedBy)
	if q := c.Quote; q != nil && (i.Merged(q.Speaker) || i.Merged(q.Addressee)) {
		resolved := *q
		resolved.Speaker, resolved.Addressee = i.ClassOf(q.Speaker), i.ClassOf(q.Addressee)
		c.Quote = &resolved
	}
	s := &c.Says
	s.Participants = mapSlice(s.Participants, func(p *Participant) { p.Actor, p.Representing = i.ClassOf(p.Actor), i.ClassOf(p.Representing) })
	s.Places = mapSlice(s.Places, func(p *Place) { p.Location = i.ClassOf(p.Location) })
	s.Wholes, s.Announces = i.otherClasses(s.Wholes, c.Subject), i.otherClasses(s.Announces, c.Subject)
	s.RespondsTo = removeFunc(mapSlice(s.RespondsTo, func(r *ResponseTo) { r.To = i.ClassOf(r.To) }), func(r ResponseTo) bool { return r.To == c.Subject })
	return c
}

// Document is a document with its publisher's class.
func (i Identities) Document(d Document) Document {
	d.Publisher = i.ClassOf(d.Publisher)
	return d
}

// Affiliation is one between classes. It may be one with itself.
func (i Identities) Affiliation(a Affiliation) Affiliation {
	a.Holder, a.Counterpart = i.ClassOf(a.Holder), i.ClassOf(a.Counterpart)
	return a
}

// Location is a location's class, as far as this record describes it. It does not lie in itself.
func (i Identities) Location(l Location) Location {
	if len(i.class) == 0 {
		return l
	}
	l.ID = i.ClassOf(l.ID)
	if l.Parents = i.otherClasses(l.Parents, l.ID); !slices.IsSorted(l.Parents) {
		l.Parents = slices.Sorted(slices.Values(l.Parents))
	}
	return l
}

// MergeActors is what records of the members of one class come to; the order does not matter. There is at least one.
func (i Identities) MergeActors(records []Actor) Actor {
	return mergeAll(records, func(a *Actor) { a.ID = i.ClassOf(a.ID) }, MergeActor)
}

// MergeLocations is UniteActors for locations.
func (i Identities) MergeLocations(records []Location) Location {
	return mergeAll(records, func(l *Location) { *l = i.Location(*l) }, MergeLocation)
}

func mergeAll[T any](records []T, resolve func(*T), merge func(a, b T) (T, []FieldConflict)) T {
	var all T
	for n, r := range records {
		resolve(&r)
		if n == 0 {
			all = r
		}
		all, _ = merge(all, r)
	}
	return all
}

// DeriveResolved is Derive over the claims about all members of a subject's class: what RESOLVED holds of it. voices has
// the classes.
func (i Identities) DeriveResolved(subject ID, claims []Claim, voices VoiceBook) History {
	resolved := make([]Claim, len(claims))
	for n, c := range claims {
		resolved[n] = i.Claim(c)
	}
	voices.Classes = i.class
	return Derive(i.ClassOf(subject), resolved, voices)
}

// Affects says whether something else may follow from claims where classes are read: they name, or speak with the voice
// of, a node that is one with others. voices has their documents.
func (i Identities) Affects(claims []Claim, voices VoiceBook) bool {
	if len(i.class) == 0 {
		return false
	}
	return slices.ContainsFunc(claims, func(c Claim) bool {
		return slices.ContainsFunc(c.References(), i.Merged) ||
			c.Document != "" && (i.Merged(voices.Documents[c.Document].Publisher) || i.Merged(voices.Documents[voices.original(c.Document)].Publisher))
	})
}
