package curate

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/ledger"
	"casus/internal/store/unknown"
	"casus/loader"
)

func loadsCommand(p Program) *cobra.Command {
	asJSON := false
	c := &cobra.Command{
		Use:   "loads",
		Short: "List the loads: when, which files, with which options, and what they brought",
		Long: `List the loads of a store in the order in which they began, with their files, format, options and
counts, and whether they are undone. A load that repeats another one brought nothing else and is
undone with it. What was erased for good is listed, too.`,
		Example: `  casus loads
  casus loads --json`,
		Args: cobra.NoArgs,
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print the loads and purges as JSON, one per line")
	open := p.StoreFlag(c)
	c.RunE = func(c *cobra.Command, _ []string) (err error) {
		s, err := open(c.Context(), c.ErrOrStderr())
		if err != nil {
			return err
		}
		defer closeStore(s, &err)
		all, err := ledger.All(c.Context(), s)
		if err != nil {
			return err
		}
		purges, err := ledger.Purges(c.Context(), s)
		if err != nil {
			return err
		}
		return printLoads(c.OutOrStdout(), all, purges, asJSON)
	}
	return c
}

func printLoads(w io.Writer, all []ledger.Load, purges []ledger.Purge, asJSON bool) error {
	for _, l := range all {
		if err := printOne(w, l, loadText(l), asJSON); err != nil {
			return err
		}
	}
	for _, p := range purges {
		text := fmt.Sprintf("erased: %s, %s%s", p.Target, plural(p.Claims, "claim"), actText(p.Act))
		if err := printOne(w, p, text, asJSON); err != nil {
			return err
		}
	}
	return nil
}

func printOne(w io.Writer, v any, text string, asJSON bool) error {
	if asJSON {
		return writeJSONLine(w, v)
	}
	_, err := fmt.Fprintln(w, text)
	return err
}

// maxShownFiles is the number of files that the list shows of one load.
const maxShownFiles = 3

// loadText returns a load in some lines.
func loadText(l ledger.Load) string {
	files := strings.Join(l.Files[:min(len(l.Files), maxShownFiles)], ", ")
	if more := len(l.Files) - maxShownFiles; more > 0 {
		files += fmt.Sprintf(" and %d more", more)
	}
	var b strings.Builder
	_, _ = fmt.Fprintf(&b, "%s  %s  %s", l.ID, l.Format, files)
	for _, flag := range loadFlags(l) {
		b.WriteString(" " + flag)
	}
	switch {
	case l.Ended == 0:
		b.WriteString("\n  not finished: interrupted, failed or still running")
	case l.Repeats != "":
		_, _ = fmt.Fprintf(&b, "\n  repeats %s", l.Repeats)
	default:
		_, _ = fmt.Fprintf(&b, "\n  %d read, %d rejected; %s, %d of them new", l.Read, l.Rejected, plural(l.Brought, "claim"),
			l.Added[kg.KindClaim])
	}
	if l.Undone != nil {
		_, _ = fmt.Fprintf(&b, "\n  undone: %s%s", plural(l.Undone.Claims, "claim"), actText(*l.Undone))
	}
	if l.Forgotten != nil {
		_, _ = fmt.Fprintf(&b, "\n  forgotten with %s%s", l.Release(), actText(*l.Forgotten))
	}
	if l.Purged != nil && l.Forgotten == nil { // an erased release is listed by itself
		_, _ = fmt.Fprintf(&b, "\n  erased: %s%s", plural(l.Purged.Claims, "claim"), actText(*l.Purged))
	}
	return b.String()
}

// loadFlags returns the flags of a load as they are typed. Values that a load has by default are left out.
func loadFlags(l ledger.Load) (flags []string) {
	all := maps.Clone(l.Options)
	if all["dataset"] == l.Format {
		delete(all, "dataset")
	}
	if all["release"] == loader.UnnamedRelease && all["part"] != "" { // without --release, rows are a part of one
		delete(all, "release")
		delete(all, "part")
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		switch value := all[name]; {
		case value == "true":
			flags = append(flags, "--"+name)
		case name == "replaces-run":
			for run := range strings.SplitSeq(value, ", ") {
				flags = append(flags, "--"+name+" "+shellWord(run))
			}
		default:
			flags = append(flags, "--"+name+" "+shellWord(value))
		}
	}
	return flags
}

// shellWord returns a word as a shell reads it, in quotes if it needs them.
func shellWord(word string) string {
	plain := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-._/:,+%@", r)
	}
	if word != "" && strings.IndexFunc(word, func(r rune) bool { return !plain(r) }) < 0 {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// actText returns who did something, when and why.
func actText(a ledger.Act) string {
	text := fmt.Sprintf(", by %s at %s", a.By, a.At)
	if a.Why != "" {
		text += ": " + a.Why
	}
	return text
}

// checkTarget returns an error for an id that names nothing to forget.
func checkTarget(id kg.ID) error {
	kinds := []kg.NodeKind{kg.KindDocument, kg.KindRelease, kg.KindEvent, kg.KindAffiliation, kg.KindClaim}
	if !slices.Contains(kinds, id.Kind()) {
		return fmt.Errorf("%s: specify a document, release, event, affiliation or claim; undo takes a load", id)
	}
	return nil
}

// requireStored returns a NOT_FOUND error, with the nearest ids, for a target that the store lacks. A release is not a
// node, and a forgotten claim is in no answer.
func requireStored(ctx context.Context, s store.Store, id kg.ID) error {
	switch id.Kind() {
	case kg.KindRelease:
		return requireRelease(ctx, s, id)
	case kg.KindClaim, kg.KindEvent, kg.KindAffiliation:
		curations, err := s.Curations(ctx, []kg.ID{id})
		if err != nil || curations[0].Original != nil {
			return err
		}
		if about, err := s.ClaimsAbout(ctx, []kg.ID{id}); err != nil || len(about) > 0 {
			return err
		}
	}
	return unknown.Require(ctx, s, []kg.ID{id})
}
