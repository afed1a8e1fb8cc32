package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"casus/cmd/casus/backup"
	"casus/cmd/casus/commandline"
	"casus/cmd/casus/curate"
	"casus/cmd/casus/extraction"
	"casus/cmd/casus/fetch"
	"casus/cmd/casus/manual"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/open"
	"casus/loader"
)

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "casus",
		Short: "A knowledge graph of conflict timelines: what happened, who claims it, and who denies it",
		Long: `Casus stores what named sources claimed, denied, confirmed or proposed about the events of a
conflict. Each claim is dated, attributed and tied to the words it rests on. Questions are answered
in GraphQL.

The graph is in a store: the SQLite file ./casus.db, or what --store or $CASUS_STORE names. "casus help
COMMAND" explains a command, with examples.

Exit codes: 0 done; 1 failed; 2 invalid command line; 130 interrupted (SIGINT), 143 terminated
(SIGTERM).`,
		Example: `  casus serve --sample               look at a small example in the browser
  casus load report.jsonl            load records into ./casus.db
  casus check                        verify the stored graph
  casus serve                        look at it in the browser
  casus query '{ timeline { nodes { id title } } }'
  casus export --format gexf --out war.gexf`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Version:       thisBuild().String(),
	}
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetHelpCommand(helpCommand())
	root.AddCommand(
		serveCommand(),
		loadCommand(),
		bulkCommand(),
		queryCommand(),
		exportCommand(),
		checkCommand(),
		identityCommand(),
		statsCommand(),
		schemaCommand(),
		tokenCommand(),
		mappingCommand(),
		extraction.Command(extractionProgram()),
		fetch.Command(fetchProgram()),
		versionCommand(),
		manual.Command(thisBuild().date),
	)
	root.AddCommand(curate.Commands(curationProgram())...)
	root.AddCommand(backup.Commands(backupProgram())...)
	manual.SetGroups(root)
	manual.Wrap(root)
	commandline.ExplainArguments(root)
	return root
}

// curationProgram returns what the commands of package curate need.
func curationProgram() curate.Program {
	return curate.Program{
		StoreFlag: func(c *cobra.Command) func(context.Context, io.Writer) (store.Store, error) {
			flag := &storeFlag{}
			flag.add(c)
			return func(ctx context.Context, stderr io.Writer) (store.Store, error) {
				s, _, err := flag.openExisting(ctx, stderr)
				return s, err
			}
		},
		Usage: usagef,
		Progress: func(stderr io.Writer) (func(int), func()) {
			p := newProgress(stderr, false)
			return func(done int) { p.show(loader.Progress{Stage: "claims", Done: int64(done)}) }, p.done
		},
	}
}

// backupProgram returns what the commands of package backup need.
func backupProgram() backup.Program {
	return backup.Program{
		StoreFlag: func(c *cobra.Command) func() string {
			flag := &storeFlag{}
			flag.add(c)
			return func() string { return flag.chosen(open.Default) }
		},
		Hint:        func(err error, hint string) error { return hintedError{err, hint} },
		OutputError: outputError,
		Progress: func(stderr io.Writer) (func(written, size int64), func()) {
			p := newProgress(stderr, false)
			return func(written, size int64) {
				p.show(loader.Progress{Stage: "copying", Bytes: written, Size: size})
			}, p.done
		},
	}
}

// fetchProgram returns what the commands of package fetch need.
func fetchProgram() fetch.Program {
	return fetch.Program{
		Version: thisBuild().Version,
		Usage:   usagef,
		Hint:    func(err error, hint string) error { return hintedError{err, hint} },
		Progress: func(stderr io.Writer, quiet bool) (func(fetch.Progress), func()) {
			p := newProgress(stderr, quiet)
			return func(now fetch.Progress) {
				shown := loader.Progress{Stage: now.File, Done: int64(now.Rows), Bytes: now.Bytes, Size: now.TotalBytes}
				if now.Rows > 0 {
					shown.Bytes, shown.Size = int64(now.Rows), int64(now.TotalRows)
				}
				p.show(shown)
			}, p.done
		},
	}
}

// extractionProgram returns what the commands of package extraction need.
func extractionProgram() extraction.Program {
	return extraction.Program{
		StoreFlag: func(c *cobra.Command) (func(context.Context, io.Writer) (store.Store, error), func() []string) {
			flag := optionalStore(c, "look up known nodes in this store")
			openChosen := func(ctx context.Context, stderr io.Writer) (store.Store, error) {
				if flag.chosen("") == "" {
					return nil, nil
				}
				s, _, err := flag.openExisting(ctx, stderr)
				if err != nil {
					if hinted := (hintedError{}); errors.As(err, &hinted) && kg.CodeOf(err) == kg.NotFound {
						hinted.hint = "without --store nothing is looked up; `casus extract review` creates the store"
						err = hinted
					}
					return nil, err
				}
				return s, nil
			}
			return openChosen, flag.storeFiles
		},
		TargetFlag: func(c *cobra.Command) (func(context.Context, io.Writer) (extraction.Target, error), func() []string) {
			flag := optionalStore(c, "load into this store")
			openChosen := func(ctx context.Context, stderr io.Writer) (extraction.Target, error) {
				if flag.chosen("") == "" {
					return extraction.Target{}, nil
				}
				t, err := flag.openToLoad(ctx, stderr)
				if err != nil {
					return extraction.Target{}, err
				}
				return extraction.Target{Store: t.Store, Close: t.CloseOrRemove}, nil
			}
			return openChosen, flag.storeFiles
		},
		Version:     thisBuild().Version,
		Usage:       usagef,
		Hint:        func(err error, hint string) error { return hintedError{err, hint} },
		OutputError: outputError,
		Values: func(c *cobra.Command, flag string, values ...string) {
			completeFlag(c, flag, oneOf(values...))
		},
	}
}

// optionalStore adds --store, without a default, to a command.
func optionalStore(c *cobra.Command, purpose string) *storeFlag {
	flag := &storeFlag{}
	c.Flags().StringVar(&flag.url, "store", "", purpose+", a URL as in casus load (default $"+envStore+", else none)")
	completeFlag(c, "store", storeURLs)
	return flag
}

// helpCommand returns `casus help`. Unlike cobra's own it exits with 2 if the command is unknown.
func helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Show the help of a command",
		ValidArgsFunction: func(c *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			parent, rest, err := c.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			var names []string
			for _, sub := range parent.Commands() {
				if sub.IsAvailableCommand() {
					names = append(names, cobra.CompletionWithDesc(sub.Name(), sub.Short))
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(c *cobra.Command, args []string) error {
			target, rest, err := c.Root().Find(args)
			if err == nil && len(rest) > 0 {
				err = fmt.Errorf("unknown command %q for %q", rest[0], target.CommandPath())
			}
			if err != nil {
				return hintedError{usageError{err}, "run `" + target.CommandPath() + " --help`"}
			}
			target.InitDefaultHelpFlag()
			target.InitDefaultVersionFlag()
			return target.Help()
		},
	}
}
