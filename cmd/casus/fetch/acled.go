package fetch

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"casus/internal/fetch/acled"
	"casus/internal/fetch/manifest"
	"casus/internal/fetch/paged"
	"casus/internal/kg"
)

// acledRun is one run of `casus fetch acled`.
type acledRun struct {
	target
	countries            []string
	from, until, changed string
	all                  bool
	release, tokenFile   string
	pageSize             int
}

func acledCommand(p Program) *cobra.Command {
	r := acledRun{target: target{Program: p}}
	c := &cobra.Command{
		Use:   "acled",
		Short: "Download events from ACLED",
		Long: `Download events from ACLED's API into acled-DATE.jsonl. The release is named by today's date (UTC).

Without --changed-since it is a complete release of the selected events: loading it supersedes what
ACLED changed since the release before, and retracts what it deleted.

With --changed-since DATE, or "last" for the last download of the same events in the folder, only
events that ACLED added or changed since then are downloaded. The events that it deleted and that
files in the folder have are written to acled-DATE.deleted.jsonl, as retractions. "last" goes
back two days more, so that a wrong clock loses nothing. Without such a download, everything is
downloaded.

ACLED requires an account: set $` + envEmail + ` and $` + envPassword + `, or answer on the terminal.
The tokens that ACLED gives for them are stored in --token-file, for you only, and replaced before
they end; the password is not stored. While tokens last (14 days, renewed by runs), no password
is needed.`,
		Example: `  casus fetch acled --country Mali --country "Burkina Faso" --from 2024-01-01 --out data
  casus fetch acled --country Mali --from 2024-01-01 --changed-since last --out data
  casus fetch acled --all --out data`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return r.run(c) },
	}
	r.add(c, acled.DefaultHost)
	flags := c.Flags()
	flags.StringArrayVar(&r.countries, "country", nil, "a country, by ACLED's name for it. May be repeated")
	flags.StringVar(&r.from, "from", "", "the first day of events, such as 2024-01-01")
	flags.StringVar(&r.until, "to", "", "the last day of events")
	flags.BoolVar(&r.all, "all", false, "all events, without any of the flags above")
	flags.StringVar(&r.changed, "changed-since", "", `only what ACLED changed or deleted since a day, or "last"`)
	flags.StringVar(&r.release, "release", "", "the release's name, a date; to continue a download of another day")
	flags.StringVar(&r.tokenFile, "token-file", "", "where tokens are stored (default: casus/acled-tokens.json in the "+
		"folder for configuration)")
	flags.IntVar(&r.pageSize, "page-size", acled.MaxPageSize, "rows on a page")
	complete(c, "changed-since", last)
	return c
}

// last means since the last download.
const last = "last"

// overlap is how far before the last download its changes are asked for again, so that no clock that is wrong by a day
// or two loses any.
const overlap = 48 * time.Hour

func (r *acledRun) run(c *cobra.Command) error {
	q, err := r.query()
	if err != nil {
		return err
	}
	client, end, err := r.start(c, true)
	if err != nil {
		return err
	}
	defer end()
	if r.tokenFile == "" {
		config, err := os.UserConfigDir()
		if err != nil {
			return r.Hint(kg.Errorf(kg.BadInput, "%w", err), "name a file for tokens with --token-file")
		}
		r.tokenFile = filepath.Join(config, "casus", "acled-tokens.json")
	}
	if r.release == "" {
		r.release = r.now().UTC().Format(time.DateOnly)
	}
	api := acled.New(client, acled.Options{
		TokenFile: r.tokenFile, Email: os.Getenv(envEmail), Login: r.login, PageSize: r.pageSize,
		Warn: func(text string) { r.warn("%s", text) },
	})
	m := manifest.Manifest{
		Source: "acled", Host: client.Host(), Query: q.String(), Release: r.release, Released: r.release,
		StartedAt: r.now().UTC(),
	}
	done, err := r.fetch(c.Context(), api, q, m)
	if err != nil {
		return r.describe(c.Context(), r.explain(err))
	}
	return r.print(done)
}

// query returns the query of the flags. That of --changed-since last has no moment yet.
func (r *acledRun) query() (q acled.Query, err error) {
	q.Countries = r.countries
	if q.From, err = r.day("--from", r.from); err != nil {
		return q, err
	}
	if q.Until, err = r.day("--to", r.until); err != nil {
		return q, err
	}
	if r.changed != last {
		if q.ChangedSince, err = r.day("--changed-since", r.changed); err != nil {
			return q, err
		}
	}
	if _, err := r.day("--release", r.release); err != nil {
		return q, err
	}
	some := len(r.countries) > 0 || r.from != "" || r.until != ""
	switch {
	case r.all && some:
		return q, r.Usage("--all and other selections exclude each other")
	case !r.all && !some:
		return q, r.Usage("say what to download: --country, --from, --to, or --all")
	case r.pageSize < 1 || r.pageSize > acled.MaxPageSize:
		return q, r.Usage("--page-size is 1 to %d", acled.MaxPageSize)
	}
	if err := q.Check(); err != nil {
		return q, r.Usage("%w", err)
	}
	return q, nil
}

// day returns the day of a flag, the zero time if it is not set.
func (t *target) day(flag, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return day, t.Usage("%s %q is not a day, such as 2024-01-01", flag, text)
	}
	return day, nil
}

// fetch downloads the events, and the deletions if only changes are asked for.
func (r *acledRun) fetch(
	ctx context.Context, api *acled.API, q acled.Query, m manifest.Manifest,
) (done report, err error) {
	path := r.path("acled-" + r.release + ".jsonl")
	there, found, err := r.present(path, m)
	found = found && !r.again
	switch {
	case err != nil:
		return done, err
	case found && !there.Pending:
		return r.presentReport(path, there), nil
	case found:
		q.ChangedSince = there.Since
	case r.changed == last:
		if q.ChangedSince, err = r.lastDownload(path, m); err != nil {
			return done, err
		}
	}
	m.Partial, m.Since = !q.ChangedSince.IsZero(), q.ChangedSince
	m.Pending = m.Partial
	if found {
		m = there
	} else if m, err = r.fetchEvents(ctx, api, q, path, m); err != nil {
		return done, err
	}
	if m.Rows > 0 {
		done.Files = append(done.Files, file{path, m.Rows, !found})
	}
	if !m.Partial {
		done.load("--release", r.release, "--released", r.release)
		return done, nil
	}
	deleted, err := r.fetchDeleted(ctx, api, path, m)
	if err != nil {
		return done, err
	}
	done.Files = append(done.Files, deleted...)
	if len(done.Files) == 0 {
		r.say("nothing changed since %s", m.Since.Format(time.DateOnly))
	}
	done.load(partArgs(r.release)...)
	return done, nil
}

// fetchEvents downloads the events, and returns their manifest. Its Rows are 0, without a file, if nothing changed.
func (r *acledRun) fetchEvents(
	ctx context.Context, api *acled.API, q acled.Query, path string, m manifest.Manifest,
) (manifest.Manifest, error) {
	result, m, err := r.collect(ctx, paged.Download{
		Path: path, Query: m.Host + " " + q.Values().Encode(), ID: acled.ID, Page: api.Events(q),
	}, m)
	if err == nil && result.Kept == 0 && !m.Partial {
		err = kg.Errorf(kg.NotFound, "%w", acled.ErrNoRows)
	}
	return m, err
}

// partArgs are the arguments with which changes are loaded. The data set is named, since deletions have a format of
// their own.
func partArgs(release string) []string {
	return []string{"--dataset", "acled", "--release", release, "--released", release, "--part"}
}

// presentReport is the report of a download that is there.
func (r *acledRun) presentReport(path string, there manifest.Manifest) (done report) {
	done.Files = []file{{path, there.Rows, false}}
	if !there.Partial {
		done.load("--release", there.Release, "--released", there.Released)
		return done
	}
	if deleted, found := manifest.Read(deletedPath(path)); found {
		done.Files = append(done.Files, file{deletedPath(path), deleted.Rows, false})
	}
	done.load(partArgs(there.Release)...)
	return done
}

// explain adds advice to the three reasons for which ACLED gives nothing.
func (r *acledRun) explain(err error) error {
	switch {
	case errors.Is(err, acled.ErrNoAccess):
		return r.Hint(err, "ACLED gives access by account: accept its terms and complete your profile at "+r.host+
			", or ask access@acleddata.com")
	case errors.Is(err, acled.ErrNoRows):
		return r.Hint(err, "compare the names of countries and the days with ACLED's; accounts may not see recent events")
	case errors.Is(err, acled.ErrNoLogin) && os.Getenv(envPassword) != "":
		return r.Hint(err, "check $"+envEmail+" and $"+envPassword+" by logging in at "+r.host)
	}
	return err
}
