package neo4j

import (
	"context"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/apply"
)

// Scan returns the stored records of one kind, ordered by id.
func (s *Store) Scan(ctx context.Context, kind kg.NodeKind, after kg.ID, limit int) (p store.ScanPage, err error) {
	if err := store.CheckScan(limit); err != nil {
		return store.ScanPage{}, err
	}
	r := scanRequest{s, kind, after, limit}
	switch kind {
	case kg.KindActor:
		p.Actors, err = scan(ctx, r, recordOf[kg.Actor])
	case kg.KindLocation:
		p.Locations, err = scan(ctx, r, recordOf[kg.Location])
	case kg.KindDocument:
		p.Documents, err = scan(ctx, r, recordOf[kg.Document])
	case kg.KindRelease:
		p.Releases, err = scan(ctx, r, recordOf[kg.Release])
	case kg.KindIdentity:
		p.Identities, err = scan(ctx, r, recordOf[kg.IdentityDecision])
	case kg.KindReview:
		p.Reviews, err = scan(ctx, r, recordOf[kg.Review])
	case kg.KindCorrection:
		p.Corrections, err = scan(ctx, r, recordOf[kg.Correction])
	case store.KindOriginal:
		p.Originals, err = scan(ctx, r, storedClaim)
	case kg.KindClaim:
		p.Claims, err = scan(ctx, r, storedClaim)
	case kg.KindAffiliation:
		if p.Affiliations, err = scan(ctx, r, recordOf[kg.Affiliation]); err != nil {
			return p, err
		}
		ids := make([]kg.ID, len(p.Affiliations))
		for i, a := range p.Affiliations {
			ids[i] = a.ID
		}
		p.Subjects, err = s.subjects(ctx, ids)
	case kg.KindEvent:
		var ids []kg.ID
		if ids, err = scan(ctx, r, idOf); err == nil {
			p.Subjects, err = s.subjects(ctx, ids)
		}
	default:
		err = kg.Errorf(kg.BadInput, "there is nothing of kind %q", kind)
	}
	return p, err
}

// ClaimsAbout returns the claims that were loaded about subjects.
func (s *Store) ClaimsAbout(ctx context.Context, subjects []kg.ID) ([]kg.Claim, error) {
	if err := store.CheckSubjects(subjects); err != nil {
		return nil, err
	}
	return s.queryClaims(ctx, "UNWIND $in.ids AS id MATCH (n:Claim {subject: id}) USING INDEX n:Claim(subject)"+
		" WHERE NOT EXISTS { (:OriginalClaim {id: n.id}) } RETURN n.record AS record, n.recordedAt AS recordedAt"+
		" UNION ALL UNWIND $in.ids AS id MATCH (n:OriginalClaim {subject: id}) USING INDEX n:OriginalClaim(subject)"+
		" RETURN n.record AS record, n.recordedAt AS recordedAt", subjects)
}

func (s *Store) queryClaims(ctx context.Context, statement string, ids []kg.ID) ([]kg.Claim, error) {
	found, err := s.query(ctx, statement, input(row{"ids": stringsOf(ids)}))
	if err != nil {
		return nil, err
	}
	return readRows(found, storedClaim)
}

type scanRequest struct {
	store *Store
	kind  kg.NodeKind
	after kg.ID
	limit int
}

func scan[T any](ctx context.Context, from scanRequest, read func(*neo4j.Record) (T, error)) ([]T, error) {
	claimed := ""
	if from.kind == kg.KindEvent { // others may refer to an event whose claims are all forgotten
		claimed = " AND EXISTS { (n)<-[:ABOUT]-() }"
	}
	rows, err := from.store.query(ctx, "MATCH (n:"+label(from.kind)+") WHERE n.id > $after"+claimed+
		" WITH n ORDER BY n.id LIMIT $limit"+
		" RETURN n.id AS id, coalesce(n.apartRecord, n.record) AS record, n.recordedAt AS recordedAt ORDER BY id",
		map[string]any{"after": string(from.after), "limit": int64(from.limit)})
	if err != nil {
		return nil, err
	}
	return readRows(rows, read)
}

// subjects returns subjects with their claims and derived states, without subjects that have no claims. ids must be
// sorted.
func (s *Store) subjects(ctx context.Context, ids []kg.ID) ([]store.SubjectRecord, error) {
	identities, err := s.identities.current(ctx, s.query)
	if err != nil {
		return nil, err
	}
	found := apply.NewSubjectBuilder(identities)
	rows, err := s.query(ctx, "UNWIND $ids AS id MATCH (n:Claim {subject: id})"+
		" RETURN n.record AS record, n.recordedAt AS recordedAt, n.knownTo AS knownTo,"+
		" coalesce(n.withdrawnBy, []) AS withdrawnBy, n.apartKnownTo IS NOT NULL AS apart,"+
		" coalesce(n.apartKnownTo, n.knownTo) AS apartKnownTo, coalesce(n.apartWithdrawnBy, []) AS apartWithdrawnBy"+
		" ORDER BY n.knownFrom, n.id", map[string]any{"ids": stringsOf(identities.Expand(ids))})
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		if err := addClaim(found, r); err != nil {
			return nil, err
		}
	}
	for _, part := range historyParts {
		rows, err := s.query(ctx, "UNWIND $ids AS id "+part.query, map[string]any{"ids": stringsOf(ids)})
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if err := addHistoryPart(found, r, part.read); err != nil {
				return nil, err
			}
		}
	}
	return found.Records(ids), nil
}

// addClaim adds a claim and its lifetimes.
func addClaim(found apply.SubjectBuilder, r *neo4j.Record) error {
	c, err := storedClaim(r)
	if err != nil {
		return err
	}
	read := func(knownTo, withdrawnBy string) (kg.ClaimLifetime, error) {
		to, err := column[int64](r, knownTo)
		if err != nil {
			return kg.ClaimLifetime{}, err
		}
		by, err := listOf[string](r, withdrawnBy)
		life := kg.ClaimLifetime{Claim: c.ID, KnownTo: edtf.Instant(to)}
		for _, id := range by {
			life.WithdrawnBy = append(life.WithdrawnBy, kg.ID(id))
		}
		return life, err
	}
	var life apply.ClaimLifetimes
	if life.Resolved, err = read("knownTo", "withdrawnBy"); err != nil {
		return err
	}
	life.Exact = life.Resolved
	differs, err := column[bool](r, "apart")
	if err != nil {
		return err
	}
	if differs {
		if life.Exact, err = read("apartKnownTo", "apartWithdrawnBy"); err != nil {
			return err
		}
	}
	found.AddClaim(c, life, differs)
	return nil
}

// addHistoryPart adds a derived version to the history of its layer, or of both.
func addHistoryPart(found apply.SubjectBuilder, r *neo4j.Record, read func(*neo4j.Record, *kg.History) error) error {
	id, err := idOf(r)
	if err != nil {
		return err
	}
	layer, err := column[int64](r, "layer")
	if err != nil {
		return err
	}
	return found.Add(id, apply.Layer(layer), func(h *kg.History) error { return read(r, h) })
}

// historyParts read the derived versions about subjects id, in the order of kg.History.
var historyParts = []struct {
	query string
	read  func(*neo4j.Record, *kg.History) error
}{
	{"MATCH (:Event {id: id})-[:HAS_STATE*0..1]->(s:EventState)" +
		" RETURN id, coalesce(s.layer, 0) AS layer, s.record AS record ORDER BY id, s.knownFrom",
		func(r *neo4j.Record, h *kg.History) error {
			state, err := recordOf[kg.EventState](r)
			h.States = append(h.States, state)
			return err
		}},
	{"MATCH (:Event {id: id})<-[r:PARTICIPATED_IN]-(a) RETURN id, coalesce(r.layer, 0) AS layer, r.record AS record," +
		" r.knownFrom AS knownFrom, r.knownTo AS knownTo ORDER BY id, r.role, a.id, knownFrom",
		versionReader(func(h *kg.History) *[]kg.Versioned[kg.Participation] { return &h.Participations })},
	{"MATCH (:Event {id: id})-[r:OCCURRED_AT]->(l) RETURN id, coalesce(r.layer, 0) AS layer, r.record AS record," +
		" r.knownFrom AS knownFrom, r.knownTo AS knownTo ORDER BY id, r.role, l.id, knownFrom",
		versionReader(func(h *kg.History) *[]kg.Versioned[kg.EventLocation] { return &h.Locations })},
	{"MATCH (:Event {id: id})-[r:PART_OF]->(o) RETURN id, coalesce(r.layer, 0) AS layer, r.record AS record," +
		" r.knownFrom AS knownFrom, r.knownTo AS knownTo ORDER BY id, o.id, knownFrom",
		versionReader(func(h *kg.History) *[]kg.Versioned[kg.EventPart] { return &h.Wholes })},
	{"MATCH (:Event {id: id})-[r:RESPONDS_TO]->(o) RETURN id, coalesce(r.layer, 0) AS layer, r.record AS record," +
		" r.knownFrom AS knownFrom, r.knownTo AS knownTo ORDER BY id, r.kind, o.id, knownFrom",
		versionReader(func(h *kg.History) *[]kg.Versioned[kg.Response] { return &h.RespondsTo })},
	{"MATCH (:Event {id: id})-[r:ANNOUNCES]->(o) RETURN id, coalesce(r.layer, 0) AS layer, r.record AS record," +
		" r.knownFrom AS knownFrom, r.knownTo AS knownTo ORDER BY id, o.id, knownFrom",
		versionReader(func(h *kg.History) *[]kg.Versioned[kg.Announcement] { return &h.Announces })},
	{"MATCH (:Affiliation {id: id})-[r:SUPPORTED]->() RETURN id, coalesce(r.layer, 0) AS layer, r.claims AS claims," +
		" r.knownFrom AS knownFrom, r.knownTo AS knownTo ORDER BY id, knownFrom", readSupport},
}

func versionReader[T any](list func(*kg.History) *[]kg.Versioned[T]) func(*neo4j.Record, *kg.History) error {
	return func(r *neo4j.Record, h *kg.History) error {
		edge, err := recordOf[T](r)
		if err != nil {
			return err
		}
		during, err := interval(r)
		*list(h) = append(*list(h), kg.Versioned[T]{Interval: during, Edge: edge})
		return err
	}
}

func readSupport(r *neo4j.Record, h *kg.History) error {
	claims, err := listOf[string](r, "claims")
	if err != nil {
		return err
	}
	during, err := interval(r)
	v := kg.Versioned[[]kg.ID]{Interval: during}
	for _, c := range claims {
		v.Edge = append(v.Edge, kg.ID(c))
	}
	h.Affiliated = append(h.Affiliated, v)
	return err
}

// interval decodes an interval of knowledge.
func interval(r *neo4j.Record) (kg.Interval, error) {
	from, err := column[int64](r, "knownFrom")
	if err != nil {
		return kg.Interval{}, err
	}
	to, err := column[int64](r, "knownTo")
	return kg.Interval{KnownFrom: edtf.Instant(from), KnownTo: edtf.Instant(to)}, err
}
