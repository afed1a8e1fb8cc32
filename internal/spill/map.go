package spill

import (
	"iter"
	"maps"
)

// Map holds blocks of bytes by key in a File. Only the keys are always in memory. It is not safe for concurrent use.
type Map[K comparable] struct {
	file   *File
	places map[K]Block
}

// NewMap returns an empty Map. Its arguments are those of New.
func NewMap[K comparable](name, content string) *Map[K] {
	return &Map[K]{New(name, content), map[K]Block{}}
}

// Put sets the block of a key.
func (m *Map[K]) Put(key K, block []byte) error {
	at, err := m.file.Add(block)
	if err == nil {
		m.places[key] = at
	}
	return err
}

// Delete removes a key. The bytes of its block stay until Close.
func (m *Map[K]) Delete(key K) { delete(m.places, key) }

// Find returns the block of a key.
func (m *Map[K]) Find(key K) (block []byte, found bool, err error) {
	at, found := m.places[key]
	if !found {
		return nil, false, nil
	}
	block, err = m.file.Find(at)
	return block, err == nil, err
}

// Keys iterates over the keys in any order.
func (m *Map[K]) Keys() iter.Seq[K] { return maps.Keys(m.places) }

// Close removes the temporary file.
func (m *Map[K]) Close() error { return m.file.Close() }
