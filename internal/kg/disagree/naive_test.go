package disagree_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/disagree"
)

// naive is a second implementation of the section Disagreements of docs/model.md: it looks at each moment by itself,
// at all pairs of claims, and tries every number, every day and every place.
type naive struct {
	book  kg.VoiceBook
	ends  map[kg.ID]edtf.Instant
	at    edtf.Instant
	state kg.EventState
	all   []kg.Claim
}

// topics are the topics of the random histories.
var topics = []string{
	"OCCURRENCE", "TIME", "PLACE TARGET", "PLACE VENUE", "PARTICIPATION actor:n", "PARTICIPATION actor:s",
	"FIGURES TOTAL", "FIGURES CIVILIAN",
}

// says returns whether a claim speaks to a topic, and a test of which of the answers 0..40 it allows. Answer -1
// is one that no claim states.
func (n naive) says(c kg.Claim, topic string) (speaks bool, allows func(answer int) bool) {
	aspect, of, _ := strings.Cut(topic, " ")
	own, positive := string(c.Aspect) == aspect, c.Positive()
	if !positive && !own {
		return false, nil
	}
	has, stated := false, func(int) bool { return true }
	switch aspect {
	case "OCCURRENCE":
		if !own {
			return false, nil
		}
		return true, func(a int) bool { return (a >= 0) == positive }
	case "PARTICIPATION":
		if !slices.ContainsFunc(c.Says.Participants, func(p kg.Participant) bool { return string(p.Actor) == of }) {
			return false, nil
		}
		return true, func(a int) bool { return (a >= 0) == positive }
	case "TIME":
		if t := c.Says.Time; t != nil {
			has, stated = true, func(a int) bool {
				const day, christmas = 86_400_000, 1_735_084_800_000 // 2024-12-25
				at := edtf.Instant(christmas + int64(a)*day)
				return t.Earliest <= at && at < t.Latest
			}
		}
	case "FIGURES":
		for _, f := range c.Says.Numbers() {
			if string(f.Population) == of {
				has, stated = true, func(a int) bool { return *f.Low <= a && (f.High == nil || a <= *f.High) }
			}
		}
		if !has && len(c.Says.Figures) > 0 {
			return false, nil
		}
	case "PLACE":
		var places []kg.ID
		for _, p := range c.Says.Places {
			if string(p.Role) == of {
				places = append(places, p.Location)
			}
		}
		if has = len(places) > 0; has {
			stated = func(a int) bool { return n.isStatedPlace(a, of) && slices.ContainsFunc(places, inPlace(a)) }
		} else if len(c.Says.Places) > 0 {
			return false, nil
		}
	}
	m := c.Says.Modality
	isPlan := m == kg.ModalityPlanned
	switch {
	case !has && positive, has && isPlan && n.state.Modality == kg.ModalityOccurred:
		return false, nil
	case !has:
		return true, func(a int) bool { return a < 0 }
	case c.Stance == kg.StanceDenies, aspect == "PLACE" && !positive:
		return true, func(a int) bool { return a < 0 || !stated(a) }
	}
	return true, func(a int) bool { return a >= 0 && stated(a) }
}

var places = []kg.ID{
	"location:harbour", "location:port", "location:north", "location:mill", "location:south", "location:island",
	"location:mainland",
}

// isStatedPlace reports whether a live positive claim that counts states the place of an answer.
func (n naive) isStatedPlace(a int, role string) bool {
	return a < len(places) && slices.ContainsFunc(n.speakers("PLACE "+role), func(c kg.Claim) bool {
		return c.Positive() && slices.ContainsFunc(c.Says.Places, func(p kg.Place) bool {
			return p.Location == places[a] && string(p.Role) == role
		})
	})
}

// inPlace returns the test whether the place of an answer lies in another, or is it.
func inPlace(a int) func(kg.ID) bool {
	return func(other kg.ID) bool {
		var up func(l kg.ID) bool
		up = func(l kg.ID) bool { return l == other || slices.ContainsFunc(parents(l), up) }
		return a < len(places) && up(places[a])
	}
}

func (n naive) machine(c kg.Claim) bool { return n.book.CodingOf(c) == kg.CodingMachine }

// speakers returns the live claims that speak to a topic and count, of which a voice has said nothing later.
func (n naive) speakers(topic string) []kg.Claim {
	var all []kg.Claim
	for _, c := range n.all {
		if c.Stance == kg.StanceRetracts || c.KnownFrom() > n.at || n.ends[c.ID] <= n.at {
			continue
		}
		if speaks, _ := n.says(c, topic); speaks {
			all = append(all, c)
		}
	}
	if slices.ContainsFunc(all, func(c kg.Claim) bool { return !n.machine(c) }) {
		all = slices.DeleteFunc(all, n.machine)
	}
	return slices.DeleteFunc(slices.Clone(all), func(c kg.Claim) bool {
		return len(n.book.VoicesOf(c)) > 0 && len(n.current(c, all)) == 0
	})
}

// current returns the voices of a claim that have said nothing later.
func (n naive) current(c kg.Claim, all []kg.Claim) (voices []kg.ID) {
	for _, v := range n.book.VoicesOf(c) {
		if !slices.ContainsFunc(all, func(o kg.Claim) bool {
			return o.KnownFrom() > c.KnownFrom() && slices.Contains(n.book.VoicesOf(o), v)
		}) {
			voices = append(voices, v)
		}
	}
	return voices
}

// aspects returns the aspects on which two claims exclude each other.
func (n naive) aspects() (found kg.Bits) {
	for _, topic := range topics {
		all := n.speakers(topic)
		for _, c := range all {
			for _, d := range all {
				if slices.ContainsFunc(n.current(c, all), func(v kg.ID) bool { return slices.Contains(n.current(d, all), v) }) {
					continue
				}
				_, first := n.says(c, topic)
				_, second := n.says(d, topic)
				fits := false
				for a := -1; a <= 40; a++ {
					fits = fits || first(a) && second(a)
				}
				if !fits {
					aspect, _, _ := strings.Cut(topic, " ")
					found |= kg.Aspects.Bits(kg.Aspect(aspect))
				}
			}
		}
	}
	return found
}

// randomClaims returns claims that often meet.
func randomClaims(r *rand.Rand) ([]kg.Claim, kg.VoiceBook) {
	pick := func(n int) bool { return r.IntN(n) == 0 }
	one := func(values ...string) string { return values[r.IntN(len(values))] }
	book := kg.VoiceBook{
		Documents: map[kg.ID]kg.Document{"document:d": {ID: "document:d", Publisher: "actor:a"}},
		Releases:  map[kg.ID]kg.Release{"release:r": {ID: "release:r", Name: "r"}},
	}
	if pick(3) {
		book.Classes = map[kg.ID]kg.ID{"actor:b": "actor:a", "actor:a": "actor:a"}
	}
	var claims []kg.Claim
	for i := range 2 + r.IntN(5) {
		aspect := kg.Aspects.Values()[r.IntN(5)]
		if pick(2) {
			aspect = occurrence
		}
		c := claim(i+1, one("A+", "B+", "C+", "AB+", "A!", "A-", "B-", "C?", "+", "+", "Bx"), aspect, known(1+r.IntN(4)))
		if len(c.Claimants) == 0 {
			if c.Document = "document:d"; pick(2) {
				c.Document, c.Release = "", "release:r"
			}
		}
		if pick(6) {
			machine(&c)
		}
		if pick(3) {
			killed(one("3", "5", "4+", "4-", "3..6", "~5", "2 civilians", "3+ civilians"))(&c)
		}
		if pick(3) {
			on(one("2025-01-09", "2025-01-10", "2025-01-09/2025-01-10", "2025-01", "../2025-01-05"))(&c)
		}
		for pick(2) {
			at(strings.TrimPrefix(string(places[r.IntN(len(places))]), "location:"), kg.LocationRole(one("TARGET", "VENUE")),
				1+r.IntN(3))(&c)
		}
		if pick(3) {
			by(kg.ID(one("actor:n", "actor:s")))(&c)
		}
		if pick(4) {
			modality(kg.Modality(one("OCCURRED", "PLANNED")))(&c)
		}
		if i > 0 && pick(5) {
			supersedes(kg.ID(fmt.Sprintf("claim:%d", 1+r.IntN(i))))(&c)
		}
		claims = append(claims, c)
	}
	return claims, book
}

// TestAgainstNaive compares every moment of random histories with the second implementation, and the list with the
// states.
func TestAgainstNaive(t *testing.T) {
	counts := map[kg.Bits]int{}
	for seed := range uint64(1_000) {
		r := rand.New(rand.NewPCG(seed, 11))
		claims, book := randomClaims(r)
		shuffled := slices.Clone(claims)
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		h := disagree.Derive(strike, shuffled, book, parents)
		n := naive{book: book, ends: map[kg.ID]edtf.Instant{}, all: claims}
		for _, l := range h.Lifetimes {
			n.ends[l.Claim] = l.KnownTo
		}
		for day := 1; day <= 5; day++ {
			n.at = when(fmt.Sprintf("2025-01-%02dT12:00:00Z", day)).Earliest
			i := slices.IndexFunc(h.States, func(s kg.EventState) bool { return s.KnownFrom <= n.at && n.at < s.KnownTo })
			if i < 0 {
				continue
			}
			n.state = h.States[i]
			got, want := n.state.Disagreements, n.aspects()
			if got != want {
				t.Fatalf("seed %d, day %d: %v, want %v", seed, day, kg.Aspects.In(got), kg.Aspects.In(want))
			}
			live := slices.Clone(claims)
			for i := range live {
				live[i].KnownTo = n.ends[live[i].ID]
			}
			listed := kg.Bits(0)
			for _, d := range disagree.At(live, n.state.Modality, book, parents, n.at) {
				listed |= kg.Aspects.Bits(d.Aspect)
				checkSides(t, seed, d)
			}
			if listed != want {
				t.Fatalf("seed %d, day %d: %v are listed, want %v", seed, day, kg.Aspects.In(listed), kg.Aspects.In(want))
			}
			counts[want]++
		}
		for i, s := range h.States {
			if i > 0 && (h.States[i-1].KnownTo != s.KnownFrom || len(s.Because) == 0) {
				t.Fatalf("seed %d: version %d begins at %s", seed, i, s.KnownFrom)
			}
		}
	}
	for _, a := range kg.Aspects.Values()[:5] {
		if counts[kg.Aspects.Bits(a)] < 5 {
			t.Errorf("only %d of the histories disagree on %s alone", counts[kg.Aspects.Bits(a)], a)
		}
	}
}

// checkSides checks that there are several sides, none of which has all claims of another.
func checkSides(t *testing.T, seed uint64, d disagree.Disagreement) {
	t.Helper()
	if len(d.Sides) < 2 {
		t.Fatalf("seed %d: %d sides", seed, len(d.Sides))
	}
	for i, s := range d.Sides {
		for j, o := range d.Sides {
			if i != j && !slices.ContainsFunc(s.Claims, func(c kg.ID) bool { return !slices.Contains(o.Claims, c) }) {
				t.Fatalf("seed %d: side %d is in side %d", seed, i, j)
			}
		}
	}
}

// TestIDsDecideNothing checks that the disagreements of a state do not depend on the ids of claims.
func TestIDsDecideNothing(t *testing.T) {
	for seed := range uint64(2_000) {
		r := rand.New(rand.NewPCG(seed, 12))
		claims, book := randomClaims(r)
		renamed := slices.Clone(claims)
		names := map[kg.ID]kg.ID{}
		for i, n := range r.Perm(len(claims)) {
			names[claims[i].ID] = kg.ID(fmt.Sprintf("claim:x%d", n))
		}
		for i := range renamed {
			renamed[i].ID = names[renamed[i].ID]
			renamed[i].Supersedes = slices.Clone(renamed[i].Supersedes)
			for j, id := range renamed[i].Supersedes {
				renamed[i].Supersedes[j] = names[id]
			}
		}
		want, got := disagree.Derive(strike, claims, book, parents), disagree.Derive(strike, renamed, book, parents)
		at := func(h kg.History, day int) kg.Bits {
			moment := when(fmt.Sprintf("2025-01-%02dT12:00:00Z", day)).Earliest
			for _, s := range h.States {
				if s.KnownFrom <= moment && moment < s.KnownTo {
					return s.Disagreements
				}
			}
			return 0
		}
		for day := 1; day <= 5; day++ {
			if a, b := at(want, day), at(got, day); a != b && sameModality(want, got) {
				t.Fatalf("seed %d, day %d: %v, with other ids %v", seed, day, kg.Aspects.In(a), kg.Aspects.In(b))
			}
		}
	}
}

// sameModality reports whether the ids do not decide the headline's modality, as they do for claims of one moment.
func sameModality(a, b kg.History) bool {
	modalities := func(h kg.History) (all []string) {
		for _, s := range h.States {
			all = append(all, fmt.Sprint(s.KnownFrom, s.Modality))
		}
		return all
	}
	return slices.Equal(modalities(a), modalities(b))
}
