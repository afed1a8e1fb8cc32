package metrics

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// admissions holds the metrics of requests that wait for others.
type admissions struct {
	queued  *prometheus.GaugeVec
	seconds *prometheus.HistogramVec
	refused *prometheus.CounterVec
}

// Admission records how the requests of one route wait and are refused. Clients have no labels of their own: there may
// be any number of them.
type Admission struct {
	queued  prometheus.Gauge
	seconds prometheus.Observer
	refused prometheus.Counter
}

// Admission returns the recorder of a route.
func (s *Set) Admission(route string) Admission {
	a := s.admissions
	return Admission{
		a.queued.WithLabelValues(route), a.seconds.WithLabelValues(route), a.refused.WithLabelValues(route),
	}
}

// Queued adds to the number of waiting requests.
func (a Admission) Queued(n int) { a.queued.Add(float64(n)) }

// Waited records how long a request waited until it ran.
func (a Admission) Waited(d time.Duration) { a.seconds.Observe(d.Seconds()) }

// Refused counts a request that was refused.
func (a Admission) Refused() { a.refused.Inc() }
