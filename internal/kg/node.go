package kg

import (
	"casus/internal/geo"
	"math"
	"strings"

	"casus/internal/edtf"
)

// Node is an object with a global id that a query can return.
type Node interface {
	NodeID() ID
	// IsNode marks the types that are nodes.
	IsNode()
}

// View is the moment of knowledge and the identity mode in which the graph is read. Nodes carry the view in which they
// were read, so that nested fields are read in the same view.
type View struct {
	// KnownAt is the moment of knowledge. If it is nil, all claims count. The wall clock is never used.
	KnownAt *edtf.Instant `json:"knownAt,omitempty"`
	// Identity is IdentityExact or, the default when empty, IdentityResolved.
	Identity IdentityMode `json:"identity,omitempty"`
}

// Moment returns the instant to compare intervals of knowledge with: KnownAt, or the last bounded instant.
func (v View) Moment() edtf.Instant {
	if v.KnownAt == nil {
		return edtf.EndOfTime - 1
	}
	return *v.KnownAt
}

// Name is one name of an object, or one title or summary, in one language.
type Name struct {
	Value string `json:"value"`
	// Language is a BCP 47 tag, empty if unknown.
	Language string `json:"language,omitempty"`
	// Script is an ISO 15924 code, empty if unknown.
	Script string   `json:"script,omitempty"`
	Kind   NameKind `json:"kind,omitempty"`
}

// Identifier is the id of an object in another system, such as {wikidata Q3874799}.
type Identifier struct {
	Scheme string `json:"scheme"`
	Value  string `json:"value"`
}

// Code classifies an event in the coding scheme of its source, such as {cameo 190 "Use conventional military force"}.
type Code struct {
	Scheme string `json:"scheme"`
	Value  string `json:"value"`
	Label  string `json:"label,omitempty"`
}

// Point is a place on the WGS84 ellipsoid, in degrees north and east.
type Point struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

// Source is where the records of a node come from: a document, a data set or, if it is empty, neither. All records that
// state neither are of one source, and so are the rows of all releases of a data set.
type Source string

// datasetPrefix begins the source of a data set's rows; the source of a document is its id.
const datasetPrefix = "dataset:"

// DatasetSource returns the source of the rows of a data set.
func DatasetSource(name string) Source { return Source(datasetPrefix + name) }

// Dataset returns the data set's name, or "" if the source is not a data set.
func (s Source) Dataset() string {
	if name, ok := strings.CutPrefix(string(s), datasetPrefix); ok {
		return name
	}
	return ""
}

// Document returns the document's id, or "" if the source is not a document.
func (s Source) Document() ID {
	if ID(s).Kind() == KindDocument {
		return ID(s)
	}
	return ""
}

// FieldValue is a value of a field of a node, as text, with the sources whose records state it, sorted.
type FieldValue struct {
	Field   string   `json:"field"`
	Value   string   `json:"value"`
	Sources []Source `json:"sources,omitempty"`
}

// FieldChange is the change of a field of a node. Before and After are the values as text, "" if there is none.
type FieldChange struct {
	Node          ID
	Field         string
	Before, After string
}

// FieldCorrection is the correction that counts for a field of a node.
type FieldCorrection struct {
	Field string `json:"field"`
	// Value is JSON; empty if the field has no value.
	Value string       `json:"value,omitempty"`
	At    edtf.Instant `json:"at"`
}

// Provenance has the values that sources state for the fields of a node. Package merge decides between them.
type Provenance struct {
	// Source states every value of the node, unless Values or Corrected is set. It is "" without values.
	Source Source `json:"source,omitempty"`
	// Values are all stated values, sorted by field and value. It is empty if Source alone describes them: it is set if
	// there are several sources, if a source states several values of one field, or if a field is corrected.
	Values []FieldValue `json:"values,omitempty"`
	// Undecided are the fields, sorted, for which no rule prefers one value; the value that sorts first is shown.
	Undecided []string `json:"undecided,omitempty"`
	// Corrected are the corrected fields, sorted.
	Corrected []FieldCorrection `json:"corrected,omitempty"`
}

// Sources yields the sources. One may be repeated.
func (p Provenance) Sources(yield func(Source) bool) {
	if p.Source != "" && !yield(p.Source) {
		return
	}
	for _, v := range p.Values {
		for _, s := range v.Sources {
			if !yield(s) {
				return
			}
		}
	}
}

// Documents yields the documents among the sources. One may be repeated.
func (p Provenance) Documents(yield func(ID) bool) {
	for s := range p.Sources {
		if d := s.Document(); d != "" && !yield(d) {
			return
		}
	}
}

// Actor is a person, a state, an armed group or any other party.
type Actor struct {
	ID    ID        `json:"id"`
	Kind  ActorKind `json:"kind"`
	Names []Name    `json:"names"`
	// Country is an ISO 3166-1 alpha-2 code in upper case, empty if there is none or it is unknown.
	Country     string       `json:"country,omitempty"`
	Sectors     []string     `json:"sectors,omitempty"`
	Identifiers []Identifier `json:"identifiers,omitempty"`
	Description string       `json:"description,omitempty"`
	Provenance

	View View `json:"-"`
}

// Location is a place. Claims about an Affiliation state which actor controls it.
type Location struct {
	ID    ID           `json:"id"`
	Kind  LocationKind `json:"kind"`
	Names []Name       `json:"names"`
	Point *Point       `json:"point,omitempty"`
	// RadiusKm, Box and Shape say how far the place reaches: the radius around the point in kilometres, 0 if none is
	// stated, a box and an outline.
	RadiusKm    float64      `json:"radiusKm,omitempty"`
	Box         *geo.Box     `json:"box,omitempty"`
	Shape       geo.Shape    `json:"shape,omitempty"`
	Country     string       `json:"country,omitempty"`
	Identifiers []Identifier `json:"identifiers,omitempty"`
	// Parents are the places that directly contain this one; a disputed place may have two. The hierarchy is acyclic.
	Parents []ID `json:"parents,omitempty"`
	Provenance

	View View `json:"-"`
}

// Document is a text that claims are based on.
type Document struct {
	ID       ID     `json:"id"`
	URL      string `json:"url,omitempty"`
	Titles   []Name `json:"titles"`
	Language string `json:"language,omitempty"`
	// Publisher is an actor, empty if unknown.
	Publisher   ID            `json:"publisher,omitempty"`
	PublishedAt *edtf.Time    `json:"publishedAt,omitempty"`
	RetrievedAt *edtf.Instant `json:"retrievedAt,omitempty"`
	// SHA256 is the hash of the UTF-8 bytes of the text, in lower-case hexadecimal.
	SHA256 string `json:"sha256,omitempty"`
	// Text is set only if the loader is configured to store it.
	Text string `json:"text,omitempty"`
	// Syndicates is the document that this one reprints. A reprint adds no voice.
	Syndicates ID `json:"syndicates,omitempty"`
	Provenance

	View View `json:"-"`
}

// Affiliation is a tie of an actor to another actor or to a place. It exists while a positive claim about it is live.
type Affiliation struct {
	ID     ID `json:"id"`
	Holder ID `json:"holder"`
	// Counterpart is an actor or a location.
	Counterpart ID              `json:"counterpart"`
	Type        AffiliationType `json:"type"`
	Position    string          `json:"position,omitempty"`
	ValidTime   *edtf.Time      `json:"validTime,omitempty"`
	Provenance

	// Claims are the live claims that support the affiliation in its view, in claim order.
	Claims []ID `json:"-"`
	View   View `json:"-"`
}

// Release is one release of a data set that coded rows come from.
type Release struct {
	ID         ID         `json:"id"`
	Name       string     `json:"name"`
	Release    string     `json:"release"`
	ReleasedAt *edtf.Time `json:"releasedAt,omitempty"`
	// Partial is set if only a part of the release was loaded, so that nothing is known of the rows that are missing.
	Partial bool `json:"partial,omitempty"`
	// Coding is who coded the rows of the release, empty if that is not stated.
	Coding Coding `json:"coding,omitempty"`
	Provenance
}

// IdentityDecision is a decision that two nodes of one kind are, or are not, the same. It applies to all moments of
// knowledge. A later decision on the same pair overrides it.
type IdentityDecision struct {
	ID        ID           `json:"id"`
	A         ID           `json:"a"`
	B         ID           `json:"b"`
	Same      bool         `json:"same"`
	DecidedBy string       `json:"decidedBy"`
	DecidedAt edtf.Instant `json:"decidedAt"`
	Score     *float64     `json:"score,omitempty"`
	Reason    string       `json:"reason,omitempty"`
}

// NodeID returns the id of the actor.
func (a Actor) NodeID() ID { return a.ID }

// NodeID returns the id of the location.
func (l Location) NodeID() ID { return l.ID }

// NodeID returns the id of the document.
func (d Document) NodeID() ID { return d.ID }

// NodeID returns the id of the affiliation.
func (a Affiliation) NodeID() ID { return a.ID }

// IsNode implements Node.
func (Actor) IsNode() {}

// IsNode implements Node.
func (Location) IsNode() {}

// IsNode implements Node.
func (Document) IsNode() {}

// IsNode implements Node.
func (Affiliation) IsNode() {}

// NodeID returns the id of the release.
func (rel Release) NodeID() ID { return rel.ID }

// NodeID returns the id of the decision.
func (d IdentityDecision) NodeID() ID { return d.ID }

// EarthRadiusKm is the mean radius of the WGS84 ellipsoid, (2a+b)/3.
const EarthRadiusKm = 6371.0087714

// DistanceKm returns the great-circle distance in kilometres, by the haversine formula.
func DistanceKm(a, b Point) float64 {
	const rad = math.Pi / 180
	dLat, dLon := (b.Latitude-a.Latitude)*rad, (b.Longitude-a.Longitude)*rad
	h := math.Pow(math.Sin(dLat/2), 2) + math.Cos(a.Latitude*rad)*math.Cos(b.Latitude*rad)*math.Pow(math.Sin(dLon/2), 2)
	return 2 * EarthRadiusKm * math.Asin(math.Min(1, math.Sqrt(h)))
}
