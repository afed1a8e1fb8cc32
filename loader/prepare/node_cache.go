package prepare

import (
	"casus/internal/kg"
	"casus/loader/entry"
	"sync"
)

// NodeCache holds nodes that rows yielded recently, so that a repeated one is not checked again. It is safe for use by
// the goroutine that reads and the one that loads.
type NodeCache struct {
	mu                sync.Mutex
	current, previous map[entry.Key]*cachedNode
	// loadedIDs are the ids of nodes that were loaded recently.
	loadedIDs map[kg.ID]bool
}

// cachedNode is a checked node. Once it is loaded, its batch is empty.
type cachedNode struct {
	id     kg.ID
	batch  kg.Batch
	loaded bool
}

// maxCachedNodes bounds each of the two generations.
const maxCachedNodes = 50_000

// find returns a node, or nil, and moves it to the current generation. The caller holds mu.
func (c *NodeCache) find(key entry.Key) *cachedNode {
	if n := c.current[key]; n != nil {
		return n
	}
	n := c.previous[key]
	if n != nil {
		c.add(key, n)
	}
	return n
}

// add adds a node to the current generation. If that is full, it becomes the previous one. The caller holds mu.
func (c *NodeCache) add(key entry.Key, n *cachedNode) {
	if c.current == nil || len(c.current) >= maxCachedNodes {
		c.current, c.previous = map[entry.Key]*cachedNode{}, c.current
	}
	c.current[key] = n
}

// NewNodeCache returns an empty cache.
func NewNodeCache() *NodeCache { return &NodeCache{} }

// get returns a copy of a node, because the other goroutine may change it.
func (c *NodeCache) get(key entry.Key) (node cachedNode, seen bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if n := c.find(key); n != nil {
		return *n, true
	}
	return cachedNode{}, false
}

// put caches a checked node.
func (c *NodeCache) put(key entry.Key, id kg.ID, b kg.Batch) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.add(key, &cachedNode{id: id, batch: b})
}

// MarkLoaded records that the nodes of these entries are stored.
func (c *NodeCache) MarkLoaded(entries []*entry.Entry) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.loadedIDs) > 2*maxCachedNodes || c.loadedIDs == nil {
		c.loadedIDs = map[kg.ID]bool{}
	}
	for _, e := range entries {
		if !e.Dropped && e.Key != (entry.Key{}) {
			c.loadedIDs[e.ID] = true
			if n := c.find(e.Key); n != nil {
				n.loaded, n.batch = true, kg.Batch{}
			}
		}
	}
}

// HasLoaded reports whether a node was loaded recently.
func (c *NodeCache) HasLoaded(id kg.ID) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.loadedIDs[id]
}
