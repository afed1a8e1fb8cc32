package command

import (
	"bytes"
	"sync"
)

// Buffer is a buffer that may be read while a program writes to it.
type Buffer struct {
	mu     sync.Mutex
	buffer bytes.Buffer
}

// Write appends what the program writes.
func (b *Buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buffer.Write(p)
}

// String returns what was written so far.
func (b *Buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buffer.String()
}
