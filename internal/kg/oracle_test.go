package kg_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// naive is a second implementation of the sections Voices, Coding, Status, Withdrawal and Sources of docs/model.md. It
// compares all pairs and looks at one moment at a time.
type naive struct {
	world
	machines []bool
	lives    []lifetime
}

// lifetime is the end of a claim's life, and how many claims withdrew it.
type lifetime struct {
	to edtf.Instant
	by int
}

func newNaive(w world) naive {
	n := naive{world: w}
	for _, c := range w.claims {
		n.machines = append(n.machines, n.machine(c))
	}
	for i := range w.claims {
		n.lives = append(n.lives, n.lifetime(i))
	}
	return n
}

// saying is a telling.
type saying struct {
	claim           int
	voice           kg.ID
	text, document  kg.ID
	spans           []kg.Span
	publisherSpeaks bool
}

func (n naive) actor(id kg.ID) kg.ID { return cmp.Or(n.book.Classes[id], id) }

func (n naive) original(d kg.ID) kg.ID {
	for n.book.Documents[d].Syndicates != "" {
		d = n.book.Documents[d].Syndicates
	}
	return d
}

func (n naive) publisherOr(d, other kg.ID) kg.ID {
	if p := n.book.Documents[d].Publisher; p != "" {
		return n.actor(p)
	}
	return other
}

func (n naive) documents(c kg.Claim) map[kg.ID]bool {
	all := map[kg.ID]bool{c.Document: true}
	if c.Release != "" {
		for _, d := range c.Cites {
			all[d] = true
		}
	}
	delete(all, "")
	return all
}

func (n naive) machine(c kg.Claim) bool {
	var last *kg.Review
	for i, r := range n.reviews {
		if !slices.Contains(r.Claims, c.ID) && (r.Document == "" || r.Document != c.Document) &&
			(r.Release == "" || r.Release != c.Release) {
			continue
		}
		if last == nil || r.At > last.At || r.At == last.At && r.ID > last.ID {
			last = &n.reviews[i]
		}
	}
	if last != nil {
		return last.Verdict == kg.CodingMachine
	}
	return c.Extractions != nil || n.book.Releases[c.Release].Coding == kg.CodingMachine
}

func (n naive) tellings(i int) (all []saying) {
	c := n.claims[i]
	for d := range n.documents(c) {
		text := n.original(d)
		owner := n.publisherOr(text, text)
		var spans []kg.Span
		if d == c.Document {
			spans = c.Spans
		}
		for _, a := range c.Claimants {
			all = append(all, saying{i, n.actor(a), text, d, spans, n.actor(a) == owner})
		}
		if len(c.Claimants) == 0 && (c.Release == "" || n.book.Documents[text].Publisher != "") {
			all = append(all, saying{i, owner, text, d, spans, true})
		}
	}
	if len(n.documents(c)) == 0 {
		for _, a := range c.Claimants {
			all = append(all, saying{i, n.actor(a), c.ID, "", nil, false})
		}
	}
	return all
}

func independent(t, u saying) bool {
	if t.voice == u.voice {
		return false
	}
	if t.text != u.text {
		return true
	}
	if t.document != u.document || len(t.spans) == 0 || len(u.spans) == 0 {
		return false
	}
	for _, a := range t.spans {
		for _, b := range u.spans {
			unknown := a.End == 0 || b.End == 0
			if unknown || a.Start < b.End && b.Start < a.End {
				return false
			}
		}
	}
	return true
}

// status returns the status by the claims of some indexes.
func (n naive) status(about []int) kg.ClaimStatus {
	counting := slices.DeleteFunc(slices.Clone(about), func(i int) bool { return n.machines[i] })
	machines := len(counting) == 0
	if machines {
		counting = about
	}
	var positive []saying
	stances := map[kg.Stance]int{}
	for _, i := range counting {
		stances[n.claims[i].Stance]++
		if n.claims[i].Positive() {
			positive = append(positive, n.tellings(i)...)
		}
	}
	asserted := stances[kg.StanceAsserts] + stances[kg.StanceConfirms]
	switch {
	case stances[kg.StanceDisputes] > 0, asserted > 0 && stances[kg.StanceDenies] > 0:
		return kg.StatusDisputed
	case stances[kg.StanceDenies] > 0:
		return kg.StatusDenied
	case machines:
		return kg.StatusUnverified
	}
	result := kg.StatusUnverified
	for _, t := range positive {
		for _, u := range positive {
			c, other := n.claims[t.claim], n.claims[u.claim]
			if !independent(t, u) {
				continue
			}
			if c.Stance == kg.StanceConfirms && t.claim != u.claim && other.AssertedAt.Earliest <= c.KnownFrom() {
				return kg.StatusConfirmed
			}
			if t.text != u.text || !t.publisherSpeaks && !u.publisherSpeaks {
				result = kg.StatusCorroborated
			}
		}
	}
	return result
}

// inCircle reports whether claim i is named, through claims known at a moment, by a claim that it names.
func (n naive) inCircle(i int, at edtf.Instant) bool {
	reached := map[kg.ID]bool{}
	queue := []kg.ID{n.claims[i].ID}
	for len(queue) > 0 {
		for _, c := range n.claims {
			if c.ID != queue[0] || c.KnownFrom() > at {
				continue
			}
			for _, to := range c.Supersedes {
				if to != c.ID && !reached[to] {
					reached[to] = true
					queue = append(queue, to)
				}
			}
		}
		queue = queue[1:]
	}
	return reached[n.claims[i].ID]
}

func (n naive) mayWithdraw(by, target kg.Claim) bool {
	acts := map[kg.ID]bool{}
	for _, a := range by.Claimants {
		acts[n.actor(a)] = true
	}
	if len(by.Claimants) == 0 && by.Document != "" {
		acts[n.publisherOr(by.Document, by.Document)] = true
	}
	may := false
	for _, a := range target.Claimants {
		may = may || acts[n.actor(a)]
	}
	if d := target.Document; d != "" {
		may = may || acts[n.publisherOr(d, d)] || acts[n.publisherOr(n.original(d), n.original(d))]
	}
	dataset := n.book.Releases[by.Release].Name
	return may || dataset != "" && dataset == n.book.Releases[target.Release].Name
}

// withdrawal returns the moment from which claim i withdraws claim j.
func (n naive) withdrawal(i, j int) (at edtf.Instant, found bool) {
	by, target := n.claims[i], n.claims[j]
	at = max(by.KnownFrom(), target.KnownFrom())
	switch {
	case i == j, len(by.Supersedes) == 0 && by.Stance != kg.StanceRetracts, n.machines[i] && !n.machines[j],
		!n.mayWithdraw(by, target):
		return 0, false
	case len(by.Supersedes) > 0:
		return at, slices.Contains(by.Supersedes, target.ID) && target.AssertedAt.Earliest <= by.KnownFrom() &&
			!n.inCircle(i, at)
	}
	return at, by.Stance == kg.StanceRetracts && target.Stance != kg.StanceRetracts &&
		target.KnownFrom() <= by.KnownFrom() && (by.Document == "" || by.Document != target.Document) &&
		(by.Aspect == kg.AspectOccurrence || by.Aspect == target.Aspect)
}

func (n naive) lifetime(j int) lifetime {
	l := lifetime{to: edtf.EndOfTime}
	for i := range n.claims {
		if at, found := n.withdrawal(i, j); found {
			l.to, l.by = min(l.to, at), l.by+1
		}
	}
	return l
}

// answer is what the naive implementation derives at one moment: "" while there is no state.
func (n naive) answer(at edtf.Instant) string {
	var occurrence, part []int
	ever, live := false, false
	documents, publishers, voices, datasets := map[kg.ID]bool{}, map[kg.ID]bool{}, map[kg.ID]bool{}, map[string]bool{}
	for i, c := range n.claims {
		to := n.lives[i].to
		if c.Stance == kg.StanceRetracts || c.KnownFrom() > at || c.KnownFrom() >= to {
			continue
		}
		ever = true
		if to <= at {
			continue
		}
		live = true
		for d := range n.documents(c) {
			documents[d] = true
			publishers[n.publisherOr(d, "")] = true
		}
		datasets[n.book.Releases[c.Release].Name] = true
		if c.Aspect == kg.AspectOccurrence {
			occurrence = append(occurrence, i)
			if c.Positive() && !n.machines[i] {
				for _, t := range n.tellings(i) {
					voices[t.voice] = true
				}
			}
		}
		if len(c.Says.Participants) > 0 && (c.Positive() || c.Aspect == kg.AspectParticipation) {
			part = append(part, i)
		}
	}
	delete(publishers, "")
	delete(datasets, "")
	switch {
	case !ever:
		return ""
	case !live:
		return "RETRACTED"
	}
	participation := ""
	if len(part) > 0 {
		participation = string(n.status(part))
	}
	return fmt.Sprintf("%s, %d documents, %d publishers, %d voices, %d datasets; %s", n.status(occurrence),
		len(documents), len(publishers), len(voices), len(datasets), participation)
}

// derivedAt returns what a history has at one moment, as answer does.
func derivedAt(h kg.History, at edtf.Instant) string {
	s := snapshotOf(h, at)
	if len(s.State) == 0 {
		return ""
	}
	state := s.State[0]
	if state.Status == kg.StatusRetracted {
		return "RETRACTED"
	}
	participation := ""
	if len(s.Participations) > 0 {
		participation = string(s.Participations[0].Status)
	}
	n := state.Sources
	return fmt.Sprintf("%s, %d documents, %d publishers, %d voices, %d datasets; %s", state.Status,
		n.Documents, n.Publishers, n.Voices, n.Datasets, participation)
}

// compare compares the history of a world with the naive implementation. It returns the states, and the numbers of
// claims withdrawn and of notes.
func (w world) compare(t *testing.T, seed uint64) (states []kg.EventState, withdrawn, notes int) {
	t.Helper()
	n := newNaive(w)
	h := kg.Derive(strike, w.claims, w.book)
	for _, l := range h.Lifetimes {
		i := slices.IndexFunc(w.claims, func(c kg.Claim) bool { return c.ID == l.Claim })
		if want := n.lives[i]; want.to != l.KnownTo || want.by != len(l.WithdrawnBy) {
			t.Fatalf("seed %d: %s is known to %s by %v, want %s by %d",
				seed, l.Claim, l.KnownTo, l.WithdrawnBy, want.to, want.by)
		}
		withdrawn += min(1, len(l.WithdrawnBy))
	}
	for _, c := range w.claims {
		for _, at := range []edtf.Instant{c.KnownFrom() - 1, c.KnownFrom()} {
			got, want := derivedAt(h, at), n.answer(at)
			// A participation that only other claims list has a status that no claim decides.
			p := snapshotOf(h, at).Participations
			if got != want && (len(p) == 0 || want != got[:len(got)-len(p[0].Status)]) {
				t.Fatalf("seed %d at %s: %q, want %q", seed, at, got, want)
			}
		}
	}
	var want []kg.WithdrawalNote
	for i, c := range w.claims {
		if c.Stance == kg.StanceRetracts && len(c.Supersedes) == 0 && !n.effective(i, "") {
			want = append(want, kg.WithdrawalNote{Claim: c.ID})
		}
		for _, target := range c.Supersedes {
			if !n.effective(i, target) {
				want = append(want, kg.WithdrawalNote{Claim: c.ID, Target: target})
			}
		}
	}
	got := kg.Withdrawals(w.claims, w.book)
	for i := range got {
		if got[i].Reason == "" {
			t.Fatalf("seed %d: no reason in %v", seed, got[i])
		}
		got[i].Reason = ""
	}
	order := func(a, b kg.WithdrawalNote) int {
		return cmp.Or(cmp.Compare(a.Claim, b.Claim), cmp.Compare(a.Target, b.Target))
	}
	slices.SortFunc(got, order)
	slices.SortFunc(want, order)
	if !slices.Equal(got, want) {
		t.Fatalf("seed %d: notes %v, want %v", seed, got, want)
	}
	return h.States, withdrawn, len(got)
}

// TestOracle compares random histories with the naive implementation.
func TestOracle(t *testing.T) {
	found := map[kg.ClaimStatus]int{}
	withdrawn, notes := 0, 0
	seeds, atLeast := uint64(20_000), 200
	if testing.Short() {
		seeds, atLeast = 1_000, 1
	}
	for seed := range seeds {
		states, gone, ineffective := randomWorld(rand.New(rand.NewPCG(seed, 22))).compare(t, seed)
		for _, s := range states {
			found[s.Status]++
		}
		withdrawn, notes = withdrawn+gone, notes+ineffective
	}
	for _, s := range kg.ClaimStatuses.Values() {
		if found[s] < atLeast {
			t.Errorf("only %d states are %s: %v", found[s], s, found)
		}
	}
	if withdrawn < atLeast || notes < atLeast {
		t.Errorf("only %d claims were withdrawn, with %d notes", withdrawn, notes)
	}
}

// TestOracleInOneText compares claims that point into one text, most of whose passages overlap.
func TestOracleInOneText(t *testing.T) {
	found := map[kg.ClaimStatus]int{}
	for seed := range uint64(5_000) {
		states, _, _ := randomText(rand.New(rand.NewPCG(seed, 23))).compare(t, seed)
		for _, s := range states {
			found[s.Status]++
		}
	}
	for _, s := range []kg.ClaimStatus{kg.StatusUnverified, kg.StatusCorroborated, kg.StatusConfirmed} {
		if found[s] < 500 {
			t.Errorf("only %d states are %s: %v", found[s], s, found)
		}
	}
}

// effective reports whether claim i withdraws a claim, or any if target is empty.
func (n naive) effective(i int, target kg.ID) bool {
	for j, c := range n.claims {
		if _, found := n.withdrawal(i, j); found && (target == "" || target == c.ID) {
			return true
		}
	}
	return false
}
