package loader

import (
	"context"
	"maps"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/loader/entry"
	"casus/loader/release"
	"casus/loader/report"
)

// releaseUpdate fits the rows of a load into the stored releases of their data set. Nil is the update of a load whose
// rows belong to no release.
type releaseUpdate struct {
	store  Store
	report *report.Report
	now    edtf.Instant
	id     kg.ID
	// nextPart is that of schedule.Scheduler.
	nextPart func() string
	// stated is everything that the release states; nil if no other release is stored.
	stated *release.Stated
	// missing are the stored subjects without a row in the release, if they are counted.
	missing []kg.ID
	counted bool
	// replan is set if all subjects have to be planned again when the rows are loaded.
	replan bool
}

// compares reports whether rows are compared with those of other releases.
func (u *releaseUpdate) compares() bool { return u != nil && u.stated != nil }

// rowClaim is the place of a claim of the release among the entries of a chunk.
type rowClaim struct {
	by    *entry.Entry
	index int
}

// plan fits the rows of a chunk into the stored releases: an equal claim of an older release replaces the row's own,
// and other claims about the same subjects are superseded or retracted.
func (u *releaseUpdate) plan(ctx context.Context, entries []*entry.Entry) error {
	if !u.compares() {
		return nil
	}
	rows := map[kg.ID][]rowClaim{}
	for _, e := range entry.Live(entries) {
		for i, c := range e.Batch.Claims {
			if c.Release == u.id {
				rows[c.Subject] = append(rows[c.Subject], rowClaim{e, i})
			}
		}
	}
	subjects := slices.Sorted(maps.Keys(rows))
	about, err := u.claimsAbout(ctx, subjects)
	if err != nil {
		return err
	}
	for _, subject := range subjects {
		given := make([]kg.Claim, len(rows[subject]))
		for i, at := range rows[subject] {
			given[i] = at.by.Batch.Claims[at.index]
		}
		carryOut(u.planSubject(subject, about[subject], given), rows[subject])
	}
	return nil
}

// planSubject returns the plan of a subject, and counts what it withdraws.
func (u *releaseUpdate) planSubject(subject kg.ID, stored, rows []kg.Claim) release.Plan {
	plan := release.Make(subject, stored, rows, u.stated)
	u.report.Superseded += len(plan.Superseded)
	u.report.Retracted += len(plan.Retracted)
	return plan
}

// carryOut assigns the planned claims to the entries. Claims without a row go to the first entry. If anything but the
// rows is written, all are written in one transaction.
func carryOut(plan release.Plan, rows []rowClaim) {
	first := rows[0].by
	made := map[kg.ID]bool{}
	for i, at := range rows {
		c, own := plan.Rows[i], &at.by.Batch.Claims[at.index]
		for j, id := range at.by.NewIDs {
			if id == own.ID {
				at.by.NewIDs[j] = c.ID
			}
		}
		*own, made[c.ID] = c, true
	}
	others := slices.DeleteFunc(plan.Put, func(c kg.Claim) bool { return made[c.ID] })
	if len(others)+len(plan.Remove)+len(plan.Moves) == 0 {
		return
	}
	first.Batch.Claims = append(slices.Clip(first.Batch.Claims), others...)
	for i := range others {
		first.Batch.Planned = append(first.Batch.Planned, others[i].ID)
	}
	first.Batch.Moves = append(first.Batch.Moves, plan.Moves...)
	first.Batch.Removals = append(first.Batch.Removals, plan.Remove...)
	for _, at := range rows[1:] {
		if at.by != first {
			first.Together, at.by.Together = append(first.Together, at.by), append(at.by.Together, first)
		}
	}
}

// finish plans the subjects about which the release states nothing.
func (u *releaseUpdate) finish(ctx context.Context) error {
	if !u.compares() || u.stated.Series.Len() == 1 {
		return nil
	}
	if !u.stated.Partial() {
		u.report.UnknownSubjects = u.stated.UnknownSubjects
	}
	if u.counted && !u.replan {
		for chunk := range slices.Chunk(u.missing, lookupSize) {
			if err := u.planMissing(ctx, chunk); err != nil {
				return err
			}
		}
		return nil
	}
	planned := map[release.Hash]bool{}
	for page, err := range store.LoadedClaims(ctx, u.store, lookupSize) {
		if err != nil {
			return err
		}
		var subjects []kg.ID
		for _, c := range page {
			key := release.HashOf(string(c.Subject))
			if u.stated.Series.Contains(c) && !planned[key] && (u.replan || !u.stated.HasSubject(key)) {
				subjects, planned[key] = append(subjects, c.Subject), true
			}
		}
		if err := u.planMissing(ctx, subjects); err != nil {
			return err
		}
	}
	return nil
}

// planMissing plans subjects without a row.
func (u *releaseUpdate) planMissing(ctx context.Context, subjects []kg.ID) error {
	slices.Sort(subjects)
	about, err := u.claimsAbout(ctx, subjects)
	if err != nil {
		return err
	}
	b := kg.Batch{RecordedAt: u.now}
	for _, subject := range subjects {
		plan := u.planSubject(subject, about[subject], nil)
		b.Claims, b.Removals = append(b.Claims, plan.Put...), append(b.Removals, plan.Remove...)
		b.Moves = append(b.Moves, plan.Moves...)
	}
	if b.Size() == 0 {
		return nil
	}
	if u.nextPart != nil && len(b.Claims) > 0 {
		b.Brought = u.nextPart()
		for i := range b.Claims {
			b.Planned = append(b.Planned, b.Claims[i].ID)
		}
	}
	applied, err := u.store.Apply(ctx, b)
	u.report.AddApplied(applied)
	return err
}

// subjectsPerQuery is the number of subjects in one query for their claims.
const subjectsPerQuery = 250

// claimsAbout returns all stored claims about subjects.
func (u *releaseUpdate) claimsAbout(ctx context.Context, subjects []kg.ID) (map[kg.ID][]kg.Claim, error) {
	about := map[kg.ID][]kg.Claim{}
	for chunk := range slices.Chunk(subjects, subjectsPerQuery) {
		claims, err := u.store.ClaimsAbout(ctx, chunk)
		if err != nil {
			return nil, err
		}
		for _, c := range claims {
			about[c.Subject] = append(about[c.Subject], c)
		}
	}
	return about, nil
}

// unfinishedKey returns the key of the checkpoint that is set while rows of a release may be missing in the store: from
// the beginning of its load to the end.
func unfinishedKey(release kg.ID) string {
	return string(kg.DeriveID("load", "unfinished", string(release)))
}

// end records that all rows of the release are stored.
func (u *releaseUpdate) end(ctx context.Context) error {
	if u == nil {
		return nil
	}
	_, err := u.store.Apply(ctx, kg.Batch{Checkpoint: &kg.Checkpoint{Key: unfinishedKey(u.id)}})
	return err
}
