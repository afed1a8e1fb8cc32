package loader

import (
	"cmp"
	"maps"
	"slices"

	"casus/internal/kg"
)

// Parallel is a store that takes several batches at the same time, and is quicker so.
type Parallel interface {
	// Writers is how many.
	Writers() int
}

// partition divides ordered groups into those that come first, since several others need them, and lanes of others that have
// nothing to do with one another: each may be applied beside the rest. All keep their order.
func partition(groups [][]*record) (first [][]*record, lanes [][][]*record) {
	d := unionFind{groups: groups, parent: make([]int, len(groups)), needs: make([][]int, len(groups))}
	for i := range d.parent {
		d.parent[i] = i
	}
	d.joinDefiners()
	early := d.sharedRoots()
	// What is needed by one alone goes with it.
	for i, needs := range d.needs {
		for _, n := range needs {
			if !early[d.root(n)] && !early[d.root(i)] {
				d.join(i, n)
			}
		}
	}
	lane := map[int]int{}
	for i, g := range groups {
		root := d.root(i)
		if early[root] {
			first = append(first, g)
			continue
		}
		n, begun := lane[root]
		if !begun {
			n = len(lanes)
			lane[root], lanes = n, append(lanes, nil)
		}
		lanes[n] = append(lanes[n], g)
	}
	return first, lanes
}

// unionFind is the work of one apart: a forest of groups that stay together, and the groups that each needs.
type unionFind struct {
	groups [][]*record
	parent []int
	needs  [][]int
}

func (d *unionFind) root(i int) int {
	for d.parent[i] != i {
		d.parent[i] = d.parent[d.parent[i]]
		i = d.parent[i]
	}
	return i
}

func (d *unionFind) join(a, b int) {
	if a, b = d.root(a), d.root(b); a != b {
		d.parent[max(a, b)] = min(a, b)
	}
}

// joinDefiners puts together what gives the same node or speaks of the same event, and finds what each needs.
func (d *unionFind) joinDefiners() {
	giver := map[kg.ID]int{}
	gives := func(i int, id kg.ID) {
		if other, given := giver[id]; given {
			d.join(i, other)
		} else {
			giver[id] = i
		}
	}
	for i, g := range d.groups {
		for _, rec := range g {
			for id := range rec.definedIDs {
				gives(i, id)
			}
			for _, c := range rec.batch.Claims {
				gives(i, c.Subject)
			}
		}
	}
	for i, g := range d.groups {
		for _, rec := range g {
			for id := range rec.references {
				if n, given := giver[id]; given {
					d.needs[i] = append(d.needs[i], n)
				}
			}
		}
	}
}

// sharedRoots are the roots of what two or more need, or what these need.
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
	early := map[int]bool{}
	var open []int
	for b, n := range needed {
		if n > 1 {
			open = append(open, b)
		}
	}
	for len(open) > 0 {
		b := open[len(open)-1]
		open = open[:len(open)-1]
		if !early[b] {
			early[b] = true
			open = slices.AppendSeq(open, maps.Keys(needs[b]))
		}
	}
	return early
}

// distribute gives each of the writers its part of the lanes, as batches of about a size, the largest lanes first.
func distribute(lanes [][][]*record, writers, size int) [][][][]*record {
	slices.SortStableFunc(lanes, func(a, b [][]*record) int { return cmp.Compare(sizeOf(b), sizeOf(a)) })
	shares := make([][][]*record, writers)
	filled := make([]int, writers)
	for _, lane := range lanes {
		least := 0
		for i, n := range filled {
			if n < filled[least] {
				least = i
			}
		}
		shares[least] = append(shares[least], lane...)
		filled[least] += sizeOf(lane)
	}
	batches := make([][][][]*record, writers)
	for i, s := range shares {
		batches[i] = makeBatches(s, size)
	}
	return batches
}
