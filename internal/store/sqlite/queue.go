package sqlite

import (
	"context"
	"database/sql"
	"sync"
)

// queue runs a transaction's statements in order on a goroutine of its own, while the caller prepares the next ones.
// After the first failure no further statement runs, and every later call returns that error.
type queue struct {
	*writer
	jobs chan job
	// unfinished counts the jobs that have not run. After waiting for it, the caller has the connection to itself.
	unfinished sync.WaitGroup
	mu         sync.Mutex
	err        error
}

// job is a statement to run.
type job struct {
	query string
	args  []any
	// unchanged is the error if the statement changes no row; nil if it need not.
	unchanged error
}

// maxJobs bounds the waiting jobs, about a megabyte.
const maxJobs = 32

func newQueue(ctx context.Context, w *writer) *queue {
	q := &queue{writer: w, jobs: make(chan job, maxJobs)}
	go func() {
		for j := range q.jobs {
			if q.failed() == nil {
				changed, err := w.execOne(ctx, j.query, j.args...)
				if err == nil && !changed {
					err = j.unchanged
				}
				q.fail(err)
			}
			q.unfinished.Done()
		}
	}()
	return q
}

// failed returns the first error, or nil.
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

// exec enqueues a statement.
func (q *queue) exec(_ context.Context, query string, args ...any) error {
	return q.put(job{query: query, args: args})
}

// execOne enqueues a statement that fails with the error unchanged if it changes no row.
func (q *queue) execOne(_ context.Context, unchanged error, query string, args ...any) error {
	return q.put(job{query: query, args: args, unchanged: unchanged})
}

func (q *queue) put(j job) error {
	if err := q.failed(); err != nil {
		return err
	}
	q.unfinished.Add(1)
	q.jobs <- j
	return nil
}

// wait waits until every job has run.
func (q *queue) wait() error {
	q.unfinished.Wait()
	return q.failed()
}

// close runs the remaining jobs and ends the queue.
func (q *queue) close() error {
	close(q.jobs)
	return q.wait()
}

// QueryContext runs a query after all enqueued statements.
func (q *queue) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := q.wait(); err != nil {
		return nil, err
	}
	return q.writer.QueryContext(ctx, query, args...)
}
