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

	"casus/internal/kg"
)

// stream is one load under way: one goroutine reads and checks a stretch of the input while another loads the one before.
type stream struct {
	store     Store
	writers   int    // how many batches the store takes at a time
	mapper    Mapper // nil: the extraction format
	options   Options
	report    Report
	key       string
	release   kg.ID
	update    *update // of an older release of the dataset; nil: nothing to compare with
	nodes     nodeCache
	texts     textSpool
	deferred  rowSpool
	tempFiles []*os.File // inputs that have to be read again
	joins     *joinIndex // nil: rows stand alone
	// rejectedIDs are ids that rejected records would have given.
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
	writers := 1
	if p, ok := store.(Parallel); ok {
		writers = p.Writers()
	}
	opt.Progress = serialized(opt.Progress)
	return &stream{
		store: retryingStore{store, opt.RetryTimeout, opt.Progress}, writers: writers, mapper: m, options: opt, report: NewReport(), rejectedIDs: map[kg.ID]rawText{},
		nodes: nodeCache{owner: new(int)},
	}
}

// serialized lets several goroutines tell how a load goes.
func serialized(tell func(Progress)) func(Progress) {
	var turn sync.Mutex
	return func(p Progress) {
		turn.Lock()
		defer turn.Unlock()
		tell(p)
	}
}

// checkpoint is how far a load has come, as it is stored after each stretch.
type checkpoint struct {
	Rows int    `json:"units"`
	Hash string `json:"hash"` // of all that was read so far
	// Deferred are the units among them that wait for others.
	Deferred []int  `json:"waiting,omitempty"`
	Report   Report `json:"report"`
	// Compared says that the load compares rows with those of an earlier load of their dataset.
	Compared bool `json:"compared,omitempty"`
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
	if err := s.survey(ctx, inputs); err != nil {
		return s.report, err
	}
	from, err := s.resume(ctx, inputs)
	if err != nil {
		return s.report, err
	}
	if err := s.beginRelease(ctx, inputs, from); err != nil {
		return s.report, err
	}
	if err := s.loadChunks(ctx, inputs, from); err != nil {
		return s.report, err
	}
	if err := s.loadDeferred(ctx); err != nil {
		return s.report, err
	}
	if err := s.retractRemoved(ctx); err != nil {
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

// loadChunks reads and loads what comes after what was loaded before.
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
			if err := s.saveCheckpoint(ctx, c.checkpoint); err != nil {
				return err
			}
			s.options.Progress(Progress{"loading", int64(c.checkpoint.Rows), c.bytes, c.size})
		}
		return nil
	})
	return group.Wait()
}

// saveCheckpoint tells the store how far the load has come.
func (s *stream) saveCheckpoint(ctx context.Context, at checkpoint) error {
	if s.deferred.count > maxDeferredRows {
		return nil
	}
	at.Deferred = s.deferred.numbers
	at.Report, at.Compared = s.report, s.update != nil
	value, err := json.Marshal(at)
	if err != nil {
		return kg.Errorf(kg.Internal, "write a checkpoint: %w", err)
	}
	_, err = s.store.Apply(ctx, kg.Batch{Checkpoint: &kg.Checkpoint{Key: s.key, Value: string(value)}})
	return err
}

// resume reads how far an interrupted load of the same inputs came. If they have changed meanwhile it begins anew.
func (s *stream) resume(ctx context.Context, inputs []Input) (checkpoint, error) {
	var at checkpoint
	value, err := s.store.Checkpoint(ctx, s.key)
	if err != nil || value == "" {
		return at, err
	}
	if err := json.Unmarshal([]byte(value), &at); err != nil {
		return checkpoint{}, kg.Errorf(kg.Internal, "the checkpoint of an interrupted load cannot be read: %w", err)
	}
	for _, in := range inputs {
		if in.ReadOnce {
			return checkpoint{}, nil
		}
	}
	hash, err := s.prefixHash(ctx, inputs, at.Rows)
	if err != nil || hash != at.Hash {
		return checkpoint{}, err
	}
	s.report.Add(at.Report)
	s.report.Resumed = true
	return at, nil
}

// checkpointKey names the load to the store's checkpoints.
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
