package mapping

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
	"cel.dev/cel-go/ext"
	"github.com/goccy/go-yaml"
)

// value is made of a row: a literal, an expression's result, or a list or an object of values. nil is no value: fields and
// elements without one are left out.
type value interface {
	of(scope map[string]any) (any, error)
}

type literal struct{ v any }

func (l literal) of(map[string]any) (any, error) { return l.v, nil }

type expression struct {
	place   string
	program cel.Program
	quick   quick // nil: there is no other way than CEL
}

// text is the text that the expression makes, a string, where that is known without CEL.
func (e expression) text(scope map[string]any) (text any, sure bool) {
	if e.quick == nil {
		return nil, false
	}
	return e.quick(scope)
}

// eval is the expression's value as CEL has it.
func (e expression) eval(scope map[string]any) (ref.Val, error) {
	if text, sure := e.text(scope); sure {
		return types.String(text.(string)), nil
	}
	return e.byCEL(scope)
}

func (e expression) byCEL(scope map[string]any) (ref.Val, error) {
	out, _, err := e.program.Eval(scope)
	if err != nil {
		return nil, &Fault{e.place, err}
	}
	return out, nil
}

func (e expression) of(scope map[string]any) (any, error) {
	if text, sure := e.text(scope); sure {
		return strip(text), nil
	}
	out, err := e.byCEL(scope)
	if err != nil {
		return nil, err
	}
	v, err := plain(out)
	if err != nil {
		return nil, &Fault{e.place, err}
	}
	return v, nil
}

// elementsOf are the elements of a list, as CEL has them: empty ones too.
func elementsOf(v value, scope map[string]any) ([]any, error) {
	e, ok := v.(expression)
	if !ok {
		made, err := v.of(scope)
		elements, _ := made.([]any)
		return elements, err
	}
	out, err := e.eval(scope)
	if err != nil || out.Type() == types.NullType {
		return nil, err
	}
	l, ok := out.(traits.Lister)
	if !ok {
		return nil, &Fault{e.place, fmt.Errorf("it gives a %s, not a list", out.Type().TypeName())}
	}
	var all []any
	for it := l.Iterator(); it.HasNext() == types.True; {
		all = append(all, it.Next())
	}
	return all, nil
}

type list []value

func (l list) of(scope map[string]any) (any, error) {
	all := make([]any, 0, len(l))
	for _, item := range l {
		v, err := item.of(scope)
		if err != nil {
			return nil, err
		}
		r, many := item.(repeated)
		switch {
		case v == nil:
		case many && r.each != nil: // its elements are the list's own
			all = append(all, v.([]any)...)
		default:
			all = append(all, v)
		}
	}
	if len(all) == 0 {
		return nil, nil
	}
	return all, nil
}

type object []named

func (o object) of(scope map[string]any) (any, error) {
	all := make(map[string]any, len(o)+2) // a record's type and source come to it
	for _, field := range o {
		v, err := field.value.of(scope)
		if err != nil {
			return nil, err
		}
		if v != nil {
			all[field.name] = v
		}
	}
	if len(all) == 0 {
		return nil, nil
	}
	return all, nil
}

// field is how a field of an object is made; nil where there is none.
func field(v value, name string) value {
	fields, _ := v.(object)
	for _, f := range fields {
		if f.name == name {
			return f.value
		}
	}
	return nil
}

// repeated is a list made by an object with each: one element of it for each of a list's.
type repeated struct {
	template
	place string
}

func (r repeated) of(scope map[string]any) (any, error) {
	var all []any
	if err := r.over(scope, func(inner map[string]any) error {
		v, err := r.fields.of(inner)
		if v != nil {
			all = append(all, v)
		}
		return err
	}); err != nil {
		return nil, err
	}
	switch {
	case len(all) == 0:
		return nil, nil
	case r.each == nil: // an object that is only there under a condition
		return all[0], nil
	}
	return all, nil
}

// compiler makes values of what a mapping file holds.
type compiler struct {
	env     *cel.Env
	columns columns
}

func newCompiler(codes tables) (*compiler, error) {
	env, err := cel.NewEnv(append(functions(codes),
		cel.Variable("row", cel.MapType(cel.StringType, cel.DynType)),
		ext.Strings(), ext.Math(), ext.Lists(), cel.OptionalTypes(), cel.CrossTypeNumericComparisons(true))...)
	if err != nil {
		return nil, err
	}
	return &compiler{env, columns{of: map[string][]string{}, variables: map[string]string{}, whole: map[string]bool{}}}, nil
}

var variable = regexp.MustCompile(`^[a-z][A-Za-z0-9_]*$`)

// declare adds a variable, made at a place, for the expressions that follow.
func (c *compiler) declare(name, place string) error {
	if !variable.MatchString(name) || name == "row" {
		return fmt.Errorf("%q is no name of a variable", name)
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
		return nil, fmt.Errorf("%s: %w", place, issues.Err())
	}
	c.columns.note(place, ast)
	program, err := c.env.Program(ast)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", place, err)
	}
	return expression{place, program, quickOf(ast)}, nil
}

// object makes an object; with each or when it is made for every element of a list, or only if a condition holds.
func (c *compiler) object(place string, fields yaml.MapSlice) (value, error) {
	t, rest, err := c.controlled(place, fields)
	if err != nil {
		return nil, err
	}
	if t.each == nil && t.when == nil {
		return t.fieldsOf(c, place, rest)
	}
	inner := *c
	if t.each != nil {
		if err := inner.declare(t.as, place+".each"); err != nil {
			return nil, fmt.Errorf("%s.as: %w", place, err)
		}
		if t.when, err = inner.optional(place+".when", fields, "when"); err != nil {
			return nil, err
		}
	}
	t.fields, err = t.fieldsOf(&inner, place, rest)
	return repeated{t, place}, err
}

// fieldsOf makes the fields that are left.
func (t template) fieldsOf(c *compiler, place string, rest yaml.MapSlice) (value, error) {
	var all object
	for _, item := range rest {
		name := fmt.Sprint(item.Key)
		v, err := c.value(place+"."+name, item.Value)
		if err != nil {
			return nil, err
		}
		all = append(all, named{name, v})
	}
	return all, nil
}

// controlled takes each, as and when out of an object's fields.
func (c *compiler) controlled(place string, fields yaml.MapSlice) (t template, rest yaml.MapSlice, err error) {
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
		t.when, err = c.optional(place+".when", fields, "when")
	}
	return t, rest, err
}

// optional makes one field's value; nil where there is no such field.
func (c *compiler) optional(place string, fields yaml.MapSlice, name string) (value, error) {
	for _, item := range fields {
		if fmt.Sprint(item.Key) == name {
			return c.value(place, item.Value)
		}
	}
	return nil, nil
}

// types that a row may yield.
func recordTypes() []string {
	return []string{"document", "actor", "location", "event", "affiliation", "claim", "identity", "release"}
}

// template makes one entry of records: {type: fields}.
func (c *compiler) template(place string, record yaml.MapSlice) (template, error) {
	if len(record) != 1 || !slices.Contains(recordTypes(), fmt.Sprint(record[0].Key)) {
		return template{}, fmt.Errorf("%s: a record has one key, its type, which is one of %s", place, strings.Join(recordTypes(), ", "))
	}
	typ := fmt.Sprint(record[0].Key)
	fields, ok := mapSlice(record[0].Value)
	if !ok {
		return template{}, fmt.Errorf("%s.%s: it is no object", place, typ)
	}
	v, err := c.object(place+"."+typ, fields)
	if err != nil {
		return template{}, err
	}
	place += "." + typ
	if r, ok := v.(repeated); ok {
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
		slices.SortFunc(all, func(a, b yaml.MapItem) int { return strings.Compare(fmt.Sprint(a.Key), fmt.Sprint(b.Key)) })
		return all, true
	}
	return nil, false
}

// plain is a CEL value as JSON has it. null, "" and an empty list are no value.
func plain(v ref.Val) (any, error) {
	if v == nil || v.Type() == types.NullType {
		return nil, nil
	}
	native, err := v.ConvertToNative(anyType)
	if err != nil {
		return nil, err
	}
	return strip(native), nil
}
