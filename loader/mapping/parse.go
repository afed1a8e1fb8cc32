package mapping

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"sync"

	"github.com/goccy/go-yaml"

	"casus/internal/kg"
	"casus/loader/dates"
	"casus/loader/values"
)

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
// BAD_INPUT for another order than those of dates.Orders.
func (m *Mapping) WithDates(order dates.Order) (*Mapping, error) {
	if !slices.Contains(dates.Orders(), order) {
		return nil, kg.Errorf(kg.BadInput, "unknown order of dates %q; must be %s or %s", order, dates.DayFirst,
			dates.MonthFirst)
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
