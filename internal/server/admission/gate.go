// Package admission decides which requests run at once and which wait, so that no client takes a server from the
// others. Clients share it by the time for which their requests ran: a client with expensive requests waits longer.
package admission

import (
	"math"
	"slices"
	"sync"
	"time"

	"casus/internal/kg"
)

// Limits bound a Gate.
type Limits struct {
	// Slots is the number of requests that run at once; less than 1 is 1. One client never holds the last of several.
	Slots int
	// ClientQueue and Queue are the numbers of requests that wait, of one client and in all; less than 1 is 1. They
	// include requests whose bodies are being read.
	ClientQueue, Queue int
	// Wait is how long a request waits at most.
	Wait time.Duration
}

const (
	// activeTime is how long a client that has no requests still has a share of the slots.
	activeTime = 2 * time.Second
	// maxClients is the number of clients that are remembered. Only clients without requests are forgotten.
	maxClients = 1024
	// maxSending is the number of requests that have no slot although their answers are not written yet, because
	// their readers are slow; one client has at most a quarter. Each may hold a whole answer in memory.
	maxSending = 32
)

// Gate assigns slots to requests. It is safe for concurrent use.
type Gate struct {
	limits  Limits
	observe Observer
	epoch   time.Time

	mu      sync.Mutex
	clients map[string]*client
	// present counts the places that do not run yet, running the ones with a slot, sending the ones that yielded it.
	present, running, sending int
	// clock is the virtual time of start-time fair queueing: the time used by the client that was served last. A
	// client that returns begins there, so it gets no credit for having been idle.
	clock time.Duration
}

// Observer receives the measurements of a Gate.
type Observer interface {
	// Queued adds to the number of waiting requests.
	Queued(n int)
	// Waited records how long a request waited for its slot.
	Waited(d time.Duration)
	// Refused counts a request that was refused.
	Refused()
}

// New returns a gate. The observer may be nil.
func New(l Limits, o Observer) *Gate {
	l.Slots, l.ClientQueue, l.Queue = max(l.Slots, 1), max(l.ClientQueue, 1), max(l.Queue, 1)
	if o == nil {
		o = noObserver{}
	}
	return &Gate{limits: l, observe: o, epoch: time.Now(), clients: map[string]*client{}}
}

// Arrive returns a place for a request of a client. The caller must leave it. If the queue is full, the client with the
// longest one loses its last place; the error is LIMIT_EXCEEDED if that is this client.
func (g *Gate) Arrive(name string) (*Place, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	c := g.client(name)
	if c.present >= g.limits.ClientQueue {
		g.observe.Refused()
		return nil, kg.Errorf(kg.LimitExceeded, "%d requests of this client are waiting already: try again later", c.present)
	}
	if g.present >= g.limits.Queue && !g.evict(c) {
		g.observe.Refused()
		return nil, errBusy()
	}
	c.present++
	g.present++
	g.observe.Queued(1)
	return &Place{gate: g, client: c, arrived: time.Now(), ready: make(chan struct{})}, nil
}

// errBusy returns the error of a request that finds or loses no place because of other clients.
func errBusy() error { return kg.Errorf(kg.LimitExceeded, "the server is busy: try again later") }

// evict ends the wait of the last request of the client with the longest queue, unless newcomer's is as long. Requests
// that have run already stay.
func (g *Gate) evict(newcomer *client) bool {
	longest := newcomer
	for _, c := range g.clients {
		if len(c.queue) > max(len(longest.queue), newcomer.present+1) {
			longest = c
		}
	}
	if longest == newcomer {
		return false
	}
	for _, last := range slices.Backward(longest.queue) {
		if !last.resumes {
			last.evicted = true
			last.leave()
			close(last.ready)
			return true
		}
	}
	return false
}

// dispatch assigns the free slots to waiting requests. The caller holds the lock.
func (g *Gate) dispatch() {
	now := time.Now()
	for g.running < g.limits.Slots {
		c := g.next(now)
		if c == nil {
			return
		}
		g.clock = max(g.clock, c.used)
		c.queue[0].run(now)
	}
}

// next returns the waiting client that used the least time and has less than its share; nil if there is none.
func (g *Gate) next(now time.Time) (next *client) {
	share, least := g.share(now), time.Duration(math.MaxInt64)
	for _, c := range g.clients {
		if len(c.queue) == 0 || c.running >= share {
			continue
		}
		if used := c.usedAt(now.Sub(g.epoch)); used < least {
			next, least = c, used
		}
	}
	return next
}

// share returns the number of slots that one client may hold. One slot is left for a client that comes next.
func (g *Gate) share(now time.Time) int {
	active := 0
	for _, c := range g.clients {
		if !c.idle() || now.Sub(c.seen) < activeTime {
			active++
		}
	}
	return max(1, (g.limits.Slots-1)/max(active, 1))
}

type noObserver struct{}

func (noObserver) Queued(int)           {}
func (noObserver) Waited(time.Duration) {}
func (noObserver) Refused()             {}
