// Package graph is the GraphQL server over a store.Store: thin resolvers that turn a field's arguments into one query
// of the store, limits, errors with codes, and the HTTP handler.
package graph

import (
	"context"
	"maps"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/klauspost/compress/gzhttp"
	"github.com/vektah/gqlparser/v2/ast"

	"casus/graph/generated"
	"casus/graph/loaders"
	"casus/graph/scheduler"
	"casus/internal/store"
)

// Schema returns the parsed schema of the API. It lacks @defer, which gqlgen adds to every schema: responses are not
// incremental.
func Schema() *ast.Schema {
	s := *generated.NewExecutableSchema(generated.Config{}).Schema()
	s.Directives = maps.Clone(s.Directives)
	delete(s.Directives, "defer")
	return &s
}

// NewHandler returns a handler that serves the API over a store: GraphQL over HTTP with GET and POST, for any path. It
// is read-only.
func NewHandler(st store.Store, cfg Config) http.Handler {
	cfg = cfg.withDefaults()
	schema := generated.NewExecutableSchema(generated.Config{
		Schema: Schema(), Resolvers: &resolvers{st, networks{cfg.Networks}},
	})
	srv := handler.New(schema)
	srv.AddTransport(transport{maxBody: cfg.BodyBytes, timeout: cfg.Timeout, revision: st.Revision})
	srv.SetQueryCache(newQueryCache(cfg.ParsedQueryBytes, sizeOfDocument))
	srv.Use(extension.Introspection{})
	if cfg.PersistedQueryBytes > 0 {
		srv.Use(extension.AutomaticPersistedQuery{Cache: newQueryCache(cfg.PersistedQueryBytes, sizeOfText)})
	}
	srv.Use(&limits{
		tokens: cfg.Tokens, depth: cfg.Depth, complexity: cfg.Complexity, schema: schema.Schema(), totals: cfg.Totals,
	})
	errors := presenter{log: cfg.Logger, timeout: cfg.Timeout}
	srv.SetErrorPresenter(errors.present)
	srv.SetRecoverFunc(panicError)
	cache := newResponseCache(st, cfg.ResponseCacheBytes)
	srv.AroundResponses(func(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
		if cfg.Timeout > 0 {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(ctx, cfg.Timeout)
			defer cancel()
		}
		ctx = withIncidents(ctx)
		response := cache.respond(ctx, func(ctx context.Context) *graphql.Response {
			ctx, budget := scheduler.WithBudget(ctx, cfg.ResponseBytes)
			defer budget.Release()
			response := withWarnings(ctx, st, schema.Schema().Types, func(ctx context.Context) *graphql.Response {
				return next(loaders.New(st, cfg.BatchWait).With(ctx))
			})
			return errors.cutOff(ctx, response, budget, cfg.ResponseBytes)
		})
		if cfg.Observe != nil && response != nil {
			cfg.Observe(len(response.Data) > 0 && string(response.Data) != "null", codesOf(response.Errors))
		}
		return response
	})
	return gzhttp.GzipHandler(srv)
}

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
func (r *resolvers) Extraction() generated.ExtractionResolver       { return extraction{} }
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
func (r *resolvers) NetworkLink() generated.NetworkLinkResolver     { return tie{r.store} }
func (r *resolvers) Tie() generated.TieResolver                     { return tie{r.store} }
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
