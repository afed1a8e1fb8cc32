package loader

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/text"
)

// normalizeJSON makes of a record what the store knows: nodes at once; the claims of events and affiliations, and claims
// that stand alone, later, since they may depend on other records.
func (it *item) normalizeJSON() *Reject {
	fault, _ := it.normalize(func(into any) error { return json.Unmarshal(it.json, into) })
	return fault
}

// normalizeFields does so with what a mapping made; it is not sure where the schema had better be asked, and never of
// records that are rare.
func (it *item) normalizeFields() (fault *Reject, sure bool) {
	if it.typ == "identity" || it.typ == "release" || it.typ == "affiliation" {
		return nil, false
	}
	return it.normalize(func(into any) error {
		if !fill(into, it.fields) {
			return errUnsure
		}
		return nil
	})
}

var errUnsure = errors.New("the schema decides")

func (it *item) normalize(decode func(any) error) (fault *Reject, sure bool) {
	switch it.typ {
	case "actor":
		return normalized(decode, it.actor)
	case "location":
		return normalized(decode, it.location)
	case "document":
		return normalized(decode, it.document)
	case "release":
		return normalized(decode, it.release)
	case "identity":
		return normalized(decode, it.identity)
	case "event":
		return normalized(decode, func(r eventRecord) (fault *Reject) {
			if it.id = r.ID; it.id == "" {
				it.id = eventID(r)
			}
			if it.fields != nil && len(r.Claims) > 0 {
				fault = r.statement.check() // its claims may state otherwise
			}
			it.says = claimsOf(r.Claims, r.source, r.statement, "")
			return fault
		})
	case "affiliation":
		return normalized(decode, it.affiliation)
	}
	return normalized(decode, func(r claimRecord) *Reject {
		it.id = r.Subject
		it.says = []said{{record: r}}
		return nil
	})
}

// normalized decodes a record and makes of it what make does.
func normalized[T any](decode func(any) error, make func(T) *Reject) (fault *Reject, sure bool) {
	var r T
	switch err := decode(&r); {
	case errors.Is(err, errUnsure):
		return nil, false
	case err != nil:
		return &Reject{Reason: "it cannot be read: " + err.Error()}, true
	}
	return make(r), true
}

// checked rejects a node that breaks a rule of the domain.
func checked(err error) *Reject {
	if err == nil {
		return nil
	}
	return &Reject{Reason: err.Error()}
}

func (it *item) actor(r actorRecord) *Reject {
	a := kg.Actor{
		ID: r.ID, Kind: r.Kind, Names: namesOf(r.Names), Country: strings.ToUpper(r.Country), Sectors: r.Sectors,
		Identifiers: r.Identifiers, Description: r.Description,
	}
	if a.ID = cmp.Or(a.ID, identified(kg.KindActor, a.Identifiers)); a.ID == "" {
		a.ID = kg.DeriveID(kg.KindActor, kg.NameKey(a.Names), string(a.Kind), a.Country)
	}
	a, _ = kg.MergeActor(a, a) // in canonical form
	it.id, it.batch.Actors = a.ID, []kg.Actor{a}
	return checked(a.Check())
}

func (it *item) location(r locationRecord) *Reject {
	l := kg.Location{
		ID: r.ID, Kind: r.Kind, Names: namesOf(r.Names), Point: r.Point, Country: strings.ToUpper(r.Country),
		Identifiers: r.Identifiers, Parents: r.Within,
	}
	if l.ID = cmp.Or(l.ID, identified(kg.KindLocation, l.Identifiers)); l.ID == "" {
		l.ID = kg.DeriveID(kg.KindLocation, kg.NameKey(l.Names), string(l.Kind), l.Country, fmt.Sprint(l.Parents))
	}
	l, _ = kg.MergeLocation(l, l)
	it.id, it.batch.Locations = l.ID, []kg.Location{l}
	return checked(l.Check())
}

func (it *item) document(r documentRecord) *Reject {
	d := kg.Document{
		ID: r.ID, URL: r.URL, Titles: namesOf(r.Titles), Language: r.Language, Publisher: r.Publisher,
		SHA256: r.SHA256, Text: r.Text, Syndicates: r.Syndicates,
	}
	var fault *Reject
	if d.PublishedAt, fault = r.PublishedAt.parse("/publishedAt"); fault != nil {
		return fault
	}
	if d.RetrievedAt, fault = instant(r.RetrievedAt, "/retrievedAt"); fault != nil {
		return fault
	}
	if d.Text != "" {
		sum := sha256.Sum256([]byte(d.Text))
		hash := hex.EncodeToString(sum[:])
		if d.SHA256 != "" && d.SHA256 != hash {
			return &Reject{Pointer: "/sha256", Reason: "it is not the hash of the text", Found: d.SHA256, Allowed: []string{hash}}
		}
		d.SHA256 = hash
	}
	if d.ID == "" {
		if d.ID = kg.DeriveID(kg.KindDocument, "url", d.URL); d.URL == "" {
			d.ID = kg.DeriveID(kg.KindDocument, "titles", fmt.Sprint(d.Titles), string(d.Publisher), string(r.PublishedAt), d.SHA256)
		}
	}
	d, _ = kg.MergeDocument(d, d)
	it.id, it.batch.Documents = d.ID, []kg.Document{d}
	return checked(d.Check())
}

func (it *item) release(r releaseRecord) *Reject {
	rel := kg.Release{ID: cmp.Or(r.ID, kg.DeriveID(kg.KindRelease, r.Name, r.Release)), Name: r.Name, Release: r.Release}
	var fault *Reject
	if rel.ReleasedAt, fault = r.ReleasedAt.parse("/releasedAt"); fault != nil {
		return fault
	}
	it.id, it.batch.Releases = rel.ID, []kg.Release{rel}
	return checked(rel.Check())
}

func (it *item) identity(r identityRecord) *Reject {
	at, fault := instant(r.DecidedAt, "/decidedAt")
	if fault != nil {
		return fault
	}
	d := kg.IdentityDecision{
		ID: cmp.Or(r.ID, kg.DeriveID(kg.KindIdentity, string(min(r.A, r.B)), string(max(r.A, r.B)), r.DecidedBy, r.DecidedAt)),
		A:  r.A, B: r.B, Same: r.Same == nil || *r.Same, DecidedBy: r.DecidedBy, DecidedAt: *at, Score: r.Score, Reason: r.Reason,
	}
	it.id, it.batch.Identities = d.ID, []kg.IdentityDecision{d}
	return checked(d.Check())
}

func (it *item) affiliation(r affiliationRecord) *Reject {
	a := kg.Affiliation{ID: r.ID, Holder: r.Holder, Counterpart: r.Counterpart, Type: r.Type, Position: r.Position}
	var fault *Reject
	if a.ValidTime, fault = r.ValidTime.parse("/validTime"); fault != nil {
		return fault
	}
	if a.ID == "" {
		a.ID = kg.DeriveID(kg.KindAffiliation, string(a.Holder), string(a.Counterpart), string(a.Type), a.Position, string(r.ValidTime))
	}
	it.id, it.batch.Affiliations = a.ID, []kg.Affiliation{a}
	it.says = claimsOf(r.Claims, r.source, statement{}, "")
	return checked(a.Check())
}

// namesOf fills in each name's script, which its letters show.
func namesOf(names []name) []kg.Name {
	all := slices.Grow([]kg.Name(nil), len(names))
	for _, n := range names {
		n.Script = cmp.Or(n.Script, text.Script(n.Value))
		n.Kind = cmp.Or(n.Kind, kg.NamePrimary)
		all = append(all, n.Name)
	}
	return all
}

// identified is the id that an identifier of somebody else's makes: of several the first in this order, else by scheme.
func identified(kind kg.NodeKind, identifiers []kg.Identifier) kg.ID {
	var best kg.ID
	rank := func(scheme string) string {
		switch scheme {
		case "wikidata":
			return "0"
		case "geonames":
			return "1"
		}
		return "2" + scheme
	}
	first := ""
	for _, i := range identifiers {
		id := kg.ID(string(kind) + ":" + i.Scheme + ":" + strings.Join(strings.Fields(i.Value), "_"))
		if r := rank(i.Scheme) + " " + i.Value; id.Check(kind) == nil && (best == "" || r < first) {
			best, first = id, r
		}
	}
	return best
}

// eventID is derived from all that tells an event from others: what it is called, when, where, who, and in which source.
func eventID(r eventRecord) kg.ID {
	key := []string{string(r.Document), string(r.Release), string(r.Category), string(r.Time), r.Mode}
	for _, t := range r.Titles {
		key = append(key, "title", t.Language, t.Value)
	}
	for _, c := range r.Codes {
		key = append(key, "code", c.Scheme, c.Value)
	}
	for _, p := range r.Participants {
		key = append(key, "participant", string(p.Role), string(p.Actor))
	}
	for _, p := range r.Locations {
		key = append(key, "place", string(p.Role), string(p.Location))
	}
	return kg.DeriveID(kg.KindEvent, key...)
}

// parse reads a time; nil where there is none.
func (e timeText) parse(pointer string) (*edtf.Time, *Reject) {
	if e == "" {
		return nil, nil
	}
	t, err := edtf.ParseTime(string(e))
	if err != nil {
		return nil, &Reject{Pointer: pointer, Reason: err.Error(), Found: string(e)}
	}
	return &t, nil
}

func instant(s, pointer string) (*edtf.Instant, *Reject) {
	if s == "" {
		return nil, nil
	}
	i, err := edtf.ParseInstant(s)
	if err != nil {
		return nil, &Reject{Pointer: pointer, Reason: err.Error(), Found: s}
	}
	return &i, nil
}
