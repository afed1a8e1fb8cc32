package read

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"casus/internal/record"
	"casus/internal/strictjson"
	"casus/internal/text"
	"casus/loader/entry"
)

// bundleRows returns the records in the lists of a JSON object.
func bundleRows(file string, body []byte, whole map[string]json.RawMessage) []entry.Source {
	if !utf8.Valid(body) {
		return []entry.Source{{Part: entry.Part{File: file, Line: 1}, Fault: &record.Reject{Reason: "the file is not UTF-8"}}}
	}
	if broken := validateBundle(whole, body); broken != nil {
		return []entry.Source{{Part: entry.Part{File: file, Line: 1}, Fault: broken}}
	}
	offsets := elementOffsets(body)
	var all []entry.Source
	for _, p := range recordLists {
		var list []json.RawMessage
		if json.Unmarshal(whole[p.list], &list) != nil {
			continue // absent
		}
		for i, element := range list {
			line := 1
			if at := offsets[p.list]; i < len(at) {
				line += bytes.Count(body[:at[i]], []byte("\n"))
			}
			r := entry.Raw{Raw: record.Raw{Type: p.typ, JSON: element}, Pointer: fmt.Sprintf("/%s/%d", p.list, i)}
			row := entry.Single(entry.Part{File: file, Line: line, Text: string(element)}, r)
			row.Fault = record.LossyReject(element).In(r.Pointer)
			all = append(all, row)
		}
	}
	return all
}

// elementOffsets returns the byte offset of each element of an object's lists.
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
				return offsets // not a list of the format
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

// validateBundle checks the fields of a bundle other than its records.
func validateBundle(whole map[string]json.RawMessage, body []byte) *record.Reject {
	for _, f := range strictjson.Check(body) {
		if strings.Count(f.Pointer, "/") == 1 { // a list itself: further records would be dropped with it
			return &record.Reject{Pointer: f.Pointer, Reason: f.Reason, Found: f.Found}
		}
	}
	allowed := []string{"version"}
	for _, p := range recordLists {
		allowed = append(allowed, p.list)
	}
	for _, name := range slices.Sorted(maps.Keys(whole)) {
		switch value := whole[name]; {
		case name == "version":
			if string(strictjson.RewriteWholeNumbers(value)) != "1" {
				return &record.Reject{
					Pointer: "/version", Reason: "unknown version of the format", Found: string(value), Allowed: []string{"1"},
				}
			}
		case !slices.Contains(allowed, name):
			return &record.Reject{
				Pointer: "/" + name, Reason: "unknown list", Found: name, Allowed: allowed, Suggestion: text.Nearest(name, allowed),
			}
		case len(value) == 0 || value[0] != '[':
			return &record.Reject{Pointer: "/" + name, Reason: "not a list", Found: record.Shorten(string(value), 60)}
		}
	}
	return nil
}

// brokenBundle returns the line of the syntax error in a file that was meant to be one JSON object: its first line
// opens an object that continues below, and no line is a record.
func brokenBundle(body []byte) (line int, broken *record.Reject) {
	first, rest, _ := bytes.Cut(bytes.TrimSpace(body), []byte("\n"))
	if len(first) == 0 || first[0] != '{' || len(rest) == 0 {
		return 0, nil
	}
	var syntax *json.SyntaxError
	var head struct {
		Type *string `json:"type"`
	}
	if err := json.Unmarshal(first, &head); !errors.As(err, &syntax) || int(syntax.Offset) < len(bytes.TrimSpace(first)) {
		return 0, nil
	}
	for line := range bytes.Lines(rest) {
		if head.Type = nil; json.Unmarshal(line, &head) == nil && head.Type != nil {
			return 0, nil
		}
	}
	var whole json.RawMessage
	err := json.Unmarshal(body, &whole)
	if !errors.As(err, &syntax) {
		return 0, nil
	}
	before := body[:min(max(int(syntax.Offset)-1, 0), len(body))]
	return 1 + bytes.Count(before, []byte("\n")), &record.Reject{Reason: "invalid JSON: " + err.Error()}
}
