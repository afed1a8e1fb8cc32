package extract

import (
	"bytes"
	"encoding/json"
	"strconv"

	"casus/internal/extract/proposal"
	"casus/internal/kg"
)

// ownRecord returns the record that a linked party has if a person decides that it is not the known node. Its id has
// the beginning of the article's hash, because the known node may have the one without.
func (d *draft) ownRecord(p *party) json.RawMessage {
	base := kg.ID(string(p.id.Kind()) + ":" + slugOf(p.names[1]))
	if slugOf(p.names[1]) == "" {
		base = kg.DeriveID(p.id.Kind(), p.names...)
	}
	base += kg.ID(d.ownPart())
	id := base
	for n := 2; d.ids[id]; n++ {
		id = base + kg.ID("-"+strconv.Itoa(n))
	}
	d.ids[id] = true
	switch r := p.record.(type) {
	case *proposal.Actor:
		r.ID = id
	case *proposal.Location:
		r.ID = id
	}
	return encode(p.record)
}

// ownEvent returns the id that an event has if it is not the known event that it is joined to, or nil.
func ownEvent(e *event) json.RawMessage {
	if e.known == nil {
		return nil
	}
	return encode(map[string]kg.ID{"id": e.ownID})
}

// encode returns a record as JSON, as it is in the proposal.
func encode(record any) json.RawMessage {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(record) != nil { // records are made of texts and numbers
		return nil
	}
	return bytes.TrimSpace(b.Bytes())
}
