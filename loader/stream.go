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
	store   Store
	writers int    // how many batches the store takes at a time
	mapper  Mapper // nil: the extraction format
	options Options
	report  Report
	key     string
	release kg.ID
	update  *update // of an older release of the dataset; nil: nothing to compare with
	seen    seen
	texts   texts
	later   spool
	kept    []*os.File // inputs that have to be read again
	joins   *joins     // nil: rows stand alone
	// gone are ids that rejected records would have given.
	gone map[kg.ID]raw
}

func newStream(store Store, m Mapper, opt Options) *stream {
	if opt.Stretch <= 0 {
		opt.Stretch = DefaultStretch
	}
	if opt.BatchSize <= 0 {
		opt.BatchSize = DefaultBatchSize
	}
	if opt.Patience <= 0 {
		opt.Patience = DefaultPatience
	}
	if opt.Progress == nil {
		opt.Progress = func(Progress) {}
	}
	opt.Progress = inTurn(opt.Progress)
	return &stream{
		store: patient{store, opt.Patience, opt.Progress}, writers: store.Properties().ConcurrentWrites, mapper: m, options: opt, report: NewReport(), gone: map[kg.ID]raw{},
		seen: seen{load: new(int)},
	}
}

// inTurn lets several goroutines tell how a load goes.
func inTurn(tell func(Progress)) func(Progress) {
	var turn sync.Mutex
	return func(p Progress) {
		turn.Lock()
		defer turn.Unlock()
		tell(p)
	}
}

// reached is how far a load has come, as it is stored after each stretch.
type reached struct {
	Units int    `json:"units"`
	Hash  string `json:"hash"` // of all that was read so far
	// Waiting are the units among them that wait for others.
	Waiting []int  `json:"waiting,omitempty"`
	Report  Report `json:"report"`
	// Compared says that the load compares rows with those of an earlier load of their dataset.
	Compared bool `json:"compared,omitempty"`
}

func (s *stream) run(ctx context.Context, inputs []Input) (report Report, err error) {
	inputs = slices.Clone(inputs)
	defer func() {
		report, err = s.report, errors.Join(err, s.texts.close(), s.later.close())
		for _, f := range s.kept {
			err = errors.Join(err, discard(f))
		}
	}()
	s.key = s.keyOf(inputs)
	if err := s.survey(ctx, inputs); err != nil {
		return s.report, err
	}
	from, err := s.resume(ctx, inputs)
	if err != nil {
		return s.report, err
	}
	if err := s.begin(ctx, inputs, from); err != nil {
		return s.report, err
	}
	if err := s.stretches(ctx, inputs, from); err != nil {
		return s.report, err
	}
	if err := s.loadDeferred(ctx); err != nil {
		return s.report, err
	}
	if err := s.retractGone(ctx); err != nil {
		return s.report, err
	}
	if s.options.Ending != nil {
		if err := s.options.Ending(ctx); err != nil {
			return s.report, err
		}
	}
	_, err = s.store.Apply(ctx, kg.Batch{Checkpoint: &kg.Checkpoint{Key: s.key}})
	return s.report, err
}

// stretches reads and loads what comes after what was loaded before.
func (s *stream) stretches(ctx context.Context, inputs []Input, from reached) error {
	group, ctx := errgroup.WithContext(ctx)
	read := make(chan stretch)
	group.Go(func() error {
		defer close(read)
		return s.read(ctx, inputs, from, read)
	})
	group.Go(func() error {
		for st := range read {
			if err := s.load(ctx, st.units, st.items, st.end && s.later.count == 0); err != nil {
				return err
			}
			if err := s.mark(ctx, st.at); err != nil {
				return err
			}
			s.options.Progress(Progress{"loading", int64(st.at.Units), st.bytes, st.size})
		}
		return nil
	})
	return group.Wait()
}

// mark tells the store how far the load has come.
func (s *stream) mark(ctx context.Context, at reached) error {
	if s.later.count > waitingAtMost {
		return nil
	}
	at.Waiting = s.later.nths
	at.Report, at.Compared = s.report, s.update != nil
	value, err := json.Marshal(at)
	if err != nil {
		return kg.Errorf(kg.Internal, "write a checkpoint: %w", err)
	}
	_, err = s.store.Apply(ctx, kg.Batch{Checkpoint: &kg.Checkpoint{Key: s.key, Value: string(value)}})
	return err
}

// resume reads how far an interrupted load of the same inputs came. If they have changed meanwhile it begins anew.
func (s *stream) resume(ctx context.Context, inputs []Input) (reached, error) {
	var at reached
	value, err := s.store.Checkpoint(ctx, s.key)
	if err != nil || value == "" {
		return at, err
	}
	if err := json.Unmarshal([]byte(value), &at); err != nil {
		return reached{}, kg.Errorf(kg.Internal, "the checkpoint of an interrupted load cannot be read: %w", err)
	}
	for _, in := range inputs {
		if in.Once {
			return reached{}, nil
		}
	}
	hash, err := s.hashOf(ctx, inputs, at.Units)
	if err != nil || hash != at.Hash {
		return reached{}, err
	}
	s.report.Add(at.Report)
	s.report.Resumed = true
	return at, nil
}

// keyOf names the load to the store's checkpoints.
func (s *stream) keyOf(inputs []Input) string {
	parts := []string{fmt.Sprint(s.options.Stretch, s.options.KeepText, s.options.Restore, s.options.Published)}
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
