package server

import (
	"context"
	"net/http"
	"runtime"
	"strconv"
	"time"

	"casus/internal/kg"
	"casus/internal/server/admission"
	"casus/internal/server/respond"
)

const (
	// waitTime is how long a request waits for others at most.
	waitTime = 10 * time.Second
	// retryAfter is the number of seconds after which a refused client should try again.
	retryAfter = 5
	// operationQueue and clientOperationQueue bound the operations that wait, in all and of one client.
	operationQueue, clientOperationQueue = 256, 64
	// exportQueue and clientExportQueue do so for exports.
	exportQueue, clientExportQueue = 16, 4
)

// DefaultMaxOperations returns the number of operations that run at once: one for each processor, and one that no
// client alone takes.
func DefaultMaxOperations() int { return runtime.GOMAXPROCS(0) + 1 }

// operationGate returns the gate of operations. The work of exports passes it, too.
func operationGate(slots int, o admission.Observer) *admission.Gate {
	if slots <= 0 {
		slots = DefaultMaxOperations()
	}
	limits := admission.Limits{
		Slots: slots, Queue: operationQueue, ClientQueue: clientOperationQueue, Wait: waitTime,
	}
	return admission.New(limits, o)
}

// exportGate returns the gate of exports.
func exportGate(slots int, o admission.Observer) *admission.Gate {
	limits := admission.Limits{Slots: slots, Queue: exportQueue, ClientQueue: clientExportQueue, Wait: waitTime}
	return admission.New(limits, o)
}

// admit waits until a client has a slot of a gate.
func admit(ctx context.Context, g *admission.Gate, client string) (*admission.Place, error) {
	place, err := g.Arrive(client)
	if err != nil {
		return nil, err
	}
	if err := place.Wait(ctx); err != nil {
		place.Leave()
		return nil, err
	}
	return place, nil
}

// refuseOperation answers an operation that is not admitted.
func refuseOperation(w http.ResponseWriter, r *http.Request, err error) {
	w.Header().Set("Retry-After", strconv.Itoa(retryAfter))
	respond.GraphQLError(w, r, http.StatusServiceUnavailable, kg.CodeOf(err), err.Error())
}
