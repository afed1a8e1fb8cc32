package main

import (
	"io"
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
			if now.Total > 0 {
				say(p.stderr, "%s: %d of %d", now.Stage, now.Done, now.Total)
			} else {
				say(p.stderr, "%s: %d", now.Stage, now.Done)
			}
		}
	default:
		if p.bar == nil || p.stage != now.Stage {
			p.finish()
			p.stage = now.Stage
			p.bar = p.bars.AddBar(now.Total,
				mpb.PrependDecorators(decor.Name(now.Stage, decor.WCSyncSpaceR), decor.CountersNoUnit("%d / %d", decor.WCSyncWidth)),
				mpb.AppendDecorators(decor.AverageSpeed(0, "%.0f/s", decor.WCSyncWidth), decor.Name(" "), decor.AverageETA(decor.ET_STYLE_GO, decor.WCSyncWidth)))
		}
		p.bar.SetTotal(now.Total, false)
		p.bar.SetCurrent(now.Done)
	}
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
