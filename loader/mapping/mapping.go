// Package mapping turns rows of tables and JSON objects into records of the extraction format, as a mapping file says:
// YAML in which every text that begins with "=" is a CEL expression over the row. docs/mappings.md explains the files.
package mapping

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

// File is a mapping file as it is written.
type File struct {
	// Mapping is the version of the files' format: 1.
	Mapping     int    `yaml:"mapping"`
	Name        string `yaml:"name"`
	Description string `yaml:"description"`
	Input       Input  `yaml:"input"`
	// Detect is how a file is known to be of this mapping.
	Detect Detection `yaml:"detect"`
	// Published is a time at which a row's claims were published, where they have none of their own.
	Published string `yaml:"published"`
	// Tables are codes and what they stand for: an object, or the name of a file.
	Tables map[string]any `yaml:"tables"`
	// Let are values of a row that several records use, each by those before it.
	Let yaml.MapSlice `yaml:"let"`
	// Records are what a row yields, each of one type.
	Records []yaml.MapSlice `yaml:"records"`
}

// Input says how the data is written.
type Input struct {
	Format    string   `yaml:"format"`
	Delimiter string   `yaml:"delimiter"`
	NoHeader  bool     `yaml:"noHeader"`
	Columns   []string `yaml:"columns"`
	// OtherColumns are those of files without a header that have another number of them.
	OtherColumns [][]string `yaml:"otherColumns"`
	// LowerCase takes the names of columns in lower case.
	LowerCase bool `yaml:"lowerCase"`
	// List is the field that has the rows where a file is one JSON object.
	List     string `yaml:"list"`
	Encoding string `yaml:"encoding"`
	// Tags says that a row of HXL tags, which begin with #, may stand below the header; it is no row.
	Tags bool `yaml:"tags"`
	// AsText gives the values of JSON as a table would have them.
	AsText bool `yaml:"asText"`
}

// Mapping is a mapping file made ready: its expressions are checked.
type Mapping struct {
	File
	published value
	let       []namedValue
	records   []template
	columns   columnUses
}

// Record is one record of the extraction format that a row yields.
type Record struct {
	Type string
	// Fields are as JSON has them: text, numbers, booleans, []any and map[string]any; nothing is null or empty.
	Fields map[string]any
	// Place is where in the mapping it was made.
	Place string
	// Left counts what of the row no record carries, by name. One record of a row has it.
	Left map[string]int
	// Repeated is the record's that several rows yield, which is then the same for all and must not be changed; nil where
	// that is not known.
	Repeated *Repeated
}

// Key names the mapping among others.
func (m *Mapping) Key() string { return m.Name }

// About tells what the mapping reads.
func (m *Mapping) About() string { return m.Description }

// namedValue is a variable and how its value is made.
type namedValue struct {
	name  string
	value value
}

// eval makes the value, as CEL has it: an empty list stays one. Text that is made without CEL is a string, which it knows too.
func (n namedValue) eval(scope map[string]any) (any, error) {
	if e, ok := n.value.(expression); ok {
		if text, sure := e.fastText(scope); sure {
			return text, nil
		}
		return e.runCEL(scope)
	}
	return n.value.eval(scope)
}

// Subjects are the ids of what a row's claims are about, though the row may be faulty elsewhere; nothing where one of them cannot
// be made, or the mapping gives none.
func (m *Mapping) Subjects(row map[string]any) []string {
	scope := map[string]any{"row": row}
	for _, l := range m.let {
		if v, err := l.eval(scope); err == nil {
			scope[l.name] = v
		}
	}
	var all []string
	for _, t := range m.records {
		if !makesClaims(t.typ) {
			continue
		}
		name := "id"
		if t.typ == "claim" {
			name = "subject"
		}
		id := fieldValue(t.fields, name)
		if id == nil {
			return nil
		}
		if t.forEach(scope, func(inner map[string]any) error {
			v, err := id.eval(inner)
			s, _ := v.(string)
			all = append(all, s)
			return err
		}) != nil || slices.ContainsFunc(all, func(id string) bool { return id == "" || strings.HasSuffix(id, ":") }) {
			return nil
		}
	}
	return all
}

// template makes records of one type: one for each element of a list, where it has one, if a condition holds.
type template struct {
	typ, place string
	each, when value
	as         string
	fields     value
	cache      *templateCache // nil: its records are made for each row
}

// Parse reads a mapping file; beside is the folder that files of codes are in, nil where there is none. A fault is BAD_INPUT
// and says where in the file it is.
func Parse(file string, source []byte, beside fs.FS) (*Mapping, error) {
	if err := validate(file, source); err != nil {
		return nil, err
	}
	m := &Mapping{}
	if err := yaml.UnmarshalWithOptions(source, &m.File, yaml.Strict()); err != nil {
		return nil, yamlError(file, err)
	}
	if err := m.prepare(beside); err != nil {
		return nil, withPosition(file, source, err)
	}
	return m, nil
}

func (m *Mapping) prepare(beside fs.FS) error {
	if err := m.Detect.check(m.Input); err != nil {
		return err
	}
	codes, err := readTables(m.Tables, beside)
	if err != nil {
		return err
	}
	c, err := newCompiler(codes)
	if err != nil {
		return err
	}
	m.columns = c.columns
	lets := map[string]dependencies{}
	for _, item := range m.Let {
		name := fmt.Sprint(item.Key)
		v, err := c.value("let."+name, item.Value)
		if err != nil {
			return err
		}
		if err := c.declare(name, "let."+name); err != nil {
			return fmt.Errorf("let.%s: %w", name, err)
		}
		lets[name] = c.columns.dependencies("let."+name, lets)
		m.let = append(m.let, namedValue{name, v})
	}
	if m.published, err = c.value("published", m.Published); err != nil {
		return err
	}
	for i, record := range m.Records {
		t, err := c.template(fmt.Sprintf("records[%d]", i), record)
		if err != nil {
			return err
		}
		m.records = append(m.records, t)
	}
	m.addCaches(lets)
	return nil
}

// Fault is why a row yields nothing: the place in the mapping file, and what went wrong there.
type Fault struct {
	Place string
	Err   error
}

// Error tells both.
func (f *Fault) Error() string { return f.Place + ": " + f.Err.Error() }

// Unwrap gives what went wrong.
func (f *Fault) Unwrap() error { return f.Err }

// Map gives what a row yields. An error is a *Fault.
func (m *Mapping) Map(row map[string]any) ([]Record, error) {
	scope := make(map[string]any, 1+len(m.let))
	scope["row"] = row
	for _, l := range m.let {
		v, err := l.eval(scope)
		if err != nil {
			return nil, err
		}
		scope[l.name] = v
	}
	published, err := m.published.eval(scope)
	if err != nil {
		return nil, err
	}
	all := make([]Record, 0, len(m.records))
	for _, t := range m.records {
		made, err := t.cachedRecords(scope, row, published)
		if err != nil {
			return nil, err
		}
		all = append(all, made...)
	}
	return all, nil
}

// cachedRecords gives a template's records, remembered or made.
func (t template) cachedRecords(scope, row map[string]any, published any) ([]Record, error) {
	if t.cache == nil {
		return t.build(scope, published)
	}
	return t.cache.get(row, func() ([]Record, error) { return t.build(scope, published) })
}

// build makes a template's records.
func (t template) build(scope map[string]any, published any) ([]Record, error) {
	var all []Record
	err := t.forEach(scope, func(inner map[string]any) error {
		made, err := t.fields.eval(inner)
		if err != nil {
			return err
		}
		record, ok := made.(map[string]any)
		if !ok {
			return nil // nothing of it has a value
		}
		if id, ok := record["id"].(string); ok && strings.HasSuffix(id, ":") { // else all rows without it would be one
			return &Fault{t.place + ".id", fmt.Errorf("the id %q lacks its last part", id)}
		}
		record["type"] = t.typ
		if makesClaims(t.typ) && record["document"] == nil {
			setDefault(record, "assertedAt", published)
		}
		all = append(all, Record{Type: t.typ, Fields: record, Place: t.place})
		return nil
	})
	return all, err
}

// forEach goes through the scopes in which something is made: one for each element of a list, if there is one, and those in
// which the condition holds, if there is one.
func (t template) forEach(scope map[string]any, make func(map[string]any) error) error {
	scopes := []map[string]any{scope}
	if t.each != nil {
		elements, err := elements(t.each, scope)
		if err != nil {
			return err
		}
		scopes = nil
		for _, element := range elements {
			scopes = append(scopes, withVariable(scope, t.as, element))
		}
	}
	for _, inner := range scopes {
		if t.when != nil {
			if holds, err := t.when.eval(inner); err != nil {
				return err
			} else if holds != true {
				continue
			}
		}
		if err := make(inner); err != nil {
			return err
		}
	}
	return nil
}

// makesClaims says whether records of a type make claims, which need a date and a source.
func makesClaims(typ string) bool { return typ == "event" || typ == "affiliation" || typ == "claim" }

// setDefault gives a record what it does not say of its source itself.
func setDefault(record map[string]any, field string, v any) {
	if _, own := record[field]; !own && v != nil {
		record[field] = v
	}
}

func withVariable(scope map[string]any, name string, value any) map[string]any {
	inner := make(map[string]any, len(scope)+1)
	for k, v := range scope {
		inner[k] = v
	}
	inner[name] = value
	return inner
}
