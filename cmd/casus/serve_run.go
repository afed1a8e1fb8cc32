package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"runtime"
	"runtime/debug"
	"time"

	"casus/graph"
	"casus/graph/examples"
	"casus/internal/projection/network"
	"casus/internal/review/intake"
	"casus/internal/server"
	"casus/internal/server/admission"
	"casus/internal/server/explorer"
	"casus/internal/server/playground"
	"casus/internal/store/cache"
	"casus/internal/store/metrics"
	"casus/internal/store/open"
)

func (s serveRun) run(ctx context.Context, stderr io.Writer) (err error) {
	log, err := s.log.logger(stderr)
	if err != nil {
		return err
	}
	if err := server.CheckAddress(s.listen); err != nil {
		return usageError{withListenHint(err)}
	}
	if err := explorer.CheckEmbedders(s.embedders); err != nil {
		return usagef("--allow-embed: %w", err)
	}
	proxies, err := admission.ParseProxies(s.trustedProxies)
	if err != nil {
		return usagef("--trusted-proxy: %v", err)
	}
	s.store.failFast = true
	snapshot := open.SnapshotPath(s.storeURL(), s.projectionDir)
	s.store.caches = cache.Options{
		EventBytes: cacheBytes(s.eventCacheMiB), Snapshot: snapshot,
		MaxIndexEvents: s.maxIndexEvents, Log: log,
	}
	accessConfig, secret, err := s.access.config(s.listen)
	if err != nil {
		return err
	}
	cached, shown, err := s.open(ctx, stderr)
	if err != nil {
		return err
	}
	defer closeStore(cached, &err)
	if s.sample.selected() {
		if err := loadSample(ctx, cached, s.sample.sample(), log); err != nil {
			return err
		}
	}
	set := metrics.New()
	st := set.Store(cached)
	s.graph.Logger, s.graph.Observe = log, set.Operation
	s.graph.ResponseCacheBytes = cacheBytes(s.responseCacheMiB)
	s.graph.ResponseBytes, s.graph.Totals = cacheBytes(s.maxResponseMiB), cached.Totals
	networks := network.NewWithSnapshot(st, int64(cacheBytes(s.networkMiB)), network.Snapshot{
		Path: networkSnapshot(snapshot), Log: log,
	})
	defer networks.Close()
	s.graph.Networks = networks
	srv := server.New(server.Config{
		Store:            st,
		Columns:          cached,
		Reading:          cached.EventsRead,
		GraphQL:          graph.NewHandler(st, s.graph),
		Proposals:        intake.New(st).Actions(),
		OperationTimeout: s.graph.Timeout,
		Version:          thisBuild().Version,
		Embedders:        s.embedders,
		Examples:         playgroundExamples(),
		Access:           accessConfig,
		ExportTimeout:    s.exportTimeout,
		ExportStall:      s.exportStall,
		MaxExports:       s.maxExports,
		MaxOperations:    s.maxOperations,
		Proxies:          proxies,
		Metrics:          set,
		Log:              log,
	})
	ln, err := server.Listen(ctx, s.listen)
	if err != nil {
		return withListenHint(err)
	}
	base := server.BaseURL(ln)
	printLine(stderr, "serving %s: open %s/explore (queries at %s/playground, GraphQL at %s/graphql; Ctrl-C stops)",
		shown, base, base, base)
	if secret != "" {
		printLine(stderr, "to write, sign in at %s/session#token=%s (a token for this run)", base, secret)
	}
	defer warm(ctx, cached, networks, log, stderr)()
	return srv.Serve(ctx, ln)
}

// networkSnapshot returns the path of the snapshot of networks, next to the one of the aggregates; "" for none.
func networkSnapshot(aggregates string) string {
	if aggregates == "" {
		return ""
	}
	return aggregates + "-network"
}

// withListenHint adds advice to an error of server.CheckAddress or server.Listen.
func withListenHint(err error) error {
	hint := "--listen takes HOST:PORT, such as 127.0.0.1:8080 or :0"
	if e := (*server.ListenError)(nil); errors.As(err, &e) {
		switch {
		case e.InUse():
			hint = "--listen 127.0.0.1:0 selects a free port, --listen 127.0.0.1:8081 another one"
		case e.Denied():
			hint = "ports below 1024 need a privilege: select a higher one with --listen"
		}
	}
	return hintedError{err, hint}
}

// cacheBytes converts the MiB of a flag to bytes. 0 becomes -1, because 0 in the configuration selects the default: -1
// disables a cache, and removes the limit of networks and responses.
func cacheBytes(mib int) int {
	if mib <= 0 {
		return -1
	}
	return mib << 20
}

// open opens the chosen store. With --sample it defaults to one in memory, otherwise to an existing file, which
// --allow-writes creates.
func (s serveRun) open(ctx context.Context, stderr io.Writer) (*cache.Store, string, error) {
	if s.sample.selected() {
		return s.store.open(ctx, open.Memory, stderr)
	}
	if s.access.allowWrites {
		return s.store.open(ctx, open.Default, stderr)
	}
	return s.store.openExisting(ctx, stderr)
}

// storeURL returns the URL of the store that open opens.
func (s serveRun) storeURL() string {
	if s.sample.selected() {
		return s.store.chosen(open.Memory)
	}
	return s.store.chosen(open.Default)
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

// logFlags are the flags of the server's log.
type logFlags struct{ format, level string }

// logger returns a logger that writes one line for each event, as text or JSON.
func (f logFlags) logger(w io.Writer) (*slog.Logger, error) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(f.level)); err != nil {
		return nil, usagef("--log-level %q is not one of debug, info, warn, error", f.level)
	}
	options := &slog.HandlerOptions{Level: level}
	switch f.format {
	case "text":
		return slog.New(slog.NewTextHandler(w, options)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(w, options)), nil
	}
	return nil, usagef("--log-format %q is not one of text, json", f.format)
}

const (
	// warmInterval is the time between two lines of progress.
	warmInterval = 5 * time.Second
	// saveTimeout bounds the writing of a snapshot when the server stops.
	saveTimeout = 30 * time.Second
	// warmGCPercent is the GC percentage while the events are read. It is low, because this is when memory peaks.
	warmGCPercent = 10
	// smallHeapGCPercent is the GC percentage if less than smallHeap bytes are in use after that, as with Neo4j: with
	// Go's default of 100 a server of a few megabytes collects garbage all the time.
	smallHeapGCPercent = 200
	smallHeap          = 64 << 20
)

// warm reads what a store's queries need into memory, in the background, and prints the progress if that takes long.
// Meanwhile the server answers, but /readyz says that it is not ready. stop ends the reading and writes the snapshot.
func warm(
	ctx context.Context, st *cache.Store, networks *network.Networks, log *slog.Logger, stderr io.Writer,
) (stop func()) {
	reading, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	percent := debug.SetGCPercent(warmGCPercent)
	go func() {
		defer close(done)
		if err := st.Warm(reading, networks); err != nil && reading.Err() == nil {
			log.Warn("the store could not be read into memory as a whole: the first queries are slower", "error", err)
		}
		debug.FreeOSMemory() // reading takes more memory than the result
		var memory runtime.MemStats
		if runtime.ReadMemStats(&memory); memory.HeapAlloc < smallHeap {
			percent = max(percent, smallHeapGCPercent)
		}
		debug.SetGCPercent(percent)
	}()
	go printWarming(st, stderr, done)
	return func() {
		cancel()
		<-done
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), saveTimeout)
		defer cancel()
		if err := st.SaveSnapshot(ctx, networks); err != nil {
			log.Warn("a snapshot was not written: the next start reads the store again", "error", err)
		}
	}
}

// printWarming prints the progress until done is closed.
func printWarming(st *cache.Store, stderr io.Writer, done <-chan struct{}) {
	started, slow := time.Now(), false
	for {
		select {
		case <-time.After(warmInterval):
			if reading, warming := st.Progress(); warming {
				slow = true
				printLine(stderr, "%s", reading)
			}
		case <-done:
			if slow {
				printLine(stderr, "ready after %s", time.Since(started).Round(time.Second))
			}
			return
		}
	}
}
