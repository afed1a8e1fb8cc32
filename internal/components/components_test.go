package components

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

func Example() {
	// 0 and 1 reach each other; 2 leads to them.
	of, count := Of([][]int32{{1}, {0}, {0}})
	fmt.Println(of, count)
	// Output: [0 0 1] 2
}

// TestOf compares components with reachability, which repeated squaring of the edges finds.
func TestOf(t *testing.T) {
	for seed := range uint64(300) {
		random := rand.New(rand.NewPCG(seed, 1))
		n := 1 + random.IntN(12)
		edges, reaches := make([][]int32, n), make([][]bool, n)
		for i := range n {
			reaches[i] = make([]bool, n)
			reaches[i][i] = true
		}
		for range random.IntN(2 * n) {
			a, b := random.IntN(n), random.IntN(n)
			edges[a] = append(edges[a], int32(b))
			reaches[a][b] = true
		}
		for k := range n {
			for i := range n {
				for j := range n {
					reaches[i][j] = reaches[i][j] || reaches[i][k] && reaches[k][j]
				}
			}
		}
		of, count := Of(edges)
		used := map[int32]bool{}
		for i := range n {
			used[of[i]] = true
			for j := range n {
				if same := reaches[i][j] && reaches[j][i]; same != (of[i] == of[j]) {
					t.Fatalf("%v: %d and %d are in components %d and %d", edges, i, j, of[i], of[j])
				}
				if reaches[i][j] && of[i] < of[j] {
					t.Fatalf("%v: %d leads to %d, but has the smaller component: %v", edges, i, j, of)
				}
			}
		}
		if len(used) != count {
			t.Fatalf("%v: %d components, counted %d", edges, len(used), count)
		}
	}
}

// TestLongPath follows a path that recursion could not.
func TestLongPath(t *testing.T) {
	const n = 1_000_000
	edges := make([][]int32, n)
	for i := range n - 1 {
		edges[i] = []int32{int32(i + 1)}
	}
	if of, count := Of(edges); count != n || of[0] != n-1 {
		t.Errorf("%d components, the first node in %d", count, of[0])
	}
}
