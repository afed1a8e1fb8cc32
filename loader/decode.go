package loader

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"casus/internal/kg"
)

// raw is one record as it stands in its file.
type raw struct {
	file    string
	line    int
	pointer string // of the record, where the file is one object
	typ     string
	json    []byte
}

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

// read reads all inputs, checks every record by itself and makes an item of it.
func (l *load) read(ctx context.Context, inputs []Input) error {
	name := sha256.New()
	_, _ = fmt.Fprintf(name, "1 %d %t %v\n", l.options.BatchSize, l.options.KeepText, l.options.Published)
	for i, in := range inputs {
		if err := ctx.Err(); err != nil {
			return kg.Errorf(kg.Timeout, "read %s: %w", in.Name, err)
		}
		body, err := readAll(in)
		if err != nil {
			return err
		}
		_, _ = fmt.Fprintf(name, "%d:%x\n", len(body), sha256.Sum256(body))
		for _, r := range records(in.Name, body) {
			if err := l.take(r); err != nil {
				return err
			}
		}
		l.options.Progress(Progress{"reading files", int64(i + 1), int64(len(inputs))})
	}
	l.key = "load:" + hex.EncodeToString(name.Sum(nil)[:16])
	return nil
}

func readAll(in Input) (body []byte, err error) {
	f, err := in.Open()
	if err != nil {
		return nil, kg.Errorf(kg.BadInput, "cannot read %s: %w", in.Name, err)
	}
	defer func() {
		if e := f.Close(); e != nil && err == nil {
			err = kg.Errorf(kg.BadInput, "cannot read %s: %w", in.Name, e)
		}
	}()
	if body, err = io.ReadAll(f); err != nil {
		return nil, kg.Errorf(kg.BadInput, "cannot read %s: %w", in.Name, err)
	}
	return bytes.TrimPrefix(body, []byte("\ufeff")), nil
}

// take checks one record and keeps it, or rejects it.
func (l *load) take(r readRecord) error {
	it := &item{raw: r.raw}
	if r.fault != nil {
		return l.reject(it, *r.fault)
	}
	if fault := validate(r.typ, r.json); fault != nil {
		return l.reject(it, *fault)
	}
	if fault := it.normalize(l.options); fault != nil {
		return l.reject(it, *fault)
	}
	l.items = append(l.items, it)
	return nil
}

// readRecord is a record, or what stands where one should.
type readRecord struct {
	raw
	fault *Reject
}

// records finds the records of a file: one object with lists of them, or one on each line.
func records(file string, body []byte) []readRecord {
	var whole map[string]json.RawMessage
	if json.Unmarshal(body, &whole) == nil && whole != nil {
		if _, typed := whole["type"]; !typed {
			return bundled(file, body, whole)
		}
		return []readRecord{typed(raw{file: file, line: 1, json: bytes.TrimSpace(body)})}
	}
	var all []readRecord
	for line := 1; len(body) > 0; line++ {
		text, rest, _ := bytes.Cut(body, []byte("\n"))
		body = rest
		if text = bytes.TrimSpace(text); len(text) > 0 {
			all = append(all, typed(raw{file: file, line: line, json: text}))
		}
	}
	return all
}

// typed finds a line's type.
func typed(r raw) readRecord {
	fail := func(f Reject) readRecord { return readRecord{r, &f} }
	if !utf8.Valid(r.json) {
		return fail(Reject{Reason: "the line is not UTF-8"})
	}
	var head struct {
		Type *string `json:"type"`
	}
	if err := json.Unmarshal(r.json, &head); err != nil {
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
				r.typ = p.typ
				return readRecord{raw: r}
			}
		}
	}
	return fail(Reject{Pointer: "/type", Reason: "it is no type of record", Found: *head.Type, Allowed: typeNames(), Suggestion: nearest(*head.Type, typeNames())})
}

// bundled finds the records in an object's lists.
func bundled(file string, body []byte, whole map[string]json.RawMessage) []readRecord {
	if !utf8.Valid(body) {
		return []readRecord{{raw{file: file, line: 1}, &Reject{Reason: "the file is not UTF-8"}}}
	}
	if fault := validateBundle(whole); fault != nil {
		return []readRecord{{raw{file: file, line: 1}, fault}}
	}
	offsets := elementOffsets(body)
	var all []readRecord
	for _, p := range plurals {
		var list []json.RawMessage
		if json.Unmarshal(whole[p.list], &list) != nil {
			continue // absent
		}
		for i, element := range list {
			line := 1
			if at := offsets[p.list]; i < len(at) {
				line += bytes.Count(body[:at[i]], []byte("\n"))
			}
			all = append(all, readRecord{raw: raw{file: file, line: line, pointer: fmt.Sprintf("/%s/%d", p.list, i), typ: p.typ, json: element}})
		}
	}
	return all
}

// elementOffsets gives where each element of an object's lists begins.
func elementOffsets(body []byte) map[string][]int {
	offsets := map[string][]int{}
	d := json.NewDecoder(bytes.NewReader(body))
	if _, err := d.Token(); err != nil { // {
		return offsets
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return offsets
		}
		name, _ := key.(string)
		next, err := d.Token()
		if err != nil {
			return offsets
		}
		if next != json.Delim('[') {
			if next == json.Delim('{') {
				return offsets // no list of the format's
			}
			continue
		}
		for d.More() {
			at := int(d.InputOffset())
			for at < len(body) && bytes.IndexByte([]byte(" \t\r\n,"), body[at]) >= 0 {
				at++
			}
			offsets[name] = append(offsets[name], at)
			var skipped json.RawMessage
			if d.Decode(&skipped) != nil {
				return offsets
			}
		}
		if _, err := d.Token(); err != nil { // ]
			return offsets
		}
	}
	return offsets
}
