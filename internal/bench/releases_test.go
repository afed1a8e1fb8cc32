package bench

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"syscall"
	"testing"
	"time"

	"casus/internal/edtf"
	"casus/internal/store/open"
	"casus/loader"
	"casus/loader/mapping"
)

const raids = `mapping: 1
name: raids
published: '= date(row.day)'
records:
  - location:
      id: '= "location:raids:" + row.place'
      kind: CITY
      names: ['= row.name']
  - event:
      id: '= "event:raids:" + row.id'
      titles: ['= "Raid near " + row.name']
      category: ASSAULT
      modality: OCCURRED
      time: '= date(row.day)'
      locations: [{location: '= "location:raids:" + row.place'}]
      figures: [{kind: KILLED, best: '= number(row.dead)'}]
`

// raidsOf returns the table of a release: 20 % of its rows differ from those of other releases, and it lacks 2 %.
func raidsOf(release uint64, rows int) []byte {
	var table bytes.Buffer
	out := csv.NewWriter(&table)
	write := func(row ...string) { _ = out.Write(row) } // a buffer takes everything
	write("id", "day", "place", "name", "dead")
	same, own := rand.New(rand.NewPCG(1, 1)), rand.New(rand.NewPCG(release, 2))
	for i := range rows {
		day := time.Date(1995, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, same.IntN(9000))
		place, dead := same.IntN(rows/20+1), same.IntN(50)
		if own.Float64() < 0.2 {
			dead += int(release)
		}
		if own.Float64() < 0.02 {
			continue
		}
		write(strconv.Itoa(i), day.Format(time.DateOnly), strconv.Itoa(place), fmt.Sprint("Place ", place),
			strconv.Itoa(dead))
	}
	out.Flush()
	return table.Bytes()
}

// loadRaids loads a release as the command does, and returns the processor time that it took.
func loadRaids(b *testing.B, url string, number int, table []byte) time.Duration {
	b.Helper()
	ctx := context.Background()
	m, err := mapping.Parse("raids.yaml", []byte(raids), nil)
	if err != nil {
		b.Fatal(err)
	}
	at, err := edtf.ParseTime(fmt.Sprintf("202%d-06-01", number))
	if err != nil {
		b.Fatal(err)
	}
	began := processorTime(b)
	s, err := open.Open(ctx, url, open.Options{})
	if err != nil {
		b.Fatal(err)
	}
	options := loader.Options{Release: &loader.Release{Dataset: "raids", Release: strconv.Itoa(number), ReleasedAt: &at}}
	if s.Properties().DeferredIndexes {
		if err := s.DropDeferredIndexes(ctx); err != nil {
			b.Fatal(err)
		}
		options.BeforeRewrite = s.DropQueryIndexes
		options.BeforeDone = func(ctx context.Context) error { return s.BuildDeferredIndexes(ctx, func(_, _ int) {}) }
	}
	in := loader.Input{Name: "raids.csv", Open: func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(table)), nil
	}}
	r, err := loader.LoadRows(ctx, s, m, []loader.Input{in}, options)
	if err != nil || r.Rejected > 0 {
		b.Fatalf("%v %+v", err, r)
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	return processorTime(b) - began
}

// processorTime returns the time that this process has used of the processor.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkOlderRelease compares the processor time of loading a release into a store that has the next one with that
// of loading it alone: go -C internal/bench test -run - -bench OlderRelease -benchtime 3x .
func BenchmarkOlderRelease(b *testing.B) {
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // as the command does
	for _, rows := range []int{20_000, 100_000} {
		older, newer := raidsOf(1, rows), raidsOf(2, rows)
		b.Run(strconv.Itoa(rows), func(b *testing.B) {
			var alone, after time.Duration
			for range b.N {
				dir := "sqlite:" + b.TempDir()
				alone += loadRaids(b, filepath.Join(dir, "alone.db"), 1, older)
				loadRaids(b, filepath.Join(dir, "both.db"), 2, newer)
				after += loadRaids(b, filepath.Join(dir, "both.db"), 1, older)
			}
			b.ReportMetric(alone.Seconds()/float64(b.N), "cpu-s/alone")
			b.ReportMetric(after.Seconds()/float64(b.N), "cpu-s/older")
			b.ReportMetric(after.Seconds()/alone.Seconds(), "older/alone")
		})
	}
}
