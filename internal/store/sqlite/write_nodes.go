package sqlite

import (
	"context"
	"errors"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/kg/merge"
	"casus/internal/store"
	"casus/internal/store/apply"
	"casus/internal/store/codec"
)

var (
	actorRows, actorSums       = newCheckedTable("actor", "id, layer, kind, country, name_key, record")
	locationRows, locationSums = newCheckedTable("location",
		"num, id, layer, kind, country, name_key, latitude, longitude, record")
	withinRows                       = newTable("within", "child, parent, layer")
	identifierRows                   = newSetTable("identifier", "scheme, value, node, layer")
	releaseRows, releaseSums         = newCheckedTable("release", "id, name, record")
	affiliationRows, affiliationSums = newCheckedTable("affiliation",
		"id, holder, counterpart, type, valid_earliest, valid_latest, record")
	identityRows, identitySums = newCheckedTable("identity_decision", "id, a, b, record")
	tieRows                    = newSetTable("tie", "source, node")
	classRows                  = newTable("identity_class", "id, class")
	documentRows, documentSums = newCheckedTable("document", `id, publisher, language, title_key, syndicates,
		has_published, published_earliest, published_latest, published_asc, published_desc, record`)
)

// allTime is an interval of knowledge without bounds.
var allTime = kg.Interval{KnownFrom: edtf.BeginningOfTime, KnownTo: edtf.EndOfTime}

// putRecords writes records of one kind, after calling drop for the ones that may already be stored.
func putRecords[T kg.Identified](
	ctx context.Context, t *tx, k recordCache[T], records []T, drop func(ids []kg.ID) error,
	put func(v T, record string) error,
) error {
	var stored []kg.ID
	for _, v := range records {
		if id := v.NodeID(); k.mayBeStored(id) {
			stored = append(stored, id)
		}
	}
	if len(stored) > 0 {
		ties := t.deleteByIDs(ctx, stored, "DELETE FROM tie WHERE node "+inJSONList)
		if err := errors.Join(drop(stored), ties); err != nil {
			return err
		}
	}
	for _, v := range records {
		record, err := codec.Encode(v)
		if err != nil {
			return err
		}
		if err := k.put(v, record); err != nil {
			return err
		}
		t.writtenIDs = append(t.writtenIDs, v.NodeID())
		if err := put(v, record); err != nil {
			return err
		}
	}
	return t.flush(ctx)
}

// dropNodes deletes nodes with their search entries and identifiers, and runs queries.
func (t *tx) dropNodes(ctx context.Context, ids []kg.ID, queries ...string) error {
	if err := t.dropSearch(ctx, t.queue, ids); err != nil {
		return err
	}
	return t.deleteByIndexes(ctx, []string{"identifier_node"}, ids, queries...)
}

// putViews writes records that may differ in the two views.
func putViews[T kg.Identified](
	ctx context.Context, t *tx, k recordCache[T], records []apply.Views[T], drop func(ids []kg.ID) error,
	put func(v T, layer apply.Layer, record string) error,
) error {
	exact, other := make([]T, len(records)), map[kg.ID]apply.Views[T]{}
	for i, r := range records {
		exact[i] = r.Exact
		if r.Hidden || r.Resolved != nil {
			other[r.Exact.NodeID()] = r
		}
	}
	return putRecords(ctx, t, k, exact, drop, func(v T, record string) error {
		r, ok := other[v.NodeID()]
		if !ok {
			return put(v, apply.Both, record)
		}
		return r.Each(func(layer apply.Layer, v T) error {
			record, err := codec.Encode(v)
			if err != nil {
				return err
			}
			return put(v, layer, record)
		})
	})
}

func (t *tx) PutActors(ctx context.Context, records []apply.Views[kg.Actor]) error {
	return putViews(ctx, t, t.actors, records, func(ids []kg.ID) error {
		return t.dropNodes(ctx, ids, "DELETE FROM identifier WHERE node "+inJSONList,
			"DELETE FROM actor WHERE id "+inJSONList)
	}, func(a kg.Actor, layer apply.Layer, record string) error {
		if err := t.add(ctx, actorRows, string(a.ID), int(layer), string(a.Kind), a.Country, kg.SortKey(a.Names),
			record); err != nil {
			return err
		}
		if err := t.addIdentifiers(ctx, a.ID, layer, a.Identifiers); err != nil {
			return err
		}
		if err := t.addTies(ctx, a.ID, merge.Actors.Tied(a)); err != nil {
			return err
		}
		return t.addSearch(ctx, a, allTime, layer)
	})
}

func (t *tx) PutLocations(ctx context.Context, records []apply.Views[kg.Location]) error {
	return putViews(ctx, t, t.locations, records, func(ids []kg.ID) error {
		return t.dropNodes(ctx, ids, "DELETE FROM identifier WHERE node "+inJSONList,
			"DELETE FROM within WHERE child "+inJSONList,
			"DELETE FROM location_area WHERE num IN (SELECT num FROM location WHERE id "+inJSONList+")",
			"DELETE FROM location WHERE id "+inJSONList)
	}, func(l kg.Location, layer apply.Layer, record string) error {
		t.places++
		var latitude, longitude any // NULL
		if p := l.Point; p != nil {
			latitude, longitude = p.Latitude, p.Longitude
		}
		if err := t.add(ctx, locationRows, t.places, string(l.ID), int(layer), string(l.Kind), l.Country, kg.SortKey(l.Names),
			latitude, longitude, record); err != nil {
			return err
		}
		if p := l.Point; p != nil {
			if err := t.exec(ctx, "INSERT INTO location_area (num, west, east, south, north) VALUES (?1, ?2, ?2, ?3, ?3)",
				t.places, p.Longitude, p.Latitude); err != nil {
				return err
			}
		}
		for _, parent := range l.Parents {
			if err := t.add(ctx, withinRows, string(l.ID), string(parent), int(layer)); err != nil {
				return err
			}
		}
		if err := t.addIdentifiers(ctx, l.ID, layer, l.Identifiers); err != nil {
			return err
		}
		if err := t.addTies(ctx, l.ID, merge.Locations.Tied(l)); err != nil {
			return err
		}
		return t.addSearch(ctx, l, allTime, layer)
	})
}

func (t *tx) addIdentifiers(ctx context.Context, node kg.ID, layer apply.Layer, identifiers []kg.Identifier) error {
	for _, i := range identifiers {
		if err := t.add(ctx, identifierRows, i.Scheme, i.Value, string(node), int(layer)); err != nil {
			return err
		}
	}
	return nil
}

// addTies adds the sources whose dates decide between values of a node.
func (t *tx) addTies(ctx context.Context, node kg.ID, sources []kg.Source) error {
	for _, s := range sources {
		if err := t.add(ctx, tieRows, string(s), string(node)); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) PutDocuments(ctx context.Context, records []kg.Document) error {
	return putRecords(ctx, t, t.documents, records, func(ids []kg.ID) error {
		return t.dropNodes(ctx, ids, "DELETE FROM document WHERE id "+inJSONList)
	}, func(d kg.Document, record string) error {
		earliest, latest := bounds(d.PublishedAt)
		if err := t.add(ctx, documentRows, string(d.ID), string(d.Publisher), d.Language, kg.SortKey(d.Titles),
			string(d.Syndicates),
			d.PublishedAt != nil, earliest, latest, store.PublishedKey(d, store.Asc), store.PublishedKey(d, store.Desc),
			record); err != nil {
			return err
		}
		if err := t.addTies(ctx, d.ID, merge.Documents.Tied(d)); err != nil {
			return err
		}
		return t.addSearch(ctx, d, allTime, apply.Both)
	})
}

func (t *tx) PutReleases(ctx context.Context, records []kg.Release) error {
	return putRecords(ctx, t, t.releases, records, func(ids []kg.ID) error {
		return t.deleteByIDs(ctx, ids, "DELETE FROM release WHERE id "+inJSONList)
	}, func(r kg.Release, record string) error {
		if err := t.addTies(ctx, r.ID, merge.Releases.Tied(r)); err != nil {
			return err
		}
		return t.add(ctx, releaseRows, string(r.ID), r.Name, record)
	})
}

func (t *tx) PutAffiliations(ctx context.Context, records []kg.Affiliation) error {
	return putRecords(ctx, t, t.affiliations, records, func(ids []kg.ID) error {
		return t.deleteByIDs(ctx, ids, "DELETE FROM affiliation WHERE id "+inJSONList)
	}, func(a kg.Affiliation, record string) error {
		if err := t.addTies(ctx, a.ID, merge.Affiliations.Tied(a)); err != nil {
			return err
		}
		earliest, latest := bounds(a.ValidTime)
		return t.add(ctx, affiliationRows, string(a.ID), string(a.Holder), string(a.Counterpart), string(a.Type), earliest,
			latest, record)
	})
}

func (t *tx) PutIdentities(ctx context.Context, records []kg.IdentityDecision) error {
	return putRecords(ctx, t, t.identities, records, func(ids []kg.ID) error {
		return t.deleteByIDs(ctx, ids, "DELETE FROM identity_decision WHERE id "+inJSONList)
	}, func(d kg.IdentityDecision, record string) error {
		return t.add(ctx, identityRows, string(d.ID), string(d.A), string(d.B), record)
	})
}

// bounds returns the hull of a time; nil is unbounded.
func bounds(t *edtf.Time) (earliest, latest int64) {
	if t == nil {
		return int64(edtf.BeginningOfTime), int64(edtf.EndOfTime)
	}
	return int64(t.Earliest), int64(t.Latest)
}
