package kg

import (
	"cmp"
	"slices"
)

// Classes gives every node that decisions make one with others its class, by the class's smallest id. Of several
// decisions on one pair the latest counts, by (DecidedAt, id); classes are the closure of SAME.
func Classes(decisions []IdentityDecision) map[ID]ID {
	type pair struct{ a, b ID }
	latest := map[pair]IdentityDecision{}
	for _, d := range decisions {
		p := pair{min(d.A, d.B), max(d.A, d.B)}
		if old, ok := latest[p]; !ok || cmp.Or(cmp.Compare(old.DecidedAt, d.DecidedAt), cmp.Compare(old.ID, d.ID)) < 0 {
			latest[p] = d
		}
	}
	members := map[ID][]ID{}
	class := map[ID]ID{}
	of := func(id ID) ID { return cmp.Or(class[id], id) }
	for p, d := range latest {
		a, b := of(p.a), of(p.b)
		if !d.Same || a == b {
			continue
		}
		keep, gone := min(a, b), max(a, b)
		joined := slices.Concat(orSelf(members[keep], keep), orSelf(members[gone], gone))
		members[keep] = joined
		delete(members, gone)
		for _, m := range joined {
			class[m] = keep
		}
	}
	return class
}

func orSelf(members []ID, id ID) []ID {
	if members == nil {
		return []ID{id}
	}
	return members
}
