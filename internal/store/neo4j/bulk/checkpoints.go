package bulk

import (
	"slices"
	"strings"

	"casus/internal/kg"
	"casus/internal/spill"
)

// checkpoints holds the values by key in a temporary file, because those of the ledger name every claim. An empty value
// deletes a key.
type checkpoints struct{ *spill.Map[string] }

func newCheckpoints() checkpoints {
	return checkpoints{spill.NewMap[string]("checkpoints", "checkpoints")}
}

func (c checkpoints) put(v kg.Checkpoint) error {
	if v.Value == "" {
		c.Delete(v.Key)
		return nil
	}
	return c.Put(v.Key, []byte(v.Value))
}

// get returns the value under a key, or "".
func (c checkpoints) get(key string) (string, error) {
	value, _, err := c.Find(key)
	return string(value), err
}

func (c checkpoints) list(prefix, after string, limit int) ([]kg.Checkpoint, error) {
	var found []kg.Checkpoint
	for _, key := range slices.Sorted(c.Keys()) {
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
