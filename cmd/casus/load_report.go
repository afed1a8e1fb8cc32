package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"casus/internal/effects"
	"casus/internal/kg"
	"casus/loader"
)

// loadReport is the JSON report of a load.
type loadReport struct {
	Store string `json:"store"`
	// DryRun is set if nothing was written.
	DryRun bool `json:"dryRun,omitempty"`
	loader.Report
	// Effects are how a dry run with --replaces-run changes events and nodes.
	Effects *effects.Changes `json:"effects,omitempty"`
}

// printReport prints what happened to the records: as JSON on stdout, or a summary on stdout and the rejects on stderr.
// loadErr is the load's error, which the caller prints.
func (l loadRun) printReport(
	stdout, stderr io.Writer, o *outcome, took time.Duration, loadErr error,
) error {
	r := o.report
	if l.asJSON {
		report := loadReport{Store: o.shown, DryRun: l.dryRun, Report: r}
		if o.effects != nil {
			report.Effects = effects.New(*o.effects)
		}
		return writeJSON(stdout, report)
	}
	l.printRejects(stderr, r)
	printWarnings(stderr, r)
	printNotes(stderr, r)
	if runs := l.options.ReplacesRuns; loadErr == nil && len(runs) > 0 && r.RunForgotten+r.RunRestored == 0 {
		printLine(stderr, "nothing is replaced: the store has no unreviewed claims of %s that this input lacks",
			strings.Join(runs, ", "))
	}
	if l.quiet && loadErr == nil && !r.AnyRejected() {
		return nil
	}
	text := summary(o.shown, r, took)
	if l.dryRun {
		text += "\ndry run: nothing was written"
	}
	if _, err := fmt.Fprintln(stdout, text); err != nil || o.effects == nil {
		return err
	}
	return effects.WriteText(stdout, *o.effects)
}

func printWarnings(stderr io.Writer, r loader.Report) {
	for _, w := range r.Warnings {
		printLine(stderr, "warning: %s", w)
	}
}

// printNotes prints notes on withdrawals without effect.
func printNotes(stderr io.Writer, r loader.Report) {
	for _, n := range r.Withdrawals {
		printLine(stderr, "note: %s", n)
	}
	if more := r.WithoutEffect - len(r.Withdrawals); more > 0 {
		printLine(stderr, "note: and %d more withdrawals without effect; casus check lists all", more)
	}
	if n := r.WithdrawalsNotChecked; n > 0 {
		printLine(stderr, "note: the effect of %d more withdrawals was not checked; casus check does that", n)
	}
}

func (l loadRun) printRejects(stderr io.Writer, r loader.Report) {
	for _, reject := range r.FirstRejects {
		printLine(stderr, "rejected: %s", reject)
	}
	where := "--rejects FILE writes all"
	if l.rejects != "" {
		where = l.rejects + " has all"
	}
	if more := r.Rejected - len(r.FirstRejects); more > 0 {
		printLine(stderr, "rejected: and %d more; %s", more, where)
	}
	for _, reject := range r.FirstClaimRejects {
		printLine(stderr, "claim rejected: %s", reject)
	}
	if more := r.ClaimsRejected - len(r.FirstClaimRejects); more > 0 {
		printLine(stderr, "claim rejected: and %d more; %s", more, where)
	}
}

// shownExamples is the number of examples of repeated and merged records that a summary shows.
const shownExamples = 3

// summary returns the counts of a load, one line for each topic.
func summary(shown string, r loader.Report, took time.Duration) string {
	var b strings.Builder
	line := func(format string, args ...any) {
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		_, _ = fmt.Fprintf(&b, format, args...)
	}
	related := ""
	if r.Repeated > 0 {
		related += fmt.Sprintf(" + %d repeated in this load", r.Repeated)
	}
	if r.Merged > 0 {
		related += fmt.Sprintf(" + %d of another record's event", r.Merged)
	}
	line("%s: %s read = %d applied + %d unchanged%s + %d rejected, in %s", shown, plural(r.Read, "record"),
		r.Applied, r.Unchanged, related, r.Rejected, took.Round(time.Millisecond))
	if r.ClaimsRejected > 0 {
		line("%s rejected and left out of loaded records", plural(r.ClaimsRejected, "claim"))
	}
	for _, e := range r.RepeatedRows[:min(len(r.RepeatedRows), shownExamples)] {
		line("repeated: %s", e.Text("repeats %s", "repeats an earlier record"))
	}
	for _, e := range r.MergedRows[:min(len(r.MergedRows), shownExamples)] {
		line("another record's event: %s", e.Text("is about "+string(e.ID)+", as %s is, with other content", ""))
	}
	if added := pluralList(r.Added, kg.NodeKinds.Values()); added != "" {
		line("added: %s", added)
	}
	if changed := pluralList(r.Changed, kg.NodeKinds.Values()); changed != "" {
		line("changed: %s", changed)
	}
	if spans := adjectiveList(r.Spans, kg.SpanStates.Values()); spans != "" {
		line("spans: %s", spans)
	}
	if r.Forgotten > 0 {
		line("forgotten: %s of this load, such as %s; taking the correction back restores each",
			plural(r.Forgotten, "claim"), r.ForgottenClaims[0])
	}
	if r.Corrected > 0 {
		line("corrected: %s of this load, such as %s, which have other content in the graph", plural(r.Corrected, "claim"),
			r.CorrectedClaims[0])
	}
	if r.Superseded+r.Retracted > 0 {
		line("of older releases: %s superseded, %d retracted", plural(r.Superseded, "claim"), r.Retracted)
	}
	if r.Undated {
		line("the release has no date (--released): its rows are known from their own dates, and it withdraws nothing")
	}
	if r.UnknownSubjects > 0 {
		line("nothing of the older release is retracted: %s cannot be attributed to a record of it",
			plural(r.UnknownSubjects, "rejected row"))
	}
	if r.Replaced > 0 {
		line("replaced: %s that this input changes", plural(r.Replaced, "stored claim"))
	}
	if r.RunForgotten > 0 {
		line("replaced runs: %s forgotten, such as %s; taking the correction back restores each",
			plural(r.RunForgotten, "unreviewed claim"), r.RunForgottenClaims[0])
	}
	if r.RunRestored > 0 {
		line("replaced runs: %s restored", plural(r.RunRestored, "claim"))
	}
	if r.UndecidedValues > 0 {
		line("%s undecided: as many sources state another value (--json lists the first ones)",
			plural(r.UndecidedValues, "field"))
	}
	for _, name := range slices.Sorted(maps.Keys(r.NotCarried)) {
		line("not carried: %d %s", r.NotCarried[name], name)
	}
	if r.Resumed {
		line("resumed: continued an interrupted load of this input")
	}
	return b.String()
}
