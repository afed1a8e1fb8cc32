package bulk

import (
	"bytes"
	"encoding/binary"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// wire is a record as it waits: its fields one after another, texts and lists after their length. It is written and read by
// the same functions, so that both have the fields in one order. Lists without elements become none.
type wire struct {
	writing bool
	bytes   []byte // what is written
	rest    string // what is left to read; texts are parts of it
	broken  bool
}

// packed is a record's bytes. What holds the character that lists are cut at cannot be imported: BAD_INPUT.
func packed[T kg.Identified](record T, fields func(*wire, *T), to []byte) ([]byte, error) {
	w := wire{writing: true, bytes: to}
	fields(&w, &record)
	if bytes.Contains(w.bytes[len(to):], []byte(cut)) { // in a text, or by chance in numbers: its JSON tells
		if _, err := encode(record); err != nil {
			return nil, err
		}
	}
	return w.bytes, nil
}

// unpack reads a record.
func unpack[T any](record string, fields func(*wire, *T)) (T, error) {
	w := wire{rest: record}
	var v T
	if fields(&w, &v); w.broken || w.rest != "" {
		return v, kg.Errorf(kg.Internal, "what waited to be written is not what was: a %T", v)
	}
	return v, nil
}

func claimFields(w *wire, c *kg.Claim) {
	wired(w, &c.Subject) // first, since claims are sorted by it
	wired(w, &c.ID)
	wired(w, &c.Stance)
	wired(w, &c.Aspect)
	wiredList(w, &c.Claimants, wired)
	wiredList(w, &c.RelayedBy, wired)
	wired(w, &c.Document)
	wiredList(w, &c.Cites, wired)
	wired(w, &c.Release)
	wiredPointer(w, &c.StatedAt, timeFields)
	timeFields(w, &c.AssertedAt)
	number(w, &c.RecordedAt)
	wiredPointer(w, &c.Quote, func(w *wire, q *kg.Quote) {
		wired(w, &q.Text)
		wired(w, &q.Language)
		w.flag(&q.Direct)
		wired(w, &q.Speaker)
		wired(w, &q.Addressee)
		wiredList(w, &q.Translations, nameFields)
	})
	wiredPointer(w, &c.Confidence, number[int])
	wiredList(w, &c.Spans, func(w *wire, s *kg.Span) {
		number(w, &s.Start)
		number(w, &s.End)
		wired(w, &s.Exact)
		wired(w, &s.Prefix)
		wired(w, &s.Suffix)
		wired(w, &s.State)
	})
	wired(w, &c.Note)
	wiredList(w, &c.Supersedes, wired)
	statementFields(w, &c.Says)
}

func statementFields(w *wire, s *kg.Statement) {
	wiredList(w, &s.Titles, nameFields)
	wiredList(w, &s.Summaries, nameFields)
	wired(w, &s.Category)
	wired(w, &s.Mode)
	wiredList(w, &s.Codes, func(w *wire, c *kg.Code) {
		wired(w, &c.Scheme)
		wired(w, &c.Value)
		wired(w, &c.Label)
	})
	wired(w, &s.Modality)
	wiredPointer(w, &s.Time, timeFields)
	wiredList(w, &s.Figures, func(w *wire, f *kg.Figure) {
		wired(w, &f.Kind)
		wired(w, &f.Population)
		wired(w, &f.Unit)
		wiredPointer(w, &f.Low, number[int])
		wiredPointer(w, &f.Best, number[int])
		wiredPointer(w, &f.High, number[int])
		wired(w, &f.Qualifier)
		wired(w, &f.Trend)
	})
	wiredList(w, &s.Participants, func(w *wire, p *kg.Participant) {
		wired(w, &p.Actor)
		wired(w, &p.Role)
		wired(w, &p.Side)
		wired(w, &p.Capacity)
		wired(w, &p.Representing)
	})
	wiredList(w, &s.Places, func(w *wire, p *kg.Place) {
		wired(w, &p.Location)
		wired(w, &p.Role)
		number(w, &p.Precision)
	})
	wiredList(w, &s.Wholes, wired)
	wiredList(w, &s.RespondsTo, func(w *wire, r *kg.ResponseTo) {
		wired(w, &r.To)
		wired(w, &r.Kind)
		wired(w, &r.Condition)
	})
	wiredList(w, &s.Announces, wired)
}

func documentFields(w *wire, d *kg.Document) {
	wired(w, &d.ID)
	wired(w, &d.URL)
	wiredList(w, &d.Titles, nameFields)
	wired(w, &d.Language)
	wired(w, &d.Publisher)
	wiredPointer(w, &d.PublishedAt, timeFields)
	wiredPointer(w, &d.RetrievedAt, number)
	wired(w, &d.SHA256)
	wired(w, &d.Text)
	wired(w, &d.Syndicates)
}

func nameFields(w *wire, n *kg.Name) {
	wired(w, &n.Value)
	wired(w, &n.Language)
	wired(w, &n.Script)
	wired(w, &n.Kind)
}

func timeFields(w *wire, t *edtf.Time) {
	wired(w, &t.EDTF)
	number(w, &t.Earliest)
	number(w, &t.Latest)
	w.flag(&t.EarliestFloats)
	w.flag(&t.LatestFloats)
	wired(w, &t.Precision)
	w.flag(&t.Approximate)
	w.flag(&t.Uncertain)
}

func wired[T ~string](w *wire, s *T) {
	if w.writing {
		w.bytes = append(binary.AppendUvarint(w.bytes, uint64(len(*s))), *s...)
		return
	}
	if n := w.length(); n > 0 {
		*s, w.rest = T(w.rest[:n]), w.rest[n:]
	}
}

func number[T ~int | ~int64](w *wire, n *T) {
	if w.writing {
		w.bytes = binary.AppendVarint(w.bytes, int64(*n))
		return
	}
	u := w.uvarint() // as binary.AppendVarint folds signs
	*n = T(int64(u>>1) ^ -int64(u&1))
}

func (w *wire) flag(b *bool) {
	if w.writing {
		var n byte
		if *b {
			n = 1
		}
		w.bytes = append(w.bytes, n)
		return
	}
	*b = w.uvarint() == 1
}

func wiredPointer[T any](w *wire, p **T, fields func(*wire, *T)) {
	there := *p != nil
	if w.flag(&there); !there {
		return
	}
	if !w.writing {
		*p = new(T)
	}
	fields(w, *p)
}

func wiredList[T any](w *wire, list *[]T, fields func(*wire, *T)) {
	if w.writing {
		w.bytes = binary.AppendUvarint(w.bytes, uint64(len(*list)))
	} else if n := w.length(); n > 0 {
		*list = make([]T, n)
	}
	for i := range *list {
		fields(w, &(*list)[i])
	}
}

// length reads one that what is left can have.
func (w *wire) length() int {
	n := w.uvarint()
	if n > uint64(len(w.rest)) {
		w.broken, w.rest = true, ""
		return 0
	}
	return int(n)
}

func (w *wire) uvarint() uint64 {
	var n uint64
	for i := 0; i < len(w.rest) && i < binary.MaxVarintLen64; i++ {
		b := w.rest[i]
		if n |= uint64(b&0x7f) << (7 * i); b < 0x80 {
			w.rest = w.rest[i+1:]
			return n
		}
	}
	w.broken, w.rest = true, ""
	return 0
}
