package loader

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/strictjson"
	"casus/internal/text"
	"casus/loader/fault"
)

// normalizeJSON decodes a record and makes its nodes. Claims are only drafted, because they depend on other records.
func (rec *record) normalizeJSON() *Reject {
	fault, _ := rec.normalize(func(dst any) error { return decodeJSON(rec.json, dst) })
	return fault
}

// decodeJSON decodes a record in which whole numbers may be written as 3.0.
func decodeJSON(text []byte, dst any) error {
	err := json.Unmarshal(text, dst)
	if bad := (*json.UnmarshalTypeError)(nil); errors.As(err, &bad) && strings.HasPrefix(bad.Value, "number") {
		reflect.ValueOf(dst).Elem().SetZero()
		err = json.Unmarshal(strictjson.RewriteWholeNumbers(text), dst)
	}
	return err
}

// normalizeFields does the same as normalizeJSON with the fields that a mapping made. sure is false if the schema has
// to decide, and for rare types of records.
func (rec *record) normalizeFields() (fault *Reject, sure bool) {
	if rec.typ == "identity" || rec.typ == "release" || rec.typ == "affiliation" {
		return nil, false
	}
	return rec.normalize(func(dst any) error {
		if !fill(dst, rec.fields) {
			return errUnsure
		}
		return nil
	})
}

var errUnsure = errors.New("the schema decides")

func (rec *record) normalize(decode func(any) error) (fault *Reject, sure bool) {
	switch rec.typ {
	case "actor":
		return decodeRecord(decode, rec.setActor)
	case "location":
		return decodeRecord(decode, rec.setLocation)
	case "document":
		return decodeRecord(decode, rec.setDocument)
	case "release":
		return decodeRecord(decode, rec.setRelease)
	case "identity":
		return decodeRecord(decode, rec.setIdentity)
	case "event":
		return decodeRecord(decode, func(r eventRecord) (fault *Reject) {
			if rec.id = r.ID; rec.id == "" {
				rec.id = eventID(r)
			}
			if len(r.Claims) > 0 {
				fault = r.statement.check() // its claims may state otherwise
			}
			rec.drafts = claimsOf(r.Claims, r.source, r.statement, "")
			return fault
		})
	case "affiliation":
		return decodeRecord(decode, rec.setAffiliation)
	}
	return decodeRecord(decode, func(r claimRecord) *Reject {
		rec.id = r.Subject
		rec.drafts = []claimDraft{{record: r}}
		return nil
	})
}

// decodeRecord decodes a record and calls make with it.
func decodeRecord[T any](decode func(any) error, make func(T) *Reject) (found *Reject, sure bool) {
	var r T
	switch err := decode(&r); {
	case errors.Is(err, errUnsure):
		return nil, false
	case err != nil:
		return fault.Join(undecodable(err), make(r)), true
	}
	return make(r), true
}

// undecodable returns the Reject of a record that cannot be decoded. It has a pointer if the schema may allow the
// value.
func undecodable(err error) *Reject {
	bad := (*json.UnmarshalTypeError)(nil)
	if !errors.As(err, &bad) {
		return &Reject{Reason: "cannot decode the record: " + err.Error()}
	}
	number, ok := strings.CutPrefix(bad.Value, "number ")
	if !ok {
		return &Reject{Reason: "unexpected " + bad.Value + " in " + bad.Field}
	}
	r := &Reject{Reason: "too large a number", Found: number}
	if f, err := strconv.ParseFloat(number, 64); err == nil && f != math.Trunc(f) {
		r.Reason = "not a whole number"
	}
	if bad.Field != "" {
		r.Pointer = "/" + strings.ReplaceAll(bad.Field, ".", "/")
	}
	return r
}

// invalidReject returns the Reject of a node that breaks a rule of the domain, or nil.
func invalidReject(err error) *Reject {
	if err == nil {
		return nil
	}
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		var all []*Reject
		for _, e := range several.Unwrap() {
			all = append(all, invalidReject(e))
		}
		return fault.Join(all...)
	}
	return boundReject(err)
}

func (rec *record) setActor(r actorRecord) *Reject {
	a := kg.Actor{
		ID: r.ID, Kind: r.Kind, Names: kgNames(r.Names), Country: strings.ToUpper(r.Country), Sectors: r.Sectors,
		Identifiers: r.Identifiers, Description: r.Description,
	}
	if a.ID = cmp.Or(a.ID, externalID(kg.KindActor, a.Identifiers)); a.ID == "" {
		a.ID = kg.DeriveID(kg.KindActor, kg.NameKey(a.Names), string(a.Kind), a.Country)
	}
	a, _ = kg.MergeActor(a, a) // in canonical form
	rec.id, rec.batch.Actors = a.ID, []kg.Actor{a}
	return invalidReject(a.Check())
}

func (rec *record) setLocation(r locationRecord) *Reject {
	l := kg.Location{
		ID: r.ID, Kind: r.Kind, Names: kgNames(r.Names), Point: r.Point, Country: strings.ToUpper(r.Country),
		Identifiers: r.Identifiers, Parents: r.Within,
	}
	if l.ID = cmp.Or(l.ID, externalID(kg.KindLocation, l.Identifiers)); l.ID == "" {
		l.ID = kg.DeriveID(kg.KindLocation, kg.NameKey(l.Names), string(l.Kind), l.Country, fmt.Sprint(l.Parents))
	}
	l, _ = kg.MergeLocation(l, l)
	rec.id, rec.batch.Locations = l.ID, []kg.Location{l}
	return invalidReject(l.Check())
}

func (rec *record) setDocument(r documentRecord) *Reject {
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
	d, _ = kg.MergeDocument(d, d)
	rec.id, rec.batch.Documents = d.ID, []kg.Document{d}
	return fault.Join(append(faults[:], invalidReject(d.Check()))...)
}

func (rec *record) setRelease(r releaseRecord) *Reject {
	rel := kg.Release{
		ID: cmp.Or(r.ID, kg.DeriveID(kg.KindRelease, r.Name, r.Release)), Name: r.Name, Release: r.Release,
		Partial: r.Partial,
	}
	var broken *Reject
	rel.ReleasedAt, broken = r.ReleasedAt.parse("/releasedAt")
	rec.id, rec.batch.Releases = rel.ID, []kg.Release{rel}
	return fault.Join(broken, invalidReject(rel.Check()))
}

func (rec *record) setIdentity(r identityRecord) *Reject {
	at, broken := parseInstant(r.DecidedAt, "/decidedAt")
	if at == nil {
		at = new(edtf.Instant)
	}
	derived := kg.DeriveID(kg.KindIdentity, string(min(r.A, r.B)), string(max(r.A, r.B)), r.DecidedBy, r.DecidedAt)
	d := kg.IdentityDecision{
		ID: cmp.Or(r.ID, derived), A: r.A, B: r.B,
		Same: r.Same == nil || *r.Same, DecidedBy: r.DecidedBy, DecidedAt: *at, Score: r.Score, Reason: r.Reason,
	}
	rec.id, rec.batch.Identities = d.ID, []kg.IdentityDecision{d}
	return fault.Join(broken, invalidReject(d.Check()))
}

func (rec *record) setAffiliation(r affiliationRecord) *Reject {
	a := kg.Affiliation{ID: r.ID, Holder: r.Holder, Counterpart: r.Counterpart, Type: r.Type, Position: r.Position}
	var broken *Reject
	a.ValidTime, broken = r.ValidTime.parse("/validTime")
	if a.ID == "" {
		a.ID = kg.DeriveID(kg.KindAffiliation,
			string(a.Holder), string(a.Counterpart), string(a.Type), a.Position, string(r.ValidTime))
	}
	rec.id, rec.batch.Affiliations = a.ID, []kg.Affiliation{a}
	rec.drafts = claimsOf(r.Claims, r.source, statement{}, "")
	return fault.Join(broken, invalidReject(a.Check()))
}

// kgNames returns the names with defaults for the kind and, detected from the letters, the script.
func kgNames(names []name) []kg.Name {
	all := slices.Grow([]kg.Name(nil), len(names))
	for _, n := range names {
		n.Value = kg.WithoutMark(n.Value)
		n.Script = cmp.Or(n.Script, text.Script(n.Value))
		n.Kind = cmp.Or(n.Kind, kg.NamePrimary)
		all = append(all, n.Name)
	}
	return all
}

// externalID returns an id derived from an external identifier: Wikidata's, else GeoNames', else the first scheme's.
func externalID(kind kg.NodeKind, identifiers []kg.Identifier) kg.ID {
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
		id := kg.ID(string(kind) + ":" + i.Scheme + ":" + kg.EscapeID(strings.TrimSpace(i.Value)))
		if r := rank(i.Scheme) + " " + i.Value; id.Check(kind) == nil && (best == "" || r < first) {
			best, first = id, r
		}
	}
	return best
}

// eventID derives an event's id from everything that distinguishes it: titles, time, places, participants and source.
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

// parse returns the time, or nil if the text is empty.
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

func parseInstant(s, pointer string) (*edtf.Instant, *Reject) {
	if s == "" {
		return nil, nil
	}
	i, err := edtf.ParseInstant(s)
	if err != nil {
		return nil, &Reject{Pointer: pointer, Reason: err.Error(), Found: s}
	}
	return &i, nil
}
