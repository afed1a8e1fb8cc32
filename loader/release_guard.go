package loader

import (
	"context"
	"crypto/sha256"
	"errors"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/loader/release"
)

// guardRelease refuses a release that looks like a broken or truncated file: one without a row, and one that would
// retract more than half of what the release before it states, or of which the release after it would retract more than
// half. A part of a release retracts nothing, and neither does one with rows that cannot be attributed to a subject.
// u is nil if no other release is stored.
func (s *stream) guardRelease(ctx context.Context, u *update, inputs []Input) error {
	rel := s.options.Release
	if rel.Partial {
		return nil
	}
	if !rel.AllowEmpty {
		if empty, err := s.isEmpty(ctx, u, inputs); err != nil || empty {
			return errors.Join(err, kg.Errorf(kg.BadInput,
				"release %s of %s has no row, as if the file were broken: use --empty-release if it has none", rel.Release, rel.Dataset))
		}
	}
	if u == nil || rel.AllowRetract || u.unknownSubjects > 0 || u.release.ReleasedAt == nil && u.rows == 0 {
		return nil
	}
	before, hasBefore := u.series.Before(u.release.ID)
	after, hasAfter := u.series.After(u.release.ID)
	hasBefore = hasBefore && u.release.ReleasedAt != nil
	hasAfter = hasAfter && !after.Partial && after.ReleasedAt != nil && u.release.ReleasedAt != nil
	if !hasBefore && !hasAfter {
		return nil
	}
	counts, err := s.countClaims(ctx, u.series, [3]kg.ID{before.ID, u.release.ID, after.ID})
	if err != nil {
		return err
	}
	if hasBefore {
		stated, retracted := 0, 0
		for subject, n := range counts {
			if n[0] > 0 {
				stated++
				if n[1] > 0 && !u.subjects[subject] && !u.rejectedSubjects[subject] {
					retracted++
				}
			}
		}
		if 2*retracted > stated {
			return tooManyRetracted(u.release, before, retracted, stated)
		}
	}
	if hasAfter {
		retracted := 0
		for subject := range u.subjects {
			if n := counts[subject]; n[1] == 0 && n[2] == 0 {
				retracted++
			}
		}
		if 2*retracted > len(u.subjects) {
			return tooManyRetracted(after, u.release, retracted, len(u.subjects))
		}
	}
	return nil
}

func tooManyRetracted(newer, older kg.Release, retracted, stated int) error {
	return kg.Errorf(kg.BadInput, "release %s of %s would retract %d of the %d events and affiliations of release %s, more "+
		"than half, as if a file were broken or cut off: use --allow-retract if it is complete, --part if it is a part",
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

// countClaims returns for each subject, by its hash, how many claims of the data set hold at each of the releases.
func (s *stream) countClaims(ctx context.Context, series release.Series, at [3]kg.ID) (map[release.Hash][3]int32, error) {
	counts := map[release.Hash][3]int32{}
	type claimAt struct {
		claim release.Hash
		at    int
	}
	ended := map[claimAt]bool{} // several claims may supersede one
	for page, err := range store.Walk(ctx, s.store, kg.KindClaim, lookupSize) {
		if err != nil {
			return nil, err
		}
		for _, c := range page.Claims {
			if !series.Contains(c) {
				continue
			}
			subject := release.HashOf(string(c.Subject))
			n := counts[subject]
			for i, r := range at {
				if r == "" || !series.Holds(r, c.Release, "") {
					continue
				}
				if !release.IsRetraction(c) {
					n[i]++
				}
				for _, id := range c.Supersedes {
					if key := (claimAt{release.HashOf(string(id)), i}); !ended[key] {
						ended[key] = true
						n[i]--
					}
				}
			}
			counts[subject] = n
		}
	}
	return counts, nil
}
