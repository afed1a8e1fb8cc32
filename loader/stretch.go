package loader

import (
	"context"
	"slices"
	"sync"

	"casus/internal/kg"
)

// load is one stretch that is being loaded.
type load struct {
	*stream
	units    []*unit
	items    []*item
	digester kg.Digester
	// last says that nothing comes after it: what is missing stays missing.
	last  bool
	known known
	// stored are the releases that the store had before.
	stored map[kg.ID]kg.Release
	// echoes are further records of a node, or claims made again, by what they repeat.
	echoes map[kg.ID][]*item
	// fresh is what the store added or changed.
	fresh map[kg.ID]bool
	// settling guards what batches that are applied at the same time tell.
	settling sync.Mutex
	// refused says that the store took something not.
	refused bool
}

// load loads a stretch.
func (s *stream) load(ctx context.Context, units []*unit, items []*item, last bool) error {
	l := &load{stream: s, units: units, items: items, last: last, echoes: map[kg.ID][]*item{}, fresh: map[kg.ID]bool{}}
	if err := l.rejectFaulty(); err != nil {
		return err
	}
	steps := []func(context.Context) error{l.agreeOnNodes, l.know, l.makeClaims, l.compareClaims, l.keepSpans, l.agreeOnClaims, l.refer, l.unite, l.apply}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return err
		}
	}
	s.seen.loaded(items)
	return l.count(ctx)
}

func (l *load) rejectFaulty() error {
	for _, u := range l.units {
		if u.fault != nil {
			if err := l.rejectUnit(u, *u.fault); err != nil {
				return err
			}
		}
	}
	return nil
}

// reject rejects an item, and with it every unit that gives it.
func (l *load) reject(it *item, r Reject) error {
	it.dead = true
	l.remember(it)
	r.Pointer = it.pointer + r.Pointer
	if l.mapper != nil && r.Column == "" {
		r.Column = columnsOf(l.mapper, it.place+r.Pointer)
	}
	for _, u := range it.units {
		if u.state == waiting {
			if err := l.rejectUnit(u, r); err != nil {
				return err
			}
		}
	}
	return nil
}

// rejectUnit rejects a unit. What it alone gives is given by none then.
func (l *load) rejectUnit(u *unit, r Reject) error {
	u.state = rejected
	for _, it := range u.items {
		if it.out() {
			it.dead = true
			l.remember(it)
		}
	}
	for _, part := range append(slices.Clone(u.more), u.raw) {
		r.File, r.Line, r.Raw = part.file, part.line, part.text
		if err := l.report.reject(r, l.options); err != nil {
			return err
		}
	}
	return nil
}

// goneAtMost bounds what is remembered of rejected records, which only makes later rejects clearer.
const goneAtMost = 100_000

func (l *load) remember(it *item) {
	if len(l.gone) < goneAtMost {
		for _, id := range it.would() {
			l.gone[id] = it.first().raw
		}
	}
}

// count says of each unit that was loaded whether anything of it was new, and puts aside those that have to wait.
func (l *load) count(context.Context) error {
	applied := map[*unit]bool{}
	for _, it := range l.items {
		for _, id := range it.own {
			if !it.dead && l.fresh[id] {
				applied[it.first()] = true
			}
		}
	}
	for _, u := range l.units {
		switch {
		case u.state == deferred:
			if err := l.later.add(u); err != nil {
				return err
			}
		case u.state == waiting && applied[u]:
			l.report.Read += u.parts()
			l.report.Applied += u.parts()
		case u.state == waiting:
			l.report.Read += u.parts()
			l.report.Unchanged += u.parts()
		}
		if u.state == waiting {
			l.report.notCarried(u.left)
		}
	}
	return nil
}

func (l *load) live() []*item {
	all := make([]*item, 0, len(l.items))
	for _, it := range l.items {
		if !it.dead {
			all = append(all, it)
		}
	}
	return all
}
