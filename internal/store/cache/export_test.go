package cache

// CleanUp evicts now what would be evicted soon.
func (c *Cache[K, V]) CleanUp() { c.entries.CleanUp() }

// ExpireTotals lets the next call of Totals read them again.
func (s *Store) ExpireTotals() { s.totals.expire() }
