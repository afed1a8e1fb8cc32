package apply

import (
	"casus/internal/kg"
	"casus/internal/store"
)

// SubjectBuilder puts together what a store has about subjects, each thing with its layer, as Scan gives it.
type SubjectBuilder struct {
	one      kg.Identities
	subjects map[kg.ID]*found
}

// found is what is stored about a subject: what follows from its own claims, and from its class's.
type found struct {
	claims        []kg.Claim
	own, resolved kg.History
	split         bool // the two are not the same
}

// NewSubjectBuilder begins with nothing; one are the stored classes.
func NewSubjectBuilder(one kg.Identities) SubjectBuilder {
	return SubjectBuilder{one, map[kg.ID]*found{}}
}

func (f SubjectBuilder) of(id kg.ID) *found {
	if f.subjects[id] == nil {
		f.subjects[id] = &found{}
	}
	return f.subjects[id]
}

// AddClaim adds a claim with what became of it; apart says that this was stored twice. Claims come in claim order, those
// about all members of the subjects' classes.
func (f SubjectBuilder) AddClaim(c kg.Claim, l ClaimLifetimes, apart bool) {
	subject, class := f.of(c.Subject), f.of(f.one.ClassOf(c.Subject))
	subject.split = subject.split || apart
	subject.claims, subject.own.Lifetimes = append(subject.claims, c), append(subject.own.Lifetimes, l.Exact)
	class.resolved.Lifetimes = append(class.resolved.Lifetimes, l.Resolved)
}

// Add lets something that follows be added to each history of a subject that it is of. Things come in the histories' order.
func (f SubjectBuilder) Add(subject kg.ID, layer Layer, add func(*kg.History) error) error {
	of := f.of(subject)
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

// Records are those of the given subjects that have claims, in the given order.
func (f SubjectBuilder) Records(ids []kg.ID) []store.SubjectRecord {
	var all []store.SubjectRecord
	for _, id := range ids {
		a := f.subjects[id]
		if a == nil || len(a.claims) == 0 {
			continue
		}
		a.own.Subject, a.resolved.Subject = id, id
		r := store.SubjectRecord{History: a.own, Claims: a.claims}
		if !f.one.Hidden(id) && (f.one.Merged(id) || a.split) {
			r.Resolved = &a.resolved
		}
		all = append(all, r)
	}
	return all
}
