package mapping

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
	"cel.dev/cel-go/ext"
	"cel.dev/cel-go/interpreter"
	"github.com/goccy/go-yaml"

	"casus/loader/values"
)

// value is a compiled part of a mapping: a literal, an expression, or a list or an object of values. It evaluates to
// nil if it has no value; fields and elements without a value are left out.
type value interface {
	eval(scope map[string]any) (any, error)
}

type literal struct{ v any }

func (l literal) eval(map[string]any) (any, error) { return l.v, nil }

type expression struct {
	place   string
	program cel.Program
	uses    []string // the columns and, with "=", the variables that it uses
}

// celValue returns the expression's result as a CEL value.
func (e expression) celValue(scope map[string]any) (ref.Val, error) {
	out, details, err := e.program.Eval(scope)
	if cancelled := (interpreter.EvalCancelledError{}); errors.As(err, &cancelled) {
		err = fmt.Errorf("the expression costs more than %d steps to evaluate, which is the bound", maxCost)
	}
	spent := uint64(1)
	if cost := details.ActualCost(); cost != nil {
		spent = *cost
	} else if err == nil {
		spent = resultCost(out)
	}
	if err == nil {
		if text, ok := out.(types.String); ok && len(text) > maxText {
			err = fmt.Errorf("the result has %d bytes; at most %d", len(text), maxText)
		} else {
			err = charge(scope, spent)
		}
	}
	if err != nil {
		return nil, &Fault{e.place, explainEval(err, e.uses, scope)}
	}
	return out, nil
}

func (e expression) eval(scope map[string]any) (any, error) {
	out, err := e.celValue(scope)
	if err != nil {
		return nil, err
	}
	v, err := jsonValue(out)
	if err != nil {
		return nil, &Fault{e.place, err}
	}
	return v, nil
}

// elements returns the elements of a list, empty ones included. Those of an expression are CEL values.
func elements(v value, scope map[string]any) ([]any, error) {
	e, ok := v.(expression)
	if !ok {
		result, err := v.eval(scope)
		items, _ := result.([]any)
		return items, err
	}
	out, err := e.celValue(scope)
	if err != nil || out.Type() == types.NullType {
		return nil, err
	}
	l, ok := out.(traits.Lister)
	if !ok {
		return nil, &Fault{e.place, fmt.Errorf("the result is a %s, not a list", out.Type().TypeName())}
	}
	var all []any
	for it := l.Iterator(); it.HasNext() == types.True; {
		all = append(all, it.Next())
	}
	return all, nil
}

type list []value

func (l list) eval(scope map[string]any) (any, error) {
	all := make([]any, 0, len(l))
	var faults []error
	for _, item := range l {
		v, err := item.eval(scope)
		if err != nil {
			faults = append(faults, err)
		}
		it, ok := item.(iteration)
		switch {
		case v == nil:
		case ok && it.each != nil: // its elements join the list's own
			all = append(all, v.([]any)...)
		default:
			all = append(all, v)
		}
	}
	if len(all) == 0 {
		return nil, errors.Join(faults...)
	}
	return all, errors.Join(faults...)
}

type object []namedValue

func (o object) eval(scope map[string]any) (any, error) {
	if err := charge(scope, objectCost); err != nil {
		return nil, err
	}
	all := make(map[string]any, len(o)+2) // room for a record's type and date
	var faults []error
	for _, field := range o {
		v, err := field.value.eval(scope)
		if err != nil {
			faults = append(faults, err)
		}
		if v != nil {
			all[field.name] = v
		}
	}
	if len(all) == 0 {
		return nil, errors.Join(faults...)
	}
	return all, errors.Join(faults...)
}

// fieldValue returns the value of an object's field; nil if v is not an object or lacks the field.
func fieldValue(v value, name string) value {
	fields, _ := v.(object)
	for _, f := range fields {
		if f.name == name {
			return f.value
		}
	}
	return nil
}

// iteration is an object with "each", which evaluates to a list with one object per element, or with "when".
type iteration struct {
	template
	place string
}

func (r iteration) eval(scope map[string]any) (any, error) {
	var all []any
	err := r.forEach(scope, func(inner map[string]any) error {
		v, err := r.fields.eval(inner)
		if v != nil {
			all = append(all, v)
		}
		return err
	})
	switch {
	case len(all) == 0:
		return nil, err
	case r.each == nil: // an object with a condition alone
		return all[0], err
	}
	return all, err
}

// compiler turns the contents of a mapping file into values.
type compiler struct {
	env     *cel.Env
	columns columnUses
}

// newCompiler returns a compiler of the mapping with a name.
func newCompiler(codes tables, format values.Format, order DateOrder, name string) (*compiler, error) {
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

// jsonValue converts a CEL value to a JSON value; nil for null, "" and an empty list.
func jsonValue(v ref.Val) (any, error) {
	if v == nil || v.Type() == types.NullType {
		return nil, nil
	}
	native, err := v.ConvertToNative(anyType)
	if err != nil {
		return nil, err
	}
	return dropEmpty(native), nil
}

// warning is a text that the report of a load shows with the number of rows for which the condition holds.
type warning struct {
	text       string
	conditions []value
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
