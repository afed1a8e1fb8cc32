package apply

import (
	"context"
	"reflect"
	"slices"

	"casus/internal/kg"
	"casus/internal/kg/merge"
)

// putNodes merges the nodes of the batch with the stored ones and writes the new and changed ones.
func (r *run) putNodes(ctx context.Context) error {
	r.voiceDocuments = map[kg.ID]bool{}
	m, err := r.mergeNodes(ctx)
	if err != nil {
		return err
	}
	actors, err := decideAll(ctx, r, kg.KindActor, m.actors, merge.Actors, nil)
	if err != nil {
		return err
	}
	locations, err := decideAll(ctx, r, kg.KindLocation, m.locations, merge.Locations, r.noteLocation)
	if err != nil {
		return err
	}
	documents, err := decideAll(ctx, r, kg.KindDocument, m.documents, merge.Documents, r.noteDocument)
	if err != nil {
		return err
	}
	releases, err := decideAll(ctx, r, kg.KindRelease, m.releases, merge.Releases, r.noteRelease)
	if err != nil {
		return err
	}
	affiliations, err := decideAll(ctx, r, kg.KindAffiliation, m.affiliations, merge.Affiliations, nil)
	if err != nil {
		return err
	}
	bothActors, err := r.actorViews(ctx, actors)
	if err != nil {
		return err
	}
	bothLocations, err := r.locationViews(ctx, locations)
	if err != nil {
		return err
	}
	for _, write := range []func() error{ // in sequence: nothing is sent after a failed write
		func() error { return writeAny(ctx, bothActors, r.PutActors) },
		func() error { return writeAny(ctx, releases, r.PutReleases) },
		func() error { return writeAny(ctx, bothLocations, r.PutLocations) },
		func() error { return writeAny(ctx, documents, r.PutDocuments) },
		func() error { return writeAny(ctx, affiliations, r.PutAffiliations) },
	} {
		if err := write(); err != nil {
			return err
		}
	}
	return nil
}

// noteLocation records what the change of a location affects. old is the zero value for a new one.
func (r *run) noteLocation(old, now kg.Location) {
	moved := !slices.Equal(old.Parents, now.Parents)
	if moved {
		r.parentChanges = append(r.parentChanges, now)
	}
	if moved && old.ID != "" {
		r.movedLocations = append(r.movedLocations, now.ID)
	}
	if old.ID == "" {
		return
	}
	if moved || old.Kind != now.Kind || old.Country != now.Country || !reflect.DeepEqual(old.Point, now.Point) ||
		old.RadiusKm != now.RadiusKm || old.Shape != now.Shape || !reflect.DeepEqual(old.Box, now.Box) {
		r.changedLocations = append(r.changedLocations, now.ID)
	}
}

// noteDocument records what the change of a document affects. No stored claim rests on a new document.
func (r *run) noteDocument(old, now kg.Document) {
	reprints := old.Syndicates != now.Syndicates
	if old.ID != "" && (reprints || old.Publisher != now.Publisher || old.Language != now.Language) {
		r.voiceDocuments[now.ID] = true
	}
	if reprints {
		r.syndicationChanges = append(r.syndicationChanges, now)
	}
	if reprints && old.ID != "" {
		r.movedDocuments = append(r.movedDocuments, now.ID)
	}
}

// noteRelease records a new dataset name or coding of a stored release.
func (r *run) noteRelease(old, now kg.Release) {
	renamed := old.ID != "" && old.Name != now.Name
	r.datasetRenamed = r.datasetRenamed || renamed
	if renamed || old.ID != "" && old.Coding != now.Coding {
		r.changedReleases = append(r.changedReleases, now.ID)
	}
}
