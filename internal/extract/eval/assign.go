package eval

import "math"

// assign pairs rows with columns so that the sum of the scores is greatest, by the Hungarian method. A score of 0 is
// not a pair. It returns the column of each row, -1 for none.
func assign(rows, columns int, score func(row, column int) int) []int {
	of := make([]int, rows)
	for i := range of {
		of[i] = -1
	}
	n := max(rows, columns)
	if min(rows, columns) == 0 {
		return of
	}
	cost := make([][]int, n)
	for i := range cost {
		cost[i] = make([]int, n)
		for j := range cost[i] {
			if i < rows && j < columns {
				cost[i][j] = -score(i, j)
			}
		}
	}
	for column, row := range cheapest(cost) {
		if row < rows && column < columns && cost[row][column] < 0 {
			of[row] = column
		}
	}
	return of
}

// cheapest returns the row of each column in the assignment of the least cost in a square matrix: shortest augmenting
// paths with potentials, in cubic time.
func cheapest(cost [][]int) []int {
	n := len(cost)
	// Rows and columns count from 1. rowOf[0] is the row that is being assigned.
	byRow, byColumn, rowOf := make([]int, n+1), make([]int, n+1), make([]int, n+1)
	for row := 1; row <= n; row++ {
		rowOf[0] = row
		least, before, done := make([]int, n+1), make([]int, n+1), make([]bool, n+1)
		for j := range least {
			least[j] = math.MaxInt
		}
		at := 0
		for rowOf[at] != 0 {
			done[at] = true
			next, delta := 0, math.MaxInt
			for j := 1; j <= n; j++ {
				if done[j] {
					continue
				}
				if reduced := cost[rowOf[at]-1][j-1] - byRow[rowOf[at]] - byColumn[j]; reduced < least[j] {
					least[j], before[j] = reduced, at
				}
				if least[j] < delta {
					delta, next = least[j], j
				}
			}
			for j := range done {
				if done[j] {
					byRow[rowOf[j]] += delta
					byColumn[j] -= delta
				} else if least[j] != math.MaxInt {
					least[j] -= delta
				}
			}
			at = next
		}
		for at != 0 {
			rowOf[at] = rowOf[before[at]]
			at = before[at]
		}
	}
	rows := make([]int, n)
	for j := range rows {
		rows[j] = rowOf[j+1] - 1
	}
	return rows
}
