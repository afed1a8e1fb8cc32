package admission

import (
	"context"
	"slices"
	"time"

	"casus/internal/kg"
)

// Place is a request at a gate: it first arrives, then waits for a slot, then runs, and may release its slot while its
// answer is written. A long request pauses periodically, so that other requests can run.
type Place struct {
	gate    *Gate
	client  *client
	arrived time.Time
	// ready is closed when the place has a slot or is evicted.
	ready   chan struct{}
	evicted bool
	state   state
	began   time.Time
	// resumes is set when the place has run and paused.
	resumes bool
}

type state int

const (
	present state = iota // waiting, or its body is being read
	running
	sending
	paused
	left
)

// Wait returns nil when the place has a slot. It returns LIMIT_EXCEEDED if that takes too long or the place is evicted,
// and TIMEOUT if the context ends.
func (p *Place) Wait(ctx context.Context) error {
	g := p.gate
	g.mu.Lock()
	p.client.queue = append(p.client.queue, p)
	g.dispatch()
	g.mu.Unlock()
	limit := time.NewTimer(g.limits.Wait)
	defer limit.Stop()
	select {
	case <-p.ready:
		if p.evicted {
			g.observe.Refused()
			return errBusy()
		}
		g.observe.Waited(p.began.Sub(p.arrived))
		return nil
	case <-limit.C:
		g.observe.Refused()
		return kg.Errorf(kg.LimitExceeded, "the request waited %v and did not run: try again later", g.limits.Wait)
	case <-ctx.Done():
		return kg.Errorf(kg.Timeout, "waiting for other requests: %w", context.Cause(ctx))
	}
}

// Yield releases the slot while the answer is written to a slow reader, unless too many requests have done so.
func (p *Place) Yield() {
	g := p.gate
	g.mu.Lock()
	defer g.mu.Unlock()
	if p.state == running && g.sending < maxSending && p.client.sending < maxSending/4 {
		p.stop()
		p.state = sending
		p.client.sending++
		g.sending++
		g.dispatch()
	}
}

// Pause releases the slot until Resume.
func (p *Place) Pause() {
	p.gate.mu.Lock()
	defer p.gate.mu.Unlock()
	if p.state == running {
		p.stop()
		p.state = paused
		p.gate.dispatch()
	}
}

// Resume waits for a slot after Pause, until the context ends.
func (p *Place) Resume(ctx context.Context) error {
	g := p.gate
	g.mu.Lock()
	if p.state != paused {
		g.mu.Unlock()
		return nil
	}
	p.state, p.ready, p.resumes = present, make(chan struct{}), true
	p.client.present++
	g.present++
	g.observe.Queued(1)
	p.client.queue = append(p.client.queue, p)
	g.dispatch()
	ready := p.ready
	g.mu.Unlock()
	select {
	case <-ready:
		return nil
	case <-ctx.Done():
		return kg.Errorf(kg.Timeout, "waiting for other requests: %w", context.Cause(ctx))
	}
}

// Leave ends the request. Only the first call has an effect.
func (p *Place) Leave() {
	p.gate.mu.Lock()
	defer p.gate.mu.Unlock()
	p.leave()
	p.gate.dispatch()
}

// leave removes the place from its gate's counts. The caller holds the lock.
func (p *Place) leave() {
	switch p.state {
	case present:
		p.unqueue()
	case running:
		p.stop()
	case sending:
		p.client.sending--
		p.gate.sending--
	case paused:
	case left:
		return
	}
	p.state = left
	p.client.seen = time.Now()
}

// run moves a waiting place to a slot.
func (p *Place) run(now time.Time) {
	p.unqueue()
	p.state, p.began = running, now
	p.client.running++
	p.client.begun += now.Sub(p.gate.epoch)
	p.gate.running++
	close(p.ready)
}

// stop takes the slot of a running place and charges the client for the time.
func (p *Place) stop() {
	now := time.Now()
	p.client.used += now.Sub(p.began)
	p.client.running--
	p.client.begun -= p.began.Sub(p.gate.epoch)
	p.gate.running--
}

func (p *Place) unqueue() {
	if i := slices.Index(p.client.queue, p); i >= 0 {
		p.client.queue = slices.Delete(p.client.queue, i, i+1)
	}
	p.client.present--
	p.gate.present--
	p.gate.observe.Queued(-1)
}
