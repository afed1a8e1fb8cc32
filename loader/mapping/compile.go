package mapping

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/ext"
	"github.com/goccy/go-yaml"

	"casus/loader/dates"
	"casus/loader/values"
)

// compiler turns the contents of a mapping file into values.
type compiler struct {
	env     *cel.Env
	columns columnUses
}

// newCompiler returns a compiler of the mapping with a name.
func newCompiler(codes tables, format values.Format, order dates.Order, name string) (*compiler, error) {
	options, err := boundedFunctions()
	if err != nil {
		return nil, err
	}
	options = append(options, cel.Variable("row", cel.MapType(cel.StringType, cel.DynType)),
		cel.Variable(rowNumber, cel.IntType), ext.Strings(), ext.Math(),
		ext.Lists(ext.ListsVersion(4), ext.ListsMaxRangeSize(maxElements)), cel.OptionalTypes(),
		cel.CrossTypeNumericComparisons(true))
	env, err := cel.NewEnv(append(options, functions(codes, format, order, name)...)...)
	if err != nil {
		return nil, err
	}
	return &compiler{env, columnUses{
		byPlace: map[string][]string{}, variables: map[string]string{}, wholeRow: map[string]bool{},
	}}, nil
}

var variableName = regexp.MustCompile(`^[a-z][A-Za-z0-9_]*$`)

// declare makes a variable, defined at a place, available to the expressions compiled after it.
func (c *compiler) declare(name, place string) error {
	if !variableName.MatchString(name) || name == "row" || name == rowNumber {
		return fmt.Errorf("%q is not a valid variable name", name)
	}
	env, err := c.env.Extend(cel.Variable(name, cel.DynType))
	if err == nil {
		c.env = env
		c.columns.variables[name] = place
	}
	return err
}

func (c *compiler) value(place string, v any) (value, error) {
	switch v := v.(type) {
	case string:
		source, isExpression := strings.CutPrefix(v, "=")
		if !isExpression {
			if v == "" {
				return literal{nil}, nil
			}
			return literal{v}, nil
		}
		return c.expression(place, strings.TrimSpace(source))
	case []any:
		var all list
		for i, item := range v {
			made, err := c.value(fmt.Sprintf("%s[%d]", place, i), item)
			if err != nil {
				return nil, err
			}
			all = append(all, made)
		}
		return all, nil
	case yaml.MapSlice:
		return c.object(place, v)
	case map[string]any:
		slice, _ := mapSlice(v)
		return c.object(place, slice)
	}
	return literal{v}, nil
}

func (c *compiler) expression(place, source string) (value, error) {
	ast, issues := c.env.Compile(source)
	if issues.Err() != nil {
		return nil, fmt.Errorf("%s: %w", place, explainCompile(source, issues))
	}
	c.columns.record(place, ast)
	program, err := c.program(ast)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", place, err)
	}
	return expression{place, program, c.columns.byPlace[place]}, nil
}

// object compiles an object, or an iteration if it has "each" or "when".
func (c *compiler) object(place string, fields yaml.MapSlice) (value, error) {
	t, rest, err := c.splitControls(place, fields)
	if err != nil {
		return nil, err
	}
	if t.each == nil && t.when == nil {
		return t.compileFields(c, place, rest)
	}
	inner := *c
	if t.each != nil {
		if err := inner.declare(t.as, place+".each"); err != nil {
			return nil, fmt.Errorf("%s.as: %w", place, err)
		}
		if t.when, err = inner.optionalField(place+".when", fields, "when"); err != nil {
			return nil, err
		}
	}
	t.fields, err = t.compileFields(&inner, place, rest)
	return iteration{t, place}, err
}

// compileFields compiles an object's fields other than each, as and when.
func (t template) compileFields(c *compiler, place string, rest yaml.MapSlice) (value, error) {
	var all object
	for _, item := range rest {
		name := fmt.Sprint(item.Key)
		v, err := c.value(place+"."+name, item.Value)
		if err != nil {
			return nil, err
		}
		all = append(all, namedValue{name, v})
	}
	return all, nil
}

// splitControls separates each, as and when from an object's other fields. With each, when is compiled by the caller,
// since it may use the element.
func (c *compiler) splitControls(place string, fields yaml.MapSlice) (t template, rest yaml.MapSlice, err error) {
	t.as = "it"
	hasEach := false
	for _, item := range fields {
		switch name := fmt.Sprint(item.Key); name {
		case "each":
			hasEach = true
			if t.each, err = c.value(place+".each", item.Value); err != nil {
				return t, nil, err
			}
		case "as":
			t.as = fmt.Sprint(item.Value)
		case "when":
		default:
			rest = append(rest, item)
		}
	}
	if !hasEach {
		t.when, err = c.optionalField(place+".when", fields, "when")
	}
	return t, rest, err
}

// optionalField compiles the value of a field; nil if the object lacks it.
func (c *compiler) optionalField(place string, fields yaml.MapSlice, name string) (value, error) {
	for _, item := range fields {
		if fmt.Sprint(item.Key) == name {
			return c.value(place, item.Value)
		}
	}
	return nil, nil
}

// recordTypes returns the record types that a row may yield.
func recordTypes() []string {
	return []string{"document", "actor", "location", "event", "affiliation", "claim", "identity", "release"}
}

// template compiles one entry of records: {type: fields}.
func (c *compiler) template(place string, record yaml.MapSlice) (template, error) {
	if len(record) != 1 || !slices.Contains(recordTypes(), fmt.Sprint(record[0].Key)) {
		return template{}, fmt.Errorf("%s: a record has one key, its type, which is one of %s",
			place, strings.Join(recordTypes(), ", "))
	}
	typ := fmt.Sprint(record[0].Key)
	fields, ok := mapSlice(record[0].Value)
	if !ok {
		return template{}, fmt.Errorf("%s.%s: must be an object", place, typ)
	}
	v, err := c.object(place+"."+typ, fields)
	if err != nil {
		return template{}, err
	}
	place += "." + typ
	if r, ok := v.(iteration); ok {
		r.typ, r.template.place = typ, place
		return r.template, nil
	}
	return template{typ: typ, place: place, fields: v}, nil
}

func mapSlice(v any) (yaml.MapSlice, bool) {
	switch v := v.(type) {
	case yaml.MapSlice:
		return v, true
	case map[string]any:
		var all yaml.MapSlice
		for k, item := range v {
			all = append(all, yaml.MapItem{Key: k, Value: item})
		}
		slices.SortFunc(all, func(a, b yaml.MapItem) int {
			return strings.Compare(fmt.Sprint(a.Key), fmt.Sprint(b.Key))
		})
		return all, true
	}
	return nil, false
}

// warning compiles one entry of warnings.
func (c *compiler) warning(place string, fields yaml.MapSlice) (warning, error) {
	var w warning
	for _, f := range fields {
		switch name := fmt.Sprint(f.Key); name {
		case "text":
			w.text = fmt.Sprint(f.Value)
		case "when":
			v, err := c.value(place+".when", f.Value)
			if err != nil {
				return w, err
			}
			w.conditions = append(w.conditions, v)
		}
	}
	return w, nil
}

// program plans a checked expression, with a limit unless it is cheap.
func (c *compiler) program(checked *cel.Ast) (cel.Program, error) {
	if isCheap(checked) {
		return c.env.Program(checked)
	}
	return c.env.Program(checked, cel.CostLimit(maxCost), cel.CostTracking(ownCosts{}))
}
