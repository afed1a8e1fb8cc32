package columns

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"strconv"

	"casus/internal/kg"
)

// Version is the version of the JSON form. It grows when readers have to change.
const Version = 1

// header is what precedes the columns.
type header struct {
	Version  int    `json:"version"`
	Revision string `json:"revision"`
	Events   int    `json:"events"`
}

// Encode writes a table as JSON, with the revision of the store. docs/columns.md describes the form.
func Encode(ctx context.Context, w io.Writer, revision string, fields []Field, t Table) error {
	e := encoder{ctx: ctx, to: bufio.NewWriterSize(w, encodeBuffer)}
	head, err := json.Marshal(header{Version, revision, t.Events})
	if err != nil {
		return kg.Errorf(kg.Internal, "encode columns: %w", err)
	}
	e.raw(string(head[:len(head)-1]))
	e.raw(`,"columns":{`)
	for i, f := range fields {
		if i > 0 {
			e.raw(",")
		}
		e.raw("\n")
		e.text(string(f))
		e.raw(":")
		e.column(t.Columns[i])
	}
	e.raw("}}\n")
	if e.err == nil {
		e.err = e.to.Flush()
	}
	return e.err
}

const (
	encodeBuffer = 32 << 10
	// encodedBetween is the number of values after which the context is looked at.
	encodedBetween = 1 << 14
)

// encoder writes JSON until the first error.
type encoder struct {
	ctx     context.Context
	to      *bufio.Writer
	scratch []byte
	count   int
	err     error
}

func (e *encoder) raw(s string) {
	if e.err == nil {
		_, e.err = e.to.WriteString(s)
	}
}

func (e *encoder) text(s string) {
	b, err := json.Marshal(s)
	if err != nil && e.err == nil {
		e.err = kg.Errorf(kg.Internal, "encode a text: %w", err)
	}
	e.raw(string(b))
}

// number writes a number. first is set for the first one of an array.
func (e *encoder) number(n int64, first bool) {
	e.scratch = e.scratch[:0]
	if !first {
		e.scratch = append(e.scratch, ',')
	}
	e.bytes(strconv.AppendInt(e.scratch, n, 10))
}

func (e *encoder) null(first bool) {
	if !first {
		e.raw(",")
	}
	e.raw("null")
}

func (e *encoder) bytes(b []byte) {
	e.scratch = b
	if e.count++; e.err == nil && e.count%encodedBetween == 0 && e.ctx.Err() != nil {
		e.err = kg.Errorf(kg.Timeout, "encode columns: %w", context.Cause(e.ctx))
	}
	if e.err == nil {
		_, e.err = e.to.Write(b)
	}
}

func (e *encoder) column(c Column) {
	e.raw("{")
	switch {
	case c.Numbers != nil:
		e.numbers(c)
	case c.Codes != nil:
		e.words(c)
		for i, code := range c.Codes {
			if code == NoCode {
				e.null(i == 0)
			} else {
				e.number(int64(code), i == 0)
			}
		}
	case c.Bounds != nil:
		e.words(c)
		e.lists(c)
	default:
		e.raw(`"values":[`)
		for i, s := range c.Texts {
			if i > 0 {
				e.raw(",")
			}
			e.text(string(s))
		}
	}
	e.raw("]}")
}

// words writes the dictionary of a column and begins its values.
func (e *encoder) words(c Column) {
	e.raw(`"words":[`)
	for i, w := range c.Words {
		if i > 0 {
			e.raw(",")
		}
		e.text(w)
	}
	if c.Points != nil {
		for _, part := range []struct {
			name string
			of   func(kg.Point) float64
		}{
			{"latitude", func(p kg.Point) float64 { return p.Latitude }},
			{"longitude", func(p kg.Point) float64 { return p.Longitude }},
		} {
			e.raw(`],"` + part.name + `":[`)
			for i, p := range c.Points {
				if i > 0 {
					e.raw(",")
				}
				e.bytes(strconv.AppendFloat(e.scratch[:0], part.of(p), 'f', -1, 64))
			}
		}
	}
	e.raw(`],"values":[`)
}

func (e *encoder) lists(c Column) {
	for i := range len(c.Bounds) - 1 {
		if i > 0 {
			e.raw(",")
		}
		e.raw("[")
		for k, code := range c.Lists[c.Bounds[i]:c.Bounds[i+1]] {
			e.number(int64(code), k == 0)
		}
		e.raw("]")
	}
}

// numbers writes numbers in a unit that divides all of them. Ascending ones are written as what each adds to the last.
func (e *encoder) numbers(c Column) {
	unit, last := int64(0), int64(0)
	if c.Times {
		for _, n := range c.Numbers {
			if n != Missing {
				unit = divisor(unit, n)
			}
		}
	}
	unit = max(unit, 1)
	e.raw(`"unit":` + strconv.FormatInt(unit, 10))
	if c.Ascending {
		e.raw(`,"deltas":true`)
	}
	e.raw(`,"values":[`)
	for i, n := range c.Numbers {
		switch {
		case n == Missing:
			e.null(i == 0)
		case c.Ascending:
			e.number((n-last)/unit, i == 0)
			last = n
		default:
			e.number(n/unit, i == 0)
		}
	}
}

// divisor returns the greatest common divisor of two numbers, at least 0.
func divisor(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return max(a, -a)
}
