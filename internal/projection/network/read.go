package network

import (
	"context"

	"casus/internal/kg"
	"casus/internal/store"
)

// linkBuffer collects the links that a store returns, with numbers in place of ids.
type linkBuffer struct {
	g              *graph
	limit          int64
	states         map[uint32][]state // of events that have several
	parts          []bufferedPart
	participations [][]bufferedParticipation // in chunks, which are not copied as their number grows
	affiliations   []affiliation
}

// participationChunk is the number of participations in a chunk.
const participationChunk = 1 << 14

type bufferedPart struct {
	part uint32
	whole
}

type bufferedParticipation struct {
	event uint32
	participation
}

// The index of each term in its vocabulary.
var (
	roleNumbers     = numbersOf(kg.ParticipantRoles)
	statusNumbers   = numbersOf(kg.ClaimStatuses)
	modalityNumbers = numbersOf(kg.Modalities)
)

func numbersOf[T ~string](v kg.Vocabulary[T]) map[T]uint8 {
	all := map[T]uint8{}
	for i, term := range v.Values() {
		all[term] = uint8(i)
	}
	return all
}

// read returns the links of subjects; nil means all. It adds their actors and events to g, and counts them in p. It
// returns LIMIT_EXCEEDED if g takes more than limit bytes.
func read(
	ctx context.Context, source store.LinkReader, mode kg.IdentityMode, g *graph, subjects []kg.ID, limit int64,
	p *progress,
) (*linkBuffer, error) {
	t := &linkBuffer{g: g, limit: limit, states: map[uint32][]state{}}
	err := source.Links(ctx, mode, subjects, store.LinkSink{
		State: func(id kg.ID, s store.LinkState) error {
			t.addState(g.event(id), state{s.Interval, s.Start, statusNumbers[s.Status], modalityNumbers[s.Modality]})
			p.add(s.Interval)
			return t.checkMemory()
		},
		Part: func(part, of kg.ID, known kg.Interval) error {
			t.addPart(bufferedPart{g.event(part), whole{g.event(of), known}})
			return t.checkMemory()
		},
		Participation: func(l store.LinkParticipation) error {
			t.addParticipation(bufferedParticipation{
				g.event(l.Event), participation{l.Interval, g.actor(l.Actor), roleNumbers[l.Role], statusNumbers[l.Status]},
			})
			p.add(l.Interval)
			return t.checkMemory()
		},
		Affiliation: func(a store.LinkAffiliation) error {
			if a.Counterpart.Kind() == kg.KindActor && a.Counterpart != a.Holder {
				t.addAffiliation(affiliation{a.Interval, a.Start, a.ID, g.actor(a.Holder), g.actor(a.Counterpart)})
			}
			return t.checkMemory()
		},
	})
	return t, err
}

func (t *linkBuffer) addState(e uint32, version state) {
	if old := t.g.rows[e].state; old.KnownFrom < old.KnownTo {
		if len(t.states[e]) == 0 {
			t.states[e] = append(t.states[e], old)
		}
		t.states[e] = append(t.states[e], version)
		t.g.memory += bytesOfOther
	}
	t.g.rows[e].state = version
}

func (t *linkBuffer) addPart(p bufferedPart) {
	t.parts = append(t.parts, p)
	t.g.memory += bytesOfOther
}

func (t *linkBuffer) addAffiliation(a affiliation) {
	t.affiliations = append(t.affiliations, a)
	t.g.memory += bytesOfOther
}

func (t *linkBuffer) addParticipation(p bufferedParticipation) {
	last := len(t.participations) - 1
	if last < 0 || len(t.participations[last]) == participationChunk {
		t.participations = append(t.participations, nil)
		last++
	}
	t.participations[last] = append(t.participations[last], p)
	t.g.memory += bytesOfParticipation
}

func (t *linkBuffer) checkMemory() error {
	if t.g.memory > t.limit {
		return kg.Errorf(kg.LimitExceeded,
			"the graph needs more than the %d MiB of memory that networks may take: raise --network-memory",
			max(t.limit, 0)>>20)
	}
	return nil
}
