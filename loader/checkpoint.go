package loader

import (
	"context"
	"encoding/json"
	"fmt"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/loader/input"
	"casus/loader/read"
)

// checkpoint is how far a load has come. It is stored after each chunk.
type checkpoint struct {
	Rows int    `json:"rows"`
	Hash string `json:"hash"` // of the text of all rows so far
	// Deferred are the numbers of the rows that wait for records of later rows.
	Deferred []int  `json:"deferred,omitempty"`
	Report   Report `json:"report"`
	// Compared is set if the load compares rows with an earlier load of their data set.
	Compared bool `json:"compared,omitempty"`
	// Load is the load's id in the ledger.
	Load string `json:"load,omitempty"`
	// First is set if the store had no documents before the load.
	First bool `json:"first,omitempty"`
	// Runs are the times at which the load was started, which are the RecordedAt of the claims that it stored.
	Runs []edtf.Instant `json:"runs,omitempty"`
	// Rejected are the numbers of the first rows that were rejected after they had been read without a fault.
	Rejected []int `json:"rejected,omitempty"`
	// Withdrawing are the loaded claims that mean to withdraw others; WithdrawingMore counts those beyond the bound.
	Withdrawing     []kg.ID `json:"withdrawing,omitempty"`
	WithdrawingMore int     `json:"withdrawingMore,omitempty"`
}

// maxRuns is the number of runs of one load that a checkpoint lists.
const maxRuns = 1000

// checkpoints stores and reads the checkpoint of one load.
type checkpoints struct {
	store store.Writer
	key   string
	// runs are the times at which the load was started, this run's last.
	runs []edtf.Instant
}

// checkpointKey returns the key of a load's checkpoint in the store.
func checkpointKey(inputs []input.Input, m Mapper, o Options) string {
	parts := []string{fmt.Sprint(o.ChunkSize, o.KeepText, o.Restore, o.Published, o.Replace != "")}
	if o.Lenient {
		parts = append(parts, "lenient")
	}
	for _, name := range o.ReplacesRuns {
		parts = append(parts, "replaces", name)
	}
	if m != nil {
		parts = append(parts, m.Key())
	}
	if r := o.Release; r != nil {
		parts = append(parts, r.Dataset, r.Release)
	}
	for _, in := range inputs {
		parts = append(parts, in.Name)
	}
	return string(kg.DeriveID("load", parts...))
}

// resume returns the checkpoint of an interrupted load of the same rows. It is zero if there is none or the rows have
// changed, and the load starts from the beginning.
func (c *checkpoints) resume(ctx context.Context, rows *read.Rows) (at checkpoint, err error) {
	value, err := c.store.Checkpoint(ctx, c.key)
	if err != nil || value == "" {
		return at, err
	}
	if err := json.Unmarshal([]byte(value), &at); err != nil {
		return checkpoint{}, kg.Errorf(kg.Internal, "cannot read the checkpoint of an interrupted load: %w", err)
	}
	if rows.ReadOnce() {
		return checkpoint{}, nil
	}
	if at.Rows > 0 {
		hash, err := rows.PrefixHash(ctx, at.Rows)
		if err != nil || hash != at.Hash {
			return checkpoint{}, err
		}
	}
	c.runs = append(at.Runs[max(0, len(at.Runs)-maxRuns):], c.runs...)
	return at, nil
}

// save stores a checkpoint, and writes entries of the ledger.
func (c *checkpoints) save(ctx context.Context, at checkpoint, ledger ...kg.Checkpoint) error {
	at.Runs = c.runs
	value, err := json.Marshal(at)
	if err != nil {
		return kg.Errorf(kg.Internal, "write a checkpoint: %w", err)
	}
	_, err = c.store.Apply(ctx, kg.Batch{
		Checkpoint: &kg.Checkpoint{Key: c.key, Value: string(value)}, Ledger: ledger,
	})
	return err
}

// clear deletes the checkpoint of a load that is done, and writes entries of the ledger.
func (c *checkpoints) clear(ctx context.Context, ledger []kg.Checkpoint) error {
	_, err := c.store.Apply(ctx, kg.Batch{Checkpoint: &kg.Checkpoint{Key: c.key}, Ledger: ledger})
	return err
}
