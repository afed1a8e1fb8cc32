package aggregate

import (
	"context"
	"errors"
	"maps"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/projection/snapshot"
	"casus/internal/store"
)

// snapshotKind names the format of a table in a file. Its number grows with every change of the format or of the
// columns' meaning.
const snapshotKind = "aggregate index 6"

// saved identifies the content of a snapshot.
type saved struct {
	revision int64
	lists    int
	claims   bool
	ordered  bool
}

// savedContent returns what a snapshot of a table holds.
func savedContent(t *table, revision int64) saved {
	return saved{revision, len(t.lists), t.claims != nil, t.order != nil}
}

// Save writes the index to its snapshot, unless that has the same content already or there is nothing to write.
func (c *Index) Save(ctx context.Context) error {
	if c.options.Snapshot == "" {
		return nil
	}
	return c.follower.Inspect(ctx, func(t *table, revision int64) error {
		now := savedContent(t, revision)
		if before := c.saved.Load(); t.tooMany || before != nil && *before == now {
			return nil
		}
		header := snapshot.Header{Kind: snapshotKind, Revision: revision}
		err := snapshot.Save(ctx, c.options.Snapshot, header, t.encode)
		if err == nil {
			c.saved.Store(&now)
		}
		return err
	})
}

// restore reads the snapshot.
func (c *Index) restore(context.Context) (t *table, revision int64, err error) {
	revision, err = snapshot.Load(c.options.Snapshot, snapshotKind, func(d *snapshot.Decoder) { t = decodeTable(d) })
	if err == nil && len(t.ids) > c.options.MaxEvents {
		err = kg.Errorf(kg.LimitExceeded, "the snapshot has %d events, more than the %d that are counted from memory",
			len(t.ids), c.options.MaxEvents)
	}
	switch {
	case err == nil:
		now := savedContent(t, revision)
		c.saved.Store(&now)
	case kg.CodeOf(err) != kg.NotFound:
		c.options.Log.Warn("the events are read from the store again", "reason", err)
	}
	return t, revision, err
}

// encode writes the table, except what decode derives.
func (t *table) encode(e *snapshot.Encoder) {
	snapshot.EncodeStrings(e, t.ids)
	t.latest.encode(e)
	t.earlier.encode(e)
	encodeHulls(e, t.hulls)
	for a := range attributes {
		snapshot.EncodeStrings(e, mapped(t.traits, func(v traits) string { return v[a] }))
	}
	encodeTolls(e, t.tolls)
	t.encodeWholes(e)
	fields := slices.Sorted(maps.Keys(t.lists))
	snapshot.EncodeStrings(e, fields)
	for _, f := range fields {
		t.lists[f].encode(e)
	}
	t.encodePlaces(e)
	t.encodeClaims(e)
	var ordered []uint32
	if t.order != nil {
		ordered = t.order.rows
	}
	snapshot.EncodeNumbers(e, ordered)
}

// decodeTable reads what encode wrote. It fails if columns do not fit together.
func decodeTable(d *snapshot.Decoder) *table {
	t := newTable(0) // only a read of all events is bounded
	t.ids = snapshot.DecodeStrings[kg.ID](d)
	numbered := t.numberIDs()
	t.latest, t.earlier = decodeVersions(d), decodeVersions(d)
	t.hulls = decodeHulls(d)
	for a := range attributes {
		words := snapshot.DecodeStrings[string](d)
		if t.traits == nil {
			t.traits = make([]traits, len(words))
		}
		for i := range min(len(words), len(t.traits)) {
			t.traits[i][a] = words[i]
		}
	}
	t.decodeTolls(d)
	t.decodeWholes(d)
	for _, f := range snapshot.DecodeStrings[store.FacetField](d) {
		t.lists[f] = decodeList(d, f)
	}
	t.decodePlaces(d)
	t.decodeClaims(d)
	ordered := snapshot.DecodeNumbers[uint32](d)
	<-numbered
	if d.Err() != nil {
		return nil
	}
	for i, h := range t.hulls {
		t.hullNumber[h] = uint32(i)
	}
	for i, v := range t.traits {
		t.traitNumber[v] = uint32(i)
	}
	if !t.fits(ordered) {
		d.Fail(errColumns)
		return nil
	}
	if ordered != nil {
		t.order = t.newOrder(ordered)
	}
	return t
}

// numberIDs numbers the events in the background, which takes as long as reading their columns.
func (t *table) numberIDs() (done <-chan struct{}) {
	numbered := make(chan struct{})
	go func() {
		defer close(numbered)
		t.rows = make(map[kg.ID]uint32, len(t.ids))
		for i, id := range t.ids {
			t.rows[id] = uint32(i)
		}
	}()
	return numbered
}

var errColumns = errors.New("its columns do not fit together")

// fits reports whether all indexes in the columns are within the columns that they lead to.
func (t *table) fits(ordered []uint32) bool {
	events := len(t.ids)
	ok := t.latest.fits(t, events) && t.latest.event == nil && t.latest.to == nil &&
		t.earlier.fits(t, len(t.earlier.event)) && len(t.earlier.to) == len(t.earlier.event) &&
		within(t.earlier.event, events) && within(ordered, events) && (t.claims == nil || t.claims.fits(events))
	for _, l := range t.lists {
		ok = ok && l.fits(events)
	}
	return ok
}

// within reports whether all indexes are below a bound.
func within(indexes []uint32, bound int) bool {
	return !slices.ContainsFunc(indexes, func(i uint32) bool { return int(i) >= bound })
}

// mapped returns the results of a function for all elements.
func mapped[S, T any](all []S, of func(S) T) []T {
	values := make([]T, len(all))
	for i, v := range all {
		values[i] = of(v)
	}
	return values
}

// encodeWholes writes each part with its whole and the interval in which that is known.
func (t *table) encodeWholes(e *snapshot.Encoder) {
	var parts, wholes []kg.ID
	var from, to []edtf.Instant
	for _, part := range slices.Sorted(maps.Keys(t.wholes)) {
		for _, w := range t.wholes[part] {
			parts, wholes = append(parts, part), append(wholes, w.id)
			from, to = append(from, w.known.KnownFrom), append(to, w.known.KnownTo)
		}
	}
	snapshot.EncodeStrings(e, parts)
	snapshot.EncodeStrings(e, wholes)
	snapshot.EncodeNumbers(e, from)
	snapshot.EncodeNumbers(e, to)
}

func (t *table) decodeWholes(d *snapshot.Decoder) {
	parts, wholes := snapshot.DecodeStrings[kg.ID](d), snapshot.DecodeStrings[kg.ID](d)
	from, to := snapshot.DecodeNumbers[edtf.Instant](d), snapshot.DecodeNumbers[edtf.Instant](d)
	if len(wholes) != len(parts) || len(from) != len(parts) || len(to) != len(parts) {
		d.Fail(errColumns)
		return
	}
	for i, part := range parts {
		t.addPart(part, wholes[i], kg.Interval{KnownFrom: from[i], KnownTo: to[i]})
	}
}
