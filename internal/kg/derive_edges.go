package kg

import (
	"cmp"
	"iter"
	"slices"

	"casus/internal/edtf"
)

// edgeClaim is a claim that lists an edge, with what it says of it.
type edgeClaim[S any] struct {
	*voicedClaim
	statements []S
}

// edgesOf gives the versions of a subject's edges of one kind, by key. An edge is there while one of the claims that
// list it is live, and begins a new version whenever the set of these changes. own is the aspect whose denial does not
// support the edge, if there is one; build gets the live claims that list it, in claim order.
func edgesOf[S, T any](stood []*voicedClaim, own Aspect, list func(*Statement) []S, key func(S) string, build func([]edgeClaim[S]) T) []Versioned[T] {
	var found edgeIndex[S]
	for _, c := range stood {
		if !c.Positive() && own != "" && c.Aspect == own {
			continue
		}
		for _, s := range list(&c.Says) {
			listers := found.listersOf(key(s))
			if n := len(*listers); n == 0 || (*listers)[n-1].voicedClaim != c {
				*listers = append(*listers, edgeClaim[S]{voicedClaim: c})
			}
			last := &(*listers)[len(*listers)-1]
			last.statements = append(last.statements, s)
		}
	}
	if len(found.all) == 0 {
		return nil
	}
	slices.SortFunc(found.all, func(a, b edgeEntry[S]) int { return cmp.Compare(a.key, b.key) })
	all := make([]Versioned[T], 0, len(found.all))
	for _, k := range found.all {
		all = append(all, versions(k.listers, build)...)
	}
	return all
}

// edgeIndex is what lists each edge, by key. Most events have few: these are looked through.
type edgeIndex[S any] struct {
	all   []edgeEntry[S]
	index map[string]int // nil while there are few
}

type edgeEntry[S any] struct {
	key     string
	listers []edgeClaim[S]
}

// linearSearchLimit is how many are looked through rather than looked up.
const linearSearchLimit = 8

// listersOf gives what lists the edge of a key.
func (k *edgeIndex[S]) listersOf(key string) *[]edgeClaim[S] {
	at, known := k.index[key]
	if k.index == nil {
		at = slices.IndexFunc(k.all, func(l edgeEntry[S]) bool { return l.key == key })
		known = at >= 0
	}
	if known {
		return &k.all[at].listers
	}
	k.all = append(k.all, edgeEntry[S]{key: key})
	if k.index != nil {
		k.index[key] = len(k.all) - 1
	} else if len(k.all) > linearSearchLimit {
		k.index = make(map[string]int, 4*linearSearchLimit)
		for i, l := range k.all {
			k.index[l.key] = i
		}
	}
	return &k.all[len(k.all)-1].listers
}

// versions cuts time at the moments at which one of the claims comes or goes, and builds what the live ones come to in
// each stretch that has any. build must not keep the list it is given.
func versions[S, T any](listers []edgeClaim[S], build func([]edgeClaim[S]) T) []Versioned[T] {
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
	var live []edgeClaim[S]
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

// preferenceOrder walks through what claims say, best first: positive claims before others, later before earlier.
func preferenceOrder[S any](live []edgeClaim[S]) iter.Seq[S] {
	return func(yield func(S) bool) {
		for _, positive := range []bool{true, false} {
			for _, l := range slices.Backward(live) {
				if l.Positive() != positive {
					continue
				}
				for _, s := range l.statements {
					if !yield(s) {
						return
					}
				}
			}
		}
	}
}

func claimsOf[S any](listers []edgeClaim[S]) []ID {
	ids := make([]ID, len(listers))
	for i, l := range listers {
		ids[i] = l.ID
	}
	return ids
}

// participations gives one participation for an actor and a role: attributes from the latest live positive claim that
// states them, status by the rules of an event's, where only claims that deny or dispute the PARTICIPATION itself count
// against it ("yes, but not by us").
func participations(stood []*voicedClaim) []Versioned[Participation] {
	return edgesOf(stood, "",
		func(s *Statement) []Participant { return s.Participants },
		func(p Participant) string { return string(p.Role) + " " + string(p.Actor) },
		func(live []edgeClaim[Participant]) Participation {
			edge := Participation{Actor: live[0].statements[0].Actor, Role: live[0].statements[0].Role, Claims: claimsOf(live)}
			for p := range preferenceOrder(live) {
				edge.Side = cmp.Or(edge.Side, p.Side)
				edge.Capacity = cmp.Or(edge.Capacity, p.Capacity)
				edge.Representing = cmp.Or(edge.Representing, p.Representing)
			}
			speaking := make([]*voicedClaim, 0, len(live))
			for _, l := range live {
				if l.Positive() || l.Aspect == AspectParticipation {
					speaking = append(speaking, l.voicedClaim)
				}
			}
			edge.Status = status(speaking)
			return edge
		})
}

// locations gives one edge for a place and a role. A claim that denies or disputes the PLACE does not support it.
func locations(stood []*voicedClaim) []Versioned[EventLocation] {
	return edgesOf(stood, AspectPlace,
		func(s *Statement) []Place { return s.Places },
		func(p Place) string { return string(p.Role) + " " + string(p.Location) },
		func(live []edgeClaim[Place]) EventLocation {
			edge := EventLocation{Location: live[0].statements[0].Location, Role: live[0].statements[0].Role, Claims: claimsOf(live)}
			for p := range preferenceOrder(live) {
				edge.Precision = cmp.Or(edge.Precision, p.Precision)
			}
			return edge
		})
}

func wholes(part ID, stood []*voicedClaim) []Versioned[EventPart] {
	return edgesOf(stood, "",
		func(s *Statement) []ID { return s.Wholes },
		func(whole ID) string { return string(whole) },
		func(live []edgeClaim[ID]) EventPart {
			return EventPart{Part: part, Whole: live[0].statements[0], Claims: claimsOf(live)}
		})
}

func responses(by ID, stood []*voicedClaim) []Versioned[Response] {
	return edgesOf(stood, "",
		func(s *Statement) []ResponseTo { return s.RespondsTo },
		func(r ResponseTo) string { return string(r.Kind) + " " + string(r.To) },
		func(live []edgeClaim[ResponseTo]) Response {
			edge := Response{By: by, To: live[0].statements[0].To, Kind: live[0].statements[0].Kind, Claims: claimsOf(live)}
			for r := range preferenceOrder(live) {
				edge.Condition = cmp.Or(edge.Condition, r.Condition)
			}
			return edge
		})
}

func announcements(by ID, stood []*voicedClaim) []Versioned[Announcement] {
	return edgesOf(stood, "",
		func(s *Statement) []ID { return s.Announces },
		func(of ID) string { return string(of) },
		func(live []edgeClaim[ID]) Announcement {
			return Announcement{By: by, Of: live[0].statements[0], Claims: claimsOf(live)}
		})
}

// affiliationIntervals gives the intervals in which a positive claim of an affiliation was live.
func affiliationIntervals(stood []*voicedClaim) []Versioned[[]ID] {
	var positive []edgeClaim[ID]
	for _, c := range stood {
		if c.Positive() {
			positive = append(positive, edgeClaim[ID]{voicedClaim: c})
		}
	}
	return versions(positive, claimsOf[ID])
}
