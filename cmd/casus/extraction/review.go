package extraction

import (
	"context"
	"io"
	"time"

	"github.com/spf13/cobra"

	"casus/internal/edtf"
	"casus/internal/review"
)

// reviewRun is one run of `casus extract review`.
type reviewRun struct {
	Program
	list, yes, force, asJSON, keepText, replace bool
	batch                                       batchDecisions
	signature                                   review.Signature
	open                                        func(context.Context, io.Writer) (Target, error)
	protected                                   []string
	in                                          *keyboard
	out, message                                io.Writer
}

func reviewCommand(p Program) *cobra.Command {
	r := reviewRun{Program: p}
	c := &cobra.Command{
		Use:   "review NAME.review.json...",
		Short: "Review a proposal: accept, reject, edit and link records, then load what was accepted",
		Long: `Show each record and claim of a proposal with its sentence, flags and suggestions, and ask for a
decision. A path may be a folder: of all its review files. NAME.proposal.jsonl must be in the folder
of NAME.review.json.

Keys: a accept, r reject, e edit (the record in $VISUAL or $EDITOR, as JSON), l link to a known node
or join an event (a suggestion's number, or an id), o own (undo a link or a join), u undo the
decision, n next, b back, A accept all that are undecided and have no flag, f finish, q quit. Without
a terminal each is a line: "l 1", "l actor:x", "e JSON".

Decisions are saved in the review file at once; the same command continues later. Undecided items are
not loaded, nor is what rests on rejected ones. At the end it shows what changes in the graph of
--store (or $CASUS_STORE), and loads it if you say so, into a new store if there is none at that
place; without --store it writes NAME.reviewed.jsonl for "casus load". The claims get a review,
MACHINE_REVIEWED, in your name.

With --list, or with flags that decide, it asks nothing. Items have the numbers of --list.`,
		Example: `  casus extract review ferry.review.json --store sqlite:casus.db --by "Ada, desk"
  casus extract review proposals --accept-unflagged
  casus extract review a.review.json --accept-all --reject 4,7 --known 9=event:talks --by Ada --yes`,
		Args: cobra.MinimumNArgs(1),
	}
	open, storeFiles := p.TargetFlag(c)
	r.open = open
	c.RunE = func(c *cobra.Command, args []string) error {
		r.protected = append(storeFiles(), args...)
		r.in, r.out, r.message = newKeyboard(c.InOrStdin()), c.OutOrStdout(), c.ErrOrStderr()
		if r.signature.At == "" {
			r.signature.At = edtf.InstantOf(time.Now()).String()
		}
		return r.run(c.Context(), args)
	}
	flags := c.Flags()
	flags.BoolVar(&r.list, "list", false, "list the items with their decisions, and ask nothing")
	r.batch.add(c)
	flags.BoolVar(&r.yes, "yes", false, "finish without asking: load into the store, or write NAME.reviewed.jsonl")
	flags.StringVar(&r.signature.By, "by", "", "who decides")
	flags.StringVar(&r.signature.Note, "note", "", "a remark on the review")
	flags.StringVar(&r.signature.At, "at", "", "the time of the review, RFC 3339 (default: now)")
	flags.BoolVar(&r.keepText, "keep-text", false, "store the text of the article, as casus load --keep-text does")
	flags.BoolVar(&r.replace, "replace", false,
		"correct stored claims of the article that the review changes, as casus load --replace does")
	flags.BoolVar(&r.force, "force", false, "replace a NAME.reviewed.jsonl that exists")
	flags.BoolVar(&r.asJSON, "json", false, "print what changes as JSON")
	return c
}

func (r *reviewRun) run(ctx context.Context, paths []string) error {
	files, err := reviewFiles(paths)
	if err != nil {
		return err
	}
	for _, path := range files {
		f, err := readReview(path)
		if err != nil {
			return err
		}
		goOn, err := r.review(ctx, f)
		if err != nil || !goOn {
			return err
		}
	}
	return nil
}

// review reviews one file. It returns false if the person quits.
func (r *reviewRun) review(ctx context.Context, f *reviewFile) (goOn bool, err error) {
	if r.list {
		return true, f.list(r.out)
	}
	decided, err := r.batch.apply(r.Program, f)
	if err != nil {
		return false, err
	}
	if decided {
		if err := f.save(ctx); err != nil {
			return false, err
		}
	}
	if !decided && !r.yes {
		s := newSession(f, r.in, r.out)
		if finish, err := s.run(ctx); err != nil || !finish {
			return false, err
		}
	}
	return true, r.finish(ctx, f, decided && !r.yes)
}
