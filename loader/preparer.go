package loader

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"casus/internal/kg"
	"casus/loader/fault"
	"casus/loader/validate"
)

// preparer makes the records of the rows of one chunk after another, checks them and assigns ids.
type preparer struct {
	*stream
	records []*record
	shared  map[nodeKey]*record // nodes of this chunk that rows repeat literally
	buffer  []byte
}

// nodeKey is a hash of a node's record.
type nodeKey [16]byte

// prepareRow makes a row's records and checks them. The first fault is the row's.
func (p *preparer) prepareRow(raw rawRow) *inputRow {
	row := &inputRow{
		rawText: raw.rawText, earlier: raw.earlier, number: raw.number, fault: raw.fault, makeRecords: raw.makeRecords,
	}
	if raw.fault != nil {
		return row
	}
	records, broken := raw.makeRecords()
	if broken != nil {
		row.fault = fault.Join(broken, p.furtherFaults(records, broken))
		return row
	}
	p.prepareRecords(row, records)
	return row
}

// furtherFaults returns the faults of the records that a row yields in spite of the faults of its mapping. A field may
// be missing because of these, so missing ones are no faults.
func (p *preparer) furtherFaults(records []rawRecord, broken *Reject) *Reject {
	var all []*Reject
	for _, r := range records {
		rec := &record{rawRecord: r, fromMapping: true}
		if slices.ContainsFunc(broken.Pointers(), func(at string) bool { return strings.HasPrefix(at, r.place+".id") }) {
			continue
		}
		found := p.located(rec.prepareBySchema(), r)
		if found == nil {
			continue
		}
		faults := slices.DeleteFunc(append([]fault.Fault{found.First()}, found.More...), func(f fault.Fault) bool {
			return strings.HasPrefix(f.Reason, "missing ") || strings.HasPrefix(f.Reason, "no ")
		})
		for _, f := range faults {
			all = append(all, f.Reject())
		}
	}
	return fault.Join(all...)
}

// located completes the pointers and columns of a record's faults, if there are any.
func (p *preparer) located(found *Reject, r rawRecord) *Reject {
	if found != nil {
		found.Locate(func(pointer, column *string) {
			*pointer = r.pointer + *pointer
			if p.mapper != nil {
				*column = columnsOf(p.mapper, r.place+*pointer)
			}
		})
	}
	return found
}

// prepareRecords checks all records of a row. The faults of all are the row's.
func (p *preparer) prepareRecords(row *inputRow, records []rawRecord) {
	for i, r := range records {
		if r.notCarried != nil {
			row.notCarried = r.notCarried
		}
		row.warnings = append(row.warnings, r.warnings...)
		rec, found := p.prepareRecord(row, r, i)
		row.fault = fault.Join(row.fault, p.located(found, r))
		if rec != nil {
			row.records = append(row.records, rec)
		}
	}
	if row.fault == nil || p.mapper == nil {
		return
	}
	for _, r := range records { // some checks wait until claims are made, which those of this row will not be
		rec := &record{rawRecord: r, fromMapping: true}
		row.fault = fault.Join(row.fault, p.located(rec.prepareBySchema(), r))
	}
}

// deferRow spools a row that an interrupted load had deferred.
func (p *preparer) deferRow(raw rawRow) error {
	row := p.prepareRow(raw)
	p.records, p.shared = nil, map[nodeKey]*record{}
	return p.deferred.add(row)
}

// skipRow skips a row that was handled before the load was interrupted. Later rows may repeat it, and quote its
// documents' texts.
func (p *preparer) skipRow(raw rawRow, rejected bool) error {
	row := p.prepareRow(raw)
	if row.fault == nil && !rejected {
		p.tally.Add(row.ids(), row.content(), row.place())
	}
	for _, rec := range row.records {
		for _, d := range rec.batch.Documents {
			if d.Text != "" {
				if err := p.texts.put(d.ID, d.Text); err != nil {
					return err
				}
			}
		}
	}
	p.records, p.shared = nil, map[nodeKey]*record{}
	return nil
}

// prepareRecord checks a record. A node that rows repeat becomes one record per chunk, and none once it is loaded.
func (p *preparer) prepareRecord(row *inputRow, r rawRecord, index int) (*record, *Reject) {
	if p.mapper == nil || !isRepeatable(r.typ) {
		rec := &record{rawRecord: r, index: index, fromMapping: r.fields != nil, rows: []*inputRow{row}}
		fault := rec.prepare()
		if fault == nil {
			p.records = append(p.records, rec)
		}
		return rec, fault
	}
	note := p.noteOf(r)
	if note.loaded {
		return nil, nil
	}
	key := note.key
	if first := p.shared[key]; first != nil {
		first.rows = append(first.rows, row)
		return first, nil
	}
	cached, seen := p.nodes.get(key)
	if cached.loaded {
		if r.repeated != nil {
			r.repeated.SetDerived(nodeNote{p.nodes.owner, key, true})
		}
		return nil, nil
	}
	rec := &record{rawRecord: r, index: index, fromMapping: r.fields != nil, key: key, rows: []*inputRow{row}}
	switch {
	case seen:
		rec.id, rec.batch, rec.fields = cached.id, cached.batch, nil
	default:
		if fault := rec.prepare(); fault != nil {
			return rec, fault
		}
		p.nodes.put(key, rec.id, rec.batch)
	}
	p.shared[key] = rec
	p.records = append(p.records, rec)
	return rec, nil
}

// isRepeatable reports whether rows are likely to repeat records of a type.
func isRepeatable(typ string) bool { return typ == "actor" || typ == "location" || typ == "release" }

// nodeNote is the data that a load stores in a mapping's shared record.
type nodeNote struct {
	cache *int // the nodeCache's owner
	key   nodeKey
	// loaded is set if the node is stored.
	loaded bool
}

// noteOf returns the note of a node's record, which holds at least its key.
func (p *preparer) noteOf(r rawRecord) nodeNote {
	if r.repeated == nil {
		return nodeNote{key: p.nodeKeyOf(r)}
	}
	note, noted := r.repeated.Derived().(nodeNote)
	if !noted || note.cache != p.nodes.owner {
		note = nodeNote{cache: p.nodes.owner, key: p.nodeKeyOf(r)}
		r.repeated.SetDerived(note)
	}
	return note
}

// nodeKeyOf returns a record's key. Records with the same content have the same key.
func (p *preparer) nodeKeyOf(r rawRecord) nodeKey {
	p.buffer = append(append(p.buffer[:0], r.typ...), 0)
	if r.fields != nil {
		p.buffer = appendValue(p.buffer, r.fields)
	} else {
		p.buffer = append(p.buffer, r.json...)
	}
	sum := sha256.Sum256(p.buffer)
	return nodeKey(sum[:16])
}

// appendValue appends an encoding of a value that no other value has. Fields are sorted by name.
func appendValue(to []byte, v any) []byte {
	switch v := v.(type) {
	case string:
		to = append(strconv.AppendInt(append(to, 's'), int64(len(v)), 10), ':')
		return append(to, v...)
	case map[string]any:
		to = append(to, '{')
		var room [16]string
		names := room[:0]
		for name := range v {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			to = appendValue(appendValue(to, name), v[name])
		}
		return append(to, '}')
	case []any:
		to = append(to, '[')
		for _, element := range v {
			to = appendValue(to, element)
		}
		return append(to, ']')
	}
	return fmt.Appendf(to, "%T %v;", v, v)
}

// prepare checks a record by itself and normalizes it. Fields that a mapping made are decoded directly; in any doubt,
// the record's JSON is validated against the schema, which reports faults best.
func (rec *record) prepare() *Reject {
	if rec.fields != nil {
		if fault, sure := rec.normalizeFields(); sure && fault == nil {
			rec.fields = nil // makeRecords makes them again
			return nil
		}
		rec.batch, rec.drafts, rec.id = kg.Batch{}, nil, ""
	}
	return rec.prepareBySchema()
}

// prepareBySchema validates a record against the schema and normalizes its JSON.
func (rec *record) prepareBySchema() *Reject {
	rec.json = rec.rawRecord.jsonText()
	broken := validate.Record(rec.typ, rec.json)
	domain := rec.normalizeJSON()
	if broken == nil && domain == nil {
		return nil
	}
	for i := range rec.drafts {
		domain = fault.Join(domain, rec.drafts[i].check().Except(domain))
	}
	if broken == nil {
		return domain
	}
	// The faults that the schema does not detect have a pointer.
	return fault.Join(broken, domain.Beside(broken))
}

// nodeCache holds nodes that rows yielded recently, so that a repeated one is not checked again. It is safe for use by
// the goroutine that reads and the one that loads.
type nodeCache struct {
	mu                sync.Mutex
	current, previous map[nodeKey]*cachedNode
	// loadedIDs are the ids of nodes that were loaded recently.
	loadedIDs map[kg.ID]bool
	owner     *int // identifies the load that a nodeNote belongs to; only the pointer is compared
}

// cachedNode is a checked node. Once it is loaded, its batch is empty.
type cachedNode struct {
	id     kg.ID
	batch  kg.Batch
	loaded bool
}

// maxCachedNodes bounds each of the two generations.
const maxCachedNodes = 50_000

// find returns a node, or nil, and moves it to the current generation. The caller holds mu.
func (s *nodeCache) find(key nodeKey) *cachedNode {
	if n := s.current[key]; n != nil {
		return n
	}
	n := s.previous[key]
	if n != nil {
		s.add(key, n)
	}
	return n
}

// add adds a node to the current generation. If that is full, it becomes the previous one. The caller holds mu.
func (s *nodeCache) add(key nodeKey, n *cachedNode) {
	if s.current == nil || len(s.current) >= maxCachedNodes {
		s.current, s.previous = map[nodeKey]*cachedNode{}, s.current
	}
	s.current[key] = n
}

// get returns a copy of a node, because the other goroutine may change it.
func (s *nodeCache) get(key nodeKey) (node cachedNode, seen bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := s.find(key); n != nil {
		return *n, true
	}
	return cachedNode{}, false
}

// put caches a checked node.
func (s *nodeCache) put(key nodeKey, id kg.ID, b kg.Batch) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.add(key, &cachedNode{id: id, batch: b})
}

// markLoaded records that the nodes of these records are stored.
func (s *nodeCache) markLoaded(records []*record) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.loadedIDs) > 2*maxCachedNodes || s.loadedIDs == nil {
		s.loadedIDs = map[kg.ID]bool{}
	}
	for _, rec := range records {
		if !rec.dropped && isRepeatable(rec.typ) && rec.fromMapping {
			s.loadedIDs[rec.id] = true
			if n := s.find(rec.key); n != nil {
				n.loaded, n.batch = true, kg.Batch{}
			}
		}
	}
}

// hasLoaded reports whether a node was loaded recently.
func (s *nodeCache) hasLoaded(id kg.ID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.loadedIDs[id]
}
