"""Reads GEXF with networkx, and GraphML with networkx and igraph; prints summaries as JSON."""
import json
import sys
from collections import Counter

import igraph
import networkx as nx

path = sys.argv[1]


def by_networkx(g):
    nodes = dict(g.nodes(data=True))
    return {
        "directed": g.is_directed(),
        "kinds": dict(Counter(d.get("kind", "") for d in nodes.values())),
        "edges": g.number_of_edges(),
        "roles": dict(Counter(d["role"] for *_, d in g.edges(data=True) if "role" in d)),
        "weight": sum(int(d.get("weight", 0)) for *_, d in g.edges(data=True)),
        "names": sorted(d["names"] for d in nodes.values()),
        "starts": sorted(d["start"][:10] for d in nodes.values() if "start" in d),
    }


def by_igraph(g):
    attribute = lambda seq, name: seq[name] if name in seq.attributes() else []
    return {
        "directed": g.is_directed(),
        "kinds": dict(Counter(attribute(g.vs, "kind"))),
        "edges": g.ecount(),
        "roles": dict(Counter(attribute(g.es, "role"))),
        "weight": int(sum(w for w in attribute(g.es, "weight") if w == w)),
        "names": sorted(attribute(g.vs, "names")),
        "starts": sorted(s[:10] for s in attribute(g.vs, "start") if s),
    }


if path.endswith(".gexf"):
    seen = [by_networkx(nx.read_gexf(path, version="1.3"))]
else:
    seen = [by_networkx(nx.read_graphml(path)), by_igraph(igraph.Graph.Read_GraphML(path))]
print(json.dumps(seen))
