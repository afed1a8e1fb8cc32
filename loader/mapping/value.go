package mapping

import (
	"errors"
	"fmt"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
	"cel.dev/cel-go/interpreter"
)

// value is a compiled part of a mapping: a literal, an expression, or a list or an object of values. It evaluates to
// nil if it has no value; fields and elements without a value are left out.
type value interface {
	eval(scope map[string]any) (any, error)
}

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

// warning is a text that the report of a load shows with the number of rows for which the condition holds.
type warning struct {
	text       string
	conditions []value
}
