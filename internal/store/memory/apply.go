package memory

import (
	"context"
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"

	"casus/internal/kg"
	"casus/internal/kg/disagree"
)

// Apply writes a batch into a copy of the graph, and replaces the graph with the copy if there was no error.
func (s *Store) Apply(ctx context.Context, b kg.Batch) (kg.ApplyResult, error) {
	if err := ctx.Err(); err != nil {
		return kg.ApplyResult{}, kg.Errorf(kg.Timeout, "the batch was not applied: %w", err)
	}
	if err := b.Check(); err != nil {
		return kg.ApplyResult{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	g, done, err := s.apply(b)
	if err == nil {
		s.graph = g
	}
	return done, err
}

// apply returns the graph after a batch.
func (s *Store) apply(b kg.Batch) (graph, kg.ApplyResult, error) {
	g := s.graph.clone()
	done := kg.ApplyResult{Added: map[kg.NodeKind]int{}, Changed: map[kg.NodeKind]int{}, Unchanged: map[kg.NodeKind]int{}}
	removed := g.remove(b.Removals)
	if err := errors.Join(
		put(&done, kg.KindActor, g.actors, b.Actors, kg.MergeActor),
		put(&done, kg.KindLocation, g.locations, b.Locations, kg.MergeLocation),
		put(&done, kg.KindDocument, g.documents, b.Documents, kg.MergeDocument),
		put(&done, kg.KindRelease, g.releases, b.Releases, kg.MergeRelease),
		put(&done, kg.KindAffiliation, g.affiliations, b.Affiliations, kg.MergeAffiliation),
		put(&done, kg.KindIdentity, g.decisions, b.Identities, kg.MergeDecision),
		put(&done, kg.KindReview, g.reviews, b.Reviews, kg.MergeReview),
		put(&done, kg.KindCorrection, g.corrections, b.Corrections, kg.MergeCorrection),
	); err != nil {
		return graph{}, kg.ApplyResult{}, err
	}
	added := map[kg.ID]bool{}
	if err := g.move(b, &done); err != nil {
		return graph{}, kg.ApplyResult{}, err
	}
	for _, c := range b.Claims {
		old, known := g.loaded[c.ID]
		merged, same := kg.MergeClaim(old, c)
		switch {
		case !known:
			c.RecordedAt = b.RecordedAt
			g.loaded[c.ID], added[c.ID] = c, true
			done.Added[kg.KindClaim]++
			done.Written = append(done.Written, c.ID)
		case !same:
			done.Conflicts = append(done.Conflicts, kg.ClaimConflict{Stored: old, Given: c})
		case added[c.ID] || kg.SameClaim(merged, old):
			g.loaded[c.ID] = merged
			done.Unchanged[kg.KindClaim]++
		default:
			g.loaded[c.ID] = merged
			done.Changed[kg.KindClaim]++
			done.Written = append(done.Written, c.ID)
		}
	}
	if err := g.checkReferences(b); err != nil {
		return graph{}, kg.ApplyResult{}, err
	}
	if b.Checkpoint != nil {
		g.checkpoints[b.Checkpoint.Key] = b.Checkpoint.Value
	}
	for _, c := range b.Ledger {
		g.checkpoints[c.Key] = c.Value
	}
	if b.Brought != "" {
		g.checkpoints[b.Brought] = brought(b, done.Conflicts, func(id kg.ID) bool { return added[id] && !removed[id] })
	}
	done.Removed = len(removed)
	done.Written = append(done.Written, slices.Collect(maps.Keys(removed))...)
	for id := range removed {
		if _, again := g.decisionOrClaim(id); again {
			done.Added[id.Kind()]--
			done.Changed[id.Kind()]++
			done.Removed--
		}
	}
	maps.DeleteFunc(done.Added, func(_ kg.NodeKind, n int) bool { return n == 0 })
	g.derive()
	g.reportCorrections(b.Claims, &done)
	g.log = g.nextLog(s.graph, len(done.Written))
	return g, done, nil
}

// brought returns the claims that a batch brings, a blank after each: without conflicts, and without planned ones that
// were stored before.
func brought(b kg.Batch, conflicts []kg.ClaimConflict, added func(kg.ID) bool) string {
	var ids []string
	for _, c := range b.Claims {
		conflict := slices.ContainsFunc(conflicts, func(k kg.ClaimConflict) bool { return k.Given.ID == c.ID })
		planned := slices.Contains(b.Planned, c.ID) && !added(c.ID)
		if !conflict && !planned && !slices.Contains(ids, string(c.ID)+" ") {
			ids = append(ids, string(c.ID)+" ")
		}
	}
	return strings.Join(ids, "")
}

// move moves stored claims to other releases of their data set.
func (g graph) move(b kg.Batch, done *kg.ApplyResult) error {
	moved := map[kg.ID]bool{}
	for _, m := range b.Moves {
		i := slices.IndexFunc(b.Claims, func(c kg.Claim) bool { return c.ID == m.Claim })
		if i < 0 || moved[m.Claim] {
			continue
		}
		moved[m.Claim] = true
		old, c := g.loaded[m.Claim], b.Claims[i]
		if g.releases[m.From].Name == "" || g.releases[m.From].Name != g.releases[c.Release].Name {
			return kg.Errorf(kg.BadInput, "%s is not of another release of its data set", m.Claim)
		}
		before := c
		before.Release = m.From
		if old.Digest() != before.Digest() && old.Digest() != c.Digest() {
			return kg.Errorf(kg.Conflict, "%s is not stored as %s states it", m.Claim, m.From)
		}
		c.RecordedAt = b.RecordedAt
		g.loaded[c.ID] = c
		done.Changed[kg.KindClaim]++
		done.Unchanged[kg.KindClaim]-- // the batch's claim is found stored afterwards
		done.Written = append(done.Written, c.ID)
	}
	return nil
}

// checked is a record that checks itself.
type checked interface {
	kg.Identified
	Check() error
}

// put merges records into the stored ones and checks the results. Merging a record with itself makes it canonical.
func put[T checked](
	done *kg.ApplyResult, kind kg.NodeKind, stored map[kg.ID]T, records []T, merge func(a, b T) (T, []kg.FieldConflict),
) error {
	before := map[kg.ID]*T{}
	for _, r := range records {
		id := r.NodeID()
		base, known := stored[id]
		if _, seen := before[id]; !seen {
			before[id] = nil
			if known {
				old := base
				before[id] = &old
			}
		}
		if !known {
			base = r
		}
		merged, conflicts := merge(base, r)
		stored[id] = merged
		done.FieldConflicts = append(done.FieldConflicts, conflicts...)
	}
	for id, old := range before {
		if err := stored[id].Check(); err != nil {
			return err
		}
		switch {
		case old == nil:
			done.Added[kind]++
			done.Written = append(done.Written, id)
		case reflect.DeepEqual(*old, stored[id]):
			done.Unchanged[kind]++
		default:
			done.Changed[kind]++
			done.Written = append(done.Written, id)
		}
	}
	return nil
}

// checkReferences returns an error unless every reference leads to something stored, and no location or document
// refers to itself. Of reviews and corrections it checks only those of the batch: a release may have removed the claims
// of others.
func (g graph) checkReferences(b kg.Batch) error {
	events := map[kg.ID]bool{}
	for _, c := range g.loaded {
		events[c.Subject] = true
	}
	check := func(by kg.ID, ids ...kg.ID) error {
		for _, id := range ids {
			if id != "" && !g.stored(id) && !(id.Kind() == kg.KindEvent && events[id]) {
				return kg.Errorf(kg.BadInput, "unknown references: %s refers to %s", by, id)
			}
		}
		return nil
	}
	var errs []error
	for _, l := range g.locations {
		errs = append(errs, check(l.ID, l.Parents...))
	}
	parents := func(id kg.ID) []kg.ID { return g.locations[id].Parents }
	errs = append(errs, checkChain(g.locations, parents, "it would lie in itself",
		kg.BoundError{Field: "parents", Bound: kg.MaxChain, Unit: "places above one another"}))
	for _, d := range g.documents {
		errs = append(errs, check(d.ID, d.Publisher, d.Syndicates))
	}
	original := func(id kg.ID) []kg.ID {
		if d := g.documents[id]; d.Syndicates != "" {
			return []kg.ID{d.Syndicates}
		}
		return nil
	}
	errs = append(errs, checkChain(g.documents, original, "it would reprint itself",
		kg.BoundError{Field: "syndicates", Bound: kg.MaxChain, Unit: "documents that reprint one another"}))
	for _, a := range g.affiliations {
		errs = append(errs, check(a.ID, a.Holder, a.Counterpart))
	}
	for _, d := range g.decisions {
		errs = append(errs, check(d.ID, d.A, d.B))
	}
	for _, c := range g.loaded {
		errs = append(errs, check(c.ID, c.References()...))
	}
	for _, v := range b.Reviews {
		errs = append(errs, check(v.ID, v.Targets()...))
	}
	for _, c := range b.Corrections {
		errs = append(errs, check(c.ID, c.References()...))
	}
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// stored reports whether there is a record with this id. Events have no records.
func (g graph) stored(id kg.ID) bool {
	_, a := g.actors[id]
	_, l := g.locations[id]
	_, d := g.documents[id]
	_, r := g.releases[id]
	_, f := g.affiliations[id]
	_, c := g.loaded[id]
	return a || l || d || r || f || c
}

// ancestors returns the places and everything that contains them.
func (g graph) ancestors(places []kg.ID) map[kg.ID]bool {
	found := map[kg.ID]bool{}
	for len(places) > 0 {
		at := places[0]
		places = places[1:]
		if !found[at] {
			found[at] = true
			places = append(slices.Clone(places), g.locations[at].Parents...)
		}
	}
	return found
}

// height returns the number of nodes in the longest chain above a node, the node among them; ok is false if the node is
// above itself. heights holds the heights found so far, 0 while a node is being visited.
func height(id kg.ID, above func(kg.ID) []kg.ID, heights map[kg.ID]int) (n int, ok bool) {
	if n, seen := heights[id]; seen {
		return n, n > 0
	}
	heights[id] = 0
	for _, up := range above(id) {
		h, ok := height(up, above, heights)
		if !ok {
			return 0, false
		}
		n = max(n, h)
	}
	heights[id] = n + 1
	return n + 1, true
}

// checkChain returns an error if a node is above itself or a chain is too long.
func checkChain[T any](nodes map[kg.ID]T, above func(kg.ID) []kg.ID, problem string, bound kg.BoundError) error {
	heights := map[kg.ID]int{}
	for id := range nodes {
		n, ok := height(id, above, heights)
		if !ok {
			return kg.Errorf(kg.BadInput, "%s: %s", id, problem)
		}
		if bound.Size = n; n > kg.MaxChain {
			return kg.Errorf(kg.BadInput, "%s: %w", id, &bound)
		}
	}
	return nil
}

// derive derives everything from the claims again: once without identity decisions and, if any nodes are merged, once
// from records with merged ids.
func (g *graph) derive() {
	g.correct()
	g.deriveHistories()
	var all []kg.IdentityDecision
	for _, d := range g.decisions {
		all = append(all, d)
	}
	g.classes, g.resolved = kg.NewIdentities(kg.Classes(all)), nil
	if g.classes.HasMerged("") {
		g.resolved = g.resolve()
		g.resolved.deriveHistories()
	}
}

// resolve returns the records with every id replaced by its class.
func (g *graph) resolve() *graph {
	n := New().graph
	n.releases, n.classes, n.reviews = g.releases, g.classes, g.reviews
	actors, locations := map[kg.ID][]kg.Actor{}, map[kg.ID][]kg.Location{}
	for id, a := range g.actors {
		actors[g.classes.ClassOf(id)] = append(actors[g.classes.ClassOf(id)], a)
	}
	for id, records := range actors {
		n.actors[id] = g.classes.MergeActors(records)
	}
	for id, l := range g.locations {
		locations[g.classes.ClassOf(id)] = append(locations[g.classes.ClassOf(id)], l)
	}
	for id, records := range locations {
		n.locations[id] = g.classes.MergeLocations(records)
	}
	for id, d := range g.documents {
		n.documents[id] = g.classes.Document(d)
	}
	for id, a := range g.affiliations {
		n.affiliations[id] = g.classes.Affiliation(a)
	}
	for id, c := range g.claims {
		n.claims[id] = g.classes.Claim(c)
	}
	return &n
}

// book returns what voices and codings depend on.
func (g *graph) book() kg.VoiceBook {
	reviews := kg.LatestReviews(slices.Collect(maps.Values(g.reviews)))
	return kg.VoiceBook{Documents: g.documents, Releases: g.releases, Reviews: reviews}
}

// deriveHistories derives histories and lifetimes from the records.
func (g *graph) deriveHistories() {
	book := g.book().WithOriginals()
	g.claimsBySubject, g.histories, g.lifetimes = map[kg.ID][]kg.Claim{}, map[kg.ID]kg.History{},
		map[kg.ID]kg.ClaimLifetime{}
	for _, c := range g.claims {
		g.claimsBySubject[c.Subject] = append(g.claimsBySubject[c.Subject], c)
	}
	for subject, claims := range g.claimsBySubject {
		slices.SortFunc(claims, kg.CompareClaims)
		h := disagree.Derive(subject, claims, book, func(l kg.ID) []kg.ID { return g.locations[l].Parents })
		g.histories[subject] = h
		for _, l := range h.Lifetimes {
			g.lifetimes[l.Claim] = l
		}
	}
}
