package snapshot_test

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"casus/internal/kg"
	"casus/internal/projection/snapshot"
)

// columns are values of every kind.
type columns struct {
	text    string
	numbers []uint32
	signed  []int32
	moments []int64
	flags   []bool
	ids     []kg.ID
	none    []uint32
}

func example() columns {
	c := columns{text: "Привет"}
	for n := range 100_000 {
		c.numbers, c.signed = append(c.numbers, uint32(n)<<15), append(c.signed, int32(n)-500)
		c.moments, c.flags = append(c.moments, math.MaxInt64-int64(n)), append(c.flags, n%3 == 0)
	}
	for n := range 1000 {
		c.ids = append(c.ids, kg.ID(c.text[:n%len(c.text)]))
	}
	return c
}

func (c columns) encode(e *snapshot.Encoder) {
	e.String(c.text)
	snapshot.EncodeNumbers(e, c.numbers)
	snapshot.EncodeNumbers(e, c.signed)
	snapshot.EncodeNumbers(e, c.moments)
	e.Bools(c.flags)
	snapshot.EncodeStrings(e, c.ids)
	snapshot.EncodeNumbers(e, c.none)
}

func decode(d *snapshot.Decoder) columns {
	return columns{
		text: d.String(), numbers: snapshot.DecodeNumbers[uint32](d), signed: snapshot.DecodeNumbers[int32](d),
		moments: snapshot.DecodeNumbers[int64](d), flags: d.Bools(), ids: snapshot.DecodeStrings[kg.ID](d),
		none: snapshot.DecodeNumbers[uint32](d),
	}
}

func (c columns) equal(other columns) bool {
	return c.text == other.text && slices.Equal(c.numbers, other.numbers) && slices.Equal(c.signed, other.signed) &&
		slices.Equal(c.moments, other.moments) && slices.Equal(c.flags, other.flags) && slices.Equal(c.ids, other.ids) &&
		(c.none == nil) == (other.none == nil)
}

func save(t *testing.T, path string, c columns) {
	t.Helper()
	if err := snapshot.Save(t.Context(), path, snapshot.Header{Kind: "example 1", Revision: 77}, c.encode); err != nil {
		t.Fatal(err)
	}
}

func load(path, kind string) (c columns, revision int64, err error) {
	revision, err = snapshot.Load(path, kind, func(d *snapshot.Decoder) { c = decode(d) })
	return c, revision, err
}

func TestSaveAndLoad(t *testing.T) {
	path := filepath.Join(t.TempDir(), "folder", "s.projection")
	for _, want := range []columns{example(), {}} { // the second replaces the first
		save(t, path, want)
		got, revision, err := load(path, "example 1")
		if err != nil || revision != 77 || !got.equal(want) {
			t.Errorf("loaded revision %d, %v", revision, err)
		}
	}
	if _, _, err := load(path, "example 2"); kg.CodeOf(err) != kg.Conflict {
		t.Errorf("another version: %v, want CONFLICT", err)
	}
	if _, _, err := load(path+"x", "example 1"); kg.CodeOf(err) != kg.NotFound {
		t.Errorf("no file: %v, want NOT_FOUND", err)
	}
}

// TestDamage cuts a file at every length, and flips each of its bytes.
func TestDamage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.projection")
	small := columns{text: "text", numbers: []uint32{1, 2}, flags: []bool{true}, ids: []kg.ID{"event:a", ""}}
	save(t, path, small)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	try := func(what string, n int, content []byte) {
		t.Helper()
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, err := load(path, "example 1"); err == nil {
			t.Errorf("%s at byte %d of %d: loaded", what, n, len(whole))
		}
	}
	for n := range whole {
		try("cut", n, whole[:n])
		flipped := slices.Clone(whole)
		flipped[n] ^= 1 << (n % 8)
		try("flipped", n, flipped)
	}
	try("longer", len(whole), append(slices.Clone(whole), 0))
}

// FuzzLoad reads any file: it must end without a panic and without taking more memory than the file has.
func FuzzLoad(f *testing.F) {
	path := filepath.Join(f.TempDir(), "s.projection")
	saved := columns{ids: []kg.ID{"event:a"}}
	if err := snapshot.Save(f.Context(), path, snapshot.Header{Kind: "example 1"}, saved.encode); err != nil {
		f.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(content)
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, content []byte) {
		path := filepath.Join(t.TempDir(), "s.projection")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		_, _, _ = load(path, "example 1") // only a panic is a failure
	})
}
