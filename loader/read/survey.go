package read

import (
	"casus/loader/entry"
	"context"
	"hash/maphash"
)

// Survey reads the input once if the mapper is a Joiner. Inputs that can be read only once are buffered. progress is
// called with the number of rows that were read, after each thousand.
func (r *Rows) Survey(ctx context.Context, progress func(rows int64)) error {
	joiner, ok := r.mapper.(Joiner)
	if !ok {
		return nil
	}
	if err := r.Buffer(); err != nil {
		return err
	}
	j := &joinIndex{joiner, maphash.MakeSeed(), map[uint64]int32{}}
	read := int64(0)
	if err := r.Each(nil, func(row entry.Source) error {
		if row.Values != nil {
			joiner.Survey(row.Values)
			if part := joiner.EntityID(row.Values); part != "" {
				j.counts[j.hash(part)]++
			}
		}
		if read++; read%1000 == 0 {
			progress(read)
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
	r.joins = j
	return nil
}
