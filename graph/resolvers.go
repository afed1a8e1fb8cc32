package graph

import (
	"context"

	"casus/graph/generated"
	"casus/graph/loaders"
	"casus/internal/kg"
	"casus/internal/store"
)

// resolvers resolves the fields that are not plain values. Each turns its arguments into one query of the store.
// Fields of nodes in lists use the operation's loaders, so that they cost one call for the whole list.
type resolvers struct {
	store    store.Reader
	networks networks
}

func (r *resolvers) Query() generated.QueryResolver                 { return query{r.store, r.networks} }
func (r *resolvers) Actor() generated.ActorResolver                 { return actor{} }
func (r *resolvers) Affiliation() generated.AffiliationResolver     { return affiliation{} }
func (r *resolvers) BucketGroup() generated.BucketGroupResolver     { return bucketGroup{} }
func (r *resolvers) Change() generated.ChangeResolver               { return change{} }
func (r *resolvers) Claim() generated.ClaimResolver                 { return claim{} }
func (r *resolvers) Cluster() generated.ClusterResolver             { return cluster{} }
func (r *resolvers) Dataset() generated.DatasetResolver             { return dataset{} }
func (r *resolvers) Document() generated.DocumentResolver           { return document{} }
func (r *resolvers) Event() generated.EventResolver                 { return event{} }
func (r *resolvers) EventLocation() generated.EventLocationResolver { return eventLocation{} }
func (r *resolvers) Announcement() generated.AnnouncementResolver   { return announcement{} }
func (r *resolvers) EventPart() generated.EventPartResolver         { return eventPart{} }
func (r *resolvers) EventState() generated.EventStateResolver       { return eventState{} }
func (r *resolvers) Figure() generated.FigureResolver               { return figure{} }
func (r *resolvers) IdentityDecision() generated.IdentityDecisionResolver {
	return identityDecision{}
}
func (r *resolvers) Location() generated.LocationResolver           { return location{} }
func (r *resolvers) Path() generated.PathResolver                   { return path{} }
func (r *resolvers) Hop() generated.HopResolver                     { return hop{} }
func (r *resolvers) NetworkNode() generated.NetworkNodeResolver     { return networkNode{} }
func (r *resolvers) NetworkLink() generated.NetworkLinkResolver     { return networkLink{r.store} }
func (r *resolvers) Participation() generated.ParticipationResolver { return participation{} }
func (r *resolvers) StatementSource() generated.StatementSourceResolver {
	return statementSource{}
}
func (r *resolvers) TollBounds() generated.TollBoundsResolver     { return tollBounds{} }
func (r *resolvers) Quote() generated.QuoteResolver               { return quote{} }
func (r *resolvers) Telling() generated.TellingResolver           { return telling{} }
func (r *resolvers) Disagreement() generated.DisagreementResolver { return disagreement{} }
func (r *resolvers) DisagreementSide() generated.DisagreementSideResolver {
	return disagreementSide{}
}
func (r *resolvers) Reversal() generated.ReversalResolver { return reversal{} }
func (r *resolvers) Response() generated.ResponseResolver { return response{} }
func (r *resolvers) CoParticipantConnection() generated.CoParticipantConnectionResolver {
	return coParticipants{}
}
func (r *resolvers) CoParticipantEdge() generated.CoParticipantEdgeResolver { return coParticipant{} }

// findNode returns a node of a type, or nil.
func findNode[T kg.Node](ctx context.Context, v kg.View, id kg.ID) (*T, error) {
	if id == "" {
		return nil, nil
	}
	n, err := loaders.From(ctx).Node(ctx, v, id)
	if err != nil {
		return nil, err
	}
	found, ok := n.(T)
	if !ok {
		return nil, nil
	}
	return &found, nil
}

// requireNode returns a node that must exist because the store references it.
func requireNode[T kg.Node](ctx context.Context, v kg.View, id kg.ID) (*T, error) {
	found, err := findNode[T](ctx, v, id)
	if err == nil && found == nil {
		err = missingNode(id)
	}
	return found, err
}

func missingNode(id kg.ID) error {
	return kg.Errorf(kg.Internal, "%s is referenced in the graph but does not exist", id)
}

// findNodes returns the nodes of ids that exist, in the order of ids.
func findNodes[T kg.Node](ctx context.Context, v kg.View, ids []kg.ID) ([]T, error) {
	nodes, err := loaders.From(ctx).Nodes(ctx, v, ids)
	if err != nil {
		return nil, err
	}
	found := make([]T, 0, len(nodes))
	for _, n := range nodes {
		if t, ok := n.(T); ok {
			found = append(found, t)
		}
	}
	return found, nil
}
