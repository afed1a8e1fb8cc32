package replay

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Fault is a way in which the endpoint misbehaves.
type Fault string

// The faults.
const (
	Refuse       Fault = "400" // says that response_format is not known
	Unauthorised Fault = "401"
	TooMany      Fault = "429" // with Retry-After
	Broken       Fault = "500"
	Cut          Fault = "cut"       // the connection ends within the response
	Slow         Fault = "slow"      // nothing is sent until the client closes the connection
	Length       Fault = "length"    // the answer ends at a bound of the endpoint
	Prose        Fault = "prose"     // an answer without a form
	WrongForm    Fault = "form"      // an answer with other lists
	Surrogate    Fault = "surrogate" // an answer with half of a surrogate pair
	Huge         Fault = "huge"      // a response that does not end
)

// Faults returns the faults.
func Faults() []Fault {
	return []Fault{
		Refuse, Unauthorised, TooMany, Broken, Cut, Slow, Length, Prose, WrongForm, Surrogate, Huge,
	}
}

// IsFault reports whether a text is a fault.
func IsFault(s string) bool { return slices.Contains(Faults(), Fault(s)) }

// hugeBytes bounds a huge response.
const hugeBytes = 1 << 30

// misbehave answers a request with a fault. A failure to write means that the client has closed
// the connection, which ends it.
func misbehave(w http.ResponseWriter, r *http.Request, f Fault) {
	switch f {
	case Refuse:
		fail(w, http.StatusBadRequest, "response_format is not supported")
	case Unauthorised:
		// Careless services repeat the key.
		fail(w, http.StatusUnauthorized, "incorrect key "+strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "))
	case TooMany:
		w.Header().Set("Retry-After", "1")
		fail(w, http.StatusTooManyRequests, "slow down")
	case Broken:
		fail(w, http.StatusInternalServerError, "out of memory")
	case Cut:
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(1000))
		_, _ = w.Write([]byte(`{"choices": [{"message": {"content": "{`))
	case Slow:
		select {
		case <-r.Context().Done():
		case <-time.After(time.Hour):
		}
	case Length:
		respond(w, completion("replay", `{"actors": [`, "length"))
	case Prose:
		respond(w, completion("replay", "I am afraid there is nothing to extract.", "stop"))
	case WrongForm:
		respond(w, completion("replay", `{"entities": [{"name": "A person"}]}`, "stop"))
	case Surrogate:
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"choices": [{"finish_reason": "stop", "message": {"content": "{\"actors\": \ud800}"}}]}`))
	case Huge:
		w.Header().Set("Content-Type", "application/json")
		block := []byte(strings.Repeat(" ", 1<<16))
		for sent := 0; sent < hugeBytes; sent += len(block) {
			if _, err := w.Write(block); err != nil {
				return
			}
		}
	}
}
