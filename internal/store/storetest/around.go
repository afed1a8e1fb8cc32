package storetest

import (
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// testAround lists what happened around an event, with the filter built from the event, its places and its wholes.
func testAround(t *testing.T, s store.Store) {
	harbour := kg.Point{Latitude: 44.62, Longitude: 33.53}
	for _, c := range []struct {
		name, event    string
		earlier, later string
		km             float64
		points         []kg.Point
		wholes         string
		view           kg.View
		want           string
	}{
		{"at the same time", "strike", "PT0S", "PT0S", 0, nil, "campaign", kg.View{}, "year rumour"},
		{"until a day starts", "strike", "PT0S", "P1DT1H59M59S", 0, nil, "campaign", kg.View{}, "year rumour"},
		{"one millisecond more", "strike", "PT0S", "P1DT1H59M59.001S", 0, nil, "campaign", kg.View{},
			"year counter spring rumour"},
		{"a month later", "strike", "PT0S", "P1M", 0, nil, "campaign", kg.View{},
			"year counter spring reply speech week talks rumour"},
		{"months before", "strike", "P9M", "PT0S", 0, nil, "campaign", kg.View{}, "denied year rumour"},
		{"near", "raid", "PT0S", "P1M", 250, []kg.Point{harbour}, "strike campaign", kg.View{}, "week"},
		{"nearer", "raid", "PT0S", "P1M", 100, []kg.Point{harbour}, "strike campaign", kg.View{}, ""},
		{"near one of two", "raid", "PT0S", "P1M", 250, []kg.Point{harbour, {Latitude: 64.7, Longitude: 177.5}},
			"strike campaign", kg.View{}, "week talks"},
		{"without its wholes", "raid", "PT0S", "PT0S", 0, nil, "", kg.View{}, "year strike campaign rumour"},
		{"at an earlier moment", "strike", "PT0S", "P1M", 0, nil, "campaign", known(noon(3)), "reply speech talks rumour"},
	} {
		q := store.AroundQuery{View: c.view, Earlier: duration(c.earlier), Later: duration(c.later)}
		if c.km > 0 {
			q.Km = &c.km
		}
		e := list(t, s.Events, store.EventQuery{Filter: &store.EventFilter{IDs: nodeIDs(kg.KindEvent, c.event)}})[0]
		filter, nothing, err := q.EventFilter(e, c.points, nodeIDs(kg.KindEvent, c.wholes))
		if err != nil || nothing {
			t.Fatal(c.name, nothing, err)
		}
		wantEqual(t, c.name, nodeIDs(kg.KindEvent, c.want),
			idsOf(list(t, s.Events, store.EventQuery{View: c.view, Filter: filter})))
	}
}

func duration(s string) edtf.Duration {
	d, err := edtf.ParseDuration(s)
	if err != nil {
		panic(err) // a bug of the suite
	}
	return d
}

// around returns the filter for a random event's surroundings.
func (a *queryGenerator) around() *store.EventFilter {
	lengths := []string{"PT0S", "PT6H", "P1D", "P1W", "P1M", "P1Y"}
	q := store.AroundQuery{Earlier: duration(pick(a.random, lengths)), Later: duration(pick(a.random, lengths)),
		Filter: a.optionalFilter()}
	var points []kg.Point
	if a.chance(40) {
		q.Km = ref(pick(a.random, []float64{200, 1000, 8000}))
		points = append(points, a.point(), a.point())
	}
	e := kg.Event{ID: pick(a.random, a.known[kg.KindEvent]),
		EventState: kg.EventState{Headline: kg.Headline{Time: *a.time()}}}
	f, _, err := q.EventFilter(e, points, a.ids(a.random, 2, kg.KindEvent))
	if err != nil {
		panic(err) // a bug of the suite
	}
	return f
}
