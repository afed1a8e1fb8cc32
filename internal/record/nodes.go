package record

import (
	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/merge"
	"cmp"
	"fmt"
	"strings"
)

func (rec *Record) setActor(r actorRecord) *Reject {
	a := kg.Actor{
		ID: r.ID, Kind: r.Kind, Names: kgNames(r.Names), Country: strings.ToUpper(r.Country), Sectors: r.Sectors,
		Identifiers: r.Identifiers, Description: r.Description,
	}
	if a.ID = cmp.Or(a.ID, externalID(kg.KindActor, a.Identifiers)); a.ID == "" {
		a.ID = kg.DeriveID(kg.KindActor, kg.NameKey(a.Names), string(a.Kind), a.Country)
	}
	a.Source = r.Source
	a = merge.Actors.Merge(a, a) // in canonical form
	rec.ID, rec.Batch.Actors = a.ID, []kg.Actor{a}
	return InvalidReject(a.Check())
}

func (rec *Record) setLocation(r locationRecord) *Reject {
	l := kg.Location{
		ID: r.ID, Kind: r.Kind, Names: kgNames(r.Names), Point: r.Point, RadiusKm: r.RadiusKm, Box: r.Box,
		Country: strings.ToUpper(r.Country), Identifiers: r.Identifiers, Parents: r.Within,
	}
	var fault *Reject
	if l.Shape, fault = parseShape(r.Shape); fault != nil {
		return fault
	}
	l.Point = cmp.Or(l.Point, middleOf(l))
	if l.ID = cmp.Or(l.ID, externalID(kg.KindLocation, l.Identifiers)); l.ID == "" {
		l.ID = kg.DeriveID(kg.KindLocation, kg.NameKey(l.Names), string(l.Kind), l.Country, fmt.Sprint(l.Parents))
	}
	l.Source = r.Source
	l = merge.Locations.Merge(l, l)
	rec.ID, rec.Batch.Locations = l.ID, []kg.Location{l}
	return InvalidReject(l.Check())
}

func (rec *Record) setDocument(r documentRecord) *Reject {
	d := kg.Document{
		ID: r.ID, URL: r.URL, Titles: kgNames(r.Titles), Language: r.Language, Publisher: r.Publisher,
		SHA256: r.SHA256, Text: kg.WithoutMark(r.Text), Syndicates: r.Syndicates,
	}
	var faults [3]*Reject
	d.PublishedAt, faults[0] = r.PublishedAt.parse("/publishedAt")
	d.RetrievedAt, faults[1] = parseInstant(r.RetrievedAt, "/retrievedAt")
	if d.Text != "" {
		hash := kg.TextHash(d.Text)
		if d.SHA256 != "" && !kg.HasTextHash(d.Text, d.SHA256) {
			faults[2] = &Reject{
				Pointer: "/sha256", Reason: "not the hash of the text", Found: d.SHA256, Allowed: []string{hash},
			}
		}
		d.SHA256 = cmp.Or(d.SHA256, hash)
	}
	if d.ID == "" {
		if d.ID = kg.DeriveID(kg.KindDocument, "url", d.URL); d.URL == "" {
			d.ID = kg.DeriveID(kg.KindDocument,
				"titles", fmt.Sprint(d.Titles), string(d.Publisher), string(r.PublishedAt), d.SHA256)
		}
	}
	d.Source = r.Source
	d = merge.Documents.Merge(d, d)
	rec.ID, rec.Batch.Documents = d.ID, []kg.Document{d}
	return JoinRejects(append(faults[:], InvalidReject(d.Check()))...)
}

func (rec *Record) setRelease(r releaseRecord) *Reject {
	rel := kg.Release{
		ID: cmp.Or(r.ID, kg.DeriveID(kg.KindRelease, r.Name, r.Release)), Name: r.Name, Release: r.Release,
		Partial: r.Partial, Coding: r.Coding,
	}
	var broken *Reject
	rel.ReleasedAt, broken = r.ReleasedAt.parse("/releasedAt")
	rel = merge.Releases.From(rel, r.Source)
	rec.ID, rec.Batch.Releases = rel.ID, []kg.Release{rel}
	return JoinRejects(broken, InvalidReject(rel.Check()))
}

func (rec *Record) setIdentity(r Identity) *Reject {
	at, broken := parseInstant(r.DecidedAt, "/decidedAt")
	if at == nil {
		at = new(edtf.Instant)
	}
	derived := kg.DeriveID(kg.KindIdentity, string(min(r.A, r.B)), string(max(r.A, r.B)), r.DecidedBy, r.DecidedAt)
	d := kg.IdentityDecision{
		ID: cmp.Or(r.ID, derived), A: r.A, B: r.B,
		Same: r.Same == nil || *r.Same, DecidedBy: r.DecidedBy, DecidedAt: *at, Score: r.Score, Reason: r.Reason,
	}
	rec.ID, rec.Batch.Identities = d.ID, []kg.IdentityDecision{d}
	return JoinRejects(broken, InvalidReject(d.Check()))
}

func (rec *Record) setAffiliation(r affiliationRecord) *Reject {
	a := kg.Affiliation{ID: r.ID, Holder: r.Holder, Counterpart: r.Counterpart, Type: r.Type, Position: r.Position}
	var broken *Reject
	a.ValidTime, broken = r.ValidTime.parse("/validTime")
	if a.ID == "" {
		a.ID = kg.DeriveID(kg.KindAffiliation,
			string(a.Holder), string(a.Counterpart), string(a.Type), a.Position, string(r.ValidTime))
	}
	a = merge.Affiliations.From(a, cmp.Or(r.From, kg.Source(r.Document)))
	rec.Release = r.Release
	rec.ID, rec.Batch.Affiliations = a.ID, []kg.Affiliation{a}
	rec.Drafts = draftsOf(r.Claims, r.source, statement{}, "")
	return JoinRejects(broken, InvalidReject(a.Check()))
}

func (rec *Record) setEvent(r eventRecord) (fault *Reject) {
	if rec.ID = r.ID; rec.ID == "" {
		rec.ID = eventID(r)
	}
	if len(r.Claims) > 0 {
		fault = r.statement.check() // its claims may state otherwise
	}
	rec.Drafts = draftsOf(r.Claims, r.source, r.statement, "")
	rec.Unstated = len(r.Claims) > 0 && isUnstated(r.statement, rec.Drafts)
	return fault
}

func (rec *Record) setClaim(r claimRecord) *Reject {
	rec.ID = r.Subject
	rec.Drafts = []Draft{{claim: r}}
	return nil
}

// SetSource sets the source of the record's node.
func (rec *Record) SetSource(s kg.Source) {
	setSource(rec.Batch.Actors, merge.Actors, s)
	setSource(rec.Batch.Locations, merge.Locations, s)
	setSource(rec.Batch.Documents, merge.Documents, s)
	setSource(rec.Batch.Affiliations, merge.Affiliations, s)
}

func setSource[T kg.Identified](nodes []T, rules *merge.Kind[T], s kg.Source) {
	for i := range nodes {
		nodes[i] = rules.From(nodes[i], s)
	}
}
