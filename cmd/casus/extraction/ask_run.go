package extraction

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"casus/internal/extract"
	"casus/internal/extract/article"
	"casus/internal/extract/cache"
	"casus/internal/extract/endpoint"
	"casus/internal/extract/form"
	"casus/internal/extract/interview"
	"casus/internal/extract/link"
	"casus/internal/extract/proposal"
	"casus/internal/extract/source"
	"casus/internal/fetch/remote"
	"casus/internal/fetch/secret"
	"casus/internal/kg"
	"casus/internal/store"
)

// askRun is one run of `casus extract ARTICLE...`.
type askRun struct {
	article                      articleFlags
	output                       output
	endpoint, model, cache       string
	maxTokens, seed, window      int
	timeout                      time.Duration
	at                           moment
	allowRemote, estimate, quiet bool
	open                         func(context.Context, io.Writer) (store.Store, error)
	storeFiles                   func() []string

	batch     *batch
	jobs      []job
	converter extract.Converter
}

// job is an article that is asked about, and where its proposal is written.
type job struct {
	path    string // as messages name it
	file    string
	article article.Article
	known   []string
	output  output
}

func (r *askRun) run(c *cobra.Command, p Program, paths []string) (err error) {
	ctx := c.Context()
	switch {
	case r.model == "" && !r.estimate:
		return p.Usage("name the model with --model or $%s", envModel)
	case r.window < 1 || r.maxTokens < 0 || r.timeout <= 0:
		return p.Usage("--window and --timeout must be positive, --max-tokens not negative")
	}
	if err := r.readArticles(c, p, paths); err != nil {
		return err
	}
	r.converter.Model = r.model
	if r.converter.At, err = r.at.parse(p); err != nil {
		return err
	}
	s, err := r.open(ctx, c.ErrOrStderr())
	if err != nil {
		return err
	}
	defer closeStore(s, &err)
	if s != nil {
		r.converter.Linker = link.New(s)
		for i := range r.jobs {
			j := &r.jobs[i]
			j.output.store = s
			if j.known, err = r.converter.KnownActors(ctx, j.article); err != nil {
				return err
			}
		}
	}
	total, err := r.estimateAll()
	if err != nil {
		return err
	}
	if r.estimate {
		return errors.Join(r.printEstimate(c.OutOrStdout(), total), r.batch.failures())
	}
	if len(r.jobs) == 0 {
		return r.batch.finish()
	}
	return r.ask(ctx, c, p, total)
}

// maxTexts bounds the bytes of all texts of a run.
const maxTexts = 256 << 20

// readArticles reads all articles, and checks that their files can be written before anything is asked.
func (r *askRun) readArticles(c *cobra.Command, p Program, paths []string) error {
	l, err := r.article.list(c.Context(), p, paths, c.InOrStdin())
	if err != nil {
		return err
	}
	if len(l.Items) > 1 && r.output.name != "" {
		return p.Usage("--name is for one article alone")
	}
	r.batch = newBatch(c, l)
	texts := 0
	for _, item := range l.Items {
		j, err := r.readArticle(c, p, item)
		if texts += len(j.article.Text); err == nil && texts > maxTexts {
			return kg.Errorf(kg.LimitExceeded, "the articles have more than %d bytes of text: extract them in several runs",
				maxTexts)
		}
		switch {
		case c.Context().Err() != nil:
			return err
		case err != nil:
			if err := r.batch.fail(item.Path, err); err != nil {
				return err
			}
		case r.estimate || !r.batch.keep(j.output, j.article.SHA256, r.model, ""):
			ends := []string{
				proposal.FormFile, proposal.RecordsFile, proposal.ReviewFile, proposal.RefusedFile, proposal.RunFile,
			}
			if !r.estimate {
				err = r.batch.checkFiles(p, j.output, append(r.storeFiles(), item.File), ends...)
			}
			if err != nil {
				if err := r.batch.fail(item.Path, err); err != nil {
					return err
				}
				continue
			}
			r.batch.charsToRead += utf8.RuneCountInString(j.article.Text)
			r.jobs = append(r.jobs, j)
		}
	}
	return nil
}

// readArticle reads an article.
func (r *askRun) readArticle(c *cobra.Command, p Program, item source.Item) (j job, err error) {
	j = job{path: item.Path, file: item.File}
	if j.article, err = item.Read(c.Context()); err != nil {
		return j, err
	}
	j.output, err = r.batch.begin(p, c, r.output, item)
	return j, err
}

func (r *askRun) estimateAll() (total interview.Estimate, err error) {
	for _, j := range r.jobs {
		e, err := interview.NewEstimate(j.article, j.known, r.window)
		if err != nil {
			return total, err
		}
		total = total.Add(e)
	}
	return total, nil
}

// printEstimate prints what the run may cost.
func (r *askRun) printEstimate(w io.Writer, e interview.Estimate) error {
	if r.output.asJSON {
		return json.NewEncoder(w).Encode(e)
	}
	printLine(w, "%s, %s, %s of sentences", plural(len(r.jobs), "article"), plural(e.Sentences, "sentence"),
		plural(e.Windows, "window"))
	printLine(w, "%d to %d questions, %d to %d characters, without what they repeat of earlier answers",
		e.Calls, e.MaxCalls, e.Characters, e.MaxCharacters)
	printLine(w, "about %d tokens of questions and %d of answers, without second questions", e.PromptTokens,
		e.AnswerTokens)
	printLine(w, "answers in the cache cost nothing; nothing was sent")
	return nil
}

// ask asks about all articles, one after another.
func (r *askRun) ask(ctx context.Context, c *cobra.Command, p Program, total interview.Estimate) error {
	client, err := r.newClient(c, p)
	if err != nil {
		return err
	}
	defer client.Close()
	folder, err := r.cacheFolder()
	if err != nil {
		return err
	}
	message := c.ErrOrStderr()
	asker := &interview.Asker{
		Client: client, Cache: cache.New(folder), Model: r.model, Seed: r.seed, MaxTokens: r.maxTokens,
	}
	asker.Calling = func(int) {
		if client.IsRemote() && asker.Calls == 0 { // even with --quiet
			printLine(message, "sending about %d characters of questions about %s to %s, and up to %d with second questions",
				total.Characters, plural(len(r.jobs), "article"), client.Host(), total.MaxCharacters)
		}
	}
	for _, j := range r.jobs {
		err := r.askOne(ctx, p, asker, j)
		if err != nil && (endsRun(ctx, err) || !r.batch.many) {
			return p.Hint(err, hintOf(err, folder))
		} else if err != nil {
			err = r.batch.fail(j.path, err)
		} else if done, total, left := r.batch.finished(utf8.RuneCountInString(j.article.Text)); total > 1 {
			r.say(message, "article %d of %d done, about %s left", done, total, left.Round(time.Second))
		}
		if err != nil {
			return err
		}
	}
	r.say(message, "%s, %d tokens; answers are in %s", plural(asker.Calls, "question"), asker.Tokens, folder)
	if omitted := client.Omitted(); omitted != nil {
		r.say(message, "the endpoint does not know %s: the answers may differ when they are asked for again",
			strings.Join(omitted, ", "))
	}
	return r.batch.finish()
}

// endsRun reports whether what failed for one article would fail for the next ones as well. A model that has no valid
// answer about one, and files that must not be written, are faults of that article alone.
func endsRun(ctx context.Context, err error) bool {
	if ctx.Err() != nil || errors.Is(err, interview.ErrTokens) {
		return true
	}
	switch kg.CodeOf(err) {
	case kg.Unauthenticated:
		return true
	case kg.Unavailable, kg.Timeout:
		return !errors.Is(err, interview.ErrNoAnswer)
	}
	return false
}

// askOne asks about an article and writes its proposal.
func (r *askRun) askOne(ctx context.Context, p Program, asker *interview.Asker, j job) error {
	i := interview.Interview{
		Asker: asker, Window: r.window, Known: j.known,
		Convert: func(ctx context.Context, content []byte) ([]form.Refusal, error) {
			made, err := r.converter.Convert(ctx, j.article, content)
			if err != nil {
				return nil, err
			}
			return made.Refused, nil
		},
		Progress: func(now interview.Progress) {
			r.say(j.output.message, "%s: %d of at most about %d answers, %d tokens, %s left", j.path, now.Done, now.Total,
				now.Tokens, now.Left.Round(time.Second))
		},
	}
	result, err := i.Run(ctx, j.article)
	if err != nil {
		return err
	}
	made, err := r.converter.Convert(ctx, j.article, result.Form)
	if err != nil {
		return err
	}
	made.Refuse(result.Refused)
	made.Run.Interview = &result.Account
	if err := j.output.writeProposal(ctx, p, made, append(r.storeFiles(), j.file),
		proposal.File{End: proposal.FormFile, Content: result.Form}); err != nil {
		return err
	}
	return j.output.hintAtEarlierRuns(ctx, made, r.converter.Extraction())
}

// newClient returns a client of the endpoint, with the key of the environment.
func (r *askRun) newClient(c *cobra.Command, p Program) (*endpoint.Client, error) {
	o := endpoint.Options{
		URL: r.endpoint, AllowRemote: r.allowRemote, Model: r.model, Timeout: r.timeout, UserAgent: "casus/" + p.Version,
		Waiting: func(w remote.Wait) {
			r.say(c.ErrOrStderr(), "waiting for %s: %v", w.Delay.Round(100*time.Millisecond), w.Reason)
		},
	}
	if text := os.Getenv(envKey); text != "" {
		var err error
		if o.Key, err = secret.ParseToken(text); err != nil {
			return nil, p.Usage("$%s: %w", envKey, err)
		}
	}
	client, err := endpoint.New(o)
	if errors.Is(err, remote.ErrAnotherMachine) {
		return nil, p.Hint(p.Usage("--endpoint: %w", err), "--allow-remote permits another machine")
	} else if err != nil {
		return nil, p.Usage("--endpoint: %w", err)
	}
	return client, nil
}

// cacheFolder returns the folder of the answers.
func (r *askRun) cacheFolder() (string, error) {
	base, err := os.UserCacheDir()
	if err != nil && r.cache == "" {
		return "", kg.Errorf(kg.BadInput, "there is no folder for the answers: specify --cache: %w", err)
	}
	return cmp.Or(r.cache, filepath.Join(base, "casus", "extract")), nil
}

// hintOf returns advice on an error.
func hintOf(err error, folder string) string {
	broken := (*endpoint.AnswerError)(nil)
	switch {
	case errors.As(err, &broken):
		return "another model may answer better; for an answer that is cut off, --window 2000 makes shorter questions"
	case kg.CodeOf(err) == kg.Unauthenticated:
		return "set $" + envKey + " to the endpoint's key"
	case errors.Is(err, interview.ErrTokens):
		return "the same command with a higher --max-tokens continues: the answers so far are in " + folder
	}
	return "the same command continues: the answers so far are in " + folder
}
