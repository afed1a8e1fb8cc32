// Package ledger records what was loaded into a store: each load with its files, options and counts, and the claims
// that it brought. Entries are checkpoints of the store, written in the transaction that stores the claims. Results of
// queries and digests do not depend on them.
package ledger

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// Load is one load: one call of the loader, with the calls that resumed it.
type Load struct {
	// ID is readable and sorts by time, such as load:20251220T180000-3f9a1c.
	ID    string `json:"id"`
	Began Moment `json:"began"`
	// Ended is 0 while the load runs, or if it was interrupted or failed and not resumed.
	Ended   Moment            `json:"ended,omitempty"`
	Files   []string          `json:"files"`
	Format  string            `json:"format"`
	Options map[string]string `json:"options,omitempty"`
	// Read and Rejected count records or rows, Brought claims. Added counts nodes and claims by kind.
	Read     int                 `json:"read"`
	Rejected int                 `json:"rejected"`
	Brought  int                 `json:"brought"`
	Added    map[kg.NodeKind]int `json:"added,omitempty"`
	// Content is a hash of all rows.
	Content string `json:"content,omitempty"`
	// Repeats is the id of an earlier load with the same rows and the same claims.
	Repeats string `json:"repeats,omitempty"`
	// Undone is set while the load is undone, Forgotten while its release is, and Purged once its claims are erased.
	Undone    *Act `json:"undone,omitempty"`
	Forgotten *Act `json:"forgotten,omitempty"`
	Purged    *Act `json:"purged,omitempty"`
}

// Stands reports whether what the load brought is neither undone nor forgotten with its release.
func (l Load) Stands() bool { return l.Undone == nil && l.Forgotten == nil }

// Release returns the release whose rows were loaded, or "" for records.
func (l Load) Release() kg.ID {
	if l.Options["dataset"] == "" {
		return ""
	}
	return kg.DeriveID(kg.KindRelease, l.Options["dataset"], l.Options["release"])
}

// Act records that a person undid or purged claims: who, when, why, and how many.
type Act struct {
	By     string `json:"by"`
	At     Moment `json:"at"`
	Why    string `json:"why,omitempty"`
	Claims int    `json:"claims"`
}

// Moment is an instant, written as RFC 3339.
type Moment edtf.Instant

// MarshalText implements encoding.TextMarshaler.
func (m Moment) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (m *Moment) UnmarshalText(text []byte) error {
	at, err := time.Parse(time.RFC3339, string(text))
	*m = Moment(edtf.InstantOf(at))
	return err
}

// String returns the moment as RFC 3339.
func (m Moment) String() string { return edtf.Instant(m).String() }

// maxFiles is the number of files that an entry lists.
const maxFiles = 1000

// The prefixes of keys.
const (
	loadPrefix = "ledger/load/"
	partPrefix = "ledger/part/"
)

// NewID returns the id of a load that begins at a time. key distinguishes loads that begin in the same second.
func NewID(began edtf.Instant, key string) string {
	_, hash, _ := strings.Cut(string(kg.DeriveID("load", key, began.String())), ":")
	return "load:" + time.UnixMilli(int64(began)).UTC().Format("20060102T150405") + "-" + hash[:6]
}

// Entry returns the entry of a load.
func Entry(l Load) (kg.Checkpoint, error) {
	l.Files = l.Files[:min(len(l.Files), maxFiles)]
	text, err := json.Marshal(l)
	if err != nil {
		return kg.Checkpoint{}, kg.Errorf(kg.Internal, "encode %s: %w", l.ID, err)
	}
	return kg.Checkpoint{Key: loadPrefix + l.ID, Value: string(text)}, nil
}

// PartKey returns the key of the n-th part of the claims that a load brought in its run that began at a time.
func PartKey(load string, run edtf.Instant, n int) string {
	return fmt.Sprintf("%s%s/%x-%08d", partPrefix, load, int64(run), n)
}

// Reader is the part of a store that the ledger is read from.
type Reader interface {
	Checkpoint(ctx context.Context, key string) (string, error)
	Checkpoints(ctx context.Context, prefix, after string, limit int) ([]kg.Checkpoint, error)
}

// pageSize is the number of entries in one read. A part has some hundred kB.
const pageSize = 20

// entries iterates over the entries whose keys have a prefix, in the order of their keys. It ends after an error.
func entries(ctx context.Context, r Reader, prefix string) iter.Seq2[kg.Checkpoint, error] {
	return func(yield func(kg.Checkpoint, error) bool) {
		for after := prefix; ; {
			page, err := r.Checkpoints(ctx, prefix, after, pageSize)
			if err != nil {
				yield(kg.Checkpoint{}, err)
				return
			}
			for _, c := range page {
				if !yield(c, nil) {
					return
				}
				after = c.Key
			}
			if len(page) < pageSize {
				return
			}
		}
	}
}

// All returns all loads in the order in which they began.
func All(ctx context.Context, r Reader) ([]Load, error) {
	var all []Load
	for c, err := range entries(ctx, r, loadPrefix) {
		if err != nil {
			return nil, err
		}
		l, err := decode(c)
		if err != nil {
			return nil, err
		}
		all = append(all, l)
	}
	slices.SortStableFunc(all, func(a, b Load) int { return cmp.Compare(a.Began, b.Began) })
	return all, nil
}

// Find returns a load; found is false if the ledger has none with the id.
func Find(ctx context.Context, r Reader, id string) (l Load, found bool, err error) {
	text, err := r.Checkpoint(ctx, loadPrefix+id)
	if err != nil || text == "" {
		return l, false, err
	}
	l, err = decode(kg.Checkpoint{Key: loadPrefix + id, Value: text})
	return l, err == nil, err
}

func decode(c kg.Checkpoint) (l Load, err error) {
	if err = json.Unmarshal([]byte(c.Value), &l); err != nil {
		err = kg.Errorf(kg.Internal, "read %s of the ledger: %w", c.Key, err)
	}
	return l, err
}
