package cache

import (
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/codec"
)

// neighborCache caches decoded actors and locations, to which many edges lead. The keys are their encoded records, so
// no write makes a value stale, and all have the revision 0.
type neighborCache struct {
	*Cache[string, kg.Node]
}

// decodedSize is about the number of bytes of memory of a decoded node for each byte of its record.
const decodedSize = 5

func newNeighborCache(maxBytes int) *neighborCache {
	c := New(maxBytes, func(record string, _ kg.Node) int { return decodedSize * len(record) })
	c.SetRevision(0)
	return &neighborCache{c}
}

// decode decodes the neighbors of a page's events.
func (c *neighborCache) decode(page store.Page[kg.Event]) error {
	for _, p := range page.Prefetched {
		if p == nil {
			continue
		}
		err := p.DecodeRecords(decodeWith(c, codec.Decode[kg.Actor]), decodeWith(c, codec.Decode[kg.Location]))
		if err != nil {
			return err
		}
	}
	return nil
}

// decodeWith returns a function that takes the node of a record from the cache, or decodes it.
func decodeWith[T kg.Node](c *neighborCache, decode func(string) (T, error)) func(string) (kg.Node, error) {
	return func(record string) (kg.Node, error) {
		if n, _, ok := c.Get(record); ok {
			return n, nil
		}
		n, err := decode(record)
		if err != nil {
			return nil, err
		}
		c.Put(record, n, 0)
		return n, nil
	}
}
