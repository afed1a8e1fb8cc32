package sqlitestore

import (
	"context"

	"casus/internal/kg"
)

func (t *tx) PutActors(ctx context.Context, records []kg.Actor) error {
	for _, a := range records {
		record, err := encode(a)
		if err != nil {
			return err
		}
		if err := t.exec(ctx, "INSERT OR REPLACE INTO actor (id, kind, country, name_key, record) VALUES (?, ?, ?, ?, ?)",
			a.ID, a.Kind, a.Country, kg.NameKey(a.Names), record); err != nil {
			return err
		}
		if err := t.putIdentifiers(ctx, a.ID, a.Identifiers); err != nil {
			return err
		}
		if err := t.putSearch(ctx, a); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) PutLocations(ctx context.Context, records []kg.Location) error {
	for _, l := range records {
		record, err := encode(l)
		if err != nil {
			return err
		}
		num, err := t.insert(ctx, `INSERT INTO location (id, kind, country, name_key, record) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, country = excluded.country, name_key = excluded.name_key, record = excluded.record
			RETURNING num`, l.ID, l.Kind, l.Country, kg.NameKey(l.Names), record)
		if err != nil {
			return err
		}
		if p := l.Point; p != nil {
			if err := t.exec(ctx, "INSERT OR REPLACE INTO location_area (num, west, east, south, north) VALUES (?, ?, ?, ?, ?)",
				num, p.Longitude, p.Longitude, p.Latitude, p.Latitude); err != nil {
				return err
			}
		}
		if err := t.exec(ctx, "DELETE FROM within WHERE child = ?", l.ID); err != nil {
			return err
		}
		for _, parent := range l.Parents {
			if err := t.exec(ctx, "INSERT INTO within (child, parent) VALUES (?, ?)", l.ID, parent); err != nil {
				return err
			}
		}
		if err := t.putIdentifiers(ctx, l.ID, l.Identifiers); err != nil {
			return err
		}
		if err := t.putSearch(ctx, l); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) putIdentifiers(ctx context.Context, node kg.ID, identifiers []kg.Identifier) error {
	if err := t.exec(ctx, "DELETE FROM identifier WHERE node = ?", node); err != nil {
		return err
	}
	for _, i := range identifiers {
		if err := t.exec(ctx, "INSERT OR IGNORE INTO identifier (scheme, value, node) VALUES (?, ?, ?)", i.Scheme, i.Value, node); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) PutDocuments(ctx context.Context, records []kg.Document) error {
	for _, d := range records {
		record, err := encode(d)
		if err != nil {
			return err
		}
		earliest, latest := bounds(d.PublishedAt)
		if err := t.exec(ctx, `INSERT OR REPLACE INTO document (id, publisher, language, title_key, syndicates, has_published,
			published_earliest, published_latest, published_asc, published_desc, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			d.ID, d.Publisher, d.Language, kg.NameKey(d.Titles), d.Syndicates, d.PublishedAt != nil, earliest, latest,
			kg.PublishedKey(d, kg.Asc), kg.PublishedKey(d, kg.Desc), record); err != nil {
			return err
		}
		if err := t.putSearch(ctx, d); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) PutReleases(ctx context.Context, records []kg.Release) error {
	for _, r := range records {
		record, err := encode(r)
		if err != nil {
			return err
		}
		if err := t.exec(ctx, "INSERT OR REPLACE INTO release (id, name, record) VALUES (?, ?, ?)", r.ID, r.Name, record); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) PutAffiliations(ctx context.Context, records []kg.Affiliation) error {
	for _, a := range records {
		record, err := encode(a)
		if err != nil {
			return err
		}
		earliest, latest := bounds(a.ValidTime)
		if err := t.exec(ctx, `INSERT OR REPLACE INTO affiliation (id, holder, counterpart, type, valid_earliest, valid_latest, record)
			VALUES (?, ?, ?, ?, ?, ?, ?)`, a.ID, a.Holder, a.Counterpart, a.Type, earliest, latest, record); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) PutIdentities(ctx context.Context, records []kg.IdentityDecision) error {
	for _, d := range records {
		record, err := encode(d)
		if err != nil {
			return err
		}
		if err := t.exec(ctx, "INSERT OR REPLACE INTO identity_decision (id, record) VALUES (?, ?)", d.ID, record); err != nil {
			return err
		}
	}
	return nil
}

// bounds are a time's; those of a time that is not given are open.
func bounds(t *kg.Time) (earliest, latest int64) {
	if t == nil {
		return int64(kg.BeginningOfTime), int64(kg.EndOfTime)
	}
	return int64(t.Earliest), int64(t.Latest)
}
