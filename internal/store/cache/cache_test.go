package cache_test

import (
	"strings"
	"testing"

	"casus/internal/store/cache"
)

func newCache(maxBytes int) *cache.Cache[string, string] {
	return cache.New(maxBytes, func(key, value string) int { return len(key) + len(value) })
}

func TestRevisions(t *testing.T) {
	c := newCache(1000)
	if _, ok := c.Revision(); ok {
		t.Error("a new cache has a revision")
	}
	c.Put("a", "early", 7)
	if _, _, ok := c.Get("a"); ok {
		t.Error("a value was added at a revision that no caller has seen")
	}
	c.SetRevision(7)
	c.Put("a", "one", 7)
	c.Put("b", "of an earlier revision", 6)
	c.SetRevision(7)
	if value, at, ok := c.Get("a"); value != "one" || at != 7 || !ok {
		t.Errorf("got %q of %d, %t", value, at, ok)
	}
	if _, _, ok := c.Get("b"); ok {
		t.Error("a value of an earlier revision was added")
	}
	for _, replaced := range []int64{8, 3} { // a lower revision is that of another database
		c.SetRevision(replaced)
		if _, _, ok := c.Get("a"); ok {
			t.Errorf("the value is still there at revision %d", replaced)
		}
		if at, ok := c.Revision(); at != replaced || !ok {
			t.Errorf("the revision is %d, %t, want %d", at, ok, replaced)
		}
		c.Put("a", "one", replaced)
	}
}

func TestBytesAreBounded(t *testing.T) {
	c := newCache(1600)
	c.SetRevision(1)
	c.Put("large", strings.Repeat("x", 96), 1)
	if _, _, ok := c.Get("large"); ok {
		t.Error("a value of more than 1/16 was added")
	}
	for n := range 1000 {
		c.Put(strings.Repeat("k", n%90+1), strings.Repeat("x", 9), 1)
		if n%10 == 0 {
			c.CleanUp()
		}
	}
	c.CleanUp()
	bytes := 0
	for n := range 90 {
		if key := strings.Repeat("k", n+1); contains(c, key) {
			bytes += len(key) + 9
		}
	}
	if bytes > 1600 || bytes < 800 {
		t.Errorf("the cache for 1,600 bytes holds %d", bytes)
	}
	if off := newCache(0); off.Enabled() {
		t.Error("a cache of no bytes is enabled")
	} else if off.SetRevision(1); true {
		if off.Put("", "", 1); contains(off, "a") {
			t.Error("a cache of no bytes holds a value")
		}
	}
}

func contains(c *cache.Cache[string, string], key string) bool {
	_, _, ok := c.Get(key)
	return ok
}
