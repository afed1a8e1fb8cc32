package loader

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"

	"casus/internal/kg"
)

// spool keeps units in a file that have to wait for what they refer to.
type spool struct {
	file  *os.File
	out   *bufio.Writer
	count int
	nths  []int // of the units, as many as a checkpoint takes
}

// waitingAtMost is how many waiting units a checkpoint lists. If there come to be more, an interrupted load goes on from where
// there were fewer.
const waitingAtMost = 1000

// spooled is a unit as it is kept.
type spooled struct {
	File    string
	Line    int
	Nth     int
	Text    string
	More    []keptPart `json:",omitempty"`
	Records []spooledRecord
}

type spooledRecord struct {
	Type, Pointer, Place string
	JSON                 json.RawMessage `json:",omitempty"`
	Fields               map[string]any  `json:",omitempty"`
	Left                 map[string]int  `json:",omitempty"`
}

func (s *spool) add(u *unit) (err error) {
	if s.file == nil {
		if s.file, err = temporary("casus-waiting-*"); err != nil {
			return err
		}
		s.out = bufio.NewWriter(s.file)
	}
	kept := spooled{File: u.file, Line: u.line, Nth: u.nth, Text: u.text}
	for _, part := range u.more {
		kept.More = append(kept.More, keptPart{File: part.file, Line: part.line, Text: part.text})
	}
	records, _ := u.records() // a unit that waits has records
	for _, r := range records {
		one := spooledRecord{Type: r.typ, Pointer: r.pointer, Place: r.place, Fields: r.fields, Left: r.left}
		if r.fields == nil {
			one.JSON = r.json
		}
		kept.Records = append(kept.Records, one)
	}
	if s.count++; len(s.nths) <= waitingAtMost {
		s.nths = append(s.nths, u.nth)
	}
	if err := json.NewEncoder(s.out).Encode(kept); err != nil {
		return kg.Errorf(kg.Unavailable, "records that wait for others cannot be kept in a temporary file: %w", err)
	}
	return nil
}

func (s *spool) close() error { return discard(s.file) }

// each gives the units back, in their order.
func (s *spool) each(tell func(unread) error) error {
	if s.file == nil {
		return nil
	}
	if err := s.out.Flush(); err != nil {
		return kg.Errorf(kg.Unavailable, "records that wait for others cannot be kept in a temporary file: %w", err)
	}
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return kg.Errorf(kg.Unavailable, "records that wait for others cannot be read again: %w", err)
	}
	for d := json.NewDecoder(bufio.NewReaderSize(s.file, 64<<10)); ; {
		var kept spooled
		err := d.Decode(&kept)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return kg.Errorf(kg.Unavailable, "records that wait for others cannot be read again: %w", err)
		}
		var records []record
		for _, r := range kept.Records {
			records = append(records, record{typ: r.Type, json: r.JSON, fields: r.Fields, pointer: r.Pointer, place: r.Place, left: r.Left})
		}
		var more []raw
		for _, part := range kept.More {
			more = append(more, raw{part.File, part.Line, part.Text})
		}
		if err := tell(unread{raw: raw{kept.File, kept.Line, kept.Text}, more: more, nth: kept.Nth, records: func() ([]record, *Reject) { return records, nil }}); err != nil {
			return err
		}
	}
}

// loadDeferred loads what had to wait, in rounds, as long as a round loads any. What is left then refers to one another in
// circles, or to nothing: it is loaded together, and what is missing is missing.
func (s *stream) loadDeferred(ctx context.Context) error {
	for s.later.count > 0 {
		waiting := s.later
		s.later = spool{}
		stretch := s.options.Stretch
		last := stretch >= waiting.count
		before := waiting.count
		err := s.loadSpooled(ctx, &waiting, stretch, last)
		if err == nil && !last && s.later.count == before {
			again := s.later
			s.later = spool{}
			err = errors.Join(s.loadSpooled(ctx, &again, again.count, true), again.close())
		}
		if err := errors.Join(err, waiting.close()); err != nil {
			return err
		}
	}
	return nil
}

func (s *stream) loadSpooled(ctx context.Context, from *spool, stretch int, last bool) error {
	p := preparing{stream: s, shared: map[nodeKey]*item{}}
	var units []*unit
	flush := func() error {
		err := s.load(ctx, units, p.items, last)
		units, p.items, p.shared = nil, nil, map[nodeKey]*item{}
		return err
	}
	if err := from.each(func(u unread) error {
		if units = append(units, p.unit(u)); len(units) >= stretch {
			return flush()
		}
		return ctx.Err()
	}); err != nil {
		return err
	}
	return flush()
}
