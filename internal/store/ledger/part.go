package ledger

import (
	"context"
	"hash/maphash"
	"iter"
	"strings"

	"casus/internal/kg"
)

// Part returns the entry with the claims that a batch brings, which are those of b.Claims except ones with a conflict,
// and except ones that b.Planned names and that were stored before. added reports whether the batch stores a claim for
// the first time.
func Part(b kg.Batch, conflicts []kg.ClaimConflict, added func(kg.ID) bool) kg.Checkpoint {
	skip := make(map[kg.ID]bool, len(conflicts)+len(b.Planned))
	for _, id := range b.Planned {
		skip[id] = !added(id)
	}
	for _, c := range conflicts {
		skip[c.Given.ID] = true
	}
	var text strings.Builder
	for i := range b.Claims {
		if id := b.Claims[i].ID; !skip[id] {
			skip[id] = true
			text.WriteString(string(id))
			text.WriteByte(' ') // ids have no spaces, and Neo4j's import tool is slower with line breaks in values
		}
	}
	return kg.Checkpoint{Key: b.Brought, Value: text.String()}
}

// Claims iterates over the claims that a load brought, a part at a time. A load that was interrupted may have a claim
// in several parts. It ends after an error.
func Claims(ctx context.Context, r Reader, load string) iter.Seq2[[]kg.ID, error] {
	return func(yield func([]kg.ID, error) bool) {
		for c, err := range entries(ctx, r, partPrefix+load+"/") {
			if !yield(idsOf(c), err) || err != nil {
				return
			}
		}
	}
}

func idsOf(part kg.Checkpoint) []kg.ID {
	ids := make([]kg.ID, 0, strings.Count(part.Value, " "))
	for id := range strings.SplitSeq(strings.TrimSuffix(part.Value, " "), " ") {
		if id != "" {
			ids = append(ids, kg.ID(id))
		}
	}
	return ids
}

// Removal iterates over entries that delete the parts of a load, a page at a time. The caller writes each page before
// it asks for the next. It ends after an error.
func Removal(ctx context.Context, r Reader, load string) iter.Seq2[[]kg.Checkpoint, error] {
	return func(yield func([]kg.Checkpoint, error) bool) {
		for {
			page, err := r.Checkpoints(ctx, partPrefix+load+"/", "", pageSize)
			if err != nil {
				yield(nil, err)
				return
			}
			if len(page) == 0 {
				return
			}
			for i := range page {
				page[i].Value = ""
			}
			if !yield(page, nil) {
				return
			}
		}
	}
}

// Set is a set of claims. It holds an 8-byte hash of each id, so Has is wrong where two hashes collide.
type Set struct {
	seed   maphash.Seed
	hashes map[uint64]struct{}
}

// NewSet returns an empty set.
func NewSet() *Set { return &Set{maphash.MakeSeed(), map[uint64]struct{}{}} }

// Add adds claims.
func (s *Set) Add(ids []kg.ID) {
	for _, id := range ids {
		s.hashes[maphash.String(s.seed, string(id))] = struct{}{}
	}
}

// Has reports whether a claim is in the set.
func (s *Set) Has(id kg.ID) bool {
	_, found := s.hashes[maphash.String(s.seed, string(id))]
	return found
}
