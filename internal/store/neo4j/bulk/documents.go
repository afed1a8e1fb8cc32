package bulk

import (
	"casus/internal/kg"
	"casus/internal/spill"
	"casus/internal/store/codec"
)

// documents spools documents to a temporary file. In memory it holds their places in the file and the fields that
// voices depend on.
type documents struct {
	spilled *spill.File
	count   uint32 // of the spooled records
	known   map[hash]document
	staged  map[kg.ID]stagedDocument
	// names are publishers and originals, which are few; a document refers to them by index.
	names   []kg.ID
	numbers map[kg.ID]uint32
	// tied has the sources whose dates decide between values of a document.
	tied map[kg.ID][]kg.Source
}

// stagedDocument is a document of the current batch, and its record to be spooled.
type stagedDocument struct {
	kg.Document
	record []byte
}

// document is a spooled document: the place and the number of its record, and its publisher and original as indexes of
// names.
type document struct {
	spill.Block
	number                uint32
	publisher, syndicates uint32
}

func newDocuments(dir string) *documents {
	return &documents{
		spilled: spill.NewIn(dir, "documents", "documents"), known: map[hash]document{},
		staged: map[kg.ID]stagedDocument{}, names: []kg.ID{""}, numbers: map[kg.ID]uint32{"": 0},
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
	record, err := d.spilled.Find(spooled.Block)
	if err == nil {
		found, err = codec.Decode[kg.Document](string(record))
	}
	return found, err == nil, err
}

// commit spools the documents of the current batch.
func (d *documents) commit() error {
	for id, doc := range d.staged {
		at, err := d.spilled.Add(doc.record)
		if err != nil {
			return err
		}
		d.known[hashOf(id)] = document{at, d.count, d.number(doc.Publisher), d.number(doc.Syndicates)}
		d.count++
	}
	clear(d.staged)
	return nil
}

// all calls each with every document and its record. Only the last record of a document counts, since the earlier ones
// are merged into it.
func (d *documents) all(each func(kg.Document, string) error) error {
	number := uint32(0)
	for block, err := range d.spilled.Blocks() {
		if err != nil {
			return err
		}
		record := string(block)
		doc, err := codec.Decode[kg.Document](record)
		if err != nil {
			return err
		}
		if d.known[hashOf(doc.ID)].number == number {
			if err := each(doc, record); err != nil {
				return err
			}
		}
		number++
	}
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

func (d *documents) close() error { return d.spilled.Close() }
