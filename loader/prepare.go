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

// preparing makes units ready for one stretch after another: their records are made, checked and given ids.
type preparing struct {
	*stream
	items  []*item
	shared map[nodeKey]*item // nodes of this stretch that rows repeat word for word
	buffer []byte
}

// nodeKey is a hash of a node's record.
type nodeKey [16]byte

// unit makes a unit's records and checks them. The first fault is the unit's.
func (p *preparing) unit(u unread) *unit {
	made := &unit{raw: u.raw, more: u.more, nth: u.nth, fault: u.fault, records: u.records}
	if u.fault != nil {
		return made
	}
	records, fault := u.records()
	if fault != nil {
		made.fault = fault
		return made
	}
	p.records(made, records)
	return made
}

func (p *preparing) records(u *unit, records []record) {
	for i, r := range records {
		if r.left != nil {
			u.left = r.left
		}
		it, fault := p.item(u, r, i)
		if fault != nil {
			fault.Pointer = r.pointer + fault.Pointer
			if p.mapper != nil {
				fault.Column = columnsOf(p.mapper, r.place+fault.Pointer)
			}
			u.fault = fault
			u.items = append(u.items, it)
			return
		}
		if it != nil {
			u.items = append(u.items, it)
		}
	}
}

// put puts a unit aside that an interrupted load had put aside.
func (p *preparing) put(u unread) error {
	made := p.unit(u)
	p.items, p.shared = nil, map[nodeKey]*item{}
	return p.later.add(made)
}

// skip passes over a unit that was loaded before; what follows may point into its text.
func (p *preparing) skip(u unread) error {
	if p.mapper != nil || !strings.Contains(u.text, `"text"`) {
		return nil
	}
	for _, it := range p.unit(u).items {
		for _, d := range it.batch.Documents {
			if d.Text != "" {
				if err := p.texts.keep(d.ID, d.Text); err != nil {
					return err
				}
			}
		}
	}
	p.items, p.shared = nil, map[nodeKey]*item{}
	return nil
}

// item checks a record. Of a node that rows repeat there is one item a stretch, and none once it was loaded.
func (p *preparing) item(u *unit, r record, nth int) (*item, *Reject) {
	if p.mapper == nil || !repeats(r.typ) {
		it := &item{record: r, nth: nth, mapped: r.fields != nil, units: []*unit{u}}
		fault := it.prepare()
		if fault == nil {
			p.items = append(p.items, it)
		}
		return it, fault
	}
	noted := p.notedOf(r)
	if noted.loaded {
		return nil, nil
	}
	key := noted.key
	if first := p.shared[key]; first != nil {
		first.units = append(first.units, u)
		return first, nil
	}
	known, seen := p.seen.get(key)
	if known.loaded {
		if r.repeated != nil {
			r.repeated.SetNote(noteOfNode{p.seen.load, key, true})
		}
		return nil, nil
	}
	it := &item{record: r, nth: nth, mapped: r.fields != nil, key: key, units: []*unit{u}}
	switch {
	case seen:
		it.id, it.batch, it.fields = known.id, known.batch, nil
	default:
		if fault := it.prepare(); fault != nil {
			return it, fault
		}
		p.seen.put(key, it.id, it.batch)
	}
	p.shared[key] = it
	p.items = append(p.items, it)
	return it, nil
}

// repeats says whether rows are likely to repeat records of a type.
func repeats(typ string) bool { return typ == "actor" || typ == "location" || typ == "release" }

// noteOfNode is what a load notes of a node that rows repeat.
type noteOfNode struct {
	by  *int // the load
	key nodeKey
	// loaded says that the store has it.
	loaded bool
}

// notedOf is what is known of a node's record, its key at least.
func (p *preparing) notedOf(r record) noteOfNode {
	if r.repeated == nil {
		return noteOfNode{key: p.keyOf(r)}
	}
	note, noted := r.repeated.Note().(noteOfNode)
	if !noted || note.by != p.seen.load {
		note = noteOfNode{by: p.seen.load, key: p.keyOf(r)}
		r.repeated.SetNote(note)
	}
	return note
}

// keyOf is a record's key: two have the same if they say the same.
func (p *preparing) keyOf(r record) nodeKey {
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
func (it *item) prepare() *Reject {
	if it.fields != nil {
		if fault, sure := it.normalizeFields(); sure && fault == nil {
			it.fields = nil // records makes them again
			return nil
		}
		it.batch, it.says, it.id = kg.Batch{}, nil, ""
		it.json = it.text()
	}
	if fault := validate(it.typ, it.json); fault != nil {
		return fault
	}
	return it.normalizeJSON()
}

// seen are nodes that rows gave lately, so that one which they give again is not checked again. Both goroutines use it.
type seen struct {
	mu       sync.Mutex
	now, old map[nodeKey]*seenNode
	// stored are ids of nodes that were loaded.
	stored map[kg.ID]bool
	load   *int // stands for the load, to tell its notes from others'
}

type seenNode struct {
	id     kg.ID
	batch  kg.Batch
	loaded bool
}

// seenAtMost bounds each of the two generations.
const seenAtMost = 50_000

func (s *seen) find(key nodeKey) *seenNode {
	if n := s.now[key]; n != nil {
		return n
	}
	n := s.old[key]
	if n != nil {
		s.add(key, n)
	}
	return n
}

func (s *seen) add(key nodeKey, n *seenNode) {
	if s.now == nil || len(s.now) >= seenAtMost {
		s.now, s.old = map[nodeKey]*seenNode{}, s.now
	}
	s.now[key] = n
}

// get gives a node as it is now: what of it is changed later the other goroutine changes.
func (s *seen) get(key nodeKey) (node seenNode, seen bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := s.find(key); n != nil {
		return *n, true
	}
	return seenNode{}, false
}

func (s *seen) put(key nodeKey, id kg.ID, b kg.Batch) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.add(key, &seenNode{id: id, batch: b})
}

// loaded says that the store has the nodes of these items.
func (s *seen) loaded(items []*item) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.stored) > 2*seenAtMost || s.stored == nil {
		s.stored = map[kg.ID]bool{}
	}
	for _, it := range items {
		if !it.dead && repeats(it.typ) && it.mapped {
			s.stored[it.id] = true
			if n := s.find(it.key); n != nil {
				n.loaded, n.batch = true, kg.Batch{}
			}
		}
	}
}

// has says whether a node was loaded lately.
func (s *seen) has(id kg.ID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stored[id]
}
