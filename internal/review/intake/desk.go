// Package intake takes articles and reviewed proposals into a store, for `casus serve`: it prints the question for a
// model, converts the answer, shows what decisions would change in the graph, and loads what was accepted.
package intake

import (
	"sync"
	"time"

	"casus/internal/edtf"
	"casus/internal/store"
)

// Desk answers the requests about proposals to one store. It is safe for concurrent use.
type Desk struct {
	store store.Store
	now   func() time.Time
	// loading is held while a proposal is checked and loaded, so that the effects shown are those of this load.
	loading sync.Mutex
}

// New returns a Desk of a store.
func New(s store.Store) *Desk { return &Desk{store: s, now: time.Now} }

// instant returns the current time as records state it.
func (d *Desk) instant() edtf.Instant { return edtf.InstantOf(d.now()) }
