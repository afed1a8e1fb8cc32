package extract

import (
	"context"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"casus/internal/extract/check"
	"casus/internal/extract/form"
	"casus/internal/extract/link"
	"casus/internal/extract/proposal"
	"casus/internal/extract/wording"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/text"
)

// addParties accepts the actors and places whose names stand in the text, or are those of known nodes.
func (d *draft) addParties(ctx context.Context) error {
	for i, a := range d.form.Actors {
		p, country, err := d.newParty(ctx, "actors", i, a.Key, a.Country, d.actors,
			link.Party{Type: store.TypeActor, Names: []string{a.Name, a.EnglishName}, Kind: string(a.Kind)})
		if err != nil {
			return err
		}
		if p != nil {
			p.record = &proposal.Actor{
				Type: kg.KindActor, ID: p.id, Is: a.Kind, Names: d.nameRecords(a.Name, a.EnglishName), Country: country,
				Source: d.document.ID,
			}
		}
	}
	for i, l := range d.form.Places {
		p, country, err := d.newParty(ctx, "places", i, l.Key, l.Country, d.places,
			link.Party{Type: store.TypeLocation, Names: []string{l.Name, l.EnglishName}, Kind: string(l.Kind)})
		if err != nil {
			return err
		}
		if p != nil {
			p.record = &proposal.Location{
				Type: kg.KindLocation, ID: p.id, Is: l.Kind, Names: d.nameRecords(l.Name, l.EnglishName), Country: country,
				Source: d.document.ID,
			}
		}
	}
	d.addContainment()
	return nil
}

var countryForm = regexp.MustCompile(`^[A-Z]{2}$`)

// checkCountry reports whether a text has the form of a country's code and is no other code of a country, such as UK,
// whose code in ISO 3166-1 is then the nearest.
func checkCountry(s string) (valid bool, nearest string) {
	region, err := language.ParseRegion(s)
	if err == nil && region.IsCountry() && region.Canonicalize().String() != s {
		return false, region.Canonicalize().String()
	}
	return countryForm.MatchString(s), ""
}

// newParty accepts an actor or a place, or refuses it and returns nil. It returns the country, if it is valid.
func (d *draft) newParty(
	ctx context.Context, list string, i int, key string, country *string, keys map[string]*party, sought link.Party,
) (*party, string, error) {
	if err := stopped(ctx); err != nil {
		return nil, "", err
	}
	if _, ok := keys[key]; ok {
		d.refuse(list, i, "/key", fault(form.KeyRepeated), key)
		return nil, "", nil
	}
	if country != nil {
		if valid, nearest := checkCountry(*country); !valid {
			refusal := d.answer.Entry(list, i, "/country", fault(form.InvalidCountry), *country)
			refusal.LeftOut, refusal.Nearest = true, nearest
			d.refused = append(d.refused, refusal)
			country = nil
		}
	}
	if country != nil {
		sought.Country = *country
	}
	p := &party{names: sought.Names, list: list, index: i, key: key}
	found, err := d.find(ctx, sought)
	if err != nil {
		return nil, "", err
	}
	switch standing := d.names.Find(sought.Names[0]); {
	case standing == check.Absent && (found.ID == "" || found.Partial):
		d.refuse(list, i, "/name", fault(form.NameAbsent), sought.Names[0])
		return nil, "", nil
	case standing == check.Absent:
		p.flags = append(p.flags, check.NewFlag(check.NameKnown, wording.Values{"name": sought.Names[0]}))
	case standing == check.Inflected:
		p.flags = append(p.flags, check.NewFlag(check.NameInflected, wording.Values{"name": sought.Names[0]}))
	}
	if p.isCommon = d.names.IsCommon(sought.Names[0]); p.isCommon {
		p.flags = append(p.flags, check.NewFlag(check.NameCase, wording.Values{"name": sought.Names[0]}))
	}
	if err := d.identify(ctx, p, found, string(sought.Type)); err != nil {
		return nil, "", err
	}
	keys[key] = p
	d.parties = append(d.parties, p)
	return p, sought.Country, nil
}

// find looks for a party in the store.
func (d *draft) find(ctx context.Context, sought link.Party) (link.Result, error) {
	if d.Linker == nil {
		return link.Result{}, nil
	}
	return d.Linker.Find(ctx, sought)
}

// identify sets the id of a party to the known node that was found, or to a new one.
func (d *draft) identify(ctx context.Context, p *party, found link.Result, nodeType string) (err error) {
	if found.ID != "" {
		p.id = found.ID
		p.known = &link.Suggestion{ID: found.ID, Name: found.Name, Reason: link.NewReason(link.OnlyFit, p.names[0])}
		if found.Partial {
			p.flags = append(p.flags, check.NewFlag(check.LinkPartial, wording.Values{"name": found.Name}))
		}
		return nil
	}
	if p.suggestions = found.Suggestions; len(p.suggestions) > 0 {
		count := strconv.Itoa(len(p.suggestions))
		p.flags = append(p.flags, check.NewFlag(check.LinkUnsure, wording.Values{"count": count}))
	}
	if english := p.names[1]; !d.names.Supports(english, p.names[0]) {
		p.flags = append(p.flags, check.NewFlag(check.NameUnchecked, wording.Values{"name": english}))
	}
	p.id, err = d.newID(ctx, kg.NodeKind(strings.ToLower(nodeType)), p.names[1], p.names[0])
	return err
}

// nameRecords returns the names of a new node: the text's, and the English one if it is another.
func (d *draft) nameRecords(name, english string) []proposal.Name {
	name, english = text.Visible(name), text.Visible(english)
	own := proposal.Name{Value: name}
	if d.article.Language != "" && text.Script(name) == text.Script(d.article.Text) {
		own.Language = d.article.Language
	}
	if text.Fold(name) == text.Fold(english) {
		return []proposal.Name{own}
	}
	return []proposal.Name{own, {Value: english, Language: "en"}}
}

// addContainment adds to new places the places that they lie in, unless these lie in them.
func (d *draft) addContainment() {
	inside := map[string]string{}
	for i, l := range d.form.Places {
		p := d.places[l.Key]
		if l.Inside == nil || p == nil || p.index != i {
			continue
		}
		outer := d.places[*l.Inside]
		if outer == nil {
			d.leaveOut("places", i, "/inside", fault(form.UnknownPlace), *l.Inside)
			continue
		}
		if reaches(inside, *l.Inside, l.Key) || outer.id == p.id {
			d.leaveOut("places", i, "/inside", fault(form.InsideItself), *l.Inside)
			continue
		}
		inside[l.Key] = *l.Inside
		if record, ok := p.record.(*proposal.Location); ok && p.known == nil {
			record.Within = []kg.ID{outer.id}
		}
	}
}

// reaches reports whether a chain of keys, which has no circle, leads from one key to another.
func reaches(inside map[string]string, from, to string) bool {
	for key, ok := from, true; ok; key, ok = inside[key] {
		if key == to {
			return true
		}
	}
	return false
}
