// Package components finds the strongly connected components of a directed graph.
package components

// Of numbers the strongly connected components of a graph whose nodes have edges to others: two nodes are in one
// component if each reaches the other. It returns the component of each node, and their number. A component has a
// greater number than those to which its edges lead. It is Tarjan's algorithm without recursion, since paths may be
// long.
func Of(edges [][]int32) (of []int32, count int) {
	of = make([]int32, len(edges))
	index, low := make([]int32, len(edges)), make([]int32, len(edges)) // index counts from 1; 0 is not visited yet
	next := make([]int, len(edges))                                    // the next edge of a node on the path
	var path, open []int32
	visited := int32(0)
	for start := range edges {
		if index[start] > 0 {
			continue
		}
		path = append(path[:0], int32(start))
		for len(path) > 0 {
			v := path[len(path)-1]
			if index[v] == 0 {
				visited++
				index[v], low[v], of[v] = visited, visited, -1
				open = append(open, v)
			}
			if next[v] < len(edges[v]) {
				w := edges[v][next[v]]
				next[v]++
				if index[w] == 0 {
					path = append(path, w)
				} else if of[w] < 0 {
					low[v] = min(low[v], index[w])
				}
				continue
			}
			path = path[:len(path)-1]
			if len(path) > 0 {
				below := path[len(path)-1]
				low[below] = min(low[below], low[v])
			}
			if low[v] != index[v] {
				continue
			}
			for w := int32(-1); w != v; {
				w = open[len(open)-1]
				open = open[:len(open)-1]
				of[w] = int32(count)
			}
			count++
		}
	}
	return of, count
}
