package loader_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"casus/internal/kg"
	"casus/internal/store/memory"
	"casus/internal/testkit/seeds"
	"casus/loader"
)

// writeZip writes an archive of files with one text.
func writeZip(t testing.TB, files int, name, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := range files {
		part, err := w.Create(fmt.Sprintf(name, i))
		if err == nil {
			_, err = io.WriteString(part, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "many.zip")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// peakMemory returns by how many MiB the heap grows at most while f runs.
func peakMemory(f func()) int {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	before, peak := m.HeapAlloc, m.HeapAlloc
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-stop:
				return
			case <-time.After(5 * time.Millisecond):
				runtime.ReadMemStats(&m)
				peak = max(peak, m.HeapAlloc)
			}
		}
	}()
	f()
	close(stop)
	<-done
	return int((peak - before) >> 20)
}

// TestZipOfManyFiles checks that thousands of files in an archive take no more memory than one listing.
func TestZipOfManyFiles(t *testing.T) {
	const files = 2000
	path := writeZip(t, files, "part-%d.jsonl", "\n")
	used := peakMemory(func() {
		inputs, err := loader.Files([]string{path}, nil)
		if err != nil || len(inputs) != files {
			t.Fatal(len(inputs), err)
		}
		for i := range inputs {
			if m, err := loader.DetectMapping(&inputs[i]); m != nil || err != nil {
				t.Fatal(m, err)
			}
		}
		r, err := loader.Load(t.Context(), memory.New(), inputs, loader.Options{})
		if err != nil || r.Read != 0 || len(r.Warnings) != 1 || r.Warnings[0].Count != files {
			t.Errorf("%v %+v", err, r)
		}
	})
	if used > 64 {
		t.Errorf("%d MiB", used)
	}
}

func TestZipBounds(t *testing.T) {
	if _, err := loader.Files([]string{writeZip(t, 10_001, "%d", "")}, nil); kg.CodeOf(err) != kg.BadInput ||
		!strings.Contains(err.Error(), "more than 10000 files") {
		t.Error(err)
	}
	if inputs, err := loader.Files([]string{writeZip(t, 10_000, "%d", "")}, nil); err != nil || len(inputs) != 10_000 {
		t.Error(len(inputs), err)
	}
	// A listing of many long names is not read to its end.
	if _, err := loader.Files([]string{writeZip(t, 400, strings.Repeat("x", 60_000)+"%d", "")},
		nil); kg.CodeOf(err) != kg.BadInput {
		t.Error(err)
	}
	path := writeZip(t, 1, "a%d.csv", "a,b\n")
	archive, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(archive, []byte("PK\x01\x02"))
	archive[at+8] |= 1 // encrypted
	if err := os.WriteFile(path, archive, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := loader.Files([]string{path}, nil); kg.CodeOf(err) != kg.BadInput ||
		!strings.Contains(err.Error(), "encrypted") {
		t.Error(err)
	}
}

// TestBombs reads archives that unpack to far more than their size in bounded memory. Content that cannot be a record
// is rejected.
func TestBombs(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: unpacks some hundred MiB")
	}
	const size = 200 << 20
	dir := t.TempDir()
	pack := func(name, fill string) string {
		path := filepath.Join(dir, name)
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		var w io.WriteCloser
		switch {
		case strings.HasSuffix(name, ".gz"):
			w, err = gzip.NewWriterLevel(f, gzip.BestSpeed)
		case strings.HasSuffix(name, ".zst"):
			w, err = zstd.NewWriter(f)
		default:
			archive := zip.NewWriter(f)
			var part io.Writer
			part, err = archive.Create("a.jsonl")
			w = zipMember{part, archive}
		}
		if err != nil {
			t.Fatal(err)
		}
		block := []byte(strings.Repeat(fill, (1<<20)/len(fill)))
		for range size >> 20 {
			if _, err := w.Write(block); err != nil {
				t.Fatal(err)
			}
		}
		if err := errors.Join(w.Close(), f.Close()); err != nil {
			t.Fatal(err)
		}
		return path
	}
	bombs := map[string]string{"spaces.zip": " ", "brackets.jsonl.zst": "[", "quote.csv.gz": "\""}
	if seeds.Many() {
		maps.Copy(bombs, map[string]string{
			"text.jsonl.gz": "x", "object.json.gz": `{"a":`, "cell.csv.gz": "x", "fields.csv.zst": ",",
			"elements.json.gz": "[1,",
		})
	}
	for name, fill := range bombs {
		path := pack(name, fill)
		used := peakMemory(func() {
			inputs, err := loader.Files([]string{path}, nil)
			if err != nil {
				t.Fatal(err)
			}
			m, err := loader.DetectMapping(&inputs[0])
			var r loader.Report
			if m == nil {
				r, err = loader.Load(t.Context(), memory.New(), inputs, loader.Options{})
			}
			if err != nil && kg.CodeOf(err) != kg.BadInput {
				t.Errorf("%s: %v", name, err)
			}
			if err == nil && r.Rejected == 0 && fill != " " {
				t.Errorf("%s: %+v", name, r)
			}
			rows := embeddedMapping(t, "acled")
			_, err = loader.LoadRows(t.Context(), memory.New(), rows, inputs, loader.Options{})
			if err != nil && kg.CodeOf(err) != kg.BadInput {
				t.Errorf("%s: %v", name, err)
			}
		})
		if used > 400 {
			t.Errorf("%s: %d MiB", name, used)
		}
		t.Logf("%s: %d MiB", name, used)
	}
}

// zipMember is the only file of an archive.
type zipMember struct {
	io.Writer
	archive *zip.Writer
}

func (z zipMember) Close() error { return z.archive.Close() }

// TestZstdWindow checks that a zstd file cannot request more memory than the zstd program allows.
func TestZstdWindow(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.jsonl.zst")
	frame := []byte{0x28, 0xb5, 0x2f, 0xfd, 0x00, 21 << 3} // a window of 2 GiB
	frame = append(frame, 0x01|1<<3, 0, 0, 'x')
	if err := os.WriteFile(path, frame, 0o600); err != nil {
		t.Fatal(err)
	}
	inputs, err := loader.Files([]string{path}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := loader.Load(t.Context(), memory.New(), inputs, loader.Options{}); kg.CodeOf(err) != kg.BadInput ||
		!strings.Contains(err.Error(), "window size exceeded") {
		t.Error(err)
	}
}

// FuzzZip checks that listing an archive and reading its files ends for any bytes, and that every error has a code.
func FuzzZip(f *testing.F) {
	seed, err := os.ReadFile(writeZip(f, 3, "folder/%d.csv", "a,b\n1,2\n"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(seed)
	f.Add(seed[:len(seed)-1])
	f.Add(append(binary.LittleEndian.AppendUint32(nil, 0x06054b50), make([]byte, 18)...))
	path := filepath.Join(f.TempDir(), "a.zip")
	f.Fuzz(func(t *testing.T, archive []byte) {
		if err := os.WriteFile(path, archive, 0o600); err != nil {
			t.Fatal(err)
		}
		inputs, err := loader.Files([]string{path}, nil)
		if err != nil && kg.CodeOf(err) == kg.Internal || err == nil && len(inputs) == 0 {
			t.Fatal(inputs, err)
		}
		for i := range inputs[:min(len(inputs), 8)] {
			if _, err := loader.DetectMapping(&inputs[i]); err != nil && kg.CodeOf(err) == kg.Internal {
				t.Fatal(err)
			}
		}
	})
}

// FuzzDetection checks that detection ends without a panic for any bytes, that every error has a code, and that the
// input can be read from its start.
func FuzzDetection(f *testing.F) {
	for _, seed := range []string{
		"", "a,b\n", ged, `{"data": [{"event_id_cnty": 1}]}`, "PK\x03\x04", "\x1f\x8b", "<html>", "\xff\xfea\x00",
		"{\"type\": \"actor\"}",
		`{"type":"FeatureCollection","features":[]}`, "sep=;\na;b\n", "Arland\tMake a visit\tBoria\t2014-01-01\n",
	} {
		f.Add("x.csv", []byte(seed))
		f.Add("x", []byte(seed))
	}
	f.Fuzz(func(t *testing.T, name string, text []byte) {
		in := textInput(name, string(text))
		if _, err := loader.HasEntities(&in); err != nil && kg.CodeOf(err) != kg.BadInput {
			t.Fatal(err)
		}
		m, err := loader.DetectMapping(&in)
		if err != nil && kg.CodeOf(err) != kg.BadInput {
			t.Fatal(err)
		}
		if m == nil && err == nil {
			if _, err := loader.Load(t.Context(), memory.New(), []loader.Input{in}, loader.Options{}); err != nil &&
				kg.CodeOf(err) != kg.BadInput {
				t.Fatal(err)
			}
		}
		f, err := in.Open()
		if err != nil {
			t.Fatal(err)
		}
		if again, err := io.ReadAll(f); err != nil || !bytes.Equal(again, text) {
			t.Errorf("%q, %v", again, err)
		}
	})
}
