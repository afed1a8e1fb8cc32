package kg

import (
	"fmt"
	"slices"
)

// IdentityConflict is a decision that two nodes are not the same, although other decisions put them in one class
// through further nodes.
type IdentityConflict struct {
	// NotSame is the decision that the nodes are not the same, the latest on its pair.
	NotSame IdentityDecision `json:"notSame"`
	// Class is the class of both nodes.
	Class ID `json:"class"`
	// Through is a shortest path of decisions from NotSame.A to NotSame.B.
	Through []IdentityDecision `json:"through"`
}

// String describes the conflict in one line.
func (c IdentityConflict) String() string {
	s := fmt.Sprintf("%s and %s are not the same according to %s (%s), but other decisions merge them:",
		c.NotSame.A, c.NotSame.B, c.NotSame.DecidedBy, c.NotSame.DecidedAt)
	for i, d := range c.Through {
		s += fmt.Sprintf("%s %s = %s (%s, %s)", [2]string{"", ","}[min(i, 1)], d.A, d.B, d.DecidedBy, d.DecidedAt)
	}
	return s
}

// IdentityConflicts returns all conflicts among decisions, in the order of their pairs. As in Classes, only the latest
// decision on a pair counts, so a later decision on any pair of a conflict can resolve it.
func IdentityConflicts(decisions []IdentityDecision) []IdentityConflict {
	class := Classes(decisions)
	links, notSame := map[ID][]IdentityDecision{}, []IdentityDecision(nil)
	for _, d := range latestDecisions(decisions) {
		if d.Same {
			links[d.A], links[d.B] = append(links[d.A], d), append(links[d.B], d)
		} else if c := class[d.A]; c != "" && c == class[d.B] {
			notSame = append(notSame, d)
		}
	}
	var all []IdentityConflict
	for _, d := range notSame {
		all = append(all, IdentityConflict{d, class[d.A], shortestPath(links, d.A, d.B)})
	}
	return all
}

// shortestPath returns the decisions on a shortest path between two nodes.
func shortestPath(links map[ID][]IdentityDecision, from, to ID) []IdentityDecision {
	cameBy := map[ID]*IdentityDecision{from: nil}
	for next := []ID{from}; len(next) > 0; {
		at := next[0]
		next = next[1:]
		if at == to {
			break
		}
		for _, d := range links[at] {
			if neighbor := d.otherNode(at); !hasKey(cameBy, neighbor) {
				cameBy[neighbor] = &d
				next = append(next, neighbor)
			}
		}
	}
	var path []IdentityDecision
	for at := to; cameBy[at] != nil; at = cameBy[at].otherNode(at) {
		path = append(path, *cameBy[at])
	}
	slices.Reverse(path)
	return path
}

func hasKey[K comparable, V any](m map[K]V, key K) bool {
	_, ok := m[key]
	return ok
}

func (d IdentityDecision) otherNode(id ID) ID {
	if d.A == id {
		return d.B
	}
	return d.A
}

// pair returns the nodes of the decision, the smaller id first.
func (d IdentityDecision) pair() [2]ID { return [2]ID{min(d.A, d.B), max(d.A, d.B)} }

// latestDecisions returns the latest decision on each pair, in the order of the pairs.
func latestDecisions(decisions []IdentityDecision) []IdentityDecision {
	latest := map[[2]ID]IdentityDecision{}
	for _, d := range decisions {
		if old, ok := latest[d.pair()]; !ok || compareDecisions(old, d) < 0 {
			latest[d.pair()] = d
		}
	}
	all := make([]IdentityDecision, 0, len(latest))
	for _, d := range latest {
		all = append(all, d)
	}
	slices.SortFunc(all, func(a, b IdentityDecision) int {
		p, q := a.pair(), b.pair()
		return slices.Compare(p[:], q[:])
	})
	return all
}
