// Package prepare makes the records of rows, checks each by itself, and finds the nodes that rows repeat.
package prepare

import (
	"crypto/sha256"
	"slices"
	"strings"

	"casus/internal/kg"
	"casus/internal/record"
	"casus/loader/entry"
	"casus/loader/read"
)

// Preparer makes the entries of the rows of one chunk after another.
type Preparer struct {
	mapper  read.Mapper // nil for the extraction format
	source  kg.Source
	decode  func(record.Raw) (record.Record, *record.Reject)
	cache   *NodeCache
	entries []*entry.Entry
	shared  map[entry.Key]*entry.Entry // nodes of this chunk that rows repeat literally
	buffer  []byte
}

// New returns a Preparer of rows of a mapper, or of the extraction format if it is nil. The nodes of the rows are of
// the source, unless it is empty. If lenient is set, claims at fault are left out of their records. Several may share a
// cache.
func New(m read.Mapper, source kg.Source, cache *NodeCache, lenient bool) *Preparer {
	p := &Preparer{mapper: m, source: source, cache: cache, decode: record.Decode, shared: map[entry.Key]*entry.Entry{}}
	if lenient {
		p.decode = record.DecodeLenient
	}
	return p
}

// Take returns the entries of the rows since the last Take, which are a chunk.
func (p *Preparer) Take() []*entry.Entry {
	entries := p.entries
	p.entries, p.shared = nil, map[entry.Key]*entry.Entry{}
	return entries
}

// Row makes a row's records and checks them. Their faults are the row's.
func (p *Preparer) Row(source entry.Source) *entry.Row {
	row := &entry.Row{Source: source}
	if row.Fault != nil {
		return row
	}
	records, broken := row.Records()
	if broken != nil {
		row.Fault = record.JoinRejects(broken, p.furtherFaults(records, broken))
		return row
	}
	p.addRecords(row, records)
	return row
}

// furtherFaults returns the faults of the records that a row yields in spite of the faults of its mapping. A field may
// be missing because of these, so missing fields are not reported.
func (p *Preparer) furtherFaults(records []entry.Raw, broken *record.Reject) *record.Reject {
	var all []*record.Reject
	for _, r := range records {
		if slices.ContainsFunc(broken.Pointers(), func(at string) bool { return strings.HasPrefix(at, r.Place+".id") }) {
			continue
		}
		found := p.faultOf(r)
		if found == nil {
			continue
		}
		faults := slices.DeleteFunc(append([]record.Fault{found.First()}, found.More...), func(f record.Fault) bool {
			return strings.HasPrefix(f.Reason, "missing ") || strings.HasPrefix(f.Reason, "no ")
		})
		for _, f := range faults {
			all = append(all, f.Reject())
		}
	}
	return record.JoinRejects(all...)
}

// faultOf returns the fault of a record by the schema and the rules of the domain, or nil.
func (p *Preparer) faultOf(r entry.Raw) *record.Reject {
	_, found := record.DecodeBySchema(r.Raw)
	return p.locate(found, r)
}

// locate completes the pointers and columns of a record's faults, if there are any.
func (p *Preparer) locate(found *record.Reject, r entry.Raw) *record.Reject {
	if found != nil {
		found.Locate(func(pointer, column *string) {
			*pointer = r.Pointer + *pointer
			if p.mapper != nil {
				*column = read.ColumnsOf(p.mapper, r.Place+*pointer)
			}
		})
	}
	return found
}

// addRecords checks all records of a row. The faults of all are the row's.
func (p *Preparer) addRecords(row *entry.Row, records []entry.Raw) {
	for i, r := range records {
		if r.NotCarried != nil {
			row.NotCarried = r.NotCarried
		}
		row.Warnings = append(row.Warnings, r.Warnings...)
		e, found := p.addRecord(row, r, i)
		row.Fault = record.JoinRejects(row.Fault, p.locate(found, r))
		if e != nil {
			row.Entries = append(row.Entries, e)
		}
	}
	if row.Fault == nil || p.mapper == nil {
		return
	}
	for _, r := range records { // some checks wait until claims are made, which those of this row will not be
		row.Fault = record.JoinRejects(row.Fault, p.faultOf(r))
	}
}

// addRecord checks a record. A node that rows repeat becomes one entry per chunk, and none once it is loaded.
func (p *Preparer) addRecord(row *entry.Row, r entry.Raw, index int) (*entry.Entry, *record.Reject) {
	if p.mapper == nil || !isRepeatable(r.Type) {
		e, fault := p.newEntry(row, r, index)
		if fault == nil {
			p.entries = append(p.entries, e)
		}
		return e, fault
	}
	key := p.keyOf(r)
	if first := p.shared[key]; first != nil {
		first.Rows = append(first.Rows, row)
		return first, nil
	}
	cached, seen := p.cache.get(key)
	if cached.loaded {
		return nil, nil
	}
	var e *entry.Entry
	if seen {
		e = entry.New(row, r, index, record.Record{Type: r.Type, ID: cached.id, JSON: r.JSON, Batch: cached.batch})
	} else {
		var fault *record.Reject
		if e, fault = p.newEntry(row, r, index); fault != nil {
			return e, fault
		}
		p.cache.put(key, e.ID, e.Batch)
	}
	e.Key = key
	p.shared[key] = e
	p.entries = append(p.entries, e)
	return e, nil
}

// newEntry checks a record and returns its entry, also if it has a fault.
func (p *Preparer) newEntry(row *entry.Row, r entry.Raw, index int) (*entry.Entry, *record.Reject) {
	rec, fault := p.decode(r.Raw)
	if p.source != "" {
		rec.SetSource(p.source)
	}
	if rec.Unstated {
		row.Warnings = append(row.Warnings, record.UnstatedReason)
	}
	return entry.New(row, r, index, rec), fault
}

// isRepeatable reports whether rows are likely to repeat records of a type.
func isRepeatable(typ string) bool { return typ == "actor" || typ == "location" || typ == "release" }

// keyOf returns a record's key. Records with the same content have the same key.
func (p *Preparer) keyOf(r entry.Raw) entry.Key {
	p.buffer = append(append(p.buffer[:0], r.Type...), 0)
	if r.Fields != nil {
		p.buffer = record.AppendValue(p.buffer, r.Fields)
	} else {
		p.buffer = append(p.buffer, r.JSON...)
	}
	sum := sha256.Sum256(p.buffer)
	return entry.Key(sum[:16])
}
