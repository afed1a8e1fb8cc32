package graph

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"casus/graph/loaders"
	"casus/graph/model"
	"casus/internal/kg"
	"casus/internal/kg/stance"
	"casus/internal/store"
)

type event struct{}

// edges returns the event's prefetched edges, or reads all kinds that the operation selects on it with one call.
func edges(ctx context.Context, e *kg.Event) (kg.EventEdges, error) {
	own := edgeFields[graphql.GetFieldContext(ctx).Field.Name]
	if p := prefetched(ctx, e); own != 0 && own&^p.Requested.Edges == 0 {
		return p.Edges, nil
	}
	var want kg.EdgeSet
	for _, f := range siblings(ctx, "Event", "Node", "ClaimSubject") {
		want |= edgeFields[f.Name]
	}
	return loaders.From(ctx).Edges(ctx, e.View, want, e.ID)
}

func (event) Nominal(_ context.Context, e *kg.Event) (*string, error) {
	day := string(e.Headline.Nominal) // "" is null
	return &day, nil
}

func (event) Participants(ctx context.Context, e *kg.Event, roles []kg.ParticipantRole) ([]model.Participation, error) {
	found, err := edges(ctx, e)
	made := []model.Participation{}
	for _, p := range found.Participations {
		if roles == nil || slices.Contains(roles, p.Role) {
			made = append(made, model.Participation{Participation: p, View: e.View})
		}
	}
	if err != nil || !endsPrefetched(ctx, e) && !selects(ctx, "actor") {
		return made, err
	}
	err = setEnds(ctx, e, made, func(p *model.Participation) (kg.ID, **kg.Actor) {
		return p.Participation.Actor, &p.Actor
	})
	return made, err
}

func (event) Locations(ctx context.Context, e *kg.Event, roles []kg.LocationRole) ([]model.EventLocation, error) {
	found, err := edges(ctx, e)
	made := []model.EventLocation{}
	for _, l := range found.Locations {
		if roles == nil || slices.Contains(roles, l.Role) {
			made = append(made, model.EventLocation{EventLocation: l, View: e.View})
		}
	}
	if err != nil || !endsPrefetched(ctx, e) && !selects(ctx, "location") {
		return made, err
	}
	err = setEnds(ctx, e, made, func(l *model.EventLocation) (kg.ID, **kg.Location) {
		return l.EventLocation.Location, &l.Location
	})
	return made, err
}

// setEnds sets the nodes that an event's edges lead to, all at once. As fields with resolvers of their own they would
// cost a goroutine each.
func setEnds[E any, N kg.Node](ctx context.Context, e *kg.Event, edges []E, end func(*E) (kg.ID, **N)) error {
	ids := make([]kg.ID, len(edges))
	for i := range edges {
		ids[i], _ = end(&edges[i])
	}
	nodes, err := endNodes(ctx, e, ids)
	if err != nil {
		return err
	}
	for i, n := range nodes {
		found, ok := n.(N)
		if !ok {
			return missingNode(ids[i])
		}
		_, at := end(&edges[i])
		*at = &found
	}
	return nil
}

// endsPrefetched reports whether the nodes that an event's edges lead to were prefetched.
func endsPrefetched(ctx context.Context, e *kg.Event) bool {
	return prefetched(ctx, e).Requested.Neighbors
}

// prefetched returns the data that a list prefetched with an event, the zero value if there is none.
func prefetched(ctx context.Context, e *kg.Event) *store.Prefetched {
	return loaders.From(ctx).Prefetched(e.View, e.ID)
}

// endNodes returns the nodes that an event's edges lead to, in the order of ids, prefetched or from a loader.
func endNodes(ctx context.Context, e *kg.Event, ids []kg.ID) ([]kg.Node, error) {
	if !endsPrefetched(ctx, e) {
		return loaders.From(ctx).Nodes(ctx, e.View, ids)
	}
	neighbors := prefetched(ctx, e).Neighbors
	nodes := make([]kg.Node, len(ids))
	for i, id := range ids {
		at := slices.IndexFunc(neighbors, func(n kg.Node) bool { return n.NodeID() == id })
		if at < 0 {
			return nil, missingNode(id)
		}
		nodes[i] = neighbors[at]
	}
	return nodes, nil
}

func (event) Figures(ctx context.Context, e *kg.Event, kinds []kg.FigureKind) ([]model.Figure, error) {
	found, err := edges(ctx, e)
	return figures(e.View, found.Figures, kinds), err
}

func (event) Claims(ctx context.Context, e *kg.Event, filter *store.ClaimFilter, orderBy *store.ClaimOrder,
	first *int, after *string, last *int, before *string) (*model.ClaimConnection, error) {
	if p := prefetched(ctx, e); p.Requested.Claims && onlyCounts(graphql.GetFieldContext(ctx).Field) {
		return &model.ClaimConnection{TotalCount: &p.Claims}, nil
	}
	return nodeList(ctx, claimsAbout("Event.claims", e.View, e.ID, filter, orderBy,
		store.PageArgs{First: first, After: after, Last: last, Before: before}), loaders.From(ctx).Claims)
}

func (event) ClaimCounts(ctx context.Context, e *kg.Event) (*stance.Counts, error) {
	counts, err := loaders.From(ctx).ClaimCounts(ctx, e.View, e.ID)
	return &counts, err
}

func (event) Parts(ctx context.Context, e *kg.Event, orderBy *store.EventOrder, first *int, after *string, last *int,
	before *string) (*model.EventConnection, error) {
	return nodeList(ctx, listing[store.EventFilter, store.EventOrder]{
		name: "Event.parts", view: e.View, filter: (*store.EventFilter)(nil), order: orderBy.Normalize(),
		args: store.PageArgs{First: first, After: after, Last: last, Before: before}, parent: e.ID,
		scope: &store.Scope{Relation: store.EventParts},
	}, loaders.From(ctx).Events)
}

func (event) PartOf(ctx context.Context, e *kg.Event) ([]model.EventPart, error) {
	found, err := edges(ctx, e)
	if err != nil {
		return nil, err
	}
	return convertEdges(ctx, e.View, found.Wholes, func(p kg.EventPart) kg.ID { return p.Whole },
		func(p kg.EventPart) model.EventPart { return model.EventPart{EventPart: p, View: e.View} })
}

func (event) RespondsTo(ctx context.Context, e *kg.Event) ([]model.Response, error) {
	found, err := edges(ctx, e)
	if err != nil {
		return nil, err
	}
	return convertEdges(ctx, e.View, found.RespondsTo, func(r kg.Response) kg.ID { return r.To }, responseIn(e.View))
}

func responseIn(v kg.View) func(kg.Response) model.Response {
	return func(r kg.Response) model.Response { return model.Response{Response: r, View: v} }
}

func (event) Announces(ctx context.Context, e *kg.Event) ([]kg.Event, error) {
	found, err := edges(ctx, e)
	if err != nil {
		return nil, err
	}
	ids := make([]kg.ID, len(found.Announces))
	for i, a := range found.Announces {
		ids[i] = a.Of
	}
	return findNodes[kg.Event](ctx, e.View, ids)
}

func (event) AnnouncedBy(ctx context.Context, e *kg.Event) ([]kg.Event, error) {
	found, err := edges(ctx, e)
	if err != nil {
		return nil, err
	}
	ids := make([]kg.ID, len(found.AnnouncedBy))
	for i, a := range found.AnnouncedBy {
		ids[i] = a.By
	}
	return findNodes[kg.Event](ctx, e.View, ids)
}

func (event) Announcements(ctx context.Context, e *kg.Event) ([]model.Announcement, error) {
	found, err := edges(ctx, e)
	if err != nil {
		return nil, err
	}
	return convertEdges(ctx, e.View, found.Announces, func(a kg.Announcement) kg.ID { return a.Of },
		func(a kg.Announcement) model.Announcement { return model.Announcement{Announcement: a, View: e.View} })
}

// convertEdges converts edges to other events with show. It skips edges whose event does not exist in the view: a claim
// refers to the event, but no live claim is about it.
func convertEdges[E, M any](ctx context.Context, v kg.View, edges []E, other func(E) kg.ID,
	show func(E) M) ([]M, error) {
	ids := make([]kg.ID, len(edges))
	for i, e := range edges {
		ids[i] = other(e)
	}
	nodes, err := loaders.From(ctx).Nodes(ctx, v, ids)
	made := []M{}
	for i, n := range nodes {
		if n != nil {
			made = append(made, show(edges[i]))
		}
	}
	return made, err
}

func (event) Corroboration(ctx context.Context, e *kg.Event) (*model.Corroboration, error) {
	c, err := loaders.From(ctx).Corroboration(ctx, e.View, e.ID)
	if err != nil {
		return nil, err
	}
	needs := append([]kg.ConfirmationNeed{}, c.Needs...)
	return &model.Corroboration{Independent: tellings(e.View, c.Independent), Needs: needs}, nil
}

func tellings(v kg.View, all []kg.Telling) []model.Telling {
	made := make([]model.Telling, len(all))
	for i, t := range all {
		made[i] = model.Telling{Telling: t, View: v}
	}
	return made
}

type telling struct{}

func (telling) Voice(ctx context.Context, t *model.Telling) (kg.Node, error) {
	n, err := requireNode[kg.Node](ctx, t.View, t.Telling.Voice)
	if err != nil {
		return nil, err
	}
	return *n, nil
}

func (telling) Claim(ctx context.Context, t *model.Telling) (*kg.Claim, error) {
	return requireNode[kg.Claim](ctx, t.View, t.Telling.Claim)
}

func (telling) Documents(ctx context.Context, t *model.Telling) ([]kg.Document, error) {
	return findNodes[kg.Document](ctx, t.View, t.Telling.Documents)
}

func (telling) Words(_ context.Context, t *model.Telling) ([]string, error) {
	return append([]string{}, t.Telling.Words...), nil
}

func (telling) Others(_ context.Context, t *model.Telling) ([]model.Telling, error) {
	return tellings(t.View, t.Telling.Others), nil
}

func (event) States(ctx context.Context, e *kg.Event) ([]model.EventState, error) {
	versions, err := loaders.From(ctx).States(ctx, e.View, e.ID)
	made := make([]model.EventState, len(versions))
	for i, s := range versions {
		made[i] = model.EventState{EventState: s, View: e.View}
	}
	return made, err
}

// eventState resolves a state version. Its claims are read in the view of the query.
type eventState struct{}

func (eventState) Because(ctx context.Context, s *model.EventState) ([]kg.Claim, error) {
	return findNodes[kg.Claim](ctx, s.View, s.EventState.Because)
}

func (event) Disagreements(ctx context.Context, e *kg.Event, aspects []kg.Aspect) ([]model.Disagreement, error) {
	made := []model.Disagreement{}
	if e.Disagreements == 0 {
		return made, nil
	}
	found, err := loaders.From(ctx).Disagreements(ctx, e.View, e.ID)
	for _, d := range found {
		if aspects == nil || slices.Contains(aspects, d.Aspect) {
			made = append(made, model.Disagreement{Disagreement: d, View: e.View})
		}
	}
	return made, err
}

// disagreement resolves a matter on which claims exclude each other.
type disagreement struct{}

// nullable returns nil for the zero value.
func nullable[T comparable](v T) *T {
	if v == *new(T) {
		return nil
	}
	return &v
}

func (disagreement) FigureKind(_ context.Context, d *model.Disagreement) (*kg.FigureKind, error) {
	return nullable(d.Quantity.Kind), nil
}

func (disagreement) Population(_ context.Context, d *model.Disagreement) (*kg.Population, error) {
	return nullable(d.Quantity.Population), nil
}

func (disagreement) Unit(_ context.Context, d *model.Disagreement) (*string, error) {
	return nullable(d.Quantity.Unit), nil
}

func (disagreement) Actor(ctx context.Context, d *model.Disagreement) (*kg.Actor, error) {
	return findNode[kg.Actor](ctx, d.View, d.Topic.Actor)
}

func (disagreement) Role(_ context.Context, d *model.Disagreement) (*kg.ParticipantRole, error) {
	return nullable(d.Topic.Role), nil
}

func (disagreement) LocationRole(_ context.Context, d *model.Disagreement) (*kg.LocationRole, error) {
	return nullable(d.PlaceRole), nil
}

func (disagreement) Sides(_ context.Context, d *model.Disagreement) ([]model.DisagreementSide, error) {
	made := make([]model.DisagreementSide, len(d.Disagreement.Sides))
	for i, s := range d.Disagreement.Sides {
		made[i] = model.DisagreementSide{Side: s, View: d.View}
	}
	return made, nil
}

// disagreementSide resolves claims that can all be right.
type disagreementSide struct{}

func (disagreementSide) Voices(ctx context.Context, s *model.DisagreementSide) ([]kg.Node, error) {
	return findNodes[kg.Node](ctx, s.View, s.Side.Voices)
}

func (disagreementSide) Claims(ctx context.Context, s *model.DisagreementSide) ([]kg.Claim, error) {
	return findNodes[kg.Claim](ctx, s.View, s.Side.Claims)
}
