package extraction

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"casus/internal/extract/replay"
	"casus/internal/kg"
	"casus/internal/loopback"
)

// replayCommand returns `casus extract replay`.
func replayCommand(p Program) *cobra.Command {
	var address string
	var faults []string
	var names []string
	for _, f := range replay.Faults() {
		names = append(names, string(f))
	}
	c := &cobra.Command{
		Use:   "replay DIR",
		Short: "Serve recorded answers as an endpoint on this machine",
		Long: `Serve recorded answers as an endpoint for "casus extract", to test a pipeline or to show a run without
a model. It prints its address and serves until it is interrupted. DIR is

- a folder of --cache: the answers that it has, each to its own question, or
- a folder with parties.md, events.md and claims.md (or .json): answers of a model as they are, for
  one article. claims.2.md answers the second question about claims, and so on; a later question
  without a file has an answer with empty lists.

--faults makes it misbehave: each of the faults answers one request, before anything else is answered.`,
		Example: `  casus extract replay answers --listen 127.0.0.1:8080
  casus extract replay answers --faults 429,cut,prose`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			host, _, err := net.SplitHostPort(address)
			if err != nil || !loopback.Host(host) {
				return p.Usage("--listen %s: must be a host and a port of this machine, such as 127.0.0.1:8080", address)
			}
			var all []replay.Fault
			for _, f := range faults {
				if !replay.IsFault(f) {
					return p.Usage("--faults %s: must be of %s", f, strings.Join(names, ", "))
				}
				all = append(all, replay.Fault(f))
			}
			s, err := replay.New(args[0], all...)
			if err != nil {
				return err
			}
			return serveReplay(c, address, s)
		},
	}
	c.Flags().StringVar(&address, "listen", "127.0.0.1:0", "the address to listen on; port 0 chooses a free one")
	c.Flags().StringSliceVar(&faults, "faults", nil, "faults, in their order: "+strings.Join(names, ", "))
	p.Values(c, "faults", names...)
	return c
}

// serveReplay serves until the command's context ends.
func serveReplay(c *cobra.Command, address string, handler http.Handler) error {
	ctx := c.Context()
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return kg.Errorf(kg.BadInput, "cannot listen: %w", err)
	}
	printLine(c.OutOrStdout(), "http://%s", listener.Addr())
	printLine(c.ErrOrStderr(), "serving recorded answers; stop with Ctrl+C")
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: 10 * time.Second,
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() }) // Serve returns for it
	defer stop()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return kg.Errorf(kg.Unavailable, "cannot serve: %w", err)
	}
	return nil
}
