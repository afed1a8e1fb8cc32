package aggregate

import (
	"encoding/json"
	"maps"
	"math"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/projection/snapshot"
	"casus/internal/store"
)

func (v *versions) encode(e *snapshot.Encoder) {
	snapshot.EncodeNumbers(e, v.event)
	snapshot.EncodeNumbers(e, v.from)
	snapshot.EncodeNumbers(e, v.to)
	e.Bools(v.present)
	snapshot.EncodeNumbers(e, v.hull)
	snapshot.EncodeNumbers(e, v.toll)
	for _, numbers := range v.sources {
		snapshot.EncodeNumbers(e, numbers)
	}
	snapshot.EncodeNumbers(e, v.traits)
}

func decodeVersions(d *snapshot.Decoder) versions {
	return versions{
		event: snapshot.DecodeNumbers[uint32](d), from: snapshot.DecodeNumbers[edtf.Instant](d),
		to: snapshot.DecodeNumbers[edtf.Instant](d), present: d.Bools(), hull: snapshot.DecodeNumbers[uint32](d),
		toll: snapshot.DecodeNumbers[int32](d), sources: decodeSources(d),
		traits: snapshot.DecodeNumbers[uint32](d),
	}
}

// mostSources is more sources than an event can have in practice. Facets have a key for each number up to the greatest,
// so a greater number in a faulty file would take all memory.
const mostSources = 1 << 20

func decodeSources(d *snapshot.Decoder) (sources [4][]uint32) {
	for i := range sources {
		sources[i] = snapshot.DecodeNumbers[uint32](d)
		if len(sources[i]) > 0 && slices.Max(sources[i]) > mostSources {
			d.Fail(errColumns)
		}
	}
	return sources
}

// fits reports whether there are rows rows, and indexes lead into the columns of the table.
func (v *versions) fits(t *table, rows int) bool {
	for _, n := range []int{
		len(v.from), len(v.present), len(v.hull), len(v.toll), len(v.traits),
		len(v.sources[0]), len(v.sources[1]), len(v.sources[2]), len(v.sources[3]),
	} {
		if n != rows {
			return false
		}
	}
	for row, present := range v.present {
		if n := v.toll[row]; present && (int(v.hull[row]) >= len(t.hulls) || int(v.traits[row]) >= len(t.traits) ||
			n < -1 || int(n) >= len(t.tolls)) {
			return false
		}
	}
	return true
}

func encodeHulls(e *snapshot.Encoder, all []hull) {
	snapshot.EncodeNumbers(e, mapped(all, func(h hull) edtf.Instant { return h.earliest }))
	snapshot.EncodeNumbers(e, mapped(all, func(h hull) edtf.Instant { return h.latest }))
	snapshot.EncodeNumbers(e, mapped(all, func(h hull) edtf.Instant { return h.nominal }))
	e.Bools(mapped(all, func(h hull) bool { return h.earliestFloats }))
	e.Bools(mapped(all, func(h hull) bool { return h.latestFloats }))
	e.Bools(mapped(all, func(h hull) bool { return h.hasNominal }))
}

func decodeHulls(d *snapshot.Decoder) []hull {
	earliest, latest := snapshot.DecodeNumbers[edtf.Instant](d), snapshot.DecodeNumbers[edtf.Instant](d)
	nominal := snapshot.DecodeNumbers[edtf.Instant](d)
	earliestFloats, latestFloats, hasNominal := d.Bools(), d.Bools(), d.Bools()
	n := len(earliest)
	if len(latest) != n || len(nominal) != n || len(hasNominal) != n ||
		len(earliestFloats) != n || len(latestFloats) != n {
		d.Fail(errColumns)
		return nil
	}
	all := make([]hull, n)
	for i := range all {
		all[i] = hull{
			earliest: earliest[i], latest: latest[i], earliestFloats: earliestFloats[i], latestFloats: latestFloats[i],
			hasNominal: hasNominal[i], nominal: nominal[i],
		}
	}
	return all
}

func encodeTolls(e *snapshot.Encoder, all []kg.Toll) {
	snapshot.EncodeStrings(e, mapped(all, tollText))
}

func (t *table) decodeTolls(d *snapshot.Decoder) {
	for _, text := range snapshot.DecodeStrings[string](d) {
		var toll kg.Toll
		if err := json.Unmarshal([]byte(text), &toll); err != nil {
			d.Fail(err)
			return
		}
		t.addToll(toll, text)
	}
}

func (l *listColumn) encode(e *snapshot.Encoder) {
	snapshot.EncodeStrings(e, l.words)
	snapshot.EncodeNumbers(e, l.refs)
	snapshot.EncodeNumbers(e, l.more)
	snapshot.EncodeNumbers(e, l.histories)
	snapshot.EncodeNumbers(e, mapped(l.spans, func(s span) edtf.Instant { return s.known.KnownFrom }))
	snapshot.EncodeNumbers(e, mapped(l.spans, func(s span) edtf.Instant { return s.known.KnownTo }))
	snapshot.EncodeNumbers(e, mapped(l.spans, func(s span) uint32 { return s.code }))
	snapshot.EncodeNumbers(e, mapped(l.spans, func(s span) uint32 { return s.next }))
}

func decodeList(d *snapshot.Decoder, field store.FacetField) *listColumn {
	l := newListColumn(field, 0)
	l.words = snapshot.DecodeStrings[string](d)
	l.refs, l.more = snapshot.DecodeNumbers[uint32](d), snapshot.DecodeNumbers[uint32](d)
	l.histories = snapshot.DecodeNumbers[uint32](d)
	from, to := snapshot.DecodeNumbers[edtf.Instant](d), snapshot.DecodeNumbers[edtf.Instant](d)
	codes, next := snapshot.DecodeNumbers[uint32](d), snapshot.DecodeNumbers[uint32](d)
	if n := len(from); len(to) != n || len(codes) != n || len(next) != n {
		d.Fail(errColumns)
		return l
	}
	for i, word := range l.words {
		l.codeOf[word] = uint32(i)
	}
	l.spans = make([]span, len(from))
	for i := range from {
		l.spans[i] = span{kg.Interval{KnownFrom: from[i], KnownTo: to[i]}, codes[i], next[i]}
	}
	return l
}

// fits reports whether the column has some events, and its indexes lead into its lists. The spans of an event follow
// one another.
func (l *listColumn) fits(events int) bool {
	ok := len(l.refs) == events && len(l.words) > 0 && (l.histories == nil || len(l.histories) == events) &&
		within(l.histories, len(l.spans))
	for _, at := range l.refs {
		if at < multiple {
			ok = ok && int(at) < len(l.words)
			continue
		}
		begin := int(at - multiple)
		if begin >= len(l.more) || begin+1+int(l.more[begin]) > len(l.more) {
			return false
		}
		ok = ok && within(l.more[begin+1:][:l.more[begin]], len(l.words))
	}
	for i, s := range l.spans {
		ok = ok && int(s.code) < len(l.words) && int(s.next) < len(l.spans) && (s.next == 0 || int(s.next) > i)
	}
	return ok
}

func (t *table) encodePlaces(e *snapshot.Encoder) {
	ids := slices.Sorted(maps.Keys(t.places))
	snapshot.EncodeStrings(e, ids)
	numbers := func(of func(store.MapPlace) float64) {
		snapshot.EncodeNumbers(e, mapped(ids, func(id kg.ID) int64 { return int64(math.Float64bits(of(t.places[id]))) }))
	}
	numbers(func(p store.MapPlace) float64 { return p.Point.Latitude })
	numbers(func(p store.MapPlace) float64 { return p.Point.Longitude })
	numbers(func(p store.MapPlace) float64 { return p.ExtentKm })
	snapshot.EncodeStrings(e, mapped(ids, func(id kg.ID) kg.LocationKind { return t.places[id].Kind }))
	snapshot.EncodeStrings(e, mapped(ids, func(id kg.ID) string { return t.places[id].Country }))
}

func (t *table) decodePlaces(d *snapshot.Decoder) {
	ids := snapshot.DecodeStrings[kg.ID](d)
	latitudes, longitudes := snapshot.DecodeNumbers[int64](d), snapshot.DecodeNumbers[int64](d)
	extents := snapshot.DecodeNumbers[int64](d)
	kinds, countries := snapshot.DecodeStrings[kg.LocationKind](d), snapshot.DecodeStrings[string](d)
	for _, n := range []int{len(latitudes), len(longitudes), len(extents), len(kinds), len(countries)} {
		if n != len(ids) {
			d.Fail(errColumns)
			return
		}
	}
	number := func(bits int64) float64 { return math.Float64frombits(uint64(bits)) }
	t.places = make(map[kg.ID]store.MapPlace, len(ids))
	for i, id := range ids {
		at := kg.Point{Latitude: number(latitudes[i]), Longitude: number(longitudes[i])}
		t.places[id] = store.MapPlace{Point: at, Kind: kinds[i], Country: countries[i], ExtentKm: number(extents[i])}
	}
}

func (t *table) encodeClaims(e *snapshot.Encoder) {
	var first, next []uint32
	var from []edtf.Instant
	if t.claims != nil {
		first = t.claims.first
		next = mapped(t.claims.claims, func(c claim) uint32 { return c.next })
		from = mapped(t.claims.claims, func(c claim) edtf.Instant { return c.from })
	}
	snapshot.EncodeNumbers(e, first)
	snapshot.EncodeNumbers(e, next)
	snapshot.EncodeNumbers(e, from)
}

func (t *table) decodeClaims(d *snapshot.Decoder) {
	first, next := snapshot.DecodeNumbers[uint32](d), snapshot.DecodeNumbers[uint32](d)
	from := snapshot.DecodeNumbers[edtf.Instant](d)
	if first == nil {
		return
	}
	if len(next) != len(from) {
		d.Fail(errColumns)
		return
	}
	t.claims = &claimColumn{first: first, claims: make([]claim, len(from))}
	for i := range from {
		t.claims.claims[i] = claim{from[i], next[i]}
	}
}

// fits reports whether the column has some events, and its indexes lead to its claims. The claims of an event follow
// one another, the last one first.
func (c *claimColumn) fits(events int) bool {
	ok := len(c.first) == events && within(c.first, len(c.claims)) && len(c.claims) > 0
	for i, one := range c.claims {
		ok = ok && (one.next == 0 || int(one.next) < i)
	}
	return ok
}
