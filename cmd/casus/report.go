package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"casus/internal/kg"
	"casus/loader"
)

// summary tells what became of a load's records, one line each, for people.
func summary(shown string, r loader.Report, took time.Duration) string {
	var b strings.Builder
	_, _ = fmt.Fprintf(&b, "%s: %s read = %d applied + %d unchanged + %d rejected, in %s",
		shown, plural(r.Read, "record"), r.Applied, r.Unchanged, r.Rejected, took.Round(time.Millisecond))
	for _, line := range []struct {
		what   string
		counts map[kg.NodeKind]int
	}{{"added", r.Added}, {"changed", r.Changed}} {
		if s := counted(line.counts, kg.NodeKinds()); s != "" {
			_, _ = fmt.Fprintf(&b, "\n%s: %s", line.what, s)
		}
	}
	if s := counted(r.Spans, kg.SpanStates()); s != "" {
		_, _ = fmt.Fprintf(&b, "\nspans: %s", s)
	}
	if r.Superseded+r.Retracted > 0 {
		_, _ = fmt.Fprintf(&b, "\nof the older release: %s superseded, %d retracted", plural(r.Superseded, "claim"), r.Retracted)
	}
	if r.UnknownSubjects > 0 {
		_, _ = fmt.Fprintf(&b, "\nnothing of the older release is retracted: %s cannot be read, nor what is gone be told from what they say", plural(r.UnknownSubjects, "row"))
	}
	if r.Disagreed > 0 {
		_, _ = fmt.Fprintf(&b, "\n%s of nodes not taken because another stands (--json shows the first)", plural(r.Disagreed, "value"))
	}
	for _, name := range slices.Sorted(maps.Keys(r.NotCarried)) {
		_, _ = fmt.Fprintf(&b, "\nnot carried: %d %s", r.NotCarried[name], name)
	}
	if r.Resumed {
		b.WriteString("\nresumed: an earlier load of this input had been interrupted")
	}
	return b.String()
}

// counted lists what there is of each kind, in the vocabulary's order.
func counted[K ~string](counts map[K]int, kinds []K) string {
	var parts []string
	for _, k := range kinds {
		if n := counts[k]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, strings.ToLower(string(k))))
		}
	}
	return strings.Join(parts, ", ")
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
