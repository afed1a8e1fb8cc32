package network

import (
	"context"
	"fmt"
	"sync/atomic"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/projection"
	"casus/internal/store"
)

// progress counts the records that a build has read. It is safe for concurrent use.
type progress struct {
	running atomic.Bool
	// read counts the events and participations that were read; all is their number, 0 until they are counted.
	read, all atomic.Int64
}

// begin starts the progress of a build. stats counts what the store has. The returned function ends the progress.
func (p *progress) begin(ctx context.Context, stats func(context.Context) (store.Stats, error)) (end func()) {
	p.read.Store(0)
	p.all.Store(0)
	p.running.Store(true)
	ctx, cancel := context.WithCancel(ctx)
	counted := make(chan struct{})
	go func() {
		defer close(counted)
		projection.CountIfSlow(ctx, func(ctx context.Context) {
			if s, err := stats(ctx); err == nil { // otherwise the total stays unknown
				p.all.Store(int64(s.Nodes[kg.KindEvent] + s.Edges[store.EdgeParticipatedIn]))
			}
		})
	}()
	return func() {
		cancel()
		<-counted
		p.running.Store(false)
	}
}

// add counts a version that is known in an interval, if it is the latest, since stats count only the latest.
func (p *progress) add(known kg.Interval) {
	if known.KnownTo == edtf.EndOfTime {
		p.read.Add(1)
	}
}

// text returns what is being read, for people.
func (p *progress) text() (reading string, running bool) {
	const what = "reading actors and their links into memory"
	read, all, running := p.read.Load(), p.all.Load(), p.running.Load()
	switch {
	case read == 0: // a snapshot may be
		return what, running
	case all == 0:
		return fmt.Sprintf("%s (%d so far)", what, read), running
	}
	return fmt.Sprintf("%s (%d of %d)", what, min(read, all), all), running
}
