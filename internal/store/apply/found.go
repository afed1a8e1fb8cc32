package apply

import "casus/internal/kg"

// Found puts together what a store has about subjects, each thing with its layer, as Scan gives it.
type Found struct {
	one      kg.Identities
	subjects map[kg.ID]*found
}

// found is what is stored about a subject: what follows from its own claims, and from its class's.
type found struct {
	claims        []kg.Claim
	own, resolved kg.History
	split         bool // the two are not the same
}

// NewFound begins with nothing; one are the stored classes.
func NewFound(one kg.Identities) Found { return Found{one, map[kg.ID]*found{}} }

func (f Found) of(id kg.ID) *found {
	if f.subjects[id] == nil {
		f.subjects[id] = &found{}
	}
	return f.subjects[id]
}

// AddClaim adds a claim with what became of it; apart says that this was stored twice. Claims come in claim order, those
// about all members of the subjects' classes.
func (f Found) AddClaim(c kg.Claim, l Life, apart bool) {
	subject, class := f.of(c.Subject), f.of(f.one.Of(c.Subject))
	subject.split = subject.split || apart
	subject.claims, subject.own.Lives = append(subject.claims, c), append(subject.own.Lives, l.Exact)
	class.resolved.Lives = append(class.resolved.Lives, l.Resolved)
}

// Add lets something that follows be added to each history of a subject that it is of. Things come in the histories' order.
func (f Found) Add(subject kg.ID, layer Layer, add func(*kg.History) error) error {
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
func (f Found) Records(ids []kg.ID) []kg.SubjectRecord {
	var all []kg.SubjectRecord
	for _, id := range ids {
		a := f.subjects[id]
		if a == nil || len(a.claims) == 0 {
			continue
		}
		a.own.Subject, a.resolved.Subject = id, id
		r := kg.SubjectRecord{History: a.own, Claims: a.claims}
		if !f.one.Hidden(id) && (f.one.Merged(id) || a.split) {
			r.Resolved = &a.resolved
		}
		all = append(all, r)
	}
	return all
}
