package loader

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"casus/internal/kg"
)

// preparer makes units ready for one stretch after another: their records are made, checked and given ids.
type preparer struct {
	*stream
	records []*record
	shared  map[nodeKey]*record // nodes of this stretch that rows repeat word for word
	buffer  []byte
}

// nodeKey is a hash of a node's record.
type nodeKey [16]byte

// prepareRow makes a unit's records and checks them. The first fault is the unit's.
func (p *preparer) prepareRow(raw rawRow) *inputRow {
	made := &inputRow{rawText: raw.rawText, earlier: raw.earlier, number: raw.number, fault: raw.fault, makeRecords: raw.makeRecords}
	if raw.fault != nil {
		return made
	}
	records, fault := raw.makeRecords()
	if fault != nil {
		made.fault = fault
		return made
	}
	p.prepareRecords(made, records)
	return made
}

func (p *preparer) prepareRecords(row *inputRow, records []rawRecord) {
	for i, r := range records {
		if r.notCarried != nil {
			row.notCarried = r.notCarried
		}
		rec, fault := p.prepareRecord(row, r, i)
		if fault != nil {
			fault.Pointer = r.pointer + fault.Pointer
			if p.mapper != nil {
				fault.Column = columnsOf(p.mapper, r.place+fault.Pointer)
			}
			row.fault = fault
			row.records = append(row.records, rec)
			return
		}
		if rec != nil {
			row.records = append(row.records, rec)
		}
	}
}

// deferRow puts a unit aside that an interrupted load had put aside.
func (p *preparer) deferRow(raw rawRow) error {
	made := p.prepareRow(raw)
	p.records, p.shared = nil, map[nodeKey]*record{}
	return p.deferred.add(made)
}

// skipRow passes over a unit that was loaded before; what follows may point into its text.
func (p *preparer) skipRow(raw rawRow) error {
	if p.mapper != nil || !strings.Contains(raw.text, `"text"`) {
		return nil
	}
	for _, rec := range p.prepareRow(raw).records {
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

// prepareRecord checks a record. Of a node that rows repeat there is one item a stretch, and none once it was loaded.
func (p *preparer) prepareRecord(row *inputRow, r rawRecord, nth int) (*record, *Reject) {
	if p.mapper == nil || !isRepeatable(r.typ) {
		rec := &record{rawRecord: r, index: nth, fromMapping: r.fields != nil, rows: []*inputRow{row}}
		fault := rec.prepare()
		if fault == nil {
			p.records = append(p.records, rec)
		}
		return rec, fault
	}
	noted := p.noteOf(r)
	if noted.loaded {
		return nil, nil
	}
	key := noted.key
	if first := p.shared[key]; first != nil {
		first.rows = append(first.rows, row)
		return first, nil
	}
	known, seen := p.nodes.get(key)
	if known.loaded {
		if r.repeated != nil {
			r.repeated.SetNote(nodeNote{p.nodes.owner, key, true})
		}
		return nil, nil
	}
	rec := &record{rawRecord: r, index: nth, fromMapping: r.fields != nil, key: key, rows: []*inputRow{row}}
	switch {
	case seen:
		rec.id, rec.batch, rec.fields = known.id, known.batch, nil
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

// isRepeatable says whether rows are likely to repeat records of a type.
func isRepeatable(typ string) bool { return typ == "actor" || typ == "location" || typ == "release" }

// nodeNote is what a load notes of a node that rows repeat.
type nodeNote struct {
	cache *int // the load
	key   nodeKey
	// loaded says that the store has it.
	loaded bool
}

// noteOf is what is known of a node's record, its key at least.
func (p *preparer) noteOf(r rawRecord) nodeNote {
	if r.repeated == nil {
		return nodeNote{key: p.nodeKeyOf(r)}
	}
	note, noted := r.repeated.Note().(nodeNote)
	if !noted || note.cache != p.nodes.owner {
		note = nodeNote{cache: p.nodes.owner, key: p.nodeKeyOf(r)}
		r.repeated.SetNote(note)
	}
	return note
}

// nodeKeyOf is a record's key: two have the same if they say the same.
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

// appendValue writes a value so that different ones look different; names in their order.
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

// prepare checks a record by itself and makes of it what the store knows. What a mapping made is decoded straight away;
// where that shows any doubt the record's JSON is checked against the schema, which tells faults best.
func (rec *record) prepare() *Reject {
	if rec.fields != nil {
		if fault, sure := rec.normalizeFields(); sure && fault == nil {
			rec.fields = nil // records makes them again
			return nil
		}
		rec.batch, rec.drafts, rec.id = kg.Batch{}, nil, ""
		rec.json = rec.jsonText()
	}
	if fault := validate(rec.typ, rec.json); fault != nil {
		return fault
	}
	return rec.normalizeJSON()
}

// nodeCache are nodes that rows gave lately, so that one which they give again is not checked again. Both goroutines use it.
type nodeCache struct {
	mu                sync.Mutex
	current, previous map[nodeKey]*cachedNode
	// loadedIDs are ids of nodes that were loaded.
	loadedIDs map[kg.ID]bool
	owner     *int // stands for the load, to tell its notes from others'
}

type cachedNode struct {
	id     kg.ID
	batch  kg.Batch
	loaded bool
}

// maxCachedNodes bounds each of the two generations.
const maxCachedNodes = 50_000

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

func (s *nodeCache) add(key nodeKey, n *cachedNode) {
	if s.current == nil || len(s.current) >= maxCachedNodes {
		s.current, s.previous = map[nodeKey]*cachedNode{}, s.current
	}
	s.current[key] = n
}

// get gives a node as it is now: what of it is changed later the other goroutine changes.
func (s *nodeCache) get(key nodeKey) (node cachedNode, seen bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := s.find(key); n != nil {
		return *n, true
	}
	return cachedNode{}, false
}

func (s *nodeCache) put(key nodeKey, id kg.ID, b kg.Batch) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.add(key, &cachedNode{id: id, batch: b})
}

// markLoaded says that the store has the nodes of these items.
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

// hasLoaded says whether a node was loaded lately.
func (s *nodeCache) hasLoaded(id kg.ID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.loadedIDs[id]
}
