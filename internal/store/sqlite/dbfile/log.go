package dbfile

import (
	"bufio"
	"encoding/binary"
	"io"
	"os"
)

// The sizes of the headers of a write-ahead log and of a frame in it (sqlite.org/fileformat2.html, section 4).
const (
	logHeader   = 32
	frameHeader = 24
)

// LogDamage returns the number of the frame, from 1, at which a database's write-ahead log is damaged although another
// frame was written after it; 0 is the log's header. It reports false without damage. SQLite silently ends a log before
// such a frame, so this must be called before the database is opened. A damaged last frame looks like an interrupted
// write, and is not reported.
func LogDamage(path string) (frame int, ok bool) {
	f, err := os.Open(path + LogSuffix)
	if err != nil {
		return 0, false
	}
	defer func() { _ = f.Close() }() // only read from
	in := bufio.NewReaderSize(f, 1<<20)
	var head [logHeader]byte
	if _, err := io.ReadFull(in, head[:]); err != nil {
		return 0, false
	}
	order := binary.ByteOrder(binary.LittleEndian)
	if head[3]&1 == 1 {
		order = binary.BigEndian
	}
	sum := logSum{order: order}
	sum.add(head[:24])
	size := int(binary.BigEndian.Uint32(head[8:]))
	if !sum.equals(head[24:]) || size < 512 || size > 65536 {
		_, err := in.Peek(frameHeader)
		return 0, err == nil
	}
	salts := string(head[16:24])
	page := make([]byte, frameHeader+size)
	for frame = 1; ; frame++ {
		if _, err := io.ReadFull(in, page); err != nil {
			return 0, false
		}
		valid := sum.next(page)
		if string(page[8:16]) == salts && valid.equals(page[16:24]) {
			sum = valid
			continue
		}
		// The frame after it shows whether it was written whole: its checksum continues this one's.
		stored := logSum{order, order32(page[16:]), order32(page[20:])}
		if _, err := io.ReadFull(in, page); err != nil || string(page[8:16]) != salts {
			return 0, false
		}
		return frame, stored.next(page).equals(page[16:24]) || valid.next(page).equals(page[16:24])
	}
}

// logSum is the checksum of a log up to a frame.
type logSum struct {
	order  binary.ByteOrder
	s1, s2 uint32
}

func order32(b []byte) uint32 { return binary.BigEndian.Uint32(b) }

func (s *logSum) add(b []byte) {
	for ; len(b) >= 8; b = b[8:] {
		s.s1 += s.order.Uint32(b) + s.s2
		s.s2 += s.order.Uint32(b[4:]) + s.s1
	}
}

// next returns the checksum up to a frame that follows.
func (s logSum) next(frame []byte) logSum {
	s.add(frame[:8])
	s.add(frame[frameHeader:])
	return s
}

// equals reports whether the checksum equals a stored one.
func (s logSum) equals(stored []byte) bool {
	return order32(stored) == s.s1 && order32(stored[4:]) == s.s2
}
