package loader

import (
	"bufio"
	"encoding/binary"
	"errors"
	"hash/maphash"
	"io"
	"iter"

	"casus/internal/kg"
	"casus/internal/spill"
	"casus/internal/store/codec"
)

// inputClaims are the ids of claims that an input has or names in supersedes, and the new claims that wait for its end.
// They are spilled: an input may be larger than memory.
type inputClaims struct {
	seed maphash.Seed
	// ids are hashes of 8 bytes. Two ids with one hash are so unlikely that a change is never missed for it.
	ids     *spill.File
	waiting *spill.File
}

// claimsPerPass is the number of claims that are compared in one pass over the ids.
const claimsPerPass = 5000

func newInputClaims() *inputClaims {
	return &inputClaims{
		maphash.MakeSeed(), spill.New("claims", "the ids of claims"), spill.New("waiting", "claims that wait"),
	}
}

// name adds the id of a claim, and the ids that it supersedes.
func (c *inputClaims) name(id kg.ID, supersedes []kg.ID) error {
	hash := binary.LittleEndian.AppendUint64(make([]byte, 0, 8), c.hash(id))
	for _, s := range supersedes {
		hash = binary.LittleEndian.AppendUint64(hash, c.hash(s))
	}
	_, err := c.ids.Write(hash)
	return err
}

func (c *inputClaims) hash(id kg.ID) uint64 { return maphash.String(c.seed, string(id)) }

// named returns a function that reports for each of some claims whether the input has its id or names it.
func (c *inputClaims) named(claims []kg.Claim) (func(kg.ID) bool, error) {
	found := make(map[uint64]bool, len(claims))
	for i := range claims {
		found[c.hash(claims[i].ID)] = false
	}
	r := bufio.NewReaderSize(c.ids.Reader(), 64<<10)
	for hash := make([]byte, 8); len(found) > 0; {
		_, err := io.ReadFull(r, hash)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, kg.Errorf(kg.Unavailable, "cannot read the ids of claims from a temporary file: %w", err)
		}
		if key := binary.LittleEndian.Uint64(hash); !found[key] {
			if _, wanted := found[key]; wanted {
				found[key] = true
			}
		}
	}
	return func(id kg.ID) bool { return found[c.hash(id)] }, nil
}

// addWaiting adds new claims of a record that waits.
func (c *inputClaims) addWaiting(claims []kg.Claim) error {
	for i := range claims {
		text, err := codec.Encode(claims[i])
		if err != nil {
			return err
		}
		if _, err := c.waiting.Add([]byte(text)); err != nil {
			return err
		}
	}
	return nil
}

// waitingClaims iterates over the claims of addWaiting, claimsPerPass at a time. It ends after an error.
func (c *inputClaims) waitingClaims() iter.Seq2[[]kg.Claim, error] {
	return func(yield func([]kg.Claim, error) bool) {
		var claims []kg.Claim
		for block, err := range c.waiting.Blocks() {
			var claim kg.Claim
			if err == nil {
				claim, err = codec.Decode[kg.Claim](string(block))
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if claims = append(claims, claim); len(claims) == claimsPerPass {
				if !yield(claims, nil) {
					return
				}
				claims = nil
			}
		}
		if len(claims) > 0 {
			yield(claims, nil)
		}
	}
}
