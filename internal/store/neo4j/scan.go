package neo4j

import (
	"context"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/apply"
	"casus/internal/store/neo4j/rows"
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
		err = kg.Errorf(kg.BadInput, "unknown kind %q", kind)
	}
	return p, err
}

// ClaimsAbout returns the claims that were loaded about subjects.
func (s *Store) ClaimsAbout(ctx context.Context, subjects []kg.ID) ([]kg.Claim, error) {
	if err := store.CheckSubjects(subjects); err != nil {
		return nil, err
	}
	return s.queryClaims(ctx, "UNWIND $in.ids AS id MATCH (n:Claim {subject: id}) USING INDEX n:Claim(subject)"+
		" WHERE NOT EXISTS { (:OriginalClaim {id: n.id}) } RETURN n._record AS record, n._recordedAt AS recordedAt"+
		" UNION ALL UNWIND $in.ids AS id MATCH (n:OriginalClaim {subject: id}) USING INDEX n:OriginalClaim(subject)"+
		" RETURN n._record AS record, n._recordedAt AS recordedAt", subjects)
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
	found, err := from.store.query(ctx, "MATCH (n:"+label(from.kind)+") WHERE n.id > $after"+claimed+
		" WITH n ORDER BY n.id LIMIT $limit"+
		" RETURN n.id AS id, coalesce(n._exactRecord, n._record) AS record, n._recordedAt AS recordedAt ORDER BY id",
		map[string]any{"after": string(from.after), "limit": int64(from.limit)})
	if err != nil {
		return nil, err
	}
	return readRows(found, read)
}

// subjects returns subjects with their claims and derived states, without subjects that have no claims. ids must be
// sorted.
func (s *Store) subjects(ctx context.Context, ids []kg.ID) ([]store.SubjectRecord, error) {
	identities, err := s.identities.current(ctx, s.query)
	if err != nil {
		return nil, err
	}
	found := apply.NewSubjectBuilder(identities)
	claims, err := s.query(ctx, "UNWIND $ids AS id MATCH (n:Claim {subject: id})"+
		" RETURN n._record AS record, n._recordedAt AS recordedAt, "+rows.KnownTo("n")+" AS knownTo,"+
		" coalesce(n.withdrawnBy, []) AS withdrawnBy, n._exactKnownTo IS NOT NULL AS differs,"+
		" coalesce(n._exactKnownTo, 0) AS exactKnownTo, coalesce(n._exactWithdrawnBy, []) AS exactWithdrawnBy"+
		" ORDER BY n._knownFrom, n.id", map[string]any{"ids": stringsOf(identities.Expand(ids))})
	if err != nil {
		return nil, err
	}
	for _, r := range claims {
		if err := addClaim(found, r); err != nil {
			return nil, err
		}
	}
	for _, part := range historyParts {
		versions, err := s.query(ctx, "UNWIND $ids AS id "+part.query, map[string]any{"ids": stringsOf(ids)})
		if err != nil {
			return nil, err
		}
		for _, r := range versions {
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
	differs, err := column[bool](r, "differs")
	if err != nil {
		return err
	}
	if differs {
		if life.Exact, err = read("exactKnownTo", "exactWithdrawnBy"); err != nil {
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
	identity, err := column[string](r, "identity")
	if err != nil {
		return err
	}
	layer, err := rows.LayerOf(identity)
	if err != nil {
		return err
	}
	return found.Add(id, layer, func(h *kg.History) error { return read(r, h) })
}

// historyParts read the derived versions about subjects id, in the order of kg.History.
var historyParts = []historyPart{
	{"MATCH (:Event {id: id})-[:HAS_STATE*0..1]->(s:EventState)" +
		" RETURN id, coalesce(s.identity, '') AS identity, s._record AS record ORDER BY id, s._knownFrom",
		func(r *neo4j.Record, h *kg.History) error {
			state, err := recordOf[kg.EventState](r)
			h.States = append(h.States, state)
			return err
		}},
	versions("MATCH (:Event {id: id})<-[r:PARTICIPATED_IN]-(o)", "r.role, o.id", rows.Participations,
		func(h *kg.History) *[]kg.Versioned[kg.Participation] { return &h.Participations }),
	versions("MATCH (:Event {id: id})-[r:OCCURRED_AT]->(o)", "r.role, o.id", rows.Places,
		func(h *kg.History) *[]kg.Versioned[kg.EventLocation] { return &h.Locations }),
	versions("MATCH (:Event {id: id})-[r:PART_OF]->(o)", "o.id", rows.Parts,
		func(h *kg.History) *[]kg.Versioned[kg.EventPart] { return &h.Wholes }),
	versions("MATCH (:Event {id: id})-[r:RESPONDS_TO]->(o)", "r.kind, o.id", rows.Responses,
		func(h *kg.History) *[]kg.Versioned[kg.Response] { return &h.RespondsTo }),
	versions("MATCH (:Event {id: id})-[r:ANNOUNCES]->(o)", "o.id", rows.Announcements,
		func(h *kg.History) *[]kg.Versioned[kg.Announcement] { return &h.Announces }),
	{"MATCH (:Affiliation {id: id})-[r:SUPPORTED]->()" +
		" RETURN id, coalesce(r.identity, '') AS identity, r.claims AS claims, " + intervalColumns +
		" ORDER BY id, knownFrom", readSupport},
}

type historyPart struct {
	query string
	read  func(*neo4j.Record, *kg.History) error
}

// versions reads the versions of edges r of one type.
func versions[T any](
	match, order string, edge rows.Edge[T], list func(*kg.History) *[]kg.Versioned[T],
) historyPart {
	return historyPart{match + " RETURN id, coalesce(r.identity, '') AS identity, " + edge.List("r") + " AS edge, " +
		intervalColumns + " ORDER BY id, " + order + ", knownFrom", versionReader(edge, list)}
}

func versionReader[T any](
	edge rows.Edge[T], list func(*kg.History) *[]kg.Versioned[T],
) func(*neo4j.Record, *kg.History) error {
	return func(r *neo4j.Record, h *kg.History) error {
		v, err := readVersion(r, edge)
		*list(h) = append(*list(h), v)
		return err
	}
}

// readVersion reads an edge from the column edge, with its interval.
func readVersion[T any](r *neo4j.Record, edge rows.Edge[T]) (v kg.Versioned[T], err error) {
	values, err := column[[]any](r, "edge")
	if err != nil {
		return v, err
	}
	if v.Edge, err = edge.Read(values); err == nil {
		v.Interval, err = interval(r)
	}
	return v, err
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

// intervalColumns are the columns that interval decodes, of a relationship or version r.
var intervalColumns = rows.KnownFrom("r") + " AS knownFrom, " + rows.KnownTo("r") + " AS knownTo"

// interval decodes an interval of knowledge.
func interval(r *neo4j.Record) (kg.Interval, error) {
	from, err := column[int64](r, "knownFrom")
	if err != nil {
		return kg.Interval{}, err
	}
	to, err := column[int64](r, "knownTo")
	return kg.Interval{KnownFrom: edtf.Instant(from), KnownTo: edtf.Instant(to)}, err
}
