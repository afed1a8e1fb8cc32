package sums

import (
	"casus/internal/components"
	"casus/internal/kg"
)

// Nesting holds which events are part of which, at any depth. Events that are parts of one another form one group; any
// other event is a group by itself. Groups are numbered so that a whole has a smaller number than its parts. A nil
// Nesting has no events.
type Nesting struct {
	ids     []kg.ID
	nodes   map[kg.ID]int32
	groupOf []int32   // by node
	wholes  [][]int32 // by group: the groups that it is directly a part of, which may repeat
}

// Link is the fact that an event is directly a part of another.
type Link struct{ Part, Whole kg.ID }

// NewNesting returns the nesting of links, or nil if there are none. A link from an event to itself is ignored.
func NewNesting(links []Link) *Nesting {
	if len(links) == 0 {
		return nil
	}
	n := &Nesting{nodes: map[kg.ID]int32{}}
	wholes := [][]int32{}
	node := func(id kg.ID) int32 {
		at, known := n.nodes[id]
		if !known {
			at = int32(len(n.ids))
			n.nodes[id] = at
			n.ids, wholes = append(n.ids, id), append(wholes, nil)
		}
		return at
	}
	for _, l := range links {
		part, whole := node(l.Part), node(l.Whole)
		wholes[part] = append(wholes[part], whole)
	}
	var groups int
	n.groupOf, groups = components.Of(wholes)
	n.wholes = make([][]int32, groups)
	for part, of := range wholes {
		g := n.groupOf[part]
		for _, whole := range of {
			if above := n.groupOf[whole]; above != g {
				n.wholes[g] = append(n.wholes[g], above)
			}
		}
	}
	return n
}

// Node returns the number of an event, or -1 if it is neither a part nor a whole.
func (n *Nesting) Node(event kg.ID) int32 {
	if n == nil {
		return -1
	}
	if at, known := n.nodes[event]; known {
		return at
	}
	return -1
}

// Events returns the events of the nesting; the index of each is its number.
func (n *Nesting) Events() []kg.ID {
	if n == nil {
		return nil
	}
	return n.ids
}
