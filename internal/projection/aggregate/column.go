package aggregate

import (
	"casus/internal/columns"
	"casus/internal/edtf"
	"casus/internal/kg"
)

// column returns the column of a field with the values of versions as of a moment.
func (t *table) column(f columns.Field, all []eventVersion, moment *edtf.Instant) columns.Column {
	if of, ok := f.List(); ok {
		return t.listedColumn(f, t.lists[of].at(moment), all)
	}
	if i := f.SourceNumber(); i >= 0 {
		return numbersOf(all, func(v eventVersion) int64 { return int64(v.versions.sources[i][v.row]) })
	}
	if a, ok := singleValues[f]; ok {
		return t.traitColumn(a, all)
	}
	switch f {
	case columns.ID:
		return columns.Column{Texts: mapped(all, func(v eventVersion) kg.ID { return t.ids[v.event] })}
	case columns.Floats:
		return t.floats(all)
	case columns.KilledLow, columns.Killed, columns.KilledHigh:
		return numbersOf(all, func(v eventVersion) int64 { return t.killedIn(f, v) })
	}
	times := numbersOf(all, func(v eventVersion) int64 { return t.timeIn(f, v) })
	times.Times, times.Ascending = true, f != columns.Length && f != columns.KnownFrom
	return times
}

// singleValues are the fields that are attributes of a version.
var singleValues = map[columns.Field]attribute{
	columns.Precision: precision, columns.Category: category, columns.Status: status, columns.Modality: modality,
	columns.Mode: mode,
}

func numbersOf(all []eventVersion, of func(eventVersion) int64) columns.Column {
	return columns.Column{Numbers: mapped(all, of)}
}

// timeIn returns the time that a version has for a field.
func (t *table) timeIn(f columns.Field, v eventVersion) int64 {
	h := t.hulls[v.versions.hull[v.row]]
	earliest, latest := exactTime(h.earliest), exactTime(h.latest)
	switch {
	case f == columns.Start:
		return earliest
	case f == columns.End:
		return latest
	case f == columns.KnownFrom:
		return exactTime(v.versions.from[v.row])
	case f == columns.Nominal && h.hasNominal:
		return exactTime(h.nominal)
	case f == columns.Length && earliest != columns.Missing && latest != columns.Missing:
		return latest - earliest
	}
	return columns.Missing
}

// exactTime returns an instant, or columns.Missing if it is not bounded or no exact number of JSON: 140,000 years away.
func exactTime(at edtf.Instant) int64 {
	const most = 1 << 52
	if at < -most || at > most {
		return columns.Missing
	}
	return int64(at)
}

// killedIn returns the number of people killed that a version has for a field.
func (t *table) killedIn(f columns.Field, v eventVersion) int64 {
	n := v.versions.toll[v.row]
	if n < 0 || t.tolls[n].Killed == nil {
		return columns.Missing
	}
	killed := t.tolls[n].Killed
	number := killed.Best
	switch f {
	case columns.KilledLow:
		number = killed.Low
	case columns.KilledHigh:
		number = killed.High
	}
	if number == nil {
		return columns.Missing
	}
	return int64(*number)
}

// codesOf returns a column of codes, and with it the used words.
func codesOf(words []string, all []eventVersion, of func(eventVersion) uint32) columns.Column {
	c := columns.Column{Codes: mapped(all, of), Words: words}
	c.Compact()
	return c
}

// traitColumn returns the column of an attribute. An empty value is none.
func (t *table) traitColumn(a attribute, all []eventVersion) columns.Column {
	var words []string
	numbers := map[string]uint32{}
	codes := mapped(t.traits, func(v traits) uint32 {
		if v[a] == "" {
			return columns.NoCode
		}
		return numberOf(v[a], numbers, &words)
	})
	return codesOf(words, all, func(v eventVersion) uint32 { return codes[v.versions.traits[v.row]] })
}

// floats returns the column that tells which ends of times float.
func (t *table) floats(all []eventVersion) columns.Column {
	return codesOf([]string{"START", "END", "BOTH"}, all, func(v eventVersion) uint32 {
		h := t.hulls[v.versions.hull[v.row]]
		switch {
		case h.earliestFloats && h.latestFloats:
			return 2
		case h.latestFloats:
			return 1
		case h.earliestFloats:
			return 0
		}
		return columns.NoCode
	})
}

// listedColumn returns a column of the values of events: of their first place, or of all their values.
func (t *table) listedColumn(f columns.Field, l *values, all []eventVersion) columns.Column {
	if f == columns.Place {
		c := codesOf(l.words, all, func(v eventVersion) uint32 {
			if code := l.of(v.event)[0]; code > 0 {
				return code
			}
			return columns.NoCode
		})
		c.Points = mapped(c.Words, func(id string) kg.Point { return t.places[kg.ID(id)].Point })
		return c
	}
	c := columns.Column{Words: l.words, Bounds: make([]uint32, 1, len(all)+1)}
	for _, v := range all {
		for _, code := range l.of(v.event) {
			if code > 0 {
				c.Lists = append(c.Lists, code)
			}
		}
		c.Bounds = append(c.Bounds, uint32(len(c.Lists)))
	}
	c.Compact()
	return c
}
