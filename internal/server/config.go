package server

import (
	"log/slog"
	"net/http"
	"time"

	"casus/internal/server/access"
	"casus/internal/server/admission"
	"casus/internal/server/playground"
	"casus/internal/server/proposals"
	"casus/internal/store"
	"casus/internal/store/metrics"
)

// Config describes a Server. Store, GraphQL, Metrics and Log are required.
type Config struct {
	// Store is the source of exports, and is checked for readiness.
	Store store.Store
	// Columns is the source of /columns. Without it that answers UNAVAILABLE.
	Columns ColumnReader
	// Reading returns how many of all events the store has read into memory, 0 of 0 if they are not counted, and whether
	// it reads. nil for a store that reads nothing.
	Reading func() (read, all int64, reading bool)
	// GraphQL answers /graphql.
	GraphQL http.Handler
	// Proposals has the actions of /proposals and the paths below it, by the end of the path.
	Proposals map[string]proposals.Action
	// OperationTimeout is the limit that GraphQL sets to one operation. The server allows somewhat longer for a
	// response to be written. 0 or negative means that operations have no limit.
	OperationTimeout time.Duration
	// Version is the program's version, which the explorer writes on what it exports.
	Version string
	// Embedders are the origins of the pages that may show the explorer in a frame; see explorer.Config.
	Embedders []string
	// Examples are offered in the playground.
	Examples []playground.Example
	// Access decides who may use the server.
	Access access.Config
	// ExportTimeout limits one export. 0 or negative means no limit.
	ExportTimeout time.Duration
	// ExportStall is how long an export waits for its client to read on. 0 or negative means no limit.
	ExportStall time.Duration
	// MaxExports limits the number of concurrent exports; less than 1 is 1.
	MaxExports int
	// MaxOperations limits the number of concurrent GraphQL operations; less than 1 is DefaultMaxOperations.
	MaxOperations int
	// Proxies are the proxies that name the addresses of their clients.
	Proxies admission.Proxies
	// Metrics counts requests and answers /metrics.
	Metrics *metrics.Set
	// Log receives every request at level debug, and failures.
	Log *slog.Logger
}

// shutdownGrace is how long open requests may take to finish during a shutdown.
const shutdownGrace = 15 * time.Second
