package release

import "casus/internal/kg"

// Census counts the stored claims of a data set as they hold at a release, at the one before and at the one after it.
// It shows a release that looks like a broken or truncated file.
type Census struct {
	current       *Stated
	before, after neighbor
	counts        map[Hash]claimCounts // by subject
	ended         map[claimAt]bool     // several claims may supersede one
	all, newer    int
	missing       []kg.ID
}

// neighbor is a release before or after another one, if there is one.
type neighbor struct {
	release kg.Release
	found   bool
}

// claimCounts are the numbers of a subject's claims that hold at the release before the current one, at the current one
// and at the one after it.
type claimCounts struct{ before, current, after int32 }

// claimAt is a claim, at a release.
type claimAt struct {
	claim Hash
	at    kg.ID
}

// minRewritten is the number of claims of newer releases from which loading an older release counts as a rewrite of the
// graph, if they are also at least a quarter of all claims.
const minRewritten = 10_000

// maxMissing bounds the subjects without a row in the release that are kept in memory.
const maxMissing = 500_000

// NewCensus returns the census of a release, before any claim.
func NewCensus(current *Stated) *Census {
	c := &Census{current: current, counts: map[Hash]claimCounts{}, ended: map[claimAt]bool{}}
	c.before.release, c.before.found = current.Series.Before(current.Release.ID)
	c.after.release, c.after.found = current.Series.After(current.Release.ID)
	return c
}

// Add counts stored claims, of the data set or not. Each may be added once.
func (c *Census) Add(claims []kg.Claim) {
	c.all += len(claims)
	for i := range claims {
		if c.current.Series.Contains(claims[i]) {
			c.add(&claims[i])
		}
	}
}

func (c *Census) add(claim *kg.Claim) {
	subject := HashOf(string(claim.Subject))
	n, seen := c.counts[subject]
	if !seen && !c.current.subjects[subject] && len(c.missing) <= maxMissing {
		c.missing = append(c.missing, claim.Subject)
	}
	c.count(claim, c.before, &n.before)
	c.count(claim, neighbor{c.current.Release, true}, &n.current)
	c.count(claim, c.after, &n.after)
	if c.counts[subject] = n; !c.current.Series.HoldsFrom(claim.Release, c.current.Release.ID) {
		c.newer++
	}
}

// count counts a claim that holds at a release, and subtracts the claims that it supersedes.
func (c *Census) count(claim *kg.Claim, at neighbor, n *int32) {
	if !at.found || !c.current.Series.HoldsFrom(claim.Release, at.release.ID) {
		return
	}
	if !IsRetraction(*claim) {
		*n++
	}
	for _, id := range claim.Supersedes {
		if key := (claimAt{HashOf(string(id)), at.release.ID}); !c.ended[key] {
			c.ended[key] = true
			*n--
		}
	}
}

// Missing returns the stored subjects without a row in the release. If there are too many, complete is false and
// subjects is nil.
func (c *Census) Missing() (subjects []kg.ID, complete bool) {
	if len(c.missing) > maxMissing {
		return nil, false
	}
	return c.missing, true
}

// Rewrites reports whether the release will rewrite much of the graph because it is older than others.
func (c *Census) Rewrites() bool { return c.newer >= minRewritten && 4*c.newer >= c.all }

// Before returns the release before the current one.
func (c *Census) Before() (r kg.Release, found bool) { return c.before.release, c.before.found }

// After returns the release after the current one.
func (c *Census) After() (r kg.Release, found bool) { return c.after.release, c.after.found }

// CheckBefore returns an error if the release retracts more than half of the statements of the one before it.
func (c *Census) CheckBefore() error {
	stated, retracted := 0, 0
	for subject, n := range c.counts {
		if n.before > 0 {
			stated++
			if n.current > 0 && !c.current.subjects[subject] && !c.current.rejected[subject] {
				retracted++
			}
		}
	}
	if 2*retracted > stated {
		return tooManyRetracted(c.current.Release, c.before.release, retracted, stated)
	}
	return nil
}

// CheckAfter returns an error if the release after this one, which is stored, would retract more than half of this one.
func (c *Census) CheckAfter() error {
	if c.after.release.Partial {
		return nil
	}
	retracted := 0
	for subject := range c.current.subjects {
		if n := c.counts[subject]; n.current == 0 && n.after == 0 {
			retracted++
		}
	}
	if 2*retracted > len(c.current.subjects) {
		return tooManyRetracted(c.after.release, c.current.Release, retracted, len(c.current.subjects))
	}
	return nil
}

func tooManyRetracted(newer, older kg.Release, retracted, stated int) error {
	return kg.Errorf(kg.BadInput, "release %s of %s would retract %d of the %d events and affiliations of "+
		"release %s, more than half, as if a file were broken or cut off: use --allow-retract if it is complete, "+
		"--part if it is a part",
		newer.Release, newer.Name, retracted, stated, older.Release)
}

// CheckPlace returns an error if the place of a new release among the stored ones of its data set is unknown.
func CheckPlace(r kg.Release, others []kg.Release) error {
	newer := ""
	for _, o := range others {
		if r.ReleasedAt == nil || o.ReleasedAt == nil {
			continue
		}
		switch mine, theirs := *r.ReleasedAt, *o.ReleasedAt; {
		case theirs.Latest == mine.Latest:
			return kg.Errorf(kg.Conflict,
				"release %s of %s has the same date as %s, which is stored", r.Release, o.Name, o.Release)
		case o.Partial && theirs.Latest > mine.Latest:
			newer = o.Release
		}
	}
	if newer != "" {
		return kg.Errorf(kg.Conflict,
			"release %s of %s is older than %s, and only a part of that one is stored: load such releases in the order "+
				"of their dates",
			r.Release, r.Name, newer)
	}
	return nil
}
