package aggregate

import (
	"context"
	"strconv"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/cluster"
)

// Clusters groups events on a map. It calls fallback if the index cannot answer; see querySelection.
func (c *Index) Clusters(
	ctx context.Context, q store.ClusterQuery, fallback func(*store.EventFilter) ([]store.Cluster, error),
) ([]store.Cluster, error) {
	fields := []store.FacetField{store.FieldOnMap, store.FieldPrecision}
	if split := store.FacetField(q.SplitBy); split != "" && hasList(split) {
		fields = append(fields, split)
	}
	compute := func(t *table, selected []selection) ([]store.Cluster, error) {
		m := t.newMap(q, selected)
		if err := m.count(selected); err != nil {
			return nil, err
		}
		return m.clusters(ctx)
	}
	return querySelection(ctx, c, q.View, q.Filter, fields, compute, fallback)
}

// mapCounts counts events by place, cell and group.
type mapCounts struct {
	*table
	view             kg.View
	onMap, precision *listColumn
	lanes            *lanes
	counter          *cluster.Counter
	// opened is the number of cells and 1 more. cells is the number of the cell of each place, plus 1; 0 for one that is
	// not used.
	opened int
	cells  []int
	// events counts the events of each place and precision; event is any event of each place.
	events []int
	event  []uint32
	// groups has the events of each group of the first cell, then those of the second, and so on.
	groups []int
	// all and split are the sums by cell and by group. Cell 0 and the first groups are of events that are not on the map.
	all, split *summation
}

func (t *table) newMap(q store.ClusterQuery, selected []selection) *mapCounts {
	m := &mapCounts{
		table: t, view: q.View, onMap: t.lists[store.FieldOnMap], precision: t.lists[store.FieldPrecision],
		counter: cluster.NewCounter(q.Zoom), all: t.newSummation(q.Sums, q.View.KnownAt),
	}
	values := m.onMap.at(q.View.KnownAt)
	m.lanes = t.newLanes(q.SplitBy, q.Groups(), selected, func(scope) func(row, event uint32) (counted, possible bool) {
		return func(_, event uint32) (counted, possible bool) { return values.of(event)[0] > 0, false }
	})
	if len(m.lanes.keys) > 0 {
		m.split = t.newSummation(q.Sums, q.View.KnownAt)
	}
	n := len(m.onMap.words)
	m.cells, m.events, m.event = make([]int, n), make([]int, n*len(m.precision.words)), make([]uint32, n)
	m.open()
	return m
}

// open adds a cell to the sums and groups.
func (m *mapCounts) open() {
	m.opened++
	m.all.cell(0)
	m.groups = append(m.groups, make([]int, len(m.lanes.keys))...)
	for k := range m.lanes.keys {
		m.split.cell(k)
	}
}

// cellOf returns the number of the cell of a place plus 1, or 0 for no place.
func (m *mapCounts) cellOf(place uint32) (int, error) {
	if place == 0 || m.cells[place] > 0 {
		return m.cells[place], nil
	}
	cell, err := m.counter.Open(m.places[kg.ID(m.onMap.words[place])].Point)
	if err != nil {
		return 0, err
	}
	if m.cells[place] = cell + 1; cell+1 == m.opened {
		m.open()
	}
	return cell + 1, nil
}

func (m *mapCounts) count(selected []selection) error {
	places, precision := m.onMap.at(m.view.KnownAt), m.precision.at(m.view.KnownAt)
	n, stated := len(m.lanes.keys), len(m.precision.words)
	for _, s := range selected {
		groupsOf := m.lanes.groups(m.table, s.scope)
		for i, row := range s.rows {
			event := s.events[i]
			place := places.of(event)[0]
			cell, err := m.cellOf(place)
			if err != nil {
				return err
			}
			m.events[int(place)*stated+int(precision.of(event)[0])]++
			m.event[place] = event
			m.all.add(cell, s.scope, row, event)
			if n == 0 {
				continue
			}
			for _, g := range groupsOf(row, event) {
				m.groups[cell*n+int(g)]++
				m.split.add(cell*n+int(g), s.scope, row, event)
			}
		}
	}
	return nil
}

// clusters passes the counts to the counter.
func (m *mapCounts) clusters(ctx context.Context) ([]store.Cluster, error) {
	stated := len(m.precision.words)
	for place, cell := range m.cells {
		if cell == 0 {
			continue
		}
		id := kg.ID(m.onMap.words[place])
		for code, events := range m.events[place*stated:][:stated] {
			if events > 0 {
				precision, _ := strconv.Atoi(m.precision.words[code]) // 0 without a word
				m.counter.Add(cell-1, cluster.Placed{Place: id, At: m.places[id], Precision: precision}, events,
					m.ids[m.event[place]])
			}
		}
	}
	byCell, err := m.all.parts(ctx)
	if err != nil {
		return nil, err
	}
	byGroup, err := m.split.parts(ctx)
	if err != nil {
		return nil, err
	}
	for cell := 1; cell < len(byCell); cell++ {
		m.counter.AddSums(cell-1, byCell[cell])
	}
	n := len(m.lanes.keys)
	for at, events := range m.groups {
		if at < n || events == 0 {
			continue
		}
		cell, key := at/n-1, m.lanes.keys[at%n]
		m.counter.AddGroup(cell, key, events)
		if byGroup != nil {
			m.counter.AddGroupSums(cell, key, byGroup[at])
		}
	}
	return m.counter.Clusters(), nil
}
