package network

import (
	"context"
	"errors"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/projection/snapshot"
)

// snapshotKind names the format of a graph in a file. Its number grows with every change of the format or of the
// columns' meaning.
const snapshotKind = "network 1"

// SaveSnapshot writes the graph of the RESOLVED view to the snapshot, unless that has the same content already or there
// is nothing to write.
func (n *Networks) SaveSnapshot(ctx context.Context) error {
	if n.snapshot.Path == "" {
		return nil
	}
	return n.projection(kg.IdentityResolved).Inspect(ctx, func(g *modeGraph, revision int64) error {
		if before := n.saved.Load(); before != nil && *before == revision {
			return nil
		}
		header := snapshot.Header{Kind: snapshotKind, Revision: revision}
		err := snapshot.Save(ctx, n.snapshot.Path, header, g.encode)
		if err == nil {
			n.saved.Store(&revision)
		}
		return err
	})
}

// restore reads the snapshot. The graph may take limit bytes.
func (n *Networks) restore(limit int64) (g *graph, revision int64, err error) {
	revision, err = snapshot.Load(n.snapshot.Path, snapshotKind, func(d *snapshot.Decoder) { g = decodeGraph(d, limit) })
	switch {
	case err == nil:
		n.saved.Store(&revision)
	case kg.CodeOf(err) != kg.NotFound:
		n.snapshot.Log.Warn("actors and their links are read from the store again", "reason", err)
	}
	return g, revision, err
}

// vocabularies returns the words whose numbers a snapshot holds.
func vocabularies() [][]string {
	return [][]string{
		wordsOf(kg.ClaimStatuses.Values()), wordsOf(kg.Modalities.Values()), wordsOf(kg.ParticipantRoles.Values()),
	}
}

func wordsOf[T ~string](values []T) []string {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = string(v)
	}
	return words
}

// linkColumns are the columns of one type of links. Each link has the interval in which it is known and the numbers of
// its two ends; details, which some types have, holds two numbers below 256 of each.
type linkColumns struct {
	from, to      []edtf.Instant
	a, b, details []uint32
}

func (c *linkColumns) add(known kg.Interval, a, b uint32, details ...uint8) {
	c.from, c.to = append(c.from, known.KnownFrom), append(c.to, known.KnownTo)
	c.a, c.b = append(c.a, a), append(c.b, b)
	if len(details) > 0 {
		c.details = append(c.details, uint32(details[0])|uint32(details[1])<<8)
	}
}

func (c *linkColumns) known(i int) kg.Interval {
	return kg.Interval{KnownFrom: c.from[i], KnownTo: c.to[i]}
}

func (c *linkColumns) encode(e *snapshot.Encoder) {
	snapshot.EncodeNumbers(e, c.from)
	snapshot.EncodeNumbers(e, c.to)
	snapshot.EncodeNumbers(e, c.a)
	snapshot.EncodeNumbers(e, c.b)
	snapshot.EncodeNumbers(e, c.details)
}

// detail returns the details of a link.
func (c *linkColumns) detail(i int) (first, second uint8) {
	return uint8(c.details[i]), uint8(c.details[i] >> 8)
}

// decodeLinks reads what encode wrote. It fails if the columns have different lengths, or if a number is not below its
// bound. A type without details has no bounds of details.
func decodeLinks(d *snapshot.Decoder, boundOfA, boundOfB int, details ...int) linkColumns {
	c := linkColumns{
		from: snapshot.DecodeNumbers[edtf.Instant](d), to: snapshot.DecodeNumbers[edtf.Instant](d),
		a: snapshot.DecodeNumbers[uint32](d), b: snapshot.DecodeNumbers[uint32](d),
		details: snapshot.DecodeNumbers[uint32](d),
	}
	n := len(c.from)
	ok := len(c.to) == n && len(c.a) == n && len(c.b) == n && within(c.a, boundOfA) && within(c.b, boundOfB)
	if len(details) > 0 {
		ok = ok && len(c.details) == n && !slices.ContainsFunc(c.details, func(v uint32) bool {
			return int(v&0xff) >= details[0] || int(v>>8) >= details[1]
		})
	}
	if !ok {
		d.Fail(errColumns)
	}
	return c
}

var (
	errColumns      = errors.New("its columns do not fit together")
	errVocabularies = errors.New("its statuses, modalities or roles are other ones")
)

// within reports whether all numbers are below a bound.
func within(numbers []uint32, bound int) bool {
	return !slices.ContainsFunc(numbers, func(n uint32) bool { return int(n) >= bound })
}
