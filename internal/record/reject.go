package record

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"casus/internal/kg"
)

// ShownBytes is the number of bytes that a Reject shows of a text that exceeds a bound.
const ShownBytes = 1000

// Reject is a record that was not loaded, and why.
type Reject struct {
	File string `json:"file"`
	// Line is the record's first line, from 1, or 0 if the file as a whole is rejected.
	Line int `json:"line"`
	// Pointer is the JSON pointer to the faulty value: within the line, or within the file if it is one JSON object.
	// For mapped rows it is a pointer within the record, or the place in the mapping.
	Pointer string `json:"pointer,omitempty"`
	// Column names the columns of the row from which the faulty value was made.
	Column string `json:"column,omitempty"`
	// Code is CONFLICT for a record that contradicts the store, else empty.
	Code   kg.ErrorCode `json:"code,omitempty"`
	Reason string       `json:"reason"`
	// Found is the faulty value, Allowed are the valid values, and Suggestion is the nearest of these.
	Found      string   `json:"found,omitempty"`
	Allowed    []string `json:"allowed,omitempty"`
	Suggestion string   `json:"suggestion,omitempty"`
	// Differs lists the fields in which the record contradicts Other.
	Differs []Difference `json:"differs,omitempty"`
	// More are the record's further faults.
	More []Fault `json:"more,omitempty"`
	// Claim is the pointer to the claim that was left out alone. It is empty if the whole record was rejected.
	Claim string `json:"claim,omitempty"`
	// Lost lists what the record states by this claim alone.
	Lost []string `json:"lost,omitempty"`
	// Raw is the record as it was read. Other is the record that it contradicts.
	Raw   string `json:"raw,omitempty"`
	Other string `json:"other,omitempty"`
}

// Fault is a further fault of a rejected record. Its fields are those of a Reject.
type Fault struct {
	Pointer    string   `json:"pointer,omitempty"`
	Column     string   `json:"column,omitempty"`
	Reason     string   `json:"reason"`
	Found      string   `json:"found,omitempty"`
	Allowed    []string `json:"allowed,omitempty"`
	Suggestion string   `json:"suggestion,omitempty"`
}

// MaxMore is the number of further faults that a Reject lists. If there are more, the last one counts them.
const MaxMore = 30

// First returns the reject's own fault.
func (r Reject) First() Fault {
	return Fault{r.Pointer, r.Column, r.Reason, r.Found, r.Allowed, r.Suggestion}
}

// JoinRejects returns one Reject with all faults of several, in their order and each once; nil if there are none. Nil
// elements are left out.
func JoinRejects(rejects ...*Reject) *Reject {
	rejects = slices.DeleteFunc(slices.Clone(rejects), func(r *Reject) bool { return r == nil })
	if len(rejects) < 2 {
		return slices.Concat(rejects, []*Reject{nil})[0]
	}
	all := *rejects[0]
	var more []Fault
	for i, r := range rejects {
		if i > 0 {
			more = append(more, r.First())
			all.Differs = append(all.Differs, r.Differs...)
		}
		more = append(more, r.More...)
	}
	all.More = nil
	known := []Fault{all.First()}
	for _, f := range more {
		if !slices.ContainsFunc(known, f.equals) {
			known = append(known, f)
		}
	}
	if all.More = known[1:]; len(all.More) > MaxMore {
		n := len(all.More) - MaxMore + 1
		all.More = append(all.More[:MaxMore-1:MaxMore-1], Fault{Reason: fmt.Sprintf("and %d more faults", n)})
	}
	return &all
}

// Reject returns a Reject with the fault alone.
func (f Fault) Reject() *Reject {
	return &Reject{
		Pointer: f.Pointer, Column: f.Column, Reason: f.Reason, Found: f.Found, Allowed: f.Allowed, Suggestion: f.Suggestion,
	}
}

// Below returns the faults of the reject at or below a pointer; nil if there are none. The reject may be nil.
func (r *Reject) Below(pointer string) *Reject {
	if r == nil {
		return nil
	}
	var found []*Reject
	for _, f := range append([]Fault{r.First()}, r.More...) {
		if within(f.Pointer, pointer) {
			found = append(found, f.Reject())
		}
	}
	return JoinRejects(found...)
}

// NotAt returns the faults of the reject that are not at or below a pointer; nil if there are none. The reject may be
// nil.
func (r *Reject) NotAt(pointer string) *Reject {
	if r == nil {
		return nil
	}
	var rest []*Reject
	for _, f := range append([]Fault{r.First()}, r.More...) {
		if !within(f.Pointer, pointer) {
			rest = append(rest, f.Reject())
		}
	}
	return JoinRejects(rest...)
}

// NotBelow returns the faults of the reject whose pointers are known and not at or below a pointer of other; nil if
// there are none. The reject may be nil.
func (r *Reject) NotBelow(other *Reject) *Reject {
	if r == nil {
		return nil
	}
	var rest []*Reject
	for _, f := range append([]Fault{r.First()}, r.More...) {
		if f.Pointer != "" && !slices.ContainsFunc(other.Pointers(), func(p string) bool { return within(f.Pointer, p) }) {
			rest = append(rest, f.Reject())
		}
	}
	return JoinRejects(rest...)
}

// Except returns the faults of the reject, which may be nil, except faults of values that other reports, since claims
// repeat the values of their record; nil if there are none.
func (r *Reject) Except(other *Reject) *Reject {
	if r == nil || other == nil {
		return r
	}
	known := append([]Fault{other.First()}, other.More...)
	var rest []*Reject
	for _, f := range append([]Fault{r.First()}, r.More...) {
		same := func(k Fault) bool { return f.Found != "" && f.Found == k.Found && f.Reason == k.Reason }
		if !slices.ContainsFunc(known, same) {
			rest = append(rest, f.Reject())
		}
	}
	return JoinRejects(rest...)
}

// within reports whether a pointer is another one or below it.
func within(pointer, above string) bool {
	rest, ok := strings.CutPrefix(pointer, above)
	return ok && (rest == "" || rest[0] == '/') && above != ""
}

func (f Fault) equals(o Fault) bool {
	return f.Pointer == o.Pointer && f.Column == o.Column && f.Reason == o.Reason && f.Found == o.Found
}

// Locate calls f with the pointer and column of each fault of the reject, to complete them.
func (r *Reject) Locate(f func(pointer, column *string)) {
	f(&r.Pointer, &r.Column)
	r.More = slices.Clone(r.More)
	for i := range r.More {
		f(&r.More[i].Pointer, &r.More[i].Column)
	}
}

// In prefixes the pointer of each fault of the reject, and returns the reject, which may be nil.
func (r *Reject) In(pointer string) *Reject {
	if r != nil {
		r.Locate(func(p, _ *string) { *p = pointer + *p })
	}
	return r
}

// Pointers returns the pointers of all faults of the reject, which may be nil.
func (r *Reject) Pointers() []string {
	if r == nil {
		return nil
	}
	all := []string{r.Pointer}
	for _, f := range r.More {
		all = append(all, f.Pointer)
	}
	return all
}

// String returns the reject in one line, and further lines with the other faults, the differences and the contradictory
// records, if any.
func (r Reject) String() string {
	var b strings.Builder
	b.WriteString(r.File)
	if r.Line > 0 {
		_, _ = fmt.Fprintf(&b, ":%d", r.Line)
	}
	b.WriteString(": ")
	if r.Code != "" {
		b.WriteString(string(r.Code) + ": ")
	}
	b.WriteString(r.First().String())
	for _, f := range r.More {
		b.WriteString("\n  also: " + f.String())
	}
	for _, d := range r.Differs {
		b.WriteString("\n  " + d.String())
	}
	if len(r.Lost) > 0 {
		b.WriteString("\n  lost with it: " + strings.Join(r.Lost, ", "))
	}
	if r.Other != "" {
		b.WriteString("\n  this:  " + Shorten(r.Raw, 300) + "\n  other: " + Shorten(r.Other, 300))
	}
	return b.String()
}

// String returns the fault in one line.
func (f Fault) String() string {
	var b strings.Builder
	if f.Column != "" {
		b.WriteString("column " + f.Column + ": ")
	}
	if f.Pointer != "" {
		b.WriteString(f.Pointer + ": ")
	}
	b.WriteString(f.Reason)
	var more []string
	if f.Found != "" {
		more = append(more, "found "+Shorten(f.Found, 60))
	}
	if len(f.Allowed) > 0 {
		more = append(more, "allowed: "+Shorten(strings.Join(f.Allowed, ", "), 200))
	}
	if len(more) > 0 {
		b.WriteString(" (" + strings.Join(more, "; ") + ")")
	}
	if f.Suggestion != "" {
		b.WriteString("; did you mean " + Shorten(f.Suggestion, 200) + "?")
	}
	return b.String()
}

// Shorten shortens a text to n code points.
func Shorten(s string, n int) string {
	if len(s) <= n || utf8.RuneCountInString(s) <= n {
		return s
	}
	at := 0
	for i := range s {
		if at == n {
			return s[:i] + "…"
		}
		at++
	}
	return s
}
