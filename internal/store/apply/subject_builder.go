package apply

import (
	"casus/internal/kg"
	"casus/internal/store"
)

// SubjectBuilder builds the subject records that Scan returns from a store's rows, each with its layer.
type SubjectBuilder struct {
	identities kg.Identities
	subjects   map[kg.ID]*subjectState
}

// subjectState holds the stored histories of a subject: of its own claims, and of its class's claims.
type subjectState struct {
	claims        []kg.Claim
	own, resolved kg.History
	split         bool // own and resolved differ
}

// NewSubjectBuilder returns an empty builder. identities are the stored classes.
func NewSubjectBuilder(identities kg.Identities) SubjectBuilder {
	return SubjectBuilder{identities, map[kg.ID]*subjectState{}}
}

func (f SubjectBuilder) state(id kg.ID) *subjectState {
	if f.subjects[id] == nil {
		f.subjects[id] = &subjectState{}
	}
	return f.subjects[id]
}

// AddClaim adds a claim with its lifetimes; split reports that the two were stored separately. The caller adds the
// claims about all members of the subjects' classes, in claim order.
func (f SubjectBuilder) AddClaim(c kg.Claim, l ClaimLifetimes, split bool) {
	subject, class := f.state(c.Subject), f.state(f.identities.ClassOf(c.Subject))
	subject.split = subject.split || split
	subject.claims, subject.own.Lifetimes = append(subject.claims, c), append(subject.own.Lifetimes, l.Exact)
	class.resolved.Lifetimes = append(class.resolved.Lifetimes, l.Resolved)
}

// Add calls add with each history of a subject that the layer belongs to. The caller adds states and edges in the order
// of histories.
func (f SubjectBuilder) Add(subject kg.ID, layer Layer, add func(*kg.History) error) error {
	of := f.state(subject)
	of.split = of.split || layer != Both
	if layer != Resolved {
		if err := add(&of.own); err != nil {
			return err
		}
	}
	if layer != Exact {
		return add(&of.resolved)
	}
	return nil
}

// Records returns the records of the subjects that have claims, in the order of ids.
func (f SubjectBuilder) Records(ids []kg.ID) []store.SubjectRecord {
	var all []store.SubjectRecord
	for _, id := range ids {
		a := f.subjects[id]
		if a == nil || len(a.claims) == 0 {
			continue
		}
		a.own.Subject, a.resolved.Subject = id, id
		r := store.SubjectRecord{History: a.own, Claims: a.claims}
		if !f.identities.Hidden(id) && (f.identities.Merged(id) || a.split) {
			r.Resolved = &a.resolved
		}
		all = append(all, r)
	}
	return all
}
