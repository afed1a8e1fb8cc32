package record

import (
	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/text"
	"cmp"
	"slices"
)

// kgNames returns the names with defaults for the kind and, detected from the letters, the script.
func kgNames(names []name) []kg.Name {
	all := slices.Grow([]kg.Name(nil), len(names))
	for _, n := range names {
		n.Value = kg.WithoutMark(n.Value)
		n.Script = cmp.Or(n.Script, text.Script(n.Value))
		n.Kind = cmp.Or(n.Kind, kg.NamePrimary)
		all = append(all, n.Name)
	}
	return all
}

// parse returns the time, or nil if the text is empty.
func (e timeText) parse(pointer string) (*edtf.Time, *Reject) {
	if e == "" {
		return nil, nil
	}
	t, err := edtf.ParseTime(string(e))
	if err != nil {
		return nil, &Reject{Pointer: pointer, Reason: err.Error(), Found: string(e)}
	}
	return &t, nil
}

func parseInstant(s, pointer string) (*edtf.Instant, *Reject) {
	if s == "" {
		return nil, nil
	}
	i, err := edtf.ParseInstant(s)
	if err != nil {
		return nil, &Reject{Pointer: pointer, Reason: err.Error(), Found: s}
	}
	return &i, nil
}
