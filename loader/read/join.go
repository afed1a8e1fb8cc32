package read

import (
	"encoding/json"
	"hash/maphash"
	"slices"

	"casus/internal/kg"
	"casus/internal/record"
	"casus/internal/spill"
	"casus/loader/entry"
)

// joinIndex counts the parts of each entity that has several.
type joinIndex struct {
	joiner Joiner
	seed   maphash.Seed
	counts map[uint64]int32
}

func (j *joinIndex) hash(part string) uint64 { return maphash.String(j.seed, part) }

// joinPass is one pass over the input. Parts are spilled until the last part of their entity is read.
type joinPass struct {
	*joinIndex
	parts      *spill.File
	incomplete map[uint64]incompleteRow
}

// incompleteRow is the last part of an entity that was read so far, and the number of missing parts.
type incompleteRow struct {
	missing int32
	last    spill.Block
}

// spilledPart is a part as it is spilled, with the place of the part before it, whose size is 0 if there is none.
type spilledPart struct {
	Before spill.Block
	Part   entry.Part
}

// newJoinPass returns a pass; nil if rows are independent.
func newJoinPass(joins *joinIndex) *joinPass {
	if joins == nil {
		return nil
	}
	return &joinPass{joins, spill.New("parts", "rows that belong together"), map[uint64]incompleteRow{}}
}

// join returns an independent row as it is, and the joined row when its last part is read. Any other part it spills.
func (j *joinPass) join(row entry.Source) (whole entry.Source, complete bool, err error) {
	if j == nil || row.Values == nil {
		return row, true, nil
	}
	part := j.joiner.EntityID(row.Values)
	key := j.hash(part)
	n := j.counts[key]
	if part == "" || n < 2 {
		return row, true, nil
	}
	w, found := j.incomplete[key]
	if !found {
		w.missing = n
	}
	if w.missing--; w.missing > 0 {
		w.last, err = j.put(row.Part, w.last)
		j.incomplete[key] = w
		return row, false, err
	}
	delete(j.incomplete, key)
	row.Earlier, err = j.partsBefore(w.last)
	mapper, parts, values := j.joiner, row.Parts(), row.Values
	row.Records = func() ([]entry.Raw, *record.Reject) { return mapParts(mapper, parts, values) }
	return row, true, err
}

func (j *joinPass) put(part entry.Part, before spill.Block) (at spill.Block, err error) {
	b, err := json.Marshal(spilledPart{before, part})
	if err != nil {
		return at, kg.Errorf(kg.Internal, "encode a row: %w", err)
	}
	return j.parts.Add(b)
}

// partsBefore reads a part and its predecessors, and returns them in the order of the input.
func (j *joinPass) partsBefore(at spill.Block) (parts []entry.Part, err error) {
	for at.Size > 0 {
		b, err := j.parts.Find(at)
		if err != nil {
			return nil, err
		}
		var spilled spilledPart
		if err := json.Unmarshal(b, &spilled); err != nil {
			return nil, kg.Errorf(kg.Unavailable, "cannot read rows that belong together from a temporary file: %w", err)
		}
		parts, at = append(parts, spilled.Part), spilled.Before
	}
	slices.Reverse(parts)
	return parts, nil
}

// finish ends the pass. complete is set if the whole input was read.
func (j *joinPass) finish(complete bool) error {
	if j == nil {
		return nil
	}
	err := j.parts.Close()
	if complete && len(j.incomplete) > 0 {
		return kg.Errorf(kg.BadInput, "the input changed while it was read: load it again")
	}
	return err
}

// mapParts returns the records of the joined row. last is the last of the parts, already decoded.
func mapParts(m Joiner, parts []entry.Part, last map[string]any) ([]entry.Raw, *record.Reject) {
	rows := make([]map[string]any, len(parts))
	for i, p := range parts[:len(parts)-1] {
		if err := json.Unmarshal([]byte(p.Text), &rows[i]); err != nil {
			return nil, &record.Reject{Reason: "one of its parts is invalid JSON: " + err.Error()}
		}
	}
	rows[len(parts)-1] = last
	row, err := m.Join(rows)
	if err != nil {
		return nil, mappingReject(m, err)
	}
	return mapRow(m, row, 0)
}
