package loader

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"hash/maphash"
	"os"
	"slices"

	"casus/internal/kg"
)

// Joiner is a Mapper of rows that hang together: all are read once before any is mapped, and rows that are parts of one thing are
// one unit, wherever they stand. Of each part it is counted what became of the whole.
type Joiner interface {
	Mapper
	// Survey is told every row, in its order.
	Survey(row map[string]any)
	// Part names what a row is a part of; a row of which it is empty stands alone.
	Part(row map[string]any) string
	// Join makes one row of the parts of one thing, in their order, of which there are several.
	Join(parts []map[string]any) (map[string]any, error)
}

// joins is what is known of rows that belong together: how many there are of each thing that comes in several.
type joins struct {
	of     Joiner
	seed   maphash.Seed
	counts map[uint64]int32
}

// survey reads the input for the first time, if its rows hang together. What can be read only once is kept for the second.
func (s *stream) survey(ctx context.Context, inputs []Input) error {
	of, ok := s.mapper.(Joiner)
	if !ok {
		return nil
	}
	if err := s.keepAll(inputs); err != nil {
		return err
	}
	j := &joins{of, maphash.MakeSeed(), map[uint64]int32{}}
	read := int64(0)
	if err := s.each(inputs, sha256.New(), func(u unread) error {
		if u.values != nil {
			of.Survey(u.values)
			if part := of.Part(u.values); part != "" {
				j.counts[j.hash(part)]++
			}
		}
		if read++; read%1000 == 0 {
			done, size := progressOf(inputs)
			s.options.Progress(Progress{"reading, to see what belongs together", read, done, size})
		}
		return ctx.Err()
	}); err != nil {
		return err
	}
	several := map[uint64]int32{}
	for part, n := range j.counts {
		if n > 1 {
			several[part] = n
		}
	}
	j.counts = several
	s.joins = j
	return nil
}

func (j *joins) hash(part string) uint64 { return maphash.String(j.seed, part) }

// joining is one pass over the input. Parts wait in a temporary file for the last of theirs.
type joining struct {
	*joins
	file    *os.File
	end     int64
	waiting map[uint64]waitingPart
}

// waitingPart is the latest part of a thing so far, and how many are to come.
type waitingPart struct {
	left int32
	at   place
}

// keptPart is a part as it is kept.
type keptPart struct {
	From, Size int64 // of the part before; 0: there is none
	File       string
	Line       int
	Text       string
}

func (s *stream) joining() *joining {
	if s.joins == nil {
		return nil
	}
	return &joining{joins: s.joins, waiting: map[uint64]waitingPart{}}
}

// join gives a row back if it stands alone, or all parts of a thing as one if it is the last of them. Otherwise it is kept.
func (j *joining) join(u unread) (whole unread, complete bool, err error) {
	if j == nil || u.values == nil {
		return u, true, nil
	}
	part := j.of.Part(u.values)
	key := j.hash(part)
	n := j.counts[key]
	if part == "" || n < 2 {
		return u, true, nil
	}
	w, begun := j.waiting[key]
	if !begun {
		w.left = n
	}
	if w.left--; w.left > 0 {
		w.at, err = j.keep(u.raw, w.at)
		j.waiting[key] = w
		return u, false, err
	}
	delete(j.waiting, key)
	u.more, err = j.partsBefore(w.at)
	mapper, parts, row := j.of, append(slices.Clone(u.more), u.raw), u.values
	u.records = func() ([]record, *Reject) { return mappedParts(mapper, parts, row) }
	return u, true, err
}

func (j *joining) keep(r raw, before place) (at place, err error) {
	if j.file == nil {
		if j.file, err = temporary("casus-parts-*"); err != nil {
			return at, err
		}
	}
	b, err := json.Marshal(keptPart{before.from, before.size, r.file, r.line, r.text})
	if err == nil {
		_, err = j.file.WriteAt(b, j.end)
	}
	if err != nil {
		return at, kg.Errorf(kg.Unavailable, "rows that belong together cannot be kept in a temporary file: %w", err)
	}
	at = place{j.end, int64(len(b))}
	j.end += at.size
	return at, nil
}

// partsBefore reads a part and those before it, in their order.
func (j *joining) partsBefore(at place) (parts []raw, err error) {
	for at.size > 0 {
		b := make([]byte, at.size)
		var kept keptPart
		if _, err = j.file.ReadAt(b, at.from); err == nil {
			err = json.Unmarshal(b, &kept)
		}
		if err != nil {
			return nil, kg.Errorf(kg.Unavailable, "rows that belong together cannot be read again: %w", err)
		}
		parts = append(parts, raw{kept.File, kept.Line, kept.Text})
		at = place{kept.From, kept.Size}
	}
	slices.Reverse(parts)
	return parts, nil
}

// done ends the pass, after the whole input if it is complete.
func (j *joining) done(complete bool) error {
	if j == nil {
		return nil
	}
	err := discard(j.file)
	if complete && len(j.waiting) > 0 {
		return kg.Errorf(kg.BadInput, "the input changed while it was read: load it again")
	}
	return err
}

// mappedParts gives the records that parts yield together; last is the last of them, as it was read.
func mappedParts(m Joiner, parts []raw, last map[string]any) ([]record, *Reject) {
	rows := make([]map[string]any, len(parts))
	for i, p := range parts[:len(parts)-1] {
		if err := json.Unmarshal([]byte(p.text), &rows[i]); err != nil {
			return nil, &Reject{Reason: "a part of it is no JSON: " + err.Error()}
		}
	}
	rows[len(parts)-1] = last
	row, err := m.Join(rows)
	if err != nil {
		return nil, unmapped(m, err)
	}
	return mapped(m, row)
}
