package damage

import (
	"context"
	"fmt"
	"reflect"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/dbtype"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/codec"
	"casus/internal/store/neo4j/migrate"
	"casus/internal/store/neo4j/rows"
)

// pageSize is the number of nodes that are compared at a time.
const pageSize = 500

// properties returns the properties of a node that are computed from its record.
type properties func(stored map[string]any, record string) (rows.Row, error)

// Records compares the properties of nodes with the records from which they are computed. It skips records that cannot
// be decoded, which a scan reports.
func Records(ctx context.Context, query migrate.Query, found func(store.Damage)) error {
	for _, kind := range []struct {
		label string
		want  properties
	}{
		{"Actor", views(rows.Actor)},
		{"Location", views(rows.Location)},
		{"Document", plain(rows.Document)},
		{"Release", plain(rows.Release)},
		{"Affiliation", plain(rows.Affiliation)},
		{"IdentityDecision", plain(rows.Decision)},
		{"Review", plain(rows.Review)},
		{"Correction", plain(rows.Correction)},
		{"Claim", claim},
		{"Event", state},
	} {
		if err := eachNode(ctx, query, kind.label, func(id kg.ID, stored map[string]any) {
			record, ok := stored["_record"].(string)
			if !ok {
				return
			}
			if want, err := kind.want(stored, record); err == nil {
				compare(id, stored, want, found)
			}
		}); err != nil {
			return err
		}
	}
	return affiliatedWith(ctx, query, found)
}

// eachNode calls f with the properties of every node with a label, and of every version of an event.
func eachNode(ctx context.Context, query migrate.Query, label string, f func(kg.ID, map[string]any)) error {
	return eachPage(ctx, query, "MATCH (n:"+label+") WHERE n.id > $after WITH n ORDER BY n.id LIMIT $limit"+
		" UNWIND [n] + COLLECT { MATCH (n)-[:HAS_STATE]->(s) RETURN s } AS v"+
		" RETURN n.id AS id, properties(v) AS stored ORDER BY id", func(id kg.ID, r *neo4j.Record) error {
		stored, _, err := neo4j.GetRecordValue[map[string]any](r, "stored")
		if err == nil {
			f(id, stored)
		}
		return err
	})
}

// eachPage runs a query for $limit ids after $after until it returns nothing.
func eachPage(
	ctx context.Context, query migrate.Query, statement string, f func(kg.ID, *neo4j.Record) error,
) error {
	for after := ""; ; {
		page, err := query(ctx, statement, map[string]any{"after": after, "limit": int64(pageSize)})
		if err != nil || len(page) == 0 {
			return err
		}
		for _, r := range page {
			if after, _, err = neo4j.GetRecordValue[string](r, "id"); err == nil {
				err = f(kg.ID(after), r)
			}
			if err != nil {
				return kg.Errorf(kg.Internal, "compare properties with records: %w", err)
			}
		}
	}
}

// compare reports every property that differs from the wanted one.
func compare(id kg.ID, stored map[string]any, want rows.Row, found func(store.Damage)) {
	for i, name := range want.Names {
		if name == "_recordedAt" { // is in no record
			continue
		}
		if got := stored[name]; !equal(got, want.Values[i]) {
			found(store.Damage{ID: id, Problem: fmt.Sprintf("the property %s is %s; by the record it is %s", name,
				show(got), show(want.Values[i]))})
		}
	}
}

func equal(got, want any) bool {
	switch want := want.(type) {
	case time.Time:
		got, ok := got.(time.Time)
		return ok && got.Equal(want)
	case dbtype.Date:
		got, ok := got.(dbtype.Date)
		return ok && got.Time().Equal(want.Time())
	case []string:
		list, ok := got.([]any)
		if !ok || len(list) != len(want) {
			return false
		}
		for i, v := range list {
			if v != want[i] {
				return false
			}
		}
		return true
	}
	return reflect.DeepEqual(got, want)
}

func show(v any) string {
	switch v := v.(type) {
	case nil:
		return "absent"
	case string:
		return fmt.Sprintf("%.100q", v)
	case time.Time:
		return edtf.InstantOf(v).String()
	case dbtype.Date:
		return v.String()
	}
	return fmt.Sprintf("%.100s", fmt.Sprint(v))
}

// plain returns the properties of a node without versions.
func plain[T any](emit func(rows.Columns, T, string)) properties {
	return func(_ map[string]any, record string) (rows.Row, error) {
		v, err := codec.Decode[T](record)
		return rows.RowOf(func(c rows.Columns) { emit(c, v, record) }), err
	}
}

// views returns the properties of an actor or location. One that stands for others has its own record, too.
func views[T any](emit func(rows.Columns, T, string)) properties {
	return func(stored map[string]any, record string) (rows.Row, error) {
		v, err := codec.Decode[T](record)
		own, hasOwn := stored[rows.ExactProperty("_record")].(string)
		if err != nil || !hasOwn {
			return rows.RowOf(func(c rows.Columns) { emit(c, v, record) }), err
		}
		exact, err := codec.Decode[T](own)
		return rows.RowOf(func(c rows.Columns) {
			emit(c, v, record)
			rows.ExactColumns(c, func(c rows.Columns) { emit(c, exact, own) })
		}), err
	}
}

// claim returns the properties of a claim. Its lifetime follows from other claims, too, and is checked with the states.
func claim(stored map[string]any, record string) (rows.Row, error) {
	c, err := codec.Decode[kg.Claim](record)
	life := kg.ClaimLifetime{Claim: c.ID, KnownTo: edtf.EndOfTime}
	if to, withdrawn := stored["knownTo"].(time.Time); withdrawn {
		life.KnownTo = edtf.InstantOf(to)
	}
	by, _ := stored["withdrawnBy"].([]any)
	for _, id := range by {
		life.WithdrawnBy = append(life.WithdrawnBy, kg.ID(fmt.Sprint(id)))
	}
	return rows.RowOf(func(to rows.Columns) { rows.Claim(to, c, life, record) }), err
}

// state returns the properties of a version of an event.
func state(stored map[string]any, record string) (rows.Row, error) {
	s, err := codec.Decode[kg.EventState](record)
	id, _ := stored["id"].(string)
	return rows.RowOf(func(c rows.Columns) { rows.State(c, kg.ID(id), s, record) }), err
}
