package table

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"casus/internal/strictjson"
)

// jsonSource reads JSON Lines, or the elements of one array.
type jsonSource struct {
	in      *recorder
	decoder *json.Decoder // of an array; nil for JSON Lines
	asText  bool
	done    bool
}

func newJSON(in *recorder, o Options) *jsonSource {
	asText := o.AsText
	for {
		head, err := in.in.Peek(1)
		switch {
		case err != nil:
			return &jsonSource{in: in, asText: asText}
		case bytes.IndexByte([]byte(" \t\r\n"), head[0]) >= 0:
			b, _ := in.in.ReadByte() // already peeked
			if b == '\n' {
				in.line++
			}
		case head[0] == '{' && o.List != "":
			n := listOffset(in, o.List)
			before := make([]byte, n)
			_, _ = io.ReadFull(in.in, before) // already peeked
			in.line += bytes.Count(before, []byte("\n"))
			if n == 0 {
				return &jsonSource{in: in, asText: asText}
			}
		case head[0] == '[':
			return &jsonSource{in: in, decoder: json.NewDecoder(in), asText: asText}
		default:
			return &jsonSource{in: in, asText: asText}
		}
	}
}

// listOffset returns the offset of the list in a field of the object with which a file begins; 0 if there is none.
func listOffset(in *recorder, field string) int64 {
	head, _ := in.in.Peek(64 << 10)
	d := json.NewDecoder(bytes.NewReader(head))
	if _, err := d.Token(); err != nil { // {
		return 0
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return 0
		}
		if name == field {
			if value, err := d.Token(); err != nil || value != json.Delim('[') {
				return 0
			}
			return d.InputOffset() - 1
		}
		var other json.RawMessage
		if d.Decode(&other) != nil {
			return 0
		}
	}
	return 0
}

func (*jsonSource) columns() []string { return nil }

func (s *jsonSource) next() (Row, error) {
	if s.decoder != nil {
		return s.nextElement()
	}
	for {
		line, err := s.in.in.ReadBytes('\n')
		at := s.in.line
		s.in.line++
		if line = bytes.TrimSpace(line); len(line) > 0 {
			return s.parseObject(line, at)
		}
		if err != nil {
			return Row{}, io.EOF
		}
	}
}

func (s *jsonSource) nextElement() (Row, error) {
	if s.done {
		return Row{}, io.EOF
	}
	if s.decoder.InputOffset() == 0 {
		if _, err := s.decoder.Token(); err != nil { // [
			return s.endWithFault(err)
		}
	}
	if !s.decoder.More() {
		s.done = true
		return Row{}, io.EOF
	}
	s.in.take(s.decoder.InputOffset())
	var element json.RawMessage
	if err := s.decoder.Decode(&element); err != nil {
		return s.endWithFault(err)
	}
	raw, line := s.in.take(s.decoder.InputOffset())
	leading := len(raw) - len(bytes.TrimLeft([]byte(raw), ", \t\r\n"))
	return s.parseObject(element, line+bytes.Count([]byte(raw[:leading]), []byte("\n")))
}

// endWithFault ends an array with invalid JSON, since the start of its next element cannot be found.
func (s *jsonSource) endWithFault(err error) (Row, error) {
	s.done = true
	raw, line := s.in.take(s.in.offset + int64(s.in.buffer.Len()))
	return Row{}, &Fault{Line: line, Reason: "the rest is invalid JSON: " + err.Error(), Raw: raw[:min(len(raw), 200)]}
}

func (s *jsonSource) parseObject(text []byte, line int) (Row, error) {
	fault := &Fault{Line: line, Raw: string(bytes.ToValidUTF8(text, []byte("�")))}
	if !utf8.Valid(text) {
		fault.Reason = "not UTF-8: specify the file's encoding"
		return Row{}, fault
	}
	row := Row{Line: line, Raw: string(text)}
	err := json.Unmarshal(text, &row.Values)
	var wrongType *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrongType), err == nil && row.Values == nil:
		fault.Reason = "not a JSON object"
	case err != nil:
		fault.Reason = "invalid JSON: " + err.Error()
	default:
		if lossy := strictjson.Check(text); len(lossy) > 0 {
			fault.Column, fault.Reason, fault.More = strings.TrimPrefix(lossy[0].Pointer, "/"), lossy[0].Reason, lossy[1:]
			return Row{}, fault
		}
		if s.asText {
			row.Values = tableValues(text)
		}
		return row, nil
	}
	return Row{}, fault
}

// tableValues returns the values of an object as text: numbers as they are written, null as "". Lists and objects
// remain.
func tableValues(object []byte) map[string]any {
	var values map[string]any
	d := json.NewDecoder(bytes.NewReader(object))
	d.UseNumber()
	if d.Decode(&values) != nil { // cannot happen: the caller has decoded it
		return nil
	}
	for name, v := range values {
		switch v := v.(type) {
		case nil:
			values[name] = ""
		case json.Number:
			values[name] = v.String()
		case bool:
			values[name] = strconv.FormatBool(v)
		}
	}
	return values
}
