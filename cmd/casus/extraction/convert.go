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
	"casus/internal/extract/link"
	"casus/internal/extract/proposal"
	"casus/internal/outfile"
	"casus/internal/store"
)

// convertRun is one run of `casus extract convert`.
type convertRun struct {
	article         articleFlags
	model           string
	out, name       string
	force, asJSON   bool
	form, from      string
	open            func(context.Context, io.Writer) (store.Store, error)
	storeFiles      func() []string
	stdin           io.Reader
	stdout, message io.Writer
}

func convertCommand(p Program) *cobra.Command {
	var r convertRun
	c := &cobra.Command{
		Use:   "convert FORM ARTICLE",
		Short: "Convert a filled-in form into records that can be loaded, and a review file",
		Long: `Convert a form that a model or a person filled in ("casus extract form" prints it) into a proposal.
FORM is JSON, or an answer pasted from a chat with the JSON in fenced blocks; the parts of the form
may follow one another. ARTICLE is text, Markdown, HTML, or - for the standard input. Nothing is sent
anywhere.

Words that do not stand in the article, dates that are not EDTF, and entries that refer to them are
refused, each with its reason. Doubts are flagged, and nothing is changed in silence. These files are
written, always the same for the same input:

- NAME.proposal.jsonl  records for "casus load"
- NAME.review.json     each record with its sentences, flags and suggestions
- NAME.refused.jsonl   refused entries and fields
- run.json             model, versions, hashes and counts

With --store (or $CASUS_STORE) known actors and places are linked, an event that the graph certainly
has gains the claims, and a reprint names its original; without it all nodes are new.`,
		Example: `  casus extract convert answer.md article.txt --published 2031-03-09 --publisher "Lorman Herald"
  casus extract convert answer.json page.html --store sqlite:casus.db --out proposals
  casus load page.proposal.jsonl`,
		Args: cobra.ExactArgs(2),
	}
	r.open, r.storeFiles = p.StoreFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		r.form, r.from = args[0], args[1]
		if r.form == "-" && r.from == "-" {
			return p.Usage("only one of FORM and ARTICLE can be the standard input")
		}
		if r.name == "" {
			r.name = nameOf(r.from)
		}
		if r.name != filepath.Base(r.name) || r.name == "." || r.name == ".." {
			return p.Usage("--name %s: must be a name without a folder", r.name)
		}
		r.stdin, r.stdout, r.message = c.InOrStdin(), c.OutOrStdout(), c.ErrOrStderr()
		return r.run(c.Context(), p)
	}
	r.article.add(p, c)
	flags := c.Flags()
	flags.StringVar(&r.model, "model", "", "the name of the model that filled in the form, for the claims' provenance")
	flags.StringVar(&r.out, "out", ".", "the folder of the files")
	flags.StringVar(&r.name, "name", "", "the beginning of the files' names (default: the article's name)")
	flags.BoolVar(&r.force, "force", false, "replace files that exist")
	flags.BoolVar(&r.asJSON, "json", false, "print the account of the run as JSON")
	return c
}

func (r *convertRun) run(ctx context.Context, p Program) (err error) {
	a, err := r.article.read(p, r.from, r.stdin)
	if err != nil {
		return err
	}
	content, err := readFile("the form", r.form, r.stdin, form.MaxBytes)
	if err != nil {
		return err
	}
	converter := extract.Converter{Model: r.model}
	s, err := r.open(ctx, r.message)
	if err != nil {
		return err
	}
	defer closeStore(s, &err)
	if s != nil {
		converter.Linker = link.New(s)
	}
	made, err := converter.Convert(ctx, a, content)
	if err != nil {
		return err
	}
	files, err := made.Files()
	if err != nil {
		return err
	}
	if err := r.write(ctx, files); err != nil {
		return p.OutputError(err)
	}
	return r.report(made, files)
}

// write writes the files, or none if one of them must not be written.
func (r *convertRun) write(ctx context.Context, files []proposal.File) error {
	g := outfile.Guard{Force: r.force, Protected: append(r.storeFiles(), r.form, r.from)}
	for _, f := range files {
		if err := guardOf(g, f.End, r.path(f.End)).Check(r.path(f.End)); err != nil {
			return err
		}
	}
	for _, f := range files {
		if err := guardOf(g, f.End, r.path(f.End)).Write(ctx, r.path(f.End), func(w io.Writer) error {
			_, err := w.Write(f.Content)
			return err
		}); err != nil {
			return err
		}
	}
	return nil
}

// guardOf returns the guard of a file. The account of the last run in a folder replaces an earlier one.
func guardOf(g outfile.Guard, end, path string) outfile.Guard {
	if end != proposal.RunFile || g.Force {
		return g
	}
	content, err := readFile("the account of a run", path, nil, 1<<20)
	var earlier proposal.Run
	g.Force = err == nil && json.Unmarshal(content, &earlier) == nil && earlier.Tool == extract.Tool
	return g
}

// path returns the path of a file by the end of its name.
func (r *convertRun) path(end string) string {
	if end == proposal.RunFile {
		return filepath.Join(r.out, end)
	}
	return filepath.Join(r.out, r.name+end)
}

// maxShown is the number of refusals that are printed.
const maxShown = 20

// report prints the counts of the proposal and the refusals.
func (r *convertRun) report(made *proposal.Proposal, files []proposal.File) error {
	if r.asJSON {
		_, err := r.stdout.Write(files[len(files)-1].Content)
		return err
	}
	for i, refusal := range made.Refused {
		if i == maxShown {
			printLine(r.message, "and %d more", len(made.Refused)-maxShown)
			break
		}
		printLine(r.message, "refused: %s", describe(refusal))
	}
	counts := made.Run.Counts
	printLine(r.stdout, "%s: %s, %s", r.path(proposal.RecordsFile), plural(len(made.Records), "record"),
		plural(counts.Claims, "claim"))
	if counts.Links > 0 {
		printLine(r.stdout, "linked to the store: %s", plural(counts.Links, "node"))
	}
	printLine(r.stdout, "%s: %s refused", r.path(proposal.RefusedFile), plural(len(made.Refused), "entry"))
	printLine(r.stdout, "%s: %s", r.path(proposal.ReviewFile), flagList(counts.Flags))
	printLine(r.stdout, "read the review file; then load the records: casus load %s", r.path(proposal.RecordsFile))
	return nil
}

// describe returns a refusal in one line.
func describe(r form.Refusal) string {
	line := fmt.Sprintf("%s %d%s: %s", r.List, r.Entry, r.Field, r.Reason)
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
