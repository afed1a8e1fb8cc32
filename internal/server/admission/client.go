package admission

import "time"

// client is a gate's record of a client.
type client struct {
	// queue holds the places that wait for a slot, in order.
	queue []*Place
	// present, running and sending count places, as in Gate.
	present, running, sending int
	// used is the time for which the client's requests held slots, or the gate's clock when the client returned after it
	// had been idle.
	used time.Duration
	// begun is the sum of the times, since the gate's epoch, at which the running requests began.
	begun time.Duration
	// seen is when a place was last taken or left.
	seen time.Time
}

// usedAt returns the time used at a time since the gate's epoch, with that of running requests.
func (c *client) usedAt(now time.Duration) time.Duration {
	return c.used + time.Duration(c.running)*now - c.begun
}

// idle reports whether the client has no place.
func (c *client) idle() bool { return c.present+c.running+c.sending == 0 }

// client returns the client of a name, which it adds if it is unknown. The caller holds the lock and adds a place.
func (g *Gate) client(name string) *client {
	c := g.clients[name]
	if c == nil {
		if len(g.clients) >= maxClients {
			g.forget()
		}
		c = &client{}
		g.clients[name] = c
	}
	if c.idle() {
		c.used = max(c.used, g.clock)
	}
	c.seen = time.Now()
	return c
}

// forget removes the client that was idle the longest. There are fewer places than clients that are remembered, unless
// the queue is longer; then the number of clients is bounded by that of places.
func (g *Gate) forget() {
	oldest := ""
	for name, c := range g.clients {
		if c.idle() && (oldest == "" || c.seen.Before(g.clients[oldest].seen)) {
			oldest = name
		}
	}
	delete(g.clients, oldest)
}
