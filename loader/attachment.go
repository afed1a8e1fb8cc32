package loader

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"casus/internal/kg"
	"casus/internal/store"
)

// Text is the text of a stored document, which comes after the claims that point into it.
type Text struct {
	Document kg.ID
	// File is where it was read, for rejects.
	File string
	Text string
}

// AttachTexts verifies what stored claims quote of documents, whose texts were not there when the claims were loaded. The graph
// comes to be the one that a load with the texts would have made. Each text is a record of the report, and so is each claim
// with words that nobody had checked: words that do not stand in the text are rejected, and stay unverifiable; so is a text
// that is not of its document's hash, with all that rests on it. A document without a hash gets one, and with
// Options.KeepText the text. Errors are the store's.
func AttachTexts(ctx context.Context, st Store, supplied []Text, opt Options) (Report, error) {
	s := &textAttacher{stream: newStream(st, nil, opt)}
	for _, t := range supplied {
		if err := s.attach(ctx, t); err != nil {
			return s.report, err
		}
	}
	return s.report, nil
}

// textAttacher is one Supply under way.
type textAttacher struct{ *stream }

func (s *textAttacher) attach(ctx context.Context, t Text) error {
	nodes, err := s.store.Nodes(ctx, exactView, []kg.ID{t.Document})
	if err != nil {
		return err
	}
	d, known := nodes[0].(kg.Document)
	if !known {
		return s.report.reject(Reject{File: t.File, Reason: "the store has no such document", Found: string(t.Document)}, s.options)
	}
	if fault := checkText(&t, d); fault != nil {
		return s.report.reject(*fault, s.options)
	}
	d.View, d.SHA256 = kg.View{}, textHash(t.Text)
	if s.options.KeepText {
		d.Text = t.Text
	}
	if err := s.apply(ctx, kg.Batch{Documents: []kg.Document{d}}); err != nil {
		return err
	}
	return s.verifyClaims(ctx, t)
}

// apply applies what is one record each.
func (s *textAttacher) apply(ctx context.Context, b kg.Batch) error {
	applied, err := s.store.Apply(ctx, b)
	if err != nil {
		return err
	}
	s.report.addApplied(applied)
	for _, n := range applied.Changed {
		s.report.Read, s.report.Applied = s.report.Read+n, s.report.Applied+n
	}
	for _, n := range applied.Unchanged {
		s.report.Read, s.report.Unchanged = s.report.Read+n, s.report.Unchanged+n
	}
	return nil
}

// checkText says why a text cannot be the document's. Editors end a file with a line break; where the hash says that the text
// has none, it is taken off.
func checkText(t *Text, d kg.Document) *Reject {
	switch {
	case t.Text == "":
		return &Reject{File: t.File, Reason: "the text is empty"}
	case !utf8.ValidString(t.Text):
		return &Reject{File: t.File, Reason: "the text is not UTF-8"}
	case d.SHA256 == "" || textHash(t.Text) == d.SHA256:
		return nil
	}
	if bare := strings.TrimSuffix(strings.TrimSuffix(t.Text, "\n"), "\r"); textHash(bare) == d.SHA256 {
		t.Text = bare
		return nil
	}
	return &Reject{File: t.File, Reason: "it is another text than the one of " + string(d.ID) + ": its SHA-256 says so", Found: textHash(t.Text), Allowed: []string{d.SHA256}}
}

func textHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// verifyClaims checks the claims in the document, a page at a time.
func (s *textAttacher) verifyClaims(ctx context.Context, t Text) error {
	q := store.ClaimQuery{View: exactView, Scope: &store.Scope{Relation: store.DocumentClaims, IDs: []kg.ID{t.Document}}, Order: (*store.ClaimOrder)(nil).Normalize(), Window: store.Window{Limit: store.MaxPageSize}}
	for {
		pages, err := s.store.Claims(ctx, q)
		if err != nil {
			return err
		}
		page := pages[0]
		var whole, partly kg.Batch
		var faults []Reject
		for _, c := range page.Items {
			if len(c.Spans) == 0 {
				continue
			}
			checked, fault := verifySpans(c, t)
			if fault == nil {
				whole.Claims = append(whole.Claims, checked)
			} else {
				partly.Claims, faults = append(partly.Claims, checked), append(faults, *fault)
			}
			for _, span := range checked.Spans {
				s.report.Spans[span.State]++
			}
		}
		if err := s.apply(ctx, whole); err != nil {
			return err
		}
		if _, err := s.store.Apply(ctx, partly); err != nil {
			return err
		}
		for _, fault := range faults {
			if err := s.report.reject(fault, s.options); err != nil {
				return err
			}
		}
		if !page.HasNext {
			return nil
		}
		q.Window.After = &page.Positions[len(page.Positions)-1]
	}
}

// verifySpans checks those of a claim's words that nobody has checked. The fault is the first of what does not stand in the text.
func verifySpans(c kg.Claim, t Text) (kg.Claim, *Reject) {
	var first *Reject
	c.Spans = slices.Clone(c.Spans)
	for i, span := range c.Spans {
		if span.State != kg.SpanUnverifiable {
			continue
		}
		given := spanRecord{Exact: span.Exact, Prefix: span.Prefix, Suffix: span.Suffix}
		if span.End > 0 {
			given.Start, given.End = &span.Start, &span.End
		}
		found, fault := anchor(given, t.Text)
		if fault == nil {
			c.Spans[i] = found
		} else if first == nil {
			first = fault
			first.File, first.Pointer = t.File, fmt.Sprintf("/spans/%d%s", i, fault.Pointer)
			first.Reason = string(c.ID) + ": " + fault.Reason
		}
	}
	return c, first
}
