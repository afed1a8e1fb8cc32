package form

import (
	"encoding/json"
	"strconv"

	"casus/internal/extract/wording"
)

// Code is the kind of a refusal.
type Code string

// The codes; docs/extract.md lists them.
const (
	// Mismatch is an entry that does not match the form, and InvalidJSON one that is not JSON or would lose something.
	Mismatch    Code = "FORM_DIFFERS"
	InvalidJSON Code = "JSON_INVALID"
	// TooLong is a text or an entry with too many bytes, Blank a text without a visible character, and ExampleName a text
	// with a name of the instructions' example.
	TooLong     Code = "TOO_LONG"
	Blank       Code = "TEXT_BLANK"
	ExampleName Code = "EXAMPLE_NAME"
	// KeyRepeated is a key that an earlier entry has, Repeated an entry that says the same as an earlier one, and
	// RoleRepeated a role that an actor or a place has already.
	KeyRepeated  Code = "KEY_REPEATED"
	Repeated     Code = "ENTRY_REPEATED"
	RoleRepeated Code = "ROLE_REPEATED"
	// UnknownActor, UnknownPlace, UnknownParty and UnknownEvent are keys that no accepted entry has; SameNode is one of
	// the same node, and InsideItself a place that would lie in itself.
	UnknownActor Code = "ACTOR_UNKNOWN"
	UnknownPlace Code = "PLACE_UNKNOWN"
	UnknownParty Code = "PARTY_UNKNOWN"
	UnknownEvent Code = "EVENT_UNKNOWN"
	SameNode     Code = "SAME_NODE"
	InsideItself Code = "INSIDE_ITSELF"
	// Unclaimed is an event without an accepted claim, and Unused an actor or a place to which no record refers.
	Unclaimed Code = "EVENT_UNCLAIMED"
	Unused    Code = "PARTY_UNUSED"
	// NameAbsent is a name that neither the text nor a known node has. WordsAbsent are words that do not stand in the
	// text; WordsAmbiguous ones that stand there several times, and WordsFrequent ones that stand there very often.
	NameAbsent     Code = "NAME_ABSENT"
	WordsAbsent    Code = "WORDS_ABSENT"
	WordsAmbiguous Code = "WORDS_AMBIGUOUS"
	WordsFrequent  Code = "WORDS_FREQUENT"
	// NoSentence, UnknownSentence and ManySentences are faults in the sentences of an entry. NotAsked is an entry that
	// rests on sentences outside the question, and NothingNew one that rests on none of the sentences that were asked
	// about. NotRequested is one in the answer to a question about refused entries that is not one of these.
	NoSentence      Code = "SENTENCES_NONE"
	UnknownSentence Code = "SENTENCES_UNKNOWN"
	ManySentences   Code = "SENTENCES_MANY"
	NotAsked        Code = "SENTENCES_NOT_ASKED"
	NothingNew      Code = "SENTENCES_OLD"
	NotRequested    Code = "ENTRY_NOT_REQUESTED"
	// InvalidCountry, InvalidTime and InvalidNumber are values in another form.
	InvalidCountry Code = "COUNTRY_INVALID"
	InvalidTime    Code = "TIME_INVALID"
	InvalidNumber  Code = "NUMBER_INVALID"
	// NoNumber is a figure without a number that is not VAGUE, and NoFigure a claim about figures without one.
	NoNumber Code = "NUMBER_MISSING"
	NoFigure Code = "FIGURES_NONE"
	// NoValue is a claim about participation, place or time without a value.
	NoValue Code = "VALUE_MISSING"
	// NeedlessValue is the value of a claim that has none by its aspect, and NeedlessCondition the condition of an
	// announcement.
	NeedlessValue     Code = "VALUE_NEEDLESS"
	NeedlessCondition Code = "CONDITION_NEEDLESS"
)

// reasons are the English words for each code, in which names of values stand in braces.
var reasons = map[Code]string{
	Mismatch:          "does not match the form: {fault}",
	InvalidJSON:       "invalid JSON: {fault}",
	TooLong:           "has {bytes} bytes, of at most {most}",
	Blank:             "must not be blank; unknown is null",
	ExampleName:       "has a name of the example in the instructions, which no article has",
	KeyRepeated:       "an earlier entry of the list has this key",
	Repeated:          "repeats an earlier entry of the list",
	RoleRepeated:      "has this role already",
	UnknownActor:      "no accepted actor has this key",
	UnknownPlace:      "no accepted place has this key",
	UnknownParty:      "no accepted actor or place has this key",
	UnknownEvent:      "no accepted event has this key",
	SameNode:          "the key is one of the same node",
	InsideItself:      "the place would lie in itself",
	Unclaimed:         "no claim about it was accepted",
	Unused:            "no record refers to it",
	NameAbsent:        "the name does not stand in the text, and is not one of a known node",
	WordsAbsent:       "the words do not stand in the text",
	WordsAmbiguous:    "the words stand in the text {count} times, and not once in the sentences",
	WordsFrequent:     "the words stand in the text {count} times or more",
	NoSentence:        "names no sentence",
	UnknownSentence:   "the sentences are numbered 1 to {last}",
	ManySentences:     "names {count} sentences, of at most {most}",
	NotAsked:          "only the sentences {first} to {last} were asked about",
	NothingNew:        "rests on none of the sentences that were asked about, or on context alone",
	NotRequested:      "is not one of the refused entries, which alone were asked for once more",
	InvalidCountry:    "not an ISO 3166-1 alpha-2 code such as UA",
	InvalidTime:       "{fault}",
	InvalidNumber:     "not a number of people or things",
	NoNumber:          "a figure without a number is VAGUE",
	NoFigure:          "a claim about figures has none",
	NeedlessValue:     "only claims about participation, place and time have one",
	NoValue:           "a claim about participation, place or time needs a value",
	NeedlessCondition: "an announcement has none",
}

// Refusal is an entry of a form that does not enter, and why.
type Refusal struct {
	// List is the list of the form that the entry is in, and Entry its position there, from 1.
	List  string `json:"list"`
	Entry int    `json:"entry"`
	// Field is the JSON pointer to the faulty value within the entry, or empty. LeftOut reports that only this value does
	// not enter.
	Field   string `json:"field,omitempty"`
	LeftOut bool   `json:"leftOut,omitempty"`
	Cause
	// Found is the faulty value, and Nearest the passage of the text that is most like words that do not stand in it,
	// or the code of the country that a faulty code means.
	Found   string `json:"found,omitempty"`
	Nearest string `json:"nearest,omitempty"`
	// Raw is the entry as the form has it.
	Raw json.RawMessage `json:"raw,omitempty"`
}

// Cause is the reason of a refusal.
type Cause struct {
	Code Code `json:"code"`
	// Values are what the words for the code name. A fault is in English.
	Values wording.Values `json:"values,omitempty"`
	// Reason says it in English.
	Reason string `json:"reason"`
}

// NewCause returns the reason of a refusal with the values that the words for its code name.
func NewCause(code Code, values wording.Values) Cause {
	return Cause{code, values, wording.Fill(reasons[code], values)}
}

// tooLong returns the reason of a refusal of a text with too many bytes.
func tooLong(bytes, most int) Cause {
	return NewCause(TooLong, wording.Values{"bytes": strconv.Itoa(bytes), "most": strconv.Itoa(most)})
}

// faulty returns the reason of a refusal with a fault in English.
func faulty(code Code, fault string) Cause { return NewCause(code, wording.Values{"fault": fault}) }
