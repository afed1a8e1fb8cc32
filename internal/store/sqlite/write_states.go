package sqlite

import (
	"context"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/apply"
	"casus/internal/store/codec"
)

var (
	stateRows, stateSums = newCheckedTable("event_state", `event, known_from, known_to, layer, status, category, mode,
		modality, precision, time_earliest, time_latest, time_asc, time_desc, asserted_earliest, asserted_latest,
		asserted_asc, asserted_desc, time_floats, toll, killed, killed_asc, killed_desc, documents, publishers, voices,
		datasets, codings, disagreements, nominal, record`)
	codeRows = newTable("state_code", "scheme, value, event, known_from, layer")
)

func (t *tx) putState(ctx context.Context, event string, layer apply.Layer, s kg.EventState) error {
	record, err := codec.Encode(s)
	if err != nil {
		return err
	}
	killed := none
	if k := s.Toll.Killed; k != nil && k.Best != nil {
		killed = *k.Best
	}
	key := func(f store.EventOrderField, d store.Direction) int64 {
		return store.EventOrder{Field: f, Direction: d}.Key(s)
	}
	if err := t.add(ctx, stateRows,
		event, int64(s.KnownFrom), int64(s.KnownTo), int(layer), string(s.Status), string(s.Category), s.Mode,
		string(s.Modality), string(s.Time.Precision),
		int64(s.Time.Earliest), int64(s.Time.Latest), key(store.EventsByTime, store.Asc), key(store.EventsByTime, store.Desc),
		int64(s.FirstAsserted.Earliest), int64(s.FirstAsserted.Latest), key(store.EventsByFirstAsserted, store.Asc),
		key(store.EventsByFirstAsserted, store.Desc),
		floatBits(s.Time), codec.EncodeToll(s.Toll), killed, key(store.EventsByKilled, store.Asc),
		key(store.EventsByKilled, store.Desc), s.Sources.Documents, s.Sources.Publishers, s.Sources.Voices,
		s.Sources.Datasets, int(s.Codings), int(s.Disagreements), nominalStart(s), record); err != nil {
		return err
	}
	for i, c := range s.Codes {
		same := func(other kg.Code) bool { return other.Scheme == c.Scheme && other.Value == c.Value }
		if slices.ContainsFunc(s.Codes[:i], same) {
			continue // only the label differs
		}
		if err := t.add(ctx, codeRows, c.Scheme, c.Value, event, int64(s.KnownFrom), int(layer)); err != nil {
			return err
		}
	}
	return nil
}

// nominalStart returns the start of the nominal day; nil if there is none.
func nominalStart(s kg.EventState) any {
	if start := s.Nominal.Start(); start != nil {
		return int64(*start)
	}
	return nil
}

// floatBits returns the ends of a time that float, as bits.
func floatBits(t edtf.Time) int {
	bits := 0
	if t.EarliestFloats {
		bits |= earliestFloats
	}
	if t.LatestFloats {
		bits |= latestFloats
	}
	return bits
}

const earliestFloats, latestFloats = 1, 2

// none is stored for an absent count.
const none = -1
