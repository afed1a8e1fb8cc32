package columns_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/klauspost/compress/gzip"

	"casus/internal/columns"
)

// made returns the default columns of events at random times and places, the most frequent words a few times as
// frequent as others. Real events are in bursts, and compress better.
func made(events int) columns.Table {
	const day = 86_400_000
	r := rand.New(rand.NewPCG(1, 2))
	word := func(words int) columns.Column {
		c := columns.Column{Codes: make([]uint32, events)}
		for i := range words {
			c.Words = append(c.Words, fmt.Sprintf("word:%d", i))
		}
		for i := range c.Codes {
			c.Codes[i] = uint32(float64(words) * r.Float64() * r.Float64())
		}
		c.Compact()
		return c
	}
	start, length := make([]int64, events), make([]int64, events)
	for i := range start {
		start[i], length[i] = r.Int64N(3650)*day, day
		switch r.IntN(10) {
		case 0:
			length[i] = (28 + r.Int64N(4)) * day
		case 1: // a time of day
			start[i] += r.Int64N(24*60) * 60_000
			length[i] = 60_000
		}
	}
	slices.Sort(start)
	return columns.Table{Events: events, Columns: []columns.Column{
		{Numbers: start, Times: true, Ascending: true}, {Numbers: length, Times: true},
		word(4), word(16), word(5), word(2000),
	}}
}

// TestSize holds 100,000 events to the size that docs/columns.md names.
func TestSize(t *testing.T) {
	const most = 450_000
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, 5)
	if err != nil {
		t.Fatal(err)
	}
	if err := columns.Encode(t.Context(), z, "1", columns.Default(), made(100_000)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	t.Logf("100,000 events take %d bytes", packed.Len())
	if packed.Len() > most {
		t.Errorf("%d bytes, more than %d", packed.Len(), most)
	}
}

func BenchmarkEncode(b *testing.B) {
	table := made(100_000)
	for b.Loop() {
		z, err := gzip.NewWriterLevel(new(bytes.Buffer), 5)
		if err != nil {
			b.Fatal(err)
		}
		if err := columns.Encode(b.Context(), z, "1", columns.Default(), table); err != nil {
			b.Fatal(err)
		}
	}
}
