package sqlite

import (
	"context"
	"database/sql"
	"sync"
)

// queue runs what a transaction writes in a goroutine of its own, one statement after another, while what comes next is
// worked out. The first statement that fails is the last that runs; its error comes with whatever is asked next.
type queue struct {
	*writer
	jobs chan job
	// undone counts the jobs that did not run yet. Who waits for it has the connection.
	undone sync.WaitGroup
	mu     sync.Mutex
	err    error
}

// job is a statement to run. args go back to a table's spare ones.
type job struct {
	query string
	args  []any
	to    *table
}

// jobsAtMost bounds what waits, about a megabyte.
const jobsAtMost = 32

func newQueue(ctx context.Context, w *writer) *queue {
	q := &queue{writer: w, jobs: make(chan job, jobsAtMost)}
	go func() {
		for j := range q.jobs {
			if q.failed() == nil {
				q.fail(w.exec(ctx, j.query, j.args...))
			}
			j.to.spare(j.args)
			q.undone.Done()
		}
	}()
	return q
}

func (q *queue) failed() error {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.err
}

func (q *queue) fail(err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.err = err
}

// exec lets a statement run when its turn comes.
func (q *queue) exec(_ context.Context, query string, args ...any) error {
	return q.put(job{query: query, args: args})
}

func (q *queue) put(j job) error {
	if err := q.failed(); err != nil {
		return err
	}
	q.undone.Add(1)
	q.jobs <- j
	return nil
}

// settle waits until everything has run.
func (q *queue) settle() error {
	q.undone.Wait()
	return q.failed()
}

// close ends the queue, after what is in it has run or failed.
func (q *queue) close() error {
	close(q.jobs)
	return q.settle()
}

// QueryContext reads what the transaction has written.
func (q *queue) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := q.settle(); err != nil {
		return nil, err
	}
	return q.writer.QueryContext(ctx, query, args...)
}
