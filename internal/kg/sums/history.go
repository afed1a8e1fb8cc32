package sums

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// Bounds is a number of an event by one source for an interval of knowledge: the claims of the same claimants in the
// same document that state it, and their envelope.
type Bounds struct {
	kg.Quantity
	kg.Estimate
	kg.Interval
	Claimants []kg.ID
	Document  kg.ID
	Claims    []kg.ID
}

// History returns the numbers that claims about one event state over the moments of knowledge, in the order of their
// beginning, then of quantities, then of documents and claimants. A number ends when its claim is withdrawn. Only
// positive claims count. The claims are those of one view, with KnownTo set.
func History(claims []kg.Claim) (all []Bounds) {
	type source struct {
		kg.Quantity
		document  kg.ID
		claimants string
	}
	stated, sources := map[source][]kg.Claim{}, []source{}
	for _, c := range claims {
		if !c.Positive() || c.KnownFrom() >= c.KnownTo {
			continue
		}
		for _, f := range c.Says.Numbers() {
			s := source{f.Quantity, c.Document, join(c.Claimants)}
			if stated[s] == nil {
				sources = append(sources, s)
			}
			stated[s] = append(stated[s], c)
		}
	}
	for _, s := range sources {
		all = append(all, boundsOf(s.Quantity, stated[s])...)
	}
	slices.SortFunc(all, func(a, b Bounds) int {
		return cmp.Or(
			cmp.Compare(a.KnownFrom, b.KnownFrom), a.Compare(b.Quantity), cmp.Compare(a.Document, b.Document),
			slices.Compare(a.Claimants, b.Claimants),
		)
	})
	return all
}

// boundsOf returns the versions of the bounds that the claims of one source state.
func boundsOf(q kg.Quantity, claims []kg.Claim) (versions []Bounds) {
	slices.SortFunc(claims, kg.CompareClaims)
	var moments []edtf.Instant
	for _, c := range claims {
		moments = append(moments, c.KnownFrom(), c.KnownTo)
	}
	slices.Sort(moments)
	moments = slices.Compact(moments)
	for i, at := range moments[:len(moments)-1] {
		b := Bounds{
			Quantity: q, Interval: kg.Interval{KnownFrom: at, KnownTo: moments[i+1]},
			Claimants: claims[0].Claimants, Document: claims[0].Document,
		}
		var numbers []*kg.Estimate
		for _, c := range claims {
			if !c.Live(at) {
				continue
			}
			b.Claims = append(b.Claims, c.ID)
			for _, f := range c.Says.Numbers() {
				if f.Quantity == q {
					numbers = append(numbers, &f.Estimate)
				}
			}
		}
		if len(numbers) == 0 {
			continue
		}
		b.Estimate = *kg.Combine(numbers)
		if last := len(versions) - 1; last >= 0 && versions[last].KnownTo == at &&
			slices.Equal(versions[last].Claims, b.Claims) && reflect.DeepEqual(versions[last].Estimate, b.Estimate) {
			versions[last].KnownTo = b.KnownTo
			continue
		}
		versions = append(versions, b)
	}
	return versions
}

// join returns a key of a set of ids, the same for any order of them. Ids have no blanks.
func join(ids []kg.ID) string {
	var b strings.Builder
	for _, id := range slices.Compact(slices.Sorted(slices.Values(ids))) {
		b.WriteString(string(id) + " ")
	}
	return b.String()
}
