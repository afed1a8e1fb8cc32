package graph

import (
	"context"
	"slices"

	"casus/graph/model"
	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

func (q query) TimelineBuckets(
	ctx context.Context, filter *store.EventFilter, interval edtf.CalendarInterval, splitBy *store.BucketSplit, top *int,
	timeZone *string, window *store.BucketWindow, sparse *bool, knownAt *edtf.Instant,
) ([]model.TimelineBucket, error) {
	normal, err := filter.Normalize()
	if err != nil {
		return nil, err
	}
	b := store.BucketQuery{
		View: normal.InView(viewAt(knownAt)), Filter: normal.WithoutRetracted(), Interval: interval,
		SplitBy: valueOr(splitBy, ""), Top: requestedGroups(top), Window: window, Sparse: valueOr(sparse, false),
		Possible: selects(ctx, "possible") || selectedBelow(ctx, "groups")["possible"],
		Sums:     selectedSums(ctx) | selectedSums(ctx, "groups"),
	}
	if b.Zone, err = loadZone(timeZone); err != nil {
		return nil, err
	}
	buckets, err := q.store.Buckets(ctx, b)
	if err != nil {
		return nil, err
	}
	if len(buckets) == 0 {
		warnEmpty(ctx, filter)
	}
	made := make([]model.TimelineBucket, len(buckets))
	byNode := b.SplitBy.ByNode()
	for i, bucket := range buckets {
		made[i] = model.TimelineBucket{Bucket: bucket, Groups: model.GroupsOfBucket(b.View, byNode, bucket.Groups)}
	}
	return made, nil
}

// requestedGroups returns how many groups are requested: for 0, a number that the store rejects, because 0 is the
// default of the store and not of the API.
func requestedGroups(top *int) int {
	if n := valueOr(top, store.DefaultBucketGroups); n != 0 {
		return n
	}
	return -1
}

func (q query) Extent(ctx context.Context, filter *store.EventFilter, knownAt *edtf.Instant) (*store.Extent, error) {
	normal, err := filter.Normalize()
	if err != nil {
		return nil, err
	}
	x, err := q.store.Extent(ctx, store.ExtentQuery{
		View: viewAt(knownAt), Filter: normal.WithoutRetracted(), Sums: selectedSums(ctx),
		Known: selects(ctx, "firstKnown") || selects(ctx, "lastKnown"), Bulk: selects(ctx, "bulk"),
	})
	if err == nil && x.Events == 0 {
		warnEmpty(ctx, filter)
	}
	return &x, err
}

func (q query) Knowledge(
	ctx context.Context, filter *store.EventFilter, interval edtf.CalendarInterval, timeZone *string,
	window *store.BucketWindow, sparse *bool, knownAt *edtf.Instant,
) ([]store.KnowledgeBucket, error) {
	normal, err := filter.Normalize()
	if err != nil {
		return nil, err
	}
	zone, err := loadZone(timeZone)
	if err != nil {
		return nil, err
	}
	buckets, err := q.store.Knowledge(ctx, store.KnowledgeQuery{
		View: viewAt(knownAt), Filter: normal.WithoutRetracted(), Interval: interval, Zone: zone, Window: window,
		Sparse: valueOr(sparse, false),
	})
	if err == nil && len(buckets) == 0 {
		warnEmpty(ctx, filter)
	}
	return buckets, err
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
		made[i] = model.Facet{Facet: facet, Groups: model.GroupsOfFacet(f.View, facet.Field.ByNode(), facet.Groups)}
	}
	return made, nil
}

func (q query) Clusters(
	ctx context.Context, filter *store.EventFilter, zoom int, splitBy *store.BucketSplit, top *int,
	knownAt *edtf.Instant,
) ([]model.Cluster, error) {
	normal, err := filter.Normalize()
	if err != nil {
		return nil, err
	}
	c := store.ClusterQuery{
		View: normal.InView(viewAt(knownAt)), Filter: normal.WithoutRetracted(), Zoom: zoom,
		SplitBy: valueOr(splitBy, ""), Top: requestedGroups(top),
		Sums: selectedSums(ctx) | selectedSums(ctx, "groups"),
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
		groups := model.GroupsOfFacet(c.View, c.SplitBy.ByNode(), cluster.Groups)
		made[i] = model.Cluster{Cluster: cluster, View: c.View, Groups: groups}
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

func (cluster) Place(ctx context.Context, c *model.Cluster) (*kg.Location, error) {
	if c.Cluster.Place == "" {
		return nil, nil
	}
	return requireNode[kg.Location](ctx, c.View, c.Cluster.Place)
}

func (cluster) Event(ctx context.Context, c *model.Cluster) (*kg.Event, error) {
	if c.Cluster.Event == "" {
		return nil, nil
	}
	return requireNode[kg.Event](ctx, c.View, c.Cluster.Event)
}
