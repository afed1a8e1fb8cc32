package bulk

import (
	"bytes"
	"encoding/binary"
	"math"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// wire is the binary form of a spooled record: its fields in order, texts and lists prefixed with their length. The
// same functions write and read it, so that the order of fields agrees. Lists without elements are read as nil.
type wire struct {
	writing bool
	bytes   []byte // output when writing
	rest    string // remaining input when reading; texts share it
	broken  bool
}

// appendPacked appends the bytes of a record. It returns BAD_INPUT for a record that contains listDelimiter, which
// cannot be imported.
func appendPacked[T kg.Identified](record T, fields func(*wire, *T), to []byte) ([]byte, error) {
	w := wire{writing: true, bytes: to}
	fields(&w, &record)
	if bytes.Contains(w.bytes[len(to):], []byte(listDelimiter)) { // in a text, or by chance in numbers: check its JSON
		if err := checkImportable(record); err != nil {
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
		return v, kg.Errorf(kg.Internal, "a spooled %T is corrupt", v)
	}
	return v, nil
}

func claimFields(w *wire, c *kg.Claim) {
	textField(w, &c.Subject) // first, since claims are sorted by it
	textField(w, &c.ID)
	textField(w, &c.Stance)
	textField(w, &c.Aspect)
	listField(w, &c.Claimants, textField)
	listField(w, &c.RelayedBy, textField)
	textField(w, &c.Document)
	listField(w, &c.Cites, textField)
	textField(w, &c.Release)
	listField(w, &c.Extractions, func(w *wire, e *kg.Extraction) {
		textField(w, &e.Tool)
		textField(w, &e.Model)
		textField(w, &e.Prompt)
		intField(w, &e.At)
	})
	pointerField(w, &c.StatedAt, timeFields)
	timeFields(w, &c.AssertedAt)
	intField(w, &c.RecordedAt)
	pointerField(w, &c.Quote, func(w *wire, q *kg.Quote) {
		textField(w, &q.Text)
		textField(w, &q.Language)
		w.flag(&q.Direct)
		textField(w, &q.Speaker)
		textField(w, &q.Addressee)
		listField(w, &q.Translations, nameFields)
	})
	pointerField(w, &c.Confidence, intField[int])
	listField(w, &c.Spans, func(w *wire, s *kg.Span) {
		intField(w, &s.Start)
		intField(w, &s.End)
		textField(w, &s.Exact)
		textField(w, &s.Prefix)
		textField(w, &s.Suffix)
		textField(w, &s.State)
	})
	textField(w, &c.Note)
	listField(w, &c.Supersedes, textField)
	statementFields(w, &c.Says)
}

func statementFields(w *wire, s *kg.Statement) {
	listField(w, &s.Titles, nameFields)
	listField(w, &s.Summaries, nameFields)
	textField(w, &s.Category)
	textField(w, &s.Mode)
	listField(w, &s.Codes, func(w *wire, c *kg.Code) {
		textField(w, &c.Scheme)
		textField(w, &c.Value)
		textField(w, &c.Label)
	})
	textField(w, &s.Modality)
	pointerField(w, &s.Time, timeFields)
	textField(w, &s.Nominal)
	listField(w, &s.Figures, func(w *wire, f *kg.Figure) {
		textField(w, &f.Kind)
		textField(w, &f.Population)
		textField(w, &f.Unit)
		pointerField(w, &f.Low, intField[int])
		pointerField(w, &f.Best, intField[int])
		pointerField(w, &f.High, intField[int])
		textField(w, &f.Qualifier)
		textField(w, &f.Trend)
	})
	listField(w, &s.Measures, func(w *wire, m *kg.Measure) {
		textField(w, &m.Name)
		floatField(w, &m.Value)
	})
	listField(w, &s.Participants, func(w *wire, p *kg.Participant) {
		textField(w, &p.Actor)
		textField(w, &p.Role)
		textField(w, &p.Side)
		textField(w, &p.Capacity)
		textField(w, &p.Representing)
	})
	listField(w, &s.Places, func(w *wire, p *kg.Place) {
		textField(w, &p.Location)
		textField(w, &p.Role)
		intField(w, &p.Precision)
	})
	listField(w, &s.Wholes, textField)
	listField(w, &s.RespondsTo, func(w *wire, r *kg.ResponseTo) {
		textField(w, &r.To)
		textField(w, &r.Kind)
		textField(w, &r.Condition)
	})
	listField(w, &s.Announces, textField)
}

func documentFields(w *wire, d *kg.Document) {
	textField(w, &d.ID)
	textField(w, &d.URL)
	listField(w, &d.Titles, nameFields)
	textField(w, &d.Language)
	textField(w, &d.Publisher)
	pointerField(w, &d.PublishedAt, timeFields)
	pointerField(w, &d.RetrievedAt, intField)
	textField(w, &d.SHA256)
	textField(w, &d.Text)
	textField(w, &d.Syndicates)
	textField(w, &d.Source)
	listField(w, &d.Values, func(w *wire, v *kg.FieldValue) {
		textField(w, &v.Field)
		textField(w, &v.Value)
		listField(w, &v.Sources, textField)
	})
	listField(w, &d.Undecided, textField)
	listField(w, &d.Corrected, func(w *wire, c *kg.FieldCorrection) {
		textField(w, &c.Field)
		textField(w, &c.Value)
		intField(w, &c.At)
	})
}

func nameFields(w *wire, n *kg.Name) {
	textField(w, &n.Value)
	textField(w, &n.Language)
	textField(w, &n.Script)
	textField(w, &n.Kind)
}

func timeFields(w *wire, t *edtf.Time) {
	textField(w, &t.EDTF)
	intField(w, &t.Earliest)
	intField(w, &t.Latest)
	w.flag(&t.EarliestFloats)
	w.flag(&t.LatestFloats)
	textField(w, &t.Precision)
	w.flag(&t.Approximate)
	w.flag(&t.Uncertain)
}

func textField[T ~string](w *wire, s *T) {
	if w.writing {
		w.bytes = append(binary.AppendUvarint(w.bytes, uint64(len(*s))), *s...)
		return
	}
	if n := w.length(); n > 0 {
		*s, w.rest = T(w.rest[:n]), w.rest[n:]
	}
}

func intField[T ~int | ~int64](w *wire, n *T) {
	if w.writing {
		w.bytes = binary.AppendVarint(w.bytes, int64(*n))
		return
	}
	u := w.uvarint() // zigzag encoding, as binary.AppendVarint writes it
	*n = T(int64(u>>1) ^ -int64(u&1))
}

func floatField(w *wire, f *float64) {
	if w.writing {
		w.bytes = binary.AppendUvarint(w.bytes, math.Float64bits(*f))
		return
	}
	*f = math.Float64frombits(w.uvarint())
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

func pointerField[T any](w *wire, p **T, fields func(*wire, *T)) {
	present := *p != nil
	if w.flag(&present); !present {
		return
	}
	if !w.writing {
		*p = new(T)
	}
	fields(w, *p)
}

func listField[T any](w *wire, list *[]T, fields func(*wire, *T)) {
	if w.writing {
		w.bytes = binary.AppendUvarint(w.bytes, uint64(len(*list)))
	} else if n := w.length(); n > 0 {
		*list = make([]T, n)
	}
	for i := range *list {
		fields(w, &(*list)[i])
	}
}

// length reads a length, which cannot exceed the remaining input.
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
