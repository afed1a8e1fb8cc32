package loader

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"casus/internal/kg"
	"casus/internal/record"
	"casus/internal/store"
	"casus/internal/text"
	"casus/loader/report"
)

// Text is the text of a stored document, which arrives after the claims that quote it.
type Text struct {
	Document kg.ID
	// File is the file that it was read from, for rejects.
	File string
	Text string
	// Read, if not nil, returns the text when it is needed, so that many texts are not held at once.
	Read func() (string, error)
}

// AttachTexts verifies the quoted words of stored claims against texts that were missing when the claims were loaded.
// It makes the graph that a load with the texts would have made. The report counts each text and each claim with
// unverified words. Words that are not in the text are rejected and stay unverifiable. A text with a hash other than
// the document's is rejected. A document without a hash gets one and, with Options.KeepText, the text. It returns the
// store's errors.
func AttachTexts(ctx context.Context, st Store, texts []Text, opt Options) (Report, error) {
	opt = opt.withDefaults()
	rep := report.New()
	s := &textAttacher{
		store: retryingStore{st, opt.RetryTimeout, opt.Progress}, keepText: opt.KeepText, report: &rep,
		rejects: report.NewRejects(&rep, opt.Rejects, opt.MaxRejects, nil), suggestions: maxQuoteSuggestions,
	}
	for _, t := range texts {
		if t.Read != nil {
			var err error
			if t.Text, err = t.Read(); err != nil {
				return rep, err
			}
		}
		if err := s.attach(ctx, t); err != nil {
			return rep, err
		}
	}
	return rep, nil
}

// textAttacher is one AttachTexts in progress.
type textAttacher struct {
	store       Store
	keepText    bool
	report      *report.Report
	rejects     *report.Rejects
	suggestions record.SuggestionBudget
}

func (s *textAttacher) attach(ctx context.Context, t Text) error {
	nodes, err := s.store.Nodes(ctx, exactView, []kg.ID{t.Document})
	if err != nil {
		return err
	}
	d, known := nodes[0].(kg.Document)
	if !known {
		r := Reject{File: t.File, Reason: "the document is not stored", Found: string(t.Document)}
		return s.rejects.Add(r)
	}
	if fault := checkText(&t, d); fault != nil {
		return s.rejects.Add(*fault)
	}
	d.View, d.SHA256 = kg.View{}, cmp.Or(d.SHA256, kg.TextHash(t.Text))
	if s.keepText {
		d.Text = t.Text
	}
	if err := s.apply(ctx, kg.Batch{Documents: []kg.Document{d}}); err != nil {
		return err
	}
	return s.verifyClaims(ctx, t)
}

// apply applies a batch and counts each of its nodes and claims as a record in the report.
func (s *textAttacher) apply(ctx context.Context, b kg.Batch) error {
	applied, err := s.store.Apply(ctx, b)
	if err != nil {
		return err
	}
	s.report.AddApplied(applied)
	for _, n := range applied.Changed {
		s.report.Read, s.report.Applied = s.report.Read+n, s.report.Applied+n
	}
	for _, n := range applied.Unchanged {
		s.report.Read, s.report.Unchanged = s.report.Read+n, s.report.Unchanged+n
	}
	return nil
}

// checkText returns a Reject if a text is not the document's. Editors end a file with a line break, so checkText
// removes it if only the text without it has the document's hash.
func checkText(t *Text, d kg.Document) *Reject {
	if fault := record.BoundReject(kg.CheckBound("text", len(t.Text), kg.MaxDocumentBytes, "bytes")); fault != nil {
		fault.File = t.File
		return fault
	}
	switch t.Text = kg.WithoutMark(t.Text); {
	case t.Text == "":
		return &Reject{File: t.File, Reason: "the text is empty"}
	case !utf8.ValidString(t.Text):
		return &Reject{File: t.File, Reason: "the text is not UTF-8"}
	case d.SHA256 == "" || kg.HasTextHash(t.Text, d.SHA256):
		return nil
	}
	if bare := strings.TrimSuffix(strings.TrimSuffix(t.Text, "\n"), "\r"); kg.HasTextHash(bare, d.SHA256) {
		t.Text = bare
		return nil
	}
	return &Reject{
		File: t.File, Reason: "not the text of " + string(d.ID) + ": its SHA-256 differs",
		Found: kg.TextHash(t.Text), Allowed: []string{d.SHA256},
	}
}

// verifyClaims verifies the claims in the document, a page at a time.
func (s *textAttacher) verifyClaims(ctx context.Context, t Text) error {
	q := store.ClaimQuery{
		View: exactView, Order: (*store.ClaimOrder)(nil).Normalize(),
		Scope:  &store.Scope{Relation: store.DocumentClaims, IDs: []kg.ID{t.Document}},
		Window: store.Window{Limit: store.MaxPageSize},
	}
	in := text.NewPositions(t.Text)
	for {
		pages, err := s.store.Claims(ctx, q)
		if err != nil {
			return err
		}
		page := pages[0]
		var verified, faulty kg.Batch
		var faults []Reject
		for _, c := range page.Items {
			if len(c.Spans) == 0 {
				continue
			}
			checked, fault := s.verifySpans(c, t.File, in)
			if fault == nil {
				verified.Claims = append(verified.Claims, checked)
			} else {
				faulty.Claims, faults = append(faulty.Claims, checked), append(faults, *fault)
			}
			for _, span := range checked.Spans {
				s.report.Spans[span.State]++
			}
		}
		if err := s.apply(ctx, verified); err != nil {
			return err
		}
		if _, err := s.store.Apply(ctx, faulty); err != nil {
			return err
		}
		for _, fault := range faults {
			if err := s.rejects.Add(fault); err != nil {
				return err
			}
		}
		if !page.HasNext {
			return nil
		}
		q.Window.After = &page.Positions[len(page.Positions)-1]
	}
}

// verifySpans verifies the unverified spans of a claim. The Reject lists all spans whose words are not found.
func (s *textAttacher) verifySpans(c kg.Claim, file string, in *text.Positions) (kg.Claim, *Reject) {
	var faults *Reject
	c.Spans = slices.Clone(c.Spans)
	for i, span := range c.Spans {
		if span.State != kg.SpanUnverifiable {
			continue
		}
		unverified := record.Words{Exact: span.Exact, Prefix: span.Prefix, Suffix: span.Suffix}
		if span.End > 0 {
			unverified.Start, unverified.End = &span.Start, &span.End
		}
		found, broken := record.FindWords(unverified, in)
		if broken == nil {
			c.Spans[i] = found
			continue
		}
		broken = s.suggestions.Suggest(broken, span.Exact, in).In(fmt.Sprintf("/spans/%d", i))
		broken.File, broken.Reason = file, string(c.ID)+": "+broken.Reason
		faults = record.JoinRejects(faults, broken)
	}
	return c, faults
}
