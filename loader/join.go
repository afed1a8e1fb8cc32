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

// joinIndex is what is known of rows that belong together: how many there are of each thing that comes in several.
type joinIndex struct {
	joiner Joiner
	seed   maphash.Seed
	counts map[uint64]int32
}

// survey reads the input for the first time, if its rows hang together. What can be read only once is kept for the second.
func (s *stream) survey(ctx context.Context, inputs []Input) error {
	joiner, ok := s.mapper.(Joiner)
	if !ok {
		return nil
	}
	if err := s.bufferInputs(inputs); err != nil {
		return err
	}
	j := &joinIndex{joiner, maphash.MakeSeed(), map[uint64]int32{}}
	read := int64(0)
	if err := s.eachRow(inputs, sha256.New(), func(raw rawRow) error {
		if raw.values != nil {
			joiner.Survey(raw.values)
			if part := joiner.Part(raw.values); part != "" {
				j.counts[j.hash(part)]++
			}
		}
		if read++; read%1000 == 0 {
			done, size := inputProgress(inputs)
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

func (j *joinIndex) hash(part string) uint64 { return maphash.String(j.seed, part) }

// joinPass is one pass over the input. Parts wait in a temporary file for the last of theirs.
type joinPass struct {
	*joinIndex
	file    *os.File
	end     int64
	waiting map[uint64]waitingPart
}

// waitingPart is the latest part of a thing so far, and how many are to come.
type waitingPart struct {
	left int32
	at   fileRange
}

// storedPart is a part as it is kept.
type storedPart struct {
	From, Size int64 // of the part before; 0: there is none
	File       string
	Line       int
	Text       string
}

func (s *stream) newJoinPass() *joinPass {
	if s.joins == nil {
		return nil
	}
	return &joinPass{joinIndex: s.joins, waiting: map[uint64]waitingPart{}}
}

// join gives a row back if it stands alone, or all parts of a thing as one if it is the last of them. Otherwise it is kept.
func (j *joinPass) join(raw rawRow) (whole rawRow, complete bool, err error) {
	if j == nil || raw.values == nil {
		return raw, true, nil
	}
	part := j.joiner.Part(raw.values)
	key := j.hash(part)
	n := j.counts[key]
	if part == "" || n < 2 {
		return raw, true, nil
	}
	w, begun := j.waiting[key]
	if !begun {
		w.left = n
	}
	if w.left--; w.left > 0 {
		w.at, err = j.put(raw.rawText, w.at)
		j.waiting[key] = w
		return raw, false, err
	}
	delete(j.waiting, key)
	raw.earlier, err = j.partsBefore(w.at)
	mapper, parts, row := j.joiner, append(slices.Clone(raw.earlier), raw.rawText), raw.values
	raw.makeRecords = func() ([]rawRecord, *Reject) { return mapParts(mapper, parts, row) }
	return raw, true, err
}

func (j *joinPass) put(text rawText, before fileRange) (at fileRange, err error) {
	if j.file == nil {
		if j.file, err = createTemp("casus-parts-*"); err != nil {
			return at, err
		}
	}
	b, err := json.Marshal(storedPart{before.from, before.size, text.file, text.line, text.text})
	if err == nil {
		_, err = j.file.WriteAt(b, j.end)
	}
	if err != nil {
		return at, kg.Errorf(kg.Unavailable, "rows that belong together cannot be kept in a temporary file: %w", err)
	}
	at = fileRange{j.end, int64(len(b))}
	j.end += at.size
	return at, nil
}

// partsBefore reads a part and those before it, in their order.
func (j *joinPass) partsBefore(at fileRange) (parts []rawText, err error) {
	for at.size > 0 {
		b := make([]byte, at.size)
		var part storedPart
		if _, err = j.file.ReadAt(b, at.from); err == nil {
			err = json.Unmarshal(b, &part)
		}
		if err != nil {
			return nil, kg.Errorf(kg.Unavailable, "rows that belong together cannot be read again: %w", err)
		}
		parts = append(parts, rawText{part.File, part.Line, part.Text})
		at = fileRange{part.From, part.Size}
	}
	slices.Reverse(parts)
	return parts, nil
}

// finish ends the pass, after the whole input if it is complete.
func (j *joinPass) finish(complete bool) error {
	if j == nil {
		return nil
	}
	err := removeTemp(j.file)
	if complete && len(j.waiting) > 0 {
		return kg.Errorf(kg.BadInput, "the input changed while it was read: load it again")
	}
	return err
}

// mapParts gives the records that parts yield together; last is the last of them, as it was read.
func mapParts(m Joiner, parts []rawText, last map[string]any) ([]rawRecord, *Reject) {
	rows := make([]map[string]any, len(parts))
	for i, p := range parts[:len(parts)-1] {
		if err := json.Unmarshal([]byte(p.text), &rows[i]); err != nil {
			return nil, &Reject{Reason: "a part of it is no JSON: " + err.Error()}
		}
	}
	rows[len(parts)-1] = last
	row, err := m.Join(rows)
	if err != nil {
		return nil, mappingReject(m, err)
	}
	return mapRow(m, row)
}
