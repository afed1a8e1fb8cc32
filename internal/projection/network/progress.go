package network

import (
	"fmt"
	"sync/atomic"

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

// begin starts the progress of a build. The returned function ends it.
func (p *progress) begin() (end func()) {
	p.read.Store(0)
	p.all.Store(0)
	p.running.Store(true)
	return func() { p.running.Store(false) }
}

// expect sets what is to be read.
func (p *progress) expect(s store.Stats) {
	p.all.Store(int64(s.Nodes[kg.KindEvent] + s.Edges[store.EdgeParticipatedIn]))
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
	reading := "counting events and participations"
	if all := p.all.Load(); all > 0 {
		reading = fmt.Sprintf("reading events and participations into memory (%d of %d)", min(p.read.Load(), all), all)
	}
	return kg.Errorf(kg.Unavailable, "the server is still %s: retry in a moment", reading)
}
