package table

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"casus/internal/kg"
)

// maxWrapper is the number of bytes of an object within which its list of rows must begin.
const maxWrapper = 1 << 20

// maxWrapperDepth is the number of objects around a list of rows.
const maxWrapperDepth = 4

// listNames are fields that usually hold rows.
var listNames = []string{
	"content", "data", "docs", "documents", "entries", "events", "features", "hits", "incidents", "items",
	"list", "objects",
	"records", "response", "result", "results", "rows", "value", "values",
}

// wrappedList is a list of objects within an object.
type wrappedList struct {
	path     string
	offset   int // of its bracket; 0 if no list was found
	depth    int // of the objects around it
	first    map[string]any
	several  bool // it has at least two elements
	features bool
}

// wrapperScan looks through the beginning of an object for lists of objects.
type wrapperScan struct {
	head    []byte
	decoder *json.Decoder
	lists   []wrappedList
	keys    []string // of the outermost object
	scalars int      // among them
	typ     string   // its field type
	crs     any      // its field crs, of old GeoJSON
	inner   []string // the first field of each object in it
	ended   bool
}

// findWrapped returns the list of rows in the object that begins with head: the one of the options, the features of
// GeoJSON or, if the file is one object, the list of objects in it that is most likely the rows. If the options name a
// list that the file lacks, another one must have columns that the mapping reads.
func findWrapped(file string, head []byte, o Options) (wrappedList, error) {
	name := o.List
	w := wrapperScan{head: head, decoder: json.NewDecoder(bytes.NewReader(head))}
	_, _ = w.decoder.Token() // {
	w.ended = w.object("", 1)
	isFeatures := func(l wrappedList) bool {
		return l.path == "features" && (w.typ == "FeatureCollection" || isFeature(l.first))
	}
	if i := slices.IndexFunc(w.lists, isFeatures); i >= 0 && (name == "" || name == "features") {
		w.lists[i].features = true
		return w.lists[i], checkReferenceSystem(file, w.crs)
	}
	if w.typ == "FeatureCollection" {
		return wrappedList{}, kg.Errorf(kg.BadInput, "%s: the features of GeoJSON must begin within its first %d KiB",
			file, maxWrapper>>10)
	}
	if name != "" {
		if i := slices.IndexFunc(w.lists, func(l wrappedList) bool { return l.path == name }); i >= 0 {
			return w.lists[i], nil
		}
	}
	if err := w.checkOrient(file); err != nil {
		return wrappedList{}, err
	}
	found := w.likely(o.Reads)
	if name != "" && found.offset > 0 {
		columns := headerNames(slices.Sorted(maps.Keys(found.first)), o)
		if !slices.ContainsFunc(columns, func(c string) bool { return slices.Contains(o.Reads, c) }) {
			return wrappedList{}, nil
		}
	}
	return found, nil
}

// object reads the fields of an object. It returns false if head ends before it does or it is invalid.
func (w *wrapperScan) object(path string, depth int) bool {
	for isFirst := true; w.decoder.More(); {
		token, err := w.decoder.Token()
		name, ok := token.(string)
		if err != nil || !ok {
			return false
		}
		at := int(w.decoder.InputOffset())
		at += len(w.head[at:]) - len(bytes.TrimLeft(w.head[at:], " \t\r\n:"))
		if at >= len(w.head) {
			return false
		}
		if depth == 1 {
			w.keys = append(w.keys, name)
		}
		if depth == 2 && isFirst {
			w.inner = append(w.inner, name)
		}
		isFirst = false
		first := w.head[at]
		if first == '[' {
			w.addList(path+name, at, depth)
		}
		if first == '{' && depth < maxWrapperDepth && name != "crs" {
			if _, err := w.decoder.Token(); err != nil || !w.object(path+name+".", depth+1) {
				return false
			}
			continue
		}
		var value json.RawMessage
		if w.decoder.Decode(&value) != nil {
			return false
		}
		switch {
		case depth > 1:
		case name == "type":
			_ = json.Unmarshal(value, &w.typ) // "" if it is not text
		case name == "crs":
			_ = json.Unmarshal(value, &w.crs) // just decoded
		}
		if depth == 1 && first != '[' && first != '{' {
			w.scalars++
		}
	}
	_, err := w.decoder.Token() // }
	return err == nil
}

// addList adds a list if its first element is an object, or it is empty.
func (w *wrapperScan) addList(path string, at, depth int) {
	d := json.NewDecoder(bytes.NewReader(w.head[at:]))
	_, _ = d.Token() // [
	l := wrappedList{path: path, offset: at, depth: depth}
	rest := bytes.TrimLeft(w.head[at+1:], " \t\r\n")
	if len(rest) > 0 && rest[0] != '{' && rest[0] != ']' {
		return
	}
	if d.More() && d.Decode(&l.first) == nil {
		l.several = d.More()
	}
	w.lists = append(w.lists, l)
}

// likely returns the list that most likely holds the rows, if the file is one object and the object itself is not more
// likely a row.
func (w *wrapperScan) likely(reads []string) wrappedList {
	if w.ended && len(bytes.Trim(w.head[w.decoder.InputOffset():], " \t\r\n\x1e")) > 0 {
		return wrappedList{} // JSON Lines
	}
	depth := maxWrapperDepth + 1
	for _, l := range w.lists {
		depth = min(depth, l.depth)
	}
	lists := slices.DeleteFunc(slices.Clone(w.lists), func(l wrappedList) bool { return l.depth > depth })
	usual := slices.DeleteFunc(slices.Clone(lists), func(l wrappedList) bool {
		return !slices.Contains(listNames, strings.ToLower(l.path[strings.LastIndexByte(l.path, '.')+1:]))
	})
	var best wrappedList
	switch {
	case len(usual) > 0:
		best = usual[0]
	case len(lists) == 1 && (lists[0].several || w.scalars == 0 || !w.ended):
		best = lists[0]
	default:
		return wrappedList{}
	}
	inRow, inObject := 0, 0
	for _, column := range reads {
		if _, found := best.first[column]; found {
			inRow++
		}
		if slices.Contains(w.keys, column) {
			inObject++
		}
	}
	if inObject > inRow || inObject > 0 && inObject == inRow {
		return wrappedList{}
	}
	return best
}
