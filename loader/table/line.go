package table

import (
	"bufio"
	"bytes"
)

// ReadLine reads a line with its line end. Of a line of more than bound bytes it returns the first ones and skips the
// rest. size is the number of bytes of the whole line without its line feed. The error is the reader's, also for a
// last line without a line feed.
func ReadLine(in *bufio.Reader, bound int) (line []byte, size int, err error) {
	var parts [][]byte
	bound++ // the line feed
	defer func() {
		if err == nil {
			size--
		}
	}()
	for {
		part, err := in.ReadSlice('\n')
		more := err == bufio.ErrBufferFull
		if !more && size == 0 {
			return bytes.Clone(part[:min(len(part), bound)]), len(part), err
		}
		if room := bound - size; room > 0 {
			parts = append(parts, bytes.Clone(part[:min(len(part), room)]))
		}
		size += len(part)
		if !more {
			return bytes.Join(parts, nil), size, err
		}
	}
}
