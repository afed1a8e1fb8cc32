// Package identity suggests which nodes may be the same: actors and locations by their names across scripts, events by
// time, place and participants. People decide whether they are.
//
// Nodes are compared if they share a block: an identifier, the sounds of a name or word, or an actor or place in a
// week. A block of more than maxBlock nodes is partitioned by kind and country, or by kind and start. Partitions that
// are still too large are left out, so that the number of comparisons grows linearly with the number of nodes.
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

// maxBlock is the largest number of nodes of a block that are compared pairwise.
const maxBlock = 150

// Component is the result of comparing one property: its name, the score (0..1), the weight and an explanation.
type Component struct {
	Name   string  `json:"name"`
	Score  float64 `json:"score"`
	Weight float64 `json:"weight"`
	Why    string  `json:"why"`
}

// Suggestion is a pair of nodes that may be the same, A with the smaller id.
type Suggestion struct {
	A     kg.ID  `json:"a"`
	B     kg.ID  `json:"b"`
	NameA string `json:"nameA"`
	NameB string `json:"nameB"`
	// Score is 0..1: the weighted mean of the components and of a neutral one (0.5, weight 1).
	Score      float64     `json:"score"`
	Components []Component `json:"components"`
}

// Reason returns the components as one line.
func (s Suggestion) Reason() string {
	parts := make([]string, len(s.Components))
	for i, c := range s.Components {
		parts[i] = fmt.Sprintf("%s %.2f (%s)", c.Name, c.Score, c.Why)
	}
	return strings.Join(parts, "; ")
}

// Options select suggestions.
type Options struct {
	// Kinds are the kinds to compare, of actors, locations and events. It defaults to all three.
	Kinds []kg.NodeKind
	// MinScore is the smallest score of a suggestion.
	MinScore float64
	// Limit is the maximum number of suggestions, the best ones; 0 means no limit.
	Limit int
}

// Result holds the suggestions of a comparison.
type Result struct {
	// Suggestions are ordered by score, the best first, then by ids.
	Suggestions []Suggestion
	// Compared counts the compared pairs, LeftOut the blocks that were too large.
	Compared, LeftOut int
}

// Suggest compares a store's nodes. Pairs with a decision, and pairs of one identity class, are left out. The compared
// properties of all nodes of one kind are in memory at a time. Errors are the store's, BAD_INPUT for other kinds, or
// TIMEOUT.
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
func suggest(
	ctx context.Context, all []candidate, known decisionIndex, compare func(a, b candidate) []Component, minScore float64,
) (Result, error) {
	var result Result
	blocks, leftOut := blocksOf(all)
	result.LeftOut = leftOut
	seen := map[[2]int]bool{}
	for _, block := range blocks {
		if err := ctx.Err(); err != nil {
			return result, kg.Errorf(kg.Timeout, "compare nodes: %w", err)
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
				if score := scoreOf(components); len(components) > 0 && score >= minScore {
					result.Suggestions = append(result.Suggestions, Suggestion{a.id, b.id, a.title, b.title, score, components})
				}
			}
		}
	}
	return result, nil
}

// scoreOf returns the weighted mean of the components and of a neutral one.
func scoreOf(components []Component) float64 {
	sum, weight := 0.5, 1.0
	for _, c := range components {
		sum, weight = sum+c.Score*c.Weight, weight+c.Weight
	}
	return sum / weight
}

// decisionIndex holds the identity classes and the decided pairs, smaller id first.
type decisionIndex struct {
	classes map[kg.ID]kg.ID
	pairs   map[[2]kg.ID]bool
}

func newDecisionIndex(decisions []kg.IdentityDecision) decisionIndex {
	d := decisionIndex{kg.Classes(decisions), map[[2]kg.ID]bool{}}
	for _, decision := range decisions {
		d.pairs[pairOf(decision.A, decision.B)] = true
	}
	return d
}

func (d decisionIndex) class(id kg.ID) kg.ID { return cmp.Or(d.classes[id], id) }

// isDecided reports whether a pair is in one class or has a decision, so that it needs no suggestion.
func (d decisionIndex) isDecided(a, b kg.ID) bool {
	return d.class(a) == d.class(b) || d.pairs[pairOf(a, b)]
}

func pairOf(a, b kg.ID) [2]kg.ID { return [2]kg.ID{min(a, b), max(a, b)} }
