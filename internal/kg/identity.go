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
		if old, ok := latest[p]; !ok || compareDecisions(old, d) < 0 {
			latest[p] = d
		}
	}
	above := map[ID]ID{} // towards the smallest id
	root := func(id ID) ID {
		for above[id] != id {
			above[id] = above[above[id]] // which keeps the way short
			id = above[id]
		}
		return id
	}
	for p, d := range latest {
		if !d.Same {
			continue
		}
		for _, id := range []ID{p.a, p.b} {
			if _, known := above[id]; !known {
				above[id] = id
			}
		}
		a, b := root(p.a), root(p.b)
		above[max(a, b)] = min(a, b)
	}
	class := make(map[ID]ID, len(above))
	for id := range above {
		class[id] = root(id)
	}
	return class
}

func compareDecisions(a, b IdentityDecision) int {
	return cmp.Or(cmp.Compare(a.DecidedAt, b.DecidedAt), cmp.Compare(a.ID, b.ID))
}

// Identities are classes of nodes that are one. The zero value has none: every node is by itself.
type Identities struct {
	class   map[ID]ID
	members map[ID][]ID
	kinds   map[NodeKind]bool
}

// NewIdentities takes classes as Classes gives them.
func NewIdentities(class map[ID]ID) Identities {
	i := Identities{class, map[ID][]ID{}, map[NodeKind]bool{}}
	for id, c := range class {
		i.members[c] = append(i.members[c], id)
		i.kinds[id.Kind()] = true
	}
	for _, members := range i.members {
		slices.Sort(members)
	}
	return i
}

// ClassOf is the class of a node: the smallest id of those that it is one with, its own where it is by itself.
func (i Identities) ClassOf(id ID) ID { return cmp.Or(i.class[id], id) }

// Members are all that are one with a node, itself among them, in order.
func (i Identities) Members(id ID) []ID {
	if m := i.members[i.ClassOf(id)]; m != nil {
		return m
	}
	return []ID{id}
}

// Hidden says whether a node is shown by another one of its class.
func (i Identities) Hidden(id ID) bool { return i.ClassOf(id) != id }

// Merged says whether a node is one with others.
func (i Identities) Merged(id ID) bool { return i.class[id] != "" }

// Classes maps each node to its class: what nodes of the resolved graph are one with whom.
func (i Identities) Classes() map[ID]ID { return i.class }

// Any reports whether any nodes are merged.
func (i Identities) Any() bool { return len(i.class) > 0 }

// HasMerged says whether any nodes of a kind are one; any at all for no kind.
func (i Identities) HasMerged(kind NodeKind) bool {
	return i.kinds[kind] || kind == "" && len(i.class) > 0
}

// IDs returns the class of each id, in the order of ids; nil stays nil.
func (i Identities) IDs(ids []ID) []ID {
	if ids == nil || len(i.class) == 0 {
		return ids
	}
	return mapSlice(ids, func(id *ID) { *id = i.ClassOf(*id) })
}

// Expand gives all that are one with any of the nodes; nil, which asks for nothing, stays nil.
func (i Identities) Expand(ids []ID) []ID {
	if ids == nil || len(i.class) == 0 {
		return ids
	}
	all := make([]ID, 0, len(ids))
	for _, id := range ids {
		all = append(all, i.Members(id)...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// InView are the classes to read a view by: none where nodes are to be shown apart.
func (i Identities) InView(v View) Identities {
	if v.Identity == IdentityExact {
		return Identities{}
	}
	return i
}

// removeFunc leaves the list alone where there is nothing to leave out.
func removeFunc[T any](list []T, drop func(T) bool) []T {
	if !slices.ContainsFunc(list, drop) {
		return list
	}
	kept := slices.DeleteFunc(slices.Clone(list), drop)
	if len(kept) == 0 {
		return nil
	}
	return kept
}

// mapSlice maps a list into a new one; nil stays nil.
func mapSlice[T any](list []T, change func(*T)) []T {
	list = slices.Clone(list)
	for i := range list {
		change(&list[i])
	}
	return list
}
