package revisions

import (
	"context"
	"sync"
	"time"

	"casus/internal/kg"
	"casus/internal/store"
)

// watch reads the revision of a store at intervals while there are streams. It is safe for concurrent use.
type watch struct {
	log store.ChangeLog
	// interval is the time between two reads, and timeout bounds one.
	interval, timeout time.Duration
	// reading is held by the one goroutine that reads, so that no revision overtakes a later one.
	reading chan struct{}

	mu      sync.Mutex
	streams map[string]int // by client
	all     int
	stop    context.CancelFunc // ends the reads; nil without streams
	latest  int64
	changed chan struct{} // closed when latest changes
}

func newWatch(log store.ChangeLog, interval, timeout time.Duration) *watch {
	return &watch{
		log: log, interval: interval, timeout: timeout, reading: make(chan struct{}, 1),
		streams: map[string]int{}, changed: make(chan struct{}),
	}
}

// enter adds a stream of a client. It returns LIMIT_EXCEEDED if there are too many.
func (w *watch) enter(client string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case w.streams[client] >= clientStreams:
		return kg.Errorf(kg.LimitExceeded, "the client has %d streams open, the most that one may have", clientStreams)
	case w.all >= maxStreams:
		return kg.Errorf(kg.LimitExceeded, "%d streams are open: try again later", maxStreams)
	}
	if w.streams[client]++; w.all == 0 {
		var ctx context.Context
		ctx, w.stop = context.WithCancel(context.Background()) // it ends with the last stream, not with the first
		go w.follow(ctx)
	}
	w.all++
	return nil
}

// leave removes a stream.
func (w *watch) leave(client string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.streams[client]--; w.streams[client] == 0 {
		delete(w.streams, client)
	}
	if w.all--; w.all == 0 {
		w.stop()
	}
}

// follow reads the revision until ctx ends. What requests see as an error is theirs to tell; it is read again.
func (w *watch) follow(ctx context.Context) {
	tick := time.NewTicker(w.interval)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			_, _ = w.read(ctx)
		}
	}
}

// read reads the revision now, and tells all streams if it has changed.
func (w *watch) read(ctx context.Context) (int64, error) {
	ctx, cancel := context.WithTimeout(ctx, w.timeout)
	defer cancel()
	select {
	case w.reading <- struct{}{}:
		defer func() { <-w.reading }()
	case <-ctx.Done():
		return 0, kg.Errorf(kg.Timeout, "waiting for the revision: %w", ctx.Err())
	}
	now, err := w.log.Revision(ctx)
	if err != nil {
		return 0, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if now != w.latest {
		w.latest = now
		close(w.changed)
		w.changed = make(chan struct{})
	}
	return now, nil
}

// current returns the revision that was read last, and a channel that is closed when there is another one.
func (w *watch) current() (revision int64, changed <-chan struct{}) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.latest, w.changed
}
