package fetch

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"casus/internal/edtf"
	"casus/internal/fetch/manifest"
	"casus/internal/fetch/paged"
	"casus/internal/fetch/ucdp"
	"casus/internal/kg"
)

// ucdpRun is one run of `casus fetch ucdp-ged` or `ucdp-candidate`.
type ucdpRun struct {
	target
	source      string
	parse       func(string) (ucdp.Version, error)
	countries   []int
	from, until string
	released    string
	tokenFile   string
	pageSize    int
}

// tokenHelp is the part of a help text that says how to give the token.
const tokenHelp = `

UCDP requires a token, which it gives on request (https://ucdp.uu.se/apidocs): set $` + envToken + `, name a
file that holds it with --token-file, or answer on the terminal.

UCDP's API does not say when a version was released. The date for "casus load" is the month in which
it usually is; --released states another one.`

func gedCommand(p Program) *cobra.Command {
	r := ucdpRun{target: target{Program: p}, source: "ucdp-ged", parse: ucdp.ParseYearly}
	return r.command(&cobra.Command{
		Use:   "ucdp-ged VERSION",
		Short: "Download a version of UCDP's Georeferenced Event Dataset",
		Long: `Download a version of the UCDP Georeferenced Event Dataset, such as 25.1, into
ucdp-ged-VERSION.jsonl. A version that is there is not downloaded again: one request shows that it is
unchanged. With --country, --from or --to the file is a part of the version.` + tokenHelp,
		Example: `  casus fetch ucdp-ged 25.1 --out data
  casus fetch ucdp-ged 25.1 --country 432 --from 2012-01-01 --out mali`,
	})
}

func candidateCommand(p Program) *cobra.Command {
	r := ucdpRun{target: target{Program: p}, source: "ucdp-candidate", parse: ucdp.ParseCandidate}
	return r.command(&cobra.Command{
		Use:   "ucdp-candidate VERSION",
		Short: "Download a version of UCDP's candidate events",
		Long: `Download a version of the UCDP candidate events into ucdp-candidate-VERSION.jsonl: of a month, such as
26.0.8 for August 2026, or of several, such as 26.01.26.06. Each is a part of the data set: a month
without an event that another one has retracts nothing.` + tokenHelp,
		Example: `  casus fetch ucdp-candidate 26.0.8 --out data
  casus fetch ucdp-candidate 26.01.26.06 --released 2026-07-20 --out data`,
	})
}

func (r *ucdpRun) command(c *cobra.Command) *cobra.Command {
	c.Args = cobra.ExactArgs(1)
	c.ValidArgsFunction = cobra.NoFileCompletions
	c.RunE = func(c *cobra.Command, args []string) error { return r.run(c, args[0]) }
	r.add(c, ucdp.DefaultHost)
	flags := c.Flags()
	flags.IntSliceVar(&r.countries, "country", nil,
		"countries, by their numbers in Gleditsch and Ward's list of states, such as 432")
	flags.StringVar(&r.from, "from", "", "the first day of events, such as 2024-01-01")
	flags.StringVar(&r.until, "to", "", "the last day of events")
	flags.StringVar(&r.released, "released", "", "when the version was released (EDTF)")
	flags.StringVar(&r.tokenFile, "token-file", "", "read the token from this file; default: $"+envToken)
	flags.IntVar(&r.pageSize, "page-size", ucdp.MaxPageSize, "rows on a page")
	return c
}

func (r *ucdpRun) run(c *cobra.Command, text string) error {
	version, err := r.parse(text)
	if err != nil {
		return r.Usage("%w", err)
	}
	q, err := r.query()
	if err != nil {
		return err
	}
	client, end, err := r.start(c, true)
	if err != nil {
		return err
	}
	defer end()
	token, err := r.ucdpToken(c.Context(), r.tokenFile)
	if err != nil {
		return err
	}
	m := manifest.Manifest{
		Source: r.source, Host: client.Host(), Query: q.Values().Encode(), Release: string(version),
		Released: r.releaseDate(version), Partial: r.source != "ucdp-ged" || !q.All(), StartedAt: r.now().UTC(),
	}
	done, err := r.fetch(c.Context(), ucdp.New(client, token, version, q, r.pageSize), m)
	if err != nil {
		return r.describe(c.Context(), err)
	}
	args := []string{"--format", r.source, "--release", m.Release, "--released", m.Released}
	if m.Partial {
		args = append(args, "--part")
	}
	done.load(args...)
	return r.print(done)
}

func (r *ucdpRun) query() (q ucdp.Query, err error) {
	q.Countries = r.countries
	for _, n := range r.countries {
		if n < 1 || n > 9999 {
			return q, r.Usage("--country %d is not the number of a state, such as 432", n)
		}
	}
	if q.From, err = r.day("--from", r.from); err != nil {
		return q, err
	}
	if q.Until, err = r.day("--to", r.until); err != nil {
		return q, err
	}
	if r.pageSize < 1 || r.pageSize > ucdp.MaxPageSize {
		return q, r.Usage("--page-size is 1 to %d", ucdp.MaxPageSize)
	}
	if r.released != "" {
		if _, err := edtf.ParseTime(r.released); err != nil {
			return q, r.Usage("--released: %w", err)
		}
	}
	return q, nil
}

// releaseDate returns when a version was released: as --released says, else when it usually is, else, since it exists,
// today.
func (r *ucdpRun) releaseDate(v ucdp.Version) string {
	if r.released != "" {
		return r.released
	}
	month, found := v.UsuallyReleased()
	if !found {
		month = r.now().UTC().Format(time.DateOnly)
		r.say("UCDP does not say when it released %s: the date is today's; --released states another one", v)
		return month
	}
	r.say("UCDP does not say when it released %s: most such versions are of %s; --released states another date",
		v, month)
	return month
}

// fetch downloads a version, unless it is there and its first page is unchanged.
func (r *ucdpRun) fetch(ctx context.Context, api *ucdp.API, m manifest.Manifest) (done report, err error) {
	path := r.path(m.Source + "-" + m.Release + ".jsonl")
	there, found, err := r.present(path, m)
	if err != nil {
		return done, err
	}
	if found && !r.again {
		unchanged, err := r.unchanged(ctx, api, there)
		if err != nil {
			return done, err
		}
		if unchanged {
			done.Files = []file{{path, there.Rows, false}}
			return done, nil
		}
		r.say("%s has changed at its source: it is downloaded again", path)
	}
	result, _, err := r.collect(ctx, paged.Download{
		Path: path, Query: m.Host + " " + m.Release + " " + m.Query, ID: ucdp.ID, Page: api.Page,
	}, m)
	switch {
	case err != nil:
		return done, err
	case result.Rows == 0:
		return done, kg.Errorf(kg.NotFound, "UCDP has no events in %s that match the query", m.Release)
	}
	done.Files = []file{{path, result.Kept, true}}
	return done, nil
}

// unchanged reports whether a version that is there is still what UCDP has, by its first page.
func (r *ucdpRun) unchanged(ctx context.Context, api *ucdp.API, there manifest.Manifest) (bool, error) {
	first, err := api.First(ctx, there.ETag)
	if err != nil {
		return false, err
	}
	return first.Unchanged || first.ETag == there.ETag && first.Total == there.Rows, nil
}
