// Package graph is the GraphQL server over a kg.Store: thin resolvers that turn a field's arguments into one query of the
// domain, limits, errors with codes, and the HTTP handler.
package graph

import (
	"context"
	"maps"
	"net/http"

	"casus/graph/generated"
	"casus/graph/loaders"
	"casus/internal/store"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/klauspost/compress/gzhttp"
	"github.com/vektah/gqlparser/v2/ast"
)

// rememberedQueries is how many parsed and validated queries are kept.
const rememberedQueries = 1000

// Schema is the API's schema, parsed: for checking queries before they are sent. It has no @defer, which gqlgen adds to every
// schema: an answer is one whole.
func Schema() *ast.Schema {
	s := *generated.NewExecutableSchema(generated.Config{}).Schema()
	s.Directives = maps.Clone(s.Directives)
	delete(s.Directives, "defer")
	return &s
}

// NewHandler serves the API over a store: GraphQL over HTTP, GET and POST, whatever the path. It only reads.
func NewHandler(st store.Store, cfg Config) http.Handler {
	cfg = cfg.withDefaults()
	schema := generated.NewExecutableSchema(generated.Config{Schema: Schema(), Resolvers: &resolvers{st, networks{cfg.Networks}}})
	srv := handler.New(schema)
	srv.AddTransport(overHTTP{maxBody: cfg.BodyBytes})
	srv.SetQueryCache(lru.New[*ast.QueryDocument](rememberedQueries))
	srv.Use(extension.Introspection{})
	if cfg.PersistedQueries > 0 {
		srv.Use(extension.AutomaticPersistedQuery{Cache: lru.New[string](cfg.PersistedQueries)})
	}
	srv.Use(&limits{tokens: cfg.Tokens, depth: cfg.Depth, complexity: cfg.Complexity, schema: schema.Schema()})
	errors := presenter{log: cfg.Logger, timeout: cfg.Timeout}
	srv.SetErrorPresenter(errors.present)
	srv.SetRecoverFunc(recovered)
	answered := newAnswers(st, cfg.AnswerBytes)
	srv.AroundResponses(func(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
		if cfg.Timeout > 0 {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(ctx, cfg.Timeout)
			defer cancel()
		}
		ctx = withIncidents(ctx)
		response := answered.respond(ctx, func(ctx context.Context) *graphql.Response {
			return next(loaders.New(st, cfg.BatchWait).With(ctx))
		})
		if cfg.Observe != nil && response != nil {
			cfg.Observe(len(response.Data) > 0 && string(response.Data) != "null", codesOf(response.Errors))
		}
		return response
	})
	return allowOrigins(cfg.Origins, gzhttp.GzipHandler(srv))
}
