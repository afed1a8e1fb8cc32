package apply

import (
	"context"
	"maps"

	"casus/internal/kg"
)

// checkReferences rejects a batch that refers to a node that is neither stored nor in the batch.
func (r *run) checkReferences(ctx context.Context) error {
	wanted := references{}
	r.addReferences(wanted)
	maps.Copy(wanted, r.correctedReferences)
	for _, kind := range []kg.NodeKind{
		kg.KindActor, kg.KindLocation, kg.KindDocument, kg.KindRelease, kg.KindAffiliation, kg.KindEvent, kg.KindClaim,
	} {
		ids := wanted.ofKind(kind)
		if len(ids) == 0 {
			continue
		}
		stored, err := r.storedOfKind(ctx, kind, ids)
		if err != nil {
			return err
		}
		for _, id := range stored {
			delete(wanted, id)
		}
	}
	return wanted.err()
}

// addReferences adds the references of the batch's records, except those to its own new claims and their events.
func (r *run) addReferences(wanted references) {
	for _, a := range r.batch.Actors {
		wanted.addSources(a.ID, a.Provenance)
	}
	for _, l := range r.batch.Locations {
		wanted.add(l.ID, l.Parents...)
		wanted.addSources(l.ID, l.Provenance)
	}
	for _, d := range r.batch.Documents {
		wanted.add(d.ID, d.Publisher, d.Syndicates)
		wanted.addSources(d.ID, d.Provenance)
	}
	for _, rel := range r.batch.Releases {
		wanted.addSources(rel.ID, rel.Provenance)
	}
	for _, a := range r.batch.Affiliations {
		wanted.add(a.ID, a.Holder, a.Counterpart)
		wanted.addSources(a.ID, a.Provenance)
	}
	for _, d := range r.batch.Identities {
		wanted.add(d.ID, d.A, d.B)
	}
	for _, v := range r.batch.Reviews {
		wanted.add(v.ID, v.Targets()...)
	}
	for _, c := range r.batch.Corrections {
		wanted.add(c.ID, c.References()...)
	}
	for _, c := range r.loaded {
		wanted.add(c.ID, c.References()...)
	}
	for _, c := range r.loaded {
		if c.Subject.Kind() == kg.KindEvent { // an event exists by its claims
			delete(wanted, c.Subject)
		}
		delete(wanted, c.ID)
	}
}

func (r *run) storedOfKind(ctx context.Context, kind kg.NodeKind, ids []kg.ID) ([]kg.ID, error) {
	switch kind {
	case kg.KindActor:
		return storedIDs(ctx, ids, r.Actors)
	case kg.KindLocation:
		return storedIDs(ctx, ids, r.Locations)
	case kg.KindDocument:
		return storedIDs(ctx, ids, r.Documents)
	case kg.KindRelease:
		return storedIDs(ctx, ids, r.Releases)
	case kg.KindAffiliation:
		return storedIDs(ctx, ids, r.Affiliations)
	case kg.KindClaim:
		stored, err := storedIDs(ctx, ids, r.Claims)
		if err != nil || !r.curation.corrections {
			return stored, err
		}
		originals, err := storedIDs(ctx, ids, r.Originals)
		return append(stored, originals...), err
	}
	return r.KnownEvents(ctx, ids)
}

func storedIDs[T kg.Identified](
	ctx context.Context, ids []kg.ID, find func(context.Context, []kg.ID) ([]T, error),
) ([]kg.ID, error) {
	found, err := find(ctx, ids)
	return idsOf(found, T.NodeID), err
}
