package table

import (
	"bufio"
	"bytes"
	"io"
	"strings"

	"casus/internal/kg"
)

// recorder buffers the text read from a file until take returns it, and counts lines.
type recorder struct {
	in     *bufio.Reader
	buffer bytes.Buffer
	line   int   // of the first buffered byte
	offset int64 // of the first buffered byte
}

func newRecorder(f io.Reader) *recorder {
	r := &recorder{in: bufio.NewReaderSize(f, 64<<10), line: 1}
	if head, err := r.in.Peek(3); err == nil && string(head) == "\ufeff" {
		_, _ = r.in.Discard(3) // already peeked
	}
	return r
}

// isUTF16 reports whether a file begins with the byte order mark of UTF-16, as "Unicode text" from spreadsheets does.
func (r *recorder) isUTF16() bool {
	head, err := r.in.Peek(2)
	return err == nil && (string(head) == "\xff\xfe" || string(head) == "\xfe\xff")
}

// Read reads from the file and buffers the result.
func (r *recorder) Read(p []byte) (int, error) {
	if r.buffer.Len() > kg.MaxRecordBytes+r.in.Size() { // no row may be that long, so none is taken
		return 0, kg.Errorf(kg.BadInput, "the row that begins on line %d: %w", r.line,
			kg.CheckBound("it", r.buffer.Len(), kg.MaxRecordBytes, "bytes"))
	}
	n, err := r.in.Read(p)
	r.buffer.Write(p[:n])
	return n, err
}

// take returns the buffered text up to an offset, without line ends around it, and the line on which it begins.
func (r *recorder) take(offset int64) (raw string, line int) {
	b := r.buffer.Next(int(min(offset-r.offset, int64(r.buffer.Len()))))
	text := string(b)
	leading := len(text) - len(strings.TrimLeft(text, "\r\n"))
	line = r.line + strings.Count(text[:leading], "\n")
	r.line += strings.Count(text, "\n")
	r.offset = offset
	return strings.Trim(text, "\r\n"), line
}

// detectFormat returns the requested format or, if that is "", the one that the file's name or first byte indicates.
func detectFormat(name string, in *recorder, requested string) (string, error) {
	if requested != "" {
		return requested, nil
	}
	for extension, format := range map[string]string{
		".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".json": "json", ".jsonl": "json", ".ndjson": "json",
	} {
		if strings.HasSuffix(strings.ToLower(name), extension) {
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
