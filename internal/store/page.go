package store

import (
	"cmp"

	"casus/internal/kg"
)

// The bounds of a page.
const (
	DefaultPageSize = 20
	MaxPageSize     = 500
)

// PageArgs are the arguments of a Relay connection: first, after, last and before.
type PageArgs struct {
	First  *int
	After  *string
	Last   *int
	Before *string
}

// Window selects a part of an ordered list: after one position, before another, at most Limit items from the front, or
// from the end if Backward is set. Items are in list order either way. Limit 0 selects no items.
type Window struct {
	Limit    int
	Backward bool
	After    *Position
	Before   *Position
}

// Check returns LIMIT_EXCEEDED for a limit above MaxPageSize and BAD_INPUT for a negative one. Stores call it first.
func (w Window) Check() error {
	switch {
	case w.Limit < 0:
		return kg.Errorf(kg.BadInput, "a page of %d items: a page has at most %d", w.Limit, MaxPageSize)
	case w.Limit > MaxPageSize:
		return kg.Errorf(kg.LimitExceeded, "a page of %d items: a page has at most %d", w.Limit, MaxPageSize)
	}
	return nil
}

// Position is a place in a total order: the sort key, then the id by bytes. An order uses either Int or Text. Only
// changes use both: Int is the moment, and the kind in Text is compared last.
type Position struct {
	Int  int64
	Text string
	ID   kg.ID
}

// ComparePositions compares positions of any list but changes, which have CompareChanges.
func ComparePositions(a, b Position) int {
	return cmp.Or(cmp.Compare(a.Int, b.Int), cmp.Compare(a.Text, b.Text), cmp.Compare(a.ID, b.ID))
}

// Page is a part of an ordered list.
type Page[T any] struct {
	Items []T
	// Positions are parallel to Items.
	Positions []Position
	// HasNext and HasPrevious report whether the list has items after and before the page. The one opposite to the
	// window's direction is set if the window began at a position.
	HasNext, HasPrevious bool
	// Total counts the whole list; nil unless requested.
	Total *int
	// Prefetched is parallel to Items; it, or an element, is nil if nothing was prefetched.
	Prefetched []*Prefetched
	// Revision is a revision of the store; the page is at least as new. 0 if the store does not report one.
	Revision int64
}

// Window returns the window of the arguments, whose cursors must be of the scope. first and last are 1..MaxPageSize;
// without either it is the first DefaultPageSize items. Errors are BAD_INPUT or LIMIT_EXCEEDED.
func (a PageArgs) Window(scope CursorScope) (Window, error) {
	w := Window{Limit: DefaultPageSize}
	switch {
	case a.First != nil && a.Last != nil:
		return w, kg.Errorf(kg.BadInput, "first and last are both set: set one")
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

// CutPage returns the page of items that an engine read: at most Limit+1 in the window's direction, that is from the
// end backwards if Backward is set. at returns an item's position.
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
