package loader

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/loader/anchor"
	"casus/loader/tally"
)

// stream is one load in progress: one goroutine reads and checks a chunk while another loads the previous one.
type stream struct {
	store     Store
	writers   int    // batches that the store accepts concurrently
	mapper    Mapper // nil for the extraction format
	options   Options
	report    Report
	key       string
	release   kg.ID
	update    *update // nil if no older release is stored
	nodes     nodeCache
	texts     textSpool
	deferred  rowSpool
	tempFiles []*os.File // copies of inputs that can be read only once
	joins     *joinIndex // nil if rows are independent
	tally     *tally.Index
	// suggestions bounds the searches for the nearest words of quotes.
	suggestions anchor.Budget
	// runs are the times at which the load was started, this run's last. earlierRuns are the others.
	runs        []edtf.Instant
	earlierRuns map[edtf.Instant]bool
	// rejectedRows are the numbers of the first rows that were rejected after they had been read without a fault.
	rejectedRows []int
	// rejectedIDs are the ids that rejected records would have defined, with the place of the record.
	rejectedIDs map[kg.ID]rawText
}

func newStream(store Store, m Mapper, opt Options) *stream {
	if opt.ChunkSize <= 0 {
		opt.ChunkSize = DefaultChunkSize
	}
	if opt.BatchSize <= 0 {
		opt.BatchSize = DefaultBatchSize
	}
	if opt.RetryTimeout <= 0 {
		opt.RetryTimeout = DefaultRetryTimeout
	}
	if opt.Progress == nil {
		opt.Progress = func(Progress) {}
	}
	opt.Progress = serialized(opt.Progress)
	return &stream{
		store: retryingStore{store, opt.RetryTimeout, opt.Progress}, writers: store.Properties().ConcurrentWrites,
		mapper: m, options: opt, report: NewReport(), rejectedIDs: map[kg.ID]rawText{}, nodes: nodeCache{owner: new(int)},
		tally: tally.NewIndex(), suggestions: maxSuggestions, runs: []edtf.Instant{opt.Now},
	}
}

// serialized returns a function that calls report for one goroutine at a time.
func serialized(report func(Progress)) func(Progress) {
	var mu sync.Mutex
	return func(p Progress) {
		mu.Lock()
		defer mu.Unlock()
		report(p)
	}
}

// checkpoint is how far a load has come. It is stored after each chunk.
type checkpoint struct {
	Rows int    `json:"rows"`
	Hash string `json:"hash"` // of the text of all rows so far
	// Deferred are the numbers of the rows that wait for records of later rows.
	Deferred []int  `json:"deferred,omitempty"`
	Report   Report `json:"report"`
	// Compared is set if the load compares rows with an earlier load of their data set.
	Compared bool `json:"compared,omitempty"`
	// Runs are the times at which the load was started, which are the RecordedAt of the claims that it stored.
	Runs []edtf.Instant `json:"runs,omitempty"`
	// Rejected are the numbers of the first rows that were rejected after they had been read without a fault.
	Rejected []int `json:"rejected,omitempty"`
}

func (s *stream) run(ctx context.Context, inputs []Input) (report Report, err error) {
	inputs = slices.Clone(inputs)
	defer func() {
		report, err = s.report, errors.Join(err, s.texts.close(), s.deferred.close())
		for _, f := range s.tempFiles {
			err = errors.Join(err, removeTemp(f))
		}
	}()
	s.key = s.checkpointKey(inputs)
	warnings, err := s.checkInputs(ctx, inputs)
	if err != nil {
		return s.report, err
	}
	if err := s.survey(ctx, inputs); err != nil {
		return s.report, err
	}
	from, err := s.resume(ctx, inputs)
	if err != nil {
		return s.report, err
	}
	if !s.report.Resumed {
		s.report.addWarnings(warnings)
	}
	if err := s.beginRelease(ctx, inputs, from); err != nil {
		return s.report, err
	}
	if err := s.writeCheckpoint(ctx, from); err != nil { // a later run learns of this one
		return s.report, err
	}
	if err := s.loadChunks(ctx, inputs, from); err != nil {
		return s.report, err
	}
	if err := s.loadDeferred(ctx); err != nil {
		return s.report, err
	}
	if err := s.finishRelease(ctx); err != nil {
		return s.report, err
	}
	if err := s.endRelease(ctx); err != nil {
		return s.report, err
	}
	if s.options.BeforeDone != nil {
		if err := s.options.BeforeDone(ctx); err != nil {
			return s.report, err
		}
	}
	_, err = s.store.Apply(ctx, kg.Batch{Checkpoint: &kg.Checkpoint{Key: s.key}})
	return s.report, err
}

// loadChunks reads and loads the rows after the checkpoint.
func (s *stream) loadChunks(ctx context.Context, inputs []Input, from checkpoint) error {
	group, ctx := errgroup.WithContext(ctx)
	read := make(chan chunk)
	group.Go(func() error {
		defer close(read)
		return s.readChunks(ctx, inputs, from, read)
	})
	group.Go(func() error {
		for c := range read {
			if err := s.loadChunk(ctx, c.rows, c.records, c.last && s.deferred.count == 0); err != nil {
				return err
			}
			s.report.addWarnings(c.warnings)
			if err := s.saveCheckpoint(ctx, c.checkpoint); err != nil {
				return err
			}
			if c.loaded != nil {
				c.rows, c.records = nil, nil
				close(c.loaded)
			}
			s.options.Progress(Progress{"loading", int64(c.checkpoint.Rows), c.bytes, c.size})
		}
		return nil
	})
	return group.Wait()
}

// saveCheckpoint stores how far the load has come. It does nothing while too many rows are deferred to be listed.
func (s *stream) saveCheckpoint(ctx context.Context, at checkpoint) error {
	if s.deferred.count > maxDeferredRows {
		return nil
	}
	at.Deferred, at.Rejected = s.deferred.numbers, s.rejectedRows
	return s.writeCheckpoint(ctx, at)
}

func (s *stream) writeCheckpoint(ctx context.Context, at checkpoint) error {
	at.Report, at.Compared, at.Runs = s.report, s.update != nil, s.runs
	value, err := json.Marshal(at)
	if err != nil {
		return kg.Errorf(kg.Internal, "write a checkpoint: %w", err)
	}
	_, err = s.store.Apply(ctx, kg.Batch{Checkpoint: &kg.Checkpoint{Key: s.key, Value: string(value)}})
	return err
}

// resume returns the checkpoint of an interrupted load of the same inputs. It is zero if there is none or the inputs
// have changed, and the load starts from the beginning.
func (s *stream) resume(ctx context.Context, inputs []Input) (checkpoint, error) {
	var at checkpoint
	value, err := s.store.Checkpoint(ctx, s.key)
	if err != nil || value == "" {
		return at, err
	}
	if err := json.Unmarshal([]byte(value), &at); err != nil {
		return checkpoint{}, kg.Errorf(kg.Internal, "cannot read the checkpoint of an interrupted load: %w", err)
	}
	for _, in := range inputs {
		if in.ReadOnce {
			return checkpoint{}, nil
		}
	}
	if at.Rows > 0 {
		hash, err := s.prefixHash(ctx, inputs, at.Rows)
		if err != nil || hash != at.Hash {
			return checkpoint{}, err
		}
	}
	s.report.Add(at.Report)
	s.report.Resumed = at.Rows > 0
	s.rejectedRows = at.Rejected
	s.runs = append(at.Runs[max(0, len(at.Runs)-maxRuns):], s.runs...)
	s.earlierRuns = map[edtf.Instant]bool{}
	for _, run := range at.Runs {
		s.earlierRuns[run] = run != s.options.Now
	}
	return at, nil
}

// maxRuns is the number of runs of one load that a checkpoint lists.
const maxRuns = 1000

// checkpointKey returns the key of the load's checkpoint in the store.
func (s *stream) checkpointKey(inputs []Input) string {
	parts := []string{fmt.Sprint(s.options.ChunkSize, s.options.KeepText, s.options.Restore, s.options.Published)}
	if s.mapper != nil {
		parts = append(parts, s.mapper.Key())
	}
	if r := s.options.Release; r != nil {
		parts = append(parts, r.Dataset, r.Release)
	}
	for _, in := range inputs {
		parts = append(parts, in.Name)
	}
	return string(kg.DeriveID("load", parts...))
}
