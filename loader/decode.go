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
	row     string // that it was made of, where it was
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
		blank := body[:len(body)-len(bytes.TrimLeft(body, " \t\r\n"))]
		return []readRecord{typed(raw{file: file, line: 1 + bytes.Count(blank, []byte("\n")), json: bytes.TrimSpace(body)})}
	}
	if at, broken := brokenBundle(body); broken != nil {
		return []readRecord{{raw{file: file, line: at}, broken}}
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
