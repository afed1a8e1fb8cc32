package check

import (
	"context"
	"errors"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// checkSubjects checks events or affiliations: their claims, and the stored histories that follow from them.
func (r *run) checkSubjects(ctx context.Context, page store.ScanPage) error {
	documents, err := r.documentsOf(ctx, page.Subjects)
	if err != nil {
		return err
	}
	book := kg.VoiceBook{Documents: documents, Releases: r.releases, Reviews: r.reviews}.WithOriginals()
	subjects := make([]subject, 0, len(page.Subjects))
	for _, s := range page.Subjects {
		derived := kg.Derive(s.History.Subject, s.Claims, book)
		r.countEvidence(s, r.checkClaims(s, documents), documents)
		r.checkStates(s.History, derived)
		r.checkLifetimes(s.History, derived)
		r.checkEdges(s, derived)
		r.noteWithdrawals(s, book)
		subjects = append(subjects, subject{s, derived})
	}
	return errors.Join(r.checkEvents(ctx, subjects), r.checkResolved(ctx, subjects, book), r.checkAffiliations(ctx, page))
}

// noteWithdrawals lists the withdrawals without effect among the claims about a subject, each by itself: a claim about
// another event of its class is not the same subject here.
func (r *run) noteWithdrawals(s store.SubjectRecord, book kg.VoiceBook) {
	notes := kg.Withdrawals(s.Claims, book)
	r.report.WithoutEffect += len(notes)
	r.report.Withdrawals = append(r.report.Withdrawals,
		notes[:min(len(notes), max(0, r.options.MaxBreaks-len(r.report.Withdrawals)))]...)
}

// subject is a subject as stored, with the history derived from its claims.
type subject struct {
	store.SubjectRecord
	derived kg.History
}

// documentsOf reads the documents of the subjects' claims, and all documents that these reprint.
func (r *run) documentsOf(ctx context.Context, subjects []store.SubjectRecord) (map[kg.ID]kg.Document, error) {
	found := map[kg.ID]kg.Document{}
	var wanted []kg.ID
	for _, s := range subjects {
		for _, c := range s.Claims {
			wanted = append(wanted, c.SourceDocuments()...)
		}
	}
	for len(wanted) > 0 {
		slices.Sort(wanted)
		wanted = slices.Compact(wanted)
		nodes, _, err := r.readNodes(ctx, wanted)
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

// checkStates checks that an event's versions have no gaps, and compares them with the derived ones.
func (r *run) checkStates(stored, derived kg.History) {
	id := stored.Subject
	for i, s := range stored.States {
		if s.KnownFrom >= s.KnownTo {
			r.addBreak(States, id, "its version of %s ends at %s, before it begins", s.KnownFrom, s.KnownTo)
		}
		if i > 0 && s.KnownFrom != stored.States[i-1].KnownTo {
			r.addBreak(States, id, "its version of %s does not follow the one before, which ends at %s",
				s.KnownFrom, stored.States[i-1].KnownTo)
		}
		r.checkTime(id, "time", &s.Time)
		r.checkTime(id, "firstAsserted", &s.FirstAsserted)
	}
	r.states += len(stored.States)
	if n := len(stored.States); n > 0 && stored.States[n-1].KnownTo != edtf.EndOfTime {
		r.addBreak(States, id, "its last version ends at %s; one must hold now", stored.States[n-1].KnownTo)
	}
	from := func(s kg.EventState) string { return "version of " + s.KnownFrom.String() }
	r.compare(States, id, itemsOf(stored.States, from), itemsOf(derived.States, from))
}

// checkLifetimes compares the lifetime of each claim with the derived one.
func (r *run) checkLifetimes(stored, derived kg.History) {
	claim := func(l kg.ClaimLifetime) string { return "lifetime of " + string(l.Claim) }
	r.compare(Lifetimes, stored.Subject, itemsOf(stored.Lifetimes, claim), itemsOf(derived.Lifetimes, claim))
}

// item is a value of a subject under a unique key.
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

// compare adds a break for every item that is only stored, only derived, or differs.
func (r *run) compare(what Invariant, id kg.ID, stored, derived []item) {
	expected := map[string]any{}
	for _, f := range derived {
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
	for _, f := range derived {
		if _, missing := expected[f.key]; missing {
			r.addBreak(what, id, "%s follows from the claims, but is not stored", f.key)
		}
	}
}
