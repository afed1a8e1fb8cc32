package network

import (
	"context"

	"casus/internal/kg"
)

// actorNumbers returns the numbers of the given actors that are in the graph. An actor that the view merges into
// another has the number of the other.
func (n *Networks) actorNumbers(ctx context.Context, g *graph, v kg.View, ids []kg.ID) (map[kg.ID]uint32, error) {
	numbers := map[kg.ID]uint32{}
	var unknown []kg.ID
	for _, id := range ids {
		if a, known := g.actors.by[id]; known {
			numbers[id] = a
		} else {
			unknown = append(unknown, id)
		}
	}
	if len(unknown) == 0 {
		return numbers, nil
	}
	nodes, err := n.source.Nodes(ctx, v, unknown)
	for i, node := range nodes {
		if node == nil {
			continue
		}
		if a, known := g.actors.by[node.NodeID()]; known {
			numbers[unknown[i]] = a
		}
	}
	return numbers, err
}
