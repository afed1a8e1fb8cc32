// Package apply implements the write of a batch for every engine: which records are merged, rejected, recomputed and
// locked, and in which order. An engine provides the primitive reads and writes of one transaction; Run decides
// everything else, so that all engines end with the same graph.
package apply

import (
	"context"
	"slices"

	"casus/internal/kg"
	"casus/internal/store/ledger"
)

// Run applies a batch within a transaction that the engine commits when err is nil and rolls back when it is not.
func Run(ctx context.Context, tx Tx, b kg.Batch) (kg.ApplyResult, error) {
	r := run{Tx: tx, batch: b, applied: kg.ApplyResult{
		Added: map[kg.NodeKind]int{}, Changed: map[kg.NodeKind]int{}, Unchanged: map[kg.NodeKind]int{},
	}}
	if err := b.Check(); err != nil {
		return kg.ApplyResult{}, err
	}
	for _, step := range []func(context.Context) error{
		r.lockClasses, r.deleteDecisions, r.putIdentities, r.putCorrections, r.putNodes, r.putReviews, r.splitClaims,
		r.correctClaims, r.checkReferences, r.checkChains, r.findAffected, r.lockSubjects, r.moveClaims, r.putSpans,
		r.putOriginals, r.derive, r.checkpoint, r.logRevision,
	} {
		if err := step(ctx); err != nil {
			return kg.ApplyResult{}, err
		}
	}
	return r.applied, nil
}

// findAffected collects the subjects of new and changed claims, and of claims whose voices or coding may have changed.
func (r *run) findAffected(ctx context.Context) error {
	affected := map[kg.ID]bool{}
	for i := range r.newClaims {
		affected[r.newClaims[i].Subject] = true
	}
	for _, c := range slices.Concat(r.removals, r.rewritten, r.oldOriginals) {
		affected[c.Subject] = true
	}
	for i := range r.newOriginals { // an original's event is stored, even if all claims about it are forgotten
		affected[r.newOriginals[i].Subject] = true
	}
	for i := range r.spanUpdates {
		affected[r.spanUpdates[i].Subject] = true
	}
	for _, m := range r.moves {
		if r.recoded[m.From] || r.recoded[m.Release] {
			affected[m.Subject] = true
		}
	}
	reprints := sorted(r.voiceDocuments)
	for len(reprints) > 0 {
		more, err := r.SyndicatedBy(ctx, reprints)
		if err != nil {
			return err
		}
		reprints = nil
		for _, id := range more {
			if !r.voiceDocuments[id] {
				r.voiceDocuments[id] = true
				reprints = append(reprints, id)
			}
		}
		slices.Sort(reprints)
	}
	reviewed, err := r.reviewedSources(ctx, affected)
	if err != nil {
		return err
	}
	documents := slices.Concat(sorted(r.voiceDocuments), reviewed.documents)
	releases := slices.Concat(r.changedReleases, reviewed.releases)
	if len(documents)+len(r.classChanges)+len(releases) > 0 {
		if err := r.Lock(ctx, sorted(r.voiceDocuments)); err != nil {
			return err
		}
		subjects, err := r.SubjectsOf(ctx, distinct(documents), r.changedClassIDs(kg.KindActor), distinct(releases))
		if err != nil {
			return err
		}
		for _, id := range subjects {
			affected[id] = true
		}
	}
	if err := r.addReferringSubjects(ctx, affected); err != nil {
		return err
	}
	if err := r.addSubjectsBelow(ctx, affected); err != nil {
		return err
	}
	r.addClassMembers(affected)
	r.affected = sorted(affected)
	return nil
}

// lockSubjects locks the documents of new claims and every subject whose claims the batch changes.
func (r *run) lockSubjects(ctx context.Context) error {
	if r.Exclusive() {
		return nil
	}
	subjects := r.affected
	if len(r.moves) > 0 {
		subjects = slices.Concat(subjects, idsOf(r.moves, func(m Move) kg.ID { return m.Subject }))
		slices.Sort(subjects)
		subjects = slices.Compact(subjects)
	}
	if len(subjects) == 0 {
		return nil
	}
	return r.Lock(ctx, slices.Concat(r.documentsOfNewClaims(), subjects))
}

// derive replaces the claims of the batch and everything derived about the affected subjects.
func (r *run) derive(ctx context.Context) error {
	if len(r.affected) == 0 {
		return r.putClasses(ctx)
	}
	deleted := slices.Concat(r.removals, r.rewritten)
	if err := writeAny(ctx, deleted, r.DeleteClaims); err != nil {
		return err
	}
	if len(r.newClaims) > 0 {
		if err := r.InsertClaims(ctx, r.newClaims); err != nil {
			return err
		}
	}
	if err := r.putClasses(ctx); err != nil {
		return err
	}
	all, err := r.ClaimsAbout(ctx, r.affected)
	originals := len(r.newOriginals) + len(r.oldOriginals)
	if err != nil || len(all)+len(deleted)+originals == 0 { // the bulk writer, which derives later, returns no claims
		return err
	}
	if err := r.checkRemovals(all); err != nil {
		return err
	}
	r.countNewEvents(all, deleted)
	slices.SortFunc(all, kg.CompareClaims)
	book, err := r.voiceBook(ctx, all)
	if err != nil {
		return err
	}
	parents, err := r.rivalParents(ctx, all)
	if err != nil {
		return err
	}
	return r.PutDerivedStates(ctx, deriveStates(r.affected, all, book, parents, r.identities))
}

// countNewEvents counts the events whose claims are all of this batch. deleted are claims that were stored before.
func (r *run) countNewEvents(all []kg.Claim, deleted []ClaimSubject) {
	added := make(map[kg.ID]bool, len(r.newClaims))
	for i := range r.newClaims {
		added[r.newClaims[i].ID] = true
	}
	isNew := map[kg.ID]bool{}
	for i := range all {
		if subject := all[i].Subject; subject.Kind() == kg.KindEvent {
			known, seen := isNew[subject]
			isNew[subject] = added[all[i].ID] && (known || !seen)
		}
	}
	for i := range deleted {
		delete(isNew, deleted[i].Subject)
	}
	for _, v := range isNew {
		if v {
			r.applied.Added[kg.KindEvent]++
		}
	}
}

// checkpoint writes the checkpoints of the batch, and the ledger's entry of the claims that it brings.
func (r *run) checkpoint(ctx context.Context) error {
	all := r.batch.Ledger
	if r.batch.Checkpoint != nil {
		all = append(slices.Clone(all), *r.batch.Checkpoint)
	}
	if r.batch.Brought != "" {
		added := make(map[kg.ID]bool, len(r.loaded))
		for i := range r.loaded {
			added[r.loaded[i].ID] = !r.removed[r.loaded[i].ID]
		}
		all = append(slices.Clone(all),
			ledger.Part(r.batch, r.applied.Conflicts, func(id kg.ID) bool { return added[id] }))
	}
	for _, c := range all {
		if err := r.PutCheckpoint(ctx, c); err != nil {
			return err
		}
	}
	return nil
}
