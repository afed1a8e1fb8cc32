package record

import (
	"encoding/json"

	"casus/internal/geo"
	"casus/internal/kg"
)

// The records of the extraction format. The JSON Schema documents and validates their fields.

type actorRecord struct {
	ID          kg.ID           `json:"id"`
	Kind        kg.ActorKind    `json:"kind"`
	Names       []name          `json:"names"`
	Country     string          `json:"country"`
	Sectors     []string        `json:"sectors"`
	Identifiers []kg.Identifier `json:"identifiers"`
	Description string          `json:"description"`
	Source      kg.Source       `json:"source"`
}

type locationRecord struct {
	ID          kg.ID           `json:"id"`
	Kind        kg.LocationKind `json:"kind"`
	Names       []name          `json:"names"`
	Point       *kg.Point       `json:"point"`
	RadiusKm    float64         `json:"radiusKm"`
	Box         *geo.Box        `json:"box"`
	Shape       json.RawMessage `json:"shape"`
	Country     string          `json:"country"`
	Identifiers []kg.Identifier `json:"identifiers"`
	Within      []kg.ID         `json:"within"`
	Source      kg.Source       `json:"source"`
}

type documentRecord struct {
	ID          kg.ID     `json:"id"`
	URL         string    `json:"url"`
	Titles      []name    `json:"titles"`
	Language    string    `json:"language"`
	Publisher   kg.ID     `json:"publisher"`
	PublishedAt timeText  `json:"publishedAt"`
	RetrievedAt string    `json:"retrievedAt"`
	SHA256      string    `json:"sha256"`
	Text        string    `json:"text"`
	Syndicates  kg.ID     `json:"syndicates"`
	Source      kg.Source `json:"source"`
}

type releaseRecord struct {
	ID         kg.ID     `json:"id"`
	Name       string    `json:"name"`
	Release    string    `json:"release"`
	ReleasedAt timeText  `json:"releasedAt"`
	Partial    bool      `json:"partial"`
	Coding     kg.Coding `json:"coding"`
	Source     kg.Source `json:"source"`
}

// Identity is an identity record of the extraction format: a decision whether two nodes are the same.
type Identity struct {
	Type      string   `json:"type"`
	ID        kg.ID    `json:"id,omitempty"`
	A         kg.ID    `json:"a"`
	B         kg.ID    `json:"b"`
	Same      *bool    `json:"same"` // nil is true
	DecidedBy string   `json:"decidedBy"`
	DecidedAt string   `json:"decidedAt"` // RFC 3339
	Score     *float64 `json:"score,omitempty"`
	Reason    string   `json:"reason,omitempty"`
}

// source is where a claim was made. The claims of an event or affiliation inherit missing fields from its record.
type source struct {
	Document   kg.ID    `json:"document"`
	Release    kg.ID    `json:"release"`
	AssertedAt timeText `json:"assertedAt"`
}

type eventRecord struct {
	ID kg.ID `json:"id"`
	statement
	source
	Claims []claimRecord `json:"claims"`
}

type affiliationRecord struct {
	ID          kg.ID              `json:"id"`
	Holder      kg.ID              `json:"holder"`
	Counterpart kg.ID              `json:"counterpart"`
	Type        kg.AffiliationType `json:"affiliationType"`
	Position    string             `json:"position"`
	ValidTime   timeText           `json:"validTime"`
	From        kg.Source          `json:"source"`
	source
	Claims []claimRecord `json:"claims"`
}

type claimRecord struct {
	ID        kg.ID     `json:"id"`
	Subject   kg.ID     `json:"subject"`
	Stance    kg.Stance `json:"stance"`
	Aspect    kg.Aspect `json:"aspect"`
	Claimants []kg.ID   `json:"claimants"`
	RelayedBy []kg.ID   `json:"relayedBy"`
	source
	Cites       []kg.ID            `json:"cites"`
	StatedAt    timeText           `json:"statedAt"`
	Quote       *quoteRecord       `json:"quote"`
	Confidence  *int               `json:"confidence"`
	Spans       []spanRecord       `json:"spans"`
	Note        string             `json:"note"`
	Supersedes  []kg.ID            `json:"supersedes"`
	Extractions []extractionRecord `json:"extractions"`
	statement
}

type extractionRecord struct {
	Tool   string `json:"tool"`
	Model  string `json:"model"`
	Prompt string `json:"prompt"`
	At     string `json:"at"`
}

type quoteRecord struct {
	Text         string `json:"text"`
	Language     string `json:"language"`
	Direct       bool   `json:"direct"`
	Speaker      kg.ID  `json:"speaker"`
	Addressee    kg.ID  `json:"addressee"`
	Translations []name `json:"translations"`
}

type spanRecord struct {
	Start  *int   `json:"start"`
	End    *int   `json:"end"`
	Exact  string `json:"exact"`
	Prefix string `json:"prefix"`
	Suffix string `json:"suffix"`
	// State is used only when an export is restored.
	State kg.SpanState `json:"state"`
}

// statement holds the fields that a claim, or the record that contains it, states about an event.
type statement struct {
	Titles       []name              `json:"titles"`
	Summaries    []name              `json:"summaries"`
	Category     kg.EventCategory    `json:"category"`
	Mode         string              `json:"mode"`
	Codes        []kg.Code           `json:"codes"`
	Modality     kg.Modality         `json:"modality"`
	Time         timeText            `json:"time"`
	Nominal      kg.Day              `json:"nominal"`
	Figures      []kg.Figure         `json:"figures"`
	Measures     []kg.Measure        `json:"measures"`
	Participants []participantRecord `json:"participants"`
	Locations    []placeRecord       `json:"locations"`
	PartOf       []kg.ID             `json:"partOf"`
	RespondsTo   []kg.ResponseTo     `json:"respondsTo"`
	Announces    []kg.ID             `json:"announces"`
}

type participantRecord struct {
	Actor        kg.ID              `json:"actor"`
	Role         kg.ParticipantRole `json:"role"`
	Side         kg.Side            `json:"side"`
	Capacity     string             `json:"capacity"`
	Representing kg.ID              `json:"representing"`
}

type placeRecord struct {
	Location  kg.ID           `json:"location"`
	Role      kg.LocationRole `json:"role"`
	Precision int             `json:"precision"`
}

// timeText is a time in EDTF. It is parsed where the pointer to it in the record is known.
type timeText string

// name is a text alone, or a text with its language.
type name struct{ kg.Name }

// UnmarshalJSON accepts either form.
func (n *name) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, &n.Value)
	}
	return json.Unmarshal(b, &n.Name)
}
