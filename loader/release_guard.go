package loader

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/loader/release"
)

// guardRelease refuses a release that looks like a broken or truncated file: one without a row, and one that would
// retract more than half of the rows of the release before it, or would lose more than half of its own to the release
// after it. A part of a release retracts nothing, and neither does one with rows that cannot be attributed to a
// subject. u is nil if no other release is stored.
func (s *stream) guardRelease(ctx context.Context, u *update, inputs []Input) error {
	rel := s.options.Release
	if rel.Partial {
		return nil
	}
	if !rel.AllowEmpty {
		if empty, err := s.isEmpty(ctx, u, inputs); err != nil || empty {
			return errors.Join(err, kg.Errorf(kg.BadInput,
				"release %s of %s has no row, as if the file were broken: use --empty-release if it has none",
				rel.Release, rel.Dataset))
		}
	}
	if u == nil || u.series.Len() == 1 {
		return nil
	}
	counts, rewrite, err := s.countClaims(ctx, u)
	if err != nil {
		return err
	}
	if !rel.AllowRetract && u.unknownSubjects == 0 && u.release.ReleasedAt != nil {
		if err := s.checkNeighbors(ctx, u, counts); err != nil {
			return err
		}
	}
	if rewrite && s.options.BeforeRewrite != nil {
		return s.options.BeforeRewrite(ctx)
	}
	return nil
}

// checkNeighbors checks the release against the ones before and after it. One whose load was interrupted proves nothing.
func (s *stream) checkNeighbors(ctx context.Context, u *update, counts map[release.Hash]claimCounts) error {
	if before, found := u.series.Before(u.release.ID); found {
		if unfinished, err := s.isUnfinished(ctx, before.ID); err != nil || !unfinished {
			if err := cmp.Or(err, u.checkBefore(before, counts)); err != nil {
				return err
			}
		}
	}
	if after, found := u.series.After(u.release.ID); found {
		if unfinished, err := s.isUnfinished(ctx, after.ID); err != nil || !unfinished {
			return cmp.Or(err, u.checkAfter(after, counts))
		}
	}
	return nil
}

// checkBefore returns an error if the release retracts more than half of the statements of the one before it.
func (u *update) checkBefore(before kg.Release, counts map[release.Hash]claimCounts) error {
	stated, retracted := 0, 0
	for subject, n := range counts {
		if n.before > 0 {
			stated++
			if n.current > 0 && !u.subjects[subject] && !u.rejectedSubjects[subject] {
				retracted++
			}
		}
	}
	if 2*retracted > stated {
		return tooManyRetracted(u.release, before, retracted, stated)
	}
	return nil
}

// checkAfter returns an error if the release after this one, which is stored, would retract more than half of this one.
func (u *update) checkAfter(after kg.Release, counts map[release.Hash]claimCounts) error {
	if after.Partial {
		return nil
	}
	retracted := 0
	for subject := range u.subjects {
		if n := counts[subject]; n.current == 0 && n.after == 0 {
			retracted++
		}
	}
	if 2*retracted > len(u.subjects) {
		return tooManyRetracted(after, u.release, retracted, len(u.subjects))
	}
	return nil
}

func tooManyRetracted(newer, older kg.Release, retracted, stated int) error {
	return kg.Errorf(kg.BadInput, "release %s of %s would retract %d of the %d events and affiliations of "+
		"release %s, more than half, as if a file were broken or cut off: use --allow-retract if it is complete, "+
		"--part if it is a part",
		newer.Release, newer.Name, retracted, stated, older.Release)
}

// isEmpty reports whether the input has no row. An input that can be read only once is buffered.
func (s *stream) isEmpty(ctx context.Context, u *update, inputs []Input) (bool, error) {
	if u != nil {
		return u.rows == 0, nil
	}
	if err := s.bufferInputs(inputs); err != nil {
		return false, err
	}
	err := s.eachRow(inputs, sha256.New(), func(rawRow) error { return errStop })
	if errors.Is(err, errStop) {
		return false, nil
	}
	return err == nil && ctx.Err() == nil, err
}

// claimCounts are the numbers of a subject's claims of the data set that hold at the release before the current one, at
// the current one and at the one after it.
type claimCounts struct{ before, current, after int32 }

// minRewritten is the number of claims of newer releases from which an older one is a rewrite of the graph, if they are
// at least a quarter of all claims.
const minRewritten = 10_000

// maxMissing bounds the subjects without a row in the release that are kept in memory.
const maxMissing = 500_000

// countClaims returns the counts of each subject, by its hash, and whether the release will rewrite much of the graph
// because it is older than others.
func (s *stream) countClaims(ctx context.Context, u *update) (counts map[release.Hash]claimCounts,
	rewrite bool, err error) {
	counts = map[release.Hash]claimCounts{}
	before, hasBefore := u.series.Before(u.release.ID)
	after, hasAfter := u.series.After(u.release.ID)
	type claimAt struct {
		claim release.Hash
		at    kg.ID
	}
	ended := map[claimAt]bool{} // several claims may supersede one
	all, newer := 0, 0
	for page, err := range store.Walk(ctx, s.store, kg.KindClaim, lookupSize) {
		if err != nil {
			return nil, false, err
		}
		all += len(page.Claims)
		for _, c := range page.Claims {
			if !u.series.Contains(c) {
				continue
			}
			subject := release.HashOf(string(c.Subject))
			n, seen := counts[subject]
			if !seen && !u.subjects[subject] && len(u.missing) <= maxMissing {
				u.missing = append(u.missing, c.Subject)
			}
			count := func(at kg.ID, found bool, n *int32) {
				if !found || !u.series.HoldsFrom(c.Release, at) {
					return
				}
				if !release.IsRetraction(c) {
					*n++
				}
				for _, id := range c.Supersedes {
					if key := (claimAt{release.HashOf(string(id)), at}); !ended[key] {
						ended[key] = true
						*n--
					}
				}
			}
			count(before.ID, hasBefore, &n.before)
			count(u.release.ID, true, &n.current)
			count(after.ID, hasAfter, &n.after)
			if counts[subject] = n; !u.series.HoldsFrom(c.Release, u.release.ID) {
				newer++
			}
		}
	}
	if u.counted = len(u.missing) <= maxMissing; !u.counted {
		u.missing = nil
	}
	return counts, newer >= minRewritten && 4*newer >= all, nil
}
