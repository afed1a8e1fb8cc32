package interview

import (
	"context"
	"encoding/json"
	"slices"

	"casus/internal/extract/form"
	"casus/internal/extract/prompt"
)

// mendable has, by list, the part of the form in which the words of its entries may be mended, the fields of these
// words and the fields that identify an entry when it comes again.
var mendable = map[string]struct {
	part     form.Part
	words    []string
	identity []string
}{
	actors:   {form.PartParties, []string{"/name"}, []string{"key"}},
	places:   {form.PartParties, []string{"/name"}, []string{"key"}},
	"ties":   {form.PartParties, []string{"/position"}, []string{"holder", "of", "type", "sentence"}},
	"links":  {form.PartEvents, []string{"/condition"}, []string{"event", "kind", "other"}},
	"claims": {form.PartClaims, []string{"/words"}, []string{"event", "sentences"}},
}

// mend asks once more for entries whose words do not stand in the text, and replaces each one that the answer has
// again. Nothing is added by it: the other entries of the answer are refused.
func (i *Interview) mend(ctx context.Context, refusals []form.Refusal) error {
	type place struct {
		window int
		part   form.Part
	}
	groups := map[place][]prompt.Faulty{}
	for _, r := range refusals {
		m, ok := mendable[r.List]
		if !ok || !slices.Contains(m.words, r.Field) {
			continue
		}
		e := i.merged.lists[r.List][r.Entry-1]
		at := place{e.window, m.part}
		groups[at] = append(groups[at], prompt.Faulty{
			List: r.List, Field: r.Field, Reason: r.Reason, Near: r.Nearest, Entry: e.raw,
		})
	}
	for w := range i.windows {
		for _, part := range form.Parts() {
			faulty := groups[place{w, part}]
			if faulty == nil {
				continue
			}
			q := i.question(part, i.windows[w])
			q.Faulty = faulty
			if part == form.PartParties {
				q.Keys = prompt.Keys{} // an answer may have the keys of the faulty entries again
			}
			got, err := i.ask(ctx, q, w, purposeRefused)
			if err != nil {
				return err
			}
			i.replace(got.Answer, faulty)
		}
	}
	return nil
}

// replace replaces faulty entries by the mended ones, and refuses the entries that were not asked for.
func (i *Interview) replace(a *form.Answer, faulty []prompt.Faulty) {
	for _, r := range a.Refused {
		i.merged.refuse(r)
	}
	for _, list := range form.Lists() {
		for index, at := range a.Entries[list] {
			mended := a.Raw[list][at]
			same := func(f prompt.Faulty) bool { return f.List == list && isSame(list, f.Entry, mended) }
			n := slices.IndexFunc(faulty, same)
			if n < 0 {
				const reason = "is not one of the refused entries, which alone were asked for once more"
				i.merged.accept(a, list, index, reason)
				continue
			}
			for k, e := range i.merged.lists[list] {
				if string(e.raw) == string(faulty[n].Entry) {
					i.merged.lists[list][k].raw = mended
					break
				}
			}
			faulty = slices.Delete(slices.Clone(faulty), n, n+1)
		}
	}
}

// isSame reports whether two entries have the same values in the fields that identify them.
func isSame(list string, a, b json.RawMessage) bool {
	var one, other map[string]any
	if json.Unmarshal(a, &one) != nil || json.Unmarshal(b, &other) != nil {
		return false
	}
	for _, field := range mendable[list].identity {
		x, errX := json.Marshal(one[field])
		y, errY := json.Marshal(other[field])
		if errX != nil || errY != nil || string(x) != string(y) {
			return false
		}
	}
	return true
}
