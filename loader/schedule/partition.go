package schedule

import (
	"maps"
	"slices"

	"casus/internal/kg"
)

// partition divides ordered groups into a first part, which several other groups depend on, and partitions that are
// independent of each other and may be applied concurrently. All keep their order.
func partition(groups []group) (first []group, partitions [][]group) {
	d := unionFind{groups: groups, parent: make([]int, len(groups)), needs: make([][]int, len(groups))}
	for i := range d.parent {
		d.parent[i] = i
	}
	d.joinDefiners()
	shared := d.sharedRoots()
	// A group that only one other group depends on is applied with it.
	for i, needs := range d.needs {
		for _, n := range needs {
			if !shared[d.root(n)] && !shared[d.root(i)] {
				d.join(i, n)
			}
		}
	}
	indexOf := map[int]int{}
	for i, g := range groups {
		root := d.root(i)
		if shared[root] {
			first = append(first, g)
			continue
		}
		n, found := indexOf[root]
		if !found {
			n = len(partitions)
			indexOf[root], partitions = n, append(partitions, nil)
		}
		partitions[n] = append(partitions[n], g)
	}
	return first, partitions
}

// unionFind holds sets of groups that must be applied together, as a forest, and the groups that each group depends on.
type unionFind struct {
	groups []group
	parent []int
	needs  [][]int
}

// root returns the group that represents the set of group i.
func (d *unionFind) root(i int) int {
	for d.parent[i] != i {
		d.parent[i] = d.parent[d.parent[i]]
		i = d.parent[i]
	}
	return i
}

// join merges the sets of two groups; the earlier root remains.
func (d *unionFind) join(a, b int) {
	if a, b = d.root(a), d.root(b); a != b {
		d.parent[max(a, b)] = min(a, b)
	}
}

// joinDefiners joins groups that define the same node or have claims about the same event, and finds each group's
// dependencies.
func (d *unionFind) joinDefiners() {
	definer := map[kg.ID]int{}
	define := func(i int, id kg.ID) {
		if other, found := definer[id]; found {
			d.join(i, other)
		} else {
			definer[id] = i
		}
	}
	for i, g := range d.groups {
		for _, e := range g {
			for id := range e.DefinedIDs {
				define(i, id)
			}
			for _, c := range e.Batch.Claims {
				define(i, c.Subject)
			}
		}
	}
	for i, g := range d.groups {
		for _, e := range g {
			for id := range e.References {
				if n, found := definer[id]; found {
					d.needs[i] = append(d.needs[i], n)
				}
			}
		}
	}
}

// sharedRoots returns the roots that two or more others depend on, and the dependencies of these.
func (d *unionFind) sharedRoots() map[int]bool {
	needs, needed := map[int]map[int]bool{}, map[int]int{}
	for i, all := range d.needs {
		a := d.root(i)
		for _, n := range all {
			b := d.root(n)
			if a == b || needs[a][b] {
				continue
			}
			if needs[a] == nil {
				needs[a] = map[int]bool{}
			}
			needs[a][b] = true
			needed[b]++
		}
	}
	shared := map[int]bool{}
	var todo []int
	for b, n := range needed {
		if n > 1 {
			todo = append(todo, b)
		}
	}
	for len(todo) > 0 {
		b := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if !shared[b] {
			shared[b] = true
			todo = slices.AppendSeq(todo, maps.Keys(needs[b]))
		}
	}
	return shared
}
