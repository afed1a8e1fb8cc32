package kg

import (
	"casus/internal/edtf"
	"cmp"
	"iter"
	"slices"
)

// lister is a claim that lists an edge, with what it says of it.
type lister[S any] struct {
	*voiced
	said []S
}

// edgesOf gives the versions of a subject's edges of one kind, by key. An edge is there while one of the claims that
// list it is live, and begins a new version whenever the set of these changes. own is the aspect whose denial does not
// support the edge, if there is one; build gets the live claims that list it, in claim order.
func edgesOf[S, T any](stood []*voiced, own Aspect, list func(*Statement) []S, key func(S) string, build func([]lister[S]) T) []Versioned[T] {
	var found keyed[S]
	for _, c := range stood {
		if !c.Positive() && own != "" && c.Aspect == own {
			continue
		}
		for _, s := range list(&c.Says) {
			listers := found.of(key(s))
			if n := len(*listers); n == 0 || (*listers)[n-1].voiced != c {
				*listers = append(*listers, lister[S]{voiced: c})
			}
			last := &(*listers)[len(*listers)-1]
			last.said = append(last.said, s)
		}
	}
	if len(found.all) == 0 {
		return nil
	}
	slices.SortFunc(found.all, func(a, b keyedListers[S]) int { return cmp.Compare(a.key, b.key) })
	all := make([]Versioned[T], 0, len(found.all))
	for _, k := range found.all {
		all = append(all, versions(k.listers, build)...)
	}
	return all
}

// keyed is what lists each edge, by key. Most events have few: these are looked through.
type keyed[S any] struct {
	all   []keyedListers[S]
	index map[string]int // nil while there are few
}

type keyedListers[S any] struct {
	key     string
	listers []lister[S]
}

// few is how many are looked through rather than looked up.
const few = 8

// of gives what lists the edge of a key.
func (k *keyed[S]) of(key string) *[]lister[S] {
	at, known := k.index[key]
	if k.index == nil {
		at = slices.IndexFunc(k.all, func(l keyedListers[S]) bool { return l.key == key })
		known = at >= 0
	}
	if known {
		return &k.all[at].listers
	}
	k.all = append(k.all, keyedListers[S]{key: key})
	if k.index != nil {
		k.index[key] = len(k.all) - 1
	} else if len(k.all) > few {
		k.index = make(map[string]int, 4*few)
		for i, l := range k.all {
			k.index[l.key] = i
		}
	}
	return &k.all[len(k.all)-1].listers
}

// versions cuts time at the moments at which one of the claims comes or goes, and builds what the live ones come to in
// each stretch that has any. build must not keep the list it is given.
func versions[S, T any](listers []lister[S], build func([]lister[S]) T) []Versioned[T] {
	if len(listers) == 1 { // as most have
		return []Versioned[T]{{Interval{listers[0].from, listers[0].KnownTo}, build(listers)}}
	}
	cuts := make([]edtf.Instant, 0, 2*len(listers))
	for _, l := range listers {
		cuts = append(cuts, l.from, l.KnownTo)
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var all []Versioned[T]
	var live []lister[S]
	for i, at := range cuts[:max(0, len(cuts)-1)] {
		live = live[:0]
		for _, l := range listers {
			if l.liveAt(at) {
				live = append(live, l)
			}
		}
		if len(live) > 0 {
			all = append(all, Versioned[T]{Interval{at, cuts[i+1]}, build(live)})
		}
	}
	return all
}

// preferred walks through what claims say, best first: positive claims before others, later before earlier.
func preferred[S any](live []lister[S]) iter.Seq[S] {
	return func(yield func(S) bool) {
		for _, positive := range []bool{true, false} {
			for _, l := range slices.Backward(live) {
				if l.Positive() != positive {
					continue
				}
				for _, s := range l.said {
					if !yield(s) {
						return
					}
				}
			}
		}
	}
}

func claimsOf[S any](listers []lister[S]) []ID {
	ids := make([]ID, len(listers))
	for i, l := range listers {
		ids[i] = l.ID
	}
	return ids
}

// participations gives one participation for an actor and a role: attributes from the latest live positive claim that
// states them, status by the rules of an event's, where only claims that deny or dispute the PARTICIPATION itself count
// against it ("yes, but not by us").
func participations(stood []*voiced) []Versioned[Participation] {
	return edgesOf(stood, "",
		func(s *Statement) []Participant { return s.Participants },
		func(p Participant) string { return string(p.Role) + " " + string(p.Actor) },
		func(live []lister[Participant]) Participation {
			edge := Participation{Actor: live[0].said[0].Actor, Role: live[0].said[0].Role, Claims: claimsOf(live)}
			for p := range preferred(live) {
				edge.Side = cmp.Or(edge.Side, p.Side)
				edge.Capacity = cmp.Or(edge.Capacity, p.Capacity)
				edge.Representing = cmp.Or(edge.Representing, p.Representing)
			}
			speaking := make([]*voiced, 0, len(live))
			for _, l := range live {
				if l.Positive() || l.Aspect == AspectParticipation {
					speaking = append(speaking, l.voiced)
				}
			}
			edge.Status = status(speaking)
			return edge
		})
}

// locations gives one edge for a place and a role. A claim that denies or disputes the PLACE does not support it.
func locations(stood []*voiced) []Versioned[EventLocation] {
	return edgesOf(stood, AspectPlace,
		func(s *Statement) []Place { return s.Places },
		func(p Place) string { return string(p.Role) + " " + string(p.Location) },
		func(live []lister[Place]) EventLocation {
			edge := EventLocation{Location: live[0].said[0].Location, Role: live[0].said[0].Role, Claims: claimsOf(live)}
			for p := range preferred(live) {
				edge.Precision = cmp.Or(edge.Precision, p.Precision)
			}
			return edge
		})
}

func wholes(part ID, stood []*voiced) []Versioned[EventPart] {
	return edgesOf(stood, "",
		func(s *Statement) []ID { return s.Wholes },
		func(whole ID) string { return string(whole) },
		func(live []lister[ID]) EventPart {
			return EventPart{Part: part, Whole: live[0].said[0], Claims: claimsOf(live)}
		})
}

func responses(by ID, stood []*voiced) []Versioned[Response] {
	return edgesOf(stood, "",
		func(s *Statement) []ResponseTo { return s.RespondsTo },
		func(r ResponseTo) string { return string(r.Kind) + " " + string(r.To) },
		func(live []lister[ResponseTo]) Response {
			edge := Response{By: by, To: live[0].said[0].To, Kind: live[0].said[0].Kind, Claims: claimsOf(live)}
			for r := range preferred(live) {
				edge.Condition = cmp.Or(edge.Condition, r.Condition)
			}
			return edge
		})
}

func announcements(by ID, stood []*voiced) []Versioned[Announcement] {
	return edgesOf(stood, "",
		func(s *Statement) []ID { return s.Announces },
		func(of ID) string { return string(of) },
		func(live []lister[ID]) Announcement {
			return Announcement{By: by, Of: live[0].said[0], Claims: claimsOf(live)}
		})
}

// affiliated gives the intervals in which a positive claim of an affiliation was live.
func affiliated(stood []*voiced) []Versioned[[]ID] {
	var positive []lister[ID]
	for _, c := range stood {
		if c.Positive() {
			positive = append(positive, lister[ID]{voiced: c})
		}
	}
	return versions(positive, claimsOf[ID])
}
