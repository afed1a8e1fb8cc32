package kg

import (
	"reflect"
	"slices"
)

// Derive computes all that follows from the claims about one subject: its states and edges, each for an interval of
// knowledge, and each claim's life. It is a pure function; the order of the claims does not matter. A claim given twice
// counts once. The rules are those of docs/model.md.
func Derive(subject ID, claims []Claim, voices VoiceBook) History {
	ordered := slices.Clone(claims)
	slices.SortFunc(ordered, CompareClaims)
	ordered = slices.CompactFunc(ordered, func(a, b Claim) bool { return a.ID == b.ID })

	d := derivation{subject: subject, claims: ordered, voices: make([][]ID, len(ordered)), book: voices}
	for i, c := range ordered {
		d.voices[i] = voices.Of(c)
	}
	d.withdraw()
	return d.history()
}

// derivation is the work of one Derive: claims in order, each with its voices.
type derivation struct {
	subject ID
	claims  []Claim
	voices  [][]ID
	book    VoiceBook
}

// withdraw sets every claim's KnownTo and WithdrawnBy. Withdrawal is final: it holds even when the claim that withdrew
// is withdrawn in its turn.
func (d *derivation) withdraw() {
	for i := range d.claims {
		d.claims[i].KnownTo, d.claims[i].WithdrawnBy = EndOfTime, nil
	}
	for i, by := range d.claims {
		for j := range i {
			target := &d.claims[j]
			if !withdraws(by, *target) || !share(d.voices[i], d.voices[j]) {
				continue
			}
			target.WithdrawnBy = append(target.WithdrawnBy, by.ID)
			target.KnownTo = min(target.KnownTo, by.KnownFrom())
		}
	}
}

// withdraws says whether a claim is meant to withdraw an earlier one by the same voice: it names it, or it retracts
// without naming any, which takes back all the voice said of that aspect, and all it said where the occurrence itself
// is taken back.
func withdraws(by, earlier Claim) bool {
	if len(by.Supersedes) > 0 || by.Stance != StanceRetracts {
		return slices.Contains(by.Supersedes, earlier.ID)
	}
	return earlier.Stance != StanceRetracts && (by.Aspect == AspectOccurrence || by.Aspect == earlier.Aspect)
}

// history walks through the moments at which a claim became known and keeps a version wherever something changed.
func (d *derivation) history() History {
	h := History{Subject: d.subject}
	isEvent := d.subject.Kind() == KindEvent
	var (
		states         stateLog
		participations edgeLog[Participation]
		locations      edgeLog[EventLocation]
		wholes         edgeLog[EventPart]
		responses      edgeLog[Response]
		announces      edgeLog[Announcement]
		affiliated     edgeLog[[]ID]
	)
	for next := 0; next < len(d.claims); {
		at, first := d.claims[next].KnownFrom(), next
		for next < len(d.claims) && d.claims[next].KnownFrom() == at {
			next++
		}
		live := d.live(next, at)
		if !isEvent {
			affiliated.note(at, supporters(live))
			continue
		}
		states.note(at, d.state(next, live), idsOf(d.claims[first:next]))
		participations.note(at, participationsOf(live))
		locations.note(at, locationsOf(live))
		wholes.note(at, wholesOf(d.subject, live))
		responses.note(at, responsesOf(d.subject, live))
		announces.note(at, announcementsOf(d.subject, live))
	}
	h.States = states.versions
	h.Participations = participations.versions()
	h.Locations = locations.versions()
	h.Wholes = wholes.versions()
	h.RespondsTo = responses.versions()
	h.Announces = announces.versions()
	h.Affiliated = affiliated.versions()
	for _, c := range d.claims {
		h.Lives = append(h.Lives, ClaimLife{Claim: c.ID, KnownTo: c.KnownTo, WithdrawnBy: c.WithdrawnBy})
	}
	return h
}

// live lists the claims among the first n that stand at a moment, in claim order.
func (d *derivation) live(n int, at Instant) []voiced {
	var live []voiced
	for i, c := range d.claims[:n] {
		if c.Live(at) {
			live = append(live, voiced{Claim: c, voices: d.voices[i]})
		}
	}
	return live
}

// voiced is a claim with its voices.
type voiced struct {
	Claim
	voices []ID
}

// supporters gives one entry under one key: an affiliation is there while a positive claim of it is live.
func supporters(live []voiced) []keyed[[]ID] {
	var ids []ID
	for _, c := range live {
		if c.Positive() {
			ids = append(ids, c.ID)
		}
	}
	if ids == nil {
		return nil
	}
	return []keyed[[]ID]{{edge: ids}}
}

func idsOf(claims []Claim) []ID {
	ids := make([]ID, len(claims))
	for i, c := range claims {
		ids[i] = c.ID
	}
	return ids
}

// stateLog keeps an event's states, one for each stretch in which nothing changed.
type stateLog struct{ versions []EventState }

func (l *stateLog) note(at Instant, state *EventState, because []ID) {
	if state == nil {
		return // not yet there: only withdrawals are known
	}
	state.KnownFrom, state.KnownTo, state.Because = at, EndOfTime, because
	if n := len(l.versions); n > 0 {
		last := &l.versions[n-1]
		same := *state
		same.KnownFrom, same.Because = last.KnownFrom, last.Because
		if reflect.DeepEqual(same, *last) {
			return
		}
		last.KnownTo = at
	}
	l.versions = append(l.versions, *state)
}

// keyed is an edge under its key among one subject's edges of one kind.
type keyed[T any] struct {
	key  string
	edge T
}

// edgeLog keeps the versions of a subject's edges of one kind.
type edgeLog[T any] struct {
	keys []string // in order of first appearance; sorted at the end
	log  map[string][]Versioned[T]
}

func (l *edgeLog[T]) note(at Instant, now []keyed[T]) {
	if l.log == nil {
		l.log = map[string][]Versioned[T]{}
	}
	there := map[string]bool{}
	for _, k := range now {
		there[k.key] = true
		versions, known := l.log[k.key]
		if !known {
			l.keys = append(l.keys, k.key)
		}
		if n := len(versions); n > 0 && versions[n-1].KnownTo == EndOfTime {
			if reflect.DeepEqual(versions[n-1].Edge, k.edge) {
				continue
			}
			versions[n-1].KnownTo = at
		}
		l.log[k.key] = append(versions, Versioned[T]{Interval{at, EndOfTime}, k.edge})
	}
	for key, versions := range l.log {
		if last := &versions[len(versions)-1]; !there[key] && last.KnownTo == EndOfTime {
			last.KnownTo = at
		}
	}
}

// versions lists them by key, each key's in time order.
func (l *edgeLog[T]) versions() []Versioned[T] {
	slices.Sort(l.keys)
	var all []Versioned[T]
	for _, k := range l.keys {
		all = append(all, l.log[k]...)
	}
	return all
}
