package storetest

import (
	"slices"
	"strings"
	"testing"

	"casus/internal/kg"
	"casus/internal/store"
)

// orderCase is an order and the world's ids in it, ascending. absent are the ids without a key: they come last in
// both directions, sorted by id in the direction of the order.
type orderCase[O any] struct {
	name         string
	asc, desc    O
	want, absent string
}

func eventOrders() []orderCase[store.EventOrder] {
	order := func(f store.EventOrderField, want, absent string) orderCase[store.EventOrder] {
		return orderCase[store.EventOrder]{string(f), store.EventOrder{Field: f},
			store.EventOrder{Field: f, Direction: store.Desc}, want, absent}
	}
	return []orderCase[store.EventOrder]{
		order(store.EventsByTime, "denied year raid strike counter spring reply speech week talks", "campaign rumour"),
		order(store.EventsByFirstAsserted,
			"campaign strike rumour speech talks denied reply counter spring year week raid", ""),
		order(store.EventsByKilled, "raid week strike campaign", "counter denied reply rumour speech spring talks year"),
		order(store.EventsByDocuments,
			"raid rumour year campaign counter denied reply speech spring talks week strike", ""),
		order(store.EventsByVoices, "denied raid rumour year campaign counter reply speech spring strike talks week", ""),
		order(store.EventsByDatasets, "campaign denied reply rumour speech spring strike talks week year counter raid", ""),
	}
}

func actorOrders() []orderCase[store.ActorOrder] {
	order := func(f store.ActorOrderField, want string) orderCase[store.ActorOrder] {
		return orderCase[store.ActorOrder]{string(f), store.ActorOrder{Field: f},
			store.ActorOrder{Field: f, Direction: store.Desc}, want, ""}
	}
	return []orderCase[store.ActorOrder]{
		order(store.ActorsByName, "courier group militia navy reuters russia ukraine un us zelensky"),
		order(store.ActorsByEvents, "courier reuters un group militia navy zelensky us ukraine russia"),
	}
}

func locationOrders() []orderCase[store.LocationOrder] {
	order := func(f store.LocationOrderField, want string) orderCase[store.LocationOrder] {
		return orderCase[store.LocationOrder]{string(f), store.LocationOrder{Field: f},
			store.LocationOrder{Field: f, Direction: store.Desc}, want, ""}
	}
	return []orderCase[store.LocationOrder]{
		order(store.LocationsByName, "anadyr sea crimea harbour wrangel russia sevastopol ukraine chukotka"),
		order(store.LocationsByEvents, "russia wrangel anadyr chukotka crimea harbour sevastopol ukraine sea"),
	}
}

func documentOrders() []orderCase[store.DocumentOrder] {
	order := func(f store.DocumentOrderField, want, absent string) orderCase[store.DocumentOrder] {
		return orderCase[store.DocumentOrder]{string(f), store.DocumentOrder{Field: f},
			store.DocumentOrder{Field: f, Direction: store.Desc}, want, absent}
	}
	return []orderCase[store.DocumentOrder]{
		order(store.DocumentsByPublished, "u1 c2 r1 c1 r2", "n1"),
		order(store.DocumentsByTitle, "n1 c2 r1 r2 c1 u1", ""),
	}
}

func claimOrders() []orderCase[store.ClaimOrder] {
	return []orderCase[store.ClaimOrder]{{"ASSERTED", store.ClaimOrder{}, store.ClaimOrder{Direction: store.Desc},
		"e1 f1 f2 f3 f5 s1 s2 m1 p1 s3 t1 s4 x1 y1 k1 m2 s5 a1 t2 f4 s6 s7 w1 g1 w2 w3 b1", ""}}
}

func testOrders(t *testing.T, s store.Store) {
	runOrders(t, kg.KindEvent, s.Events, eventOrders())
	runOrders(t, kg.KindActor, s.Actors, actorOrders())
	runOrders(t, kg.KindLocation, s.Locations, locationOrders())
	runOrders(t, kg.KindDocument, s.Documents, documentOrders())
	runOrders(t, kg.KindClaim, s.Claims, claimOrders())
}

func runOrders[F, O any, T kg.Identified](t *testing.T, kind kg.NodeKind, read reader[F, O, T], cases []orderCase[O]) {
	t.Helper()
	for _, c := range cases {
		t.Run(string(kind)+" by "+c.name, func(t *testing.T) {
			wantEqual(t, "ascending", nodeIDs(kind, c.want+" "+c.absent),
				idsOf(list(t, read, store.ListQuery[F, O]{Order: c.asc})))
			wantEqual(t, "descending", append(backwards(kind, c.want), backwards(kind, c.absent)...),
				idsOf(list(t, read, store.ListQuery[F, O]{Order: c.desc})))
		})
	}
}

func backwards(kind kg.NodeKind, words string) []kg.ID {
	fields := strings.Fields(words)
	slices.Reverse(fields)
	return nodeIDs(kind, strings.Join(fields, " "))
}
