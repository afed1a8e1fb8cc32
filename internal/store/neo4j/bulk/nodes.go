package bulk

import (
	"maps"

	"casus/internal/kg"
)

// nodes holds the nodes of one kind in memory.
type nodes[T kg.Identified] struct {
	stored, staged map[kg.ID]T // staged are the nodes of the current batch
}

func newNodes[T kg.Identified]() nodes[T] { return nodes[T]{map[kg.ID]T{}, map[kg.ID]T{}} }

func (n nodes[T]) find(ids []kg.ID) []T {
	var found []T
	for _, id := range ids {
		if r, known := n.staged[id]; known {
			found = append(found, r)
		} else if r, known := n.stored[id]; known {
			found = append(found, r)
		}
	}
	return found
}

// all yields the nodes, of the current batch or from before.
func (n nodes[T]) all() func(yield func(kg.ID, T) bool) {
	return func(yield func(kg.ID, T) bool) {
		for id, v := range n.staged {
			if !yield(id, v) {
				return
			}
		}
		for id, v := range n.stored {
			if _, replaced := n.staged[id]; !replaced && !yield(id, v) {
				return
			}
		}
	}
}

func (n nodes[T]) put(records []T) error {
	for _, r := range records {
		if err := checkImportable(r); err != nil {
			return err
		}
		n.staged[r.NodeID()] = r
	}
	return nil
}

func (n nodes[T]) commit() {
	maps.Copy(n.stored, n.staged)
	clear(n.staged)
}
