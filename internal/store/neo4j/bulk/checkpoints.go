package bulk

import (
	"maps"
	"slices"
	"strings"

	"casus/internal/kg"
	"casus/internal/spill"
)

// checkpoints are the values by key, which are spilled: those of the ledger name every claim. An empty value deletes a
// key.
type checkpoints struct {
	spilled *spill.File
	blocks  map[string]spill.Block
}

func newCheckpoints() *checkpoints {
	return &checkpoints{spill.New("checkpoints", "checkpoints"), map[string]spill.Block{}}
}

func (c *checkpoints) put(v kg.Checkpoint) error {
	if v.Value == "" {
		delete(c.blocks, v.Key)
		return nil
	}
	at, err := c.spilled.Add([]byte(v.Value))
	if err == nil {
		c.blocks[v.Key] = at
	}
	return err
}

// get returns the value under a key, or "".
func (c *checkpoints) get(key string) (string, error) {
	at, found := c.blocks[key]
	if !found {
		return "", nil
	}
	value, err := c.spilled.Find(at)
	return string(value), err
}

func (c *checkpoints) list(prefix, after string, limit int) ([]kg.Checkpoint, error) {
	var found []kg.Checkpoint
	for _, key := range slices.Sorted(maps.Keys(c.blocks)) {
		if !strings.HasPrefix(key, prefix) || key <= after || len(found) == limit {
			continue
		}
		value, err := c.get(key)
		if err != nil {
			return nil, err
		}
		found = append(found, kg.Checkpoint{Key: key, Value: value})
	}
	return found, nil
}

func (c *checkpoints) close() error { return c.spilled.Close() }
