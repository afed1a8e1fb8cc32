package extract

import (
	"casus/internal/edtf"
	"casus/internal/extract/anchor"
	"casus/internal/extract/check"
	"casus/internal/extract/form"
	"casus/internal/extract/link"
	"casus/internal/extract/proposal"
	"casus/internal/kg"
)

// party is an accepted actor or place of the form.
type party struct {
	id    kg.ID
	names []string // the text's, then the English one
	// record is the record of a new node. For a known node, which known has, it is the record that the node would have if
	// it were new.
	record      proposal.Record
	known       *link.Suggestion
	flags       []check.Flag
	suggestions []link.Suggestion
	list        string // of the form; empty for a publisher that the form does not have
	index       int
	key         string
	used        bool
	// isCommon reports whether the text's name looks like a common word.
	isCommon bool
}

// use marks a party as one that a record refers to, and returns its id.
func (p *party) use() kg.ID {
	p.used = true
	return p.id
}

// claim is an accepted claim of the form.
type claim struct {
	record    proposal.Claim
	sentences []int
	manner    anchor.Manner
	flags     []check.Flag
	label     string
	// about is the party that a claim of PARTICIPATION or PLACE is about.
	about *party
}

// event is an event of the form with its accepted claims.
type event struct {
	form   form.Event
	index  int
	claims []*claim
	record proposal.Event
	time   edtf.Time
	// sentences are the sentences of its claims.
	sentences []int
	known     *link.Suggestion
	// ownID is the id that a known event would have if it were new.
	ownID       kg.ID
	flags       []check.Flag
	suggestions []link.Suggestion
}

// tie is an accepted tie of the form.
type tie struct {
	record   proposal.Affiliation
	sentence int
	flags    []check.Flag
	label    string
}
