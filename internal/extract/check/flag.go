// Package check compares a filled-in form with the text: whether names stand in it, weekdays agree with dates, tenses
// with modalities, and figures with the numbers of their sentences. What it finds is shown to a reviewer as a flag;
// nothing is changed.
package check

// Code is the kind of a flag.
type Code string

// The codes.
const (
	// NameInflected is a name that stands in the text only in another form.
	NameInflected Code = "NAME_INFLECTED"
	// NameKnown is a name that does not stand in the text, but is one of a known node.
	NameKnown Code = "NAME_KNOWN"
	// LinkPartial is a link to a known node that has more names or words than the text.
	LinkPartial Code = "LINK_PARTIAL"
	// LinkUnsure is a new node for which known nodes are suggested.
	LinkUnsure Code = "LINK_UNSURE"
	// ClaimantFar is a claimant whose name is not near the sentences of the claim.
	ClaimantFar Code = "CLAIMANT_FAR"
	// PartyFar is a participant, holder or place whose name is not near the sentences about its event or tie.
	PartyFar Code = "PARTY_FAR"
	// WordsFolded are words that differ from the text in marks, quotation marks, dashes or white space.
	WordsFolded Code = "WORDS_FOLDED"
	// WordsElsewhere are words that stand in another sentence than was named.
	WordsElsewhere Code = "WORDS_ELSEWHERE"
	// WordsNotQuoted is direct speech without quotation marks around it in the text.
	WordsNotQuoted Code = "WORDS_NOT_QUOTED"
	// NumberAbsent is a figure whose number the claim's sentences do not state.
	NumberAbsent Code = "NUMBER_ABSENT"
	// NumberVague is a figure that is VAGUE with a number, or has none without being VAGUE.
	NumberVague Code = "NUMBER_VAGUE"
	// TimeWordsAbsent are words for a time that do not stand in the text.
	TimeWordsAbsent Code = "TIME_WORDS_ABSENT"
	// TimeUnsupported is a time for which the form has no words.
	TimeUnsupported Code = "TIME_UNSUPPORTED"
	// WeekdayDiffers is a weekday in the words that the time does not have.
	WeekdayDiffers Code = "WEEKDAY_DIFFERS"
	// TenseDiffers is a modality that the tense of the sentences or the date of publication contradicts.
	TenseDiffers Code = "TENSE_DIFFERS"
	// SameEvent is an event that is joined to a known one, and SameEventUnsure one that may be the same.
	SameEvent       Code = "SAME_EVENT"
	SameEventUnsure Code = "SAME_EVENT_UNSURE"
	// Reprint is a document that shares most sentences with an earlier one, and ReprintUnsure one with a later one.
	Reprint       Code = "REPRINT"
	ReprintUnsure Code = "REPRINT_UNSURE"
	// PublisherUnknown is a document without a publisher.
	PublisherUnknown Code = "PUBLISHER_UNKNOWN"
)

// Flag is a doubt about a record.
type Flag struct {
	Code   Code   `json:"code"`
	Detail string `json:"detail,omitempty"`
}
