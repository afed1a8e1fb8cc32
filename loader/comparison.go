package loader

import (
	"context"
	"maps"
	"slices"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/loader/release"
)

// subjectsPerQuery is the number of subjects in one query for their claims.
const subjectsPerQuery = 250

// rowClaim is the place of a claim of the release among the records of a chunk.
type rowClaim struct {
	rec   *record
	index int
}

// planReleases fits the rows of a chunk into the stored releases of their data set: an equal claim of an older release
// replaces the row's own, and other claims about the same subjects are superseded or retracted.
func (l *chunkLoad) planReleases(ctx context.Context) error {
	u := l.update
	if u == nil {
		return nil
	}
	rows := map[kg.ID][]rowClaim{}
	for _, rec := range l.liveRecords() {
		for i, c := range rec.batch.Claims {
			if c.Release == u.release.ID && c.Document == "" {
				rows[c.Subject] = append(rows[c.Subject], rowClaim{rec, i})
			}
		}
	}
	subjects := slices.Sorted(maps.Keys(rows))
	about, err := l.claimsAbout(ctx, subjects)
	if err != nil {
		return err
	}
	for _, subject := range subjects {
		given := make([]kg.Claim, len(rows[subject]))
		for i, at := range rows[subject] {
			given[i] = at.rec.batch.Claims[at.index]
		}
		plan := release.Make(subject, about[subject], u.input(subject, given))
		l.report.Superseded += plan.Superseded
		l.report.Retracted += plan.Retracted
		carryOut(plan, rows[subject])
	}
	return nil
}

// carryOut assigns the planned claims to the records. Claims without a row go to the first record. If anything but the
// rows is written, all are written in one transaction.
func carryOut(plan release.Plan, rows []rowClaim) {
	first := rows[0].rec
	made := map[kg.ID]bool{}
	for i, at := range rows {
		c, own := plan.Rows[i], &at.rec.batch.Claims[at.index]
		for j, id := range at.rec.newIDs {
			if id == own.ID {
				at.rec.newIDs[j] = c.ID
			}
		}
		*own, made[c.ID] = c, true
	}
	others := slices.DeleteFunc(plan.Put, func(c kg.Claim) bool { return made[c.ID] })
	if len(others)+len(plan.Remove)+len(plan.Moves) == 0 {
		return
	}
	first.batch.Claims = append(slices.Clip(first.batch.Claims), others...)
	first.batch.Moves = append(first.batch.Moves, plan.Moves...)
	first.batch.Removals = append(first.batch.Removals, plan.Remove...)
	for _, at := range rows[1:] {
		if at.rec != first {
			first.together, at.rec.together = append(first.together, at.rec), append(at.rec.together, first)
		}
	}
}

// finishRelease plans the subjects about which the release states nothing.
func (s *stream) finishRelease(ctx context.Context) error {
	u := s.update
	if u == nil || u.series.Len() == 1 {
		return nil
	}
	if !u.partial {
		s.report.UnknownSubjects = u.unknownSubjects
	}
	if u.counted && !u.replan {
		for chunk := range slices.Chunk(u.missing, lookupSize) {
			if err := s.planMissing(ctx, chunk); err != nil {
				return err
			}
		}
		return nil
	}
	planned := map[release.Hash]bool{}
	for page, err := range store.Walk(ctx, s.store, kg.KindClaim, lookupSize) {
		if err != nil {
			return err
		}
		var subjects []kg.ID
		for _, c := range page.Claims {
			key := release.HashOf(string(c.Subject))
			if u.series.Contains(c) && !planned[key] && (u.replan || !u.subjects[key]) {
				subjects, planned[key] = append(subjects, c.Subject), true
			}
		}
		if err := s.planMissing(ctx, subjects); err != nil {
			return err
		}
	}
	return nil
}

// planMissing plans subjects without a row.
func (s *stream) planMissing(ctx context.Context, subjects []kg.ID) error {
	slices.Sort(subjects)
	about, err := s.claimsAbout(ctx, subjects)
	if err != nil {
		return err
	}
	b := kg.Batch{RecordedAt: s.options.Now}
	for _, subject := range subjects {
		plan := release.Make(subject, about[subject], s.update.input(subject, nil))
		b.Claims, b.Removals = append(b.Claims, plan.Put...), append(b.Removals, plan.Remove...)
		b.Moves = append(b.Moves, plan.Moves...)
		s.report.Superseded += plan.Superseded
		s.report.Retracted += plan.Retracted
	}
	if b.Size() == 0 {
		return nil
	}
	applied, err := s.store.Apply(ctx, b)
	s.report.addApplied(applied)
	return err
}

// claimsAbout returns all stored claims about subjects.
func (s *stream) claimsAbout(ctx context.Context, subjects []kg.ID) (map[kg.ID][]kg.Claim, error) {
	about := map[kg.ID][]kg.Claim{}
	for chunk := range slices.Chunk(subjects, subjectsPerQuery) {
		claims, err := s.store.ClaimsAbout(ctx, chunk)
		if err != nil {
			return nil, err
		}
		for _, c := range claims {
			about[c.Subject] = append(about[c.Subject], c)
		}
	}
	return about, nil
}
