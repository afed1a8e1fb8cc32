package kg_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"casus/internal/kg"

	"github.com/google/go-cmp/cmp"
)

// renamed returns the history with new random ids for everything except its event, and its claims in random order.
func (w world) renamed(r *rand.Rand) (other world, oldID map[kg.ID]kg.ID) {
	newID := map[kg.ID]kg.ID{"": "", strike: strike}
	oldID = map[kg.ID]kg.ID{}
	name := func(id kg.ID) kg.ID {
		if _, found := newID[id]; !found {
			n := kg.ID(fmt.Sprintf("%s:%08x", id.Kind(), r.Uint32()))
			newID[id], oldID[n] = n, id
		}
		return newID[id]
	}
	names := func(ids []kg.ID) (all []kg.ID) {
		for _, id := range ids {
			all = append(all, name(id))
		}
		return all
	}
	other.book = kg.VoiceBook{
		Documents: map[kg.ID]kg.Document{}, Releases: map[kg.ID]kg.Release{}, Classes: map[kg.ID]kg.ID{},
	}
	for id, d := range w.book.Documents {
		d.ID, d.Publisher, d.Syndicates = name(id), name(d.Publisher), name(d.Syndicates)
		other.book.Documents[d.ID] = d
	}
	for id, rel := range w.book.Releases {
		other.book.Releases[name(id)] = rel
	}
	for id, class := range w.book.Classes {
		if smallest, found := other.book.Classes[name(class)]; !found || name(id) < smallest {
			other.book.Classes[name(class)] = name(id)
		}
	}
	for id, class := range w.book.Classes {
		other.book.Classes[name(id)] = min(other.book.Classes[name(class)], name(class))
	}
	for _, c := range w.claims {
		c.ID, c.Document, c.Release = name(c.ID), name(c.Document), name(c.Release)
		c.Claimants, c.Cites, c.Supersedes = names(c.Claimants), names(c.Cites), names(c.Supersedes)
		other.claims = append(other.claims, c)
	}
	for _, v := range w.reviews { // its own id decides, of two at one time
		v.Claims, v.Document, v.Release = names(v.Claims), name(v.Document), name(v.Release)
		other.reviews = append(other.reviews, v)
	}
	other.book.Reviews = kg.LatestReviews(other.reviews)
	r.Shuffle(len(other.claims), func(i, j int) {
		other.claims[i], other.claims[j] = other.claims[j], other.claims[i]
	})
	return other, oldID
}

// TestIDsDecideNothing checks that statuses, sources and lifetimes depend neither on ids nor on the order of claims.
func TestIDsDecideNothing(t *testing.T) {
	for seed := range uint64(5_000) {
		r := rand.New(rand.NewPCG(seed, 24))
		w := randomWorld(r)
		if seed%4 == 0 {
			w = randomText(r)
		}
		other, oldID := w.renamed(r)
		want, got := kg.Derive(strike, w.claims, w.book), kg.Derive(strike, other.claims, other.book)
		if diff := cmp.Diff(decided(want, nil), decided(got, oldID)); diff != "" {
			t.Fatalf("seed %d (-as named +renamed):\n%s", seed, diff)
		}
	}
}

// decided returns what the claims decide at the start of each state, and the lifetimes, without the ids of claims.
func decided(h kg.History, oldID map[kg.ID]kg.ID) (all []string) {
	old := func(id kg.ID) kg.ID {
		if oldID == nil {
			return id
		}
		return oldID[id]
	}
	for _, s := range h.States {
		all = append(all, fmt.Sprint(s.KnownFrom, s.KnownTo, len(s.Because), derivedAt(h, s.KnownFrom)))
	}
	var lives []string
	for _, l := range h.Lifetimes {
		by := make([]kg.ID, len(l.WithdrawnBy))
		for i, id := range l.WithdrawnBy {
			by[i] = old(id)
		}
		slices.Sort(by)
		lives = append(lives, fmt.Sprint(old(l.Claim), l.KnownTo, by))
	}
	slices.Sort(lives)
	return append(all, lives...)
}
