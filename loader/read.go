package loader

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"slices"
	"strconv"

	"casus/internal/kg"
)

// stretch is some units that are loaded together.
type stretch struct {
	units []*unit
	items []*item
	at    reached
	// end says that nothing comes after it.
	end bool
	// bytes were read of so many; 0: that is not known.
	bytes, size int64
}

// reading gives the units of one input, one after another, and io.EOF at their end.
type reading interface {
	next() (unread, error)
	Close() error
}

// unread is a unit whose records are not made yet.
type unread struct {
	raw
	more    []raw // further parts of it, before
	nth     int
	fault   *Reject
	values  map[string]any // of a row
	records func() ([]record, *Reject)
}

// read reads all inputs, checks every unit by itself and sends them on by stretches.
func (s *stream) read(ctx context.Context, inputs []Input, from reached, send chan<- stretch) error {
	p := preparing{stream: s, shared: map[nodeKey]*item{}}
	sum := sha256.New()
	var st stretch
	flush := func() error {
		st.at.Hash = hex.EncodeToString(sum.Sum(nil))
		st.bytes, st.size = progressOf(inputs)
		st.items = p.items
		select {
		case send <- st:
		case <-ctx.Done():
			return kg.Errorf(kg.Timeout, "the load was ended: %w", ctx.Err())
		}
		st = stretch{at: reached{Units: st.at.Units}}
		p.items, p.shared = nil, map[nodeKey]*item{}
		return nil
	}
	err := s.each(inputs, sum, func(u unread) error {
		st.at.Units++
		u.nth = st.at.Units
		if slices.Contains(from.Waiting, u.nth) {
			return p.put(u)
		}
		if u.nth <= from.Units {
			return p.skip(u)
		}
		st.units = append(st.units, p.unit(u))
		if len(st.units) >= s.options.Stretch {
			return flush()
		}
		return ctx.Err()
	})
	if err == nil && len(st.units) > 0 {
		st.end = true
		err = flush()
	}
	return err
}

// each goes through the units of all inputs; sum takes everything that is read.
func (s *stream) each(inputs []Input, sum hash.Hash, tell func(unread) error) error {
	j := s.joining()
	for _, in := range inputs {
		if err := s.eachOf(in, j, sum, tell); err != nil {
			return errors.Join(err, j.done(false))
		}
	}
	return j.done(true)
}

func (s *stream) eachOf(in Input, j *joining, sum hash.Hash, tell func(unread) error) (err error) {
	r, err := s.open(in)
	if err != nil {
		return err
	}
	defer func() {
		if e := r.Close(); e != nil && err == nil {
			err = kg.Errorf(kg.BadInput, "cannot read %s: %w", in.Name, e)
		}
	}()
	var read []byte
	for {
		u, err := r.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		read = append(append(strconv.AppendInt(read[:0], int64(len(u.text)), 10), ':'), u.text...)
		_, _ = sum.Write(read) // a hash takes everything
		u, complete, err := j.join(u)
		if err == nil && complete {
			err = tell(u)
		}
		if err != nil {
			return err
		}
	}
}

func (s *stream) open(in Input) (reading, error) {
	if s.mapper != nil {
		return openRows(in, s.mapper)
	}
	return openRecords(in)
}

// hashOf is the hash of the first units; "" where there are fewer.
func (s *stream) hashOf(ctx context.Context, inputs []Input, units int) (string, error) {
	sum := sha256.New()
	n := 0
	err := s.each(inputs, sum, func(unread) error {
		if n++; n == units {
			return errEnough
		}
		return ctx.Err()
	})
	if errors.Is(err, errEnough) {
		return hex.EncodeToString(sum.Sum(nil)), nil
	}
	return "", err
}

// errEnough ends a reading.
var errEnough = errors.New("enough was read")

func progressOf(inputs []Input) (done, size int64) {
	for _, in := range inputs {
		if in.Size == 0 {
			return 0, 0
		}
		done, size = done+in.position(), size+in.Size
	}
	return done, size
}
