"""Compares the answers about edges, affiliations, reversals and the filter by disagreements with the model."""
from edges import Edges
from model import bounds
from words import overlap, reversals


def pick(node, *names):
    """Returns the named fields of a node of the API, an id for a node and sorted ids for a list of nodes."""
    found = []
    for name in names:
        value = node[name]
        if isinstance(value, list):
            value = tuple(sorted(v["id"] for v in value))
        found.append(value["id"] if isinstance(value, dict) else value)
    return tuple(found)


def shown(e):
    """Returns the edges of an event of the API in the form of Edges.of."""
    response = "responseKind", "to", "by", "condition", "claims"
    edges = {
        "participants": [pick(p, "actor", "role", "side", "capacity", "representing", "claims") for p in e["participants"]],
        "locations": [pick(p, "location", "role", "precision", "claims") for p in e["locations"]],
        "partOf": [pick(p, "whole", "part", "claims") for p in e["partOf"]],
        "respondsTo": [pick(a, *response) for a in e["respondsTo"]],
        "responses": [pick(a, *response) for a in e["responses"]],
        "announcements": [pick(a, "by", "of", "claims") for a in e["announcements"]],
        "announcedBy": [a["id"] for a in e["announcedBy"]],
        "parts": [p["id"] for p in e["parts"]["nodes"]],
        "proposedBy": [p["actor"]["id"] for p in e["proposedBy"]]}
    return {name: sorted(all, key=repr) for name, all in edges.items()}


def compare(expect, seen, graph, answer, at, when):
    edges = Edges(graph, at)
    for e in answer["timeline"]["nodes"]:
        want, got = edges.of(e["id"]), shown(e)
        for name, value in got.items():
            seen[name] += len(value)
            expect(f"{e['id']} {when}: {name}", want[name], value)
    disagreeing = {e: {d[0] for d in s["disagreements"]} for e in graph.claims if (s := graph.event(e, at))}
    for aspect in ("OCCURRENCE", "PARTICIPATION", "FIGURES", "TIME", "PLACE", "CHARACTERIZATION"):
        want = sorted(e for e, aspects in disagreeing.items() if aspect in aspects)
        seen[f"filter {aspect}"] += len(want)
        expect(f"events that disagree on the {aspect} {when}", want, sorted(e["id"] for e in answer[aspect]["nodes"]))
    for actor in answer["actors"]["nodes"]:
        compare_actor(expect, seen, graph, edges, actor, at, f"{actor['id']} {when}")


def compare_actor(expect, seen, graph, edges, actor, at, where):
    ties = graph.affiliations(actor["id"], at)
    want = sorted((a["id"], a["holder"], a["counterpart"], tuple(claims_of(graph, a["id"], at))) for a in ties)
    got = sorted(pick(a, "id", "holder", "counterpart") + (tuple(sorted(
        (c["id"], tuple(sorted(w["id"] for w in c["withdrawnBy"]))) for c in a["claims"]["nodes"])),)
        for a in actor["affiliations"])
    seen["affiliations"] += len(got)
    expect(f"{where}: affiliations", want, got)
    then = sorted(a["id"] for a in ties if overlap(a["hull"], bounds("2025-02-02")))
    expect(f"{where}: affiliations of that day", then, sorted(a["id"] for a in actor["then"]))
    want = reversals(graph, edges, actor["id"], at)
    got = [[r["reversalKind"], *pick(r, "event", "participant", "role", "before", "after")] for r in actor["reversals"]]
    for r in got:
        seen[f"reversal {r[0]}"] += 1
    expect(f"{where}: reversals", want, sorted(got, key=repr))


def claims_of(graph, tie, at):
    return sorted((c["id"], tuple(sorted(by for since, by in c["withdrawnBy"] if since <= at)) if at >= c["to"] else ())
                  for c in graph.tie_claims[tie] if c["from"] <= at)
