package main

import (
	"time"

	"github.com/spf13/cobra"

	"casus/graph"
	"casus/internal/projection/aggregate"
	"casus/internal/projection/network"
	"casus/internal/server"
	"casus/internal/store/cache"
)

// serveRun is one run of `casus serve`.
type serveRun struct {
	store  storeFlag
	log    logFlags
	listen string
	access accessFlags
	// embedders are the origins whose pages may show the explorer in a frame.
	embedders []string
	sample    sampleFlag
	graph     graph.Config
	// networkMiB limits the memory of paths and networks.
	networkMiB int
	// maxResponseMiB limits the size of a response.
	maxResponseMiB int
	// responseCacheMiB and eventCacheMiB are the sizes of the caches. Only Neo4j has an event cache.
	responseCacheMiB, eventCacheMiB int
	// maxIndexEvents bounds the events that are counted from memory.
	maxIndexEvents int
	// projectionDir is the folder of the snapshot of a Neo4j store.
	projectionDir string
	// exportTimeout, exportStall and maxExports limit /export.
	exportTimeout, exportStall time.Duration
	maxExports                 int
	// maxOperations limits /graphql. trustedProxies are the proxies whose X-Forwarded-For names the client.
	maxOperations  int
	trustedProxies []string
}

func serveCommand() *cobra.Command {
	var s serveRun
	c := &cobra.Command{
		Use:   "serve",
		Short: "Serve the graph: explorer at /explore, GraphQL at /graphql, playground at /playground",
		Long: `Serve the graph over HTTP until a signal stops it: an explorer at /explore, GraphQL at /graphql, a
playground at /playground, articles and their review at /inbox and /review, exports at
/export/FORMAT, columns for charts at /columns, new revisions at /events, and /healthz, /readyz and
/metrics. It only reads, unless --allow-writes lets tokens with that right load reviewed proposals at
/proposals. Only this machine can reach it, unless --listen has another address. That needs tokens, which
"casus token new" makes. If there are tokens, clients need one to read, unless --anonymous-read.

With --sample it loads a bundled example first: into memory, or into the store of --store or
$` + envStore + `.

SIGINT (Ctrl-C) and SIGTERM stop it: open requests may finish within 15 seconds. The exit code is
then 0, or 130 (SIGINT) or 143 (SIGTERM) if requests had to be cut off. A second signal ends the
process at once.

It first reads events, actors and their links into memory; /readyz answers 503 until then. What it
has read is written to files, STORE-projection and STORE-projection-network next to a SQLite store,
so that the next start is fast.`,
		Example: `  casus serve --sample
  casus serve --sample fictional
  casus serve --store sqlite:war.db --listen :8080 --token-file tokens --allow-host war.example.org
  CASUS_NEO4J_USER=neo4j CASUS_NEO4J_PASSWORD=... casus serve --store neo4j://localhost:7687`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return s.run(c.Context(), c.ErrOrStderr()) },
	}
	s.store.add(c)
	s.addFlags(c)
	s.access.add(c)
	return c
}

func (s *serveRun) addFlags(c *cobra.Command) {
	flags := c.Flags()
	flags.StringVar(&s.listen, "listen", "127.0.0.1:8080",
		"the address to listen on, HOST:PORT; port 0 selects a free one")
	s.sample.add(c, "load a bundled example first, in memory unless a store is specified")
	flags.DurationVar(&s.graph.Timeout, "timeout", graph.DefaultTimeout,
		"time limit of one operation; negative means no limit")
	flags.IntVar(&s.graph.Complexity, "max-complexity", graph.DefaultComplexity,
		"maximum number of keys in the answer to one operation; negative means no limit")
	flags.IntVar(&s.graph.Depth, "max-depth", graph.DefaultDepth,
		"maximum depth of nested fields; negative means no limit")
	flags.IntVar(&s.maxResponseMiB, "max-response", graph.DefaultResponseBytes>>20,
		"maximum size of the answer to one operation in MiB; 0 means no limit")
	flags.DurationVar(&s.exportTimeout, "export-timeout", server.DefaultExportTimeout,
		"time limit of one export; negative means no limit")
	flags.DurationVar(&s.exportStall, "export-stall-timeout", server.DefaultExportStall,
		"time after which an export whose client reads nothing is aborted; negative means no limit")
	flags.IntVar(&s.maxExports, "max-exports", server.DefaultMaxExports,
		"maximum number of concurrent exports; one client gets at most all but one")
	flags.IntVar(&s.maxOperations, "max-operations", 0,
		"maximum number of concurrent operations; one client gets at most all but one (default processors + 1)")
	flags.StringSliceVar(&s.trustedProxies, "trusted-proxy", nil,
		"addresses or ranges of proxies whose X-Forwarded-For names their clients, such as 10.0.0.0/8")
	flags.StringSliceVar(&s.embedders, "allow-embed", nil,
		"origins of pages that may show the explorer in a frame, such as https://example.org; * allows any")
	flags.IntVar(&s.networkMiB, "network-memory", network.DefaultMemory>>20,
		"memory limit of paths and networks in MiB; 0 means no limit")
	flags.IntVar(&s.responseCacheMiB, "response-cache", graph.DefaultResponseCacheBytes>>20,
		"response cache size in MiB; 0 disables it")
	flags.IntVar(&s.eventCacheMiB, "event-cache", cache.DefaultEventBytes>>20,
		"event cache size in MiB (Neo4j only); 0 disables it")
	flags.IntVar(&s.maxIndexEvents, "max-index-events", aggregate.DefaultMaxEvents,
		"maximum number of events that are counted from memory; a larger graph is counted by its database, slowly")
	flags.StringVar(&s.projectionDir, "projection-dir", "",
		"for Neo4j: folder for the snapshot that makes the next start fast; SQLite has it next to the database")
	flags.StringVar(&s.log.format, "log-format", "text", "format of the log: text or json")
	flags.StringVar(&s.log.level, "log-level", "info", "level of the log: debug (every request), info, warn or error")
	completeFlag(c, "log-format", oneOf("text", "json"))
	completeFlag(c, "log-level", oneOf("debug", "info", "warn", "error"))
}
