package neo4j

import (
	"context"
	"slices"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store/apply"
	"casus/internal/store/neo4j/rows"
)

// find reads rows within the transaction. $in.ids and $in.more are ids.
func find[T any](
	ctx context.Context, t tx, read func(*neo4j.Record) (T, error), statement string, ids, more []kg.ID,
) ([]T, error) {
	params := input(row{"ids": stringsOf(ids), "more": stringsOf(more), "token": t.token})
	rows, err := collect(ctx, t, keepPlan(statement), params)
	if err != nil {
		return nil, err
	}
	return readRows(rows, read)
}

// storedRecords returns records by id. A node that is only locked has none.
func storedRecords[T kg.Identified](ctx context.Context, t tx, kind kg.NodeKind, ids []kg.ID) ([]T, error) {
	var created []T
	for _, id := range ids {
		if record, ok := t.written[id].(T); ok {
			created = append(created, record)
		}
	}
	if ids = t.withoutCreated(ids); len(ids) == 0 {
		return created, nil
	}
	match := "UNWIND $in.ids AS id MATCH (n:" + label(kind) + " {id: id}) USING INDEX n:" + label(kind) + "(id)"
	found, err := find(ctx, t, recordOf[T], match+
		" WHERE n._record IS NOT NULL RETURN coalesce(n._exactRecord, n._record) AS record", ids, nil)
	if err != nil {
		return nil, err
	}
	exists := map[kg.ID]bool{}
	for _, record := range found {
		exists[record.NodeID()] = true
	}
	for _, id := range ids {
		t.absent[id] = !exists[id]
	}
	return append(found, created...), nil
}

func idOf(r *neo4j.Record) (kg.ID, error) {
	id, err := column[string](r, "id")
	return kg.ID(id), err
}

func (t tx) Actors(ctx context.Context, ids []kg.ID) ([]kg.Actor, error) {
	return storedRecords[kg.Actor](ctx, t, kg.KindActor, ids)
}

func (t tx) Locations(ctx context.Context, ids []kg.ID) ([]kg.Location, error) {
	return storedRecords[kg.Location](ctx, t, kg.KindLocation, ids)
}

func (t tx) Documents(ctx context.Context, ids []kg.ID) ([]kg.Document, error) {
	return storedRecords[kg.Document](ctx, t, kg.KindDocument, ids)
}

func (t tx) Releases(ctx context.Context, ids []kg.ID) ([]kg.Release, error) {
	return storedRecords[kg.Release](ctx, t, kg.KindRelease, ids)
}

func (t tx) Affiliations(ctx context.Context, ids []kg.ID) ([]kg.Affiliation, error) {
	return storedRecords[kg.Affiliation](ctx, t, kg.KindAffiliation, ids)
}

func (t tx) Identities(ctx context.Context, ids []kg.ID) ([]kg.IdentityDecision, error) {
	return storedRecords[kg.IdentityDecision](ctx, t, kg.KindIdentity, ids)
}

func (t tx) AllIdentities(ctx context.Context) ([]kg.IdentityDecision, error) {
	return find(ctx, t, recordOf[kg.IdentityDecision],
		"MATCH (n:IdentityDecision) WHERE n._record IS NOT NULL RETURN n._record AS record ORDER BY n.id", nil, nil)
}

func (t tx) Claims(ctx context.Context, ids []kg.ID) ([]kg.Claim, error) {
	return find(ctx, t, storedClaim, matchClaims, ids, nil)
}

func (t tx) ClaimSubjects(ctx context.Context, ids []kg.ID) ([]apply.ClaimSubject, error) {
	return find(ctx, t, claimSubject, "UNWIND $in.ids AS id MATCH (n:Claim {id: id}) USING INDEX n:Claim(id)"+
		" RETURN n.id AS id, n.subject AS subject", ids, nil)
}

func claimSubject(r *neo4j.Record) (apply.ClaimSubject, error) {
	id, err := column[string](r, "id")
	if err != nil {
		return apply.ClaimSubject{}, err
	}
	subject, err := column[string](r, "subject")
	return apply.ClaimSubject{Claim: kg.ID(id), Subject: kg.ID(subject)}, err
}

func (t tx) ClaimsAbout(ctx context.Context, subjects []kg.ID) ([]kg.Claim, error) {
	var created []kg.Claim
	for _, id := range subjects {
		created = append(created, t.claimsBySubject[id]...)
	}
	if subjects = t.withoutCreated(subjects); len(subjects) == 0 {
		return created, nil
	}
	found, err := find(ctx, t, storedClaim, matchClaimsAbout, subjects, nil)
	return append(found, created...), err
}

const matchClaims = "UNWIND $in.ids AS id MATCH (n:Claim {id: id}) USING INDEX n:Claim(id)" +
	" RETURN n._record AS record, n._recordedAt AS recordedAt"

// hasOriginals holds where the claims that were loaded about an event id include corrected or forgotten ones.
const hasOriginals = "EXISTS { MATCH (o:OriginalClaim {subject: id}) USING INDEX o:OriginalClaim(subject) }"

const matchClaimsAbout = "UNWIND $in.ids AS id MATCH (n:Claim {subject: id}) USING INDEX n:Claim(subject)" +
	" RETURN n._record AS record, n._recordedAt AS recordedAt"

// storedClaim decodes a claim without its lifetime.
func storedClaim(r *neo4j.Record) (kg.Claim, error) {
	c, err := recordOf[kg.Claim](r)
	if err != nil {
		return c, err
	}
	recorded, err := column[int64](r, "recordedAt")
	c.RecordedAt = edtf.Instant(recorded)
	return c, err
}

func (t tx) DatasetReleases(ctx context.Context, datasets []string) ([]kg.Release, error) {
	return find(ctx, t, recordOf[kg.Release],
		"UNWIND $in.ids AS name MATCH (n:Release {name: name}) RETURN n._record AS record", asIDs(datasets), nil)
}

func (t tx) TiedTo(ctx context.Context, sources []kg.Source) ([]kg.ID, error) {
	var each []string
	for _, kind := range []kg.NodeKind{
		kg.KindActor, kg.KindLocation, kg.KindDocument, kg.KindRelease, kg.KindAffiliation,
	} {
		each = append(each,
			"MATCH (n:"+label(kind)+" {_tied: 1}) WHERE any(s IN n._ties WHERE s IN $in.ids) RETURN n.id AS id")
	}
	for _, kind := range []kg.NodeKind{kg.KindActor, kg.KindLocation} {
		each = append(each,
			"MATCH (n:"+label(kind)+" {_exactTied: 1}) WHERE any(s IN n._exactTies WHERE s IN $in.ids) RETURN n.id AS id")
	}
	return find(ctx, t, idOf, strings.Join(each, " UNION "), asIDs(sources), nil)
}

// asIDs converts texts to the type that find takes.
func asIDs[T ~string](all []T) []kg.ID {
	ids := make([]kg.ID, len(all))
	for i, s := range all {
		ids[i] = kg.ID(s)
	}
	return ids
}

func (t tx) KnownEvents(ctx context.Context, ids []kg.ID) ([]kg.ID, error) {
	return find(ctx, t, idOf, "UNWIND $in.ids AS id"+
		" WITH id WHERE EXISTS { MATCH (c:Claim {subject: id}) USING INDEX c:Claim(subject) } OR "+hasOriginals+
		" RETURN id", ids, nil)
}

func (t tx) LocationsIn(ctx context.Context, parents []kg.ID) ([]kg.ID, error) {
	return find(ctx, t, idOf, "UNWIND $in.ids AS id MATCH (:Location {id: id})<-[r:WITHIN]-(l:Location)"+
		where(inExactView)+" RETURN DISTINCT l.id AS id", parents, nil)
}

// inExactView holds where a relationship r belongs to the exact view.
var inExactView = rows.In("r", kg.IdentityExact)

// SubjectsReferringTo returns the events whose stored edges refer to any of the nodes. It scans all participations for
// represented actors, since these have no index.
func (t tx) SubjectsReferringTo(ctx context.Context, nodes []kg.ID) ([]kg.ID, error) {
	var all []kg.ID
	for _, from := range []struct {
		kind  kg.NodeKind
		match string
	}{
		{kg.KindActor, "UNWIND $in.ids AS id MATCH (:Actor {id: id})-[r:PARTICIPATED_IN]->(e:Event) WHERE "},
		{kg.KindActor, "MATCH ()-[r:PARTICIPATED_IN]->(e:Event) WHERE r.representing IN $in.ids AND "},
		{kg.KindLocation, "UNWIND $in.ids AS id MATCH (:Location {id: id})<-[r:OCCURRED_AT]-(e:Event) WHERE "},
		{kg.KindEvent, "UNWIND $in.ids AS id MATCH (:Event {id: id})<-[r:PART_OF|RESPONDS_TO|ANNOUNCES]-(e:Event) WHERE "},
	} {
		ids := slices.DeleteFunc(slices.Clone(nodes), func(id kg.ID) bool { return id.Kind() != from.kind })
		if len(ids) == 0 {
			continue
		}
		found, err := find(ctx, t, idOf, from.match+inExactView+" RETURN DISTINCT e.id AS id", ids, nil)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// SyndicatedBy returns the stored documents that directly reprint one of the documents. It skips documents that the
// batch created: only other documents of the batch can reprint them, and package apply has these.
func (t tx) SyndicatedBy(ctx context.Context, documents []kg.ID) ([]kg.ID, error) {
	if documents = t.withoutCreated(documents); len(documents) == 0 {
		return nil, nil
	}
	return find(ctx, t, idOf, "UNWIND $in.ids AS id MATCH (:Document {id: id})<-[:SYNDICATES]-(d:Document)"+
		" RETURN DISTINCT d.id AS id", documents, nil)
}

// SubjectsOf returns the subjects of claims that are in or cite the documents, are of the releases, are by the actors,
// or are in or cite documents that the actors published. The latter include reprints, which have the voice of the
// original's publisher.
func (t tx) SubjectsOf(ctx context.Context, documents, actors, releases []kg.ID) ([]kg.ID, error) {
	documents, releases = t.withoutCreated(documents), t.withoutCreated(releases)
	if len(documents)+len(actors)+len(releases) == 0 {
		return nil, nil
	}
	return find(ctx, t, idOf, `CALL () {
  UNWIND $in.ids AS id MATCH (:Document {id: id})<-[:IN|CITES]-(c:Claim) RETURN c.subject AS id
  UNION UNWIND $in.ids AS id MATCH (:Release {id: id})<-[:OF_RELEASE]-(c:Claim) RETURN c.subject AS id
  UNION UNWIND $in.more AS id MATCH (:Actor {id: id})<-[:ACCORDING_TO]-(c:Claim) RETURN c.subject AS id
  UNION UNWIND $in.more AS id
  MATCH (:Actor {id: id})<-[:PUBLISHED_BY]-(:Document)<-[:SYNDICATES*0..]-(:Document)<-[:IN|CITES]-(c:Claim)
  RETURN c.subject AS id
} RETURN DISTINCT id`, slices.Concat(documents, releases), actors)
}
