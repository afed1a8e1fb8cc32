// Package tally classifies the rows of one load: rows that repeat an earlier row, and rows about an event that an
// earlier row with other content has created.
package tally

import (
	"encoding/binary"
	"hash/maphash"
	"math"

	"casus/internal/kg"
)

// MaxTracked is the maximum number of nodes, events and claims in an Index, which then takes about 200 MB. Rows about
// further ones are not compared.
const MaxTracked = 4_000_000

// Place is the position of a row in the input.
type Place struct {
	File string `json:"file"`
	Line int    `json:"line"`
}

// Relation is what a row is to the earlier rows of its load.
type Relation int

// The relations.
const (
	// New is a row with an id that no earlier row has.
	New Relation = iota
	// Known is a row whose ids all occur in earlier rows.
	Known
	// Same is a Known row with the content of an earlier row.
	Same
)

// Match is the Relation of a row, and for one that is not New the earlier row and the id that they share.
type Match struct {
	Relation Relation
	Row      Place
	ID       kg.ID
}

// Index holds the ids of the rows of one load, each with the first row that has it. It is not safe for concurrent use.
type Index struct {
	seed  maphash.Seed
	files []string
	rows  map[uint64]row
	limit int
}

// row is a row's place and a hash of its content.
type row struct {
	content uint32
	line    uint32
	file    uint16
}

// NewIndex returns an empty Index.
func NewIndex() *Index {
	return &Index{seed: maphash.MakeSeed(), rows: map[uint64]row{}, limit: MaxTracked}
}

// Add compares a row, which has these ids and this content, with the rows that were added before, and adds it. A row
// without ids is New.
func (x *Index) Add(ids []kg.ID, content string, at Place) Match {
	hash := maphash.String(x.seed, content)
	now := row{content: uint32(hash), line: uint32(min(at.Line, math.MaxUint32)), file: x.file(at.File)}
	m := Match{}
	var latest row
	known := len(ids) > 0
	for _, id := range ids {
		first, found := x.rows[x.key(id, 0)]
		if !found {
			known = false
			x.put(x.key(id, 0), now)
			continue
		}
		same := first.content == now.content
		if !same {
			var again row
			if again, same = x.rows[x.key(id, hash)]; same {
				first = again
			} else {
				x.put(x.key(id, hash), now)
			}
		}
		// Of several ids the one that was made last is the row's own; an id that many rows share was made before it.
		if m.ID == "" || same && m.Relation != Same || same == (m.Relation == Same) && !first.before(latest) {
			latest, m.ID, m.Relation = first, id, Known
			if same {
				m.Relation = Same
			}
		}
	}
	if !known {
		return Match{}
	}
	m.Row = Place{File: x.files[latest.file], Line: int(latest.line)}
	return m
}

// Has reports whether a row with the id was added.
func (x *Index) Has(id kg.ID) bool {
	_, found := x.rows[x.key(id, 0)]
	return found
}

// before reports whether a row precedes another in the input.
func (r row) before(o row) bool { return r.file < o.file || r.file == o.file && r.line < o.line }

// key returns the key of an id, for its first row, or with content for its first row of that content.
func (x *Index) key(id kg.ID, content uint64) uint64 {
	if content == 0 {
		return maphash.String(x.seed, string(id))
	}
	var h maphash.Hash
	h.SetSeed(x.seed)
	_, _ = h.WriteString(string(id)) // a hash never fails
	_, _ = h.Write(binary.LittleEndian.AppendUint64([]byte{0}, content))
	return h.Sum64()
}

func (x *Index) put(key uint64, r row) {
	if len(x.rows) < x.limit {
		x.rows[key] = r
	}
}

// file returns the number of a file. Files beyond the 65,535th share the number of the last one.
func (x *Index) file(name string) uint16 {
	if n := len(x.files); n > 0 && x.files[n-1] == name {
		return uint16(n - 1)
	}
	for i, f := range x.files {
		if f == name {
			return uint16(i)
		}
	}
	if len(x.files) == math.MaxUint16 {
		return math.MaxUint16 - 1
	}
	x.files = append(x.files, name)
	return uint16(len(x.files) - 1)
}
