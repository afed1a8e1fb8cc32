// Package identity suggests which nodes may be the same: actors and places by their names across scripts, events by when and
// where they were and who took part. It only suggests; what is one is for people to decide.
//
// Nodes are compared where they meet in a block: of an identifier, a name's sounds, a word's sounds, a place or an actor and a
// week. A block of more than blockAtMost nodes is divided by what else has to agree, and left out where that does not help, so
// that the comparisons grow with the nodes and not with their square.
package identity

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"casus/internal/kg"
	"casus/internal/store"
)

// maxBlock is how many nodes of a block are compared with one another.
const maxBlock = 150

// Component is one reason for or against: what was compared, how far it agrees (0..1), how much that counts, and why.
type Component struct {
	Name   string  `json:"name"`
	Score  float64 `json:"score"`
	Weight float64 `json:"weight"`
	Why    string  `json:"why"`
}

// Suggestion is a pair that may be the same, A before B by id.
type Suggestion struct {
	A     kg.ID  `json:"a"`
	B     kg.ID  `json:"b"`
	NameA string `json:"nameA"`
	NameB string `json:"nameB"`
	// Score is 0..1: the mean of the components by weight, and of one that knows nothing (0.5, weight 1).
	Score      float64     `json:"score"`
	Components []Component `json:"components"`
}

// Reason tells the components in one line.
func (s Suggestion) Reason() string {
	parts := make([]string, len(s.Components))
	for i, c := range s.Components {
		parts[i] = fmt.Sprintf("%s %.2f (%s)", c.Name, c.Score, c.Why)
	}
	return strings.Join(parts, "; ")
}

// Options say what to suggest.
type Options struct {
	// Kinds are those to look at, of actors, locations and events; none: all three.
	Kinds []kg.NodeKind
	// MinScore leaves out what scores less.
	MinScore float64
	// Limit is how many suggestions there are at most, the best ones; 0: all.
	Limit int
}

// Result is what was found.
type Result struct {
	// Suggestions are the best first, then by their ids.
	Suggestions []Suggestion
	// Compared counts the pairs that were looked at, LeftOut the blocks that were too large.
	Compared, LeftOut int
}

// Suggest compares a store's nodes. Pairs of which somebody has decided, or that decisions make one, are left out. It keeps
// in memory what it compares of all nodes of one kind. Errors are the store's.
func Suggest(ctx context.Context, s store.Scanner, o Options) (Result, error) {
	var result Result
	kinds := o.Kinds
	if len(kinds) == 0 {
		kinds = []kg.NodeKind{kg.KindActor, kg.KindLocation, kg.KindEvent}
	}
	decisions, err := store.Decisions(ctx, s)
	if err != nil {
		return result, err
	}
	known := newDecisionIndex(decisions)
	for _, kind := range kinds {
		all, compare, err := readCandidates(ctx, s, kind, known)
		if err != nil {
			return result, err
		}
		found, err := suggest(ctx, all, known, compare, o.MinScore)
		if err != nil {
			return result, err
		}
		result.Suggestions = append(result.Suggestions, found.Suggestions...)
		result.Compared, result.LeftOut = result.Compared+found.Compared, result.LeftOut+found.LeftOut
	}
	slices.SortFunc(result.Suggestions, func(a, b Suggestion) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	if o.Limit > 0 && len(result.Suggestions) > o.Limit {
		result.Suggestions = result.Suggestions[:o.Limit]
	}
	return result, nil
}

// suggest compares the nodes of one kind, block by block.
func suggest(ctx context.Context, all []candidate, known decisionIndex, compare func(a, b candidate) []Component, least float64) (Result, error) {
	var result Result
	blocks, leftOut := blocksOf(all)
	result.LeftOut = leftOut
	seen := map[[2]int]bool{}
	for _, block := range blocks {
		if err := ctx.Err(); err != nil {
			return result, kg.Errorf(kg.Timeout, "the comparison was stopped: %w", err)
		}
		for i, x := range block {
			for _, y := range block[i+1:] {
				pair := [2]int{min(x, y), max(x, y)}
				if seen[pair] {
					continue
				}
				seen[pair] = true
				a, b := all[pair[0]], all[pair[1]]
				if known.isDecided(a.id, b.id) || a.related[b.id] || b.related[a.id] {
					continue
				}
				result.Compared++
				components := compare(a, b)
				if score := scoreOf(components); len(components) > 0 && score >= least {
					result.Suggestions = append(result.Suggestions, Suggestion{a.id, b.id, a.title, b.title, score, components})
				}
			}
		}
	}
	return result, nil
}

// scoreOf is the mean of the components by weight, and of one that knows nothing.
func scoreOf(components []Component) float64 {
	sum, weight := 0.5, 1.0
	for _, c := range components {
		sum, weight = sum+c.Score*c.Weight, weight+c.Weight
	}
	return sum / weight
}

// decisionIndex knows which pairs need no suggestion.
type decisionIndex struct {
	classes map[kg.ID]kg.ID
	pairs   map[[2]kg.ID]bool
}

func newDecisionIndex(decisions []kg.IdentityDecision) decisionIndex {
	d := decisionIndex{kg.Classes(decisions), map[[2]kg.ID]bool{}}
	for _, one := range decisions {
		d.pairs[[2]kg.ID{min(one.A, one.B), max(one.A, one.B)}] = true
	}
	return d
}

func (d decisionIndex) class(id kg.ID) kg.ID { return cmp.Or(d.classes[id], id) }

func (d decisionIndex) isDecided(a, b kg.ID) bool {
	return d.class(a) == d.class(b) || d.pairs[[2]kg.ID{min(a, b), max(a, b)}]
}
