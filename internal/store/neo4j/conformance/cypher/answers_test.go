package cypher_test

import (
	"slices"
	"strings"

	"casus/internal/kg"
)

// answers has the API's question for each question of the page, and its answer as rows.
var answers = map[string]struct {
	query string
	rows  func(data map[string]any) [][]any
}{
	"Who contradicts whom?": {`{ timeline(first: 20, filter: { disagreements: [OCCURRENCE, TIME, PLACE, PARTICIPATION,
		FIGURES, CHARACTERIZATION] }) { nodes { title(language: "en") disagreements { aspect }
		claims(first: 30) { nodes { stance withdrawnBy { id } claimants { name(language: "en") } } } } } }`,
		func(data map[string]any) (all [][]any) {
			for _, e := range list(data, "timeline", "nodes") {
				var aspects []string
				found := texts(list(e, "disagreements"), "aspect")
				for _, a := range kg.Aspects.Values() {
					if slices.Contains(found, string(a)) {
						aspects = append(aspects, string(a))
					}
				}
				var deniers []any
				for _, c := range list(e, "claims", "nodes") {
					if at(c, "stance") == "DENIES" && len(list(c, "withdrawnBy")) == 0 {
						deniers = append(deniers, list(c, "claimants")...)
					}
				}
				all = append(all, []any{at(e, "title"), aspects, texts(deniers, "name")})
			}
			return sorted(all)
		}},
	"Which proposal was refused and accepted later?": {`{ timeline(first: 100, filter: { and: [
		{ responses: { kinds: [REJECTS] } }, { responses: { kinds: [ACCEPTS] } }] }) { nodes { title(language: "en")
		responses { responseKind condition by { time { edtf earliest } } } } } }`,
		func(data map[string]any) (all [][]any) {
			for _, p := range list(data, "timeline", "nodes") {
				for _, no := range list(p, "responses") {
					for _, yes := range list(p, "responses") {
						if at(no, "responseKind") == "REJECTS" && at(yes, "responseKind") == "ACCEPTS" &&
							at(no, "by", "time", "earliest").(string) < at(yes, "by", "time", "earliest").(string) {
							all = append(all, []any{at(p, "title"), at(no, "by", "time", "edtf"), at(yes, "by", "time", "edtf"),
								at(yes, "condition")})
						}
					}
				}
			}
			return sorted(all)
		}},
	"Which words are contested?": {`{ claims(first: 100, filter: { aspects: [CHARACTERIZATION] }) { nodes { stance
		subject { ... on Event { title(language: "en") } } quote { text } claimants { name(language: "en") } } } }`,
		func(data map[string]any) (all [][]any) {
			for _, c := range list(data, "claims", "nodes") {
				all = append(all, []any{at(c, "subject", "title"), at(c, "quote", "text"), at(c, "stance"),
					texts(list(c, "claimants"), "name")})
			}
			return sorted(all)
		}},
	"How did a toll change, and by whose word?": {`{ event(id: "event:port-ledda-strike") { states { knownFrom
		toll { killed { low best high } } because { document { publisher { name(language: "en") } } } } } }`,
		func(data map[string]any) (all [][]any) {
			for _, s := range list(data, "event", "states") {
				killed := at(s, "toll", "killed")
				all = append(all, []any{at(s, "knownFrom"), at(killed, "low"), at(killed, "best"), at(killed, "high"),
					texts(list(s, "because"), "document", "publisher", "name")})
			}
			return all
		}},
	"How many died in an area?": {`{ extent(filter: { categories: [ASSAULT], place: { within: ["location:usvetta"] } }) {
		events killed { best withoutFigures } wounded { best } } }`,
		func(data map[string]any) [][]any {
			x := at(data, "extent")
			return [][]any{{at(x, "events"), at(x, "killed", "best"), at(x, "wounded", "best"),
				at(x, "killed", "withoutFigures")}}
		}},
	"How many strikes were there in each week and region?": {`{ timelineBuckets(interval: WEEK, splitBy: ADMIN1,
		filter: { partOf: ["event:strait-campaign"], time: { from: "2031-01-06", to: "2031-04-27" } }) { start
		groups { node { ... on Location { name(language: "en") } } events } } }`,
		func(data map[string]any) (all [][]any) {
			for _, b := range list(data, "timelineBuckets") {
				for _, g := range list(b, "groups") {
					if name := at(g, "node", "name"); name != nil {
						day, _, _ := strings.Cut(at(b, "start").(string), "T")
						all = append(all, []any{day, name, at(g, "events")})
					}
				}
			}
			return sorted(all)
		}},
	"What was known about it on a day?": {`{ event(id: "event:port-ledda-strike", knownAt: "2031-03-14") { status
		sources { documents voices } toll { killed { low best high } }
		participants(roles: [INITIATOR]) { status actor { name(language: "en") } } } }`,
		func(data map[string]any) [][]any {
			e := at(data, "event")
			by := []string{}
			for _, p := range list(e, "participants") {
				by = append(by, at(p, "actor", "name").(string)+": "+at(p, "status").(string))
			}
			killed := at(e, "toll", "killed")
			return [][]any{{at(e, "status"), at(e, "sources", "documents"), at(e, "sources", "voices"), at(killed, "low"),
				at(killed, "best"), at(killed, "high"), by}}
		}},
	"Which other events were around it?": {`{ event(id: "event:port-ledda-strike") { around(earlier: "P3D", later: "P7D",
		km: 100, filter: { modalities: [OCCURRED] }) { nodes { title(language: "en") time { edtf } category status } } } }`,
		func(data map[string]any) (all [][]any) {
			for _, e := range list(data, "event", "around", "nodes") {
				all = append(all, []any{at(e, "title"), at(e, "time", "edtf"), at(e, "category"), at(e, "status")})
			}
			return sorted(all)
		}},
	"Which proposals are still unanswered?": {`{ timeline(filter: { modalities: [PROPOSED],
		responses: { exists: false } }) { nodes { title(language: "en") time { edtf } } } }`,
		func(data map[string]any) (all [][]any) {
			for _, e := range list(data, "timeline", "nodes") {
				all = append(all, []any{at(e, "title"), at(e, "time", "edtf")})
			}
			return sorted(all)
		}},
	"What was done in return?": {`{ timeline(first: 100, filter: { responses: { kinds: [RETALIATES, FULFILS,
		RESULTS_FROM] } }) { nodes { title(language: "en") responses { responseKind by { title(language: "en") status }
		claims { id } } } } }`,
		func(data map[string]any) (all [][]any) {
			for _, e := range list(data, "timeline", "nodes") {
				for _, r := range list(e, "responses") {
					switch at(r, "responseKind") {
					case "RETALIATES", "FULFILS", "RESULTS_FROM":
						ids := []any{}
						for _, c := range list(r, "claims") {
							ids = append(ids, at(c, "id"))
						}
						all = append(all, []any{at(e, "title"), at(r, "responseKind"), at(r, "by", "title"), at(r, "by", "status"), ids})
					}
				}
			}
			return sorted(all)
		}},
	"Who held an office on a date?": {`{ actor(id: "actor:velmora-defence") { affiliations(at: "2031-03-15",
		types: [OFFICE]) { position holder { name(language: "en") } } } }`,
		func(data map[string]any) (all [][]any) {
			for _, a := range list(data, "actor", "affiliations") {
				all = append(all, []any{at(a, "holder", "name"), at(a, "position")})
			}
			return sorted(all)
		}},
	"How are two people connected?": {`{ paths(from: "actor:voskel", to: "actor:sorvane", limit: 5,
		avoid: ["actor:velmora", "actor:kethania"]) { length hops { from { name(language: "en") }
		to { name(language: "en") } link { ... on Event { title(language: "en") } } } } }`,
		func(data map[string]any) (all [][]any) {
			paths := list(data, "paths")
			for _, p := range paths {
				if at(p, "length") != at(paths[0], "length") {
					break // the shortest come first
				}
				hops := list(p, "hops")
				path := []any{at(hops[0], "from", "name")}
				for _, h := range hops {
					path = append(path, at(h, "link", "title"), at(h, "to", "name"))
				}
				all = append(all, []any{path})
			}
			return all
		}},
	"Who reported it first?": {`{ timeline(filter: { ids: ["event:rovvek-meeting", "event:port-ledda-strike"] }) { nodes {
		title(language: "en") claims(first: 1, orderBy: { field: ASSERTED }) { nodes { assertedAt { edtf }
		document { title(language: "en") publisher { name(language: "en") } } } } } } }`,
		func(data map[string]any) (all [][]any) {
			for _, e := range list(data, "timeline", "nodes") {
				c := list(e, "claims", "nodes")[0]
				all = append(all, []any{at(e, "title"), at(c, "assertedAt", "edtf"), at(c, "document", "title"),
					at(c, "document", "publisher", "name")})
			}
			return sorted(all)
		}},
	"Who reprints whom?": {`{ documents(first: 100, filter: { publishers: ["actor:keth-wire", "actor:ledda-beacon"] }) {
		nodes { title(language: "en") publisher { name(language: "en") }
		syndicatedBy { publisher { name(language: "en") } publishedAt { edtf } } } } }`,
		func(data map[string]any) (all [][]any) {
			for _, d := range list(data, "documents", "nodes") {
				for _, r := range list(d, "syndicatedBy") {
					all = append(all, []any{at(d, "publisher", "name"), at(d, "title"), at(r, "publisher", "name"),
						at(r, "publishedAt", "edtf")})
				}
			}
			return sorted(all)
		}},
	"What supports a status, and what would confirm it?": {`{ facets(knownAt: "2031-03-31", fields: [STATUS],
		filter: { statuses: [UNVERIFIED, CORROBORATED, CONFIRMED, DISPUTED, DENIED, RETRACTED] }) {
		groups { key events } } }`,
		func(data map[string]any) (all [][]any) {
			for _, f := range list(data, "facets") {
				for _, g := range list(f, "groups") {
					all = append(all, []any{at(g, "key"), at(g, "events")})
				}
			}
			return all
		}},
}
