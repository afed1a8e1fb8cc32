package spill

import (
	"bytes"
	"slices"
	"testing"
)

// A map returns the last block of each key, from memory and from its file, and none of a key that was deleted.
func TestMap(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	m := NewMap[string]("test", "the test's blocks")
	want := map[string][]byte{}
	put := func(key string, block []byte) {
		t.Helper()
		if err := m.Put(key, block); err != nil {
			t.Fatal(err)
		}
		want[key] = block
	}
	put("a", []byte("first"))
	put("b", bytes.Repeat([]byte("b"), maxMemory))
	put("c", nil)
	put("d", []byte("deleted"))
	put("a", []byte("second"))
	m.Delete("d")
	delete(want, "d")
	for _, key := range []string{"a", "b", "c", "d", "e"} {
		block, stored := want[key]
		got, found, err := m.Find(key)
		if err != nil || found != stored || !bytes.Equal(got, block) {
			t.Errorf("%s: %d bytes, %v, %v; want %d, %v", key, len(got), found, err, len(block), stored)
		}
	}
	if keys := slices.Sorted(m.Keys()); !slices.Equal(keys, []string{"a", "b", "c"}) {
		t.Errorf("keys %v", keys)
	}
	if err := m.Close(); err != nil {
		t.Error(err)
	}
	if files := temporaryFiles(t); files > 0 {
		t.Errorf("%d files are left", files)
	}
}
