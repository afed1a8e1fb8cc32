package hostile_test

import (
	"fmt"
	"net"
	"net/http"
	"slices"
	"testing"
	"time"
)

// newClient returns a client whose connections come from an address of this machine.
func newClient(from string) *http.Client {
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}}
	return &http.Client{
		Transport: &http.Transport{DialContext: dialer.DialContext, MaxIdleConnsPerHost: 1},
		Timeout:   10 * time.Minute,
	}
}

// innocent is a client that reads one page of the timeline after another.
type innocent struct {
	server *server
	client *http.Client
	day    time.Time
}

func newInnocent(s *server) *innocent {
	return &innocent{s, newClient("127.0.0.3"), time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC)}
}

// ask sends n requests, and more while again holds. No request repeats, so none is answered from the response cache.
func (c *innocent) ask(t *testing.T, n int, again func() bool) (all durations) {
	t.Helper()
	for i := 0; i < n || again != nil && again(); i++ {
		c.day = c.day.Add(13 * time.Hour)
		query := fmt.Sprintf(`{timeline(filter: {time: {from: "%s"}}, first: 20) {nodes {
			id title time {edtf} status participants {role actor {id name}} locations {location {id name}}}}}`,
			c.day.Format("2006-01-02T15:04:05Z"))
		page := ask("innocent", query)
		began := time.Now()
		a, err := page.send(t.Context(), c.client, c.server)
		all = append(all, time.Since(began))
		if err != nil || a.status != http.StatusOK || !a.hasData {
			t.Fatalf("the innocent client is answered %+v: %v", a, err)
		}
		time.Sleep(5 * time.Millisecond)
	}
	return all
}

type durations []time.Duration

func (d durations) p50() time.Duration { return d.quantile(50) }
func (d durations) p99() time.Duration { return d.quantile(99) }

func (d durations) quantile(percent int) time.Duration {
	return slices.Sorted(slices.Values(d))[(len(d)-1)*percent/100].Round(100 * time.Microsecond)
}
