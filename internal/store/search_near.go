package store

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"casus/internal/kg"
	"casus/internal/text"
)

// The bounds of near results.
const (
	// NearThreshold is the number of exact results at which a search has no near ones.
	NearThreshold = DefaultPageSize
	// MaxNearCandidates bounds the nodes that are compared with a query; the ones with the smallest ids are chosen.
	MaxNearCandidates = 1000
	// MaxNear bounds the near results of a search.
	MaxNear = 50
)

// nearRank is the rank of a near result at distance 0. Near results come after all exact ones.
const nearRank = int64(text.RankOther) + 1

// NearPosition returns the position of a near result.
func NearPosition(distance int, id kg.ID) Position {
	return Position{Int: nearRank + int64(distance), ID: id}
}

// NearTexts returns the folded texts of a node that near searches compare with a query: of actors and locations the
// names and the words of the id; of events and documents, only if the search is loose (see WantsNear), the words of the
// id, so that a search for an unknown id finds similar ones.
func NearTexts(id kg.ID, foldedNames []string, loose bool) []string {
	switch kind := id.Kind(); {
	case kind == kg.KindActor, kind == kg.KindLocation:
		return append(slices.Clip(foldedNames), SlugWords(id))
	case loose && (kind == kg.KindEvent || kind == kg.KindDocument):
		return []string{SlugWords(id)}
	}
	return nil
}

// NearKeys returns the distinct keys under which a node with these folded names is indexed for near searches.
func NearKeys(id kg.ID, foldedNames []string) (keys []string) {
	for _, t := range NearTexts(id, foldedNames, true) {
		keys = append(keys, text.NearKeys(t)...)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// NearCandidate is a node that may be near to a query.
type NearCandidate struct {
	ID    kg.ID
	Names []string // folded, in any order
}

// SearchEngine is the part of an engine that SearchPage needs.
type SearchEngine interface {
	// ExactHits returns a page of the nodes that have all words of the query.
	ExactHits(ctx context.Context, w Window, total bool) (Page[Hit], error)
	// NearCandidates returns the first MaxNearCandidates nodes, by id, that have a key of each group. They have the types
	// of the query, exist in its view and are not RETRACTED.
	NearCandidates(ctx context.Context, groups [][]string) ([]NearCandidate, error)
	// NodesOf returns nodes by id.
	NodesOf(ctx context.Context, ids []kg.ID) ([]kg.Node, error)
}

// SearchPage returns a page of a search: the exact results, then the near ones (see WantsNear) by distance, then by id.
func SearchPage(ctx context.Context, q SearchQuery, e SearchEngine) (page Page[Hit], err error) {
	s := nearSearch{SearchEngine: e, query: q}
	w := q.Window
	exact := w
	switch {
	case isNear(w.Before):
		exact.Before = nil
	case w.Before != nil && !q.Total:
		return e.ExactHits(ctx, w, false)
	}
	if w.Backward {
		return s.backward(ctx, exact)
	}
	if isNear(w.After) { // all exact results come before
		exact.Limit, exact.After = 0, nil
	}
	if exact.Limit > 0 || q.Total {
		if page, err = e.ExactHits(ctx, exact, q.Total); err != nil {
			return page, err
		}
	}
	if page.HasNext && !q.Total {
		return page, nil
	}
	near, err := s.near(ctx, page, exact)
	if err != nil {
		return page, err
	}
	s.count(&page, near)
	if page.HasNext && !isNear(w.After) || w.Before != nil && !isNear(w.Before) {
		return page, nil
	}
	near = inWindow(near, w)
	n := min(len(near), w.Limit-len(page.Items))
	page.HasNext = n < len(near) && w.Limit > 0
	page.HasPrevious = w.After != nil
	return page, s.add(ctx, &page, near[:n])
}

// backward returns a page that is cut from the end of the list.
func (s nearSearch) backward(ctx context.Context, exact Window) (page Page[Hit], err error) {
	near, err := s.near(ctx, Page[Hit]{}, Window{})
	if err != nil {
		return page, err
	}
	w := s.query.Window
	inside := inWindow(near, w)
	if w.Before != nil && !isNear(w.Before) {
		inside = nil
	}
	n := min(len(inside), w.Limit)
	switch {
	case isNear(w.After):
		exact.Limit = 0
	case exact.Limit > n:
		exact.Limit -= n
	case exact.Limit > 0:
		exact.Limit = 1 // only to learn whether there is any
	}
	if page, err = s.ExactHits(ctx, exact, s.query.Total); err != nil {
		return page, err
	}
	if n == w.Limit && n > 0 && len(page.Items) > 0 {
		page.HasPrevious = true
		page.Items, page.Positions = nil, nil
	}
	page.HasPrevious = page.HasPrevious || n < len(inside) && w.Limit > 0
	page.HasNext = w.Before != nil
	s.count(&page, near)
	return page, s.add(ctx, &page, inside[len(inside)-n:])
}

func isNear(p *Position) bool { return p != nil && p.Int >= nearRank }

// nearSearch finds near results of a query.
type nearSearch struct {
	SearchEngine
	query SearchQuery
}

// near returns all near results, given the page of exact results in a window.
func (s nearSearch) near(ctx context.Context, exact Page[Hit], w Window) ([]Position, error) {
	words, near := text.ParseQuery(s.query.Text), text.ParseNear(s.query.Text)
	if near.Empty() || exact.Total != nil && *exact.Total >= NearThreshold {
		return nil, nil
	}
	first := exact.Items
	if w.Limit < NearThreshold || w.After != nil || w.Before != nil || w.Backward {
		page, err := s.ExactHits(ctx, Window{Limit: NearThreshold}, false)
		if err != nil {
			return nil, err
		}
		first = page.Items
	}
	if !WantsNear(words, first) {
		return nil, nil
	}
	loose := len(first) == 0
	candidates, err := s.NearCandidates(ctx, near.Keys(loose))
	if err != nil {
		return nil, err
	}
	var found []Position
	for _, c := range candidates {
		isExact := func(h Hit) bool { return h.Node.NodeID() == c.ID }
		if d, _, ok := near.Distance(NearTexts(c.ID, c.Names, loose)); ok && !slices.ContainsFunc(first, isExact) {
			found = append(found, NearPosition(d, c.ID))
		}
	}
	slices.SortFunc(found, ComparePositions)
	return found[:min(len(found), MaxNear)], nil
}

// WantsNear reports whether a search has near results beside its exact ones, given the first NearThreshold of these: if
// there are fewer, and none is an actor or a location whose names have all words of the query. If there is any exact
// result, only names that sound alike are near. A search without one is loose: names with a typing error, and words of
// the ids of events and documents, are near too.
func WantsNear(q text.Query, first []Hit) bool {
	return len(first) < NearThreshold && !slices.ContainsFunc(first, func(h Hit) bool {
		names, _ := SearchTexts(h.Node)
		switch SearchTypeOf(h.Node) {
		case TypeActor, TypeLocation:
			return q.MatchesWhole(SearchTokens(names))
		}
		return false
	})
}

// inWindow returns the positions inside a window.
func inWindow(near []Position, w Window) (inside []Position) {
	for _, p := range near {
		if (w.After == nil || ComparePositions(p, *w.After) > 0) && (w.Before == nil || ComparePositions(p, *w.Before) < 0) {
			inside = append(inside, p)
		}
	}
	return inside
}

// count adds the near results to a page's total.
func (s nearSearch) count(page *Page[Hit], near []Position) {
	if page.Total != nil {
		page.Total = new(*page.Total + len(near))
	}
}

// add appends near results to a page.
func (s nearSearch) add(ctx context.Context, page *Page[Hit], near []Position) error {
	if len(near) == 0 {
		return nil
	}
	ids := make([]kg.ID, len(near))
	for i, p := range near {
		ids[i] = p.ID
	}
	nodes, err := s.NodesOf(ctx, ids)
	if err != nil {
		return err
	}
	for i, n := range nodes {
		if n == nil {
			return kg.Errorf(kg.Internal, "search found %s, which does not exist", ids[i])
		}
		page.Items = append(page.Items, Hit{Node: n, Matched: NearestName(s.query.Text, n), Near: true})
	}
	page.Positions = append(page.Positions, near...)
	return nil
}

// NearestName returns the name of a node that is nearest to a query, of the names in the script of the query. If none
// of them is near, it is the label of the node; "" without names.
func NearestName(query string, n kg.Node) string {
	names := NamesOf(n)
	var inScript, folded []string
	for _, name := range names {
		if text.Script(name.Value) == text.Script(query) {
			inScript, folded = append(inScript, name.Value), append(folded, text.Fold(name.Value))
		}
	}
	if _, i, ok := text.ParseNear(query).Distance(folded); ok {
		return inScript[i]
	}
	return kg.BestName(names, "")
}

// SlugWords returns the words of an id after its kind and scheme, folded: event:miami-talks has "miami talks".
func SlugWords(id kg.ID) string {
	return text.Fold(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r) {
			return r
		}
		return ' '
	}, id.Slug()))
}
