package bulk

import (
	"context"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"casus/internal/kg"
)

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
	outputs, layouts := make([]*output, writers), layout()
	var next, done atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	for i := range outputs {
		o := w.newOutput(layouts, i)
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
	return w.result(layouts, outputs)
}
