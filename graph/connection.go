package graph

import (
	"context"

	"casus/graph/loaders"
	"casus/graph/model"
	"casus/internal/kg"
	"casus/internal/store"
)

// listing is one requested connection.
type listing[F, O any] struct {
	name   string
	view   kg.View
	filter normalizer[F]
	order  O
	args   store.PageArgs
	// parent and scope limit the list to one node.
	parent kg.ID
	scope  *store.Scope
}

// normalizer is a filter, which may be a nil pointer.
type normalizer[F any] interface{ Normalize() (*F, error) }

// query returns the store's query and the scope of its cursors. It requests totals and rows only if the operation
// selects them.
func (l listing[F, O]) query(ctx context.Context) (q store.ListQuery[F, O], cursors store.CursorScope, err error) {
	filter, err := l.filter.Normalize()
	if err != nil {
		return q, cursors, err
	}
	// An edge ends when its event is retracted, so lists along edges need no condition.
	byClaims := l.scope == nil || l.scope.Relation == store.DocumentTimeline
	if events, ok := any(filter).(*store.EventFilter); ok && byClaims {
		filter, _ = any(events.WithoutRetracted()).(*F)
	}
	q = store.ListQuery[F, O]{View: l.view, Filter: filter, Order: l.order, Scope: l.scope}
	if cursors, err = store.NewCursorScope(l.name, l.parent, filter, l.order, l.view, l.scope); err != nil {
		return q, cursors, err
	}
	if q.Window, err = l.args.Window(cursors); err != nil {
		return q, cursors, err
	}
	q.Window, q.Total = selectedWindow(ctx, q.Window)
	if _, events := any(l.order).(store.EventOrder); events {
		q.Prefetch = prefetchOf(ctx)
	}
	return q, cursors, nil
}

// selectedWindow returns the window, emptied if no rows are selected, and whether a total is selected.
func selectedWindow(ctx context.Context, w store.Window) (store.Window, bool) {
	if !selects(ctx, "nodes") && !selects(ctx, "edges") && !selects(ctx, "pageInfo") && !selects(ctx, "didYouMean") {
		w.Limit = 0
	}
	return w, selects(ctx, "totalCount")
}

// rootList resolves a connection of the root with a query to the store.
func rootList[F, O any, T kg.Node](
	ctx context.Context, l listing[F, O],
	ask func(context.Context, store.ListQuery[F, O]) ([]store.Page[T], error),
) (*model.Connection[model.Edge[T], T], error) {
	q, cursors, err := l.query(ctx)
	if err != nil {
		return nil, err
	}
	pages, err := ask(ctx, q)
	if err != nil {
		return nil, err
	}
	if isEmpty(pages[0]) {
		warnEmpty(ctx, l.filter)
	}
	return connection(ctx, pages[0], cursors), nil
}

// nodeList resolves a connection of a node with a loader, in one batch with the same field of its siblings.
func nodeList[F, O any, T kg.Node](
	ctx context.Context, l listing[F, O],
	load func(context.Context, store.ListQuery[F, O], kg.ID) (store.Page[T], error),
) (*model.Connection[model.Edge[T], T], error) {
	q, cursors, err := l.query(ctx)
	if err != nil {
		return nil, err
	}
	page, err := load(ctx, q, l.parent)
	if err != nil {
		return nil, err
	}
	if isEmpty(page) {
		warnEmpty(ctx, l.filter)
	}
	return connection(ctx, page, cursors), nil
}

func connection[T kg.Node](
	ctx context.Context, page store.Page[T], cursors store.CursorScope,
) *model.Connection[model.Edge[T], T] {
	if events, ok := any(page).(store.Page[kg.Event]); ok {
		loaders.From(ctx).AddPrefetched(events)
	}
	c := &model.Connection[model.Edge[T], T]{Nodes: page.Items, TotalCount: page.Total}
	if selects(ctx, "edges") {
		c.Edges = make([]model.Edge[T], len(page.Items))
		for i, item := range page.Items {
			c.Edges[i] = model.Edge[T]{Cursor: cursors.Encode(page.Positions[i]), Node: item}
		}
	}
	c.PageInfo = pageInfo(page, cursors)
	return c
}

// isEmpty reports whether a list, and not only its page, is empty.
func isEmpty[T any](p store.Page[T]) bool {
	return len(p.Items) == 0 && !p.HasNext && !p.HasPrevious && (p.Total == nil || *p.Total == 0)
}

func pageInfo[T any](page store.Page[T], cursors store.CursorScope) model.PageInfo {
	info := model.PageInfo{HasNextPage: page.HasNext, HasPreviousPage: page.HasPrevious}
	if n := len(page.Positions); n > 0 {
		info.StartCursor, info.EndCursor = cursors.Encode(page.Positions[0]), cursors.Encode(page.Positions[n-1])
	}
	return info
}
