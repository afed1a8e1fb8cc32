package main

import (
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"casus/internal/terminal"
	"casus/loader"
)

// progressInterval is the time between two lines of progress if stderr is not a terminal.
const progressInterval = 10 * time.Second

// progress shows the progress of a load: a bar on a terminal, otherwise a line every progressInterval.
type progress struct {
	stderr  io.Writer
	quiet   bool
	bars    *mpb.Progress
	bar     *mpb.Bar
	stage   string
	last    time.Time
	started time.Time // the current stage
	rows    atomic.Int64
}

func newProgress(stderr io.Writer, quiet bool) *progress {
	p := &progress{stderr: stderr, quiet: quiet, last: time.Now()}
	if !quiet && terminal.Is(stderr) {
		p.bars = mpb.New(mpb.WithOutput(stderr), mpb.WithWidth(64))
	}
	return p
}

// show displays the latest progress. Each stage has a bar of its own.
func (p *progress) show(now loader.Progress) {
	switch {
	case p.quiet:
	case p.bars == nil:
		if time.Since(p.last) >= progressInterval {
			p.last = time.Now()
			printLine(p.stderr, "%s", progressLine(now))
		}
	default:
		if p.bar == nil || p.stage != now.Stage {
			p.startBar(now)
		}
		p.rows.Store(now.Done)
		p.bar.SetTotal(now.Size, false)
		p.bar.SetCurrent(now.Bytes)
	}
}

func (p *progress) startBar(now loader.Progress) {
	p.finishBar()
	p.stage, p.started = now.Stage, time.Now()
	p.bar = p.bars.AddBar(now.Size,
		mpb.PrependDecorators(
			decor.Name(now.Stage, decor.WCSyncSpaceR),
			decor.Any(func(decor.Statistics) string { return p.rate() })),
		mpb.AppendDecorators(
			decor.Percentage(decor.WCSyncWidth),
			decor.Name(" "),
			decor.AverageETA(decor.ET_STYLE_GO, decor.WCSyncWidth)))
}

// rate returns the number of rows that are loaded, and how many per second.
func (p *progress) rate() string {
	n := p.rows.Load()
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%s, %.0f/s", plural(n, "row"), float64(n)/max(time.Since(p.started).Seconds(), 0.001))
}

func progressLine(now loader.Progress) string {
	switch {
	case now.Done == 0:
		return now.Stage
	case now.Size > 0:
		return fmt.Sprintf("%s: %s, %d %% of the input", now.Stage, plural(now.Done, "row"), 100*now.Bytes/now.Size)
	}
	return fmt.Sprintf("%s: %s", now.Stage, plural(now.Done, "row"))
}

// done ends the display.
func (p *progress) done() {
	if p.bars != nil {
		p.finishBar()
		p.bars.Wait()
	}
}

func (p *progress) finishBar() {
	if p.bar != nil {
		p.bar.SetTotal(-1, true)
		p.bar = nil
	}
}
