package loader

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"unicode/utf8"

	"casus/internal/kg"
	"casus/internal/strictjson"
	"casus/internal/text"
	"casus/loader/fault"
	"casus/loader/table"
	"casus/loader/validate"
)

// recordLists are the types of records and their lists in a bundle.
var recordLists = []struct{ list, typ string }{
	{"documents", "document"}, {"actors", "actor"}, {"locations", "location"}, {"events", "event"},
	{"affiliations", "affiliation"}, {"claims", "claim"}, {"identities", "identity"}, {"releases", "release"},
}

func typeNames() []string { return validate.Types() }

// lineReader reads the records of JSON Lines.
type lineReader struct {
	io.Closer
	in   *bufio.Reader
	file string
	line int
	// pending, if not nil, is a row that was read before.
	pending *rawRow
}

// sliceReader returns records that were read at once.
type sliceReader struct {
	io.Closer
	rows []rawRow
}

func (w *sliceReader) next() (rawRow, error) {
	if len(w.rows) == 0 {
		return rawRow{}, io.EOF
	}
	raw := w.rows[0]
	w.rows = w.rows[1:]
	return raw, nil
}

// openRecords opens a file in the extraction format. If the first line is a record, the file is read line by line, else
// at once.
func openRecords(in Input) (rowReader, error) {
	f, err := in.Open()
	if err != nil {
		return nil, kg.Errorf(kg.BadInput, "cannot read %s: %w", in.Name, err)
	}
	text, err := table.Decode(in.Name, f, in.Encoding)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	r := &lineReader{Closer: f, in: bufio.NewReaderSize(text, 64<<10), file: in.Name}
	first, size, blank, err := r.firstLine()
	if err != nil {
		return nil, errors.Join(kg.Errorf(kg.BadInput, "cannot read %s: %w", in.Name, err), f.Close())
	}
	if size > kg.MaxRecordBytes {
		r.line = blank + 1
		row := longRow(rawText{in.Name, r.line, ""}, first, size)
		r.pending = &row
		return r, nil
	}
	if isRecord(first) {
		r.in = bufio.NewReaderSize(io.MultiReader(bytes.NewReader(first), r.in), 64<<10)
		r.line = blank
		return r, nil
	}
	rest, err := io.ReadAll(io.LimitReader(r.in, kg.MaxRecordBytes+1))
	if err != nil {
		return nil, errors.Join(kg.Errorf(kg.BadInput, "cannot read %s: %w", in.Name, err), f.Close())
	}
	if size := blank + len(first) + len(rest); size > kg.MaxRecordBytes {
		if !opensObject(first) { // lines, the first of which is no record
			r.in = bufio.NewReaderSize(io.MultiReader(bytes.NewReader(first), bytes.NewReader(rest), r.in), 64<<10)
			r.line = blank
			return r, nil
		}
		return &sliceReader{f, []rawRow{longFile(rawText{in.Name, 1 + blank, ""}, first, size)}}, nil
	}
	body := bytes.Join([][]byte{bytes.Repeat([]byte("\n"), blank), first, rest}, nil)
	return &sliceReader{f, parseRows(in.Name, body)}, nil
}

// firstLine returns the first line that is not blank, its size, and the number of blank lines before it.
func (r *lineReader) firstLine() (line []byte, size, blank int, err error) {
	for {
		line, size, err = table.ReadLine(r.in, kg.MaxRecordBytes)
		if len(trimLine(line)) > 0 {
			err = nil
		}
		switch {
		case errors.Is(err, io.EOF):
			return line, size, blank, nil
		case err != nil || len(trimLine(line)) > 0:
			return line, size, blank, err
		}
		blank++
	}
}

// isRecord reports whether a line is a whole record.
func isRecord(line []byte) bool {
	var head struct {
		Type *json.RawMessage `json:"type"`
	}
	return json.Unmarshal(line, &head) == nil && head.Type != nil
}

func (r *lineReader) next() (rawRow, error) {
	if raw := r.pending; raw != nil {
		r.pending = nil
		return *raw, nil
	}
	for {
		line, size, err := table.ReadLine(r.in, kg.MaxRecordBytes)
		if err != nil && !errors.Is(err, io.EOF) {
			return rawRow{}, kg.Errorf(kg.BadInput, "cannot read %s after line %d: %w", r.file, r.line, err)
		}
		if len(line) > 0 {
			r.line++
		}
		if size > kg.MaxRecordBytes {
			return longRow(rawText{r.file, r.line, ""}, line, size), nil
		}
		if text := trimLine(line); len(text) > 0 {
			return parseType(rawText{r.file, r.line, string(text)}, text), nil
		}
		if err != nil {
			return rawRow{}, io.EOF
		}
	}
}

// parseRows returns the records of a file: one object with lists of them, or one record on each line.
func parseRows(file string, body []byte) []rawRow {
	var whole map[string]json.RawMessage
	if json.Unmarshal(body, &whole) == nil && whole != nil {
		if _, typ := whole["type"]; !typ {
			return bundleRows(file, body, whole)
		}
		blank := body[:len(body)-len(bytes.TrimLeft(body, " \t\r\n"))]
		text := bytes.TrimSpace(body)
		return []rawRow{parseType(rawText{file, 1 + bytes.Count(blank, []byte("\n")), string(text)}, text)}
	}
	if at, broken := brokenBundle(body); broken != nil {
		return []rawRow{{rawText: rawText{file: file, line: at}, fault: broken}}
	}
	var all []rawRow
	for line := 1; len(body) > 0; line++ {
		text, rest, _ := bytes.Cut(body, []byte("\n"))
		body = rest
		if text = trimLine(text); len(text) > 0 {
			all = append(all, parseType(rawText{file, line, string(text)}, text))
		}
	}
	return all
}

// singleRecord returns a row of one record.
func singleRecord(at rawText, r rawRecord) rawRow {
	return rawRow{rawText: at, makeRecords: func() ([]rawRecord, *Reject) { return []rawRecord{r}, nil }}
}

// parseType returns a row of one record of the type that the line states, or the fault if it states none.
func parseType(at rawText, line []byte) rawRow {
	fail := func(f Reject) rawRow { return rawRow{rawText: at, fault: &f} }
	if !utf8.Valid(line) {
		return fail(Reject{Reason: "the line is not UTF-8"})
	}
	var head struct {
		Type *string `json:"type"`
	}
	if err := json.Unmarshal(line, &head); err != nil {
		if bad := (*json.UnmarshalTypeError)(nil); errors.As(err, &bad) {
			if bad.Field == "type" {
				return fail(Reject{Pointer: "/type", Reason: "not a string", Found: bad.Value, Allowed: typeNames()})
			}
			return fail(Reject{Reason: "a line holds one JSON object", Found: bad.Value})
		}
		return fail(Reject{Reason: "invalid JSON: " + err.Error()})
	}
	if lossy := lossyReject(line); lossy != nil {
		return fail(*lossy)
	}
	switch {
	case head.Type == nil:
		return fail(Reject{Reason: "the record has no type", Allowed: typeNames()})
	default:
		for _, p := range recordLists {
			if p.typ == *head.Type {
				return singleRecord(at, rawRecord{typ: p.typ, json: line})
			}
		}
	}
	return fail(Reject{
		Pointer: "/type", Reason: "unknown type of record", Found: *head.Type, Allowed: typeNames(),
		Suggestion: text.Nearest(*head.Type, typeNames()),
	})
}

// lossyReject returns the Reject of a JSON text that would lose something if it were decoded, or that has a list beyond
// its bound, which would take much memory; else nil.
func lossyReject(text []byte) *Reject {
	if f := strictjson.LongList(text, kg.MaxItems); f != nil {
		return &Reject{Pointer: f.Pointer, Reason: f.Reason}
	}
	var all []*Reject
	for _, f := range strictjson.Check(text) {
		all = append(all, &Reject{Pointer: f.Pointer, Reason: f.Reason, Found: f.Found})
	}
	return fault.Join(all...)
}
