package ledger

import (
	"context"
	"encoding/json"

	"casus/internal/kg"
)

// Purge records that the claims of a document, a release or a subject, or one claim, were erased. A purged load has
// this in its own entry; see Load.Purged.
type Purge struct {
	Target string `json:"target"`
	Act
}

const purgePrefix = "ledger/purge/"

// PurgeEntry returns the entry of a purge.
func PurgeEntry(p Purge) (kg.Checkpoint, error) {
	text, err := json.Marshal(p)
	if err != nil {
		return kg.Checkpoint{}, kg.Errorf(kg.Internal, "encode the purge of %s: %w", p.Target, err)
	}
	key := purgePrefix + string(kg.DeriveID("purge", p.Target, p.At.String()))
	return kg.Checkpoint{Key: key, Value: string(text)}, nil
}

// Purges returns all purges.
func Purges(ctx context.Context, r Reader) ([]Purge, error) {
	var all []Purge
	for c, err := range entries(ctx, r, purgePrefix) {
		if err != nil {
			return nil, err
		}
		var p Purge
		if err := json.Unmarshal([]byte(c.Value), &p); err != nil {
			return nil, kg.Errorf(kg.Internal, "read %s of the ledger: %w", c.Key, err)
		}
		all = append(all, p)
	}
	return all, nil
}
