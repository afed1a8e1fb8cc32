package table

import (
	"bufio"
	"bytes"
	"io"
	"strings"
)

// recorder remembers what was read of a file until it is taken, and counts lines.
type recorder struct {
	in     *bufio.Reader
	buffer bytes.Buffer
	line   int // of the first byte that is kept
	offset int64
}

func newRecorder(f io.Reader) *recorder {
	r := &recorder{in: bufio.NewReaderSize(f, 64<<10), line: 1}
	if head, err := r.in.Peek(3); err == nil && string(head) == "\ufeff" {
		_, _ = r.in.Discard(3) // it was peeked
	}
	return r
}

// isUTF16 says whether a file begins with the byte order mark of UTF-16, as spreadsheets' "Unicode text" does.
func (r *recorder) isUTF16() bool {
	head, err := r.in.Peek(2)
	return err == nil && (string(head) == "\xff\xfe" || string(head) == "\xfe\xff")
}

// Read reads on.
func (r *recorder) Read(p []byte) (int, error) {
	n, err := r.in.Read(p)
	r.buffer.Write(p[:n])
	return n, err
}

// take gives what was read up to an offset, without line ends around it, and the line where that begins.
func (r *recorder) take(offset int64) (raw string, line int) {
	b := r.buffer.Next(int(min(offset-r.offset, int64(r.buffer.Len()))))
	text := string(b)
	led := len(text) - len(strings.TrimLeft(text, "\r\n"))
	line = r.line + strings.Count(text[:led], "\n")
	r.line += strings.Count(text, "\n")
	r.offset = offset
	return strings.Trim(text, "\r\n"), line
}

// detectFormat is the format asked for, or told by the name, or by the first byte.
func detectFormat(name string, in *recorder, asked string) (string, error) {
	if asked != "" {
		return asked, nil
	}
	for ending, format := range map[string]string{".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".json": "json", ".jsonl": "json", ".ndjson": "json"} {
		if strings.HasSuffix(strings.ToLower(name), ending) {
			return format, nil
		}
	}
	head, err := in.in.Peek(512)
	if err != nil && len(head) == 0 && err != io.EOF {
		return "", err
	}
	if head = bytes.TrimLeft(head, " \t\r\n"); len(head) > 0 && (head[0] == '{' || head[0] == '[') {
		return "json", nil
	}
	return "csv", nil
}
