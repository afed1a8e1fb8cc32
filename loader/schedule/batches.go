package schedule

import (
	"cmp"
	"slices"
)

// makeBatches cuts groups into batches of about the given number of nodes and claims.
func makeBatches(groups []group, target int) [][]group {
	var all [][]group
	var batch []group
	size := 0
	for _, g := range groups {
		batch, size = append(batch, g), size+g.size()
		if size >= target {
			all, batch, size = append(all, batch), nil, 0
		}
	}
	if len(batch) > 0 {
		all = append(all, batch)
	}
	return all
}

// mergeSmallLast appends a small last batch to the one before: a transaction of its own costs more than it saves.
func mergeSmallLast(batches [][]group, target int) [][]group {
	if last := len(batches) - 1; last > 0 && sizeOf(batches[last]) < target/2 {
		batches[last-1] = append(batches[last-1], batches[last]...)
		batches = batches[:last]
	}
	return batches
}

// distribute assigns partitions to writers, the largest first, each to the writer with the fewest nodes and claims, and
// returns each writer's batches of about the given size.
func distribute(partitions [][]group, writers, size int) [][][]group {
	slices.SortStableFunc(partitions, func(a, b []group) int { return cmp.Compare(sizeOf(b), sizeOf(a)) })
	shares := make([][]group, writers)
	filled := make([]int, writers)
	for _, part := range partitions {
		least := 0
		for i, n := range filled {
			if n < filled[least] {
				least = i
			}
		}
		shares[least] = append(shares[least], part...)
		filled[least] += sizeOf(part)
	}
	batches := make([][][]group, writers)
	for i, s := range shares {
		batches[i] = makeBatches(s, size)
	}
	return batches
}
