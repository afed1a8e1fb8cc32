package plans_test

import (
	"context"
	"database/sql"
	"regexp"
	"slices"
	"strings"
)

// step is a step of EXPLAIN QUERY PLAN under another one, or under 0.
type step struct {
	id, parent int
	text       string
}

func (e explainer) steps(ctx context.Context, statement string, args []any) (steps []step, err error) {
	err = e.each(ctx, "EXPLAIN QUERY PLAN "+statement, args, func(r *sql.Rows) error {
		var s step
		var unused int
		err := r.Scan(&s.id, &s.parent, &unused, &s.text)
		steps = append(steps, s)
		return err
	})
	return steps, err
}

var (
	// virtualScan matches a scan of the text index or of the areas of places without a condition, which would be named
	// after the number of the access path. Path 1 is a lookup by row.
	virtualScan = regexp.MustCompile(`^SCAN (\w+) VIRTUAL TABLE INDEX [02]:$`)
)

// walks reports whether a step scans an index, and what it finds is not sorted.
func walks(steps []step, index string) bool {
	i := slices.IndexFunc(steps, func(s step) bool {
		return strings.HasPrefix(s.text, "SCAN ") && strings.HasSuffix(s.text, " INDEX "+index)
	})
	return i >= 0 && !slices.ContainsFunc(steps[i+1:], func(s step) bool {
		return s.parent == steps[i].parent && strings.HasPrefix(s.text, "USE TEMP B-TREE")
	})
}

// operation is an instruction of the program that EXPLAIN lists.
type operation struct {
	name   string
	p1, p2 int
}

func (e explainer) code(ctx context.Context, statement string, args []any) (code []operation, err error) {
	err = e.each(ctx, "EXPLAIN "+statement, args, func(r *sql.Rows) error {
		var o operation
		var address, p3, p5 int
		var p4, comment sql.NullString
		err := r.Scan(&address, &o.name, &o.p1, &o.p2, &p3, &p4, &p5, &comment)
		code = append(code, o)
		return err
	})
	return code, err
}

// fullLoop returns the operations of a loop through all of a cursor, or none if the first operation does not begin one.
// A loop that begins at the first entry of an index and ends at a bound is none.
func fullLoop(code []operation) []operation {
	if code[0].name != "Rewind" && code[0].name != "Last" {
		return nil
	}
	body := code[:1+slices.IndexFunc(code, func(o operation) bool {
		return (o.name == "Next" || o.name == "Prev") && o.p1 == code[0].p1
	})]
	if slices.ContainsFunc(body, func(o operation) bool {
		return o.p1 == code[0].p1 && slices.Contains([]string{"IdxLE", "IdxLT", "IdxGE", "IdxGT"}, o.name)
	}) {
		return nil
	}
	return body
}

// has reports whether any of the operations has one of the names.
func has(code []operation, names ...string) bool {
	return slices.ContainsFunc(code, func(o operation) bool { return slices.Contains(names, o.name) })
}

// opened returns the page at which what a cursor reads begins, or 0 if it reads no table or index.
func opened(code []operation, cursor int) int {
	for _, o := range slices.Backward(code) {
		if o.p1 != cursor {
			continue
		}
		switch o.name {
		case "OpenRead", "OpenWrite", "ReopenIdx":
			return o.p2
		case "OpenEphemeral", "OpenAutoindex", "OpenPseudo", "OpenDup", "SorterOpen":
			return 0
		}
	}
	return 0
}

// isNested reports whether an operation runs for each row of a loop. A loop ends with a jump back to its first
// operation. What follows Once runs once in all.
func isNested(code []operation, i int) bool {
	for end, o := range code[i:] {
		jumpsBack := slices.Contains([]string{"Next", "Prev", "VNext", "SorterNext"}, o.name) ||
			o.name == "Goto" && o.p2 > 1 // the program begins with a jump to its end, and back to 1
		if !jumpsBack || o.p2 > i || o.p2 > i+end {
			continue
		}
		once := slices.ContainsFunc(code[o.p2:i], func(o operation) bool { return o.name == "Once" && o.p2 > i })
		if !once {
			return true
		}
	}
	return false
}
