package bulk

import (
	"encoding/binary"
	"errors"
	"hash/maphash"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/spill"
	"casus/internal/store/codec"
)

// hash identifies an id in fewer bytes.
type hash [16]byte

// hashSeeds are the random seeds of the two halves of a hash, new for each process.
var hashSeeds = [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}

func hashOf(id kg.ID) (h hash) {
	binary.LittleEndian.PutUint64(h[:8], maphash.String(hashSeeds[0], string(id)))
	binary.LittleEndian.PutUint64(h[8:], maphash.String(hashSeeds[1], string(id)))
	return h
}

// partitions is the number of files that claims are spread over by their subject. Each is read into memory as a whole.
const partitions = 64

// claims spools claims to temporary files. In memory it holds their places in the files, and hashes of the ids of the
// events that they are about.
type claims struct {
	parts    [partitions]claimPart
	places   map[hash]claimPlace
	events   map[hash]struct{}
	replaced map[claimNumber]bool // earlier records of claims
}

type claimPart struct {
	spilled *spill.File
	count   uint32
}

// claimNumber is a spooled claim's partition and its number there.
type claimNumber struct {
	part   uint8
	number uint32
}

type claimPlace struct {
	spill.Block
	claimNumber
}

// stagedClaim is a claim of the current batch, and its bytes to be spooled.
type stagedClaim struct {
	id, subject kg.ID
	packed      []byte
}

func newClaims(dir string) *claims {
	c := &claims{places: map[hash]claimPlace{}, events: map[hash]struct{}{}, replaced: map[claimNumber]bool{}}
	for i := range c.parts {
		c.parts[i].spilled = spill.NewIn(dir, "claims", "claims")
	}
	return c
}

// find returns a claim of an earlier batch.
func (c *claims) find(id kg.ID) (claim kg.Claim, found bool, err error) {
	at, found := c.places[hashOf(id)]
	if !found {
		return claim, false, nil
	}
	block, err := c.parts[at.part].spilled.Find(at.Block)
	if err == nil {
		claim, err = unpackClaim(block).decode()
	}
	return claim, err == nil, err
}

// has reports whether a claim, or an event with a claim, is known.
func (c *claims) has(id kg.ID) bool {
	h := hashOf(id)
	if _, found := c.places[h]; found {
		return true
	}
	_, found := c.events[h]
	return found
}

// add spools a claim in place of an earlier record of it.
func (c *claims) add(claim stagedClaim) error {
	id, subject := hashOf(claim.id), hashOf(claim.subject)
	at := claimPlace{claimNumber: claimNumber{part: subject[0] % partitions}}
	part := &c.parts[at.part]
	at.number = part.count
	part.count++
	var err error
	if at.Block, err = part.spilled.Add(claim.packed); err != nil {
		return err
	}
	if before, found := c.places[id]; found {
		c.replaced[before.claimNumber] = true
	}
	c.places[id] = at
	if claim.subject.Kind() == kg.KindEvent {
		c.events[subject] = struct{}{}
	}
	return nil
}

// read returns the claims of a partition, decoded as far as their subjects.
func (c *claims) read(part int) ([]packedClaim, error) {
	var all []packedClaim
	n := claimNumber{part: uint8(part)}
	for block, err := range c.parts[part].spilled.Blocks() {
		if err != nil {
			return nil, err
		}
		if !c.replaced[n] {
			all = append(all, unpackClaim(block))
		}
		n.number++
	}
	return all, nil
}

func (c *claims) close() error {
	var errs []error
	for i := range c.parts {
		errs = append(errs, c.parts[i].spilled.Close())
	}
	return errors.Join(errs...)
}

// packedClaim is a spooled claim: its record, the field that records lack, and the subject, by which claims are sorted.
type packedClaim struct {
	recordedAt edtf.Instant
	subject    kg.ID
	record     string
}

// appendClaim appends the bytes of a packed claim.
func appendClaim(to []byte, c kg.Claim) ([]byte, error) {
	to = binary.AppendVarint(to, int64(c.RecordedAt))
	to = binary.AppendUvarint(to, uint64(len(c.Subject)))
	return codec.Append(append(to, c.Subject...), c)
}

func unpackClaim(block []byte) packedClaim {
	recordedAt, n := binary.Varint(block)
	block = block[n:]
	size, n := binary.Uvarint(block)
	block = block[n:]
	return packedClaim{edtf.Instant(recordedAt), kg.ID(block[:size]), string(block[size:])}
}

func (p packedClaim) decode() (kg.Claim, error) {
	c, err := codec.Decode[kg.Claim](p.record)
	c.RecordedAt = p.recordedAt
	return c, err
}
