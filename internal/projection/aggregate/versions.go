package aggregate

import (
	"casus/internal/edtf"
	"casus/internal/kg"
	"strconv"
)

// attribute is a value that a version has once.
type attribute int

const (
	status attribute = iota
	category
	mode
	modality
	precision
	codings
	disagreements
	attributes // their number
)

// traits are the attributes of a version. Versions share traits, because there are few combinations.
type traits [attributes]string

// versions are columns with a row for each version of an event.
type versions struct {
	// event is the number of each row's event. It is nil for the latest versions, each of which is in the row that is the
	// number of its event.
	event []uint32
	// from and to are the moments between which a version is known. to is nil for the latest versions, which are known to
	// the end of time.
	from, to []edtf.Instant
	// present is unset for a row of an event that has disappeared or was read again since.
	present []bool
	hull    []uint32 // indexes into table.hulls
	toll    []int32  // indexes into table.tolls; -1 without a toll
	// sources are the numbers of sources, in the order of store.SourceNumbers.
	sources [4][]uint32
	traits  []uint32 // indexes into table.traits
}

// eventOf returns the number of a row's event.
func (v *versions) eventOf(row uint32) uint32 {
	if v.event == nil {
		return row
	}
	return v.event[row]
}

// knownAt returns the condition that a version is known at a moment.
func (v *versions) knownAt(moment edtf.Instant) func(row uint32) bool {
	if v.to == nil {
		return func(row uint32) bool { return v.from[row] <= moment && moment < edtf.EndOfTime }
	}
	return func(row uint32) bool { return v.from[row] <= moment && moment < v.to[row] }
}

// grow appends an empty row.
func (v *versions) grow() (row uint32) {
	row = uint32(len(v.present))
	v.present, v.from = append(v.present, false), append(v.from, edtf.EndOfTime)
	v.hull, v.toll = append(v.hull, 0), append(v.toll, -1)
	v.traits = append(v.traits, 0)
	for i := range v.sources {
		v.sources[i] = append(v.sources[i], 0)
	}
	return row
}

// growEarlier appends an empty row for an earlier version of an event.
func (v *versions) growEarlier(event uint32, known kg.Interval) (row uint32) {
	v.event, v.to = append(v.event, event), append(v.to, known.KnownTo)
	return v.grow()
}

// numberOf returns the number of a value, which is added to the values if it is new.
func numberOf[T comparable](value T, numbers map[T]uint32, values *[]T) uint32 {
	n, known := numbers[value]
	if !known {
		n = uint32(len(*values))
		numbers[value], *values = n, append(*values, value)
	}
	return n
}

// trait returns a set as an attribute of a version.
func trait(b kg.Bits) string { return strconv.Itoa(int(b)) }

// traitsOf returns sets as attributes; nil for nil.
func traitsOf(sets []kg.Bits) []string {
	if sets == nil {
		return nil
	}
	all := make([]string, len(sets))
	for i, b := range sets {
		all[i] = trait(b)
	}
	return all
}
