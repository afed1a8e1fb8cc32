// Package unknown finds ids and other values of filters that no node has, and the ones that resemble them.
package unknown

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/text"
)

// Node is a node whose id or name resembles an unknown id.
type Node struct {
	ID   kg.ID  `json:"id"`
	Name string `json:"name"`
}

// Error is a NOT_FOUND error for an id of no node.
type Error struct {
	ID      kg.ID
	Nearest []Node
	err     error
}

// newError returns the error for an id, with the nodes nearest to it.
func newError(ctx context.Context, r store.Reader, id kg.ID) error {
	nearest, err := Nearest(ctx, r, id)
	if err != nil {
		return err
	}
	return &Error{id, nearest, kg.Errorf(kg.NotFound, "%s", Message(id, nearest))}
}

// Message returns a sentence that says that no node has an id, and names the nearest nodes.
func Message(id kg.ID, nearest []Node) string {
	message := fmt.Sprintf("there is no %s", id)
	for i, n := range nearest {
		message += []string{"; the nearest is ", ", then "}[min(i, 1)] + string(n.ID)
		if n.Name != string(n.ID) {
			message += " (" + kg.CutText(n.Name, maxNameInError) + ")"
		}
	}
	return message
}

// maxNameInError bounds the bytes of a name in an error.
const maxNameInError = 80

// Error returns the message, which names the nearest nodes.
func (e *Error) Error() string { return e.err.Error() }

// Unwrap returns the error with the code.
func (e *Error) Unwrap() error { return e.err }

// Require returns an Error for the first of the ids that no node has, at any moment of knowledge.
func Require(ctx context.Context, r store.Reader, ids []kg.ID) error {
	unknown, err := IDs(ctx, r, ids)
	if err != nil || len(unknown) == 0 {
		return err
	}
	return newError(ctx, r, unknown[0])
}

// IDs returns the ids that no node has, at any moment of knowledge, in their order.
func IDs(ctx context.Context, r store.Reader, ids []kg.ID) (unknown []kg.ID, err error) {
	for chunk := range slices.Chunk(ids, store.MaxPageSize) {
		nodes, err := r.Nodes(ctx, kg.View{}, chunk)
		if err != nil {
			return nil, err
		}
		for i, n := range nodes {
			if n == nil {
				unknown = append(unknown, chunk[i])
			}
		}
	}
	return unknown, nil
}

// maxNearest is the number of nodes that are named for an unknown id.
const maxNearest = 3

// Nearest returns at most three nodes of the kind of an unknown id that a search for the words of the id finds, those
// with the most similar ids first. If no node has all words, or words near to them, it searches for each word.
func Nearest(ctx context.Context, r store.Reader, id kg.ID) ([]Node, error) {
	typ, ok := map[kg.NodeKind]store.NodeType{
		kg.KindActor: store.TypeActor, kg.KindLocation: store.TypeLocation, kg.KindEvent: store.TypeEvent,
		kg.KindDocument: store.TypeDocument,
	}[id.Kind()]
	var words []string
	for _, w := range strings.Fields(store.SlugWords(id)) {
		if !strings.ContainsFunc(w, unicode.IsNumber) {
			words = append(words, w)
		}
	}
	if words = words[:min(len(words), maxNearestWords)]; !ok || len(words) == 0 {
		return []Node{}, nil
	}
	found, err := searchNear(ctx, r, typ, strings.Join(words, " "))
	if len(words) == 1 || len(found) > 0 || err != nil {
		return nearestNodes(id, found), err
	}
	for _, w := range words {
		more, err := searchNear(ctx, r, typ, w)
		if err != nil {
			return nil, err
		}
		found = append(found, more...)
	}
	return nearestNodes(id, found), nil
}

// maxNearestWords bounds the words of an id that are searched for.
const maxNearestWords = 6

func searchNear(ctx context.Context, r store.Reader, typ store.NodeType, words string) ([]kg.Node, error) {
	words = kg.CutText(words, store.MaxTextBytes)
	page, err := r.Search(ctx, store.SearchQuery{
		Text: words, Types: []store.NodeType{typ}, Window: store.Window{Limit: store.DefaultPageSize},
	})
	nodes := make([]kg.Node, len(page.Items))
	for i, h := range page.Items {
		nodes[i] = h.Node
	}
	return nodes, err
}

// nearestNodes returns the distinct nodes with the most similar ids.
func nearestNodes(id kg.ID, found []kg.Node) []Node {
	nearest := []Node{}
	distance := func(n Node) int { return text.EditDistance(string(n.ID), string(id)) }
	for _, n := range found {
		near := Node{n.NodeID(), cmp.Or(kg.BestName(store.NamesOf(n), ""), string(n.NodeID()))}
		if !slices.Contains(nearest, near) {
			nearest = append(nearest, near)
		}
	}
	slices.SortStableFunc(nearest, func(a, b Node) int { return cmp.Compare(distance(a), distance(b)) })
	return nearest[:min(len(nearest), maxNearest)]
}
