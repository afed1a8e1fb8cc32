package neo4j

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"
)

// serverURI returns the URI of this process's server, and starts it for the first test.
func serverURI(t testing.TB) (uri string) {
	t.Helper()
	check(t, func() (err error) {
		uri, err = processServer()
		return err
	})
	return uri
}

// processServer starts the server once; it ends with the process.
var processServer = sync.OnceValues(func() (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	defer cancel()
	if uri := os.Getenv(envURI); uri != "" {
		return uri, ping(ctx, uri)
	}
	d, err := findDistribution()
	if err != nil {
		return "", err
	}
	began := time.Now()
	uri, how, err := d.serverOfProcess(ctx)
	if err != nil {
		return "", err
	}
	note("waited %.1f s for other processes, then %s a server in %.1f s",
		d.waited.Seconds(), how, time.Since(began).Seconds())
	return uri, nil
})

// serverOfProcess leases a server from the go command or, if another program runs this process, starts one that ends
// with the process. It also returns how it got the server.
func (d distribution) serverOfProcess(ctx context.Context) (uri, how string, err error) {
	if owner, ok := goCommand(); ok {
		uri, reused, err := d.lease(ctx, owner)
		if reused {
			return uri, "took over", err
		}
		return uri, "started", err
	}
	home, err := os.MkdirTemp("", "casus-neo4j-")
	if err != nil {
		return "", "", fmt.Errorf("make the server's home: %w", err)
	}
	s, err := d.start(ctx, home, os.Getpid(), longLived...)
	return s.uri, "started", err
}
