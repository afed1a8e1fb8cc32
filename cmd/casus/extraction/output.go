package extraction

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"casus/internal/extract"
	"casus/internal/extract/check"
	"casus/internal/extract/form"
	"casus/internal/extract/proposal"
	"casus/internal/kg"
	"casus/internal/outfile"
	"casus/internal/store"
)

// output is where a proposal is written, and how it is reported.
type output struct {
	out, name       string
	force, asJSON   bool
	runName         string // of the account of the run
	store           store.Store
	stdout, message io.Writer
}

func (o *output) add(c *cobra.Command) {
	flags := c.Flags()
	flags.StringVar(&o.out, "out", ".", "the folder of the files")
	flags.StringVar(&o.name, "name", "", "the beginning of the files' names (default: the article's name)")
	flags.BoolVar(&o.force, "force", false, "replace files that exist")
	flags.BoolVar(&o.asJSON, "json", false, "print the account of the run as JSON")
}

// begin takes the streams of a command, and the name of the files if the command line states none.
func (o *output) begin(p Program, c *cobra.Command, name string) error {
	if o.name == "" {
		o.name = name
	}
	if o.name != filepath.Base(o.name) || o.name == "." || o.name == ".." {
		return p.Usage("--name %s: must be a name without a folder", o.name)
	}
	o.runName = proposal.RunFile
	o.stdout, o.message = c.OutOrStdout(), c.ErrOrStderr()
	return nil
}

// writeProposal writes the files of a proposal and further ones, never over the protected files, and reports it.
func (o *output) writeProposal(
	ctx context.Context, p Program, made *proposal.Proposal, protected []string, further ...proposal.File,
) error {
	files, err := made.Files()
	if err != nil {
		return err
	}
	files = append(further, files...)
	if err := o.write(ctx, files, protected); err != nil {
		return p.OutputError(err)
	}
	return o.report(made, files)
}

// write writes the files, or none if one of them must not be written.
func (o *output) write(ctx context.Context, files []proposal.File, protected []string) error {
	g := outfile.Guard{Force: o.force, Protected: protected}
	var ends []string
	for _, f := range files {
		ends = append(ends, f.End)
	}
	if err := o.check(g, ends...); err != nil {
		return err
	}
	for _, f := range files {
		if err := guardOf(g, f.End, o.path(f.End)).Write(ctx, o.path(f.End), func(w io.Writer) error {
			_, err := w.Write(f.Content)
			return err
		}); err != nil {
			return err
		}
	}
	return nil
}

// check returns an error if one of the files, by the ends of their names, must not be written.
func (o *output) check(g outfile.Guard, ends ...string) error {
	for _, end := range ends {
		if err := guardOf(g, end, o.path(end)).Check(o.path(end)); err != nil {
			return err
		}
	}
	return nil
}

// maxRunBytes bounds the account of an earlier run.
const maxRunBytes = 64 << 20

// guardOf returns the guard of a file. The account of the last run in a folder replaces an earlier one.
func guardOf(g outfile.Guard, end, path string) outfile.Guard {
	if end != proposal.RunFile || g.Force {
		return g
	}
	content, err := readFile("the account of a run", path, nil, maxRunBytes)
	var earlier proposal.Run
	g.Force = err == nil && json.Unmarshal(content, &earlier) == nil && earlier.Tool == extract.Tool
	return g
}

// path returns the path of a file by the end of its name.
func (o *output) path(end string) string {
	if end == proposal.RunFile {
		return filepath.Join(o.out, o.runName)
	}
	return filepath.Join(o.out, o.name+end)
}

// maxShown is the number of refusals that are printed.
const maxShown = 20

// report prints the counts of the proposal and the refusals.
func (o *output) report(made *proposal.Proposal, files []proposal.File) error {
	if o.asJSON {
		_, err := o.stdout.Write(files[len(files)-1].Content)
		return err
	}
	for i, refusal := range made.Refused {
		if i == maxShown {
			printLine(o.message, "and %d more", len(made.Refused)-maxShown)
			break
		}
		printLine(o.message, "refused: %s", describe(refusal))
	}
	counts := made.Run.Counts
	claims := plural(counts.Claims, "claim")
	if n := counts.Records[kg.KindAffiliation]; n > 0 {
		claims += fmt.Sprintf(", %d of affiliations", n) // the list of a review has these as records
	}
	printLine(o.stdout, "%s: %s, %s", o.path(proposal.RecordsFile), plural(len(made.Records), "record"), claims)
	if counts.Links > 0 {
		printLine(o.stdout, "linked to the store: %s", plural(counts.Links, "node"))
	}
	printLine(o.stdout, "%s: %s refused", o.path(proposal.RefusedFile), plural(len(made.Refused), "entry"))
	printLine(o.stdout, "%s: %s", o.path(proposal.ReviewFile), flagList(counts.Flags))
	printLine(o.stdout, "review and load it: casus extract review %s", o.path(proposal.ReviewFile))
	return nil
}

// describe returns a refusal in one line.
func describe(r form.Refusal) string {
	line := fmt.Sprintf("%s %d%s: ", r.List, r.Entry, r.Field)
	if r.LeftOut {
		line += "left out: "
	}
	line += r.Reason
	if r.Found != "" {
		line += fmt.Sprintf(" (found %s)", quote(r.Found))
	}
	if r.Nearest != "" {
		line += fmt.Sprintf("; nearest: %s", quote(r.Nearest))
	}
	return line
}

// quote returns a text in quotation marks, shortened.
func quote(s string) string {
	if runes := []rune(s); len(runes) > 80 {
		s = string(runes[:79]) + "…"
	}
	b, err := json.Marshal(s)
	if err != nil {
		return s
	}
	return string(b)
}

// flagList returns the flags with their numbers, sorted by code.
func flagList(flags map[check.Code]int) string {
	var all []string
	total := 0
	for code, n := range flags {
		all = append(all, fmt.Sprintf("%s %d", code, n))
		total += n
	}
	slices.Sort(all)
	list := plural(total, "flag")
	if total > 0 {
		list += " (" + strings.Join(all, ", ") + ")"
	}
	return list
}

// printLine prints a message. A failure to write it has no other place to be reported.
func printLine(w io.Writer, format string, args ...any) { _, _ = fmt.Fprintf(w, format+"\n", args...) }

// plural returns a count with its noun.
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if stem, ok := strings.CutSuffix(noun, "y"); ok {
		return fmt.Sprintf("%d %sies", n, stem)
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
