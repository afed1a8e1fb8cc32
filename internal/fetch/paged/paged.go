// Package paged collects the rows of an API that answers in pages, and stores them as one file with a JSON object a
// line. An interrupted download continues after the last page that was stored.
package paged

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"

	"github.com/cespare/xxhash/v2"

	"casus/internal/kg"
)

const (
	// maxPages bounds a download, so that a server cannot make it endless.
	maxPages = 100_000
	// maxRows bounds a download. ACLED and UCDP have fewer rows in all.
	maxRows = 20_000_000
	// maxRowBytes bounds a row, as the loader does.
	maxRowBytes = 32 << 20
)

// Page is one page of rows.
type Page struct {
	Rows []json.RawMessage
	// Next is what asks for the next page, "" after the last one.
	Next string
	// Total is how many rows all pages have, 0 if the API does not say.
	Total int
	// ETag is the page's entity tag, "" if there is none.
	ETag string
}

// Download describes what to collect.
type Download struct {
	// Path is where the rows are stored once all have come. Until then, they are in Path.part.
	Path string
	// Query identifies the selection. A partial download with another one is not continued.
	Query string
	// ID is the field of a row that identifies it.
	ID string
	// Page asks for a page; next is "" for the first one.
	Page func(ctx context.Context, next string) (Page, error)
	// Keep reports whether a row is stored. nil stores all.
	Keep func(id string) bool
	// Progress gets the number of rows that came, and of all if that is known. It may be nil.
	Progress func(rows, total int)
}

// Result counts what came.
type Result struct {
	// Rows came, of which Kept are stored.
	Rows, Kept int
	// Resumed rows had come in an earlier run.
	Resumed int
	// ETag is the entity tag of the first page.
	ETag string
}

// Collect downloads all pages and stores the file, which it replaces. Without any row to store it stores nothing. Rows
// that come twice, and totals that change or do not add up, have the code CONFLICT: the data changed while it was
// downloaded, and what came is discarded, because a file that lacks rows would retract their claims.
func (d Download) Collect(ctx context.Context) (result Result, err error) {
	part, state, err := d.open()
	if err != nil {
		return result, err
	}
	defer func() {
		err = errors.Join(err, part.Close())
		if err != nil && state.Pages == 0 {
			err = errors.Join(err, d.discard()) // it is empty
		}
	}()
	result.Resumed = state.Rows
	seen, err := d.readIDs(part, state)
	if err != nil {
		return result, err
	}
	for pages := 0; !state.Done; pages++ {
		if pages == maxPages || state.Rows > maxRows {
			return result, kg.Errorf(kg.LimitExceeded, "more than %d pages or %d rows; select fewer", maxPages, maxRows)
		}
		page, err := d.Page(ctx, state.Next)
		if err != nil {
			return result, err
		}
		if err := d.add(ctx, part, &state, seen, page); err != nil {
			if kg.CodeOf(err) == kg.Conflict {
				err = errors.Join(err, d.discard())
			}
			return result, err
		}
		if d.Progress != nil && len(page.Rows) > 0 {
			d.Progress(state.Rows, state.Total)
		}
	}
	result.Rows, result.Kept, result.ETag = state.Rows, state.Kept, state.ETag
	if state.Kept == 0 {
		return result, d.discard()
	}
	return result, d.finish()
}

// add checks a page and appends its rows to the partial file, then its state.
func (d Download) add(
	ctx context.Context, part *os.File, state *partState, seen map[uint64]struct{}, page Page,
) error {
	if len(page.Rows) == 0 && page.Next != "" {
		return kg.Errorf(kg.Unavailable, "page %d is empty and not the last one", state.Pages+1)
	}
	if page.Next != "" && page.Next == state.Next {
		return kg.Errorf(kg.Unavailable, "the pages never end: page %d is followed by itself", state.Pages+1)
	}
	if state.Pages > 0 && page.Total != state.Total {
		return changed("there were %d rows, now there are %d", state.Total, page.Total)
	}
	if page.Total > maxRows {
		return kg.Errorf(kg.LimitExceeded, "there are %d rows, more than %d; select fewer", page.Total, maxRows)
	}
	var lines bytes.Buffer
	for _, row := range page.Rows {
		id, err := d.idOf(row)
		if err != nil {
			return err
		}
		hash := xxhash.Sum64String(id)
		if _, found := seen[hash]; found {
			return changed("row %s came twice", id)
		}
		seen[hash] = struct{}{}
		if d.Keep != nil && !d.Keep(id) {
			continue
		}
		if err := json.Compact(&lines, row); err != nil {
			return kg.Errorf(kg.Unavailable, "row %s is invalid: %w", id, err)
		}
		lines.WriteByte('\n')
		state.Kept++
	}
	if state.Pages == 0 {
		state.ETag = page.ETag
	}
	state.Rows += len(page.Rows)
	state.Pages++
	state.Next, state.Total, state.Done = page.Next, page.Total, page.Next == ""
	if state.Done && state.Total > 0 && state.Rows != state.Total {
		return changed("%d rows came of %d", state.Rows, state.Total)
	}
	n, err := part.Write(lines.Bytes())
	state.Bytes += int64(n)
	if err = errors.Join(err, part.Sync()); err != nil {
		return kg.Errorf(kg.Internal, "cannot write %s: %w", part.Name(), err)
	}
	return d.write(ctx, *state)
}

// idOf returns the id of a row, a text or a number.
func (d Download) idOf(row json.RawMessage) (string, error) {
	if len(row) > maxRowBytes {
		return "", kg.Errorf(kg.LimitExceeded, "a row has more than %d bytes", maxRowBytes)
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(row, &fields); err != nil {
		return "", kg.Errorf(kg.Unavailable, "a row is not a JSON object: %.80q", []byte(row))
	}
	id := string(bytes.Trim(fields[d.ID], `"`))
	if id == "" || id == "null" {
		return "", kg.Errorf(kg.Unavailable, "a row has no %s: %.80q", d.ID, []byte(row))
	}
	return id, nil
}

// readIDs returns the hashes of the rows that had come before.
func (d Download) readIDs(part *os.File, state partState) (map[uint64]struct{}, error) {
	seen := map[uint64]struct{}{}
	stored := io.NewSectionReader(part, 0, state.Bytes)
	err := EachID(stored, d.ID, func(id string) { seen[xxhash.Sum64String(id)] = struct{}{} })
	return seen, err
}

// EachID passes the id of each row of a stored file to a function.
func EachID(rows io.Reader, field string, each func(id string)) error {
	lines := bufio.NewScanner(rows)
	lines.Buffer(nil, maxRowBytes)
	d := Download{ID: field}
	for lines.Scan() {
		id, err := d.idOf(lines.Bytes())
		if err != nil {
			return kg.Errorf(kg.BadInput, "a stored file is damaged: %w", err)
		}
		each(id)
	}
	if err := lines.Err(); err != nil {
		return kg.Errorf(kg.BadInput, "cannot read a stored file: %w", err)
	}
	return nil
}

// changed returns the error of data that changed while it was downloaded.
func changed(format string, args ...any) error {
	return kg.Errorf(kg.Conflict, "the data changed while it was downloaded, or the server repeats itself: "+format+
		"; what had come is discarded", args...)
}
