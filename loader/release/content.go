package release

import (
	"crypto/sha256"
	"strings"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// Hash is a short hash of a content, or of a content with its group.
type Hash [16]byte

// HashOf returns the hash of a text.
func HashOf(s string) Hash {
	sum := sha256.Sum256([]byte(s))
	return Hash(sum[:16])
}

// Content returns a hash of everything a claim states except its id, release and dates.
func Content(c kg.Claim) Hash {
	c.ID, c.Release, c.Supersedes, c.AssertedAt = "", "", nil, edtf.Time{}
	return HashOf(c.Digest())
}

// inGroup returns the hash of a content in a group of its subject.
func inGroup(group kg.ID, content Hash) Hash {
	return HashOf(string(group) + "\n" + string(content[:]))
}

// GroupOf returns the group of a row's claim: the id that the mapping gave it. Claims of a subject without one, whose
// ids are derived or still empty, are one group, "".
func GroupOf(id kg.ID) kg.ID {
	if id == "" || isDerived(id) {
		return ""
	}
	return id
}

// isDerived reports whether a claim's id was derived from its content.
func isDerived(id kg.ID) bool {
	_, key, _ := strings.Cut(string(id), ":")
	return len(key) == derivedLength && strings.IndexFunc(key, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'a' || r > 'v')
	}) < 0
}

// derivedLength is the length of the key of a derived id.
var derivedLength = len(kg.DeriveID(kg.KindClaim, "")) - len(kg.KindClaim) - 1

// groupOf returns the group of a stored claim.
func (s Series) groupOf(c kg.Claim) kg.ID {
	if isDerived(c.ID) {
		return ""
	}
	group, _ := strings.CutSuffix(string(c.ID), s.suffix(s.index[c.Release]))
	return kg.ID(group)
}

// retractionID returns the id of the claim by which a release retracts one.
func retractionID(release, claim kg.ID) kg.ID {
	return kg.DeriveID(kg.KindClaim, "retracts", string(release), string(claim))
}

// IsRetraction reports whether a claim is one by which a release retracts another.
func IsRetraction(c kg.Claim) bool {
	return c.Stance == kg.StanceRetracts && len(c.Supersedes) == 1 && c.ID == retractionID(c.Release, c.Supersedes[0])
}

// content is one content of a group, with the releases that state it.
type content struct {
	group  kg.ID
	hash   Hash
	stored []kg.Claim // the stored claims that state it, in the order of their releases
	rows   []kg.Claim // the claims of the current release's given rows; they differ in their dates alone
	stated []bool     // by each release of the series
	runs   []run
}

// run is a run of releases that state a content, without a release between them that lacks it. Its claims are those of
// its first release: one for each date of a row. What later releases state again changes no date.
type run struct {
	begin  int
	end    int // the first release that lacks it, or the number of releases
	claims []kg.Claim
}

// storedFor returns the stored claims that begin with a release, the earliest first.
func (c *content) storedFor(release kg.ID) []kg.Claim {
	var all []kg.Claim
	for _, s := range c.stored {
		if s.Release == release {
			all = append(all, s)
		}
	}
	return all
}

// pinnedID returns the id of the first stored claim that another claim names; found is false if there is none.
func (c *content) pinnedID(pinned map[kg.ID]bool) (id kg.ID, found bool) {
	for _, s := range c.stored {
		if pinned[s.ID] {
			return s.ID, true
		}
	}
	return "", false
}
