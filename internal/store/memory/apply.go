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
	"casus/internal/kg/merge"
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
	decisions, reviews, corrections := maps.Clone(g.decisions), maps.Clone(g.reviews), maps.Clone(g.corrections)
	put(g.actors, b.Actors, merge.Actors.Merge)
	put(g.locations, b.Locations, merge.Locations.Merge)
	put(g.documents, b.Documents, merge.Documents.Merge)
	put(g.releases, b.Releases, merge.Releases.Merge)
	put(g.affiliations, b.Affiliations, merge.Affiliations.Merge)
	put(g.decisions, b.Identities, mergeAndReport(&done, kg.MergeDecision))
	put(g.reviews, b.Reviews, mergeAndReport(&done, kg.MergeReview))
	put(g.corrections, b.Corrections, mergeAndReport(&done, kg.MergeCorrection))
	dates, err := g.decide()
	if err != nil {
		return g, kg.ApplyResult{}, err
	}
	if err := errors.Join(
		count(&done, kg.KindActor, s.graph.actors, g.actors, b.Actors, undecided(merge.Actors, dates)),
		count(&done, kg.KindLocation, s.graph.locations, g.locations, b.Locations, undecided(merge.Locations, dates)),
		count(&done, kg.KindDocument, s.graph.documents, g.documents, b.Documents, undecided(merge.Documents, dates)),
		count(&done, kg.KindRelease, s.graph.releases, g.releases, b.Releases, undecided(merge.Releases, dates)),
		count(&done, kg.KindAffiliation, s.graph.affiliations, g.affiliations, b.Affiliations,
			undecided(merge.Affiliations, dates)),
		count(&done, kg.KindIdentity, decisions, g.decisions, b.Identities, nil),
		count(&done, kg.KindReview, reviews, g.reviews, b.Reviews, nil),
		count(&done, kg.KindCorrection, corrections, g.corrections, b.Corrections, nil),
	); err != nil {
		return graph{}, kg.ApplyResult{}, err
	}
	erased := g.erased()
	for id := range s.graph.erased() {
		if _, stored := g.loaded[id]; stored && !erased[id] { // its content is lost: it is no claim now
			delete(g.loaded, id)
			removed[id] = true
		}
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
		case erased[c.ID]:
			done.Unchanged[kg.KindClaim]++
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
		g.checkpoints[b.Brought] = ledgerPart(b, done.Conflicts, func(id kg.ID) bool { return added[id] && !removed[id] })
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
	for id, claims := range g.claimsBySubject {
		if id.Kind() == kg.KindEvent && len(claims) > 0 && len(s.graph.claimsBySubject[id]) == 0 {
			done.Added[kg.KindEvent]++
		}
	}
	g.reportCorrections(b.Claims, &done)
	g.log = g.nextLog(s.graph, len(done.Written))
	return g, done, nil
}

// ledgerPart returns the ids of the claims that a batch brings, a blank after each: without conflicts, and without
// planned ones that were stored before.
func ledgerPart(b kg.Batch, conflicts []kg.ClaimConflict, added func(kg.ID) bool) string {
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
		if i < 0 || moved[m.Claim] || g.erased()[m.Claim] {
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
		done.Unchanged[kg.KindClaim]-- // apply then counts the claim as unchanged
		done.Written = append(done.Written, c.ID)
	}
	return nil
}

// checker is a record that can check itself.
type checker interface {
	kg.Identified
	Check() error
}

// put merges records into the stored ones. Merging a record with itself makes it canonical.
func put[T kg.Identified](stored map[kg.ID]T, records []T, merge func(a, b T) T) {
	for _, r := range records {
		base, known := stored[r.NodeID()]
		if !known {
			base = r
		}
		stored[r.NodeID()] = merge(base, r)
	}
}

// count checks and counts the records of one kind that a batch has, and the others that it changes.
func count[T checker](
	done *kg.ApplyResult, kind kg.NodeKind, before, now map[kg.ID]T, records []T,
	undecided func(old, now T) []kg.FieldConflict,
) error {
	own := map[kg.ID]bool{}
	for _, r := range records {
		own[r.NodeID()] = true
	}
	for _, id := range slices.Sorted(maps.Keys(now)) {
		old, known := before[id]
		switch same := known && reflect.DeepEqual(old, now[id]); {
		case same && own[id]:
			done.Unchanged[kind]++
			continue
		case same:
			continue
		case known:
			done.Changed[kind]++
		default:
			done.Added[kind]++
		}
		if err := now[id].Check(); err != nil {
			return err
		}
		done.Written = append(done.Written, id)
		if undecided != nil {
			done.FieldConflicts = append(done.FieldConflicts, undecided(old, now[id])...)
		}
	}
	return nil
}

func undecided[T kg.Identified](rules *merge.Kind[T], dates merge.Dates) func(old, now T) []kg.FieldConflict {
	return func(old, now T) []kg.FieldConflict { return rules.Undecided(old, now, dates) }
}

// dates returns the dates of all sources.
func (g graph) dates() merge.Dates {
	dates := merge.Dates{}
	for _, d := range g.documents {
		dates.AddDocument(d)
	}
	for _, r := range g.releases {
		dates.AddRelease(r)
	}
	return dates
}

// decide corrects all nodes and decides between their values again, by the dates that it returns.
func (g graph) decide() (merge.Dates, error) {
	corrections := map[kg.ID][]kg.Correction{}
	for target, c := range g.latestCorrections() {
		corrections[target.ID] = append(corrections[target.ID], c)
	}
	if err := errors.Join(
		correctAll(g.actors, merge.Actors, corrections), correctAll(g.locations, merge.Locations, corrections),
		correctAll(g.documents, merge.Documents, corrections), correctAll(g.releases, merge.Releases, corrections),
		correctAll(g.affiliations, merge.Affiliations, corrections),
	); err != nil {
		return nil, err
	}
	dates := g.dates()
	decideAll(g.actors, merge.Actors, dates)
	decideAll(g.locations, merge.Locations, dates)
	decideAll(g.documents, merge.Documents, dates)
	decideAll(g.releases, merge.Releases, dates)
	decideAll(g.affiliations, merge.Affiliations, dates)
	return dates, nil
}

func correctAll[T kg.Identified](
	nodes map[kg.ID]T, rules *merge.Kind[T], corrections map[kg.ID][]kg.Correction,
) (err error) {
	for id, n := range nodes {
		if len(corrections[id])+len(rules.Provenance(n).Corrected) == 0 {
			continue
		}
		if nodes[id], err = rules.Correct(n, corrections[id]); err != nil {
			return err
		}
	}
	return nil
}

func decideAll[T kg.Identified](nodes map[kg.ID]T, rules *merge.Kind[T], dates merge.Dates) {
	for id, n := range nodes {
		nodes[id] = rules.Decide(n, dates)
	}
}

// mergeAndReport returns a merge function that adds the conflicts of merge to done.
func mergeAndReport[T any](done *kg.ApplyResult, merge func(a, b T) (T, []kg.FieldConflict)) func(a, b T) T {
	return func(a, b T) T {
		merged, conflicts := merge(a, b)
		done.FieldConflicts = append(done.FieldConflicts, conflicts...)
		return merged
	}
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
			if id != "" && !g.stored(id) && (id.Kind() != kg.KindEvent || !events[id]) {
				return kg.Errorf(kg.BadInput, "unknown references: %s refers to %s", by, id)
			}
		}
		return nil
	}
	var errs []error
	for _, a := range g.actors {
		errs = append(errs, check(a.ID, slices.Collect(a.Provenance.Documents)...))
	}
	for _, l := range g.locations {
		errs = append(errs, check(l.ID, append(slices.Collect(l.Provenance.Documents), l.Parents...)...))
	}
	for _, r := range g.releases {
		errs = append(errs, check(r.ID, slices.Collect(r.Provenance.Documents)...))
	}
	parents := func(id kg.ID) []kg.ID { return g.locations[id].Parents }
	errs = append(errs, checkChain(g.locations, parents, "it would lie in itself",
		kg.BoundError{Field: "parents", Bound: kg.MaxChain, Unit: "places above one another"}))
	for _, d := range g.documents {
		errs = append(errs, check(d.ID, append(slices.Collect(d.Provenance.Documents), d.Publisher, d.Syndicates)...))
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
		errs = append(errs, check(a.ID, append(slices.Collect(a.Provenance.Documents), a.Holder, a.Counterpart)...))
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

// height returns the number of nodes in the longest chain above a node, including the node; ok is false if the node is
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
	dates := g.dates()
	for id, records := range actors {
		n.actors[id] = merge.Actors.Decide(merge.ActorClass(g.classes, records), dates)
	}
	for id, l := range g.locations {
		locations[g.classes.ClassOf(id)] = append(locations[g.classes.ClassOf(id)], l)
	}
	for id, records := range locations {
		n.locations[id] = merge.Locations.Decide(merge.LocationClass(g.classes, records), dates)
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
