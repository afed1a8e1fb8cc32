package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"casus/internal/edtf"
	"casus/loader"
	"casus/loader/ftm"
)

// job is a group of inputs in the same format. Without a mapper they are in the extraction format.
type job struct {
	mapper  loader.Mapper
	inputs  []loader.Input
	release *loader.Release
}

// setDates sets the dates that a mapper of FollowTheMoney entities uses: unlike rows, entities have no publication
// date.
func (j job) setDates(opt loader.Options) {
	m, ok := j.mapper.(*ftm.Mapper)
	if !ok {
		return
	}
	m.DatedElsewhere = opt.Published != nil || j.release.ReleasedAt != nil
	var changed time.Time
	for _, in := range j.inputs {
		at := in.Modified
		if at.IsZero() {
			at = opt.Now.Time()
		}
		if at.After(changed) {
			changed = at
		}
	}
	m.ModTime = changed.UTC().Format(time.DateOnly)
}

func (j job) load(ctx context.Context, st loader.Store, opt loader.Options) (loader.Report, error) {
	if j.mapper == nil {
		return loader.Load(ctx, st, j.inputs, opt)
	}
	opt.Release = j.release
	return loader.LoadRows(ctx, st, j.mapper, j.inputs, opt)
}

// jobs groups inputs by their format, and reports each detected format to stderr.
func (f *rowFlags) jobs(inputs []loader.Input, stderr io.Writer) ([]job, error) {
	chosen, err := f.chosen()
	if err != nil {
		return nil, usageError{err}
	}
	jobs := []job{{}} // the first is for the extraction format
	for i := range inputs {
		m := chosen
		if m == nil && f.format == "" {
			if m, err = detectFormat(&inputs[i]); err != nil {
				return nil, err
			}
			if m != nil {
				printLine(stderr, "%s is read as %s: %s", inputs[i].Name, m.Key(), m.About())
			}
		}
		if m == nil {
			if _, err := f.withDates(m); err != nil {
				return nil, err
			}
			jobs[0].inputs = append(jobs[0].inputs, inputs[i])
			continue
		}
		at := slices.IndexFunc(jobs, func(j job) bool { return j.mapper != nil && j.mapper.Key() == m.Key() })
		if at < 0 {
			release, err := f.newRelease(m.Key())
			if err != nil {
				return nil, err
			}
			if m, err = f.withDates(m); err != nil {
				return nil, err
			}
			at, jobs = len(jobs), append(jobs, job{mapper: m, release: release})
		}
		jobs[at].inputs = append(jobs[at].inputs, inputs[i])
	}
	if len(jobs[0].inputs) == 0 {
		jobs = jobs[1:]
	}
	return jobs, nil
}

// newRelease returns the release of the flags. The dataset defaults to the format's name.
func (f rowFlags) newRelease(format string) (*loader.Release, error) {
	r := &loader.Release{
		Dataset: cmp.Or(f.dataset, format),
		Release: cmp.Or(f.release, loader.UnnamedRelease),
		Partial: f.part || f.release == "", AllowEmpty: f.emptyRelease, AllowRetract: f.allowRetract || f.emptyRelease,
	}
	if f.released != "" {
		t, err := edtf.ParseTime(f.released)
		if err != nil {
			return nil, usageError{fmt.Errorf("--released: %w", err)}
		}
		r.ReleasedAt = &t
	}
	return r, nil
}
