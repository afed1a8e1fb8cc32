package memory

import (
	"slices"
	"strings"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/text"
)

// anyOf reports whether wanted contains v; nil matches everything.
func anyOf[T comparable](wanted []T, v T) bool { return wanted == nil || slices.Contains(wanted, v) }

// someOf reports whether wanted contains one of the values; nil matches everything.
func someOf[T comparable](wanted, values []T) bool {
	return wanted == nil || slices.ContainsFunc(values, func(v T) bool { return slices.Contains(wanted, v) })
}

func inRange(r *store.IntRange, n *int) bool {
	return r == nil || n != nil && (r.Min == nil || *r.Min <= *n) && (r.Max == nil || *n <= *r.Max)
}

func inTime(r *store.TimeRange, t edtf.Time) bool { return r == nil || r.Matches(t) }

// matchesText reports whether the texts of a node contain the words of a query; nil matches everything.
func matchesText(query *string, n kg.Node) bool {
	if query == nil {
		return true
	}
	names, rest := store.SearchTexts(n)
	return text.ParseQuery(*query).Matches(store.SearchTokens(slices.Concat(names, rest)))
}

func (r viewReader) matchesEvent(f *store.EventFilter, e kg.Event) bool {
	if f == nil {
		return true
	}
	voices, sources := e.Sources.Voices, true
	for i, n := range store.SourceNumbers(e.Sources) {
		sources = sources && inRange(f.Sources.Ranges()[i], &n)
	}
	var killed *int
	if e.Toll.Killed != nil {
		killed = e.Toll.Killed.Best
	}
	for _, holds := range []bool{
		anyOf(f.IDs, e.ID), matchesText(f.Text, e), inTime(f.Time, e.Time), inTime(f.FirstAsserted, e.FirstAsserted),
		anyOf(f.Precision, e.Time.Precision), anyOf(f.Categories, e.Category), anyOf(f.Modes, e.Mode),
		anyOf(f.Modalities, e.Modality), anyOf(f.Statuses, e.Status),
		inRange(f.Killed, killed), inRange(f.Voices, &voices), sources,
		f.Codes == nil || slices.ContainsFunc(f.Codes, func(c store.CodeFilter) bool { return hasCode(c, e.Codes) }),
		r.matchesParticipants(f.Participants, r.participations(e.ID), e.Time), r.matchesPlace(f.Place, e.ID),
		f.PartOf == nil || r.isPartOf(e.ID, f.PartOf), f.HasParts == nil || *f.HasParts == (len(r.parts(e.ID)) > 0),
		r.matchesResponses(f.Responses, e), r.matchesSources(f, e.ID),
		someOf(f.Disagreements, kg.Aspects.In(e.Disagreements)), someOf(f.Coding, r.codings(e.ID)),
		f.Extraction == nil || slices.ContainsFunc(r.liveClaims(e.ID), func(c kg.Claim) bool {
			return isExtracted(f.Extraction, c)
		}),
		f.RespondsWith == nil || slices.ContainsFunc(currentEdges(r, r.histories[e.ID].RespondsTo), func(a kg.Response) bool {
			return slices.Contains(f.RespondsWith, a.Kind)
		}),
	} {
		if !holds {
			return false
		}
	}
	for _, p := range r.participations(e.ID) {
		if slices.Contains(f.WithoutActors, p.Actor) {
			return false
		}
	}
	for i := range f.And {
		if !r.matchesEvent(&f.And[i], e) {
			return false
		}
	}
	if len(f.Or) > 0 && !slices.ContainsFunc(f.Or, func(o store.EventFilter) bool { return r.matchesEvent(&o, e) }) {
		return false
	}
	return f.Not == nil || !r.matchesEvent(f.Not, e)
}

func hasCode(f store.CodeFilter, codes []kg.Code) bool {
	return slices.ContainsFunc(codes, func(c kg.Code) bool {
		return c.Scheme == f.Scheme && (f.Value == nil || c.Value == *f.Value) &&
			(f.StartsWith == nil || strings.HasPrefix(c.Value, *f.StartsWith))
	})
}

// matchesParticipants reports whether each entry can have an actor of its own.
func (r viewReader) matchesParticipants(
	entries []store.ParticipantFilter, participations []kg.Participation, time edtf.Time,
) bool {
	if len(entries) == 0 {
		return true
	}
	for _, p := range participations {
		if !r.matchesParticipation(entries[0], p, time) {
			continue
		}
		others := slices.DeleteFunc(slices.Clone(participations), func(o kg.Participation) bool { return o.Actor == p.Actor })
		if r.matchesParticipants(entries[1:], others, time) {
			return true
		}
	}
	return false
}

func (r viewReader) matchesParticipation(f store.ParticipantFilter, p kg.Participation, time edtf.Time) bool {
	a := r.actors[p.Actor]
	return anyOf(f.AnyOf, p.Actor) && r.represents(f.Representing, p, time) && anyOf(f.Roles, p.Role) &&
		anyOf(f.Kinds, a.Kind) && anyOf(f.Countries, a.Country) && anyOf(f.Sides, p.Side) && anyOf(f.Statuses, p.Status)
}

// represents reports whether a participant acts on behalf of one of the actors; nil matches everything.
func (r viewReader) represents(actors []kg.ID, p kg.Participation, time edtf.Time) bool {
	return anyOf(actors, p.Representing) || slices.ContainsFunc(sortedIDs(r.affiliations), func(id kg.ID) bool {
		a, found := r.affiliation(id)
		return found && a.Holder == p.Actor && slices.Contains(actors, a.Counterpart) &&
			(a.Type == kg.AffiliationRepresentation || a.Type == kg.AffiliationOffice) &&
			(a.ValidTime == nil || a.ValidTime.Earliest < time.Latest && time.Earliest < a.ValidTime.Latest)
	})
}

func (r viewReader) matchesPlace(f *store.PlaceFilter, event kg.ID) bool {
	return f == nil || slices.ContainsFunc(r.places(event), func(l kg.EventLocation) bool {
		return anyOf(f.Roles, l.Role) && r.isPlace(*f, r.locations[l.Location])
	})
}

// isPlace reports whether a location meets a filter, except for its roles.
func (r viewReader) isPlace(f store.PlaceFilter, l kg.Location) bool {
	if f.Within != nil {
		ancestors := r.ancestors([]kg.ID{l.ID})
		if !slices.ContainsFunc(f.Within, func(id kg.ID) bool { return ancestors[id] }) {
			return false
		}
	}
	return anyOf(f.Countries, l.Country) && (f.Near == nil || l.Point != nil && f.Near.Contains(*l.Point)) &&
		(f.Box == nil || l.Point != nil && f.Box.Contains(*l.Point))
}

// isPartOf reports whether an event is a part, at any depth, of one of the wholes. An event is not a part of itself.
func (r viewReader) isPartOf(event kg.ID, wholes []kg.ID) bool {
	seen := map[kg.ID]bool{event: true}
	for next := r.wholes(event); len(next) > 0; next = next[1:] {
		if seen[next[0]] {
			continue
		}
		if slices.Contains(wholes, next[0]) {
			return true
		}
		seen[next[0]] = true
		next = append(slices.Clone(next), r.wholes(next[0])...)
	}
	return false
}

func (r viewReader) matchesResponses(f *store.ResponseFilter, e kg.Event) bool {
	if f == nil {
		return true
	}
	all := r.responses(e.ID)
	if e.Modality == kg.ModalityProposed {
		for _, a := range r.edges(e.ID, kg.WantAnnouncedBy).AnnouncedBy {
			for _, answer := range r.responses(a.By) {
				if answer.By != e.ID {
					all = append(all, answer)
				}
			}
		}
	}
	responded := slices.ContainsFunc(all, func(a kg.Response) bool { return anyOf(f.Kinds, a.Kind) })
	return responded == f.WantExists()
}

// matchesSources reports whether live claims meet the conditions on sources; different claims may meet different
// conditions.
func (r viewReader) matchesSources(f *store.EventFilter, event kg.ID) bool {
	var documents, publishers, claimants []kg.ID
	var datasets []string
	for _, c := range r.liveClaims(event) {
		claimants = append(claimants, c.Claimants...)
		for _, d := range c.SourceDocuments() {
			documents = append(documents, d)
			publishers = append(publishers, r.documents[d].Publisher)
		}
		if c.Dataset != nil {
			datasets = append(datasets, c.Dataset.Name)
		}
	}
	return someOf(f.Documents, documents) && someOf(f.Publishers, publishers) && someOf(f.Claimants, claimants) &&
		someOf(f.Datasets, datasets)
}

// codings returns the codings of the claims about an event that are live at the view's moment.
func (r viewReader) codings(event kg.ID) (all []kg.Coding) {
	for _, c := range r.liveClaims(event) {
		all = append(all, r.book().CodingOf(c))
	}
	return all
}
