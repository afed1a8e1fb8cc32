package bulk

import (
	"context"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"unsafe"

	"golang.org/x/sync/errgroup"

	"casus/internal/kg"
)

// writers is how many partitions are written at the same time.
const writers = 2

// Result is what Finish wrote.
type Result struct {
	// Nodes and Relationships count rows, by label and type.
	Nodes, Relationships map[string]int64
	// Command is the import's, to be run in the folder; without a shell's quoting.
	Command []string
	// Script runs it.
	Script string
}

// Finish derives what follows from all claims and writes the files and the script that imports them. The writer takes no
// more batches. progress, if given, is told how many parts of the work are done.
func (w *Writer) Finish(ctx context.Context, progress func(done, total int)) (Result, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.broken != nil {
		return Result{}, w.broken
	}
	w.broken = kg.Errorf(kg.Internal, "the bulk load is finished")
	if progress == nil {
		progress = func(int, int) {}
	}
	tasks := []func(context.Context, *output) error{w.writeShared}
	for p := range partitions {
		tasks = append(tasks, func(ctx context.Context, o *output) error { return w.writeDocuments(ctx, o, p) })
	}
	shared := w.shared()
	for p := range partitions {
		tasks = append(tasks, func(ctx context.Context, o *output) error { return w.writeClaims(ctx, o, shared, p) })
	}
	outputs, described := make([]*output, writers), layout()
	var next, done atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	for i := range outputs {
		o := w.newOutput(described, i)
		outputs[i] = o
		group.Go(func() error {
			for n := int(next.Add(1)) - 1; n < len(tasks); n = int(next.Add(1)) - 1 {
				if err := tasks[n](ctx, o); err != nil {
					return err
				}
				if err := o.failed(); err != nil { // a full disk, say: what follows would be lost as well
					return err
				}
				if n := int(done.Add(1)); n%8 == 0 || n == len(tasks) {
					progress(n, len(tasks))
				}
			}
			return o.close()
		})
	}
	if err := group.Wait(); err != nil {
		return Result{}, err
	}
	return w.result(described, outputs)
}

// output is what one writer writes: a sheet for each kind.
type output struct {
	sheets [kindCount]sheet
	// number tells states apart, with the writer's own.
	number, writer int64
	// claims are those about one subject, and documents what their voices depend on.
	claims    []kg.Claim
	documents map[kg.ID]kg.Document
	record    []byte
}

// encode is a record's JSON, until the next one's.
func (o *output) encode(v interface{ AppendJSON(to []byte) []byte }) string {
	o.record = v.AppendJSON(o.record[:0])
	return unsafe.String(unsafe.SliceData(o.record), len(o.record)) // what is written of it is copied
}

func (w *Writer) newOutput(described []kindLayout, writer int) *output {
	o := &output{writer: int64(writer), documents: map[kg.ID]kg.Document{}}
	for k, d := range described {
		o.sheets[k] = sheet{path: filepath.Join(w.dir, fmt.Sprintf("%s-%d.csv", d.file(), writer+1)), width: len(d.header)}
	}
	return o
}

// link writes a relationship without properties, unless one of its ends is none.
func (o *output) link(k kind, from, to kg.ID) {
	if from != "" && to != "" {
		o.sheets[k].row(nil, string(from), string(to))
	}
}

// failed returns the first sheet's error.
func (o *output) failed() error {
	for i := range o.sheets {
		if err := o.sheets[i].failed(); err != nil {
			return err
		}
	}
	return nil
}

func (o *output) close() error {
	for i := range o.sheets {
		if err := o.sheets[i].close(); err != nil {
			return err
		}
	}
	return nil
}
