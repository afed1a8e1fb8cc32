package kept_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"casus/internal/kg"
	"casus/internal/store/kept"
)

type log struct {
	kg.ChangeLog
	revision int64
}

func (l *log) Revision(context.Context) (int64, error) { return l.revision, nil }

func TestRowsAreReadOnceARevision(t *testing.T) {
	var a kept.Answers
	l, reads := &log{revision: 7}, 0
	ask := func(question string, rows ...int) []int {
		t.Helper()
		got, err := kept.Rows(t.Context(), &a, l, question, func() ([]int, error) { reads++; return rows, nil })
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	for _, c := range []struct {
		revision int64
		question string
		rows     []int
		want     []int
		reads    int
	}{
		{7, "a", []int{1}, []int{1}, 1}, {7, "a", []int{2}, []int{1}, 1}, {7, "b", []int{3}, []int{3}, 2}, {8, "a", []int{4}, []int{4}, 3},
		{8, "none", nil, nil, 4}, {8, "none", []int{5}, []int{5}, 5}, {7, "a", []int{6}, []int{6}, 6},
	} {
		l.revision = c.revision
		if got := ask(c.question, c.rows...); !slices.Equal(got, c.want) || reads != c.reads {
			t.Errorf("%s at %d: %v after %d reads, want %v after %d", c.question, c.revision, got, reads, c.want, c.reads)
		}
	}
}

func TestWhatFailsIsNotKept(t *testing.T) {
	var a kept.Answers
	broken := errors.New("broken")
	if _, err := kept.Rows(t.Context(), &a, &log{}, "a", func() ([]int, error) { return nil, broken }); !errors.Is(err, broken) {
		t.Error(err)
	}
	if got, err := kept.Rows(t.Context(), &a, &log{}, "a", func() ([]int, error) { return []int{1}, nil }); err != nil || len(got) != 1 {
		t.Error(got, err)
	}
}

// TestWaitingEndsWithTheContext asks while somebody else still reads.
func TestWaitingEndsWithTheContext(t *testing.T) {
	var a kept.Answers
	if _, err := kept.Rows(t.Context(), &a, &log{}, "a", func() ([]int, error) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := kept.Rows(ctx, &a, &log{}, "a", func() ([]int, error) { return nil, nil })
		if kg.CodeOf(err) != kg.Timeout {
			t.Errorf("who waits is told %v", err)
		}
		return nil, nil
	}); err != nil {
		t.Error(err)
	}
}
