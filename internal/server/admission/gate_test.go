package admission

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"casus/internal/kg"
)

// figures is an Observer that counts.
type figures struct {
	mu              sync.Mutex
	queued, refused int
	waits           []time.Duration
}

func (f *figures) Queued(n int)           { f.mu.Lock(); f.queued += n; f.mu.Unlock() }
func (f *figures) Waited(d time.Duration) { f.mu.Lock(); f.waits = append(f.waits, d); f.mu.Unlock() }
func (f *figures) Refused()               { f.mu.Lock(); f.refused++; f.mu.Unlock() }

var roomy = Limits{Slots: 1, ClientQueue: 100, Queue: 100, Wait: time.Hour}

// workload runs requests that hold slots, and counts them by client.
type workload struct {
	t       *testing.T
	gate    *Gate
	figures *figures

	mu                    sync.Mutex
	running, most, served map[string]int
	order                 []string
	errs                  []error
}

func newWorkload(t *testing.T, l Limits) (*workload, *figures) {
	f := &figures{}
	return &workload{
		t: t, gate: New(l, f), figures: f, running: map[string]int{}, most: map[string]int{}, served: map[string]int{},
	}, f
}

// request runs one request that holds its slot for a time.
func (w *workload) request(ctx context.Context, client string, took time.Duration) {
	place, err := w.gate.Arrive(client)
	if err == nil {
		defer place.Leave()
		err = place.Wait(ctx)
	}
	w.mu.Lock()
	if err != nil {
		w.errs = append(w.errs, err)
		w.mu.Unlock()
		return
	}
	w.order = append(w.order, client)
	w.running[client]++
	w.most[client] = max(w.most[client], w.running[client])
	w.mu.Unlock()
	time.Sleep(took)
	w.mu.Lock()
	w.running[client]--
	w.served[client]++
	w.mu.Unlock()
}

// after lets requests go on for a time and then calls check while none does.
func (w *workload) after(d time.Duration, check func()) {
	time.Sleep(d)
	synctest.Wait()
	for _, mu := range []*sync.Mutex{&w.mu, &w.gate.mu, &w.figures.mu} {
		mu.Lock()
		defer mu.Unlock()
	}
	check()
}

// settled checks that nothing is left of the requests.
func (w *workload) settled() {
	w.t.Helper()
	g := w.gate
	if g.present+g.running+g.sending != 0 {
		w.t.Errorf("%d places are present, %d running, %d sending", g.present, g.running, g.sending)
	}
	for name, c := range g.clients {
		if !c.idle() || len(c.queue) > 0 || c.begun != 0 {
			w.t.Errorf("of %s is left %+v", name, *c)
		}
	}
}

// TestClientsShareTheTime has two clients ask without pause, one for a second each time, the other for 100 ms: both get
// half of the time.
func TestClientsShareTheTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, f := newWorkload(t, roomy)
		until := time.Now().Add(200 * time.Second)
		for client, took := range map[string]time.Duration{"dear": time.Second, "cheap": 100 * time.Millisecond} {
			for range 8 {
				go func() {
					for time.Now().Before(until) {
						w.request(t.Context(), client, took)
					}
				}()
			}
		}
		w.after(time.Until(until)+time.Minute, w.settled)
		if dear, cheap := w.served["dear"], w.served["cheap"]; dear < 95 || dear > 112 || cheap < 950 || cheap > 1060 {
			t.Errorf("in 200 s %d requests of 1 s and %d of 100 ms ran", dear, cheap)
		}
		if f.queued != 0 || f.refused != 0 || len(f.waits) != w.served["dear"]+w.served["cheap"] {
			t.Errorf("the observer has %d queued, %d refused, %d waits", f.queued, f.refused, len(f.waits))
		}
	})
}

// TestShares has clients ask for more slots than there are.
func TestShares(t *testing.T) {
	for _, c := range []struct {
		slots, clients, share int
	}{
		{1, 1, 1}, {1, 3, 1}, {2, 1, 1}, {3, 1, 2}, {3, 2, 1}, {5, 1, 4}, {5, 2, 2}, {5, 4, 1}, {5, 9, 1}, {17, 3, 5},
	} {
		t.Run(fmt.Sprint(c), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := roomy
				l.Slots = c.slots
				w, _ := newWorkload(t, l)
				for i := range c.clients { // all are known before the first one waits for a slot
					w.gate.clients[fmt.Sprint(i)] = &client{seen: time.Now()}
				}
				for i := range c.clients {
					for range 10 {
						go w.request(t.Context(), fmt.Sprint(i), time.Second)
					}
				}
				w.after(time.Hour, w.settled)
				for name, most := range w.most {
					if most != c.share || w.served[name] != 10 {
						t.Errorf("client %s had %d slots, want %d; %d of 10 ran", name, most, c.share, w.served[name])
					}
				}
			})
		})
	}
}

// TestNewcomersDoNotWait has one client fill all that it can have: another one runs at once.
func TestNewcomersDoNotWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := roomy
		l.Slots = 3
		w, f := newWorkload(t, l)
		for range 20 {
			go w.request(t.Context(), "many", time.Minute)
		}
		w.after(time.Second, func() {})
		w.request(t.Context(), "one", time.Millisecond)
		w.after(0, func() {
			if last := f.waits[len(f.waits)-1]; last != 0 || w.most["many"] != 2 {
				t.Errorf("the newcomer waited %v, the others had %d slots", last, w.most["many"])
			}
		})
		w.after(time.Hour, w.settled)
	})
}

// TestAbsenceSavesNothing has a client come back after an hour: it has no credit, so requests alternate.
func TestAbsenceSavesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, _ := newWorkload(t, roomy)
		w.request(t.Context(), "away", time.Second)
		for range 3600 {
			w.request(t.Context(), "busy", time.Second)
		}
		go w.request(t.Context(), "busy", time.Second)
		synctest.Wait()
		w.after(0, func() { w.order = nil })
		for range 6 {
			for _, client := range []string{"busy", "away"} {
				go w.request(t.Context(), client, time.Second)
				synctest.Wait()
			}
		}
		w.after(time.Minute, w.settled)
		if n := len(slices.DeleteFunc(slices.Clone(w.order[:6]), func(c string) bool { return c != "away" })); n > 4 {
			t.Errorf("of the first six requests %d are those of the client that was away: %v", n, w.order)
		}
	})
}

func TestQueuesAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, f := newWorkload(t, Limits{Slots: 1, ClientQueue: 4, Queue: 6, Wait: time.Hour})
		for range 10 { // one runs, four wait, five are refused
			go w.request(t.Context(), "a", time.Minute)
			synctest.Wait()
		}
		want := func(refused, queuedA, queuedB int) {
			t.Helper()
			w.after(0, func() {
				a, b := w.gate.client("a").present, w.gate.client("b").present
				if f.refused != refused || f.queued != queuedA+queuedB || a != queuedA || b != queuedB {
					t.Errorf("%d refused and %d queued, %d and %d", f.refused, f.queued, a, b)
				}
			})
		}
		want(5, 4, 0)
		for range 3 { // two fill the queue, the third evicts one of the longer queue
			go w.request(t.Context(), "b", time.Minute)
			synctest.Wait()
		}
		want(6, 3, 3)
		go w.request(t.Context(), "b", time.Minute) // the queues are equal: none is evicted
		want(7, 3, 3)
		w.after(time.Hour, w.settled)
		for _, err := range w.errs {
			if kg.CodeOf(err) != kg.LimitExceeded {
				t.Errorf("refused with %v", err)
			}
		}
	})
}

func TestCancelledRequestsLeaveTheQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := roomy
		l.Wait = 10 * time.Second
		w, f := newWorkload(t, l)
		go w.request(t.Context(), "a", time.Hour)
		synctest.Wait()
		ctx, cancel := context.WithCancel(t.Context())
		go w.request(ctx, "a", 0)
		go w.request(t.Context(), "a", 0)
		synctest.Wait()
		cancel()
		w.after(0, func() {
			if f.queued != 1 || len(w.errs) != 1 || kg.CodeOf(w.errs[0]) != kg.Timeout {
				t.Errorf("%d queued after one was cancelled: %v", f.queued, w.errs)
			}
		})
		w.after(11*time.Second, func() {
			if f.queued != 0 || f.refused != 1 || len(w.errs) != 2 || kg.CodeOf(w.errs[1]) != kg.LimitExceeded {
				t.Errorf("%d queued and %d refused after one waited too long: %v", f.queued, f.refused, w.errs)
			}
		})
		w.after(2*time.Hour, w.settled)
	})
}

// TestSlowReadersGiveTheirSlotsBack has more of them than may: the others hold their slots.
func TestSlowReadersGiveTheirSlotsBack(t *testing.T) {
	l := roomy
	l.Slots = 3
	g := New(l, nil)
	var all []*Place
	for range maxSending/4 + 2 {
		p, err := g.Arrive("slow")
		if err == nil {
			err = p.Wait(t.Context())
		}
		if err != nil {
			t.Fatal(err)
		}
		p.Yield()
		all = append(all, p)
	}
	if g.sending != maxSending/4 || g.running != 2 {
		t.Errorf("%d send and %d hold their slots", g.sending, g.running)
	}
	for _, p := range all {
		p.Leave()
		p.Leave()
		p.Yield()
	}
	if g.sending+g.running+g.present != 0 || !g.clients["slow"].idle() {
		t.Errorf("left are %+v", g.clients["slow"])
	}
}

// TestLongRequestsTakeTurns has one client's long request pause each second of a minute, while another client asks for
// three seconds of work every ten: it waits at most for a second, and the long request ends as early as it can.
func TestLongRequestsTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, f := newWorkload(t, Limits{Slots: 1, ClientQueue: 1, Queue: 1, Wait: time.Hour})
		long, err := w.gate.Arrive("long")
		if err == nil {
			err = long.Wait(t.Context())
		}
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			for range 5 {
				w.request(t.Context(), "short", 3*time.Second)
				time.Sleep(7 * time.Second)
			}
		}()
		began := time.Now()
		for range 60 {
			time.Sleep(time.Second)
			long.Pause()
			synctest.Wait()
			if err := long.Resume(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(began); took != 75*time.Second {
			t.Errorf("the long request took %v", took)
		}
		long.Pause()
		ctx, cancel := context.WithCancel(t.Context())
		go w.request(t.Context(), "short", time.Hour)
		synctest.Wait()
		time.AfterFunc(time.Second, cancel)
		if err := long.Resume(ctx); kg.CodeOf(err) != kg.Timeout {
			t.Errorf("a cancelled request resumes: %v", err)
		}
		long.Leave()
		w.after(2*time.Hour, w.settled)
		if slowest := slices.Max(f.waits); slowest > time.Second || f.refused > 0 || f.queued != 0 {
			t.Errorf("the other client waited %v; %d refused, %d queued", slowest, f.refused, f.queued)
		}
	})
}

// TestClientsAreForgotten takes places for many clients: only clients that have one are remembered beyond the bound.
func TestClientsAreForgotten(t *testing.T) {
	g := New(roomy, nil)
	held, err := g.Arrive("held")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 * maxClients {
		p, err := g.Arrive(fmt.Sprint(i))
		if err != nil {
			t.Fatal(err)
		}
		p.Leave()
	}
	if len(g.clients) != maxClients || g.clients["held"] == nil || g.clients[fmt.Sprint(3*maxClients-1)] == nil {
		t.Errorf("%d clients are remembered", len(g.clients))
	}
	held.Leave()
}
