package hostile_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"casus/internal/export"
)

// expensiveRequests are allowed, and take the server as long as possible. VARY is replaced by another name each time.
var expensiveRequests = []request{
	ask("slow", `query VARY {timeline(first: 500) {nodes {id title time {edtf earliest latest} toll {killed {low high}}
		participants {role actor {id name country}} locations {role location {id name}}
		claims(first: 3) {nodes {id stance assertedAt {edtf} document {id title}}}}}}`),
	ask("slow", `query VARY {timeline(first: 500, orderBy: {field: TIME, direction: DESC}) {totalCount
		edges {cursor node {id states {status time {edtf} because {id}}}}}}`),
	ask("slow", `query VARY {network(limit: 200) {totalNodes totalLinks truncated
		nodes {actor {id name} degree pageRank betweenness community} links {source {id} target {id} weight}}}`),
	ask("slow", `query VARY {facets(filter: {identity: EXACT}, top: 100, fields: [CATEGORY, STATUS, ACTOR, COUNTRY,
		ADMIN1, PUBLISHER, YEAR]) {field distinct groups {key events}}}`),
	ask("slow", `query VARY {timelineBuckets(interval: DAY, filter: {identity: EXACT, text: "assault"}) {start events}}`),
	ask("slow", `query VARY {clusters(zoom: 8, filter: {identity: EXACT}) {point {latitude longitude} events}}`),
	ask("slow", `query VARY {search(text: "a", first: 500) {totalCount nodes {id}}}`),
	ask("slow", `query VARY {changes(knownFrom: "2000-01-01T00:00:00Z", first: 500) {totalCount
		nodes {changeKind at event {id title} because {id quote {text}}}}}`),
	ask("slow", `query VARY {paths(from: "actor:generated:a19", to: "actor:generated:a18", maxHops: 8, limit: 100) {
		length actors {id} hops {from {id} to {id}}}}`),
	ask("slow", `query VARY {timeline(first: 50) {nodes {
		around(earlier: "P1Y", later: "P1Y", first: 100) {nodes {id title}}}}}`),
	ask("slow", `query VARY {actors(first: 100) {nodes {id name timeline(first: 50) {totalCount nodes {id title}}}}}`),
}

// fixedRequests are requests that have overloaded GraphQL servers before, Casus among them.
func fixedRequests() []request {
	var all []request
	add := func(r ...request) { all = append(all, r...) }
	add(ask("intro", introspection(20)), ask("intro", introspection(2)), ask("intro", deepIntrospection(12)),
		ask("intro", deepIntrospection(11)), ask("intro", deepIntrospection(200)))
	for _, n := range []int{10, 100, 1_000, 5_000} {
		add(
			ask("typename", "{timeline(first: 500) {nodes {"+numbered(n, "__typename")+"}}}"),
			ask("typename", "{"+numbered(n, "__typename")+"}"),
			ask("alias", "{"+numbered(n, `timeline(first: 500) {totalCount}`)+"}"),
			ask("alias", "{"+numbered(n, `node(id: "actor:generated:a1") {id}`)+"}"),
			ask("nesting", strings.Repeat("{a", n)+strings.Repeat("}", n)),
			ask("nesting", strings.Repeat("{", n)),
			ask("nesting", "{timeline(filter: "+strings.Repeat("{not: ", n)+"{}"+strings.Repeat("}", n)+") {totalCount}}"),
			ask("nesting", "{a(b: "+strings.Repeat("[", n)+strings.Repeat("]", n)+")}"),
			post("nesting", `{"query": "{__typename}", "variables": {"a": `+strings.Repeat("[", n)+
				strings.Repeat("]", n)+`}}`),
			ask("directive", "{__typename "+strings.Repeat("@skip(if: false) ", n)+"}"),
		)
	}
	for _, n := range []int{5, 20, 60} {
		add(ask("fragment", doubling(n)), ask("fragment", "{...f0} "+circle(n)))
	}
	ids := strings.Repeat(`"event:generated:g1",`, 10_000)
	add(
		post("large", `{"query": "query($ids: [ID!]!) {nodes(ids: $ids) {id}}", "variables": {"ids": [`+
			ids[:len(ids)-1]+`]}}`),
		ask("large", `{search(text: "`+strings.Repeat("word ", 100_000)+`") {totalCount}}`),
		ask("large", `{timeline(filter: {text: "`+strings.Repeat("a", 900_000)+`"}) {totalCount}}`),
		post("large", strings.Repeat(" ", 2<<20)), post("large", `{"query": "`+strings.Repeat("x", 2<<20)+`"}`),
		post("large", strings.Repeat("[", 500_000)), ask("large", "#"+strings.Repeat("x", 900_000)),
	)
	for _, format := range export.Names() {
		add(get("export", "/export/"+format, nil), get("export", "/export/"+format, url.Values{"knownAt": {"2016-01-01"}}),
			request{kind: "export", method: http.MethodPost, path: "/export/" + format})
	}
	const allFields = "id,start,end,length,precision,category,status,mode,place,killed,actors,countries,publishers"
	for _, values := range []url.Values{
		nil, {"fields": {allFields}}, {"fields": {allFields}, "knownAt": {"2016-01-01"}}, {"text": {"assault"}},
		{"filter": {strings.Repeat(`{"not":`, 500) + "{}" + strings.Repeat("}", 500)}},
		{"fields": {strings.Repeat("x", 60_000)}}, {"actor": slices.Repeat([]string{"actor:generated:a1"}, 2_000)},
	} {
		add(get("columns", "/columns", values))
	}
	for range 100 { // more than one client may have, most of them left at once
		add(request{kind: "stream", method: http.MethodGet, path: "/events"})
	}
	for _, path := range []string{"/events", "/columns"} {
		add(request{kind: "method", method: http.MethodPost, path: path, body: "x"},
			request{kind: "method", method: http.MethodOptions, path: path})
	}
	return all
}

// introspection nests four lists of the schema, each n times.
func introspection(n int) string {
	return "{__schema {" + numbered(n, "types {...T}") + "}} fragment T on __Type {" + numbered(n, "fields {...F}") +
		"} fragment F on __Field {" + numbered(n, "args {...A}") + "} fragment A on __InputValue {name}"
}

// deepIntrospection nests types in one another.
func deepIntrospection(n int) string {
	return "{__schema {types" + strings.Repeat("{fields {type", n) + "{name}" + strings.Repeat("}}", n) + "}}"
}

// numbered repeats a field under different aliases.
func numbered(n int, field string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "a%d: %s ", i, field)
	}
	return b.String()
}

// doubling returns n fragments, each of which spreads the next one twice.
func doubling(n int) string {
	var b strings.Builder
	b.WriteString("{timeline(first: 1) {nodes {...f0}}}")
	for i := range n {
		fmt.Fprintf(&b, " fragment f%[1]d on Event {a: partOf {whole {...f%[2]d}} b: partOf {whole {...f%[2]d}}}", i, i+1)
	}
	fmt.Fprintf(&b, " fragment f%d on Event {id}", n)
	return b.String()
}

// circle returns n fragments that spread one another in a circle.
func circle(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " fragment f%d on Query {...f%d}", i, (i+1)%n)
	}
	return b.String()
}
