package table

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"casus/internal/kg"
	"casus/internal/strictjson"
)

// jsonSource reads JSON objects one after another: those of JSON Lines, objects over several lines, and the elements of
// lists. Rows of GeoJSON are features.
type jsonSource struct {
	in      *lineBuffer
	checker encodingChecker
	name    string
	options Options
	names   columnNames
	shape   Shape
	inList  bool
	wrapped bool   // the first list was in an object
	field   string // of the list
	depth   int    // of the objects around the list, whose rest follows it
	done    bool
}

// Shape is how the rows of a JSON file are arranged.
type Shape int

// The shapes of JSON.
const (
	// Lines are objects one after another.
	Lines Shape = iota
	// List is one list of objects.
	List
	// WrappedList is a list of objects in a field of one object.
	WrappedList
	// Features is GeoJSON.
	Features
)

func newJSON(name string, f io.Reader, o Options) (*jsonSource, error) {
	s := &jsonSource{
		in: newLineBuffer(f), name: name, options: o,
		checker: newEncodingChecker(o.Encoding), names: columnNames{options: o},
	}
	s.skipSpace()
	return s, s.begin()
}

// begin finds the list in the object or list that begins with the unread bytes.
func (s *jsonSource) begin() error {
	head := s.in.head(maxWrapper)
	switch {
	case len(head) == 0:
	case head[0] == '[':
		if rest := bytes.TrimLeft(head[1:], " \t\r\n"); len(rest) > 0 && rest[0] == '[' && !s.wrapped {
			return orientError(s.name, "a list of lists")
		}
		s.shape, s.inList = List, true
		s.in.start++
	case head[0] == '{':
		w, err := findWrapped(s.name, head, s.options)
		if err != nil {
			return err
		}
		if w.offset > 0 {
			s.shape, s.inList, s.wrapped, s.depth, s.field = WrappedList, true, true, w.depth, w.path
			s.in.skip(w.offset + 1)
		}
		if w.features {
			s.shape = Features
		}
	}
	return nil
}

func (*jsonSource) columns() []string { return nil }

func (s *jsonSource) next() (Row, error) {
	for !s.done {
		s.skipSpace()
		text := s.in.unread()
		switch {
		case len(text) == 0:
			s.done = true
			if err := s.in.failure(); err != nil {
				return Row{}, kg.Errorf(kg.BadInput, "cannot read after line %d: %w", s.in.line, err)
			}
			if s.inList || s.depth > 0 {
				return Row{}, &Fault{Line: s.in.line, Reason: "the file ends before its list or object is closed"}
			}
		case s.inList && text[0] == ']':
			s.in.start++
			s.inList = false
		case s.inList && text[0] == ',':
			s.in.start++
		case s.depth > 0 && !s.inList:
			return s.endWrapper()
		case !s.inList && s.shape != Lines && s.wrapped && text[0] == '{': // another page
			if err := s.begin(); err != nil {
				return Row{}, err
			}
			if !s.inList {
				return s.nextValue()
			}
		case !s.inList && s.shape == List && text[0] == '[':
			s.in.start++ // lists one after another
			s.inList = true
		default:
			return s.nextValue()
		}
	}
	return Row{}, io.EOF
}

// nextValue reads the value that begins with the unread bytes.
func (s *jsonSource) nextValue() (Row, error) {
	line := s.in.line
	end, fault := s.valueEnd()
	if err := s.in.failure(); err != nil && fault != "" {
		s.done = true
		return Row{}, kg.Errorf(kg.BadInput, "cannot read after line %d: %w", line, err)
	}
	if fault == "" {
		text := s.in.unread()[:end]
		if end > maxRow {
			fault := &Fault{Line: line, Reason: longObject, Raw: shown(text)}
			s.in.skip(end)
			return Row{}, fault
		}
		row, err := s.parseObject(text, line)
		s.in.skip(end)
		return row, err
	}
	f := &Fault{Line: line, Reason: fault}
	if s.inList { // the next element cannot be found
		s.done = true
		f.Reason = "the rest is invalid JSON: " + strings.TrimPrefix(fault, "invalid JSON: ")
		f.Raw = string(bytes.ToValidUTF8(s.in.unread()[:min(len(s.in.unread()), 200)], []byte("�")))
		return Row{}, f
	}
	if end > maxRow {
		f.Raw = s.in.takeLongLine()
		return Row{}, f
	}
	f.Raw = string(bytes.ToValidUTF8(bytes.TrimSpace(s.in.unread()[:end]), []byte("�")))
	s.in.skip(end)
	return Row{}, f
}

// valueEnd returns where the value that begins with the unread bytes ends. If it is invalid, it returns why, and where
// reading can go on.
func (s *jsonSource) valueEnd() (end int, fault string) {
	first := s.in.unread()[0]
	if first != '{' && first != '[' {
		return s.scalarEnd()
	}
	var scan nesting
	for at := 0; ; {
		text := s.in.unread()
		for ; at < len(text); at++ {
			c := text[at]
			switch {
			case s.inList:
			case c == '{' && scan.lineStart && at > 0:
				return at, "invalid JSON: the object is not closed before the next one begins"
			case scan.quoted && (c == '\n' || c == '\r'):
				return at, "invalid JSON: a line ends within quotation marks"
			}
			if scan.add(c) {
				return at + 1, ""
			}
		}
		switch {
		case at > maxRow:
			return at, longObject
		case !s.in.more():
			return at, "invalid JSON: unexpected end of JSON input"
		}
	}
}

// scalarEnd returns the end of a value that is not an object or list: in a list the next comma or bracket, else the end
// of the line.
func (s *jsonSource) scalarEnd() (end int, fault string) {
	if !s.inList {
		end := s.in.lineEnd(0)
		if text := bytes.TrimSpace(s.in.unread()[:min(end, maxRow)]); !json.Valid(text) {
			return end, "invalid JSON: " + syntaxError(text)
		}
		return end, ""
	}
	quoted, escaped := false, false
	for at := 0; ; {
		text := s.in.unread()
		for ; at < len(text); at++ {
			switch c := text[at]; {
			case escaped:
				escaped = false
			case quoted && c == '\\':
				escaped = true
			case c == '"':
				quoted = !quoted
			case !quoted && (c == ',' || c == ']'):
				if !json.Valid(text[:at]) {
					return at, syntaxError(text[:at])
				}
				return at, ""
			}
		}
		if at > maxRow || !s.in.more() {
			return at, "unexpected end of JSON input"
		}
	}
}

func syntaxError(text []byte) string {
	var value any
	if err := json.Unmarshal(text, &value); err != nil {
		return err.Error()
	}
	return "unexpected end of JSON input"
}

// endWrapper reads what follows the list in an object, and checks that the object is closed.
func (s *jsonSource) endWrapper() (Row, error) {
	line := s.in.line
	scan := nesting{depth: s.depth}
	for at := 0; ; {
		text := s.in.unread()
		for ; at < len(text); at++ {
			if !scan.add(text[at]) {
				continue
			}
			rest := string(text[:at+1])
			valid := json.Valid([]byte(strings.Repeat(`{"":`, s.depth) + "0" + rest))
			s.in.skip(at + 1)
			s.depth = 0
			if !valid {
				reason := "what follows the list is invalid JSON"
				return Row{}, &Fault{Line: line, Reason: reason, Raw: strings.ToValidUTF8(rest[:min(len(rest), 200)], "\uFFFD")}
			}
			return s.next()
		}
		if at > maxRow || !s.in.more() {
			s.done = true
			if err := s.in.failure(); err != nil {
				return Row{}, kg.Errorf(kg.BadInput, "cannot read after line %d: %w", line, err)
			}
			return Row{}, &Fault{Line: line, Reason: "the object around the list is not closed"}
		}
	}
}

// skipSpace consumes white space between values, and the separators of JSON text sequences.
func (s *jsonSource) skipSpace() {
	for {
		text := s.in.unread()
		n := len(text) - len(bytes.TrimLeft(text, " \t\r\n\x1e"))
		s.in.skip(n)
		if n < len(text) || !s.in.more() {
			return
		}
	}
}

func (s *jsonSource) parseObject(text []byte, line int) (Row, error) {
	fault := &Fault{Line: line, Raw: string(bytes.ToValidUTF8(text, []byte("�")))}
	if !utf8.Valid(text) {
		fault.Reason = notUTF8
		return Row{}, fault
	}
	row := Row{Line: line, Raw: fault.Raw}
	if fault.Reason = s.checker.check(row.Raw); fault.Reason != "" {
		return Row{}, fault
	}
	var err error
	if s.options.AsText {
		row.Values, err = tableValues(text)
	} else {
		row.Values, err = jsonValues(text)
	}
	var wrongType *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrongType) && strings.HasPrefix(wrongType.Value, "number "):
		fault.Column, fault.Reason = wrongType.Field, strings.TrimPrefix(wrongType.Value, "number ")+" is too large a number"
		return Row{}, fault
	case errors.As(err, &wrongType), err == nil && row.Values == nil:
		fault.Reason = "not a JSON object"
		return Row{}, fault
	case err != nil:
		fault.Reason = "invalid JSON: " + err.Error()
		return Row{}, fault
	}
	if lossy := strictjson.Check(text); len(lossy) > 0 {
		fault.Column, fault.Reason, fault.More = strings.TrimPrefix(lossy[0].Pointer, "/"), lossy[0].Reason, lossy[1:]
		return Row{}, fault
	}
	if s.shape == Lines && isFeature(row.Values) {
		s.shape = Features
	}
	if s.shape == Features {
		if row.Values, err = featureRow(row.Values, s.options.AsText); err != nil {
			fault.Reason = err.Error()
			return Row{}, fault
		}
	}
	row.Values = s.names.rename(row.Values)
	return row, checkObject(row)
}
