//go:build linux || darwin

package rendezvous

import (
	"os"
	"path/filepath"
	"testing"
)

func TestState(t *testing.T) {
	d := Dir(t.TempDir())
	if _, ok, err := d.ReadState(); ok || err != nil {
		t.Fatalf("state of an empty directory: ok %v, err %v", ok, err)
	}
	want := State{URI: "bolt://127.0.0.1:1", Java: 2, Watchdog: 3}
	if err := d.WriteState(want); err != nil {
		t.Fatal(err)
	}
	if got, ok, err := d.ReadState(); got != want || !ok || err != nil {
		t.Fatalf("got %v %v %v, want %v", got, ok, err, want)
	}
	if err := os.WriteFile(d.state(), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.ReadState(); err == nil {
		t.Error("half a state was read without an error")
	}
	for range 2 {
		if err := d.ClearState(); err != nil {
			t.Fatal(err)
		}
	}
	if _, ok, _ := d.ReadState(); ok {
		t.Error("the state is still there")
	}
}

func TestLocks(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	take := func(mode Mode, want bool) *os.File {
		t.Helper()
		f, err := TryLock(path, mode)
		if err != nil {
			t.Fatal(err)
		}
		if (f != nil) != want {
			t.Fatalf("lock taken: %v, want %v", f != nil, want)
		}
		return f
	}
	a, b := take(Shared, true), take(Shared, true)
	take(Exclusive, false)
	_ = a.Close()
	take(Exclusive, false)
	_ = b.Close()
	c := take(Exclusive, true)
	take(Shared, false)
	_ = c.Close()
	d, err := Lock(path, Exclusive)
	if err != nil {
		t.Fatal(err)
	}
	_ = d.Close()
}
