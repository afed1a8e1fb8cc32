// Package mapping turns rows of tables and JSON objects into records of the extraction format. A mapping file describes
// how: it is YAML, in which each string that begins with "=" is a CEL expression over the row. docs/mappings.md
// documents it.
package mapping

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"casus/internal/kg"
	"casus/loader/values"
)

// File is a parsed mapping file.
type File struct {
	// Mapping is the version of the file format: 1.
	Mapping     int    `yaml:"mapping"`
	Name        string `yaml:"name"`
	Description string `yaml:"description"`
	Input       Input  `yaml:"input"`
	// Detect decides whether a file fits this mapping.
	Detect Detection `yaml:"detect"`
	// Published is the publication time of a row's claims that have no document and no time of their own.
	Published string `yaml:"published"`
	// Release has the fields of the release that the rows belong to, apart from its name and date, which the load states.
	Release struct {
		// Coding is who coded the rows; "" if the mapping does not say so.
		Coding string `yaml:"coding"`
	} `yaml:"release"`
	// Values lists the columns with codes and numbers, which are read as programs write them.
	Values Values `yaml:"values"`
	// Missing has the values by column that mark a missing one, as values.Columns.Missing.
	Missing map[string][]any `yaml:"missing"`
	// Tables are lookup tables by name: an object, or the name of a CSV file.
	Tables map[string]any `yaml:"tables"`
	// Let are variables; each may use the ones before it.
	Let yaml.MapSlice `yaml:"let"`
	// Sources are the documents that a row cites or is about.
	Sources []yaml.MapSlice `yaml:"sources"`
	// Warnings are messages about rows that are loaded nevertheless; the report of a load counts them.
	Warnings []yaml.MapSlice `yaml:"warnings"`
	// Records are the templates of a row's records.
	Records []yaml.MapSlice `yaml:"records"`
}

// Input describes the format of the data.
type Input struct {
	Format    string `yaml:"format"`
	Delimiter string `yaml:"delimiter"`
	// Decimal is the decimal mark of numbers: "." or ",". If "", it is detected.
	Decimal  string   `yaml:"decimal"`
	NoHeader bool     `yaml:"noHeader"`
	Columns  []string `yaml:"columns"`
	// OtherColumns are the columns of files without a header and with another number of columns.
	OtherColumns [][]string `yaml:"otherColumns"`
	// LowerCase converts the names of columns to lower case.
	LowerCase bool `yaml:"lowerCase"`
	// List is the field with the rows, if a file is one JSON object.
	List     string `yaml:"list"`
	Encoding string `yaml:"encoding"`
	// Tags is set if a row of HXL tags, which begin with #, may follow the header; it is skipped.
	Tags bool `yaml:"tags"`
	// AsText converts the values of JSON to text, as in a table.
	AsText bool `yaml:"asText"`
	// Dates is the order of dates of numbers such as 03/01/2024; "" if they are errors.
	Dates DateOrder `yaml:"dates"`
}

// Mapping is a compiled mapping file.
type Mapping struct {
	File
	published value
	let       []namedValue
	sources   list
	warnings  []warning
	records   []template
	columns   columnUses
	codes     tables
	rules     *values.Rules
	format    values.Format
	// withCommas compiles the same mapping for files with decimal commas, once.
	withCommas func() (*Mapping, error)
}

// Record is one record of the extraction format that a row yields.
type Record struct {
	Type string
	// Fields are JSON values: text, numbers, booleans, []any and map[string]any; none is null or empty.
	Fields map[string]any
	// Place is the place of its template in the mapping.
	Place string
	// NotCarried counts the row's values that no record carries, by name. It is set on one record of a row.
	NotCarried map[string]int
	// Warnings are the texts of the mapping's warnings that hold for the row. They are set on one record of a row.
	Warnings []string
}

// Key returns the mapping's name, which is unique among mappings.
func (m *Mapping) Key() string { return m.Name }

// About returns the mapping's description.
func (m *Mapping) About() string { return m.Description }

// rowNumber is the name of the variable with the number of the row in its file, from 1.
const rowNumber = "rowNumber"

// namedValue is a variable or an object's field.
type namedValue struct {
	name  string
	value value
}

// eval returns the value for use in CEL: a CEL value, in which empty lists remain.
func (n namedValue) eval(scope map[string]any) (any, error) {
	if e, ok := n.value.(expression); ok {
		return e.celValue(scope)
	}
	return n.value.eval(scope)
}

// Subjects returns the ids of the events and affiliations that a row's claims are about, even if the row has faults
// elsewhere; nil if one of the ids cannot be made or the mapping has none.
func (m *Mapping) Subjects(row map[string]any) []string {
	row, err := m.rules.Apply(row, m.format)
	if err != nil {
		return nil
	}
	scope := map[string]any{"row": row, rowNumber: int64(0), costKey: &rowCost{}}
	m.setVariables(scope) // those with a fault have no value
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

// template makes records of one type: one, or with "each" one per element of a list, if the condition holds.
type template struct {
	typ, place string
	each, when value
	as         string
	fields     value
}

// Parse parses a mapping file. dir is the folder with the files of its tables; it may be nil. Errors are BAD_INPUT and
// name their place in the file.
func Parse(file string, source []byte, dir fs.FS) (*Mapping, error) {
	if err := checkBounds(file, source); err != nil {
		return nil, err
	}
	if err := validate(file, source); err != nil {
		return nil, err
	}
	m := &Mapping{}
	if err := yaml.UnmarshalWithOptions(source, &m.File, yaml.Strict()); err != nil {
		return nil, yamlError(file, err)
	}
	codes, err := m.prepare(dir)
	if err == nil {
		m.codes = codes
		err = m.compile(codes)
	}
	if err != nil {
		return nil, withPosition(file, source, err)
	}
	m.withCommas = sync.OnceValues(m.compileWithCommas)
	return m, nil
}

func (m *Mapping) compileWithCommas() (*Mapping, error) {
	other := &Mapping{File: m.File, rules: m.rules, format: values.Format{DecimalComma: true}, codes: m.codes}
	return other, other.compile(m.codes)
}

// WithDates returns the mapping for files whose dates of numbers, such as 03/01/2024, are in an order. Errors:
// BAD_INPUT for another order than those of DateOrders.
func (m *Mapping) WithDates(order DateOrder) (*Mapping, error) {
	if !slices.Contains(DateOrders(), order) {
		return nil, kg.Errorf(kg.BadInput, "unknown order of dates %q; must be %s or %s", order, DayFirst, MonthFirst)
	}
	other := &Mapping{File: m.File, rules: m.rules, format: m.format, codes: m.codes}
	other.Input.Dates = order
	if err := other.compile(m.codes); err != nil {
		return nil, err
	}
	other.withCommas = sync.OnceValues(other.compileWithCommas)
	return other, nil
}

// ForFile returns the mapping for a file whose numbers have decimal commas, or have none.
func (m *Mapping) ForFile(decimalComma bool) (*Mapping, error) {
	if !decimalComma || m.withCommas == nil {
		return m, nil
	}
	return m.withCommas()
}

// prepare checks the rules of the columns and returns the tables.
func (m *Mapping) prepare(dir fs.FS) (tables, error) {
	if err := m.Detect.check(m.Input); err != nil {
		return nil, err
	}
	var err error
	if m.rules, err = m.Values.compile(m.Missing); err != nil {
		return nil, err
	}
	return readTables(m.Tables, dir)
}

// compile compiles the expressions.
func (m *Mapping) compile(codes tables) error {
	c, err := newCompiler(codes, m.format, m.Input.Dates, m.Name)
	if err != nil {
		return err
	}
	m.columns = c.columns
	if len(m.Let) > maxLets {
		return fmt.Errorf("let: %d variables; at most %d", len(m.Let), maxLets)
	}
	maps.Copy(m.columns.byPlace, m.Values.byPlace(m.Missing))
	for _, item := range m.Let {
		name := fmt.Sprint(item.Key)
		v, err := c.value("let."+name, item.Value)
		if err != nil {
			return err
		}
		if err := c.declare(name, "let."+name); err != nil {
			return fmt.Errorf("let.%s: %w", name, err)
		}
		m.let = append(m.let, namedValue{name, v})
	}
	if err := m.compileSources(c); err != nil {
		return err
	}
	if m.published, err = c.value("published", m.Published); err != nil {
		return err
	}
	for i, w := range m.Warnings {
		made, err := c.warning(fmt.Sprintf("warnings[%d]", i), w)
		if err != nil {
			return err
		}
		m.warnings = append(m.warnings, made)
	}
	for i, record := range m.Records {
		t, err := c.template(fmt.Sprintf("records[%d]", i), record)
		if err != nil {
			return err
		}
		m.records = append(m.records, t)
	}
	return nil
}

// Fault is the reason why a row yields no records, with its place in the mapping file.
type Fault struct {
	Place string
	Err   error
}

// Error returns the place and the reason.
func (f *Fault) Error() string { return f.Place + ": " + f.Err.Error() }

// Unwrap returns the reason.
func (f *Fault) Unwrap() error { return f.Err }

// Map returns a row's records. An error is a *Fault or joins several, one for each place that has one.
func (m *Mapping) Map(row map[string]any) ([]Record, error) { return m.MapNumbered(row, 0) }

// MapNumbered returns the records of the row with a number in its file, which is rowNumber in expressions. If the error
// is not nil, the records lack the fields that have a fault.
func (m *Mapping) MapNumbered(row map[string]any, number int) ([]Record, error) {
	row, err := m.rules.Apply(row, m.format)
	if err != nil {
		return nil, ruleFault(err)
	}
	scope := make(map[string]any, 3+len(m.let))
	scope["row"], scope[rowNumber], scope[costKey] = row, int64(number), &rowCost{}
	sources, faults := m.setVariables(scope)
	if all := errors.Join(faults...); errors.Is(all, errRowCost) {
		return nil, all
	}
	published, err := m.published.eval(scope)
	if err != nil {
		faults = append(faults, err)
	}
	all := slices.Grow(sources, len(m.records))
	for _, t := range m.records {
		made, err := t.build(scope, published)
		if err != nil {
			if faults = append(faults, err); errors.Is(err, errRowCost) {
				return nil, errors.Join(faults...)
			}
		}
		all = append(all, made...)
	}
	if len(all) > 0 {
		if all[0].Warnings, err = m.warn(scope); err != nil {
			faults = append(faults, err)
		}
	}
	if len(faults) > 0 {
		return all, m.withoutConsequences(errors.Join(faults...), scope)
	}
	return all, nil
}

// warn returns the texts of the warnings that hold for a row.
func (m *Mapping) warn(scope map[string]any) ([]string, error) {
	var texts []string
	for _, w := range m.warnings {
		for _, condition := range w.conditions {
			if holds, err := condition.eval(scope); err != nil {
				return nil, err
			} else if holds == true {
				texts = append(texts, w.text)
			}
		}
	}
	return texts, nil
}

// withoutConsequences returns the faults of a row without those of expressions that use a variable with a fault.
func (m *Mapping) withoutConsequences(err error, scope map[string]any) error {
	var first []error
	for _, f := range flatten(err) {
		at := (*Fault)(nil)
		if !errors.As(f, &at) || !m.columns.usesMissing(at.Place, scope) {
			first = append(first, f)
		}
	}
	return errors.Join(first...)
}

// flatten returns the errors that an error joins, or the error itself.
func flatten(err error) []error {
	several, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	var all []error
	for _, e := range several.Unwrap() {
		all = append(all, flatten(e)...)
	}
	return all
}

// build returns a template's records.
func (t template) build(scope map[string]any, published any) ([]Record, error) {
	var all []Record
	err := t.forEach(scope, func(inner map[string]any) error {
		made, fault := t.fields.eval(inner)
		record, ok := made.(map[string]any)
		if !ok {
			return fault // no field has a value
		}
		// An id without its last part would be the same for all such rows.
		if id, ok := record["id"].(string); ok && strings.HasSuffix(id, ":") {
			return errors.Join(fault, &Fault{t.place + ".id", fmt.Errorf("the id %q lacks its last part", id)})
		}
		record["type"] = t.typ
		if makesClaims(t.typ) && record["document"] == nil {
			setDefault(record, "assertedAt", published)
		}
		all = append(all, Record{Type: t.typ, Fields: record, Place: t.place})
		return fault
	})
	return all, err
}

// forEach calls f for each scope in which the template applies: with "each", one per element of the list, else scope
// itself; and only if the condition holds.
func (t template) forEach(scope map[string]any, f func(map[string]any) error) error {
	scopes := []map[string]any{scope}
	if t.each != nil {
		items, err := elements(t.each, scope)
		if err != nil {
			return err
		}
		scopes = nil
		for _, item := range items {
			scopes = append(scopes, withVariable(scope, t.as, item))
		}
	}
	var faults []error
	for _, inner := range scopes {
		if t.when != nil {
			if holds, err := t.when.eval(inner); err != nil {
				faults = append(faults, err)
				continue
			} else if holds != true {
				continue
			}
		}
		if err := f(inner); err != nil {
			if faults = append(faults, err); len(faults) > maxElementFaults {
				break
			}
		}
	}
	return errors.Join(faults...)
}

// maxElementFaults is the number of faulty elements of a list after which further faults are not looked for.
const maxElementFaults = 100

// makesClaims reports whether records of a type make claims, which need a date and a source.
func makesClaims(typ string) bool { return typ == "event" || typ == "affiliation" || typ == "claim" }

// setDefault sets a field that the record lacks, unless v is nil.
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

// ruleFault returns the Fault of a cell that a rule cannot read.
func ruleFault(err error) error {
	if f := (*values.Fault)(nil); errors.As(err, &f) {
		return &Fault{valuePlace(f.Column), f.Err}
	}
	return err
}
