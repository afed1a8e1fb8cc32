package release

import (
	"encoding/binary"

	"casus/internal/edtf"
)

// Contents are the contents that a release states, by their hashes in their groups, with the dates of the rows: almost
// always one, of which eight bytes of a hash are held.
type Contents map[Hash]dates

type dates struct {
	first uint64
	more  map[uint64]bool // if the rows of the content have several dates
}

// Add adds a content with the date of a row, which may be nil.
func (c Contents) Add(content Hash, at *edtf.Time) {
	date := uint64(0)
	if at != nil {
		date = dateHash(*at)
	}
	d, found := c[content]
	switch {
	case !found:
		d.first = date
	case d.first == date || d.more[date]:
		return
	case d.more == nil:
		d.more = map[uint64]bool{date: true}
	default:
		d.more[date] = true
	}
	c[content] = d
}

// Has reports whether the release states a content.
func (c Contents) Has(content Hash) bool {
	_, found := c[content]
	return found
}

// HasDate reports whether a row of the release states a content on a date.
func (c Contents) HasDate(content Hash, at edtf.Time) bool {
	d, found := c[content]
	date := dateHash(at)
	return found && (d.first == date || d.more[date])
}

func dateHash(at edtf.Time) uint64 {
	sum := HashOf(at.EDTF)
	return binary.LittleEndian.Uint64(sum[:])
}
