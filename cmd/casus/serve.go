package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"casus/graph"
	"casus/graph/examples"
	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/projection/network"
	"casus/internal/server"
	"casus/internal/server/playground"
	"casus/internal/store"
	"casus/internal/store/metrics"
	"casus/internal/store/open"
	"casus/loader"
	"casus/loader/sample"
)

// serving is what `casus serve` was told.
type serving struct {
	store  storeFlag
	log    logFlags
	listen string
	sample bool
	graph  graph.Config
	// networkMiB bounds what networks take of memory.
	networkMiB int
	// answersMiB bounds the answers that are kept while nothing is written.
	answersMiB int
	// eventsMiB bounds the events that are kept of Neo4j's lists.
	eventsMiB int
	// exportTimeout and exports bound what is answered at /export.
	exportTimeout time.Duration
	exports       int
}

func serveCommand() *cobra.Command {
	var s serving
	c := &cobra.Command{
		Use:   "serve",
		Short: "Serve the graph: GraphQL at /graphql, a playground at /playground",
		Long: `Serve the graph over HTTP until it is interrupted: GraphQL at /graphql, a playground at /playground, exports at /export/FORMAT,
/healthz, /readyz and /metrics. It only reads, and listens on this machine alone unless --listen says otherwise.

With --sample it loads the bundled example first: into memory, or into the store that --store or $` + envStore + ` names.`,
		Example: `  casus serve --sample
  casus serve --store sqlite:war.db --listen :8080
  CASUS_NEO4J_USER=neo4j CASUS_NEO4J_PASSWORD=... casus serve --store neo4j://localhost:7687`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return s.run(c.Context(), c.ErrOrStderr()) },
	}
	s.store.add(c)
	flags := c.Flags()
	flags.StringVar(&s.listen, "listen", "127.0.0.1:8080", "the address to listen on, HOST:PORT; port 0 takes any free one")
	flags.BoolVar(&s.sample, "sample", false, "load the bundled example first; in memory unless a store is given")
	flags.DurationVar(&s.graph.Timeout, "timeout", graph.DefaultTimeout, "how long one operation may take; negative: no limit")
	flags.IntVar(&s.graph.Complexity, "max-complexity", graph.DefaultComplexity, "how many fields one operation may answer with; negative: no limit")
	flags.IntVar(&s.graph.Depth, "max-depth", graph.DefaultDepth, "how deep fields may nest; negative: no limit")
	flags.DurationVar(&s.exportTimeout, "export-timeout", server.DefaultExportTimeout, "how long one export may take; negative: no limit")
	flags.IntVar(&s.exports, "max-exports", server.DefaultMaxExports, "how many exports may be written at a time")
	flags.IntVar(&s.networkMiB, "network-memory", network.DefaultMemory>>20, "how many MiB of memory paths and networks may take, 0: no limit")
	flags.IntVar(&s.answersMiB, "answer-memory", graph.DefaultAnswerBytes>>20, "how many MiB of answers are kept for whoever asks the same while nothing is written, 0: none")
	flags.IntVar(&s.eventsMiB, "event-memory", open.DefaultEventBytes>>20, "how many MiB of the events that lists showed are kept while nothing is written, over Neo4j, 0: none")
	flags.StringSliceVar(&s.graph.Origins, "allow-origin", nil, "pages that may ask from elsewhere (CORS), such as https://example.org; * is any")
	flags.StringVar(&s.log.format, "log-format", "text", "how to log: text or json")
	flags.StringVar(&s.log.level, "log-level", "info", "what to log: debug (every request), info, warn or error")
	return c
}

func (s serving) run(ctx context.Context, stderr io.Writer) (err error) {
	log, err := s.log.logger(stderr)
	if err != nil {
		return err
	}
	s.store.eventBytes = bytesOf(s.eventsMiB)
	st, shown, err := s.open(ctx, stderr)
	if err != nil {
		return err
	}
	defer closing(st, &err)
	if s.sample {
		if err := loadSample(ctx, st, log); err != nil {
			return err
		}
	}
	set := metrics.New()
	st = set.Store(st)
	s.graph.Logger, s.graph.Observe = log, set.Operation
	s.graph.AnswerBytes = bytesOf(s.answersMiB)
	s.graph.Networks = network.New(st, int64(bytesOf(s.networkMiB)))
	srv := server.New(server.Config{
		Store:            st,
		GraphQL:          graph.NewHandler(st, s.graph),
		OperationTimeout: s.graph.Timeout,
		Examples:         playgroundExamples(),
		Origins:          s.graph.Origins,
		ExportTimeout:    s.exportTimeout,
		MaxExports:       s.exports,
		Metrics:          set,
		Log:              log,
	})
	defer runtime.KeepAlive(make([]byte, unused))
	ln, err := server.Listen(ctx, s.listen)
	if err != nil {
		return withListenHint(err)
	}
	base := server.BaseURL(ln)
	say(stderr, "%s is served: open %s/playground (GraphQL at %s/graphql; Ctrl-C stops)", shown, base, base)
	return srv.Serve(ctx, ln)
}

// withListenHint adds advice to an error of server.Listen.
func withListenHint(err error) error {
	hint := "--listen takes HOST:PORT, such as 127.0.0.1:8080 or :0"
	if e := (*server.ListenError)(nil); errors.As(err, &e) {
		switch {
		case e.InUse():
			hint = "--listen 127.0.0.1:0 takes any free port, --listen 127.0.0.1:8081 another one"
		case e.Denied():
			hint = "ports below 1024 need a privilege: take a higher one with --listen"
		}
	}
	return hinted{err, hint}
}

// unused bytes are asked for and never touched, so they take no memory. But the collector, which runs when the heap has doubled, counts
// them: while there is little else it need not run every few answers, which took a quarter of the time of pages.
const unused = 64 << 20

// bytesOf is a flag's number of MiB in bytes; -1 for 0, which is no default: none, or for networks no limit.
func bytesOf(mib int) int {
	if mib <= 0 {
		return -1
	}
	return mib << 20
}

// open opens the store: one given, or in memory for the sample alone, or the file that is there.
func (s serving) open(ctx context.Context, stderr io.Writer) (store.Store, string, error) {
	if s.sample {
		return s.store.open(ctx, open.Memory, stderr)
	}
	return s.store.openExisting(ctx, stderr)
}

func loadSample(ctx context.Context, st store.Store, log *slog.Logger) error {
	report, err := loader.Load(ctx, st, loader.FS(sample.Files(), sample.Names()), loader.Options{KeepText: true, Now: edtf.InstantOf(time.Now())})
	if err != nil {
		return fmt.Errorf("load the bundled example: %w", err)
	}
	for _, r := range report.FirstRejects {
		log.Error("a record of the bundled example was rejected", "reject", r.String())
	}
	if report.Rejected > 0 {
		return kg.Errorf(kg.Internal, "%d records of the bundled example were rejected", report.Rejected)
	}
	log.Info("loaded the bundled example", "read", report.Read, "applied", report.Applied, "unchanged", report.Unchanged)
	return nil
}

// playgroundExamples returns the README's queries for the playground.
func playgroundExamples() []playground.Example {
	var all []playground.Example
	for _, e := range examples.All() {
		all = append(all, playground.Example{
			Name: e.Name, Title: e.Title, Description: e.Description, Query: e.Query, Variables: []byte(e.Variables),
		})
	}
	return all
}
