package bulk

import (
	"context"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"unsafe"

	"golang.org/x/sync/errgroup"

	"casus/internal/kg"
	"casus/internal/store/codec"
)

// writers is the number of partitions that are written concurrently.
const writers = 2

// Result describes the files that Finish wrote.
type Result struct {
	// Nodes and Relationships count rows, by label and type.
	Nodes, Relationships map[string]int64
	// Command is the import command, without shell quoting, to be run in the folder.
	Command []string
	// Script is the path of the script that runs it.
	Script string
}

// Finish derives the states of all subjects and writes the files and the import script. The writer accepts no more
// batches. progress, if not nil, receives the number of parts that are done.
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
	tasks := []func(context.Context, *output) error{w.writeMemory, w.writeDocuments}
	for p := range partitions {
		tasks = append(tasks, func(ctx context.Context, o *output) error { return w.writeClaims(ctx, o, p) })
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
				if err := o.failed(); err != nil { // such as a full disk
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

// output is the output of one writer: a sheet for each kind.
type output struct {
	sheets [kindCount]sheet
	// number and writer form the id of a state.
	number, writer int64
	// claims are the claims about one subject, records their texts, and documents the fields that their voices depend on.
	claims    []kg.Claim
	records   map[kg.ID]string
	documents map[kg.ID]kg.Document
	record    []byte
	broken    error // the first record that could not be encoded
}

// encode returns a record's text, which is valid until the next call.
func (o *output) encode(record any) string {
	var err error
	if o.record, err = codec.Append(o.record[:0], record); o.broken == nil {
		o.broken = err
	}
	return unsafe.String(unsafe.SliceData(o.record), len(o.record)) // sheets copy it
}

func (w *Writer) newOutput(described []kindLayout, writer int) *output {
	o := &output{writer: int64(writer), records: map[kg.ID]string{}, documents: map[kg.ID]kg.Document{}}
	for k, d := range described {
		o.sheets[k] = sheet{path: filepath.Join(w.dir, fmt.Sprintf("%s-%d.csv", d.file(), writer+1)), width: len(d.header)}
	}
	return o
}

// link writes a relationship without properties, unless an end is empty.
func (o *output) link(k kind, from, to kg.ID) {
	if from != "" && to != "" {
		o.sheets[k].row(nil, string(from), string(to))
	}
}

// failed returns the error of a record that could not be encoded, or of the first sheet that failed.
func (o *output) failed() error {
	if o.broken != nil {
		return o.broken
	}
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
