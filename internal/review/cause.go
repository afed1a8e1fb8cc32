package review

import (
	"casus/internal/extract/wording"
	"casus/internal/kg"
)

// Code is the kind of a cause.
type Code string

// The codes of what falls; docs/review.md lists them.
const (
	// DocumentMissing, EventMissing, ClaimantMissing and SubjectMissing are items whose document, event, claimant or only
	// subject is not loaded, TieMissing is a tie of such a node, ReferenceMissing a field that names one, and SameMissing
	// an item that is the same as one.
	DocumentMissing  Code = "DOCUMENT_MISSING"
	EventMissing     Code = "EVENT_MISSING"
	ClaimantMissing  Code = "CLAIMANT_MISSING"
	SubjectMissing   Code = "SUBJECT_MISSING"
	TieMissing       Code = "TIE_MISSING"
	ReferenceMissing Code = "REFERENCE_MISSING"
	SameMissing      Code = "SAME_MISSING"
	// Unclaimed is an event without a claim that is loaded, and Unused an actor or a place to which nothing refers.
	Unclaimed Code = "EVENT_UNCLAIMED"
	Unused    Code = "PARTY_UNUSED"
	// Unstated is a field of an event that no claim that is loaded states.
	Unstated Code = "CONTENT_UNSTATED"
	// TieItself, ReferenceItself and RepresentsItself are what would refer to itself, because two nodes are one.
	TieItself        Code = "TIE_ITSELF"
	ReferenceItself  Code = "REFERENCE_ITSELF"
	RepresentsItself Code = "REPRESENTS_ITSELF"
	// RoleRepeated is a role that the node has already, because two nodes are one.
	RoleRepeated Code = "ROLE_REPEATED"
)

// The codes of decisions that cannot be carried out.
const (
	// DecisionsDiffer are items about one node with different decisions, and DecisionsCircle nodes that are decided to be
	// each other.
	DecisionsDiffer Code = "DECISIONS_DIFFER"
	DecisionsCircle Code = "DECISIONS_CIRCLE"
	// OwnMissing is a link that cannot be undone, KnownInvalid a known node of another kind, or no id, and KnownItself a
	// document that would be a reprint of itself, or of no document.
	OwnMissing   Code = "OWN_MISSING"
	KnownInvalid Code = "KNOWN_INVALID"
	KnownItself  Code = "KNOWN_ITSELF"
	// ContentInvalid is an edit that is no record or claim of a proposal, and FieldInvalid one with a value that the
	// format does not allow.
	ContentInvalid Code = "CONTENT_INVALID"
	FieldInvalid   Code = "FIELD_INVALID"
	// TypeChanged, IDChanged, DocumentChanged, TextChanged and TimeRemoved are edits of a part that a record keeps.
	TypeChanged     Code = "TYPE_CHANGED"
	IDChanged       Code = "ID_CHANGED"
	DocumentChanged Code = "DOCUMENT_CHANGED"
	TextChanged     Code = "TEXT_CHANGED"
	TimeRemoved     Code = "TIME_REMOVED"
	// Withdraws is a claim that withdraws something, WordsNone one without words, WordsAbsent one whose words do not stand
	// in the text, WordsAmbiguous one whose words stand there several times, WordsMoved one whose offsets are not those of
	// its words, and QuoteDiffers one with another quote than its words.
	Withdraws      Code = "CLAIM_WITHDRAWS"
	WordsNone      Code = "WORDS_NONE"
	WordsAbsent    Code = "WORDS_ABSENT"
	WordsAmbiguous Code = "WORDS_AMBIGUOUS"
	WordsMoved     Code = "WORDS_MOVED"
	QuoteDiffers   Code = "QUOTE_DIFFERS"
)

// The codes of records that the loader refuses.
const (
	// NodeUnknown is a reference to an id that neither the proposal nor the graph has, and NodeRejected one to a record
	// that is rejected.
	NodeUnknown  Code = "NODE_UNKNOWN"
	NodeRejected Code = "NODE_REJECTED"
	// StoredDiffers is a record or claim that the graph has with a different content.
	StoredDiffers Code = "STORED_DIFFERS"
	// Refused is a record that is refused for another reason.
	Refused Code = "RECORD_REFUSED"
)

// reasons are the English words for each code, in which names of values stand in braces.
var reasons = map[Code]string{
	DocumentMissing:  "the document is {state}: nothing is loaded",
	EventMissing:     "its event is {state}",
	ClaimantMissing:  "its claimant {node} is {state}",
	SubjectMissing:   "it is about {node}, which is {state}",
	TieMissing:       "its {node} is {state}",
	ReferenceMissing: "{node} is {state}",
	SameMissing:      "it is the same as {node}, which is {state}",
	Unclaimed:        "none of its claims is accepted",
	Unused:           "nothing that is loaded refers to it",
	Unstated:         "no accepted claim asserts or confirms the event, so the graph has it without this field",
	TieItself:        "both sides of the tie are {node}",
	ReferenceItself:  "{node} is the record itself",
	RepresentsItself: "{node} is the actor itself",
	RoleRepeated:     "{node} has this role already, as {other}",
	DecisionsDiffer:  "several items are about {node}: decide about them alike",
	DecisionsCircle:  "{node} and {other} are decided to be each other",
	OwnMissing:       "the review does not say what it is if it is not the known node",
	KnownInvalid:     "it cannot be {node}: {fault}",
	KnownItself:      "{node} is no other document",
	ContentInvalid:   "not a record of a proposal: {fault}",
	FieldInvalid:     "{fault}",
	TypeChanged:      "an edit keeps the type {type}",
	IDChanged:        "an edit keeps the id {node}: another node is chosen by known or own",
	DocumentChanged:  "an edit keeps the document {node}",
	TextChanged:      "an edit keeps the text, on which all claims rest",
	TimeRemoved:      "an edit keeps a time of publication, which claims need",
	Withdraws:        "an article withdraws nothing: RETRACTS is no stance of a proposal",
	WordsNone:        "the claim has no words in the text",
	WordsAbsent:      "the words are not in the text: {words}",
	WordsAmbiguous:   "the words are in the text several times: {words}",
	WordsMoved:       "the words are not at {start}..{end}: {words}",
	QuoteDiffers:     "the quote has other words than the spans, which are {words}",
	NodeUnknown:      "neither the proposal nor the graph has {node}",
	NodeRejected:     "it refers to {node}, which is refused",
	StoredDiffers:    "the graph has it with a different content, which stays unless stored claims are corrected",
	Refused:          "{fault}",
}

// State is why an item is not loaded, as a value of the words for a code.
type State string

// The states.
const (
	rejected  State = "REJECTED"
	undecided State = "UNDECIDED"
	// unclaimed is an event without a claim that is loaded, unused a party to which nothing refers, and replaced the
	// record of a node that is a known one.
	unclaimed State = "UNCLAIMED"
	unused    State = "UNUSED"
	replaced  State = "REPLACED"
)

// stateWords are the English words for each state.
var stateWords = map[State]string{
	rejected:  "rejected",
	undecided: "undecided",
	unclaimed: "without an accepted claim",
	unused:    "not used",
	replaced:  "replaced by a known node",
}

// Cause is why something is not loaded.
type Cause struct {
	Code Code `json:"code"`
	// Values are what the words for the code name. A state is REJECTED, UNDECIDED or UNCLAIMED, a fault is in English.
	Values wording.Values `json:"values,omitempty"`
	// Reason says it in English.
	Reason string `json:"reason"`
}

// NewCause returns a cause with the values that the words for its code name.
func NewCause(code Code, values wording.Values) Cause {
	shown := wording.Values{}
	for name, value := range values {
		if words, found := stateWords[State(value)]; found && name == "state" {
			value = words
		}
		shown[name] = value
	}
	return Cause{code, values, wording.Fill(reasons[code], shown)}
}

// causeOf returns a cause that names a node alone.
func causeOf(code Code, id kg.ID) Cause { return NewCause(code, wording.Values{"node": string(id)}) }

// missing returns the cause that a node is not loaded.
func missing(code Code, id kg.ID, state State) Cause {
	return NewCause(code, wording.Values{"node": string(id), "state": string(state)})
}

// faulty returns a cause with a fault in English.
func faulty(code Code, err error) Cause {
	return NewCause(code, wording.Values{"fault": err.Error()})
}
