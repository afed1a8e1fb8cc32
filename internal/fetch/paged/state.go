package paged

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"

	"casus/internal/fetch/manifest"
	"casus/internal/kg"
)

// partState says how far a partial download has come.
type partState struct {
	Query string `json:"query"`
	// Next asks for the next page; Done is set after the last one.
	Next  string `json:"next,omitempty"`
	Done  bool   `json:"done,omitempty"`
	Pages int    `json:"pages"`
	// Rows came, of which Kept are in the first Bytes of the partial file.
	Rows  int   `json:"rows"`
	Kept  int   `json:"kept"`
	Bytes int64 `json:"bytes"`
	// Total is how many rows there are, 0 if the API does not say.
	Total int `json:"total,omitempty"`
	// ETag is the entity tag of the first page.
	ETag string `json:"etag,omitempty"`
}

func (d Download) part() string      { return d.Path + ".part" }
func (d Download) statePath() string { return d.part() + ".json" }

// Partial returns the number of rows of an interrupted download that Collect would continue.
func (d Download) Partial() int { return d.readState().Rows }

// readState returns the state of a partial download of the same query, else the state of one that begins.
func (d Download) readState() partState {
	begin := partState{Query: d.Query}
	content, err := os.ReadFile(d.statePath())
	if err != nil {
		return begin
	}
	var state partState
	info, err := os.Stat(d.part())
	if err != nil || json.Unmarshal(content, &state) != nil || state.Query != d.Query || info.Size() < state.Bytes {
		return begin
	}
	return state
}

// open opens the partial file at the end of what its state describes. What a page left behind that was not stored
// completely is cut off.
func (d Download) open() (part *os.File, state partState, err error) {
	state = d.readState()
	part, err = os.OpenFile(d.part(), os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, state, kg.Errorf(kg.BadInput, "cannot write %s: %w", d.part(), err)
	}
	_, err = part.Seek(state.Bytes, 0)
	if err = errors.Join(err, part.Truncate(state.Bytes)); err != nil {
		return nil, state, errors.Join(kg.Errorf(kg.BadInput, "cannot write %s: %w", d.part(), err), part.Close())
	}
	return part, state, nil
}

// write replaces the state at once.
func (d Download) write(ctx context.Context, state partState) error {
	content, err := json.Marshal(state)
	if err != nil {
		return kg.Errorf(kg.Internal, "%w", err)
	}
	return manifest.Replace(ctx, d.statePath(), content)
}

// finish moves the partial file into its place.
func (d Download) finish() error {
	if err := os.Rename(d.part(), d.Path); err != nil {
		return kg.Errorf(kg.Internal, "cannot store %s: %w", d.Path, err)
	}
	return remove(d.statePath())
}

// discard removes the partial file.
func (d Download) discard() error { return errors.Join(remove(d.part()), remove(d.statePath())) }

func remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return kg.Errorf(kg.Internal, "cannot remove %s: %w", path, err)
	}
	return nil
}
