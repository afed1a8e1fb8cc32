package article

import (
	"regexp"
	"strings"

	"golang.org/x/text/language"

	"casus/internal/kg"
	"casus/internal/text"
)

// Metadata are facts about an article as its file, or a person, states them. Empty ones are unknown.
type Metadata struct {
	Title, Publisher, Address, Language string
	// Published is the date of publication in EDTF.
	Published string
	// Unreadable is a date of the page that is not in ISO 8601, and so is not used.
	Unreadable string
	// Hint is what the file says about dates that are not of publication, in words: when it was made or captured.
	Hint string
	// Fallback is set in given facts that hold only where a file states none.
	Fallback bool
	// DateName says in messages how a person states the date of publication; "" for the flag of the command line.
	DateName string
	// Retrieved is when the page was captured, in RFC 3339.
	Retrieved string
}

// addressForm is the form of an address in a record.
var addressForm = regexp.MustCompile(`^[Hh][Tt][Tt][Pp][Ss]?://[^/?#\s]\S*$`)

// dropFaulty removes what a file states in a form that no record can have. Only a person may name a publisher by an id.
func (m *Metadata) dropFaulty() {
	if text.IsBlank(m.Title) || (Metadata{Title: m.Title}).check() != nil {
		m.Title = ""
	}
	if text.IsBlank(m.Publisher) || strings.HasPrefix(m.Publisher, "actor:") ||
		(Metadata{Publisher: m.Publisher}).check() != nil {
		m.Publisher = ""
	}
	if (Metadata{Address: m.Address}).check() != nil {
		m.Address = ""
	}
	if (Metadata{Language: m.Language}).check() != nil {
		m.Language = ""
	}
}

// check returns the first fault of the facts, apart from the date.
func (m Metadata) check() error {
	if m.Language != "" {
		if _, err := language.Parse(m.Language); err != nil {
			return kg.Errorf(kg.BadInput, "the language %q is not a BCP 47 tag such as ar or uk", m.Language)
		}
	}
	if m.Address != "" && (!addressForm.MatchString(m.Address) || len(m.Address) > kg.MaxTextBytes) {
		return kg.Errorf(kg.BadInput, "the address %.100q is not one with http or https", m.Address)
	}
	if len(m.Publisher) > kg.MaxNameBytes {
		return kg.Errorf(kg.BadInput, "the publisher's name has more than %d bytes", kg.MaxNameBytes)
	}
	for _, s := range []string{m.Title, m.Publisher, m.Address} {
		if strings.ContainsRune(s, 0) || strings.ContainsRune(s, '\uFDD0') {
			return kg.Errorf(kg.BadInput, "%.100q has a zero byte or U+FDD0", s)
		}
	}
	return nil
}
