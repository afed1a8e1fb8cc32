package memory

import (
	"slices"
	"strings"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/text"
)

// anyOf says whether a value is one of those asked for; nil asks for nothing.
func anyOf[T comparable](asked []T, v T) bool { return asked == nil || slices.Contains(asked, v) }

// someOf says whether one of the values is one of those asked for.
func someOf[T comparable](asked, values []T) bool {
	return asked == nil || slices.ContainsFunc(values, func(v T) bool { return slices.Contains(asked, v) })
}

func inRange(r *store.IntRange, n *int) bool {
	return r == nil || n != nil && (r.Min == nil || *r.Min <= *n) && (r.Max == nil || *n <= *r.Max)
}

func inTime(r *store.TimeRange, t edtf.Time) bool { return r == nil || r.Matches(t) }

// says whether the words asked for occur in what the node is found by.
func says(asked *string, n kg.Node) bool {
	if asked == nil {
		return true
	}
	names, rest := store.SearchTexts(n)
	return text.ParseQuery(*asked).Matches(store.SearchTokens(slices.Concat(names, rest)))
}

func (r reading) matchesEvent(f *store.EventFilter, e kg.Event) bool {
	if f == nil {
		return true
	}
	voices := e.Sources.Voices
	var killed *int
	if e.Toll.Killed != nil {
		killed = e.Toll.Killed.Best
	}
	for _, holds := range []bool{
		anyOf(f.IDs, e.ID), says(f.Text, e), inTime(f.Time, e.Time), inTime(f.FirstAsserted, e.FirstAsserted),
		anyOf(f.Precision, e.Time.Precision), anyOf(f.Categories, e.Category), anyOf(f.Modes, e.Mode),
		anyOf(f.Modalities, e.Modality), anyOf(f.Statuses, e.Status), inRange(f.Killed, killed), inRange(f.Voices, &voices),
		f.Codes == nil || slices.ContainsFunc(f.Codes, func(c store.CodeFilter) bool { return hasCode(c, e.Codes) }),
		r.matchesParticipants(f.Participants, r.participations(e.ID)), r.matchesPlace(f.Place, e.ID),
		f.PartOf == nil || r.isPartOf(e.ID, f.PartOf), f.HasParts == nil || *f.HasParts == (len(r.parts(e.ID)) > 0),
		r.matchesResponses(f.Responses, e.ID), r.matchesSources(f, e.ID),
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
		return c.Scheme == f.Scheme && (f.Value == nil || c.Value == *f.Value) && (f.StartsWith == nil || strings.HasPrefix(c.Value, *f.StartsWith))
	})
}

// matchesParticipants tries to give every entry an actor of its own.
func (r reading) matchesParticipants(entries []store.ParticipantFilter, there []kg.Participation) bool {
	if len(entries) == 0 {
		return true
	}
	for _, p := range there {
		if !r.matchesParticipation(entries[0], p) {
			continue
		}
		others := slices.DeleteFunc(slices.Clone(there), func(o kg.Participation) bool { return o.Actor == p.Actor })
		if r.matchesParticipants(entries[1:], others) {
			return true
		}
	}
	return false
}

func (r reading) matchesParticipation(f store.ParticipantFilter, p kg.Participation) bool {
	a := r.actors[p.Actor]
	return anyOf(f.AnyOf, p.Actor) && anyOf(f.Representing, p.Representing) && anyOf(f.Roles, p.Role) &&
		anyOf(f.Kinds, a.Kind) && anyOf(f.Countries, a.Country) && anyOf(f.Sides, p.Side)
}

func (r reading) matchesPlace(f *store.PlaceFilter, event kg.ID) bool {
	return f == nil || slices.ContainsFunc(r.places(event), func(l kg.EventLocation) bool {
		return anyOf(f.Roles, l.Role) && r.isPlace(*f, r.locations[l.Location])
	})
}

// isPlace asks a place itself; roles are asked elsewhere.
func (r reading) isPlace(f store.PlaceFilter, l kg.Location) bool {
	if f.Within != nil {
		above := r.above([]kg.ID{l.ID})
		if !slices.ContainsFunc(f.Within, func(id kg.ID) bool { return above[id] }) {
			return false
		}
	}
	return anyOf(f.Countries, l.Country) && (f.Near == nil || l.Point != nil && f.Near.Contains(*l.Point)) &&
		(f.Box == nil || l.Point != nil && f.Box.Contains(*l.Point))
}

// isPartOf walks up the wholes; an event is no part of itself.
func (r reading) isPartOf(event kg.ID, asked []kg.ID) bool {
	seen := map[kg.ID]bool{event: true}
	for next := r.wholes(event); len(next) > 0; next = next[1:] {
		if seen[next[0]] {
			continue
		}
		if slices.Contains(asked, next[0]) {
			return true
		}
		seen[next[0]] = true
		next = append(slices.Clone(next), r.wholes(next[0])...)
	}
	return false
}

func (r reading) matchesResponses(f *store.ResponseFilter, event kg.ID) bool {
	if f == nil {
		return true
	}
	there := slices.ContainsFunc(r.responses(event), func(a kg.Response) bool { return anyOf(f.Kinds, a.Kind) })
	return there == f.Wanted()
}

// matchesSources asks the claims that stood: each condition may be met by another one.
func (r reading) matchesSources(f *store.EventFilter, event kg.ID) bool {
	var documents, publishers, claimants []kg.ID
	var datasets []string
	for _, c := range r.live(event) {
		claimants = append(claimants, c.Claimants...)
		if c.Document != "" {
			documents = append(documents, c.Document)
			publishers = append(publishers, r.documents[c.Document].Publisher)
		}
		if c.Dataset != nil {
			datasets = append(datasets, c.Dataset.Name)
		}
	}
	return someOf(f.Documents, documents) && someOf(f.Publishers, publishers) && someOf(f.Claimants, claimants) && someOf(f.Datasets, datasets)
}
