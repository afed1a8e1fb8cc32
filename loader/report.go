package loader

import (
	"encoding/json"

	"casus/internal/kg"
)

// maxListed is how many rejects and disagreements a report lists.
const maxListed = 20

// Report says what became of the records, or rows. Read = Applied + Unchanged + Rejected, always: a record or row counts
// as applied if anything of it was new to the store.
type Report struct {
	Read      int `json:"read"`
	Applied   int `json:"applied"`
	Unchanged int `json:"unchanged"`
	Rejected  int `json:"rejected"`
	// Added, Changed and Same count what the store made of nodes and claims, by kind.
	Added   map[kg.NodeKind]int `json:"added"`
	Changed map[kg.NodeKind]int `json:"changed"`
	Same    map[kg.NodeKind]int `json:"same"`
	// Spans counts the stretches of words that claims point at, by what their check gave.
	Spans map[kg.SpanState]int `json:"spans"`
	// Disagreements are the first values of nodes that were not taken because another stands; Disagreed counts all.
	Disagreements []kg.FieldConflict `json:"disagreements,omitempty"`
	Disagreed     int                `json:"disagreed"`
	// FirstRejects are the first twenty.
	FirstRejects []Reject `json:"firstRejects,omitempty"`
	// Superseded and Retracted count the claims of an older release that a newer one changed, or has not any more.
	Superseded int `json:"superseded,omitempty"`
	Retracted  int `json:"retracted,omitempty"`
	// UnknownSubjects counts rejected rows of a newer release that do not tell what they are about: while there are any, nothing is retracted.
	UnknownSubjects int `json:"untold,omitempty"`
	// NotCarried counts what the format has and the graph has not, by name.
	NotCarried map[string]int `json:"notCarried,omitempty"`
	// Resumed says that an earlier load of the same input had been interrupted, and this one went on from there.
	Resumed bool `json:"resumed"`
}

// NewReport is one of nothing.
func NewReport() Report {
	return Report{Added: map[kg.NodeKind]int{}, Changed: map[kg.NodeKind]int{}, Same: map[kg.NodeKind]int{}, Spans: map[kg.SpanState]int{}}
}

// reject counts and writes a reject. It fails when there are too many, or they cannot be written.
func (r *Report) reject(reject Reject, opt Options) error {
	r.Read++
	r.Rejected++
	if len(r.FirstRejects) < maxListed {
		r.FirstRejects = append(r.FirstRejects, reject)
	}
	if opt.Rejects != nil {
		line, err := json.Marshal(reject)
		if err != nil {
			return kg.Errorf(kg.Internal, "write a reject: %w", err)
		}
		if _, err := opt.Rejects.Write(append(line, '\n')); err != nil {
			return kg.Errorf(kg.Unavailable, "rejects cannot be written: %w", err)
		}
	}
	if opt.MaxRejects > 0 && r.Rejected > opt.MaxRejects {
		return kg.Errorf(kg.BadInput, "more than %d records were rejected; the last: %s", opt.MaxRejects, reject)
	}
	return nil
}

// addApplied counts what the store made of a batch.
func (r *Report) addApplied(a kg.ApplyResult) {
	for kind, n := range a.Added {
		r.Added[kind] += n
	}
	for kind, n := range a.Changed {
		r.Changed[kind] += n
	}
	for kind, n := range a.Unchanged {
		r.Same[kind] += n
	}
	r.addConflicts(a.FieldConflicts)
}

func (r *Report) addConflicts(all []kg.FieldConflict) {
	r.Disagreed += len(all)
	r.Disagreements = append(r.Disagreements, all[:min(len(all), maxListed-len(r.Disagreements))]...)
}

func (r *Report) addNotCarried(counts map[string]int) {
	for name, n := range counts {
		if r.NotCarried == nil {
			r.NotCarried = map[string]int{}
		}
		r.NotCarried[name] += n
	}
}

// Add adds what became of further records.
func (r *Report) Add(o Report) {
	r.Read, r.Applied, r.Unchanged, r.Rejected = r.Read+o.Read, r.Applied+o.Applied, r.Unchanged+o.Unchanged, r.Rejected+o.Rejected
	for kind, n := range o.Added {
		r.Added[kind] += n
	}
	for kind, n := range o.Changed {
		r.Changed[kind] += n
	}
	for kind, n := range o.Same {
		r.Same[kind] += n
	}
	for state, n := range o.Spans {
		r.Spans[state] += n
	}
	r.Disagreed += o.Disagreed
	r.Disagreements = append(r.Disagreements, o.Disagreements[:min(len(o.Disagreements), max(0, maxListed-len(r.Disagreements)))]...)
	r.FirstRejects = append(r.FirstRejects, o.FirstRejects[:min(len(o.FirstRejects), max(0, maxListed-len(r.FirstRejects)))]...)
	r.UnknownSubjects += o.UnknownSubjects
	r.Superseded, r.Retracted = r.Superseded+o.Superseded, r.Retracted+o.Retracted
	r.addNotCarried(o.NotCarried)
	r.Resumed = r.Resumed || o.Resumed
}
