package bulk

import (
	"fmt"
	"path/filepath"
	"unsafe"

	"casus/internal/kg"
	"casus/internal/store/codec"
)

// writers is the number of partitions that are written concurrently.
const writers = 2

// output is the output of one writer: a sheet for each kind.
type output struct {
	sheets [kindCount]sheet
	// number and writer form the id of a state.
	number, writer int64
	// claims are the claims about one subject, records their texts, and documents the fields that their voices depend on.
	claims    []kg.Claim
	records   map[kg.ID]string
	documents map[kg.ID]kg.Document
	record    []byte
	broken    error // the first record that could not be encoded
}

func (w *Writer) newOutput(layouts []kindLayout, writer int) *output {
	o := &output{writer: int64(writer), records: map[kg.ID]string{}, documents: map[kg.ID]kg.Document{}}
	for k, d := range layouts {
		o.sheets[k].width = len(d.header.columns)
		for v := range d.header.variants() {
			o.sheets[k].files[v].path = filepath.Join(w.dir, fmt.Sprintf("%s-%d.csv", d.file(v), writer+1))
		}
	}
	return o
}

// encode returns a record's text, which is valid until the next call.
func (o *output) encode(record any) string {
	var err error
	if o.record, err = codec.Append(o.record[:0], record); o.broken == nil {
		o.broken = err
	}
	return unsafe.String(unsafe.SliceData(o.record), len(o.record)) // sheets copy it
}

// link writes a relationship without properties, unless an end is empty.
func (o *output) link(k kind, from, to kg.ID) {
	if from != "" && to != "" {
		o.sheets[k].row(nil, string(from), string(to))
	}
}

// failed returns the error of a record that could not be encoded, or of the first sheet that failed.
func (o *output) failed() error {
	if o.broken != nil {
		return o.broken
	}
	for i := range o.sheets {
		if err := o.sheets[i].failed(); err != nil {
			return err
		}
	}
	return nil
}

func (o *output) close() error {
	for i := range o.sheets {
		if err := o.sheets[i].close(); err != nil {
			return err
		}
	}
	return nil
}
