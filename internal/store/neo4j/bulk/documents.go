package bulk

import (
	"encoding/binary"
	"hash/maphash"

	"casus/internal/kg"
)

// hash identifies an id.
type hash [16]byte

// hashSeeds are the random seeds of the two halves of a hash, new for each process.
var hashSeeds = [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}

func hashOf(id kg.ID) (h hash) {
	binary.LittleEndian.PutUint64(h[:8], maphash.String(hashSeeds[0], string(id)))
	binary.LittleEndian.PutUint64(h[8:], maphash.String(hashSeeds[1], string(id)))
	return h
}

func (h hash) partition() int { return int(h[0]) % partitions }

// documents spools documents to files. Memory holds their places and the fields that voices depend on.
type documents struct {
	*spool
	known  map[hash]document
	staged map[kg.ID]stagedDocument
	// names are publishers and originals, which are few; a document refers to them by index.
	names   []kg.ID
	numbers map[kg.ID]uint32
	// tied has the sources whose dates decide between values of a document.
	tied map[kg.ID][]kg.Source
}

// stagedDocument is a document of the current batch, and its record to be spooled.
type stagedDocument struct {
	kg.Document
	packed []byte
}

// document is a spooled document: the place of its record, and its publisher and original as indexes of names.
type document struct {
	place                 place
	publisher, syndicates uint32
}

func newDocuments(dir string) documents {
	return documents{
		spool: newSpool(dir, "documents"), known: map[hash]document{}, staged: map[kg.ID]stagedDocument{},
		names: []kg.ID{""}, numbers: map[kg.ID]uint32{"": 0},
		tied: map[kg.ID][]kg.Source{},
	}
}

// find returns a document of the current batch, or a spooled one.
func (d *documents) find(id kg.ID) (found kg.Document, known bool, err error) {
	if staged, known := d.staged[id]; known {
		return staged.Document, true, nil
	}
	spooled, known := d.known[hashOf(id)]
	if !known {
		return found, false, nil
	}
	record, err := d.at(spooled.place)
	if err == nil {
		found, err = unpack(string(record), documentFields)
	}
	return found, err == nil, err
}

// commit spools the documents of the current batch.
func (d *documents) commit() error {
	for id, doc := range d.staged {
		h := hashOf(id)
		where, err := d.add(h.partition(), doc.packed)
		if err != nil {
			return err
		}
		d.known[h] = document{where, d.number(doc.Publisher), d.number(doc.Syndicates)}
	}
	clear(d.staged)
	return nil
}

// number returns the index of a name, which it adds if it is new.
func (d *documents) number(id kg.ID) uint32 {
	n, known := d.numbers[id]
	if !known {
		n = uint32(len(d.names))
		d.names, d.numbers[id] = append(d.names, id), n
	}
	return n
}

// originalOf returns the document that a document of the current batch, or a spooled one, reprints; "" if there is
// none.
func (d *documents) originalOf(id kg.ID) kg.ID {
	if staged, known := d.staged[id]; known {
		return staged.Syndicates
	}
	return d.names[d.known[hashOf(id)].syndicates]
}

// voiceOf returns the fields of a document that voices depend on.
func (d *documents) voiceOf(id kg.ID) kg.Document {
	known := d.known[hashOf(id)]
	return kg.Document{ID: id, Publisher: d.names[known.publisher], Syndicates: d.names[known.syndicates]}
}
