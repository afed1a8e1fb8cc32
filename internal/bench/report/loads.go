package main

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"syscall"
	"time"

	"casus/internal/bench"
	"casus/loader"
	"casus/loader/mapping"
)

// loaded is the cost of a load by the command.
type loaded struct {
	took, cpu time.Duration
	peak      int64 // kilobytes
}

func (m *runner) load(ctx context.Context, store string) (loaded, error) {
	return m.casus(ctx, append(append([]string{"load", "--quiet", "--store", store}, m.args...), m.table))
}

// casus runs the command.
func (m *runner) casus(ctx context.Context, args []string) (loaded, error) {
	var out bytes.Buffer
	c := exec.CommandContext(ctx, m.path("casus"), args...)
	c.Stdout, c.Stderr = &out, &out
	began := time.Now()
	if err := c.Run(); err != nil {
		return loaded{}, fmt.Errorf("casus %s: %w: %s", args[0], err, out.String())
	}
	l := loaded{took: time.Since(began), cpu: c.ProcessState.UserTime() + c.ProcessState.SystemTime()}
	if usage, ok := c.ProcessState.SysUsage().(*syscall.Rusage); ok {
		l.peak = usage.Maxrss
	}
	return l, nil
}

// sqlite measures a load into SQLite against a bare insert of the same rows, and the CPU time of reading and mapping
// against the CPU time of the whole load.
func (m *runner) sqlite(ctx context.Context) error {
	if !m.lite {
		return nil
	}
	whole, err := m.load(ctx, "sqlite:"+m.path("casus.db"))
	if err != nil {
		return err
	}
	for later, against := range []string{"a bare multi-row insert of the same rows and indexes",
		"one that builds the indexes afterwards"} {
		bare, err := bench.BareInsert(ctx, m.path("casus.db"), m.path(fmt.Sprintf("bare%d.db", later)), later == 1)
		if err != nil {
			return err
		}
		row("casus load into SQLite", whole.took, against, bare)
	}
	inputs, err := loader.Files([]string{m.table}, nil)
	if err != nil {
		return err
	}
	before := cpu()
	if err := loader.EachRow(inputs[0], m.mapping, func(_ []mapping.Record, err error) error { return err }); err != nil {
		return err
	}
	row("reading and mapping, CPU", cpu()-before, "the load's CPU", whole.cpu)
	fmt.Printf("| peak memory of the load | %d MiB | | |\n", whole.peak>>10)
	return nil
}
