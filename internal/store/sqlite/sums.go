package sqlite

import (
	"context"
	"database/sql"
	"strings"

	"casus/internal/kg"
	"casus/internal/kg/sums"
	"casus/internal/store"
	"casus/internal/store/codec"
)

// selectedColumns are the columns of event_state e that selectedScanner scans.
func (r viewReader) selectedColumns() clause {
	return sqlOf("e.event, e.toll, e.status <> ? AND ", string(kg.StatusRetracted)).append(
		oneOf("e.modality", kg.HappenedModalities()),
		sqlOf(", (SELECT group_concat(p.whole, char(10)) FROM event_part p WHERE p.part = e.event AND "), r.holds("p"),
		sqlOf(")"))
}

// selectedScanner scans selected events.
type selectedScanner struct {
	tolls  codec.Tolls
	id     string
	toll   string
	counts bool
	wholes sql.NullString
}

func newSelectedScanner() *selectedScanner { return &selectedScanner{tolls: codec.Tolls{}} }

// into returns the destinations of the columns.
func (s *selectedScanner) into() []any { return []any{&s.id, &s.toll, &s.counts, &s.wholes} }

// event returns the event that was scanned.
func (s *selectedScanner) event() (e store.SelectedEvent, err error) {
	e = store.SelectedEvent{ID: kg.ID(s.id), Counts: s.counts}
	if s.wholes.Valid {
		for w := range strings.SplitSeq(s.wholes.String, "\n") {
			e.Wholes = append(e.Wholes, kg.ID(w))
		}
	}
	e.Toll, err = s.tolls.Decode(s.toll)
	return e, err
}

// selection is the events of an overview with their numbers. rows has the index of each by its rowid.
type selection struct {
	*store.EventSums
	rows   map[int64]int
	events int
}

// selected reads the selected events for the sums of a set.
func (o overview) selected(set sums.Set) (selection, error) {
	scanner, s := newSelectedScanner(), selection{rows: map[int64]int{}}
	var row int64
	into := append([]any{&row}, scanner.into()...)
	events, err := readRows(o, func(r *sql.Rows) (store.SelectedEvent, error) {
		if err := r.Scan(into...); err != nil {
			return store.SelectedEvent{}, err
		}
		s.rows[row] = len(s.rows)
		return scanner.event()
	}, sqlOf("SELECT e.rowid, ").append(o.selectedColumns(), sqlOf(" FROM "), o.events))
	if err != nil {
		return s, err
	}
	s.events = len(events)
	s.EventSums, err = store.NewEventSums(o.ctx, set, events, o.wholesOf)
	return s, err
}

// wholesOf returns the direct wholes of events.
func (r viewReader) wholesOf(ctx context.Context, events []kg.ID) ([]sums.Link, error) {
	query := sqlOf("SELECT p.part, p.whole FROM json_each(?) j CROSS JOIN event_part p ON p.part = j.value WHERE ",
		idList(events)).append(r.holds("p"))
	return rows(ctx, r.read, func(row *sql.Rows) (l sums.Link, err error) {
		err = row.Scan(&l.Part, &l.Whole)
		return l, err
	}, query.sql, query.args...)
}

// addValues adds events to the keys of the values that a query returns as rows of a rowid and a value. Events without a
// row get the key "".
func (o overview) addValues(
	s selection, to *store.KeyedSums, query clause, keyOf func(value string) (string, error),
) error {
	found := make([]bool, s.events)
	var row int64
	var value string
	into := []any{&row, &value}
	err := stream(o.ctx, o.read, query, func(r *sql.Rows) error {
		if err := r.Scan(into...); err != nil {
			return err
		}
		if i, known := s.rows[row]; known {
			key, err := keyOf(value)
			if err != nil {
				return err
			}
			found[i] = true
			to.Add(i, key)
		}
		return nil
	})
	for i, has := range found {
		if !has {
			to.Add(i, "")
		}
	}
	return err
}
