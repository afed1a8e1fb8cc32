package cache

// CleanUp evicts now what would be evicted soon.
func (c *Cache[K, V]) CleanUp() { c.entries.CleanUp() }
