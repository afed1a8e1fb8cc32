package eval

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"

	"casus/internal/extract/proposal"
	"casus/internal/kg"
)

// The bounds of a coding.
const (
	// maxLine bounds a line of records in bytes: one has the text of a document.
	maxLine = 64 << 20
	// maxEvents bounds the events of one document, and the actors, places, ties and quotes: they are all compared with one
	// another.
	maxEvents = 2000
)

// Reader collects the records of one or several files.
type Reader struct {
	order   []*Coding
	codings map[kg.ID]*Coding
	bySum   map[string]kg.ID
	// parties are the records of actors and places, by the document that states them and by themselves.
	parties map[source]party
	events  []proposal.Event
	ties    []proposal.Affiliation
}

// source is an actor or a place as a document states it; the last statement if document is empty.
type source struct{ id, document kg.ID }

// NewReader returns a Reader.
func NewReader() *Reader {
	return &Reader{codings: map[kg.ID]*Coding{}, bySum: map[string]kg.ID{}, parties: map[source]party{}}
}

// Add reads records, one a line, as `casus extract` writes them. Records of other types than documents, actors, places,
// events and affiliations are skipped. Errors are BAD_INPUT, with the file's name and the line.
func (r *Reader) Add(name string, in io.Reader) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 0, 1<<16), maxLine)
	n := 0
	for lines.Scan() {
		n++
		if line := bytes.TrimSpace(lines.Bytes()); len(line) > 0 {
			if err := r.addRecord(line); err != nil {
				return kg.Errorf(kg.BadInput, "%s, line %d: %w", name, n, err)
			}
		}
	}
	if err := lines.Err(); err != nil {
		return kg.Errorf(kg.BadInput, "%s, line %d: %w", name, n+1, err)
	}
	return nil
}

func (r *Reader) addRecord(line []byte) error {
	var head struct {
		Type kg.NodeKind `json:"type"`
	}
	if err := json.Unmarshal(line, &head); err != nil {
		return kg.Errorf(kg.BadInput, "not a record: %w", err)
	}
	switch head.Type {
	case kg.KindDocument:
		var d proposal.Document
		if err := json.Unmarshal(line, &d); err != nil {
			return err
		}
		return r.addDocument(d)
	case kg.KindActor:
		var a proposal.Actor
		err := json.Unmarshal(line, &a)
		r.addParty(a.Source, party{id: a.ID, names: a.Names, kind: string(a.Is)})
		return err
	case kg.KindLocation:
		var l proposal.Location
		err := json.Unmarshal(line, &l)
		r.addParty(l.Source, party{id: l.ID, names: l.Names, kind: string(l.Is), within: l.Within})
		return err
	case kg.KindEvent:
		var e proposal.Event
		err := json.Unmarshal(line, &e)
		r.events = append(r.events, e)
		return err
	case kg.KindAffiliation:
		var a proposal.Affiliation
		err := json.Unmarshal(line, &a)
		r.ties = append(r.ties, a)
		return err
	case "":
		return kg.Errorf(kg.BadInput, "not a record: it has no type")
	}
	return nil
}

func (r *Reader) addParty(document kg.ID, p party) {
	r.parties[source{p.id, document}] = p
	r.parties[source{id: p.id}] = p
}

func (r *Reader) addDocument(d proposal.Document) error {
	if d.SHA256 == "" {
		return kg.Errorf(kg.BadInput, "%s has no sha256, by which documents are compared", d.ID)
	}
	if other, ok := r.bySum[d.SHA256]; ok {
		return kg.Errorf(kg.BadInput, "%s has the text of %s: only one coding of an article can be compared", d.ID, other)
	}
	if r.codings[d.ID] != nil {
		return kg.Errorf(kg.BadInput, "%s is there twice", d.ID)
	}
	c := &Coding{Document: d.ID, Syndicates: d.Syndicates, SHA256: d.SHA256}
	if len(d.Titles) > 0 {
		c.Title = d.Titles[0].Value
	}
	r.bySum[d.SHA256], r.codings[d.ID] = d.ID, c
	r.order = append(r.order, c)
	return nil
}

// Codings returns the codings, one for each document, in the order of the files.
func (r *Reader) Codings() ([]*Coding, error) {
	for _, e := range r.events {
		c := r.codings[e.Document]
		if c == nil {
			return nil, kg.Errorf(kg.BadInput, "%s: there is no document %q", e.ID, e.Document)
		}
		if err := c.addEvent(e); err != nil {
			return nil, kg.Errorf(kg.BadInput, "%s: %w", e.ID, err)
		}
	}
	for _, t := range r.ties {
		c := r.codings[t.Document]
		if c == nil {
			return nil, kg.Errorf(kg.BadInput, "the tie of %s: there is no document %q", t.Holder, t.Document)
		}
		c.ties = append(c.ties, t)
	}
	for _, c := range r.order {
		c.addParties(func(id kg.ID) party {
			if p, ok := r.parties[source{id, c.Document}]; ok {
				return p
			}
			if p, ok := r.parties[source{id: id}]; ok {
				return p
			}
			return party{id: id}
		})
		if n := max(len(c.events), len(c.actors), len(c.places), len(c.ties), len(c.quotes)); n > maxEvents {
			return nil, kg.Errorf(kg.BadInput, "%s has %d records of a kind, of at most %d", c.Document, n, maxEvents)
		}
	}
	return r.order, nil
}
