package kg

import (
	"cmp"
	"slices"
)

// Classes returns the identity classes that follow from decisions: a map from each merged node to the smallest id of
// its class. Classes are the transitive closure of the pairs that are the same. Of several decisions on a pair the
// latest counts, by (DecidedAt, id).
func Classes(decisions []IdentityDecision) map[ID]ID {
	type pair struct{ a, b ID }
	latest := map[pair]IdentityDecision{}
	for _, d := range decisions {
		p := pair{min(d.A, d.B), max(d.A, d.B)}
		if old, ok := latest[p]; !ok || compareDecisions(old, d) < 0 {
			latest[p] = d
		}
	}
	parent := map[ID]ID{} // towards the smallest id
	root := func(id ID) ID {
		for parent[id] != id {
			parent[id] = parent[parent[id]] // path halving
			id = parent[id]
		}
		return id
	}
	for p, d := range latest {
		if !d.Same {
			continue
		}
		for _, id := range []ID{p.a, p.b} {
			if _, known := parent[id]; !known {
				parent[id] = id
			}
		}
		a, b := root(p.a), root(p.b)
		parent[max(a, b)] = min(a, b)
	}
	class := make(map[ID]ID, len(parent))
	for id := range parent {
		class[id] = root(id)
	}
	return class
}

func compareDecisions(a, b IdentityDecision) int {
	return cmp.Or(cmp.Compare(a.DecidedAt, b.DecidedAt), cmp.Compare(a.ID, b.ID))
}

// Identities are the identity classes of a graph. The zero value has none: no nodes are merged.
type Identities struct {
	class   map[ID]ID
	members map[ID][]ID
	kinds   map[NodeKind]bool
}

// NewIdentities returns the Identities of a map from Classes.
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

// ClassOf returns the smallest id of the class of a node, or its own id if it is not merged.
func (i Identities) ClassOf(id ID) ID { return cmp.Or(i.class[id], id) }

// Members returns the ids of the class of a node, the node itself included, in order.
func (i Identities) Members(id ID) []ID {
	if m := i.members[i.ClassOf(id)]; m != nil {
		return m
	}
	return []ID{id}
}

// Hidden reports whether another node stands for the class of a node, so that the RESOLVED graph lacks this one.
func (i Identities) Hidden(id ID) bool { return i.ClassOf(id) != id }

// Merged reports whether a node is in a class with others.
func (i Identities) Merged(id ID) bool { return i.class[id] != "" }

// Classes returns the map of each merged node to its class. It must not be changed.
func (i Identities) Classes() map[ID]ID { return i.class }

// Any reports whether any nodes are merged.
func (i Identities) Any() bool { return len(i.class) > 0 }

// HasMerged reports whether any nodes of a kind are merged. An empty kind means any kind.
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

// Expand returns the members of the classes of all ids, sorted and distinct; nil stays nil.
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

// InView returns the classes for a view: none if its identity mode is EXACT.
func (i Identities) InView(v View) Identities {
	if v.Identity == IdentityExact {
		return Identities{}
	}
	return i
}

// removeFunc returns the list without the elements for which drop returns true, nil if all are removed. It returns the
// list itself if there are none.
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

// mapSlice returns a copy of the list with change applied to each element; nil stays nil.
func mapSlice[T any](list []T, change func(*T)) []T {
	list = slices.Clone(list)
	for i := range list {
		change(&list[i])
	}
	return list
}

// IdentityStatus holds the identity class of a node and the decisions about it.
type IdentityStatus struct {
	// Others are the other members of the class of the node in the view, by id.
	Others []ID
	// Decisions are all decisions that name the node or one of the others, in effect or not, in the order in which they
	// were made.
	Decisions []IdentityDecision
}

// Statuses returns the status of each node. The decisions must be all that name a member of the class of any of the
// nodes.
func (i Identities) Statuses(nodes []ID, decisions []IdentityDecision) []IdentityStatus {
	decisions = slices.Clone(decisions)
	slices.SortFunc(decisions, compareDecisions)
	byNode := map[ID][]int{}
	for n, d := range decisions {
		byNode[d.A], byNode[d.B] = append(byNode[d.A], n), append(byNode[d.B], n)
	}
	all := make([]IdentityStatus, len(nodes))
	for k, node := range nodes {
		var indexes []int
		for _, member := range i.Members(node) {
			if indexes = append(indexes, byNode[member]...); member != i.ClassOf(node) {
				all[k].Others = append(all[k].Others, member)
			}
		}
		slices.Sort(indexes)
		for _, n := range slices.Compact(indexes) {
			all[k].Decisions = append(all[k].Decisions, decisions[n])
		}
	}
	return all
}
