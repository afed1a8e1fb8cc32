package kg

import (
	"cmp"
	"slices"

	"casus/internal/edtf"
)

// status applies the rules in the section Status of docs/model.md to live claims about one event or participation.
func status(live []*voicedClaim, book *VoiceBook) ClaimStatus {
	onlyMachine := !slices.ContainsFunc(live, func(c *voicedClaim) bool { return !c.machine })
	positive := make([]*voicedClaim, 0, len(live))
	denied, disputed, confirmed := false, false, false
	for _, c := range live {
		switch {
		case c.machine && !onlyMachine:
		case c.Positive():
			positive = append(positive, c)
			confirmed = confirmed || c.Stance == StanceConfirms
		case c.Stance == StanceDenies:
			denied = true
		case c.Stance == StanceDisputes:
			disputed = true
		}
	}
	switch {
	case disputed, denied && len(positive) > 0:
		return StatusDisputed
	case denied:
		return StatusDenied
	case onlyMachine:
		return StatusUnverified
	case confirmed && isConfirmed(positive, book):
		return StatusConfirmed
	case isCorroborated(positive, book):
		return StatusCorroborated
	}
	return StatusUnverified
}

// isConfirmed reports whether a telling of a CONFIRMS is independent of a telling of another claim that it may have
// followed.
func isConfirmed(positive []*voicedClaim, book *VoiceBook) bool {
	if len(positive) == 1 {
		return false
	}
	all := slices.Collect(book.tellingsOf(positive))
	var confirming []*telling
	for _, t := range all {
		if t.claim.Stance == StanceConfirms {
			confirming = append(confirming, t)
		}
	}
	slices.SortFunc(confirming, func(t, u *telling) int { return cmp.Compare(t.claim.from, u.claim.from) })
	slices.SortFunc(all, func(t, u *telling) int {
		return cmp.Compare(t.claim.AssertedAt.Earliest, u.claim.AssertedAt.Earliest)
	})
	var earlier witnesses
	next := 0
	for _, t := range confirming {
		for ; next < len(all) && t.follows(all[next]); next++ {
			earlier.add(all[next])
		}
		if earlier.differ(telling{claim: t.claim, voice: t.voice, text: t.text}) {
			return true
		}
	}
	return anyDocumentHasIndependent(confirming, all, false)
}

// isCorroborated reports whether two tellings are independent. A publisher is not independent of the people that its
// own text quotes.
func isCorroborated(positive []*voicedClaim, book *VoiceBook) bool {
	if len(positive) == 1 && len(positive[0].documents) < 2 { // most events
		return false
	}
	var others witnesses
	for t := range book.tellingsOf(positive) {
		if others.differ(telling{voice: t.voice, text: t.text}) {
			return true
		}
		others.add(t)
	}
	var quoted []*telling
	for t := range book.tellingsOf(positive) {
		if !t.own {
			quoted = append(quoted, t)
		}
	}
	return anyDocumentHasIndependent(quoted, quoted, true)
}

// witnesses stand for many tellings: if any of the many differs from some telling in claim, voice and text, one of the
// witnesses does too. There are at most eight.
type witnesses []*telling

// differ reports whether a witness differs from t in claim, voice and text. If t has no claim, the claims do not
// matter.
func (w witnesses) differ(t telling) bool {
	return slices.ContainsFunc(w, func(u *telling) bool { return u.differs(&t) })
}

func (t *telling) differs(u *telling) bool {
	return t.claim != u.claim && t.voice != u.voice && t.text != u.text
}

// add adds a telling to the witnesses if they do not stand for it yet.
func (w *witnesses) add(t *telling) {
	if w.lack(t, telling{}) {
		*w = append(*w, t)
	}
}

// lack reports whether a telling is possible that differs from t but from no witness, and has the values of like that
// are set. The witnesses then do not stand for t yet.
func (w witnesses) lack(t *telling, like telling) bool {
	i := slices.IndexFunc(w, func(u *telling) bool { return u.differs(&like) })
	if i < 0 {
		return true
	}
	u := w[i]
	if like.claim == nil && u.claim != t.claim {
		more := like
		if more.claim = u.claim; w.lack(t, more) {
			return true
		}
	}
	if like.voice == "" && u.voice != t.voice {
		more := like
		if more.voice = u.voice; w.lack(t, more) {
			return true
		}
	}
	if like.text == "" && u.text != t.text {
		like.text = u.text
		return w.lack(t, like)
	}
	return false
}

// anyDocumentHasIndependent reports whether a telling of a and one of b in the same document are independent and,
// unless anyOrder is set, the first may have followed the second.
func anyDocumentHasIndependent(a, b []*telling, anyOrder bool) bool {
	first, second := byDocument(a), byDocument(b)
	for document, tellings := range first {
		if hasIndependent(tellings, second[document], anyOrder) {
			return true
		}
	}
	return false
}

// byDocument returns the tellings that show their passages, by document.
func byDocument(tellings []*telling) map[ID][]*telling {
	found := map[ID][]*telling{}
	for _, t := range tellings {
		if len(t.passages) > 0 {
			found[t.document] = append(found[t.document], t)
		}
	}
	return found
}

// hasIndependent is anyDocumentHasIndependent for tellings that are all in one document. It sorts them, and compares
// pairs only if one of the two has several passages.
func hasIndependent(a, b []*telling, anyOrder bool) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	if endBefore(extentsOf(a, false), extentsOf(b, false), anyOrder) ||
		endBefore(extentsOf(a, true), extentsOf(b, true), anyOrder) {
		return true
	}
	for _, t := range a {
		for _, u := range b {
			if (len(t.passages) > 1 || len(u.passages) > 1) && (anyOrder || t.follows(u)) && t.independent(u) {
				return true
			}
		}
	}
	return false
}

// extent is a telling with the bounds of all its passages.
type extent struct {
	*telling
	start, end int
}

// extentsOf returns the extents of tellings; if mirrored is set, as positions in the text read backwards.
func extentsOf(tellings []*telling, mirrored bool) []extent {
	all := make([]extent, len(tellings))
	for i, t := range tellings {
		all[i] = extent{t, t.passages[0].start, t.passages[len(t.passages)-1].end}
		if mirrored {
			all[i].start, all[i].end = -all[i].end, -all[i].start
		}
	}
	return all
}

// endBefore reports whether an extent of b ends before one of a with another voice begins and, unless anyOrder is set,
// was asserted early enough for the one of a to follow it.
func endBefore(a, b []extent, anyOrder bool) bool {
	slices.SortFunc(a, func(t, u extent) int { return cmp.Compare(t.start, u.start) })
	slices.SortFunc(b, func(t, u extent) int { return cmp.Compare(t.end, u.end) })
	var ended earliestOfTwo
	next := 0
	for _, t := range a {
		for ; next < len(b) && b[next].end <= t.start; next++ {
			ended.add(b[next].telling)
		}
		if at, found := ended.without(t.voice); found && (anyOrder || at <= t.claim.from) {
			return true
		}
	}
	return false
}

// earliestOfTwo holds the two voices of some tellings that asserted their claims first, and when. They suffice to find
// the first voice other than a given one.
type earliestOfTwo struct {
	voices [2]ID
	at     [2]edtf.Instant
}

func (e *earliestOfTwo) add(t *telling) {
	at := t.claim.AssertedAt.Earliest
	switch {
	case t.voice == e.voices[0]:
		e.at[0] = min(e.at[0], at)
	case e.voices[0] == "" || at < e.at[0]:
		e.voices, e.at = [2]ID{t.voice, e.voices[0]}, [2]edtf.Instant{at, e.at[0]}
	case e.voices[1] == "" || at < e.at[1]:
		e.voices[1], e.at[1] = t.voice, at
	}
}

// without returns the earliest time of a voice other than the given one.
func (e *earliestOfTwo) without(voice ID) (at edtf.Instant, found bool) {
	i := 0
	if e.voices[0] == voice {
		i = 1
	}
	return e.at[i], e.voices[i] != ""
}
