// Package scheduler resolves the elements of a list and the fields of an object sequentially in one goroutine. A
// resolver that is about to block calls Yield; another goroutine then resolves the remaining siblings, so that their
// reads join the same batch. gqlgen starts a goroutine for each element and field, whose stacks cost more than most
// responses. Command rewrite makes the generated code call this package instead.
package scheduler

import (
	"context"
	"sync"
	"sync/atomic"
)

// scope is what a group has in common with the group around it.
type scope struct {
	parent *task // the task that started the group, or nil
	budget *Budget
	inList bool // set for the elements of a list, and for all below them
}

// group holds the sibling tasks of one list or object.
type group struct {
	scope
	ctx     context.Context
	n       int
	do      func(ctx context.Context, i int)
	pending sync.WaitGroup
}

// task is one running element of a group. It is also the context that the element runs in.
type task struct {
	context.Context
	group     *group
	i         int
	handedOff atomic.Bool // set once the next task is taken, or was handed to another goroutine
}

type contextKey struct{}

// Value makes the task available to the code that runs in it.
func (t *task) Value(k any) any {
	if k == (contextKey{}) {
		return t
	}
	return t.Context.Value(k)
}

// taskFrom returns the task that ctx belongs to, or nil.
func taskFrom(ctx context.Context) *task {
	t, _ := ctx.Value(contextKey{}).(*task)
	return t
}

// scopeOf returns the scope of a group that starts in ctx.
func scopeOf(ctx context.Context) scope {
	if t := taskFrom(ctx); t != nil {
		return scope{t, t.group.budget, t.group.inList}
	}
	b, _ := ctx.Value(budgetKey{}).(*Budget)
	return scope{budget: b}
}

// run calls do for 0..n-1 and returns when all calls have returned.
func (s scope) run(ctx context.Context, n int, do func(ctx context.Context, i int)) {
	switch n {
	case 0:
	case 1: // there is no sibling to hand off
		do(ctx, 0)
	default:
		g := &group{scope: s, ctx: ctx, n: n, do: do}
		g.pending.Add(n)
		g.runFrom(0)
		g.pending.Wait()
	}
}

// runFrom runs task i and the tasks after it until one of them yields.
func (g *group) runFrom(i int) {
	for ; i < g.n; i++ {
		t := &task{Context: g.ctx, group: g, i: i}
		g.do(t, i)
		proceed := t.handedOff.CompareAndSwap(false, true)
		g.pending.Done()
		if !proceed {
			return
		}
	}
}

// Yield must be called before blocking. The remaining siblings of the current task, and of all tasks that enclose it,
// continue in other goroutines.
func Yield(ctx context.Context) {
	for t := taskFrom(ctx); t != nil && t.handedOff.CompareAndSwap(false, true); t = t.group.parent {
		if t.i+1 < t.group.n {
			go t.group.runFrom(t.i + 1)
		}
	}
}
