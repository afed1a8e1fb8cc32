package loader

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"casus/internal/kg"
	"casus/loader/table"
)

// recordLists are the types of records and their lists in a bundle.
var recordLists = []struct{ list, typ string }{
	{"documents", "document"}, {"actors", "actor"}, {"locations", "location"}, {"events", "event"},
	{"affiliations", "affiliation"}, {"claims", "claim"}, {"identities", "identity"}, {"releases", "release"},
}

func typeNames() []string {
	var names []string
	for _, p := range recordLists {
		names = append(names, p.typ)
	}
	return names
}

// lineReader reads the records of JSON Lines.
type lineReader struct {
	io.Closer
	in   *bufio.Reader
	file string
	line int
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
	first, blank, err := r.firstLine()
	if err != nil {
		return nil, errors.Join(kg.Errorf(kg.BadInput, "cannot read %s: %w", in.Name, err), f.Close())
	}
	if isRecord(first) || len(first) > maxLine {
		r.in = bufio.NewReaderSize(io.MultiReader(bytes.NewReader(first), r.in), 64<<10)
		r.line = blank
		return r, nil
	}
	var body bytes.Buffer
	body.WriteString(strings.Repeat("\n", blank))
	body.Write(first)
	_, err = body.ReadFrom(io.LimitReader(r.in, maxBundle))
	switch {
	case err != nil:
		err = kg.Errorf(kg.BadInput, "cannot read %s: %w", in.Name, err)
	case body.Len() > maxBundle:
		err = kg.Errorf(kg.BadInput, "%s has more than %d MiB and is not JSON Lines: write one record a line",
			in.Name, maxBundle>>20)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &sliceReader{f, parseRows(in.Name, body.Bytes())}, nil
}

const (
	maxLine   = 64 << 20 // bytes in a line
	maxBundle = 64 << 20 // bytes in a file that is one JSON object
)

// readLine returns the next line with its end, or its first maxLine+1 bytes if it is longer.
func (r *lineReader) readLine() (line []byte, err error) {
	for len(line) <= maxLine {
		part, err := r.in.ReadSlice('\n')
		line = append(line, part...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, err
		}
	}
	return line, nil
}

// skipLine reads the rest of a line.
func (r *lineReader) skipLine() error {
	for {
		if _, err := r.in.ReadSlice('\n'); !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

// firstLine returns the first line that is not blank, and the number of blank lines before it.
func (r *lineReader) firstLine() (line []byte, blank int, err error) {
	for {
		line, err = r.readLine()
		if len(bytes.TrimSpace(line)) > 0 {
			err = nil
		}
		switch {
		case errors.Is(err, io.EOF):
			return line, blank, nil
		case err != nil || len(bytes.TrimSpace(line)) > 0 || len(line) > maxLine:
			return line, blank, err
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
	for {
		line, err := r.readLine()
		if len(line) > maxLine && line[len(line)-1] != '\n' {
			if err = r.skipLine(); err == nil || errors.Is(err, io.EOF) {
				r.line++
				reason := fmt.Sprintf("the line has more than %d MiB", maxLine>>20)
				return rawRow{rawText: rawText{r.file, r.line, firstText(line)}, fault: &Reject{Reason: reason}}, nil
			}
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return rawRow{}, kg.Errorf(kg.BadInput, "cannot read %s after line %d: %w", r.file, r.line, err)
		}
		if len(line) > 0 {
			r.line++
		}
		if text := bytes.TrimSpace(line); len(text) > 0 {
			return parseType(rawText{r.file, r.line, string(text)}, text), nil
		}
		if err != nil {
			return rawRow{}, io.EOF
		}
	}
}

// firstText returns the beginning of a line that is too long to be shown.
func firstText(line []byte) string { return strings.ToValidUTF8(string(line[:200]), "\uFFFD") }

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
		if text = bytes.TrimSpace(text); len(text) > 0 {
			all = append(all, parseType(rawText{file, line, string(text)}, text))
		}
	}
	return all
}

// singleRecord returns a row of one record.
func singleRecord(at rawText, r rawRecord) rawRow {
	return rawRow{rawText: at, makeRecords: func() ([]rawRecord, *Reject) { return []rawRecord{r}, nil }}
}

// parseType returns a row of one record of the type that the text states, or the fault if it states none.
func parseType(at rawText, text []byte) rawRow {
	fail := func(f Reject) rawRow { return rawRow{rawText: at, fault: &f} }
	if !utf8.Valid(text) {
		return fail(Reject{Reason: "the line is not UTF-8"})
	}
	var head struct {
		Type *string `json:"type"`
	}
	if err := json.Unmarshal(text, &head); err != nil {
		if bad := (*json.UnmarshalTypeError)(nil); errors.As(err, &bad) {
			if bad.Field == "type" {
				return fail(Reject{Pointer: "/type", Reason: "not a string", Found: bad.Value, Allowed: typeNames()})
			}
			return fail(Reject{Reason: "a line holds one JSON object", Found: bad.Value})
		}
		return fail(Reject{Reason: "invalid JSON: " + err.Error()})
	}
	switch {
	case head.Type == nil:
		return fail(Reject{Reason: "the record has no type", Allowed: typeNames()})
	default:
		for _, p := range recordLists {
			if p.typ == *head.Type {
				return singleRecord(at, rawRecord{typ: p.typ, json: text})
			}
		}
	}
	return fail(Reject{
		Pointer: "/type", Reason: "unknown type of record", Found: *head.Type, Allowed: typeNames(),
		Suggestion: nearest(*head.Type, typeNames()),
	})
}
