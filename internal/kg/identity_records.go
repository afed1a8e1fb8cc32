package kg

import (
	"cmp"
	"slices"
)

// The methods in this file replace each actor, location and event of a record by its class. The RESOLVED graph consists
// of the resulting records.

// UniqueClasses returns the classes of ids, each once, in the order of their first ids.
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

// otherClasses returns the classes of ids without self.
func (i Identities) otherClasses(ids []ID, self ID) []ID {
	return removeFunc(i.UniqueClasses(ids), func(id ID) bool { return id == self })
}

// Claim returns a claim with all nodes replaced by their classes. It has the same id. Statements that an event is part
// of, responds to or announces itself are removed.
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
	s.Participants = mapSlice(s.Participants, func(p *Participant) {
		p.Actor, p.Representing = i.ClassOf(p.Actor), i.ClassOf(p.Representing)
	})
	s.Places = mapSlice(s.Places, func(p *Place) { p.Location = i.ClassOf(p.Location) })
	s.Wholes, s.Announces = i.otherClasses(s.Wholes, c.Subject), i.otherClasses(s.Announces, c.Subject)
	responses := mapSlice(s.RespondsTo, func(r *ResponseTo) { r.To = i.ClassOf(r.To) })
	s.RespondsTo = removeFunc(responses, func(r ResponseTo) bool { return r.To == c.Subject })
	return c
}

// Document returns a document with its publisher replaced by its class, also among the stated values.
func (i Identities) Document(d Document) Document {
	d.Publisher, d.Provenance = i.ClassOf(d.Publisher), i.provenance(d.Provenance, "publisher")
	return d
}

// Affiliation returns an affiliation with its ends replaced by their classes, which may be the same class, also among
// the stated values.
func (i Identities) Affiliation(a Affiliation) Affiliation {
	a.Holder, a.Counterpart = i.ClassOf(a.Holder), i.ClassOf(a.Counterpart)
	a.Provenance = i.provenance(a.Provenance, "holder", "counterpart")
	return a
}

// provenance returns the stated values with the nodes in some fields replaced by their classes. Values that become
// equal are one, with the sources of all; a field with a single one is not undecided.
func (i Identities) provenance(p Provenance, fields ...string) Provenance {
	merged := func(v FieldValue) bool { return slices.Contains(fields, v.Field) && i.Merged(ID(v.Value)) }
	if len(i.class) == 0 || !slices.ContainsFunc(p.Values, merged) {
		return p
	}
	values := map[string]int{}
	var all []FieldValue
	for _, v := range p.Values {
		if merged(v) {
			v.Value = string(i.ClassOf(ID(v.Value)))
		}
		same := func(w FieldValue) bool { return w.Field == v.Field && w.Value == v.Value }
		if at := slices.IndexFunc(all, same); at >= 0 {
			all[at].Sources = Union(cmp.Compare[Source], all[at].Sources, v.Sources)
			continue
		}
		all = append(all, v)
		values[v.Field]++
	}
	slices.SortFunc(all, func(a, b FieldValue) int {
		return cmp.Or(cmp.Compare(a.Field, b.Field), cmp.Compare(a.Value, b.Value))
	})
	p.Values = all
	p.Undecided = removeFunc(p.Undecided, func(f string) bool { return slices.Contains(fields, f) && values[f] == 1 })
	return p
}

// Location returns a location with its own id and its parents replaced by their classes. Its own class is removed from
// the parents.
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

// Affects reports whether claims may have another history in the RESOLVED graph than in the EXACT one, because they
// name a merged node or have the voice of one. voices must have the documents of the claims.
func (i Identities) Affects(claims []Claim, voices VoiceBook) bool {
	if len(i.class) == 0 {
		return false
	}
	return slices.ContainsFunc(claims, func(c Claim) bool {
		if slices.ContainsFunc(c.References(), i.Merged) {
			return true
		}
		return slices.ContainsFunc(c.SourceDocuments(), func(d ID) bool {
			return i.Merged(voices.Documents[d].Publisher) || i.Merged(voices.Documents[voices.original(d)].Publisher)
		})
	})
}
