package extract

import (
	"context"
	"slices"

	"casus/internal/extract/check"
	"casus/internal/extract/link"
	"casus/internal/extract/proposal"
	"casus/internal/extract/reprint"
	"casus/internal/extract/sentence"
	"casus/internal/extract/wording"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/text"
)

// addPublisher adds the publisher: an actor of the form with its name, a known actor, or a new one. It may be given as
// an id.
func (d *draft) addPublisher(ctx context.Context) error {
	name := d.article.Publisher
	if name == "" {
		d.docFlags = append(d.docFlags, check.NewFlag(check.PublisherUnknown, nil))
		return nil
	}
	if id := kg.ID(name); id.Kind() == kg.KindActor {
		if err := id.Check(kg.KindActor); err != nil {
			return err
		}
		d.document.Publisher = id
		return nil
	}
	folded := text.Fold(name)
	named := func(p *party) bool {
		return p.list == "actors" && slices.ContainsFunc(p.names, func(n string) bool { return text.Fold(n) == folded })
	}
	if i := slices.IndexFunc(d.parties, named); i >= 0 {
		d.document.Publisher = d.parties[i].use()
		return nil
	}
	p := &party{names: []string{name, name}, used: true}
	found := link.Result{}
	for _, kind := range []kg.ActorKind{kg.ActorCompany, kg.ActorOrganization} {
		if found.ID != "" {
			break
		}
		var err error
		found, err = d.find(ctx, link.Party{Type: store.TypeActor, Names: []string{name}, Kind: string(kind)})
		if err != nil {
			return err
		}
	}
	if err := d.identify(ctx, p, found, string(store.TypeActor)); err != nil {
		return err
	}
	p.record = &proposal.Actor{
		Type: kg.KindActor, ID: p.id, Is: kg.ActorOrganization, Names: []proposal.Name{{Value: text.Visible(name)}},
		Source: d.document.ID,
	}
	d.publisher, d.document.Publisher = p, p.id
	return nil
}

// addReprint proposes the document that the article reprints.
func (d *draft) addReprint(ctx context.Context) error {
	if d.Linker == nil {
		return nil
	}
	found, err := d.Linker.Reprints(ctx, link.Document{
		ID: d.document.ID, SHA256: d.article.SHA256, Address: d.article.Address, Published: d.article.Published,
		Sketch: reprint.NewSketch(sentence.Texts(d.sentences)),
	})
	if err != nil {
		return err
	}
	d.docs, d.alike = found.Suggestions, found.Alike
	if found.Same != "" {
		d.docFlags = append(d.docFlags, check.NewFlag(check.DocumentKnown, wording.Values{"name": found.Same}))
	}
	switch {
	case found.Original != "":
		d.document.Syndicates = found.Original
		d.docFlags = append(d.docFlags, check.NewFlag(check.Reprint, wording.Values{"name": found.Name}))
	case len(found.Suggestions) > 0:
		d.docFlags = append(d.docFlags, check.NewFlag(check.ReprintUnsure, wording.Values{"name": found.Suggestions[0].Name}))
	}
	return nil
}
