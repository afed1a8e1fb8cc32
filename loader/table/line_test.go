package table

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"testing"
)

// TestReadLine reads lines that are shorter than, as long as and longer than the buffer and the bound.
func TestReadLine(t *testing.T) {
	for _, bound := range []int{16, 20, 40, 1000} {
		for n := range 120 {
			for _, end := range []string{"\n", "\r\n", ""} {
				line := strings.Repeat("x", n) + end
				in := bufio.NewReaderSize(strings.NewReader(line+"\nrest"), 16)
				if end == "" {
					in = bufio.NewReaderSize(strings.NewReader(line), 16)
				}
				got, size, err := ReadLine(in, bound)
				want := len(strings.TrimSuffix(line, "\n"))
				if size != want || (err == nil) != (end != "") || err != nil && !errors.Is(err, io.EOF) {
					t.Fatalf("%d and %q, bound %d: size %d, want %d; %v", n, end, bound, size, want, err)
				}
				if !strings.HasPrefix(line, string(got)) || len(got) > bound+1 || want <= bound && string(got) != line {
					t.Fatalf("%d and %q, bound %d: %q", n, end, bound, got)
				}
				if rest, _, err := ReadLine(in, bound); end != "" && (string(rest) != "\n" || err != nil) {
					t.Fatalf("%d and %q, bound %d: the rest begins with %q, %v", n, end, bound, rest, err)
				}
			}
		}
	}
}
