package loader

import (
	"encoding/json"
	"iter"

	"casus/internal/kg"
	"casus/internal/record"
	"casus/internal/spill"
	"casus/loader/entry"
)

// deferredRows are rows that wait for the records that they refer to. They are spilled.
type deferredRows struct {
	spilled *spill.File
	count   int
	numbers []int // of the rows, at most maxDeferredRows+1
}

// maxDeferredRows is the number of deferred rows that a checkpoint lists. With more, an interrupted load resumes at the
// last checkpoint with fewer.
const maxDeferredRows = 1000

func newDeferredRows() *deferredRows {
	return &deferredRows{spilled: spill.New("deferred", "deferred records")}
}

// spilledRow is a row as it is spilled, with its records.
type spilledRow struct {
	Part    entry.Part
	Number  int
	Earlier []entry.Part `json:",omitempty"`
	Records []spilledRecord
}

type spilledRecord struct {
	Type, Pointer, Place string
	JSON                 json.RawMessage `json:",omitempty"`
	Fields               map[string]any  `json:",omitempty"`
	NotCarried           map[string]int  `json:",omitempty"`
	Warnings             []string        `json:",omitempty"`
}

// add adds a row.
func (d *deferredRows) add(row *entry.Row) error {
	spilled := spilledRow{Part: row.Part, Number: row.Number, Earlier: row.Earlier}
	records, _ := row.Records() // a deferred row has records
	for _, r := range records {
		rec := spilledRecord{
			Type: r.Type, Pointer: r.Pointer, Place: r.Place, Fields: r.Fields, NotCarried: r.NotCarried,
			Warnings: r.Warnings,
		}
		if r.Fields == nil {
			rec.JSON = r.JSON
		}
		spilled.Records = append(spilled.Records, rec)
	}
	block, err := json.Marshal(spilled)
	if err != nil {
		return kg.Errorf(kg.Internal, "encode a deferred row: %w", err)
	}
	if d.count++; len(d.numbers) <= maxDeferredRows {
		d.numbers = append(d.numbers, row.Number)
	}
	_, err = d.spilled.Add(block)
	return err
}

// rows iterates over the rows in the order in which they were added.
func (d *deferredRows) rows() iter.Seq2[entry.Source, error] {
	return func(yield func(entry.Source, error) bool) {
		for block, err := range d.spilled.Blocks() {
			var spilled spilledRow
			if err == nil {
				if err = json.Unmarshal(block, &spilled); err != nil {
					err = kg.Errorf(kg.Internal, "decode a deferred row: %w", err)
				}
			}
			if !yield(spilled.source(), err) || err != nil {
				return
			}
		}
	}
}

// source returns the row as it was read.
func (s spilledRow) source() entry.Source {
	var records []entry.Raw
	for _, r := range s.Records {
		records = append(records, entry.Raw{
			Raw:     record.Raw{Type: r.Type, JSON: r.JSON, Fields: r.Fields},
			Pointer: r.Pointer, Place: r.Place, NotCarried: r.NotCarried, Warnings: r.Warnings,
		})
	}
	return entry.Source{
		Part: s.Part, Earlier: s.Earlier, Number: s.Number,
		Records: func() ([]entry.Raw, *record.Reject) { return records, nil },
	}
}

func (d *deferredRows) close() error { return d.spilled.Close() }
