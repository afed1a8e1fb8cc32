"""Reads JSON-LD with rdflib, using its own context, and prints the results of SPARQL queries as JSON."""
import json
import sys

import rdflib

g = rdflib.Graph().parse(sys.argv[1], format="json-ld")
prefixes = """PREFIX schema: <https://schema.org/> PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX casus: <urn:casus:term:>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> """


def counts(query):
    return {str(row[0]).removeprefix("urn:casus:"): int(row[1]) for row in g.query(prefixes + query) if row[0] is not None}


def values(query):
    return sorted(str(row[0]).removeprefix("urn:casus:") for row in g.query(prefixes + query))


print(json.dumps({
    "events": len(values("SELECT ?e { ?e a schema:Event }")),
    "statuses": counts("SELECT ?s (COUNT(?e) AS ?n) { ?e a schema:Event ; casus:status ?s } GROUP BY ?s"),
    "roles": counts("SELECT ?r (COUNT(?p) AS ?n) { ?e schema:contributor ?p . ?p schema:roleName ?r ; schema:contributor ?a } GROUP BY ?r"),
    "stances": counts("SELECT ?s (COUNT(?c) AS ?n) { ?c a schema:Claim ; casus:stance ?s ; schema:about ?e . ?e a schema:Event } GROUP BY ?s"),
    "titles": values("SELECT ?t { ?e a schema:Event ; schema:name ?t }"),
    "starts": [s[:10] for s in values("SELECT ?s { ?e a schema:Event ; schema:startDate ?s FILTER(DATATYPE(?s) = xsd:dateTime) }")],
    "whoClaims": counts("SELECT ?a (COUNT(?c) AS ?n) { ?c a prov:Entity, schema:Claim ; prov:wasAttributedTo ?a . { ?a a schema:Person } UNION { ?a a schema:Organization } } GROUP BY ?a"),
}))
