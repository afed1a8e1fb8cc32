package main

import (
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"casus/loader"
)

// quietTime is how often a load whose stderr is no terminal says how far it has come.
const quietTime = 10 * time.Second

// progress shows how far a load has come: a bar where a person looks, else a line now and then.
type progress struct {
	stderr io.Writer
	quiet  bool
	bars   *mpb.Progress
	bar    *mpb.Bar
	stage  string
	last   time.Time
	began  time.Time
	rows   atomic.Int64
}

func newProgress(stderr io.Writer, quiet bool) *progress {
	p := &progress{stderr: stderr, quiet: quiet, last: time.Now()}
	if !quiet && isTerminal(stderr) {
		p.bars = mpb.New(mpb.WithOutput(stderr), mpb.WithWidth(64))
	}
	return p
}

// show is told of every step. A stage that is new begins a bar of its own.
func (p *progress) show(now loader.Progress) {
	switch {
	case p.quiet:
	case p.bars == nil:
		if time.Since(p.last) >= quietTime {
			p.last = time.Now()
			say(p.stderr, "%s", told(now))
		}
	default:
		if p.bar == nil || p.stage != now.Stage {
			p.finish()
			p.stage = now.Stage
			p.bar, p.began = p.bars.AddBar(now.Size,
				mpb.PrependDecorators(decor.Name(now.Stage, decor.WCSyncSpaceR), decor.Any(func(decor.Statistics) string { return p.rate() })),
				mpb.AppendDecorators(decor.Percentage(decor.WCSyncWidth), decor.Name(" "), decor.AverageETA(decor.ET_STYLE_GO, decor.WCSyncWidth))), time.Now()
		}
		p.rows.Store(now.Done)
		p.bar.SetTotal(now.Size, false)
		p.bar.SetCurrent(now.Bytes)
	}
}

// rate is how many rows were loaded, and how many a second.
func (p *progress) rate() string {
	n := p.rows.Load()
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d rows, %.0f/s", n, float64(n)/max(time.Since(p.began).Seconds(), 0.001))
}

func told(now loader.Progress) string {
	switch {
	case now.Done == 0:
		return now.Stage
	case now.Size > 0:
		return fmt.Sprintf("%s: %d rows, %d %% of the input", now.Stage, now.Done, 100*now.Bytes/now.Size)
	}
	return fmt.Sprintf("%s: %d rows", now.Stage, now.Done)
}

// done ends the display.
func (p *progress) done() {
	if p.bars != nil {
		p.finish()
		p.bars.Wait()
	}
}

func (p *progress) finish() {
	if p.bar != nil {
		p.bar.SetTotal(-1, true)
		p.bar = nil
	}
}
