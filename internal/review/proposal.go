// Package review turns a proposal and a person's decisions about it into the records to load, with the review records
// that say who has read them. It is pure: the same proposal and decisions make the same bytes.
package review

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"casus/internal/extract/proposal"
	"casus/internal/extract/wording"
	"casus/internal/kg"
	"casus/internal/record"
	"casus/internal/text"
)

// Proposal is a proposal with the decisions about its items.
type Proposal struct {
	records []proposal.Record
	review  proposal.Review
	// items has the position of the item of each record and claim, and of each link, in the review.
	items map[place]int
	text  *text.Positions
	// document is the line of the document's record, from 1.
	document int
	// added has the number of claims that a person added to each record, by its line.
	added map[int]int
}

// place names an item: by its record and claim, or a link by the id that it has in the proposal.
type place struct {
	record, claim int
	link          kg.ID
	// label and key tell links apart that name one node.
	label, key string
}

func placeOf(i proposal.Item) place {
	if i.Record > 0 {
		return place{record: i.Record, claim: i.Claim}
	}
	return place{link: i.ID, label: i.Label, key: i.Key}
}

// version is the version of review files that New takes.
const version = 1

// MaxRecords bounds the records of a proposal.
const MaxRecords = 20_000

// New returns a proposal of the records of a proposal's file and its review. It refuses what a proposal never has:
// other types of records and fields, withdrawals, claims without words. Errors are BAD_INPUT.
func New(records []json.RawMessage, review proposal.Review) (*Proposal, error) {
	if len(records) > MaxRecords {
		return nil, kg.Errorf(kg.BadInput, "the proposal has %d records, of at most %d", len(records), MaxRecords)
	}
	if review.Version != version {
		return nil, kg.Errorf(kg.BadInput, "the review has version %d; this program reads version %d", review.Version,
			version)
	}
	p := &Proposal{review: review, items: map[place]int{}, text: text.NewPositions(""), added: map[int]int{}}
	p.review.Items = slices.Clone(review.Items)
	ids := map[kg.ID]int{}
	for i, content := range records {
		r, err := decodeRecord(content)
		if err != nil {
			return nil, kg.Errorf(kg.BadInput, "record %d of the proposal: %w", i+1, err)
		}
		if other, found := ids[r.Ref()]; found && r.Ref() != "" {
			return nil, kg.Errorf(kg.BadInput, "records %d and %d of the proposal have the same id %s", other, i+1, r.Ref())
		}
		ids[r.Ref()] = i + 1
		if d, ok := r.(*proposal.Document); ok {
			if p.document > 0 {
				return nil, kg.Errorf(kg.BadInput, "record %d of the proposal is its second document", i+1)
			}
			p.document, p.text = i+1, text.NewPositions(d.Text)
		}
		p.records = append(p.records, r)
	}
	if p.document == 0 {
		return nil, kg.Errorf(kg.BadInput, "the proposal has no document")
	}
	if err := p.checkClaims(); err != nil {
		return nil, err
	}
	if err := p.add(ids); err != nil {
		return nil, err
	}
	for i, item := range p.review.Items {
		if err := p.checkItem(item); err != nil {
			return nil, kg.Errorf(kg.BadInput, "item %d of the review: %w", i+1, err)
		}
		at := placeOf(item)
		if other, found := p.items[at]; found {
			return nil, kg.Errorf(kg.BadInput, "items %d and %d of the review are about the same record or claim", other+1,
				i+1)
		}
		p.items[at] = i
	}
	return p, nil
}

// Lines returns the records of a proposal's file.
func Lines(content []byte) (records []json.RawMessage) {
	for line := range bytes.Lines(content) {
		if line = bytes.TrimSpace(line); len(line) > 0 {
			records = append(records, line)
		}
	}
	return records
}

// documentRecord returns the record of the document.
func (p *Proposal) documentRecord() *proposal.Document {
	d, _ := p.records[p.document-1].(*proposal.Document)
	return d
}

// checkClaims checks that all records are about the document, and the claims of all events and ties.
func (p *Proposal) checkClaims() error {
	document := p.documentRecord().ID
	if sum := sha256.Sum256([]byte(p.text.Text())); hex.EncodeToString(sum[:]) != p.documentRecord().SHA256 {
		return kg.Errorf(kg.BadInput, "the text of the document has another SHA-256 than its record says")
	}
	for i, r := range p.records {
		if from := sourceOf(r); from != "" && from != document {
			return kg.Errorf(kg.BadInput, "record %d of the proposal is of another document: %s", i+1, from)
		}
		for n, c := range *claimsOf(r) {
			if len(c.Extractions) == 0 {
				return kg.Errorf(kg.BadInput, "record %d, claim %d of the proposal does not say which run made it", i+1, n+1)
			}
			if broken := p.checkClaim(&c); broken != nil {
				return kg.Errorf(kg.BadInput, "record %d, claim %d of the proposal, %s: %s", i+1, n+1, broken.field,
					broken.Reason)
			}
		}
	}
	return nil
}

// checkClaim checks what no decision may change: a claim rests on words of the text, and withdraws nothing. It fills in
// missing places of words and a missing quote.
func (p *Proposal) checkClaim(c *proposal.Claim) *contentFault {
	if c.Stance == kg.StanceRetracts {
		return &contentFault{"/stance", NewCause(Withdraws, nil)}
	}
	if len(c.Spans) == 0 {
		return &contentFault{"/spans", NewCause(WordsNone, nil)}
	}
	for i := range c.Spans {
		if broken := p.checkSpan(&c.Spans[i]); broken != nil {
			return broken.below(fmt.Sprintf("/spans/%d", i))
		}
	}
	words := wordsOf(c.Spans)
	switch {
	case c.Quote == nil:
		c.Quote = &proposal.Quote{Text: words, Language: p.documentRecord().Language}
	case c.Quote.Text == "":
		c.Quote.Text = words
	case c.Quote.Text != words:
		return &contentFault{"/quote/text", NewCause(QuoteDiffers, wording.Values{"words": kg.CutText(words, shownBytes)})}
	}
	return nil
}

// checkSpan checks that the words of a span stand in the text, at its offsets if it has any, else once. It fills in the
// offsets, or the words.
func (p *Proposal) checkSpan(s *proposal.Span) *contentFault {
	words := record.Words{Exact: s.Exact}
	if s.End != 0 || s.Start != 0 {
		words.Start, words.End = &s.Start, &s.End
	}
	found, fault := record.FindWords(words, p.text)
	if fault == nil && found.State == kg.SpanVerified {
		s.Start, s.End, s.Exact = found.Start, found.End, found.Exact
		return nil
	}
	values := wording.Values{"words": kg.CutText(s.Exact, shownBytes)}
	places := len(p.text.Find(s.Exact))
	switch {
	case places == 0 && (s.Exact != "" || words.Start == nil):
		return &contentFault{"/exact", NewCause(WordsAbsent, values)}
	case words.Start == nil:
		return &contentFault{"/exact", NewCause(WordsAmbiguous, values)}
	}
	values["start"], values["end"] = strconv.Itoa(s.Start), strconv.Itoa(s.End)
	return &contentFault{"", NewCause(WordsMoved, values)}
}

// wordsOf returns the words of spans as a quote has them.
func wordsOf(spans []proposal.Span) string {
	var b bytes.Buffer
	for i, s := range spans {
		if i > 0 {
			b.WriteString(" … ")
		}
		b.WriteString(s.Exact)
	}
	return b.String()
}

// checkItem checks that an item is about a record, claim or link, and that its decision has a valid form.
func (p *Proposal) checkItem(item proposal.Item) error {
	switch {
	case item.Record < 0 || item.Record > len(p.records):
		return kg.Errorf(kg.BadInput, "there is no record %d", item.Record)
	case item.Record == 0 && (item.Known == nil || item.ID.Kind() != item.Type || item.Claim != 0 || !isParty(item.Type)):
		return kg.Errorf(kg.BadInput, "it has neither a record nor a known actor or place")
	case item.Record > 0:
		r := p.records[item.Record-1]
		if item.Claim < 0 || item.Claim > p.claims(item.Record) || item.Claim > 0 && r.Kind() != kg.KindEvent {
			return kg.Errorf(kg.BadInput, "record %d has no item for a claim %d", item.Record, item.Claim)
		}
		if want := r.Kind(); item.Claim == 0 && item.Type != want {
			return kg.Errorf(kg.BadInput, "record %d is of type %s, not %s", item.Record, want, item.Type)
		}
	}
	d := item.Decision
	switch {
	case d == nil:
		return nil
	case d.Verdict != proposal.Accept && d.Verdict != proposal.Reject:
		return kg.Errorf(kg.BadInput, "the verdict %q is neither ACCEPT nor REJECT", d.Verdict)
	case d.Verdict == proposal.Reject && (d.Known != "" || d.Own || len(d.Edited) > 0):
		return kg.Errorf(kg.BadInput, "a rejected item is neither linked nor edited")
	case d.Known != "" && d.Own:
		return kg.Errorf(kg.BadInput, "known and own exclude each other")
	case (d.Known != "" || d.Own) && (item.Claim > 0 || item.Type == kg.KindAffiliation):
		return kg.Errorf(kg.BadInput, "a claim and a tie are no nodes that may be known")
	}
	return nil
}

func isParty(kind kg.NodeKind) bool { return kind == kg.KindActor || kind == kg.KindLocation }
