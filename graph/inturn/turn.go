// Package inturn resolves the elements of a list and the fields of an object one after another, in one goroutine, as long as
// nothing waits for the store. Where one is about to wait the rest go on in another goroutine meanwhile, so that what they ask is
// still gathered with it. gqlgen starts a goroutine for each of them, whose stacks cost more than the fields of most answers; rewrite puts
// these functions into the code that it generates.
package inturn

import (
	"context"
	"sync"
	"sync/atomic"
)

// list is what is done in turn.
type list struct {
	ctx   context.Context
	above *turn // what it is a part of
	n     int
	do    func(ctx context.Context, i int)
	tasks sync.WaitGroup
}

// turn is one of a list while it is done, and the context that it is done in.
type turn struct {
	context.Context
	list   *list
	i      int
	passed atomic.Bool // the next is another goroutine's, or nobody's any more
}

type key struct{}

// Value makes a turn known to what is done in it.
func (t *turn) Value(k any) any {
	if k == (key{}) {
		return t
	}
	return t.Context.Value(k)
}

// turnOf is the turn that a context belongs to; nil: none.
func turnOf(ctx context.Context) *turn {
	t, _ := ctx.Value(key{}).(*turn)
	return t
}

// run does all n and returns when they are done.
func run(ctx context.Context, n int, do func(ctx context.Context, i int)) {
	switch n {
	case 0:
	case 1: // nobody comes after it
		do(ctx, 0)
	default:
		l := &list{ctx: ctx, above: turnOf(ctx), n: n, do: do}
		l.tasks.Add(n)
		l.from(0)
		l.tasks.Wait()
	}
}

// from does the ith and those after it, until one of them has passed its turn.
func (l *list) from(i int) {
	for ; i < l.n; i++ {
		t := &turn{Context: l.ctx, list: l, i: i}
		l.do(t, i)
		on := t.passed.CompareAndSwap(false, true)
		l.tasks.Done()
		if !on {
			return
		}
	}
}

// Yield is called by whoever is about to wait: what comes after it, and after all that it is a part of, goes on meanwhile.
func Yield(ctx context.Context) {
	for t := turnOf(ctx); t != nil && t.passed.CompareAndSwap(false, true); t = t.list.above {
		if t.i+1 < t.list.n {
			go t.list.from(t.i + 1)
		}
	}
}
