// Package check compares a filled-in form with the text: whether names stand in it, weekdays agree with dates, tenses
// with modalities, and figures with the numbers of their sentences. What it finds is shown to a reviewer as a flag;
// nothing is changed.
package check

import "casus/internal/extract/wording"

// Code is the kind of a flag.
type Code string

// The codes; docs/extract.md lists them.
const (
	// NameInflected is a name that stands in the text only in another form.
	NameInflected Code = "NAME_INFLECTED"
	// NameCase is a name that stands in the text only in lower case, as a common word does.
	NameCase Code = "NAME_CASE"
	// NameKnown is a name that does not stand in the text, but is one of a known node.
	NameKnown Code = "NAME_KNOWN"
	// NameUnchecked is the English name of a new node that is neither in the text nor spelt like the text's name.
	NameUnchecked Code = "NAME_UNCHECKED"
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
	// NumberVague is a figure that is VAGUE with a number.
	NumberVague Code = "NUMBER_VAGUE"
	// TimeWordsAbsent are words for a time that do not stand in the text.
	TimeWordsAbsent Code = "TIME_WORDS_ABSENT"
	// TimeUnsupported is a time for which the form has no words.
	TimeUnsupported Code = "TIME_UNSUPPORTED"
	// WeekdayDiffers is a weekday in the words that the time does not have.
	WeekdayDiffers Code = "WEEKDAY_DIFFERS"
	// TenseDiffers is an event that happened by its modality, although all sentences about it speak of the future.
	TenseDiffers Code = "TENSE_DIFFERS"
	// TimeLater is an event that happened by its modality, with a time after the publication, and TimeEarlier one that is
	// PLANNED for a time before it.
	TimeLater   Code = "TIME_LATER"
	TimeEarlier Code = "TIME_EARLIER"
	// FiguresDiffer is a claim with two numbers for one thing that exclude each other.
	FiguresDiffer Code = "FIGURES_DIFFER"
	// StatedLater is a claim whose words were said after the publication.
	StatedLater Code = "STATED_LATER"
	// OccurrenceImplied is a claim of an event's OCCURRENCE that the form lacks, but one of another aspect implies.
	OccurrenceImplied Code = "OCCURRENCE_IMPLIED"
	// DenialsAlone is an event that no claim asserts, and ContentUnstated one with fields that no claim states.
	DenialsAlone    Code = "DENIALS_ALONE"
	ContentUnstated Code = "CONTENT_UNSTATED"
	// SameEvent is an event that is joined to a known one, and SameEventUnsure one that may be the same.
	SameEvent       Code = "SAME_EVENT"
	SameEventUnsure Code = "SAME_EVENT_UNSURE"
	// Reprint is a document that shares most sentences with an earlier one, and ReprintUnsure one with a later one.
	Reprint       Code = "REPRINT"
	ReprintUnsure Code = "REPRINT_UNSURE"
	// DocumentKnown is a document with the text or the address of a known one that has another id.
	DocumentKnown Code = "DOCUMENT_KNOWN"
	// PublisherUnknown is a document without a publisher.
	PublisherUnknown Code = "PUBLISHER_UNKNOWN"
)

// flagWords are the English words for each code, in which names of values stand in braces.
var flagWords = map[Code]string{
	NameInflected:     "{name} stands in the text only in another form",
	NameCase:          "{name} stands in the text only in lower case, as common words do",
	NameKnown:         "{name} does not stand in the text; a known node has the name",
	NameUnchecked:     "the English name {name} is not in the text, nor spelt like the text's",
	LinkPartial:       "only a part of the name, or the English name, fits {name}",
	LinkUnsure:        "{count} known nodes may be meant",
	ClaimantFar:       "no word of {name} is near the sentences",
	PartyFar:          "no word of {name} is near the sentences",
	WordsFolded:       "{words} differs from the text in marks or punctuation",
	WordsElsewhere:    "found in other sentences than were named: {sentences}",
	WordsNotQuoted:    "direct speech without quotation marks",
	NumberAbsent:      "the sentences do not state {number}",
	NumberVague:       "VAGUE with the number {number}",
	TimeWordsAbsent:   "the words for the time do not stand in the text: {words}",
	TimeUnsupported:   "no words for {time}",
	WeekdayDiffers:    "the words name {weekdays}; {time} is a {weekday}",
	TenseDiffers:      "{modality}, but the sentences speak of the future",
	TimeLater:         "{modality}, but {time} is after the publication on {published}",
	TimeEarlier:       "{modality}, but {time} is before the publication on {published}",
	FiguresDiffer:     "the claim states {number} and {other} for one thing",
	StatedLater:       "said on {time}, which is after the publication on {published}",
	OccurrenceImplied: "the form has no claim of the OCCURRENCE; one in the same words implies it",
	DenialsAlone:      "no claim asserts the event: a denial states title, time and places",
	ContentUnstated:   "no claim states these fields, so the graph will not have them: {fields}",
	SameEvent:         "adds {count} claims to {name}",
	SameEventUnsure:   "{count} known events may be the same",
	Reprint:           "most sentences are those of {name}",
	ReprintUnsure:     "most sentences are those of {name}, which was published later",
	DocumentKnown:     "the graph has {name} with the same text or address: is it the same document under another date?",
	PublisherUnknown:  "the article's own claims have no voice that others share",
}

// Flag is a doubt about a record.
type Flag struct {
	Code Code `json:"code"`
	// Values are what the words for the code name: names and words of the article or the graph, times in EDTF, numbers,
	// English weekdays.
	Values wording.Values `json:"values,omitempty"`
	// Why says it in English.
	Why string `json:"why"`
}

// NewFlag returns a flag with the values that the words for its code name.
func NewFlag(code Code, values wording.Values) Flag {
	return Flag{code, values, wording.Fill(flagWords[code], values)}
}
