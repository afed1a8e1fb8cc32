package storetest

import (
	"slices"
	"strings"
	"testing"

	"casus/internal/kg"
)

// orderCase is an order and the ids it puts the world's nodes into, ascending. absent are those without a key: they come
// last both ways, and by id in the order's direction.
type orderCase[O any] struct {
	name         string
	asc, desc    O
	want, absent string
}

func eventOrders() []orderCase[kg.EventOrder] {
	order := func(f kg.EventOrderField, want, absent string) orderCase[kg.EventOrder] {
		return orderCase[kg.EventOrder]{string(f), kg.EventOrder{Field: f}, kg.EventOrder{Field: f, Direction: kg.Desc}, want, absent}
	}
	return []orderCase[kg.EventOrder]{
		order(kg.EventsByTime, "denied year raid strike counter spring reply speech week talks", "campaign rumour"),
		order(kg.EventsByFirstAsserted, "campaign strike rumour speech talks denied reply counter spring year week raid", ""),
		order(kg.EventsByKilled, "raid week strike campaign", "counter denied reply rumour speech spring talks year"),
	}
}

func actorOrders() []orderCase[kg.ActorOrder] {
	order := func(f kg.ActorOrderField, want string) orderCase[kg.ActorOrder] {
		return orderCase[kg.ActorOrder]{string(f), kg.ActorOrder{Field: f}, kg.ActorOrder{Field: f, Direction: kg.Desc}, want, ""}
	}
	return []orderCase[kg.ActorOrder]{
		order(kg.ActorsByName, "courier group militia navy reuters un us zelensky russia ukraine"),
		order(kg.ActorsByEvents, "courier reuters un group militia navy zelensky us ukraine russia"),
	}
}

func locationOrders() []orderCase[kg.LocationOrder] {
	order := func(f kg.LocationOrderField, want string) orderCase[kg.LocationOrder] {
		return orderCase[kg.LocationOrder]{string(f), kg.LocationOrder{Field: f}, kg.LocationOrder{Field: f, Direction: kg.Desc}, want, ""}
	}
	return []orderCase[kg.LocationOrder]{
		order(kg.LocationsByName, "sea harbour wrangel anadyr crimea russia sevastopol ukraine chukotka"),
		order(kg.LocationsByEvents, "russia wrangel anadyr chukotka crimea harbour sevastopol ukraine sea"),
	}
}

func documentOrders() []orderCase[kg.DocumentOrder] {
	order := func(f kg.DocumentOrderField, want, absent string) orderCase[kg.DocumentOrder] {
		return orderCase[kg.DocumentOrder]{string(f), kg.DocumentOrder{Field: f}, kg.DocumentOrder{Field: f, Direction: kg.Desc}, want, absent}
	}
	return []orderCase[kg.DocumentOrder]{
		order(kg.DocumentsByPublished, "u1 c2 r1 c1 r2", "n1"),
		order(kg.DocumentsByTitle, "n1 c2 r1 r2 c1 u1", ""),
	}
}

func claimOrders() []orderCase[kg.ClaimOrder] {
	return []orderCase[kg.ClaimOrder]{{"ASSERTED", kg.ClaimOrder{}, kg.ClaimOrder{Direction: kg.Desc},
		"e1 f1 f2 f3 f5 s1 s2 m1 p1 s3 t1 s4 x1 y1 k1 m2 s5 a1 t2 f4 s6 s7 w1 g1 w2 w3 b1", ""}}
}

func testOrders(t *testing.T, s kg.Store) {
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
			same(t, "ascending", short(kind, c.want+" "+c.absent), idsOf(list(t, read, kg.ListQuery[F, O]{Order: c.asc})))
			same(t, "descending", append(backwards(kind, c.want), backwards(kind, c.absent)...), idsOf(list(t, read, kg.ListQuery[F, O]{Order: c.desc})))
		})
	}
}

func backwards(kind kg.NodeKind, words string) []kg.ID {
	fields := strings.Fields(words)
	slices.Reverse(fields)
	return short(kind, strings.Join(fields, " "))
}
