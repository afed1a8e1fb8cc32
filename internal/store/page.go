package store

import "casus/internal/kg"

// The bounds of a page.
const (
	DefaultPageSize = 20
	MaxPageSize     = 500
)

// PageArgs are the arguments of a connection as they are given: Relay's first, after, last and before.
type PageArgs struct {
	First  *int
	After  *string
	Last   *int
	Before *string
}

// Window is the stretch of an ordered list that is asked for: after one position, before another, at most Limit items
// from the front or, Backward, from the end. Items are in list order either way. Limit 0 asks for no items.
type Window struct {
	Limit    int
	Backward bool
	After    *Position
	Before   *Position
}

// Check returns LIMIT_EXCEEDED for a window of more than MaxPageSize items and BAD_INPUT for a negative limit. Stores call it
// before they answer.
func (w Window) Check() error {
	switch {
	case w.Limit < 0:
		return kg.Errorf(kg.BadInput, "a page of %d items: a page has at most %d", w.Limit, MaxPageSize)
	case w.Limit > MaxPageSize:
		return kg.Errorf(kg.LimitExceeded, "a page of %d items: a page has at most %d", w.Limit, MaxPageSize)
	}
	return nil
}

// Position is a place in a total order: the sort key, then the id by bytes. An order uses Int or Text, never both; only
// changes, whose key is a moment, have a kind in Text that decides last.
type Position struct {
	Int  int64
	Text string
	ID   kg.ID
}

// Page is one stretch of an ordered list.
type Page[T any] struct {
	Items []T
	// Positions are the items' own, one for each.
	Positions []Position
	// HasNext and HasPrevious say whether the list goes on beyond the page. The one against the window's direction is
	// true where the window began at a position.
	HasNext, HasPrevious bool
	// Total counts the whole list; nil unless it was asked for.
	Total *int
	// Prefetched is what was read beside each event, parallel to Items: nil, or nil for an event, where nothing was.
	Prefetched []*Prefetched
	// Revision is a revision that the store had when the page was read or before: the page is never older. 0 where the store
	// does not report one.
	Revision int64
}

// Window checks the arguments against the scope their cursors must be of. first and last are 1..500; without either
// the first 20 are meant.
func (a PageArgs) Window(scope CursorScope) (Window, error) {
	w := Window{Limit: DefaultPageSize}
	switch {
	case a.First != nil && a.Last != nil:
		return w, kg.Errorf(kg.BadInput, "first and last are both given: give one")
	case a.First != nil:
		w.Limit = *a.First
	case a.Last != nil:
		w.Limit, w.Backward = *a.Last, true
	}
	if w.Limit < 1 {
		return w, kg.Errorf(kg.BadInput, "first or last is %d: a page has 1..%d items", w.Limit, MaxPageSize)
	}
	if w.Limit > MaxPageSize {
		return w, kg.Errorf(kg.LimitExceeded, "first or last is %d: a page has 1..%d items", w.Limit, MaxPageSize)
	}
	var err error
	if w.After, err = scope.Decode(a.After); err != nil {
		return w, err
	}
	w.Before, err = scope.Decode(a.Before)
	return w, err
}

// CutPage makes a page of the items an engine returned: at most Limit+1, in the window's direction (so from the end
// backwards where Backward is set). at gives an item's position.
func CutPage[T any](w Window, items []T, at func(T) Position) Page[T] {
	more := len(items) > w.Limit
	if more {
		items = items[:w.Limit]
	}
	p := Page[T]{Items: make([]T, len(items)), Positions: make([]Position, len(items))}
	for i, item := range items {
		j := i
		if w.Backward {
			j = len(items) - 1 - i
		}
		p.Items[j], p.Positions[j] = item, at(item)
	}
	if w.Backward {
		p.HasPrevious, p.HasNext = more, w.Before != nil
	} else {
		p.HasNext, p.HasPrevious = more, w.After != nil
	}
	return p
}
