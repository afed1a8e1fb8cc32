package neo4j

import (
	"context"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/kg/sums"
	"casus/internal/store"
	"casus/internal/store/codec"
)

// selectedColumns are the columns of an event n that selectedReader reads.
func (b *builder) selectedColumns() string {
	r, w := b.name("r"), b.name("w")
	modalities := b.param(stringsOf(kg.HappenedModalities()))
	return "n.id AS id, coalesce(n._toll, '') AS toll, n.modality IN " + modalities + " AND n.status <> " +
		b.param(string(kg.StatusRetracted)) + " AS counts, COLLECT { MATCH " + b.eventPath("n") +
		"-[" + r + ":PART_OF]->(" + w + ":Event)" + where(b.isKnown(r)) + " RETURN DISTINCT " + w + ".id } AS wholes"
}

// selectedReader reads selected events.
type selectedReader struct{ tolls codec.Tolls }

func newSelectedReader() selectedReader { return selectedReader{codec.Tolls{}} }

func (s selectedReader) read(r *neo4j.Record) (e store.SelectedEvent, err error) {
	if e.ID, err = idOf(r); err != nil {
		return e, err
	}
	if e.Counts, err = column[bool](r, "counts"); err != nil {
		return e, err
	}
	wholes, err := listOf[string](r, "wholes")
	if err != nil {
		return e, err
	}
	for _, w := range wholes {
		e.Wholes = append(e.Wholes, kg.ID(w))
	}
	text, err := column[string](r, "toll")
	if err != nil {
		return e, err
	}
	e.Toll, err = s.tolls.Decode(text)
	return e, err
}

// selection is the events of an overview with their numbers. index has the index of each.
type selection struct {
	*store.EventSums
	index map[kg.ID]int
}

// selected reads the selected events for the sums of a set.
func (o overview) selected(ctx context.Context, set sums.Set) (selection, error) {
	s := selection{index: map[kg.ID]int{}}
	q := o.newOverview()
	rows, err := q.query(ctx, q.events+" RETURN "+q.selectedColumns())
	if err != nil {
		return s, err
	}
	events, err := readRows(rows, newSelectedReader().read)
	if err != nil {
		return s, err
	}
	for i, e := range events {
		s.index[e.ID] = i
	}
	s.EventSums, err = store.NewEventSums(ctx, set, events, o.wholesOf)
	return s, err
}

// wholesOf returns the direct wholes of events.
func (b *builder) wholesOf(ctx context.Context, events []kg.ID) (links []sums.Link, err error) {
	q := b.newQuery()
	rows, err := q.query(ctx, q.matchNodes("Event", events)+"-[r:PART_OF]->(w:Event)"+where(q.isKnown("r"))+
		" RETURN DISTINCT n.id AS id, w.id AS whole")
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		part, err := idOf(r)
		if err != nil {
			return nil, err
		}
		whole, err := column[string](r, "whole")
		if err != nil {
			return nil, err
		}
		links = append(links, sums.Link{Part: part, Whole: kg.ID(whole)})
	}
	return links, nil
}

// addValues adds events to the keys of the values that a query returns as rows of an id and the list keys. Events
// without a row get the key "".
func (o overview) addValues(
	ctx context.Context, s selection, to *store.KeyedSums, query string, keyOf func(value string) (string, error),
) error {
	rows, err := o.query(ctx, query)
	if err != nil {
		return err
	}
	found := make([]bool, len(s.index))
	for _, r := range rows {
		id, err := idOf(r)
		if err != nil {
			return err
		}
		values, err := listOf[string](r, "keys")
		if err != nil {
			return err
		}
		i, known := s.index[id]
		if !known || found[i] {
			continue
		}
		found[i] = true
		for _, value := range values {
			key, err := keyOf(value)
			if err != nil {
				return err
			}
			to.Add(i, key)
		}
	}
	for i, has := range found {
		if !has {
			to.Add(i, "")
		}
	}
	return nil
}
