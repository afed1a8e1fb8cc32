package apply

import (
	"context"
	"slices"

	"casus/internal/kg"
)

// findMoves separates the claims that move to another release from the batch's other claims. Only their coding
// depends on which of a data set's releases they are of.
func (r *run) findMoves(ctx context.Context) error {
	if len(r.batch.Moves) == 0 {
		return nil
	}
	from, moved := map[kg.ID]kg.ID{}, map[kg.ID]*kg.Claim{}
	for _, m := range r.batch.Moves {
		from[m.Claim] = m.From
	}
	releases := map[kg.ID]bool{}
	var others []kg.Claim
	for i := range r.batch.Claims {
		c := &r.batch.Claims[i]
		old, moves := from[c.ID]
		first := moved[c.ID]
		switch {
		case r.correctable.erased[c.ID]:
			others = append(others, *c)
			continue
		case !moves, first != nil && first.Digest() != c.Digest():
			others = append(others, *c)
			continue
		case first != nil:
			r.applied.Unchanged[kg.KindClaim]++
			continue
		}
		moved[c.ID], releases[old], releases[c.Release] = c, true, true
		move := Move{*c, old}
		move.RecordedAt = r.batch.RecordedAt
		r.applied.Changed[kg.KindClaim]++
		r.applied.Written = append(r.applied.Written, c.ID)
		original, corrected := r.correctable.originals[c.ID]
		if !corrected {
			r.moves = append(r.moves, move)
			continue
		}
		if digest := original.Digest(); digest != move.Before().Digest() && digest != c.Digest() {
			return MoveConflict()
		}
		r.originalMoves = append(r.originalMoves, move)
	}
	r.batch.Claims = others
	return r.checkMoves(ctx, sorted(releases))
}

// checkMoves rejects moves between releases of different data sets.
func (r *run) checkMoves(ctx context.Context, releases []kg.ID) error {
	stored, err := r.Releases(ctx, releases)
	if err != nil {
		return err
	}
	datasets := map[kg.ID]string{}
	r.recoded = map[kg.ID]bool{}
	for _, rel := range stored {
		datasets[rel.ID] = rel.Name
		if rel.Coding != stored[0].Coding {
			for id := range datasets {
				r.recoded[id] = true
			}
		}
	}
	for _, m := range slices.Concat(r.moves, r.originalMoves) {
		name, known := datasets[m.Release]
		if before, stored := datasets[m.From]; !known || !stored || name != before {
			return kg.Errorf(kg.BadInput, "%s cannot move from %s to %s, which are not releases of one data set",
				m.ID, m.From, m.Release)
		}
	}
	return nil
}

// moveClaims writes the claims that move to another release.
func (r *run) moveClaims(ctx context.Context) error {
	if len(r.moves) == 0 {
		return nil
	}
	return r.MoveClaims(ctx, r.moves)
}
