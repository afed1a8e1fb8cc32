package kg_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"testing"

	"casus/internal/kg"
)

func TestCodeOf(t *testing.T) {
	inner := kg.Errorf(kg.NotFound, "no event:x")
	tests := []struct {
		name string
		err  error
		want kg.ErrorCode
	}{
		{"none", nil, ""},
		{"plain", io.EOF, kg.Internal},
		{"coded", inner, kg.NotFound},
		{"wrapped", fmt.Errorf("read: %w", inner), kg.NotFound},
		{"joined", errors.Join(io.EOF, inner), kg.NotFound},
		{"the outermost counts", kg.Errorf(kg.Unavailable, "read: %w", inner), kg.Unavailable},
		{"deadline", fmt.Errorf("query: %w", context.DeadlineExceeded), kg.Timeout},
		{"cancelled", context.Canceled, kg.Timeout},
		{"a code before a deadline", kg.Errorf(kg.Unavailable, "dial: %w", context.DeadlineExceeded), kg.Unavailable},
	}
	for _, tt := range tests {
		if got := kg.CodeOf(tt.err); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestErrorfKeepsCauses(t *testing.T) {
	one := kg.Errorf(kg.Internal, "read %s: %w", "x", io.EOF)
	if one.Error() != "read x: EOF" || !errors.Is(one, io.EOF) {
		t.Errorf("%v does not wrap its cause", one)
	}
	two := kg.Errorf(kg.Internal, "%w after %w", io.ErrUnexpectedEOF, context.Canceled)
	if two.Error() != "unexpected EOF after context canceled" ||
		!errors.Is(two, io.ErrUnexpectedEOF) || !errors.Is(two, context.Canceled) {
		t.Errorf("%v does not wrap both causes", two)
	}
	none := kg.Errorf(kg.BadInput, "no")
	if errors.Unwrap(none) != nil {
		t.Errorf("%v has a cause: %v", none, errors.Unwrap(none))
	}
}
