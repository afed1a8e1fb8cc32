package kg

import (
	"cmp"
	"iter"
	"slices"

	"casus/internal/edtf"
)

// edgeClaim is a claim that lists an edge, with its statements about the edge.
type edgeClaim[S any] struct {
	*voicedClaim
	statements []S
}

// edgesOf returns the versions of a subject's edges of one kind, sorted by key. An edge exists while a claim that lists
// it is live, and has a new version whenever the set of these claims changes. own is the aspect of the edge: a claim of
// this aspect that denies or disputes does not support the edge. An empty own excludes no claims. build receives the
// live claims of an edge in claim order.
func edgesOf[S, T any](
	everLive []*voicedClaim, own Aspect,
	list func(*Statement) []S, key func(S) string, build func([]edgeClaim[S]) T,
) []Versioned[T] {
	var found edgeIndex[S]
	for _, c := range everLive {
		if !c.Positive() && own != "" && c.Aspect == own {
			continue
		}
		for _, s := range list(&c.Says) {
			claims := found.claims(key(s))
			if n := len(*claims); n == 0 || (*claims)[n-1].voicedClaim != c {
				*claims = append(*claims, edgeClaim[S]{voicedClaim: c})
			}
			last := &(*claims)[len(*claims)-1]
			last.statements = append(last.statements, s)
		}
	}
	if len(found.all) == 0 {
		return nil
	}
	slices.SortFunc(found.all, func(a, b edgeEntry[S]) int { return cmp.Compare(a.key, b.key) })
	all := make([]Versioned[T], 0, len(found.all))
	for _, k := range found.all {
		all = append(all, versions(k.claims, build)...)
	}
	return all
}

// edgeIndex holds the claims that list each edge, by the key of the edge. Most events have few edges, for which a
// linear search is fast.
type edgeIndex[S any] struct {
	all   []edgeEntry[S]
	index map[string]int // nil up to linearSearchLimit edges
}

type edgeEntry[S any] struct {
	key    string
	claims []edgeClaim[S]
}

// linearSearchLimit is the number of edges up to which an edgeIndex uses no map.
const linearSearchLimit = 8

// claims returns the claims that list the edge of a key. A new edge is added with an empty list.
func (k *edgeIndex[S]) claims(key string) *[]edgeClaim[S] {
	at, known := k.index[key]
	if k.index == nil {
		at = slices.IndexFunc(k.all, func(l edgeEntry[S]) bool { return l.key == key })
		known = at >= 0
	}
	if known {
		return &k.all[at].claims
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
	return &k.all[len(k.all)-1].claims
}

// versions splits time at the moments at which a claim starts or ceases to be live, and returns a version for each
// interval in which any claim is live. build must not retain its argument.
func versions[S, T any](claims []edgeClaim[S], build func([]edgeClaim[S]) T) []Versioned[T] {
	if len(claims) == 1 { // the usual case
		return []Versioned[T]{{Interval{claims[0].from, claims[0].KnownTo}, build(claims)}}
	}
	cuts := make([]edtf.Instant, 0, 2*len(claims))
	for _, l := range claims {
		cuts = append(cuts, l.from, l.KnownTo)
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var all []Versioned[T]
	var live []edgeClaim[S]
	for i, at := range cuts[:max(0, len(cuts)-1)] {
		live = live[:0]
		for _, l := range claims {
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

// preferenceOrder iterates over the statements of claims: positive claims before others, among these MACHINE claims
// after others, later before earlier.
func preferenceOrder[S any](live []edgeClaim[S]) iter.Seq[S] {
	return func(yield func(S) bool) {
		hasMachine := slices.ContainsFunc(live, func(l edgeClaim[S]) bool { return l.machine })
		for _, group := range []struct{ positive, machine bool }{{true, false}, {true, true}, {false, false}, {false, true}} {
			if group.machine && !hasMachine {
				continue
			}
			for _, l := range slices.Backward(live) {
				if l.Positive() != group.positive || l.machine != group.machine {
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

// idsOf returns the ids of the claims.
func idsOf[S any](claims []edgeClaim[S]) []ID {
	ids := make([]ID, len(claims))
	for i, l := range claims {
		ids[i] = l.ID
	}
	return ids
}

// participations returns one participation per actor and role. Its attributes are from the latest live positive claim
// that states them, else from the latest live claim. Its status follows the rules for events, but only claims that deny
// or dispute the PARTICIPATION itself count against it ("yes, but not by us").
func participations(everLive []*voicedClaim, book *VoiceBook) []Versioned[Participation] {
	return edgesOf(everLive, "",
		func(s *Statement) []Participant { return s.Participants },
		func(p Participant) string { return string(p.Role) + " " + string(p.Actor) },
		func(live []edgeClaim[Participant]) Participation {
			first := live[0].statements[0]
			edge := Participation{Actor: first.Actor, Role: first.Role, Claims: idsOf(live)}
			for p := range preferenceOrder(live) {
				edge.Side = cmp.Or(edge.Side, p.Side)
				edge.Capacity = cmp.Or(edge.Capacity, p.Capacity)
				edge.Representing = cmp.Or(edge.Representing, p.Representing)
			}
			counting := make([]*voicedClaim, 0, len(live))
			for _, l := range live {
				if l.Positive() || l.Aspect == AspectParticipation {
					counting = append(counting, l.voicedClaim)
				}
			}
			edge.Status = status(counting, book)
			return edge
		})
}

// locations returns one edge per location and role. A claim that denies or disputes the PLACE does not support it.
func locations(everLive []*voicedClaim) []Versioned[EventLocation] {
	return edgesOf(everLive, AspectPlace,
		func(s *Statement) []Place { return s.Places },
		func(p Place) string { return string(p.Role) + " " + string(p.Location) },
		func(live []edgeClaim[Place]) EventLocation {
			first := live[0].statements[0]
			edge := EventLocation{Location: first.Location, Role: first.Role, Claims: idsOf(live)}
			for p := range preferenceOrder(live) {
				edge.Precision = cmp.Or(edge.Precision, p.Precision)
			}
			return edge
		})
}

func wholes(part ID, everLive []*voicedClaim) []Versioned[EventPart] {
	return edgesOf(everLive, "",
		func(s *Statement) []ID { return s.Wholes },
		func(whole ID) string { return string(whole) },
		func(live []edgeClaim[ID]) EventPart {
			return EventPart{Part: part, Whole: live[0].statements[0], Claims: idsOf(live)}
		})
}

func responses(by ID, everLive []*voicedClaim) []Versioned[Response] {
	return edgesOf(everLive, "",
		func(s *Statement) []ResponseTo { return s.RespondsTo },
		func(r ResponseTo) string { return string(r.Kind) + " " + string(r.To) },
		func(live []edgeClaim[ResponseTo]) Response {
			first := live[0].statements[0]
			edge := Response{By: by, To: first.To, Kind: first.Kind, Claims: idsOf(live)}
			for r := range preferenceOrder(live) {
				edge.Condition = cmp.Or(edge.Condition, r.Condition)
			}
			return edge
		})
}

func announcements(by ID, everLive []*voicedClaim) []Versioned[Announcement] {
	return edgesOf(everLive, "",
		func(s *Statement) []ID { return s.Announces },
		func(event ID) string { return string(event) },
		func(live []edgeClaim[ID]) Announcement {
			return Announcement{By: by, Of: live[0].statements[0], Claims: idsOf(live)}
		})
}

// affiliationIntervals returns the intervals in which a positive claim about an affiliation was live.
func affiliationIntervals(everLive []*voicedClaim) []Versioned[[]ID] {
	var positive []edgeClaim[ID]
	for _, c := range everLive {
		if c.Positive() {
			positive = append(positive, edgeClaim[ID]{voicedClaim: c})
		}
	}
	return versions(positive, idsOf[ID])
}
