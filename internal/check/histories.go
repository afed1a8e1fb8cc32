package check

import (
	"context"
	"errors"

	"casus/internal/kg"
	"casus/internal/kg/disagree"
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
		derived := disagree.Derive(s.History.Subject, s.Claims, book, r.parentsOf)
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
