package schedule

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/record"
	"casus/loader/entry"
)

// place returns the entry of a location in others.
func place(id string, parents ...string) *entry.Entry {
	l := kg.Location{ID: kg.ID("location:" + id)}
	for _, p := range parents {
		l.Parents = append(l.Parents, kg.ID("location:"+p))
	}
	return &entry.Entry{Record: record.Record{Type: "location", ID: l.ID, Batch: kg.Batch{Locations: []kg.Location{l}}}}
}

// show formats groups by the keys of their entries, sorted within a group.
func show(groups []group) string {
	var all []string
	for _, g := range groups {
		var names []string
		for _, e := range g {
			names = append(names, strings.TrimPrefix(string(e.ID), "location:"))
		}
		slices.Sort(names)
		all = append(all, strings.Join(names, "+"))
	}
	return strings.Join(all, " ")
}

func TestDependencyOrder(t *testing.T) {
	bound := place("z")
	bound.Together = []*entry.Entry{place("y")}
	bound.Together[0].Together = []*entry.Entry{bound}
	for _, c := range []struct {
		name    string
		entries []*entry.Entry
		want    string
	}{
		{"none", nil, ""},
		{"independent ones keep their order", []*entry.Entry{place("b"), place("a")}, "b a"},
		{"a chain in reverse", []*entry.Entry{place("a", "b"), place("b", "c"), place("c")}, "c b a"},
		{"a reference to a stored place", []*entry.Entry{place("a", "stored"), place("b")}, "a b"},
		{
			"a circle is one group",
			[]*entry.Entry{place("a", "b"), place("b", "c"), place("c", "a", "d"), place("d")}, "d a+b+c",
		},
		{"two circles", []*entry.Entry{place("a", "b"), place("b", "a"), place("c", "d", "a"), place("d", "c")}, "a+b c+d"},
		{"entries of one transaction", []*entry.Entry{bound, place("x"), bound.Together[0]}, "y+z x"},
	} {
		if got := show(dependencyOrder(c.entries)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// What several groups depend on comes first; what is connected otherwise is one partition.
func TestPartition(t *testing.T) {
	for _, c := range []struct {
		name              string
		entries           []*entry.Entry
		first, partitions string
	}{
		{"independent", []*entry.Entry{place("a"), place("b")}, "", "a | b"},
		{"a pair", []*entry.Entry{place("a"), place("b", "a"), place("c")}, "", "a b | c"},
		{"shared", []*entry.Entry{place("a"), place("b", "a"), place("c", "a")}, "a", "b | c"},
		{"what a shared one needs", []*entry.Entry{place("r"), place("a", "r"), place("b", "a"), place("c", "a")},
			"r a", "b | c"},
		{"one node in two records", []*entry.Entry{place("a"), place("b"), place("a")}, "", "a a | b"},
	} {
		first, partitions := partition(dependencyOrder(c.entries))
		var all []string
		for _, p := range partitions {
			all = append(all, show(p))
		}
		if got := strings.Join(all, " | "); show(first) != c.first || got != c.partitions {
			t.Errorf("%s: first %q, then %q; want %q and %q", c.name, show(first), got, c.first, c.partitions)
		}
	}
}

// In any graph, each group is applied once, after the groups that it needs, and writers share neither a node nor a
// need.
func TestRandomSchedules(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 300 {
		n := 1 + r.IntN(30)
		entries := make([]*entry.Entry, n)
		for i := range entries {
			var parents []string
			for range r.IntN(3) {
				parents = append(parents, fmt.Sprint(r.IntN(n)))
			}
			entries[i] = place(fmt.Sprint(i), parents...)
		}
		groups := dependencyOrder(entries)
		first, partitions := partition(groups)
		done := map[kg.ID]bool{}
		apply := func(groups []group, done map[kg.ID]bool) {
			for _, g := range groups {
				for _, e := range g {
					if done[e.ID] {
						t.Fatalf("%s is applied twice", e.ID)
					}
					done[e.ID] = true
				}
				for _, e := range g {
					for id := range e.References {
						if !done[id] {
							t.Fatalf("%s is applied before %s", e.ID, id)
						}
					}
				}
			}
		}
		apply(first, done)
		applied := len(done)
		for _, batches := range distribute(partitions, 3, 4) {
			own := map[kg.ID]bool{} // a writer sees what came first, and its own
			for id := range done {
				own[id] = true
			}
			apply(slices.Concat(batches...), own)
			applied += len(own) - len(done)
		}
		if applied != n {
			t.Fatalf("%d of %d entries are applied", applied, n)
		}
	}
}

func TestBatches(t *testing.T) {
	var groups []group
	for i := range 11 {
		groups = append(groups, group{place(fmt.Sprint(i))})
	}
	sizes := func(batches [][]group) (all []int) {
		for _, b := range batches {
			all = append(all, sizeOf(b))
		}
		return all
	}
	if got := sizes(makeBatches(groups, 5)); !slices.Equal(got, []int{5, 5, 1}) {
		t.Errorf("batches of 5: %v", got)
	}
	if got := sizes(mergeSmallLast(makeBatches(groups, 5), 5)); !slices.Equal(got, []int{5, 6}) {
		t.Errorf("batches of 5, the last merged: %v", got)
	}
}
