package read

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"casus/internal/kg"
	"casus/internal/record"
	"casus/loader/entry"
	"casus/loader/input"
	"casus/loader/table"
)

// reader returns the rows of one input one after another, and then io.EOF.
type reader interface {
	next() (entry.Source, error)
	Close() error
}

// recordLists are the types of records and their lists in a bundle.
var recordLists = []struct{ list, typ string }{
	{"documents", "document"}, {"actors", "actor"}, {"locations", "location"}, {"events", "event"},
	{"affiliations", "affiliation"}, {"claims", "claim"}, {"identities", "identity"}, {"releases", "release"},
	{"reviews", "review"}, {"corrections", "correction"},
}

// lineReader reads the records of JSON Lines.
type lineReader struct {
	io.Closer
	in   *bufio.Reader
	file string
	line int
	// pending, if not nil, is a row that was read before.
	pending *entry.Source
}

// sliceReader returns records that were read at once.
type sliceReader struct {
	io.Closer
	rows []entry.Source
}

func (w *sliceReader) next() (entry.Source, error) {
	if len(w.rows) == 0 {
		return entry.Source{}, io.EOF
	}
	raw := w.rows[0]
	w.rows = w.rows[1:]
	return raw, nil
}

// openRecords opens a file in the extraction format. If the first line is a record, the file is read line by line, else
// at once.
func openRecords(in input.Input) (reader, error) {
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
		row := longRow(entry.Part{File: in.Name, Line: r.line}, first, size)
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
		return &sliceReader{f, []entry.Source{longFile(entry.Part{File: in.Name, Line: 1 + blank}, first, size)}}, nil
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

func (r *lineReader) next() (entry.Source, error) {
	if raw := r.pending; raw != nil {
		r.pending = nil
		return *raw, nil
	}
	for {
		line, size, err := table.ReadLine(r.in, kg.MaxRecordBytes)
		if err != nil && !errors.Is(err, io.EOF) {
			return entry.Source{}, kg.Errorf(kg.BadInput, "cannot read %s after line %d: %w", r.file, r.line, err)
		}
		if len(line) > 0 {
			r.line++
		}
		if size > kg.MaxRecordBytes {
			return longRow(entry.Part{File: r.file, Line: r.line}, line, size), nil
		}
		if text := trimLine(line); len(text) > 0 {
			return parseLine(entry.Part{File: r.file, Line: r.line, Text: string(text)}, text), nil
		}
		if err != nil {
			return entry.Source{}, io.EOF
		}
	}
}

// parseRows returns the records of a file: one object with lists of them, or one record on each line.
func parseRows(file string, body []byte) []entry.Source {
	var whole map[string]json.RawMessage
	if json.Unmarshal(body, &whole) == nil && whole != nil {
		if _, typ := whole["type"]; !typ {
			return bundleRows(file, body, whole)
		}
		blank := body[:len(body)-len(bytes.TrimLeft(body, " \t\r\n"))]
		text := bytes.TrimSpace(body)
		at := entry.Part{File: file, Line: 1 + bytes.Count(blank, []byte("\n")), Text: string(text)}
		return []entry.Source{parseLine(at, text)}
	}
	if at, broken := brokenBundle(body); broken != nil {
		return []entry.Source{{Part: entry.Part{File: file, Line: at}, Fault: broken}}
	}
	var all []entry.Source
	for line := 1; len(body) > 0; line++ {
		text, rest, _ := bytes.Cut(body, []byte("\n"))
		body = rest
		if text = trimLine(text); len(text) > 0 {
			all = append(all, parseLine(entry.Part{File: file, Line: line, Text: string(text)}, text))
		}
	}
	return all
}

// parseLine returns the row of a line that has one record.
func parseLine(at entry.Part, line []byte) entry.Source {
	raw, fault := record.ParseLine(line)
	if fault != nil {
		return entry.Source{Part: at, Fault: fault}
	}
	return entry.Single(at, entry.Raw{Raw: raw})
}

// longRow returns the row of a line that has more bytes than a record may have. line is its beginning.
func longRow(at entry.Part, line []byte, size int) entry.Source {
	at.Text = kg.CutText(string(line[:min(len(line), record.ShownBytes+4)]), record.ShownBytes)
	return entry.Source{Part: at, Fault: record.BoundReject(kg.CheckBound("the record", size, kg.MaxRecordBytes, "bytes"))}
}

// longFile returns the row of a file that is one JSON object and has more bytes than one may have.
func longFile(at entry.Part, first []byte, size int) entry.Source {
	row := longRow(at, first, size)
	row.Fault.Reason = "the file is one JSON object of more than 64 MiB: write one record on each line (JSON Lines)"
	return row
}

// opensObject reports whether a line opens a JSON object that it does not close.
func opensObject(line []byte) bool {
	var syntax *json.SyntaxError
	var value any
	text := trimLine(line)
	err := json.Unmarshal(text, &value)
	return len(text) > 0 && text[0] == '{' && errors.As(err, &syntax) && int(syntax.Offset) >= len(text)
}

// trimLine returns a line without white space around it and without a byte order mark, which a file has at its start
// and several joined files have at other lines too.
func trimLine(line []byte) []byte {
	return bytes.TrimSpace(bytes.TrimPrefix(bytes.TrimSpace(line), []byte("\uFEFF")))
}
