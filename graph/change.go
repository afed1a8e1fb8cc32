package graph

import (
	"context"

	"casus/graph/model"
	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

func (q query) Changes(
	ctx context.Context, knownFrom edtf.Instant, knownTo *edtf.Instant, filter *store.EventFilter,
	first *int, after *string,
) (*model.ChangeConnection, error) {
	if knownTo != nil && *knownTo < knownFrom {
		return nil, kg.Errorf(kg.BadInput, "knownFrom %s lies after knownTo %s", knownFrom, *knownTo)
	}
	normal, err := filter.Normalize()
	if err != nil {
		return nil, err
	}
	c := store.ChangeQuery{View: viewAt(knownTo), From: knownFrom, Filter: normal}
	cursors, err := store.NewCursorScope("changes", knownFrom, normal, c.View)
	if err != nil {
		return nil, err
	}
	if c.Window, err = (store.PageArgs{First: first, After: after}).Window(cursors); err != nil {
		return nil, err
	}
	c.Window, c.Total = selectedWindow(ctx, c.Window)
	page, err := q.store.Changes(ctx, c)
	if err != nil {
		return nil, err
	}
	if isEmpty(page) {
		warnEmpty(ctx, filter)
	}
	made := &model.ChangeConnection{TotalCount: page.Total, PageInfo: pageInfo(page, cursors)}
	for i, item := range page.Items {
		node := model.Change{Change: item, View: c.View}
		made.Nodes = append(made.Nodes, node)
		made.Edges = append(made.Edges, model.ChangeEdge{Cursor: cursors.Encode(page.Positions[i]), Node: node})
	}
	return made, nil
}

type change struct{}

// Event returns the event at the moment of the change. Its state is known, so nothing is read.
func (change) Event(_ context.Context, c *model.Change) (*kg.Event, error) {
	return &kg.Event{
		ID: c.Change.Event, EventState: c.After, View: kg.View{KnownAt: &c.At, Identity: c.View.Identity},
	}, nil
}

// Because reads the claims at the later moment, so that all changes of a page share one call.
func (change) Because(ctx context.Context, c *model.Change) ([]kg.Claim, error) {
	return findNodes[kg.Claim](ctx, c.View, c.Change.Because)
}
