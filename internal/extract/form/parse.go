package form

import (
	"bytes"
	"encoding/json"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"casus/internal/kg"
	"casus/internal/strictjson"
	"casus/internal/text"
)

// The bounds of a form.
const (
	MaxBytes   = 16 << 20 // of a file with a form
	MaxEntries = 10_000   // of one list
)

// Answer is a parsed form. Each list of the Form has the entries that match the schema; the others are refused. Raw has
// the entries of all lists as they were written, and Entries the position in Raw of each entry of the Form.
type Answer struct {
	Form    Form
	Entries map[string][]int
	Raw     map[string][]json.RawMessage
	Refused []Refusal
}

// Entry returns the refusal of an entry of the Form, by its index in its list there.
func (a *Answer) Entry(list string, index int, field string, cause Cause, found string) Refusal {
	at := a.Entries[list][index]
	return Refusal{List: list, Entry: at + 1, Field: field, Cause: cause, Found: found, Raw: a.Raw[list][at]}
}

// Parse reads the given parts of a form, or a whole one without any: a JSON object with all their lists, or several
// objects that have them between them, one after another or in fenced blocks of a chat's answer, whose prose is
// ignored. Errors are BAD_INPUT. An entry that does not match the schema, or has a name of the instructions' example,
// is refused alone.
func Parse(content []byte, parts ...Part) (*Answer, error) {
	objects, err := findObjects([]byte(kg.WithoutMark(string(content))))
	if err != nil {
		return nil, err
	}
	a := &Answer{Entries: map[string][]int{}, Raw: map[string][]json.RawMessage{}}
	for _, object := range objects {
		if err := a.addObject(object, Lists(parts...)); err != nil {
			return nil, err
		}
	}
	all := reflect.ValueOf(&a.Form).Elem()
	var missing []string
	for field, list := range all.Fields() {
		name := field.Tag.Get("json")
		if !isOf(field, parts) {
			continue
		}
		if _, ok := a.Raw[name]; !ok {
			missing = append(missing, name)
			continue
		}
		a.decode(name, list)
	}
	if missing != nil {
		return nil, kg.Errorf(kg.BadInput, "the form has no %s: paste all parts of the answer, with empty lists as []",
			strings.Join(missing, ", "))
	}
	return a, nil
}

// addObject adds the lists of one object, which may have the given ones.
func (a *Answer) addObject(object []byte, names []string) error {
	for _, f := range strictjson.Check(object) {
		if strings.Count(f.Pointer, "/") < 2 { // not within an entry
			return kg.Errorf(kg.BadInput, "the form: %w", f)
		}
	}
	var lists map[string]json.RawMessage
	if err := json.Unmarshal(object, &lists); err != nil {
		return kg.Errorf(kg.BadInput, "the form is not a JSON object: %w", err)
	}
	for _, name := range slices.Sorted(maps.Keys(lists)) {
		raw := lists[name]
		if !slices.Contains(names, name) {
			hint := ""
			if nearest := text.Nearest(name, names); nearest != "" {
				hint = "; did you mean " + nearest + "?"
			}
			return kg.Errorf(kg.BadInput, "the form has an unknown list %.100q; its lists are %s%s",
				name, strings.Join(names, ", "), hint)
		}
		if _, ok := a.Raw[name]; ok {
			return kg.Errorf(kg.BadInput, "the form has the list %s twice", name)
		}
		entries := []json.RawMessage{}
		if f := strictjson.LongList(raw, MaxEntries); f != nil {
			return kg.Errorf(kg.BadInput, "the list %s: %w", name, f)
		}
		if err := json.Unmarshal(raw, &entries); err != nil || entries == nil {
			return kg.Errorf(kg.BadInput, "%s is not a list", name)
		}
		a.Raw[name] = entries
	}
	return nil
}

// decode checks the entries of a list and decodes them into it.
func (a *Answer) decode(name string, list reflect.Value) {
	a.Entries[name] = []int{}
	for i, raw := range a.Raw[name] {
		entryText, reason := checkEntry(name, raw)
		if reason != nil {
			reason.List, reason.Entry, reason.Raw = name, i+1, raw
			a.Refused = append(a.Refused, *reason)
			continue
		}
		entry := reflect.New(list.Type().Elem())
		// A whole number may be written as 3.0.
		if err := json.Unmarshal(strictjson.RewriteWholeNumbers(entryText), entry.Interface()); err != nil {
			reason := undecoded(err)
			reason.List, reason.Entry, reason.Raw = name, i+1, raw
			a.Refused = append(a.Refused, reason)
			continue
		}
		list.Set(reflect.Append(list, entry.Elem()))
		a.Entries[name] = append(a.Entries[name], i)
	}
}

// Lists returns the names of the lists of the given parts in their order, of all without any.
func Lists(parts ...Part) (names []string) {
	for f := range reflect.TypeFor[Form]().Fields() {
		if isOf(f, parts) {
			names = append(names, f.Tag.Get("json"))
		}
	}
	return names
}

// isOf reports whether a list of the form is one of the given parts, which are all if there is none.
func isOf(list reflect.StructField, parts []Part) bool {
	return len(parts) == 0 || slices.Contains(parts, Part(list.Tag.Get("part")))
}

// fence matches a fenced block of Markdown.
var fence = regexp.MustCompile("(?ms)^[ \t]*```[^\n`]*\n(.*?)^[ \t]*```[ \t]*$")

// findObjects returns the JSON objects in the fenced blocks of an answer, else the objects at the beginning of its
// lines. What a chat says around them is not read.
func findObjects(content []byte) (all [][]byte, err error) {
	if !utf8.Valid(content) {
		return nil, kg.Errorf(kg.BadInput, "the form is not UTF-8")
	}
	content = WithoutThoughts(bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n")))
	if bytes.HasPrefix(bytes.TrimSpace(content), []byte("{")) {
		all, err = decodeObjects(content)
	} else {
		for _, block := range fence.FindAllSubmatch(content, -1) {
			if inner := bytes.TrimSpace(block[1]); bytes.HasPrefix(inner, []byte("{")) {
				objects, err := decodeObjects(inner)
				if err != nil {
					return nil, err
				}
				all = append(all, objects...)
			}
		}
		if all == nil {
			all, err = decodeObjects(content)
		}
	}
	if err == nil && all == nil {
		err = kg.Errorf(kg.BadInput,
			"no form found: it is a JSON object at the beginning of a line, or in a fenced block (```)")
	}
	return all, err
}

// WithoutThoughts returns an answer without what a model thought aloud before it.
func WithoutThoughts(content []byte) []byte {
	const end = "</think>"
	if i := bytes.LastIndex(content, []byte(end)); i >= 0 &&
		bytes.HasPrefix(bytes.TrimSpace(content), []byte("<think>")) {
		return content[i+len(end):]
	}
	return content
}

// decodeObjects returns the JSON objects of a text, each at the beginning of a line or after another one.
func decodeObjects(text []byte) (all [][]byte, err error) {
	for rest := text; len(rest) > 0; {
		rest = bytes.TrimLeft(rest, " \t\n")
		if !bytes.HasPrefix(rest, []byte("{")) {
			_, rest, _ = bytes.Cut(rest, []byte("\n"))
			continue
		}
		d := json.NewDecoder(bytes.NewReader(rest))
		var object json.RawMessage
		if err := d.Decode(&object); err != nil {
			return nil, kg.Errorf(kg.BadInput, "the form is invalid JSON, perhaps cut off (byte %d of %d): %w",
				len(text)-len(rest)+int(d.InputOffset()), len(text), err)
		}
		all = append(all, object)
		rest = rest[d.InputOffset():]
	}
	return all, nil
}
