package kg

import (
	"cmp"
	"fmt"
	"slices"
)

// IdentityConflict is a decision that two nodes are not the same, while others make them one by way of further nodes.
type IdentityConflict struct {
	// Apart is the latest decision on its pair.
	Apart IdentityDecision `json:"apart"`
	// Class is the class both nodes are in.
	Class ID `json:"class"`
	// Through are decisions that lead from Apart.A to Apart.B, each from where the one before led to; no fewer do.
	Through []IdentityDecision `json:"through"`
}

// String tells the conflict in one line.
func (c IdentityConflict) String() string {
	s := fmt.Sprintf("%s and %s are not the same, says %s (%s), but others make them one:", c.Apart.A, c.Apart.B, c.Apart.DecidedBy, c.Apart.DecidedAt)
	for i, d := range c.Through {
		s += fmt.Sprintf("%s %s = %s (%s, %s)", [2]string{"", ","}[min(i, 1)], d.A, d.B, d.DecidedBy, d.DecidedAt)
	}
	return s
}

// IdentityConflicts finds all conflicts among decisions, in the order of the pairs. Which of several decisions on one pair
// counts, and what a class is, is as in Classes; so a conflict is resolved by a later decision on any of its pairs.
func IdentityConflicts(decisions []IdentityDecision) []IdentityConflict {
	class := Classes(decisions)
	links, apart := map[ID][]IdentityDecision{}, []IdentityDecision(nil)
	for _, d := range latestDecisions(decisions) {
		if d.Same {
			links[d.A], links[d.B] = append(links[d.A], d), append(links[d.B], d)
		} else if c := class[d.A]; c != "" && c == class[d.B] {
			apart = append(apart, d)
		}
	}
	var all []IdentityConflict
	for _, d := range apart {
		all = append(all, IdentityConflict{d, class[d.A], shortestPath(links, d.A, d.B)})
	}
	return all
}

// shortestPath is a shortest way from one node to another, the first by ids.
func shortestPath(links map[ID][]IdentityDecision, from, to ID) []IdentityDecision {
	came := map[ID]*IdentityDecision{from: nil}
	for next := []ID{from}; len(next) > 0; {
		at := next[0]
		next = next[1:]
		if at == to {
			break
		}
		for _, d := range links[at] {
			if there := d.otherNode(at); !hasKey(came, there) {
				came[there] = &d
				next = append(next, there)
			}
		}
	}
	var way []IdentityDecision
	for at := to; came[at] != nil; at = came[at].otherNode(at) {
		way = append(way, *came[at])
	}
	slices.Reverse(way)
	return way
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

// pair are the decision's nodes, the smaller id first.
func (d IdentityDecision) pair() [2]ID { return [2]ID{min(d.A, d.B), max(d.A, d.B)} }

// latestDecisions are those that count, one for each pair, in the order of the pairs.
func latestDecisions(decisions []IdentityDecision) []IdentityDecision {
	latest := map[[2]ID]IdentityDecision{}
	for _, d := range decisions {
		if old, ok := latest[d.pair()]; !ok || cmp.Or(cmp.Compare(old.DecidedAt, d.DecidedAt), cmp.Compare(old.ID, d.ID)) < 0 {
			latest[d.pair()] = d
		}
	}
	all := make([]IdentityDecision, 0, len(latest))
	for _, d := range latest {
		all = append(all, d)
	}
	slices.SortFunc(all, func(a, b IdentityDecision) int { p, q := a.pair(), b.pair(); return slices.Compare(p[:], q[:]) })
	return all
}
