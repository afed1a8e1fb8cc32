package kg

// What follows reads queries as if each actor, location and event they name were its class. A query that asks for nodes
// apart (EXACT) names them as they are.

// IDs are the classes of ids, one for each; nil stays nil.
func (i Identities) IDs(ids []ID) []ID {
	if ids == nil || len(i.class) == 0 {
		return ids
	}
	return replaced(ids, func(id *ID) { *id = i.Of(*id) })
}

// Scope names the parents' classes. Two members of one class have the same list.
func (i Identities) Scope(s *Scope) *Scope {
	if s == nil || len(i.class) == 0 {
		return s
	}
	resolved := *s
	resolved.IDs = i.IDs(s.IDs)
	return &resolved
}

// EventFilter names classes. A nil filter stays nil.
func (i Identities) EventFilter(f *EventFilter) *EventFilter {
	if f == nil || len(i.class) == 0 {
		return f
	}
	n := *f
	n.IDs, n.WithoutActors, n.PartOf = i.IDs(f.IDs), i.IDs(f.WithoutActors), i.IDs(f.PartOf)
	n.Publishers, n.Claimants = i.IDs(f.Publishers), i.IDs(f.Claimants)
	n.Participants = replaced(f.Participants, func(p *ParticipantFilter) {
		p.AnyOf, p.Representing = i.IDs(p.AnyOf), i.IDs(p.Representing)
	})
	n.Place = i.placeFilter(f.Place)
	resolve := func(f *EventFilter) { *f = *i.EventFilter(f) }
	n.And, n.Or, n.Not = replaced(f.And, resolve), replaced(f.Or, resolve), i.EventFilter(f.Not)
	return &n
}

func (i Identities) placeFilter(f *PlaceFilter) *PlaceFilter {
	if f == nil {
		return nil
	}
	n := *f
	n.Within = i.IDs(f.Within)
	return &n
}

// ActorFilter names classes, but in events that are to be read apart.
func (i Identities) ActorFilter(f *ActorFilter) *ActorFilter {
	if f == nil || len(i.class) == 0 {
		return f
	}
	n := *f
	n.IDs = i.IDs(f.IDs)
	if !f.InEvents.Apart() {
		n.InEvents = i.EventFilter(f.InEvents)
	}
	return &n
}

// LocationFilter names classes.
func (i Identities) LocationFilter(f *LocationFilter) *LocationFilter {
	if f == nil || len(i.class) == 0 {
		return f
	}
	n := *f
	n.IDs, n.Place = i.IDs(f.IDs), i.placeFilter(f.Place)
	return &n
}

// DocumentFilter names classes.
func (i Identities) DocumentFilter(f *DocumentFilter) *DocumentFilter {
	if f == nil || len(i.class) == 0 {
		return f
	}
	n := *f
	n.Publishers = i.IDs(f.Publishers)
	return &n
}

// ClaimFilter names classes.
func (i Identities) ClaimFilter(f *ClaimFilter) *ClaimFilter {
	if f == nil || len(i.class) == 0 {
		return f
	}
	n := *f
	n.Subjects, n.Publishers = i.IDs(f.Subjects), i.IDs(f.Publishers)
	n.Claimants, n.Speakers = i.IDs(f.Claimants), i.IDs(f.Speakers)
	return &n
}
