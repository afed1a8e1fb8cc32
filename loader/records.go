package loader

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"unicode/utf8"

	"casus/internal/kg"
)

// plurals names each type's list in a file that is one object.
var plurals = []struct{ list, typ string }{
	{"documents", "document"}, {"actors", "actor"}, {"locations", "location"}, {"events", "event"},
	{"affiliations", "affiliation"}, {"claims", "claim"}, {"identities", "identity"}, {"releases", "release"},
}

func typeNames() []string {
	var names []string
	for _, p := range plurals {
		names = append(names, p.typ)
	}
	return names
}

// linesReading gives the records of JSON Lines.
type linesReading struct {
	io.Closer
	in   *bufio.Reader
	file string
	line int
}

// wholeReading gives records that were read at once.
type wholeReading struct {
	io.Closer
	all []unread
}

func (w *wholeReading) next() (unread, error) {
	if len(w.all) == 0 {
		return unread{}, io.EOF
	}
	u := w.all[0]
	w.all = w.all[1:]
	return u, nil
}

// openRecords opens a file in the extraction format. A file whose first line is a record is read line by line, any other
// at once.
func openRecords(in Input) (reading, error) {
	f, err := in.Open()
	if err != nil {
		return nil, kg.Errorf(kg.BadInput, "cannot read %s: %w", in.Name, err)
	}
	r := &linesReading{Closer: f, in: bufio.NewReaderSize(f, 64<<10), file: in.Name}
	if head, err := r.in.Peek(3); err == nil && string(head) == "\ufeff" {
		_, _ = r.in.Discard(3) // it was peeked
	}
	first, blank, err := r.firstLine()
	if err != nil {
		return nil, errors.Join(kg.Errorf(kg.BadInput, "cannot read %s: %w", in.Name, err), f.Close())
	}
	if isRecord(first) {
		r.in = bufio.NewReaderSize(io.MultiReader(bytes.NewReader(first), r.in), 64<<10)
		r.line = blank
		return r, nil
	}
	rest, err := io.ReadAll(r.in)
	if err != nil {
		return nil, errors.Join(kg.Errorf(kg.BadInput, "cannot read %s: %w", in.Name, err), f.Close())
	}
	body := bytes.Join([][]byte{bytes.Repeat([]byte("\n"), blank), first, rest}, nil)
	return &wholeReading{f, recordsIn(in.Name, body)}, nil
}

// firstLine is the first line that is not blank, and how many were before it.
func (r *linesReading) firstLine() (line []byte, blank int, err error) {
	for {
		line, err = r.in.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			err = nil
		}
		switch {
		case errors.Is(err, io.EOF):
			return line, blank, nil
		case err != nil || len(bytes.TrimSpace(line)) > 0:
			return line, blank, err
		}
		blank++
	}
}

// isRecord says whether a line is a whole record.
func isRecord(line []byte) bool {
	var head struct {
		Type *json.RawMessage `json:"type"`
	}
	return json.Unmarshal(line, &head) == nil && head.Type != nil
}

func (r *linesReading) next() (unread, error) {
	for {
		line, err := r.in.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return unread{}, kg.Errorf(kg.BadInput, "cannot read on after line %d of %s: %w", r.line, r.file, err)
		}
		if len(line) > 0 {
			r.line++
		}
		if text := bytes.TrimSpace(line); len(text) > 0 {
			return typed(raw{r.file, r.line, string(text)}, text), nil
		}
		if err != nil {
			return unread{}, io.EOF
		}
	}
}

// recordsIn finds the records of a file that is at hand: one object with lists of them, or one on each line.
func recordsIn(file string, body []byte) []unread {
	var whole map[string]json.RawMessage
	if json.Unmarshal(body, &whole) == nil && whole != nil {
		if _, typ := whole["type"]; !typ {
			return bundled(file, body, whole)
		}
		blank := body[:len(body)-len(bytes.TrimLeft(body, " \t\r\n"))]
		text := bytes.TrimSpace(body)
		return []unread{typed(raw{file, 1 + bytes.Count(blank, []byte("\n")), string(text)}, text)}
	}
	if at, broken := brokenBundle(body); broken != nil {
		return []unread{{raw: raw{file: file, line: at}, fault: broken}}
	}
	var all []unread
	for line := 1; len(body) > 0; line++ {
		text, rest, _ := bytes.Cut(body, []byte("\n"))
		body = rest
		if text = bytes.TrimSpace(text); len(text) > 0 {
			all = append(all, typed(raw{file, line, string(text)}, text))
		}
	}
	return all
}

// one is a unit of one record.
func one(at raw, r record) unread {
	return unread{raw: at, records: func() ([]record, *Reject) { return []record{r}, nil }}
}

// typed finds a record's type.
func typed(at raw, text []byte) unread {
	fail := func(f Reject) unread { return unread{raw: at, fault: &f} }
	if !utf8.Valid(text) {
		return fail(Reject{Reason: "the line is not UTF-8"})
	}
	var head struct {
		Type *string `json:"type"`
	}
	if err := json.Unmarshal(text, &head); err != nil {
		if bad := (*json.UnmarshalTypeError)(nil); errors.As(err, &bad) {
			if bad.Field == "type" {
				return fail(Reject{Pointer: "/type", Reason: "it is no text", Found: bad.Value, Allowed: typeNames()})
			}
			return fail(Reject{Reason: "a line holds one JSON object", Found: bad.Value})
		}
		return fail(Reject{Reason: "it is no JSON: " + err.Error()})
	}
	switch {
	case head.Type == nil:
		return fail(Reject{Reason: "it has no type", Allowed: typeNames()})
	default:
		for _, p := range plurals {
			if p.typ == *head.Type {
				return one(at, record{typ: p.typ, json: text})
			}
		}
	}
	return fail(Reject{Pointer: "/type", Reason: "it is no type of record", Found: *head.Type, Allowed: typeNames(), Suggestion: nearest(*head.Type, typeNames())})
}
