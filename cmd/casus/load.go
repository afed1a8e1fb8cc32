package main

import (
	"context"
	"io"
	"time"

	"github.com/spf13/cobra"

	"casus/internal/outfile"
	"casus/loader"
)

// loadRun is one run of `casus load`.
type loadRun struct {
	store     storeFlag
	rejects   string
	force     bool
	published string
	texts     []string
	rows      rowFlags
	options   loader.Options
	// beforeTexts is called after the files are loaded and before texts are supplied.
	beforeTexts func(context.Context) error
	rejectsFile *outfile.File // nil without --rejects
	sample      sampleFlag
	dryRun      bool
	replace     bool
	by          string
	asJSON      bool
	quiet       bool
}

func loadCommand() *cobra.Command {
	var l loadRun
	c := &cobra.Command{
		Use:   "load FILE...",
		Short: "Load extracted records into the graph",
		Long: `Load records into the graph. Files may be

- in the extraction format (see "casus schema extraction"): JSON Lines, or one JSON object with the
  records in lists;
- tables (CSV, TSV, JSON objects, GeoJSON), which a mapping turns into records. An embedded mapping
  is detected by the columns or named by --format; --mapping names a file of your own (see "casus
  mapping"). Files must have its columns;
- FollowTheMoney entities, one per line or in one array, detected by their properties or named by
  --format ftm.

Files may be packed as .gz, .zst or .zip; "-" is the standard input. They are UTF-8, or UTF-16 with
a byte order mark; --encoding names another encoding. Loading a file again changes nothing. A
--release of a data set supersedes the claims of older ones that it changed and retracts claims that
it no longer has; releases may be loaded in any order. The same command resumes an interrupted load.

Every record or row is counted once: as applied, as unchanged if the store had it before, as repeated
if an earlier one of the load says the same, as another record's event if an earlier one describes
the same event with other content, or as rejected. Rejects are listed with file, line and all faults;
--rejects FILE writes all of them as JSON Lines (into a file that exists: with --force). With
--lenient a claim of an event or affiliation that is at fault is left out alone, and counted and
listed apart; the record is rejected if anything else in it is at fault, or no claim is left. The exit
code is 1 if anything is rejected, and 130 after an interrupt. A load that fails before anything is stored
leaves no new database behind. --dry-run checks and counts everything without writing.

A file that states something else than the store about a document, without naming it in "supersedes",
changes the document: its records are rejected as CONFLICT with both versions, the rest is loaded.
--replace corrects the stored claims instead. --replaces-run forgets the claims of an earlier run of a
model or program about the same documents that these files do not state, except reviewed and
corrected ones and those of another run; --dry-run shows which events change. "casus loads" lists the
loads, "casus undo" takes one back.

Quoted words are checked against their document's text. --text supplies a text later. It must match
the document's hash, if there is one. Words that were never checked are checked then; claims whose
words are not in the text are rejected.`,
		Example: `  casus load report.jsonl
  casus load --store neo4j://localhost:7687 --rejects rejects.jsonl *.jsonl.gz
  jq -c '.records[]' reports.json | casus load --json -
  casus load --release 25.1 --released 2025-06-01 ged251.csv
  casus load --mapping my.yaml data.csv
  casus load --mapping my.yaml --encoding windows-1251 data.csv
  casus load --dry-run --mapping my.yaml data.csv
  casus load --replace --by "Ada, desk" report-corrected.jsonl
  casus load --replaces-run qwen3 --by "Ada, desk" --dry-run article.proposal.jsonl
  casus load --text document:daily-1=daily-1.txt
  casus load --published 2024-06-01 entities.ftm.json
  casus load --sample`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 && !l.sample.selected() && len(l.texts) == 0 {
				return usagef("specify the files to load, - for the standard input, or --sample")
			}
			if l.dryRun && len(l.texts) > 0 {
				return usagef("--text supplies texts of stored documents and cannot be combined with --dry-run")
			}
			if (l.replace || len(l.options.ReplacesRuns) > 0) && l.by == "" {
				return usagef("specify who decides to replace stored claims: --by WHO")
			}
			l.options.By = l.by
			if l.replace {
				l.options.Replace = l.by
			}
			return l.run(c.Context(), args, c.InOrStdin(), c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	l.store.add(c)
	l.addInputFlags(c)
	flags := c.Flags()
	flags.StringArrayVar(&l.texts, "text", nil, "the text of a stored document, as DOCUMENT=FILE. May be repeated")
	flags.BoolVar(&l.dryRun, "dry-run", false,
		"count and check the records against the store, which need not exist, without writing")
	flags.DurationVar(&l.options.RetryTimeout, "retry-timeout", loader.DefaultRetryTimeout,
		"how long to retry when the store is unavailable")
	flags.BoolVar(&l.force, "force", false, "replace an existing file of --rejects")
	flags.BoolVar(&l.replace, "replace", false,
		"correct stored claims of documents that the files change, instead of rejecting their records; needs --by")
	flags.StringArrayVar(&l.options.ReplacesRuns, "replaces-run", nil,
		"a model or program, as extractions name it, whose unreviewed claims about the same documents these files "+
			"replace; needs --by. May be repeated")
	flags.StringVar(&l.by, "by", "", "who decides to --replace, or on --replaces-run")
	addJSONFlag(c, &l.asJSON, "the report")
	return c
}

// addInputFlags adds the flags that load and bulk share.
func (l *loadRun) addInputFlags(c *cobra.Command) {
	l.rows.add(c)
	flags := c.Flags()
	flags.StringVar(&l.rejects, "rejects", "", "write rejected records with their reasons to this file, as JSON Lines")
	flags.IntVar(&l.options.MaxRejects, "max-rejects", 0, "stop after more rejects than this; 0 means no limit")
	flags.IntVar(&l.options.BatchSize, "batch", 0, "records in one transaction; 0 uses the loader's default")
	flags.IntVar(&l.options.ChunkSize, "chunk-size", 0,
		"rows or records in one chunk, the unit that is repeated after an interruption; 0 uses the loader's default")
	flags.BoolVar(&l.options.KeepText, "keep-text", false, "store the texts of documents, not only their hashes")
	flags.BoolVar(&l.options.Restore, "restore", false,
		"load a file of casus export --format casus unchanged: texts are stored, words are not checked again")
	flags.StringVar(&l.published, "published", "",
		"publication date of claims without any date (EDTF, such as 2025-12-20)")
	flags.BoolVar(&l.options.Lenient, "lenient", false,
		"leave only the claims at fault out of a record that has others, instead of rejecting it as a whole")
	l.sample.add(c, "load a bundled example")
	flags.BoolVarP(&l.quiet, "quiet", "q", false, "print nothing unless something fails or is rejected")
}

func (l loadRun) run(ctx context.Context, files []string, stdin io.Reader, stdout, stderr io.Writer) (err error) {
	jobs, err := l.jobs(files, stdin, stderr)
	if err != nil {
		return err
	}
	texts, err := readTexts(l.texts)
	if err != nil {
		return err
	}
	g := l.guard(files)
	g.Protected = append(g.Protected, l.store.storeFiles()...)
	if err := l.openRejects(ctx, g); err != nil {
		return err
	}
	defer func() { err = l.closeRejects(err) }()
	defer limitMemory(loadMemory)()
	p := newProgress(stderr, l.quiet)
	started := time.Now()
	o, err := l.loadInto(ctx, jobs, texts, p)
	p.done()
	if o == nil {
		return err
	}
	if e := l.printReport(stdout, stderr, o, time.Since(started), err); err == nil {
		err = e
	}
	if err != nil && ctx.Err() != nil {
		hint := "applied batches are stored; the same command resumes the load"
		if l.rejectsFile != nil && !l.rejectsFile.Empty() {
			hint += ", with another file for --rejects, or --force to replace it"
		}
		return hintedError{err, hint}
	}
	return err
}
