package storetest

import (
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

func between(from, to string, certainty ...store.Certainty) *store.TimeRange {
	var r store.TimeRange
	if from != "" {
		r.From = at(from)
	}
	if to != "" {
		r.To = at(to)
	}
	if len(certainty) > 0 {
		r.Certainty = &certainty[0]
	}
	return &r
}

func of(filters ...store.ParticipantFilter) store.EventFilter {
	return store.EventFilter{Participants: filters}
}

func thereAt(p store.PlaceFilter) store.EventFilter { return store.EventFilter{Place: &p} }

const allEvents = "campaign counter denied raid reply rumour speech spring strike talks week year"

// testEventFilters asks for every field of EventFilter alone.
func testEventFilters(t *testing.T, s store.Store) {
	type f = store.EventFilter
	type p = store.ParticipantFilter
	type l = store.PlaceFilter
	runFilters(t, kg.KindEvent, s.Events, []filterCase[f]{
		{"nothing", f{}, allEvents},
		{"ids", f{IDs: short(kg.KindEvent, "strike raid nowhere")}, "raid strike"},
		{"ids/empty", f{IDs: []kg.ID{}}, ""},

		{"text/title", f{Text: ref("harbour")}, "strike"},
		{"text/summary", f{Text: ref("NIGHT")}, "raid"},
		{"text/prefix", f{Text: ref("land")}, "raid rumour"},
		{"text/any order", f{Text: ref("night landing")}, "raid"},
		{"text/only the last word is a prefix", f{Text: ref("land night")}, ""},
		{"text/two titles", f{Text: ref("удар harb")}, "strike"},
		{"text/no event has it", f{Text: ref("zelensky")}, ""},

		{"time/possibly", f{Time: between("2025-03-02", "2025-03-02")}, "campaign counter reply rumour speech spring year"},
		{"time/definitely", f{Time: between("2025-03-02", "2025-03-02", store.Definitely)}, "reply speech"},
		{"time/from", f{Time: between("2025-03-03", "", store.Possibly)}, "week talks counter spring year campaign rumour"},
		{"time/definitely from", f{Time: between("2025-03-03", "", store.Definitely)}, "week talks"},
		{"time/to", f{Time: between("", "2025-02")}, "denied year raid strike campaign rumour"},
		{"time/definitely to", f{Time: between("", "2025-02", store.Definitely)}, "denied raid strike"},
		{"time/second", f{Time: between("2025-02-27T22:00:00Z", "2025-02-27T22:00:00Z", store.Definitely)}, "raid strike"},
		{"time/second after", f{Time: between("2025-02-27T22:00:01Z", "2025-02-28")}, "campaign rumour year"},
		{"time/unbounded", f{Time: between("", "", store.Definitely)}, allEvents},

		{"firstAsserted", f{FirstAsserted: between("2025-03-02", "2025-03-03")}, "rumour speech talks denied reply"},
		{"firstAsserted/possibly", f{FirstAsserted: between("2025-03-15", "")}, "year"},
		{"firstAsserted/definitely", f{FirstAsserted: between("", "2025-03-09", store.Definitely)},
			"campaign strike rumour speech talks denied reply counter spring week"},

		{"precision/instant", f{Precision: []edtf.TimePrecision{edtf.PrecisionInstant}}, "raid strike"},
		{"precision/day", f{Precision: []edtf.TimePrecision{edtf.PrecisionDay}}, "reply speech talks"},
		{"precision/week", f{Precision: []edtf.TimePrecision{edtf.PrecisionWeek}}, "week"},
		{"precision/month", f{Precision: []edtf.TimePrecision{edtf.PrecisionMonth}}, "denied"},
		{"precision/season or year", f{Precision: []edtf.TimePrecision{edtf.PrecisionSeason, edtf.PrecisionYear}}, "spring year"},
		{"precision/interval", f{Precision: []edtf.TimePrecision{edtf.PrecisionInterval}}, "campaign counter"},
		{"precision/unknown", f{Precision: []edtf.TimePrecision{edtf.PrecisionUnknown}}, "rumour"},
		{"precision/empty", f{Precision: []edtf.TimePrecision{}}, ""},

		{"participants/anyone", of(p{}), "campaign counter denied raid reply speech spring strike talks week year"},
		{"participants/anyOf", of(p{AnyOf: short(kg.KindActor, "navy nobody")}), "raid strike"},
		{"participants/anyOf empty", of(p{AnyOf: []kg.ID{}}), ""},
		{"participants/representing", of(p{Representing: short(kg.KindActor, "ukraine")}), "strike talks"},
		{"participants/roles", of(p{Roles: []kg.ParticipantRole{kg.RoleSpeaker}}), "reply speech"},
		{"participants/kinds", of(p{Kinds: []kg.ActorKind{kg.ActorArmedGroup}}), "raid week denied"},
		{"participants/countries", of(p{Countries: []string{"us"}}), "talks speech counter"},
		{"participants/sides", of(p{Sides: []kg.Side{kg.SideB}}), "strike campaign talks counter"},
		{"participants/of one participation", of(p{AnyOf: short(kg.KindActor, "zelensky"), Roles: []kg.ParticipantRole{kg.RoleMediator}}), ""},
		{"participants/of one participation too", of(p{AnyOf: short(kg.KindActor, "us"), Roles: []kg.ParticipantRole{kg.RoleMediator}}), "talks"},
		{"participants/one each", of(p{AnyOf: short(kg.KindActor, "russia us")}, p{AnyOf: short(kg.KindActor, "us")}), "talks counter"},
		{"participants/two of a kind", of(p{Kinds: []kg.ActorKind{kg.ActorArmedGroup}}, p{Kinds: []kg.ActorKind{kg.ActorArmedGroup}}), "week"},
		{"participants/three of a kind", of(p{Kinds: []kg.ActorKind{kg.ActorArmedGroup}}, p{Kinds: []kg.ActorKind{kg.ActorArmedGroup}}, p{Kinds: []kg.ActorKind{kg.ActorArmedGroup}}), ""},
		{"participants/one actor in two roles is one", of(p{Roles: []kg.ParticipantRole{kg.RoleMediator}}, p{Roles: []kg.ParticipantRole{kg.RoleHost}}), ""},
		{"participants/three", of(p{}, p{}, p{}), "strike talks"},

		{"withoutActors", f{WithoutActors: short(kg.KindActor, "russia nobody")}, "denied raid rumour speech spring week year"},

		{"place/within", thereAt(l{Within: short(kg.KindLocation, "ukraine")}), "campaign raid strike year"},
		{"place/within the other parent", thereAt(l{Within: short(kg.KindLocation, "russia")}), "campaign raid strike denied talks"},
		{"place/within itself", thereAt(l{Within: short(kg.KindLocation, "harbour")}), "strike"},
		{"place/within either", thereAt(l{Within: short(kg.KindLocation, "sea chukotka")}), "strike week talks denied"},
		{"place/within nothing", thereAt(l{Within: []kg.ID{}}), ""},
		{"place/near", thereAt(l{Near: &store.NearFilter{Latitude: 44.6, Longitude: 33.5, Km: 10}}), "raid strike"},
		{"place/near itself only", thereAt(l{Near: &store.NearFilter{Latitude: 44.6, Longitude: 33.5, Km: 1}}), "raid"},
		{"place/near, and not in the corner of its box", thereAt(l{Near: &store.NearFilter{Latitude: 44.6, Longitude: 33.5, Km: 90}}), "raid strike"},
		{"place/near the antimeridian", thereAt(l{Near: &store.NearFilter{Latitude: 66, Longitude: 179.5, Km: 300}}), "denied talks"},
		{"place/box", thereAt(l{Box: &store.BoxFilter{West: 33, South: 44, East: 35, North: 46}}), "raid strike campaign"},
		{"place/box over the antimeridian", thereAt(l{Box: &store.BoxFilter{West: 177, South: 60, East: -170, North: 70}}), "denied talks"},
		{"place/box with its edges", thereAt(l{Box: &store.BoxFilter{West: 177.5, South: 64.73, East: 177.5, North: 64.73}}), "talks"},
		{"place/countries", thereAt(l{Countries: []string{"UA"}}), "year campaign raid"},
		{"place/roles", thereAt(l{Roles: []kg.LocationRole{kg.LocationRoleOrigin, kg.LocationRoleTarget}}), "strike raid"},
		{"place/of one place", thereAt(l{Within: short(kg.KindLocation, "ukraine"), Roles: []kg.LocationRole{kg.LocationRoleOrigin}}), ""},
		{"place/of one place too", thereAt(l{Within: short(kg.KindLocation, "ukraine"), Roles: []kg.LocationRole{kg.LocationRoleVenue}}), "strike campaign year"},

		{"categories", f{Categories: []kg.EventCategory{kg.CategoryAssault}}, "strike raid campaign denied"},
		{"modes", f{Modes: []string{"drone", "tank"}}, "strike"},
		{"codes/scheme", f{Codes: []store.CodeFilter{{Scheme: "cameo"}}}, "strike raid"},
		{"codes/value", f{Codes: []store.CodeFilter{{Scheme: "cameo", Value: ref("190")}}}, "strike"},
		{"codes/not of another scheme", f{Codes: []store.CodeFilter{{Scheme: "plover", Value: ref("190")}}}, ""},
		{"codes/startsWith", f{Codes: []store.CodeFilter{{Scheme: "cameo", StartsWith: ref("19")}}}, "strike raid"},
		{"codes/startsWith is no pattern", f{Codes: []store.CodeFilter{{Scheme: "cameo", StartsWith: ref("1_")}, {Scheme: "cameo", StartsWith: ref("%")}}}, ""},
		{"codes/either", f{Codes: []store.CodeFilter{{Scheme: "plover"}, {Scheme: "cameo", Value: ref("195")}}}, "talks raid"},
		{"codes/empty", f{Codes: []store.CodeFilter{}}, ""},
		{"modalities", f{Modalities: []kg.Modality{kg.ModalityOngoing, kg.ModalityHypothetical}}, "campaign spring"},

		{"statuses/unverified", f{Statuses: []kg.ClaimStatus{kg.StatusUnverified}}, "raid campaign speech reply counter spring year"},
		{"statuses/corroborated", f{Statuses: []kg.ClaimStatus{kg.StatusCorroborated}}, "strike"},
		{"statuses/confirmed", f{Statuses: []kg.ClaimStatus{kg.StatusConfirmed}}, "talks"},
		{"statuses/disputed", f{Statuses: []kg.ClaimStatus{kg.StatusDisputed}}, "week"},
		{"statuses/denied or retracted", f{Statuses: []kg.ClaimStatus{kg.StatusDenied, kg.StatusRetracted}}, "denied rumour"},

		{"killed/both ends", f{Killed: &store.IntRange{Min: ref(2), Max: ref(4)}}, "raid week strike"},
		{"killed/max", f{Killed: &store.IntRange{Max: ref(3)}}, "raid week"},
		{"killed/min", f{Killed: &store.IntRange{Min: ref(5)}}, "campaign"},
		{"killed/any", f{Killed: &store.IntRange{}}, "raid week strike campaign"},
		{"voices/min", f{Voices: &store.IntRange{Min: ref(2)}}, "strike talks week"},
		{"voices/max", f{Voices: &store.IntRange{Max: ref(0)}}, "rumour denied"},

		{"partOf/any depth", f{PartOf: short(kg.KindEvent, "campaign")}, "strike raid"},
		{"partOf/last", f{PartOf: short(kg.KindEvent, "raid strike")}, "raid"},
		{"hasParts", f{HasParts: ref(true)}, "campaign strike"},
		{"hasParts/not", f{HasParts: ref(false)}, "counter denied raid reply rumour speech spring talks week year"},
		{"responses", f{Responses: &store.ResponseFilter{}}, "talks reply"},
		{"responses/not", f{Responses: &store.ResponseFilter{Exists: ref(false)}}, "campaign counter denied raid rumour speech spring strike week year"},
		{"responses/kinds", f{Responses: &store.ResponseFilter{Kinds: []kg.ResponseKind{kg.ResponseCounters, kg.ResponseAccepts}}}, "talks"},
		{"responses/kinds not", f{Responses: &store.ResponseFilter{Exists: ref(false), Kinds: []kg.ResponseKind{kg.ResponseRejects}}},
			"campaign counter denied raid reply rumour speech spring strike week year"},

		{"documents", f{Documents: short(kg.KindDocument, "r2")}, "talks speech counter"},
		{"documents/of a dispute too", f{Documents: short(kg.KindDocument, "r1")}, "strike week"},
		{"publishers", f{Publishers: short(kg.KindActor, "reuters")}, "strike talks speech counter week"},
		{"publishers/own of a reprint", f{Publishers: short(kg.KindActor, "courier")}, "strike reply week denied"},
		{"claimants", f{Claimants: short(kg.KindActor, "us")}, "talks speech counter"},
		{"claimants/withdrawn", f{Claimants: short(kg.KindActor, "russia")}, "reply"},
		{"claimants/one of two", f{Claimants: short(kg.KindActor, "militia")}, "week denied"},
		{"datasets", f{Datasets: []string{"ged", "24.1"}}, "raid"},
		{"datasets/empty", f{Datasets: []string{}}, ""},
	})
}
