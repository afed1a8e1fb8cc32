package spill

import (
	"bytes"
	"io"
	"math/rand/v2"
	"os"
	"testing"
)

// Blocks of any size are found again, one by one and in order, and only what exceeds the memory needs a file.
func TestBlocks(t *testing.T) {
	for _, c := range []struct {
		name  string
		sizes func(i int) int
		n     int
		files int
	}{
		{"none", func(int) int { return 0 }, 0, 0},
		{"a few", func(i int) int { return 1000 * i }, 20, 0},
		{"many", func(i int) int { return i * 7919 % 5000 }, 1000, 1},
		{"exactly the memory", func(int) int { return maxMemory - 3 }, 1, 0},
		{"one that is larger than the memory", func(int) int { return 3 * maxMemory }, 1, 1},
		{"large and small, some empty", func(i int) int { return []int{0, maxMemory + 1, 5}[i%3] }, 9, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv("TMPDIR", t.TempDir())
			r := rand.New(rand.NewPCG(1, 2))
			f := New("test", "the test's blocks")
			var blocks [][]byte
			var places []Block
			for i := range c.n {
				b := make([]byte, c.sizes(i))
				for j := range b {
					b[j] = byte(r.Uint32())
				}
				at, err := f.Add(b)
				if err != nil {
					t.Fatal(err)
				}
				blocks, places = append(blocks, b), append(places, at)
				if got, err := f.Find(at); err != nil || !bytes.Equal(got, b) {
					t.Fatalf("block %d, just added: %d bytes, %v", i, len(got), err)
				}
			}
			if files := temporaryFiles(t); files != c.files {
				t.Errorf("%d files, want %d", files, c.files)
			}
			for i, at := range places {
				if got, err := f.Find(at); err != nil || !bytes.Equal(got, blocks[i]) {
					t.Errorf("block %d: %d bytes, %v", i, len(got), err)
				}
			}
			n := 0
			for got, err := range f.Blocks() {
				if err != nil || !bytes.Equal(got, blocks[n]) {
					t.Fatalf("block %d in order: %d bytes, %v", n, len(got), err)
				}
				n++
			}
			if n != len(blocks) {
				t.Errorf("%d blocks in order, want %d", n, len(blocks))
			}
			for range 2 {
				if err := f.Close(); err != nil {
					t.Error(err)
				}
			}
			if files := temporaryFiles(t); files > 0 {
				t.Errorf("%d files are left", files)
			}
		})
	}
}

func temporaryFiles(t *testing.T) int {
	t.Helper()
	files, err := os.ReadDir(os.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return len(files)
}

// Bytes that are no blocks are read as they were written, several times.
func TestReader(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	f := New("test", "the test's bytes")
	defer func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}()
	want := bytes.Repeat([]byte("0123456789"), maxMemory/4)
	if n, err := io.Copy(f, bytes.NewReader(want)); err != nil || n != int64(len(want)) {
		t.Fatal(n, err)
	}
	for range 2 {
		if got, err := io.ReadAll(f.Reader()); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%d bytes, %v; want %d", len(got), err, len(want))
		}
	}
}

// A file that is cut off fails, and does not seem to end.
func TestCutFile(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	f := New("test", "the test's blocks")
	at, err := f.Add(make([]byte, maxMemory+1))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }() // it only removes the file
	if err := f.file.Truncate(maxMemory); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Find(at); err == nil {
		t.Error("a block was found in a file that is cut off")
	}
	failed := false
	for _, err := range f.Blocks() {
		failed = failed || err != nil
	}
	if !failed {
		t.Error("all blocks were read from a file that is cut off")
	}
}
