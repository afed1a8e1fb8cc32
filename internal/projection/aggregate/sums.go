package aggregate

import (
	"context"
	"encoding/json"
	"sync"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/sums"
	"casus/internal/store"
)

// summation adds up the tolls of versions of events. A nil summation adds nothing.
type summation struct {
	*sums.Summation
	numbers []sums.Numbers // by toll
	nodes   []int32        // by event; nil without parts
	counts  []bool         // by traits
}

// newSummation returns a summation of a set for a view as of a moment, or nil for an empty set.
func (t *table) newSummation(set sums.Set, moment *edtf.Instant) *summation {
	if set == 0 {
		return nil
	}
	quantities, numbers := t.sumCache.numbersOf(set, t.tolls)
	nesting := t.nestingAt(moment)
	s := &summation{
		Summation: sums.NewSummation(quantities, nesting.Nesting), numbers: numbers, nodes: nesting.nodes,
		counts: make([]bool, len(t.traits)),
	}
	for i, v := range t.traits {
		s.counts[i] = store.CountsInSums(kg.Modality(v[modality]), kg.ClaimStatus(v[status]))
	}
	return s
}

// add adds a version of an event to a cell.
func (s *summation) add(cell int, v scope, row, event uint32) {
	if s == nil {
		return
	}
	n := v.toll[row]
	if n < 0 && s.nodes == nil {
		if s.counts[v.traits[row]] {
			s.Count(cell)
		}
		return
	}
	var numbers sums.Numbers
	if n >= 0 {
		numbers = s.numbers[n]
	}
	node := int32(-1)
	if s.nodes != nil {
		node = s.nodes[event]
	}
	s.Add(cell, node, s.counts[v.traits[row]], numbers)
}

// cell adds a cell to a selection.
func (s *summation) cell(selection int) {
	if s != nil {
		s.Cell(selection)
	}
}

// parts returns the part of each cell, or nil for a nil summation.
func (s *summation) parts(ctx context.Context) ([]sums.Part, error) {
	if s == nil {
		return nil, nil
	}
	return s.Parts(ctx)
}

// sumCache caches the numbers and the nesting that sums of the latest view need, until the table changes.
type sumCache struct {
	mu      sync.Mutex // guards the fields, under the index's read lock
	sets    map[sums.Set]*setNumbers
	nesting *nesting
}

// setNumbers has the numbers of the tolls that one set selects.
type setNumbers struct {
	*sums.Quantities
	numbers []sums.Numbers
}

// nesting is the parts and wholes of one view, with the node of each event by its number.
type nesting struct {
	*sums.Nesting
	nodes []int32
}

func (c *sumCache) numbersOf(set sums.Set, tolls []kg.Toll) (*sums.Quantities, []sums.Numbers) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.sets == nil {
		c.sets = map[sums.Set]*setNumbers{}
	}
	s := c.sets[set]
	if s == nil {
		s = &setNumbers{Quantities: sums.NewQuantities(set)}
		c.sets[set] = s
	}
	for _, t := range tolls[len(s.numbers):] {
		s.numbers = append(s.numbers, s.Of(t))
	}
	return s.Quantities, s.numbers
}

// nestingAt returns the nesting as of a moment, or of the latest view for nil.
func (t *table) nestingAt(moment *edtf.Instant) *nesting {
	if moment != nil {
		return t.newNesting(func(known kg.Interval) bool { return known.Holds(*moment) })
	}
	t.sumCache.mu.Lock()
	defer t.sumCache.mu.Unlock()
	if t.sumCache.nesting == nil {
		t.sumCache.nesting = t.newNesting(func(known kg.Interval) bool { return known.KnownTo == edtf.EndOfTime })
	}
	return t.sumCache.nesting
}

func (t *table) newNesting(holds func(kg.Interval) bool) *nesting {
	var links []sums.Link
	for part, wholes := range t.wholes {
		for _, w := range wholes {
			if holds(w.known) {
				links = append(links, sums.Link{Part: part, Whole: w.id})
			}
		}
	}
	if len(links) == 0 {
		return &nesting{}
	}
	n := &nesting{sums.NewNesting(links), make([]int32, len(t.ids))}
	for i := range n.nodes {
		n.nodes[i] = -1
	}
	for node, id := range n.Events() {
		if event, known := t.rows[id]; known {
			n.nodes[event] = int32(node)
		}
	}
	return n
}

// tollNumber returns the number of a toll, or -1 without a number.
func (t *table) tollNumber(toll kg.Toll) int32 {
	if toll.IsZero() {
		return -1
	}
	text := tollText(toll)
	n, known := t.tollNumbers[text]
	if !known {
		n = t.addToll(toll, text)
	}
	return n
}

// tollText returns the JSON of a toll.
func tollText(t kg.Toll) string {
	text, _ := json.Marshal(t) // whole numbers and texts cannot fail
	return string(text)
}

// addToll adds a toll that the table does not have, with its text.
func (t *table) addToll(toll kg.Toll, text string) int32 {
	n := int32(len(t.tolls))
	best := int64(-1)
	if k := toll.Killed; k != nil && k.Best != nil {
		best = int64(*k.Best)
	}
	t.tollNumbers[text] = n
	t.tolls, t.killed = append(t.tolls, toll), append(t.killed, best)
	return n
}
