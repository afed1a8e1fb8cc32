package network

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// progress tells how far a build is. It is safe for concurrent use.
type progress struct {
	running atomic.Bool
	// read counts the events and participations that were read; all is their number, 0 until they are counted.
	read, all atomic.Int64
}

// countAfter is the time after which a build counts what it reads. Most are over by then.
const countAfter = time.Second

// begin starts the progress of a build. stats counts what the store has. The returned function ends the progress.
func (p *progress) begin(ctx context.Context, stats func(context.Context) (store.Stats, error)) (end func()) {
	p.read.Store(0)
	p.all.Store(0)
	p.running.Store(true)
	ctx, cancel := context.WithCancel(ctx)
	counted := make(chan struct{})
	go func() {
		defer close(counted)
		p.count(ctx, stats)
	}()
	return func() {
		cancel()
		<-counted
		p.running.Store(false)
	}
}

// count counts what is to be read.
func (p *progress) count(ctx context.Context, stats func(context.Context) (store.Stats, error)) {
	select {
	case <-time.After(countAfter):
	case <-ctx.Done():
		return
	}
	if s, err := stats(ctx); err == nil { // else the progress does not tell how much is missing
		p.all.Store(int64(s.Nodes[kg.KindEvent] + s.Edges[store.EdgeParticipatedIn]))
	}
}

// add counts what holds in an interval, if that is the latest, since stats count only the latest.
func (p *progress) add(known kg.Interval) {
	if known.KnownTo == edtf.EndOfTime {
		p.read.Add(1)
	}
}

// explain returns the error of a query, or UNAVAILABLE with the progress if it waited in vain for a build.
func (p *progress) explain(err error) error {
	if kg.CodeOf(err) != kg.Timeout || !p.running.Load() {
		return err
	}
	read, all := p.read.Load(), p.all.Load()
	if all == 0 {
		return store.NotReady(fmt.Sprintf("reading events and participations into memory (%d so far)", read))
	}
	return store.NotReady(fmt.Sprintf("reading events and participations into memory (%d of %d)", min(read, all), all))
}
