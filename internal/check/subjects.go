package check

import (
	"context"
	"errors"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// checkSubjects checks events or affiliations: their claims, and all that is stored as following from these.
func (r *run) checkSubjects(ctx context.Context, page store.ScanPage) error {
	documents, err := r.documentsOf(ctx, page.Subjects)
	if err != nil {
		return err
	}
	book := kg.VoiceBook{Documents: documents, Datasets: r.datasets}
	subjects := make([]subject, 0, len(page.Subjects))
	for _, s := range page.Subjects {
		follows := kg.Derive(s.History.Subject, s.Claims, book)
		r.countEvidence(s, r.checkClaims(s, documents), documents)
		r.checkStates(s.History, follows)
		r.checkLifetimes(s.History, follows)
		r.checkEdges(s, follows)
		subjects = append(subjects, subject{s, follows})
	}
	return errors.Join(r.checkEvents(ctx, subjects), r.checkResolved(ctx, subjects, book), r.checkAffiliations(ctx, page))
}

// subject is a subject as stored, and what follows from its claims.
type subject struct {
	store.SubjectRecord
	derived kg.History
}

// documentsOf reads the documents that the subjects' claims rest on, and all that these reprint.
func (r *run) documentsOf(ctx context.Context, subjects []store.SubjectRecord) (map[kg.ID]kg.Document, error) {
	found := map[kg.ID]kg.Document{}
	var wanted []kg.ID
	for _, s := range subjects {
		for _, c := range s.Claims {
			if c.Document != "" {
				wanted = append(wanted, c.Document)
			}
		}
	}
	for len(wanted) > 0 {
		slices.Sort(wanted)
		wanted = slices.Compact(wanted)
		nodes, err := r.store.Nodes(ctx, exactView, wanted)
		if err != nil {
			return nil, err
		}
		wanted = nil
		for _, n := range nodes {
			if d, ok := n.(kg.Document); ok {
				found[d.ID] = d
			}
		}
		for _, n := range nodes {
			if d, ok := n.(kg.Document); ok && d.Syndicates != "" {
				if _, have := found[d.Syndicates]; !have {
					wanted = append(wanted, d.Syndicates)
				}
			}
		}
	}
	return found, nil
}

// checkStates checks an event's versions by themselves, one following on the other, and against what follows.
func (r *run) checkStates(stored, follows kg.History) {
	id := stored.Subject
	for i, s := range stored.States {
		if s.KnownFrom >= s.KnownTo {
			r.addBreak(States, id, "its version of %s ends at %s, before it begins", s.KnownFrom, s.KnownTo)
		}
		if i > 0 && s.KnownFrom != stored.States[i-1].KnownTo {
			r.addBreak(States, id, "its version of %s does not follow on the one before, which ends at %s", s.KnownFrom, stored.States[i-1].KnownTo)
		}
		r.checkTime(id, "time", &s.Time)
		r.checkTime(id, "firstAsserted", &s.FirstAsserted)
	}
	r.states += len(stored.States)
	if n := len(stored.States); n > 0 && stored.States[n-1].KnownTo != edtf.EndOfTime {
		r.addBreak(States, id, "its last version ends at %s; one must hold with everything known", stored.States[n-1].KnownTo)
	}
	from := func(s kg.EventState) string { return "version of " + s.KnownFrom.String() }
	r.compare(States, id, itemsOf(stored.States, from), itemsOf(follows.States, from))
}

// checkLifetimes checks until when each claim stood.
func (r *run) checkLifetimes(stored, follows kg.History) {
	claim := func(l kg.ClaimLifetime) string { return "life of " + string(l.Claim) }
	r.compare(Lifetimes, stored.Subject, itemsOf(stored.Lifetimes, claim), itemsOf(follows.Lifetimes, claim))
}

// item is one of several things that a subject has, under a key that tells it apart.
type item struct {
	key   string
	value any
}

func itemsOf[T any](values []T, key func(T) string) []item {
	items := make([]item, len(values))
	for i, v := range values {
		items[i] = item{key(v), v}
	}
	return items
}

// compare reports every item that is stored and does not follow, follows and is not stored, or differs.
func (r *run) compare(what Invariant, id kg.ID, stored, follows []item) {
	expected := map[string]any{}
	for _, f := range follows {
		expected[f.key] = f.value
	}
	for _, s := range stored {
		e, ok := expected[s.key]
		if !ok {
			r.addBreak(what, id, "%s is stored, but does not follow from the claims (or is stored twice)", s.key)
			continue
		}
		delete(expected, s.key)
		if d := differences(s.value, e); d != "" {
			r.addBreak(what, id, "%s: %s", s.key, d)
		}
	}
	for _, f := range follows {
		if _, missing := expected[f.key]; missing {
			r.addBreak(what, id, "%s follows from the claims, but is not stored", f.key)
		}
	}
}
