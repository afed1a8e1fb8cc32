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

// Joiner is a Mapper of rows that depend on one another: all rows are read once before any is mapped, and the parts of
// one entity anywhere in the input are joined into one row. The report counts each part like the joined row.
type Joiner interface {
	Mapper
	// Survey is called with every row, in order, before any is mapped.
	Survey(row map[string]any)
	// EntityID returns the id of the entity that a row is a part of. It is empty for an independent row.
	EntityID(row map[string]any) string
	// Join returns one row made of two or more parts of one entity, which are in the order of the input.
	Join(parts []map[string]any) (map[string]any, error)
}

// joinIndex counts the parts of each entity that has several.
type joinIndex struct {
	joiner Joiner
	seed   maphash.Seed
	counts map[uint64]int32
}

// survey reads the input once if the mapper is a Joiner. An input that can be read only once is buffered for the load
// itself.
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
			if part := joiner.EntityID(raw.values); part != "" {
				j.counts[j.hash(part)]++
			}
		}
		if read++; read%1000 == 0 {
			done, size := inputProgress(inputs)
			s.options.Progress(Progress{"reading, to find rows that belong together", read, done, size})
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

// joinPass is one pass over the input. Parts are stored in a temporary file until the last part of their entity is
// read.
type joinPass struct {
	*joinIndex
	file       *os.File
	end        int64
	incomplete map[uint64]incompleteRow
}

// incompleteRow is the last part of an entity that was read so far, and the number of missing parts.
type incompleteRow struct {
	missing int32
	last    fileRange
}

// storedPart is a part as it is written to the file.
type storedPart struct {
	From, Size int64 // of the part before; 0 if there is none
	File       string
	Line       int
	Text       string
}

func (s *stream) newJoinPass() *joinPass {
	if s.joins == nil {
		return nil
	}
	return &joinPass{joinIndex: s.joins, incomplete: map[uint64]incompleteRow{}}
}

// join returns an independent row as it is, and the joined row when its last part is read. Any other part it stores.
func (j *joinPass) join(raw rawRow) (whole rawRow, complete bool, err error) {
	if j == nil || raw.values == nil {
		return raw, true, nil
	}
	part := j.joiner.EntityID(raw.values)
	key := j.hash(part)
	n := j.counts[key]
	if part == "" || n < 2 {
		return raw, true, nil
	}
	w, found := j.incomplete[key]
	if !found {
		w.missing = n
	}
	if w.missing--; w.missing > 0 {
		w.last, err = j.put(raw.rawText, w.last)
		j.incomplete[key] = w
		return raw, false, err
	}
	delete(j.incomplete, key)
	raw.earlier, err = j.partsBefore(w.last)
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
	b, err := json.Marshal(storedPart{before.start, before.size, text.file, text.line, text.text})
	if err == nil {
		_, err = j.file.WriteAt(b, j.end)
	}
	if err != nil {
		return at, kg.Errorf(kg.Unavailable, "cannot write rows that belong together to a temporary file: %w", err)
	}
	at = fileRange{j.end, int64(len(b))}
	j.end += at.size
	return at, nil
}

// partsBefore reads a part and its predecessors, and returns them in the order of the input.
func (j *joinPass) partsBefore(at fileRange) (parts []rawText, err error) {
	for at.size > 0 {
		b := make([]byte, at.size)
		var part storedPart
		if _, err = j.file.ReadAt(b, at.start); err == nil {
			err = json.Unmarshal(b, &part)
		}
		if err != nil {
			return nil, kg.Errorf(kg.Unavailable, "cannot read rows that belong together from a temporary file: %w", err)
		}
		parts = append(parts, rawText{part.File, part.Line, part.Text})
		at = fileRange{part.From, part.Size}
	}
	slices.Reverse(parts)
	return parts, nil
}

// finish ends the pass. complete is set if the whole input was read.
func (j *joinPass) finish(complete bool) error {
	if j == nil {
		return nil
	}
	err := removeTemp(j.file)
	if complete && len(j.incomplete) > 0 {
		return kg.Errorf(kg.BadInput, "the input changed while it was read: load it again")
	}
	return err
}

// mapParts returns the records of the joined row. last is the last of the parts, already decoded.
func mapParts(m Joiner, parts []rawText, last map[string]any) ([]rawRecord, *Reject) {
	rows := make([]map[string]any, len(parts))
	for i, p := range parts[:len(parts)-1] {
		if err := json.Unmarshal([]byte(p.text), &rows[i]); err != nil {
			return nil, &Reject{Reason: "one of its parts is invalid JSON: " + err.Error()}
		}
	}
	rows[len(parts)-1] = last
	row, err := m.Join(rows)
	if err != nil {
		return nil, mappingReject(m, err)
	}
	return mapRow(m, row, 0)
}
