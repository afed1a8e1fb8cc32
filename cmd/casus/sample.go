package main

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"casus/cmd/casus/commandline"
	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/loader"
	"casus/loader/sample"
)

// sampleFlag is the flag --sample, which selects a bundled example. Its value, a name, is optional.
type sampleFlag struct{ name string }

// add adds the flag to a command. The usage ends with the names.
func (f *sampleFlag) add(c *cobra.Command, usage string) {
	names, choices := make([]string, 0, 2), make([]string, 0, 2)
	for i, s := range sample.All() {
		about := s.About
		if i == 0 {
			about += "; the default"
		}
		names = append(names, cobra.CompletionWithDesc(s.Name, s.About))
		choices = append(choices, fmt.Sprintf("%s (%s)", s.Name, about))
	}
	flags := c.Flags()
	flags.Var(f, "sample", usage+": "+strings.Join(choices, " or "))
	flags.Lookup("sample").NoOptDefVal = sample.Article().Name
	completeFlag(c, "sample", cobra.FixedCompletions(names, cobra.ShellCompDirectiveNoFileComp))
}

// selected reports whether an example is selected.
func (f *sampleFlag) selected() bool { return f.name != "" }

// sample returns the selected example.
func (f *sampleFlag) sample() sample.Sample {
	all := sample.All()
	return all[slices.IndexFunc(all, func(s sample.Sample) bool { return s.Name == f.name })]
}

// String returns the name of the selected example, or "".
func (f *sampleFlag) String() string { return f.name }

// Type returns the word for the value in help texts.
func (f *sampleFlag) Type() string { return "name" }

// Set selects an example.
func (f *sampleFlag) Set(name string) error {
	if !slices.Contains(sampleNames(), name) {
		return fmt.Errorf("specify one of %s", strings.Join(sampleNames(), ", "))
	}
	f.name = name
	return nil
}

func sampleNames() []string {
	var names []string
	for _, s := range sample.All() {
		names = append(names, s.Name)
	}
	return names
}

// joinSampleName returns args with each `--sample NAME` as `--sample=NAME`, if NAME is the name of an example. A file
// of that name is loaded as ./NAME.
func joinSampleName(args []string) []string {
	return commandline.JoinValue(args, "--sample", sampleNames())
}

// loadSample loads a bundled example into a store.
func loadSample(ctx context.Context, st store.Store, s sample.Sample, log *slog.Logger) error {
	options := loader.Options{KeepText: true, Now: edtf.InstantOf(time.Now())}
	report, err := loader.Load(ctx, st, loader.FS(s.Files(), s.Names()), options)
	if err != nil {
		return fmt.Errorf("load the bundled example: %w", err)
	}
	for _, r := range report.FirstRejects {
		log.Error("a record of the bundled example was rejected", "reject", r.String())
	}
	if report.Rejected > 0 {
		return kg.Errorf(kg.Internal, "the bundled example is invalid: rejected %s", plural(report.Rejected, "record"))
	}
	log.Info("loaded the bundled example", "read", report.Read, "applied", report.Applied, "unchanged", report.Unchanged)
	return nil
}
