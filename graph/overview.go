package graph

import (
	"context"
	"slices"

	"casus/graph/model"
	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

func (q query) Extent(ctx context.Context, filter *store.EventFilter, knownAt *edtf.Instant) (*store.Extent, error) {
	normal, err := filter.Normalize()
	if err != nil {
		return nil, err
	}
	x, err := q.store.Extent(ctx, store.ExtentQuery{
		View: viewAt(knownAt), Filter: normal.WithoutRetracted(), Sums: selectedSums(ctx),
	})
	if err == nil && x.Events == 0 {
		warnEmpty(ctx, filter)
	}
	return &x, err
}

func (q query) Facets(
	ctx context.Context, filter *store.EventFilter, fields []store.FacetField, top *int, knownAt *edtf.Instant,
) ([]model.Facet, error) {
	normal, err := filter.Normalize()
	if err != nil {
		return nil, err
	}
	f := store.FacetQuery{
		View: normal.InView(viewAt(knownAt)), Filter: normal.WithoutRetracted(), Fields: fields,
		Top: valueOr(top, store.DefaultFacetGroups), Sums: selectedSums(ctx, "groups"),
	}
	facets, err := q.store.Facets(ctx, f)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(facets, func(f store.Facet) bool { return len(f.Groups) > 0 }) {
		warnEmpty(ctx, filter)
	}
	made := make([]model.Facet, len(facets))
	for i, facet := range facets {
		made[i] = model.Facet{Facet: facet, Groups: model.GroupsIn(f.View, facet.Field.ByNode(), facet.Groups)}
	}
	return made, nil
}

func (q query) Clusters(
	ctx context.Context, filter *store.EventFilter, zoom int, knownAt *edtf.Instant,
) ([]model.Cluster, error) {
	normal, err := filter.Normalize()
	if err != nil {
		return nil, err
	}
	c := store.ClusterQuery{
		View: normal.InView(viewAt(knownAt)), Filter: normal.WithoutRetracted(), Zoom: zoom, Sums: selectedSums(ctx),
	}
	clusters, err := q.store.Clusters(ctx, c)
	if err != nil {
		return nil, err
	}
	if len(clusters) == 0 {
		warnEmpty(ctx, filter)
	}
	made := make([]model.Cluster, len(clusters))
	for i, cluster := range clusters {
		made[i] = model.Cluster{Cluster: cluster, View: c.View}
	}
	return made, nil
}

// bucketGroup resolves a group of a bucket or a facet. If the groups are by node, its key is an id.
type bucketGroup struct{}

func (bucketGroup) Node(ctx context.Context, g *model.BucketGroup) (kg.Node, error) {
	if !g.ByNode {
		return nil, nil
	}
	found, err := findNode[kg.Node](ctx, g.View, kg.ID(g.Key))
	if err != nil || found == nil {
		return nil, err
	}
	return *found, nil
}

type cluster struct{}

func (cluster) Event(ctx context.Context, c *model.Cluster) (*kg.Event, error) {
	if c.Cluster.Event == "" {
		return nil, nil
	}
	return requireNode[kg.Event](ctx, c.View, c.Cluster.Event)
}
