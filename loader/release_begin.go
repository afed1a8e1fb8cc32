package loader

import (
	"cmp"
	"context"
	"errors"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/merge"
	"casus/internal/store"
	"casus/loader/entry"
	"casus/loader/prepare"
	"casus/loader/read"
	"casus/loader/release"
	"casus/loader/report"
)

// releaseBegin begins the update of a data set by the release that the rows of a load belong to.
type releaseBegin struct {
	store   Store
	mapper  Mapper
	options Options
	rows    *read.Rows
	nodes   *prepare.NodeCache
	report  *report.Report
}

// begin stores the release, and reads the input once if another one is stored. It returns nil if the rows belong to no
// release. from is the checkpoint at which the load begins.
func (b releaseBegin) begin(ctx context.Context, from checkpoint) (*releaseUpdate, error) {
	rel := b.options.Release
	if b.mapper == nil || rel == nil {
		return nil, nil
	}
	r := kg.Release{
		ID:   kg.DeriveID(kg.KindRelease, rel.Dataset, rel.Release),
		Name: rel.Dataset, Release: rel.Release, ReleasedAt: rel.ReleasedAt, Partial: rel.Partial && rel.ReleasedAt != nil,
	}
	if c, ok := b.mapper.(coder); ok {
		r.Coding = c.Coding()
	}
	others, stored, err := b.datasetReleases(ctx, r)
	if err != nil {
		return nil, err
	}
	merged := r
	if stored != nil {
		merged = merge.Releases.Merge(*stored, r)
		r.ReleasedAt = merged.ReleasedAt
	} else if err := release.CheckPlace(r, others); err != nil {
		return nil, err
	}
	b.report.Undated = merged.ReleasedAt == nil && len(others) > 0
	resumed := from.Rows > 0 && !from.Compared
	u := &releaseUpdate{store: b.store, report: b.report, now: b.options.Now, id: r.ID}
	rows := 0
	if len(others) > 0 || stored != nil && !resumed { // otherwise this load wrote all stored rows of the data set
		u.stated, u.replan = release.NewStated(merged, others, rel.Partial), from.Rows > 0
		if rows, err = b.collect(ctx, u.stated); err != nil {
			return nil, err
		}
	}
	if err := b.guard(ctx, u, rows); err != nil {
		return nil, err
	}
	applied, err := b.store.Apply(ctx, kg.Batch{
		Releases: []kg.Release{r}, Checkpoint: &kg.Checkpoint{Key: unfinishedKey(r.ID), Value: "loading"},
	})
	b.report.AddApplied(applied)
	return u, err
}

// datasetReleases returns the stored releases of a release's data set: the others, and the release itself or nil.
func (b releaseBegin) datasetReleases(
	ctx context.Context, r kg.Release,
) (others []kg.Release, same *kg.Release, err error) {
	for page, err := range store.Walk(ctx, b.store, kg.KindRelease, lookupSize) {
		if err != nil {
			return nil, nil, err
		}
		for _, o := range page.Releases {
			switch {
			case o.ID == r.ID:
				same = &o
			case o.Name == r.Name:
				others = append(others, o)
			}
		}
	}
	return others, same, nil
}

// coder is a Mapper that states who coded the rows.
type coder interface{ Coding() kg.Coding }

// subjectNamer is a Mapper that can name the subjects of a row's claims even if the row is faulty. It returns none if
// it cannot determine them.
type subjectNamer interface {
	Subjects(row map[string]any) []string
}

// collect reads the input once, adds everything that it states, and returns the number of rows. An input that can be
// read only once is buffered for the load itself.
func (b releaseBegin) collect(ctx context.Context, stated *release.Stated) (rows int, err error) {
	if err := b.rows.Buffer(); err != nil {
		return 0, err
	}
	p := prepare.New(b.mapper, b.options.source(), b.nodes, b.options.Lenient)
	namer, names := b.mapper.(subjectNamer)
	err = b.rows.Each(nil, func(source entry.Source) error {
		row := p.Row(source)
		if faulty := b.addRow(stated, row); faulty {
			var subjects []string
			if names && row.Values != nil {
				subjects = namer.Subjects(row.Values)
			}
			stated.AddRejected(subjects)
		}
		p.Take()
		if rows++; rows%1000 == 0 {
			done, size := b.rows.Progress()
			b.options.Progress(Progress{"reading, to compare with the stored release", int64(rows), done, size})
		}
		return ctx.Err()
	})
	return rows, err
}

// addRow adds what a row states until a fault. It reports whether there is one.
func (b releaseBegin) addRow(stated *release.Stated, row *entry.Row) (faulty bool) {
	faulty = row.Fault != nil
	fallen := false                     // the store may have the claims that were left out
	published := map[kg.ID]*edtf.Time{} // of the row's documents
	for _, e := range row.Entries {
		fallen = fallen || len(e.Fallen) > 0
		for _, d := range e.Batch.Documents {
			published[d.ID] = d.PublishedAt
		}
	}
	for _, e := range row.Entries {
		for i := range e.Drafts {
			c, at, own, fault := e.Drafts[i].Undated(e.ID)
			faulty = faulty || fault != nil
			if own && !faulty {
				stated.Add(c, cmp.Or(at, published[c.Document]), b.options.Published)
			}
		}
	}
	return faulty || fallen
}

// guard refuses a release that looks like a broken or truncated file: one without a row, and one that would retract
// more than half of the rows of the release before it, or would lose more than half of its own to the release after it.
// A part of a release retracts nothing, and neither does one with rows that cannot be attributed to a subject.
func (b releaseBegin) guard(ctx context.Context, u *releaseUpdate, rows int) error {
	rel := b.options.Release
	if rel.Partial {
		return nil
	}
	if !rel.AllowEmpty {
		if empty, err := b.isEmpty(ctx, u, rows); err != nil || empty {
			return errors.Join(err, kg.Errorf(kg.BadInput,
				"release %s of %s has no row, as if the file were broken: use --empty-release if it has none",
				rel.Release, rel.Dataset))
		}
	}
	if !u.compares() || u.stated.Series.Len() == 1 {
		return nil
	}
	census := release.NewCensus(u.stated)
	for page, err := range store.LoadedClaims(ctx, b.store, lookupSize) {
		if err != nil {
			return err
		}
		census.Add(page)
	}
	u.missing, u.counted = census.Missing()
	if !rel.AllowRetract && u.stated.UnknownSubjects == 0 && u.stated.Release.ReleasedAt != nil {
		if err := b.checkNeighbors(ctx, census); err != nil {
			return err
		}
	}
	if census.Rewrites() && b.options.BeforeRewrite != nil {
		return b.options.BeforeRewrite(ctx)
	}
	return nil
}

// isEmpty reports whether the input has no row. rows is their number if they were counted.
func (b releaseBegin) isEmpty(ctx context.Context, u *releaseUpdate, rows int) (bool, error) {
	if u.compares() {
		return rows == 0, nil
	}
	return b.rows.IsEmpty(ctx)
}

// checkNeighbors checks the release against the ones before and after it. One whose load was interrupted proves
// nothing.
func (b releaseBegin) checkNeighbors(ctx context.Context, census *release.Census) error {
	if before, found := census.Before(); found {
		if unfinished, err := b.isUnfinished(ctx, before.ID); err != nil || !unfinished {
			if err := cmp.Or(err, census.CheckBefore()); err != nil {
				return err
			}
		}
	}
	if after, found := census.After(); found {
		if unfinished, err := b.isUnfinished(ctx, after.ID); err != nil || !unfinished {
			return cmp.Or(err, census.CheckAfter())
		}
	}
	return nil
}

// isUnfinished reports whether the load of a release was interrupted.
func (b releaseBegin) isUnfinished(ctx context.Context, release kg.ID) (bool, error) {
	value, err := b.store.Checkpoint(ctx, unfinishedKey(release))
	return value != "", err
}
