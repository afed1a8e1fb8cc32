package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/loader"
	"casus/loader/ftm"
	"casus/loader/mapping"
)

// rowFlags say how tables are to be read, and what they are a release of.
type rowFlags struct {
	format, mapping, dataset, release, released string
	part                                        bool
}

func (f *rowFlags) add(c *cobra.Command) {
	flags := c.Flags()
	flags.StringVar(&f.format, "format", "", "read the files as this format of the program's own says (see \"casus mapping list\"), such as ftm for FollowTheMoney; casus: the extraction format")
	flags.StringVar(&f.mapping, "mapping", "", "read the files as this mapping file says")
	flags.StringVar(&f.dataset, "dataset", "", "the dataset that rows belong to (default: the mapping's name)")
	flags.StringVar(&f.release, "release", "", "the dataset's release, such as 25.1 (default: one that is called \"unnamed\")")
	flags.StringVar(&f.released, "released", "", "when it was released (EDTF); what it changes of an older release is known from then")
	flags.BoolVar(&f.part, "part", false, "the files are only a part of the release: rows of an older release that they lack are not gone")
	c.MarkFlagsMutuallyExclusive("format", "mapping")
}

// format is a way of reading files that are not in the extraction format.
type format interface {
	loader.Mapper
	// About tells what it reads.
	About() string
}

// chosen is the format that a flag names; nil: none is named.
func (f rowFlags) chosen() (format, error) {
	switch {
	case f.mapping != "":
		source, err := os.ReadFile(f.mapping)
		if err != nil {
			return nil, kg.Errorf(kg.NotFound, "cannot read the mapping: %w", err)
		}
		return orNone(mapping.Parse(f.mapping, source, os.DirFS(filepath.Dir(f.mapping))))
	case f.format == ftm.Name:
		return orNone(ftm.New())
	case f.format != "" && f.format != "casus":
		return orNone(mapping.Embedded(f.format))
	}
	return nil, nil
}

// detected finds the format of an input; nil: the extraction format.
func detected(in *loader.Input) (format, error) {
	entities, err := loader.HasEntities(in)
	switch {
	case err != nil:
		return nil, err
	case entities:
		return orNone(ftm.New())
	}
	m, err := loader.DetectMapping(in)
	if m == nil {
		return nil, err
	}
	return m, err
}

// orNone makes no format of one that could not be made.
func orNone[F format](m F, err error) (format, error) {
	if err != nil {
		return nil, err
	}
	return m, nil
}

// job is some inputs that are loaded alike: by a mapper, or in the extraction format.
type job struct {
	mapper  loader.Mapper
	inputs  []loader.Input
	release *loader.Release
}

// date tells a mapper of entities, which say less than rows of when they were published, what else does.
func (j job) date(opt loader.Options) {
	m, ok := j.mapper.(*ftm.Mapper)
	if !ok {
		return
	}
	m.Dated = opt.Published != nil || j.release.ReleasedAt != nil
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
	m.Changed = changed.UTC().Format(time.DateOnly)
}

func (j job) load(ctx context.Context, st loader.Store, opt loader.Options) (loader.Report, error) {
	if j.mapper == nil {
		return loader.Load(ctx, st, j.inputs, opt)
	}
	opt.Release = j.release
	return loader.LoadRows(ctx, st, j.mapper, j.inputs, opt)
}

// jobs finds how each input is to be read, and says aloud what it found. Inputs that are read alike are one job.
func (f rowFlags) jobs(inputs []loader.Input, stderr io.Writer) ([]job, error) {
	named, err := f.chosen()
	if err != nil {
		return nil, usageError{err}
	}
	all := []job{{}}
	for i := range inputs {
		m := named
		if m == nil && f.format == "" {
			if m, err = detected(&inputs[i]); err != nil {
				return nil, err
			}
			if m != nil {
				say(stderr, "%s is read as %s: %s", inputs[i].Name, m.Key(), m.About())
			}
		}
		if m == nil {
			all[0].inputs = append(all[0].inputs, inputs[i])
			continue
		}
		at := slices.IndexFunc(all, func(j job) bool { return j.mapper != nil && j.mapper.Key() == m.Key() })
		if at < 0 {
			release, err := f.releaseOf(m.Key())
			if err != nil {
				return nil, err
			}
			at, all = len(all), append(all, job{mapper: m, release: release})
		}
		all[at].inputs = append(all[at].inputs, inputs[i])
	}
	if len(all[0].inputs) == 0 {
		all = all[1:]
	}
	return all, nil
}

func (f rowFlags) releaseOf(name string) (*loader.Release, error) {
	r := &loader.Release{Dataset: cmp.Or(f.dataset, name), Release: cmp.Or(f.release, "unnamed"), Partial: f.part || f.release == ""}
	if f.released != "" {
		t, err := edtf.ParseTime(f.released)
		if err != nil {
			return nil, usageError{fmt.Errorf("--released: %w", err)}
		}
		r.ReleasedAt = &t
	}
	return r, nil
}
