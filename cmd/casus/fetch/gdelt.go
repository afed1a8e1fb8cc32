package fetch

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"casus/internal/fetch/gdelt"
	"casus/internal/fetch/manifest"
	"casus/internal/kg"
)

// gdeltRun is one run of `casus fetch gdelt`.
type gdeltRun struct {
	target
	translated bool
	kinds      []string
}

func gdeltCommand(p Program) *cobra.Command {
	r := gdeltRun{target: target{Program: p}}
	c := &cobra.Command{
		Use:   "gdelt",
		Short: "Download GDELT's last update: events and mentions",
		Long: `Download the files of GDELT 2.0's last update, which comes every fifteen minutes: the events, and the
articles that mention them. They keep their names, which begin with the time of the update (UTC).
Their size and checksum must be those of GDELT's list. GDELT has no releases: load its files without
one.`,
		Example: `  casus fetch gdelt --out data
  casus fetch gdelt --translated --kind events --out data`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return r.run(c) },
	}
	r.add(c, gdelt.DefaultHost)
	c.Flags().BoolVar(&r.translated, "translated", false,
		"also the update of articles that GDELT translated into English")
	c.Flags().StringSliceVar(&r.kinds, "kind", []string{"events", "mentions"}, "what to download: events, mentions")
	complete(c, "kind", "events", "mentions")
	return c
}

func (r *gdeltRun) run(c *cobra.Command) error {
	for _, k := range r.kinds {
		if k != "events" && k != "mentions" {
			return r.Usage("--kind %q is not one of events, mentions", k)
		}
	}
	client, end, err := r.start(c, false)
	if err != nil {
		return err
	}
	defer end()
	lists := []gdelt.List{gdelt.English}
	if r.translated {
		lists = append(lists, gdelt.Translated)
	}
	api := gdelt.New(client)
	var done report
	for _, list := range lists {
		files, err := r.fetch(c.Context(), api, client.Host(), list)
		if err != nil {
			return r.describe(c.Context(), err)
		}
		done.Files = append(done.Files, files...)
	}
	done.load()
	return r.print(done)
}

// fetch downloads the files of a list. The list itself is not downloaded again while its entity tag is the same.
func (r *gdeltRun) fetch(ctx context.Context, api *gdelt.API, host string, list gdelt.List) ([]file, error) {
	note := r.path("gdelt-" + strings.TrimSuffix(string(list), ".txt"))
	before, found := manifest.Read(note)
	if !found || before.Host != host || r.again {
		before = manifest.Manifest{}
	}
	m := manifest.Manifest{Source: "gdelt", Host: host, Query: string(list), StartedAt: r.now().UTC()}
	text, response, err := api.List(ctx, list, before.ETag)
	if err != nil {
		return nil, err
	}
	if response.NotModified {
		text = before.Text
	}
	entries, err := api.Entries(text)
	if err != nil {
		return nil, err
	}
	entries = slices.DeleteFunc(entries, func(e gdelt.Entry) bool { return !slices.Contains(r.kinds, kindName(e.Kind)) })
	if len(entries) == 0 {
		return nil, kg.Errorf(kg.NotFound, "GDELT's update list names no such file")
	}
	var files []file
	for _, e := range entries {
		show, end := r.Progress(r.stderr, r.quiet)
		fresh, err := api.Download(ctx, e, r.folder, func(bytes int64) {
			show(Progress{File: e.Name, Bytes: bytes, TotalBytes: e.Size})
		})
		end()
		if err != nil {
			return nil, err
		}
		files = append(files, file{Path: r.path(e.Name), New: fresh})
	}
	m.ETag, m.Text, m.FetchedAt = response.ETag, text, r.now().UTC()
	return files, manifest.Write(ctx, note, m)
}

// kindName returns the name of a kind on the command line.
func kindName(k gdelt.Kind) string {
	if k == gdelt.Events {
		return "events"
	}
	return string(k)
}
