package extract

import (
	"context"

	"casus/internal/extract/anchor"
	"casus/internal/extract/check"
	"casus/internal/extract/form"
	"casus/internal/extract/proposal"
	"casus/internal/extract/wording"
	"casus/internal/kg"
)

// addTies accepts the ties between accepted parties that name a sentence.
func (d *draft) addTies(context.Context) error {
	type identity struct {
		holder, counterpart kg.ID
		kind                kg.AffiliationType
		position            string
	}
	seen := map[identity]bool{}
	for i, f := range d.form.Ties {
		holder, of := d.actors[f.Holder], d.actors[f.Of]
		if of == nil {
			of = d.places[f.Of]
		}
		switch {
		case holder == nil:
			d.refuse("ties", i, "/holder", fault(form.UnknownActor), f.Holder)
			continue
		case of == nil:
			d.refuse("ties", i, "/of", fault(form.UnknownParty), f.Of)
			continue
		case of.id == holder.id:
			d.refuse("ties", i, "/of", fault(form.SameNode), f.Of)
			continue
		}
		numbers, ok := d.checkSentences("ties", i, []int{f.Sentence})
		if !ok {
			continue
		}
		t := &tie{sentence: f.Sentence, label: holder.names[0] + ", " + of.names[0]}
		spans := d.spansOf(numbers)
		t.record = proposal.Affiliation{
			Type: kg.KindAffiliation, Holder: holder.id, Counterpart: of.id, AffiliationType: f.Type, Document: d.document.ID,
			Claims: []proposal.Claim{{Spans: spans, Quote: d.quoteOf(spans), Extractions: d.extractions()}},
		}
		if f.Position != nil {
			words, ok := d.text.Stands(*f.Position, []anchor.Range{d.sentences[f.Sentence-1].Range})
			if !ok {
				d.leaveOut("ties", i, "/position", fault(form.WordsAbsent), *f.Position)
			}
			t.record.Position = words
		}
		same := identity{holder.id, of.id, f.Type, t.record.Position}
		if seen[same] {
			d.refuse("ties", i, "", fault(form.Repeated), "")
			continue
		}
		seen[same] = true
		for _, p := range []*party{holder, of} {
			p.use()
			if !d.isNear(p, numbers) {
				t.flags = append(t.flags, check.NewFlag(check.PartyFar, wording.Values{"name": p.names[0]}))
			}
		}
		d.spans["SENTENCE"]++
		d.ties = append(d.ties, t)
	}
	return nil
}
