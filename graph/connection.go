package graph

import (
	"context"

	"casus/graph/model"
	"casus/internal/kg"
)

// A listing is one connection that is asked for.
type listing[F, O any] struct {
	name   string
	view   kg.View
	filter normalizer[F]
	order  O
	args   kg.PageArgs
	// parent and scope hang the list under a node.
	parent kg.ID
	scope  *kg.Scope
}

// normalizer is a filter of the domain, perhaps nil.
type normalizer[F any] interface{ Normalize() (*F, error) }

// query makes the domain's query, and the scope that its cursors belong to. Totals and rows are only asked of the store
// where the operation selects them.
func (l listing[F, O]) query(ctx context.Context) (q kg.ListQuery[F, O], cursors kg.CursorScope, err error) {
	filter, err := l.filter.Normalize()
	if err != nil {
		return q, cursors, err
	}
	q = kg.ListQuery[F, O]{View: l.view, Filter: filter, Order: l.order, Scope: l.scope}
	if cursors, err = kg.NewCursorScope(l.name, l.parent, filter, l.order, l.view, l.scope); err != nil {
		return q, cursors, err
	}
	if q.Window, err = l.args.Window(cursors); err != nil {
		return q, cursors, err
	}
	q.Window, q.Total = wanted(ctx, q.Window)
	if _, events := any(l.order).(kg.EventOrder); events {
		q.Along = along(ctx)
	}
	return q, cursors, nil
}

// wanted is the window, or an empty one where no rows are selected, and whether a total is.
func wanted(ctx context.Context, w kg.Window) (kg.Window, bool) {
	if !selects(ctx, "nodes") && !selects(ctx, "edges") && !selects(ctx, "pageInfo") {
		w.Limit = 0
	}
	return w, selects(ctx, "totalCount")
}

// root answers a connection of the root by the store itself.
func root[F, O any, T kg.Node](ctx context.Context, l listing[F, O], ask func(context.Context, kg.ListQuery[F, O]) ([]kg.Page[T], error)) (*model.Connection[model.Edge[T], T], error) {
	q, cursors, err := l.query(ctx)
	if err != nil {
		return nil, err
	}
	pages, err := ask(ctx, q)
	if err != nil {
		return nil, err
	}
	return connection(ctx, pages[0], cursors), nil
}

// under answers a connection of a node by a loader, together with those of its neighbours.
func under[F, O any, T kg.Node](ctx context.Context, l listing[F, O], load func(context.Context, kg.ListQuery[F, O], kg.ID) (kg.Page[T], error)) (*model.Connection[model.Edge[T], T], error) {
	q, cursors, err := l.query(ctx)
	if err != nil {
		return nil, err
	}
	page, err := load(ctx, q, l.parent)
	if err != nil {
		return nil, err
	}
	return connection(ctx, page, cursors), nil
}

func connection[T kg.Node](ctx context.Context, page kg.Page[T], cursors kg.CursorScope) *model.Connection[model.Edge[T], T] {
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

func pageInfo[T any](page kg.Page[T], cursors kg.CursorScope) model.PageInfo {
	info := model.PageInfo{HasNextPage: page.HasNext, HasPreviousPage: page.HasPrevious}
	if n := len(page.Positions); n > 0 {
		info.StartCursor, info.EndCursor = cursors.Encode(page.Positions[0]), cursors.Encode(page.Positions[n-1])
	}
	return info
}
