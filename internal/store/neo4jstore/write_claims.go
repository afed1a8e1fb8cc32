package neo4jstore

import (
	"context"

	"casus/internal/kg"
	"casus/internal/store/neo4jstore/rows"
)

func (t tx) InsertClaims(ctx context.Context, claims []kg.Claim) error {
	var all, found []row
	links := map[link][]row{}
	for _, c := range claims {
		t.inserted[c.ID] = true
		t.about[c.Subject] = append(t.about[c.Subject], c)
		record, err := rows.Encode(c)
		if err != nil {
			return err
		}
		stands := kg.ClaimLife{KnownTo: kg.EndOfTime}
		all = append(all, row{"p": rowOf(func(p rows.Columns) { rows.Claim(p, c, stands, record) })})
		for _, l := range []struct {
			link
			to []kg.ID
		}{
			{link{"ABOUT", c.Subject.Kind()}, []kg.ID{c.Subject}}, {link{"IN", kg.KindDocument}, []kg.ID{c.Document}},
			{link{"OF_RELEASE", kg.KindRelease}, []kg.ID{c.Release}}, {link{"ACCORDING_TO", kg.KindActor}, c.Claimants}, {link{"CITES", kg.KindDocument}, c.Cites},
		} {
			links[l.link] = append(links[l.link], pairs(c.ID, l.to...)...)
		}
		found = append(found, entries(rows.ClaimFoundBy(c))...)
	}
	if err := t.each(ctx, "CREATE (c:Claim) SET c = row.p", all); err != nil {
		return err
	}
	for l, ids := range links {
		if err := t.link(ctx, kg.KindClaim, l.typ, l.to, ids); err != nil {
			return err
		}
	}
	return t.addSearch(ctx, found)
}

// PutSpans rewrites records; no property holds anything of a span.
func (t tx) PutSpans(ctx context.Context, claims []kg.Claim) error {
	var all []row
	for _, c := range claims {
		record, err := rows.Encode(c)
		if err != nil {
			return err
		}
		all = append(all, row{"id": string(c.ID), "record": record})
	}
	return t.each(ctx, "MATCH (c:Claim {id: row.id}) USING INDEX c:Claim(id) SET c.record = row.record", all)
}

// link is a type of relationship and what it leads to.
type link struct {
	typ string
	to  kg.NodeKind
}
