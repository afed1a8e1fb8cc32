package graph

import (
	"context"

	"casus/graph/loaders"
	"casus/internal/kg"
)

// findNode returns a node of a type, or nil.
func findNode[T kg.Node](ctx context.Context, v kg.View, id kg.ID) (*T, error) {
	if id == "" {
		return nil, nil
	}
	n, err := loaders.From(ctx).Node(ctx, v, id)
	if err != nil {
		return nil, err
	}
	found, ok := n.(T)
	if !ok {
		return nil, nil
	}
	return &found, nil
}

// requireNode returns a node that must exist because the store references it.
func requireNode[T kg.Node](ctx context.Context, v kg.View, id kg.ID) (*T, error) {
	found, err := findNode[T](ctx, v, id)
	if err == nil && found == nil {
		err = missingNode(id)
	}
	return found, err
}

func missingNode(id kg.ID) error {
	return kg.Errorf(kg.Internal, "%s is referenced in the graph but does not exist", id)
}

// findNodes returns the nodes of ids that exist, in the order of ids.
func findNodes[T kg.Node](ctx context.Context, v kg.View, ids []kg.ID) ([]T, error) {
	nodes, err := loaders.From(ctx).Nodes(ctx, v, ids)
	if err != nil {
		return nil, err
	}
	found := make([]T, 0, len(nodes))
	for _, n := range nodes {
		if t, ok := n.(T); ok {
			found = append(found, t)
		}
	}
	return found, nil
}
