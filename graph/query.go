package graph

import (
	"context"
	"time"
	_ "time/tzdata" // for machines without a time zone database

	"casus/graph/model"
	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/unknown"
)

// query resolves the root fields. Each of them sets the view for everything below it.
type query struct {
	store    store.Reader
	networks networks
}

// viewAt returns the view at a moment of knowledge; nil means that all claims count.
func viewAt(at *edtf.Instant) kg.View { return kg.View{KnownAt: at} }

// nodeKinds returns the kinds of ids that the fields node and nodes accept.
func nodeKinds() []kg.NodeKind {
	return []kg.NodeKind{kg.KindActor, kg.KindLocation, kg.KindEvent, kg.KindDocument, kg.KindClaim, kg.KindAffiliation}
}

func (q query) Node(ctx context.Context, id kg.ID, knownAt *edtf.Instant) (kg.Node, error) {
	if err := id.Check(nodeKinds()...); err != nil {
		return nil, err
	}
	nodes, err := q.store.Nodes(ctx, viewAt(knownAt), []kg.ID{id})
	if err != nil {
		return nil, err
	}
	if nodes[0] == nil {
		warnUnknown(ctx, id, "id")
	}
	return nodes[0], nil
}

func (q query) Nodes(ctx context.Context, ids []kg.ID, knownAt *edtf.Instant) ([]kg.Node, error) {
	if len(ids) > store.MaxPageSize {
		return nil, kg.Errorf(kg.LimitExceeded, "nodes has %d ids, the limit is %d", len(ids), store.MaxPageSize)
	}
	for _, id := range ids {
		if err := id.Check(nodeKinds()...); err != nil {
			return nil, err
		}
	}
	nodes, err := q.store.Nodes(ctx, viewAt(knownAt), ids)
	for i, n := range nodes {
		if n == nil {
			warnUnknown(ctx, ids[i], "ids", i)
		}
	}
	return nodes, err
}

// lookup returns a node of a kind as known at a moment, or nil.
func lookup[T kg.Node](ctx context.Context, id kg.ID, kind kg.NodeKind, knownAt *edtf.Instant) (*T, error) {
	if err := id.Check(kind); err != nil {
		return nil, err
	}
	found, err := findNode[T](ctx, viewAt(knownAt), id)
	if err == nil && found == nil {
		warnUnknown(ctx, id, "id")
	}
	return found, err
}

func (q query) Actor(ctx context.Context, id kg.ID, knownAt *edtf.Instant) (*kg.Actor, error) {
	return lookup[kg.Actor](ctx, id, kg.KindActor, knownAt)
}

func (q query) Location(ctx context.Context, id kg.ID, knownAt *edtf.Instant) (*kg.Location, error) {
	return lookup[kg.Location](ctx, id, kg.KindLocation, knownAt)
}

func (q query) Event(ctx context.Context, id kg.ID, knownAt *edtf.Instant) (*kg.Event, error) {
	if selects(ctx, "around") {
		if err := id.Check(kg.KindEvent); err != nil {
			return nil, err
		}
		e, err := findNode[kg.Event](ctx, viewAt(knownAt), id)
		if err == nil && e == nil {
			err = unknown.Require(ctx, q.store, []kg.ID{id})
		}
		return e, err
	}
	return lookup[kg.Event](ctx, id, kg.KindEvent, knownAt)
}

func (q query) Document(ctx context.Context, id kg.ID, knownAt *edtf.Instant) (*kg.Document, error) {
	return lookup[kg.Document](ctx, id, kg.KindDocument, knownAt)
}

func (q query) Timeline(
	ctx context.Context, filter *store.EventFilter, orderBy *store.EventOrder,
	first *int, after *string, last *int, before *string, knownAt *edtf.Instant,
) (*model.EventConnection, error) {
	return rootList(ctx, listing[store.EventFilter, store.EventOrder]{
		name: "timeline", view: viewAt(knownAt), filter: filter, order: orderBy.Normalize(),
		args: store.PageArgs{First: first, After: after, Last: last, Before: before},
	}, q.store.Events)
}

func (q query) Actors(
	ctx context.Context, filter *store.ActorFilter, orderBy *store.ActorOrder,
	first *int, after *string, last *int, before *string, knownAt *edtf.Instant,
) (*model.ActorConnection, error) {
	return rootList(ctx, listing[store.ActorFilter, store.ActorOrder]{
		name: "actors", view: viewAt(knownAt), filter: filter, order: orderBy.Normalize(),
		args: store.PageArgs{First: first, After: after, Last: last, Before: before},
	}, q.store.Actors)
}

func (q query) Locations(
	ctx context.Context, filter *store.LocationFilter, orderBy *store.LocationOrder,
	first *int, after *string, last *int, before *string, knownAt *edtf.Instant,
) (*model.LocationConnection, error) {
	return rootList(ctx, listing[store.LocationFilter, store.LocationOrder]{
		name: "locations", view: viewAt(knownAt), filter: filter, order: orderBy.Normalize(),
		args: store.PageArgs{First: first, After: after, Last: last, Before: before},
	}, q.store.Locations)
}

func (q query) Documents(
	ctx context.Context, filter *store.DocumentFilter, orderBy *store.DocumentOrder,
	first *int, after *string, last *int, before *string, knownAt *edtf.Instant,
) (*model.DocumentConnection, error) {
	return rootList(ctx, listing[store.DocumentFilter, store.DocumentOrder]{
		name: "documents", view: viewAt(knownAt), filter: filter, order: orderBy.Normalize(),
		args: store.PageArgs{First: first, After: after, Last: last, Before: before},
	}, q.store.Documents)
}

func (q query) Claims(
	ctx context.Context, filter *store.ClaimFilter, orderBy *store.ClaimOrder,
	first *int, after *string, last *int, before *string, knownAt *edtf.Instant,
) (*model.ClaimConnection, error) {
	return rootList(ctx, listing[store.ClaimFilter, store.ClaimOrder]{
		name: "claims", view: viewAt(knownAt), filter: filter, order: orderBy.Normalize(),
		args: store.PageArgs{First: first, After: after, Last: last, Before: before},
	}, q.store.Claims)
}

func (q query) Search(
	ctx context.Context, text string, types []store.NodeType, first *int, after *string, knownAt *edtf.Instant,
) (*model.SearchConnection, error) {
	s := store.SearchQuery{View: viewAt(knownAt), Text: text, Types: types}
	cursors, err := store.NewCursorScope("search", text, types, s.View)
	if err != nil {
		return nil, err
	}
	if s.Window, err = (store.PageArgs{First: first, After: after}).Window(cursors); err != nil {
		return nil, err
	}
	s.Window, s.Total = selectedWindow(ctx, s.Window)
	page, err := q.store.Search(ctx, s)
	if err != nil {
		return nil, err
	}
	c := &model.SearchConnection{}
	c.TotalCount, c.PageInfo = page.Total, pageInfo(page, cursors)
	for i, hit := range page.Items {
		c.Nodes = append(c.Nodes, hit.Node)
		c.Edges = append(c.Edges, model.SearchEdge{
			Cursor: cursors.Encode(page.Positions[i]), Node: hit.Node, Matched: hit.Matched, Near: hit.Near,
		})
	}
	return c, nil
}

// loadZone returns a time zone by its IANA name; nil means UTC.
func loadZone(name *string) (*time.Location, error) {
	if name == nil {
		return time.UTC, nil
	}
	at, err := time.LoadLocation(*name)
	if err != nil || *name == "" || *name == "Local" { // Local is the server's zone
		return nil, kg.Errorf(kg.BadInput, "timeZone %.60q is not an IANA time zone such as Europe/Kyiv", *name)
	}
	return at, nil
}
