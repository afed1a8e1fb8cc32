package graph

import (
	"context"
	"slices"

	"casus/graph/loaders"
	"casus/graph/model"
	"casus/internal/edtf"
	"casus/internal/kg"
)

type claim struct{}

// Subject returns an event or an affiliation; nil if no claim that asserts it was ever live, so that it does not exist.
func (claim) Subject(ctx context.Context, c *kg.Claim) (kg.Node, error) {
	found, err := findNode[kg.Node](ctx, c.View, c.Subject)
	if err != nil || found == nil {
		return nil, err
	}
	return *found, nil
}

func (claim) ClaimedModality(_ context.Context, c *kg.Claim) (*kg.Modality, error) {
	if c.Says.Modality == "" {
		return nil, nil
	}
	return &c.Says.Modality, nil
}

func (claim) ClaimedTime(_ context.Context, c *kg.Claim) (*edtf.Time, error) { return c.Says.Time, nil }

func (claim) ClaimedNominal(_ context.Context, c *kg.Claim) (*string, error) {
	day := string(c.Says.Nominal) // "" is null
	return &day, nil
}

func (claim) Claimants(ctx context.Context, c *kg.Claim) ([]kg.Actor, error) {
	return findNodes[kg.Actor](ctx, c.View, c.Claimants)
}

func (claim) RelayedBy(ctx context.Context, c *kg.Claim) ([]kg.Actor, error) {
	return findNodes[kg.Actor](ctx, c.View, c.RelayedBy)
}

func (claim) Document(ctx context.Context, c *kg.Claim) (*kg.Document, error) {
	return findNode[kg.Document](ctx, c.View, c.Document)
}

func (claim) Cites(ctx context.Context, c *kg.Claim) ([]kg.Document, error) {
	return findNodes[kg.Document](ctx, c.View, c.Cites)
}

func (claim) Measures(_ context.Context, c *kg.Claim) ([]kg.Measure, error) {
	return c.Says.Measures, nil
}

func (claim) Figures(_ context.Context, c *kg.Claim, kinds []kg.FigureKind) ([]model.Figure, error) {
	own := slices.Clone(c.Says.Figures)
	for i := range own {
		own[i].Claim = c.ID
	}
	return figures(c.View, own, kinds), nil
}

// figures returns the figures of the given kinds; nil kinds means all.
func figures(v kg.View, all []kg.Figure, kinds []kg.FigureKind) []model.Figure {
	made := []model.Figure{}
	for _, f := range all {
		if kinds == nil || slices.Contains(kinds, f.Kind) {
			made = append(made, model.Figure{Figure: f, View: v})
		}
	}
	return made
}

func (claim) Quote(_ context.Context, c *kg.Claim) (*model.Quote, error) {
	if c.Quote == nil {
		return nil, nil
	}
	return &model.Quote{Quote: *c.Quote, View: c.View}, nil
}

func (claim) Supersedes(ctx context.Context, c *kg.Claim) ([]kg.Claim, error) {
	return findNodes[kg.Claim](ctx, c.View, c.Supersedes)
}

func (claim) WithdrawnBy(ctx context.Context, c *kg.Claim) ([]kg.Claim, error) {
	return findNodes[kg.Claim](ctx, c.View, c.WithdrawnBy)
}

// Coding is derived from the claim, its release and the reviews.
func (claim) Coding(ctx context.Context, c *kg.Claim) (kg.Coding, error) {
	curation, err := loaders.From(ctx).Curation(ctx, c.ID)
	book := kg.VoiceBook{Reviews: kg.LatestReviews(curation.Reviews)}
	if c.Dataset != nil {
		book.Releases = map[kg.ID]kg.Release{c.Release: *c.Dataset}
	}
	return book.CodingOf(*c), err
}

// Original returns the claim as it was loaded; nil if it is not corrected.
func (claim) Original(ctx context.Context, c *kg.Claim) (*kg.Claim, error) {
	curation, err := loaders.From(ctx).Curation(ctx, c.ID)
	if err != nil || curation.Original == nil {
		return nil, err
	}
	return versionOf(*curation.Original, c), nil
}

func (claim) Corrections(ctx context.Context, c *kg.Claim) ([]model.Correction, error) {
	curation, err := loaders.From(ctx).Curation(ctx, c.ID)
	made := make([]model.Correction, len(curation.Corrections))
	for i, correction := range curation.Corrections {
		made[i].Correction = correction
		if corrected, exists := correction.Apply(*c); exists {
			made[i].Claim = versionOf(corrected, c)
		}
	}
	return made, err
}

// versionOf returns another content of a claim, shown as the claim is.
func versionOf(other kg.Claim, c *kg.Claim) *kg.Claim {
	other.KnownTo, other.WithdrawnBy, other.Dataset, other.View = c.KnownTo, c.WithdrawnBy, c.Dataset, c.View
	return &other
}

func (claim) Review(ctx context.Context, c *kg.Claim) (*model.Review, error) {
	curation, err := loaders.From(ctx).Curation(ctx, c.ID)
	if n := len(curation.Reviews); n > 0 {
		return &model.Review{Review: curation.Reviews[n-1]}, err
	}
	return nil, err
}

type extraction struct{}

func (extraction) At(_ context.Context, e *kg.Extraction) (*edtf.Instant, error) {
	if e.At == 0 {
		return nil, nil
	}
	return &e.At, nil
}

type figure struct{}

func (figure) Claim(ctx context.Context, f *model.Figure) (*kg.Claim, error) {
	return requireNode[kg.Claim](ctx, f.View, f.Figure.Claim)
}

type quote struct{}

func (quote) Speaker(ctx context.Context, q *model.Quote) (*kg.Actor, error) {
	return findNode[kg.Actor](ctx, q.View, q.Quote.Speaker)
}

func (quote) Addressee(ctx context.Context, q *model.Quote) (*kg.Actor, error) {
	return findNode[kg.Actor](ctx, q.View, q.Quote.Addressee)
}
