package kg

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// Digest returns a hash of the claim's content, without its extractions and the fields that stores set when they write
// or read it. Two claims with one id and different digests contradict each other, unless MergeClaim reports that they
// differ only by the check of their spans.
func (c Claim) Digest() string {
	c.Extractions = nil
	text, _ := json.Marshal(c) // fails only for numbers that JSON lacks, which Check refuses
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
