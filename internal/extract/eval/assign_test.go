package eval

import (
	"math/rand/v2"
	"testing"
)

// TestAssign compares the sum of random assignments with the best of all.
func TestAssign(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		rows, columns := random.IntN(6), random.IntN(6)
		scores := make([][]int, rows)
		for i := range scores {
			scores[i] = make([]int, columns)
			for j := range scores[i] {
				scores[i][j] = max(0, random.IntN(20)-5)
			}
		}
		got, seen := 0, map[int]bool{}
		for i, j := range assign(rows, columns, func(i, j int) int { return scores[i][j] }) {
			if j < 0 {
				continue
			}
			if seen[j] || scores[i][j] == 0 {
				t.Fatalf("%v: column %d has two rows, or no score", scores, j)
			}
			seen[j] = true
			got += scores[i][j]
		}
		if want := best(scores, 0, map[int]bool{}); got != want {
			t.Errorf("%v: %d, want %d", scores, got, want)
		}
	}
}

// best tries all assignments of the rows from one on to the columns that are not taken.
func best(scores [][]int, row int, taken map[int]bool) int {
	if row == len(scores) {
		return 0
	}
	most := best(scores, row+1, taken)
	for j, score := range scores[row] {
		if !taken[j] {
			taken[j] = true
			most = max(most, score+best(scores, row+1, taken))
			delete(taken, j)
		}
	}
	return most
}
