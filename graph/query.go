package graph

import (
	"context"
	"time"
	_ "time/tzdata" // zones must be there on every machine

	"casus/graph/model"
	"casus/internal/kg"
)

// query is the root. Each of its fields decides the view in which all below it is read.
type query struct {
	store    kg.Reader
	networks networks
}

// known is the view at a moment of knowledge; none is everything known.
func known(at *kg.Instant) kg.View { return kg.View{KnownAt: at} }

// nodeKinds are the kinds of ids that the root looks up.
func nodeKinds() []kg.NodeKind {
	return []kg.NodeKind{kg.KindActor, kg.KindLocation, kg.KindEvent, kg.KindDocument, kg.KindClaim, kg.KindAffiliation}
}

func (q query) Node(ctx context.Context, id kg.ID, knownAt *kg.Instant) (kg.Node, error) {
	nodes, err := q.Nodes(ctx, []kg.ID{id}, knownAt)
	if err != nil {
		return nil, err
	}
	return nodes[0], nil
}

func (q query) Nodes(ctx context.Context, ids []kg.ID, knownAt *kg.Instant) ([]kg.Node, error) {
	if len(ids) > kg.MaxPageSize {
		return nil, kg.Errorf(kg.LimitExceeded, "nodes is asked for %d ids, of at most %d", len(ids), kg.MaxPageSize)
	}
	for _, id := range ids {
		if err := id.Check(nodeKinds()...); err != nil {
			return nil, err
		}
	}
	return q.store.Nodes(ctx, known(knownAt), ids)
}

// lookup finds one node of a kind, as known at a moment.
func lookup[T kg.Node](ctx context.Context, id kg.ID, kind kg.NodeKind, knownAt *kg.Instant) (*T, error) {
	if err := id.Check(kind); err != nil {
		return nil, err
	}
	return one[T](ctx, known(knownAt), id)
}

func (q query) Actor(ctx context.Context, id kg.ID, knownAt *kg.Instant) (*kg.Actor, error) {
	return lookup[kg.Actor](ctx, id, kg.KindActor, knownAt)
}

func (q query) Location(ctx context.Context, id kg.ID, knownAt *kg.Instant) (*kg.Location, error) {
	return lookup[kg.Location](ctx, id, kg.KindLocation, knownAt)
}

func (q query) Event(ctx context.Context, id kg.ID, knownAt *kg.Instant) (*kg.Event, error) {
	return lookup[kg.Event](ctx, id, kg.KindEvent, knownAt)
}

func (q query) Document(ctx context.Context, id kg.ID, knownAt *kg.Instant) (*kg.Document, error) {
	return lookup[kg.Document](ctx, id, kg.KindDocument, knownAt)
}

func (q query) Timeline(ctx context.Context, filter *kg.EventFilter, orderBy *kg.EventOrder, first *int, after *string, last *int, before *string, knownAt *kg.Instant) (*model.EventConnection, error) {
	return root(ctx, listing[kg.EventFilter, kg.EventOrder]{
		name: "timeline", view: known(knownAt), filter: filter, order: orderBy.Normalize(), args: kg.PageArgs{First: first, After: after, Last: last, Before: before},
	}, q.store.Events)
}

func (q query) Actors(ctx context.Context, filter *kg.ActorFilter, orderBy *kg.ActorOrder, first *int, after *string, last *int, before *string, knownAt *kg.Instant) (*model.ActorConnection, error) {
	return root(ctx, listing[kg.ActorFilter, kg.ActorOrder]{
		name: "actors", view: known(knownAt), filter: filter, order: orderBy.Normalize(), args: kg.PageArgs{First: first, After: after, Last: last, Before: before},
	}, q.store.Actors)
}

func (q query) Locations(ctx context.Context, filter *kg.LocationFilter, orderBy *kg.LocationOrder, first *int, after *string, last *int, before *string, knownAt *kg.Instant) (*model.LocationConnection, error) {
	return root(ctx, listing[kg.LocationFilter, kg.LocationOrder]{
		name: "locations", view: known(knownAt), filter: filter, order: orderBy.Normalize(), args: kg.PageArgs{First: first, After: after, Last: last, Before: before},
	}, q.store.Locations)
}

func (q query) Documents(ctx context.Context, filter *kg.DocumentFilter, orderBy *kg.DocumentOrder, first *int, after *string, last *int, before *string, knownAt *kg.Instant) (*model.DocumentConnection, error) {
	return root(ctx, listing[kg.DocumentFilter, kg.DocumentOrder]{
		name: "documents", view: known(knownAt), filter: filter, order: orderBy.Normalize(), args: kg.PageArgs{First: first, After: after, Last: last, Before: before},
	}, q.store.Documents)
}

func (q query) Claims(ctx context.Context, filter *kg.ClaimFilter, orderBy *kg.ClaimOrder, first *int, after *string, last *int, before *string, knownAt *kg.Instant) (*model.ClaimConnection, error) {
	return root(ctx, listing[kg.ClaimFilter, kg.ClaimOrder]{
		name: "claims", view: known(knownAt), filter: filter, order: orderBy.Normalize(), args: kg.PageArgs{First: first, After: after, Last: last, Before: before},
	}, q.store.Claims)
}

func (q query) Search(ctx context.Context, text string, types []kg.NodeType, first *int, after *string, knownAt *kg.Instant) (*model.SearchConnection, error) {
	s := kg.SearchQuery{View: known(knownAt), Text: text, Types: types}
	cursors, err := kg.NewCursorScope("search", text, types, s.View)
	if err != nil {
		return nil, err
	}
	if s.Window, err = (kg.PageArgs{First: first, After: after}).Window(cursors); err != nil {
		return nil, err
	}
	s.Window, s.Total = wanted(ctx, s.Window)
	page, err := q.store.Search(ctx, s)
	if err != nil {
		return nil, err
	}
	c := &model.SearchConnection{TotalCount: page.Total, PageInfo: pageInfo(page, cursors)}
	for i, hit := range page.Items {
		c.Nodes = append(c.Nodes, hit.Node)
		c.Edges = append(c.Edges, model.SearchEdge{Cursor: cursors.Encode(page.Positions[i]), Node: hit.Node, Matched: hit.Matched})
	}
	return c, nil
}

func (q query) TimelineBuckets(ctx context.Context, filter *kg.EventFilter, interval kg.CalendarInterval, splitBy *kg.BucketSplit, timeZone *string, knownAt *kg.Instant) ([]model.TimelineBucket, error) {
	normal, err := filter.Normalize()
	if err != nil {
		return nil, err
	}
	b := kg.BucketQuery{View: normal.In(known(knownAt)), Filter: normal, Interval: interval}
	if splitBy != nil {
		b.SplitBy = *splitBy
	}
	if b.Zone, err = zone(timeZone); err != nil {
		return nil, err
	}
	buckets, err := q.store.Buckets(ctx, b)
	if err != nil {
		return nil, err
	}
	made := make([]model.TimelineBucket, len(buckets))
	byNode := b.SplitBy.ByNode()
	for i, bucket := range buckets {
		made[i] = model.TimelineBucket{Bucket: bucket, Groups: model.GroupsIn(b.View, byNode, bucket.Groups)}
	}
	return made, nil
}

// zone finds a time zone by its IANA name; none is UTC.
func zone(name *string) (*time.Location, error) {
	if name == nil {
		return time.UTC, nil
	}
	at, err := time.LoadLocation(*name)
	if err != nil || *name == "" || *name == "Local" { // Local would be the server's own
		return nil, kg.Errorf(kg.BadInput, "timeZone %.60q is no IANA time zone such as Europe/Kyiv", *name)
	}
	return at, nil
}
