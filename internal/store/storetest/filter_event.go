package storetest

import (
	"testing"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// between returns the range between two EDTF values; "" leaves an end open.
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

func withParticipants(filters ...store.ParticipantFilter) store.EventFilter {
	return store.EventFilter{Participants: filters}
}

func withPlace(p store.PlaceFilter) store.EventFilter { return store.EventFilter{Place: &p} }

const allEvents = "campaign counter denied raid reply rumour speech spring strike talks week year"

// testEventFilters runs every field of EventFilter alone.
func testEventFilters(t *testing.T, s store.Store) {
	type f = store.EventFilter
	type p = store.ParticipantFilter
	type l = store.PlaceFilter
	runFilters(t, kg.KindEvent, s.Events, []filterCase[f]{
		{"nothing", f{}, allEvents},
		{"ids", f{IDs: nodeIDs(kg.KindEvent, "strike raid nowhere")}, "raid strike"},
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
		{"precision/season or year", f{Precision: []edtf.TimePrecision{edtf.PrecisionSeason, edtf.PrecisionYear}},
			"spring year"},
		{"precision/interval", f{Precision: []edtf.TimePrecision{edtf.PrecisionInterval}}, "campaign counter"},
		{"precision/unknown", f{Precision: []edtf.TimePrecision{edtf.PrecisionUnknown}}, "rumour"},
		{"precision/empty", f{Precision: []edtf.TimePrecision{}}, ""},

		{"participants/anyone", withParticipants(p{}),
			"campaign counter denied raid reply speech spring strike talks week year"},
		{"participants/anyOf", withParticipants(p{AnyOf: nodeIDs(kg.KindActor, "navy unknown")}), "raid strike"},
		{"participants/anyOf empty", withParticipants(p{AnyOf: []kg.ID{}}), ""},
		{"participants/representing", withParticipants(p{Representing: nodeIDs(kg.KindActor, "ukraine")}),
			"strike talks speech"},
		{"participants/roles", withParticipants(p{Roles: []kg.ParticipantRole{kg.RoleSpeaker}}), "reply speech"},
		{"participants/kinds", withParticipants(p{Kinds: []kg.ActorKind{kg.ActorArmedGroup}}), "raid week denied"},
		{"participants/countries", withParticipants(p{Countries: []string{"us"}}), "talks speech counter"},
		{"participants/statuses", withParticipants(p{Statuses: []kg.ClaimStatus{kg.StatusDisputed}}), "strike"},
		{"participants/sides", withParticipants(p{Sides: []kg.Side{kg.SideB}}), "strike campaign talks counter"},
		{"participants/conditions of one participation",
			withParticipants(p{AnyOf: nodeIDs(kg.KindActor, "zelensky"), Roles: []kg.ParticipantRole{kg.RoleMediator}}), ""},
		{"participants/conditions of one participation, met",
			withParticipants(p{AnyOf: nodeIDs(kg.KindActor, "us"), Roles: []kg.ParticipantRole{kg.RoleMediator}}), "talks"},
		{"participants/one each", withParticipants(p{AnyOf: nodeIDs(kg.KindActor, "russia us")},
			p{AnyOf: nodeIDs(kg.KindActor, "us")}), "talks counter"},
		{"participants/two of a kind", withParticipants(p{Kinds: []kg.ActorKind{kg.ActorArmedGroup}},
			p{Kinds: []kg.ActorKind{kg.ActorArmedGroup}}), "week"},
		{"participants/three of a kind", withParticipants(p{Kinds: []kg.ActorKind{kg.ActorArmedGroup}},
			p{Kinds: []kg.ActorKind{kg.ActorArmedGroup}}, p{Kinds: []kg.ActorKind{kg.ActorArmedGroup}}), ""},
		{"participants/one actor in two roles counts once", withParticipants(p{Roles: []kg.ParticipantRole{kg.RoleMediator}},
			p{Roles: []kg.ParticipantRole{kg.RoleHost}}), ""},
		{"participants/three", withParticipants(p{}, p{}, p{}), "strike talks"},

		{"withoutActors", f{WithoutActors: nodeIDs(kg.KindActor, "russia unknown")},
			"denied raid rumour speech spring week year"},

		{"place/within", withPlace(l{Within: nodeIDs(kg.KindLocation, "ukraine")}), "campaign raid strike year"},
		{"place/within the other parent", withPlace(l{Within: nodeIDs(kg.KindLocation, "russia")}),
			"campaign raid strike denied talks"},
		{"place/within itself", withPlace(l{Within: nodeIDs(kg.KindLocation, "harbour")}), "strike"},
		{"place/within either", withPlace(l{Within: nodeIDs(kg.KindLocation, "sea chukotka")}), "strike week talks denied"},
		{"place/within nothing", withPlace(l{Within: []kg.ID{}}), ""},
		{"place/near", withPlace(l{Near: &store.NearFilter{Latitude: 44.6, Longitude: 33.5, Km: 10}}), "raid strike"},
		{"place/near itself only", withPlace(l{Near: &store.NearFilter{Latitude: 44.6, Longitude: 33.5, Km: 1}}), "raid"},
		{"place/near, and not in the corner of its box",
			withPlace(l{Near: &store.NearFilter{Latitude: 44.6, Longitude: 33.5, Km: 90}}), "raid strike"},
		{"place/near the antimeridian", withPlace(l{Near: &store.NearFilter{Latitude: 66, Longitude: 179.5, Km: 300}}),
			"denied talks"},
		{"place/box", withPlace(l{Box: &store.BoxFilter{West: 33, South: 44, East: 35, North: 46}}), "raid strike campaign"},
		{"place/box over the antimeridian", withPlace(l{Box: &store.BoxFilter{West: 177, South: 60, East: -170, North: 70}}),
			"denied talks"},
		{"place/box with its edges",
			withPlace(l{Box: &store.BoxFilter{West: 177.5, South: 64.73, East: 177.5, North: 64.73}}), "talks"},
		{"place/countries", withPlace(l{Countries: []string{"UA"}}), "year campaign raid"},
		{"place/roles", withPlace(l{Roles: []kg.LocationRole{kg.LocationRoleOrigin, kg.LocationRoleTarget}}), "strike raid"},
		{"place/conditions of one place",
			withPlace(l{Within: nodeIDs(kg.KindLocation, "ukraine"), Roles: []kg.LocationRole{kg.LocationRoleOrigin}}), ""},
		{"place/conditions of one place, met",
			withPlace(l{Within: nodeIDs(kg.KindLocation, "ukraine"), Roles: []kg.LocationRole{kg.LocationRoleVenue}}),
			"strike campaign year"},

		{"categories", f{Categories: []kg.EventCategory{kg.CategoryAssault}}, "strike raid campaign denied"},
		{"modes", f{Modes: []string{"drone", "tank"}}, "strike"},
		{"codes/scheme", f{Codes: []store.CodeFilter{{Scheme: "cameo"}}}, "strike raid"},
		{"codes/value", f{Codes: []store.CodeFilter{{Scheme: "cameo", Value: ref("190")}}}, "strike"},
		{"codes/not of another scheme", f{Codes: []store.CodeFilter{{Scheme: "plover", Value: ref("190")}}}, ""},
		{"codes/startsWith", f{Codes: []store.CodeFilter{{Scheme: "cameo", StartsWith: ref("19")}}}, "strike raid"},
		{"codes/startsWith is not a pattern",
			f{Codes: []store.CodeFilter{{Scheme: "cameo", StartsWith: ref("1_")}, {Scheme: "cameo", StartsWith: ref("%")}}}, ""},
		{"codes/either", f{Codes: []store.CodeFilter{{Scheme: "plover"}, {Scheme: "cameo", Value: ref("195")}}},
			"talks raid"},
		{"codes/empty", f{Codes: []store.CodeFilter{}}, ""},
		{"modalities", f{Modalities: []kg.Modality{kg.ModalityOngoing, kg.ModalityHypothetical}}, "campaign spring"},

		{"statuses/unverified", f{Statuses: []kg.ClaimStatus{kg.StatusUnverified}},
			"raid campaign speech reply counter spring year"},
		{"statuses/corroborated", f{Statuses: []kg.ClaimStatus{kg.StatusCorroborated}}, "strike"},
		{"statuses/confirmed", f{Statuses: []kg.ClaimStatus{kg.StatusConfirmed}}, "talks"},
		{"statuses/disputed", f{Statuses: []kg.ClaimStatus{kg.StatusDisputed}}, "week"},
		{"statuses/denied or retracted", f{Statuses: []kg.ClaimStatus{kg.StatusDenied, kg.StatusRetracted}}, "denied rumour"},
		{"statuses/without retracted", *(*f)(nil).WithoutRetracted(),
			"campaign counter denied raid reply speech spring strike talks week year"},
		{"statuses/not, without retracted",
			*(&f{Not: &f{Statuses: []kg.ClaimStatus{kg.StatusUnverified}}}).WithoutRetracted(), "strike talks week denied"},

		{"killed/both ends", f{Killed: &store.IntRange{Min: ref(2), Max: ref(4)}}, "raid week strike"},
		{"killed/max", f{Killed: &store.IntRange{Max: ref(3)}}, "raid week"},
		{"killed/min", f{Killed: &store.IntRange{Min: ref(5)}}, "campaign"},
		{"killed/any", f{Killed: &store.IntRange{}}, "raid week strike campaign"},
		{"voices/min", f{Voices: &store.IntRange{Min: ref(2)}}, "strike talks week"},
		{"sources/data sets", f{Sources: &store.SourceFilter{Datasets: &store.IntRange{Min: ref(1)}}}, "counter raid"},
		{"sources/no documents", f{Sources: &store.SourceFilter{Documents: &store.IntRange{Max: ref(0)}}},
			"raid year rumour"},
		{"voices/max", f{Voices: &store.IntRange{Max: ref(0)}}, "raid year rumour denied"},

		{"partOf/any depth", f{PartOf: nodeIDs(kg.KindEvent, "campaign")}, "strike raid"},
		{"partOf/last", f{PartOf: nodeIDs(kg.KindEvent, "raid strike")}, "raid"},
		{"hasParts", f{HasParts: ref(true)}, "campaign strike"},
		{"hasParts/not", f{HasParts: ref(false)}, "counter denied raid reply rumour speech spring talks week year"},
		{"responses", f{Responses: &store.ResponseFilter{}}, "talks reply"},
		{"responses/not", f{Responses: &store.ResponseFilter{Exists: ref(false)}},
			"campaign counter denied raid rumour speech spring strike week year"},
		{"responses/kinds", f{Responses: &store.ResponseFilter{
			Kinds: []kg.ResponseKind{kg.ResponseCounters, kg.ResponseAccepts}}}, "talks"},
		{"responses/kinds not", f{Responses: &store.ResponseFilter{Exists: ref(false),
			Kinds: []kg.ResponseKind{kg.ResponseRejects}}},
			"campaign counter denied raid reply rumour speech spring strike week year"},

		{"documents", f{Documents: nodeIDs(kg.KindDocument, "r2")}, "talks speech counter"},
		{"documents/of a dispute too", f{Documents: nodeIDs(kg.KindDocument, "r1")}, "strike week"},
		{"publishers", f{Publishers: nodeIDs(kg.KindActor, "reuters")}, "strike talks speech counter week"},
		{"publishers/own of a reprint", f{Publishers: nodeIDs(kg.KindActor, "courier")}, "strike reply week denied"},
		{"claimants", f{Claimants: nodeIDs(kg.KindActor, "us")}, "talks speech counter"},
		{"claimants/withdrawn", f{Claimants: nodeIDs(kg.KindActor, "russia")}, "reply"},
		{"claimants/one of two", f{Claimants: nodeIDs(kg.KindActor, "militia")}, "week denied"},
		{"datasets", f{Datasets: []string{"ged", "24.1"}}, "raid"},
		{"datasets/empty", f{Datasets: []string{}}, ""},
	})
}
