package resolve

import (
	"context"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/record"
	"casus/internal/text"
	"casus/loader/entry"
	"casus/loader/report"
)

// ClaimMaker makes the claims of a load.
type ClaimMaker struct {
	// Release is the release that the load's rows belong to, or "", and Dataset its data set.
	Release kg.ID
	Dataset string
	// Published is the publication time of claims that have no other.
	Published *edtf.Time
	// Restore keeps the states of spans that an export recorded.
	Restore bool
	Texts   *Texts
	// Lenient leaves claims that cannot be made out of their entries, if others are left.
	Lenient bool
	// Suggestions bounds the searches for the nearest words of quotes.
	Suggestions record.SuggestionBudget
}

// Make makes the claims of every entry. A claim that cannot be made rejects its entry. While more input follows, an
// entry with an unknown document or release is deferred, because that may have the claim's publication time.
func (m *ClaimMaker) Make(entries []*entry.Entry, from *Sources, last bool, rejects *report.Rejects) error {
	var recent recentTexts
	for _, e := range entry.Live(entries) {
		if !last && (slices.ContainsFunc(e.Drafts, func(d record.Draft) bool { return !from.has(&d) }) ||
			e.Content != nil && !from.has(e.Content)) {
			Defer(e)
			continue
		}
		if name := from.releases[e.Release].Name; name != "" && m.Dataset == "" {
			e.SetSource(kg.DatasetSource(name))
		}
		e.Batch.Claims = slices.Grow(e.Batch.Claims, len(e.Drafts))
		var faults *record.Reject
		each := make([]*record.Reject, len(e.Drafts))
		for i := range e.Drafts {
			c, found := m.claim(e.ID, &e.Drafts[i], from, &recent, missingSource(e, &e.Drafts[i], from, rejects))
			faults, each[i] = record.JoinRejects(faults, found), found
			e.Batch.Claims = append(e.Batch.Claims, c)
		}
		if e.Content != nil {
			c, found := m.claim(e.Content.Subject(), e.Content, from, &recent, missingSource(e, e.Content, from, rejects))
			faults = record.JoinRejects(faults, found)
			e.SetContent(c)
		}
		if faults == nil {
			continue
		}
		better := e.CheckFields(e.Text)
		if m.Lenient && e.Content == nil && dropClaims(e, each, better) {
			continue
		}
		if better != nil {
			faults = record.JoinRejects(better, faults.NotBelow(better))
		}
		if err := rejects.Entry(e, *faults); err != nil {
			return err
		}
	}
	return nil
}

// dropClaims leaves the claims with faults out of an entry. It returns false and changes nothing if none would be left,
// or if the schema finds a fault elsewhere in the record. The faults that it finds in a claim describe it best.
func dropClaims(e *entry.Entry, faults []*record.Reject, bySchema *record.Reject) bool {
	elsewhere := bySchema
	for i, f := range faults {
		if f == nil {
			continue
		}
		at := e.Drafts[i].Pointer()
		elsewhere = elsewhere.NotAt(at)
		if better := bySchema.Below(at); better != nil {
			faults[i] = record.JoinRejects(better, f.NotBelow(better))
		}
	}
	return elsewhere == nil && e.DropClaims(faults)
}

// missingSource returns the Reject of a draft whose document or release is neither in the input nor in the store, which
// matters if it would have the claim's publication time; nil if both are known.
func missingSource(e *entry.Entry, d *record.Draft, from *Sources, rejects *report.Rejects) *record.Reject {
	id := from.missing(d)
	if id == "" {
		return nil
	}
	return unknownReference(rejects, 0, record.PointerTo(e.Text(), string(id)), id, from.similar)
}

// claim makes one claim, and verifies the words that it quotes. missing is the fault of a claim without a publication
// time, if its source is not known.
func (m *ClaimMaker) claim(
	subject kg.ID, draft *record.Draft, from *Sources, recent *recentTexts, missing *record.Reject,
) (kg.Claim, *record.Reject) {
	origin := record.Origin{Release: m.Release, Dataset: m.Dataset, Missing: missing}
	document, release := origin.Source(draft)
	published, released := from.dates(document, release)
	origin.Dates = [...]*edtf.Time{published, released, m.Published}
	c, fault := draft.Claim(subject, origin)
	if draft.HasSpans() {
		words, err := m.textOf(document, from, recent)
		if err != nil {
			fault = record.JoinRejects(fault, draft.Reject(err))
		} else {
			spans, broken := draft.Verify(words, m.Restore, &m.Suggestions)
			c.Spans, fault = spans, record.JoinRejects(fault, broken)
		}
	}
	if fault == nil {
		fault = draft.CheckClaim(c)
	}
	return c, fault
}

// textOf returns the text of a document from this chunk, the store or an earlier chunk.
func (m *ClaimMaker) textOf(id kg.ID, from *Sources, recent *recentTexts) (*text.Positions, error) {
	if d := from.documents[id]; d.Text != "" {
		return recent.get(id, func() (string, error) { return d.Text, nil })
	}
	return recent.get(id, func() (string, error) { return m.Texts.get(id) })
}

// StoredClaims returns the stored claims with the ids of claims that the entries make and for which wanted returns
// true.
func StoredClaims(
	ctx context.Context, st Store, entries []*entry.Entry, wanted func(kg.Claim) bool,
) (map[kg.ID]kg.Claim, error) {
	var ids []kg.ID
	for _, e := range entry.Live(entries) {
		for _, c := range e.Batch.Claims {
			if wanted(c) {
				ids = append(ids, c.ID)
			}
		}
	}
	stored := map[kg.ID]kg.Claim{}
	return stored, Nodes(ctx, st, ids, func(n kg.Node) {
		if c, ok := n.(kg.Claim); ok {
			stored[c.ID] = c
		}
	})
}

// CopySpans copies the verified spans of stored claims, so that the report counts them and a file of events loads again
// without the texts.
func CopySpans(entries []*entry.Entry, stored map[kg.ID]kg.Claim) {
	if len(stored) == 0 {
		return
	}
	for _, e := range entry.Live(entries) {
		for i, c := range e.Batch.Claims {
			if old, known := stored[c.ID]; known && len(c.Spans) > 0 {
				if both, same := kg.MergeClaim(old, c); same {
					e.Batch.Claims[i].Spans = both.Spans
				}
			}
		}
	}
}

// Defer defers an entry and every row that yields it until the rest of the input is loaded.
func Defer(e *entry.Entry) {
	e.Dropped = true
	for _, row := range e.Rows {
		if row.State == entry.Pending {
			row.State = entry.Deferred
		}
		for _, other := range row.Entries {
			other.Dropped = other.Dropped || other.HasNoRow()
		}
	}
}
