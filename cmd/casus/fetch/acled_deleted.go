package fetch

import (
	"context"
	"errors"
	"os"
	"strings"
	"time"

	"casus/internal/fetch/acled"
	"casus/internal/fetch/manifest"
	"casus/internal/fetch/paged"
	"casus/internal/kg"
)

// deletedSource is the source of a list of deleted events in its manifest.
const deletedSource = "acled-deleted"

// deletedPath returns the path of the deletions that belong to a file of events.
func deletedPath(path string) string { return strings.TrimSuffix(path, ".jsonl") + ".deleted.jsonl" }

// lastDownload returns since when changes are asked for: since the last download of the same events into the folder,
// besides the one at path, less the overlap; or the zero time if there is none.
func (r *acledRun) lastDownload(path string, m manifest.Manifest) (since time.Time, err error) {
	files, all, err := manifest.Files(r.folder)
	if err != nil {
		return since, err
	}
	for i, other := range all {
		if files[i] != path && other.Source == m.Source && other.Host == m.Host && other.Query == m.Query &&
			other.StartedAt.After(since) {
			since = other.StartedAt
		}
	}
	if since.IsZero() {
		r.say("%s has no earlier download of these events: all are downloaded", r.folder)
		return since, nil
	}
	return since.Add(-overlap).Truncate(time.Second), nil
}

// fetchDeleted downloads the list of events that were deleted since m.Since. It stores the ones that other files of the
// folder have and the one at path, whose manifest is m, does not: the store does not know the others, and an event that
// ACLED still has is not deleted.
func (r *acledRun) fetchDeleted(
	ctx context.Context, api *acled.API, path string, m manifest.Manifest,
) (deleted []file, err error) {
	known, err := r.knownEvents(path)
	if err != nil {
		return nil, err
	}
	if err := manifest.Remove(deletedPath(path)); err != nil { // of a download that is repeated
		return nil, err
	}
	list := m
	list.Source, list.Pending, list.Rows = deletedSource, false, 0
	result, _, err := r.collect(ctx, paged.Download{
		Path: deletedPath(path), Query: "deleted " + m.Host + " " + m.Since.UTC().Format(time.RFC3339), ID: acled.ID,
		Page: api.Deleted(m.Since), Keep: func(id string) bool { return known[id] },
	}, list)
	if err != nil {
		return nil, err
	}
	if result.Rows > 0 {
		r.say("of %d events that ACLED deleted since %s, files of this folder have %d", result.Rows,
			m.Since.Format(time.DateOnly), result.Kept)
	}
	if result.Kept > 0 {
		deleted = []file{{deletedPath(path), result.Kept, true}}
	}
	if m.Rows == 0 {
		return deleted, nil
	}
	m.Pending = false
	return deleted, manifest.Write(ctx, path, m)
}

// knownEvents returns the ids of the events of the folder's files, except those in the file at path.
func (r *acledRun) knownEvents(path string) (map[string]bool, error) {
	files, all, err := manifest.Files(r.folder)
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for i, name := range files {
		if all[i].Source == "acled" && name != path {
			if err := eachEvent(name, func(id string) { known[id] = true }); err != nil {
				return nil, err
			}
		}
	}
	if _, err := os.Stat(path); err == nil {
		err = eachEvent(path, func(id string) { delete(known, id) })
		return known, err
	}
	return known, nil
}

func eachEvent(path string, each func(id string)) error {
	f, err := os.Open(path)
	if err != nil {
		return kg.Errorf(kg.BadInput, "%w", err)
	}
	if err := errors.Join(paged.EachID(f, acled.ID, each), f.Close()); err != nil {
		return kg.Errorf(kg.BadInput, "%s: %w", path, err)
	}
	return nil
}
