"""Reads networks and JSON-LD of a graph with unusual times: prints what networkx and rdflib find in them as JSON.

usage: spells.py EVENTS.gexf EVENTS.graphml ACTORS.gexf ACTORS.graphml GRAPH.jsonld
"""
import json
import re
import sys
import warnings
import xml.etree.ElementTree as ET

import networkx as nx
import rdflib
from rdflib import XSD

rdflib.NORMALIZE_LITERALS = False  # the texts as they are written

events_gexf, events_graphml, actors_gexf, actors_graphml, jsonld = sys.argv[1:]


def day(text):
    """Returns a key that orders the days of the proleptic Gregorian calendar, by year, month and day."""
    m = re.fullmatch(r"(-?\d{4,})-(\d\d)-(\d\d)", text)
    return tuple(map(int, m.groups()))


def parallel(path):
    """Counts links, and links that Gephi would merge: of the same ends and kind."""
    seen, merged, backward = set(), 0, 0
    for e in ET.parse(path).iter():
        tag = e.tag.rsplit("}", 1)[1]
        if tag in ("edge", "node") and "start" in e.attrib and "end" in e.attrib:
            backward += day(e.get("end")) < day(e.get("start"))
        if tag == "edge":
            kind = e.get("kind") if path.endswith(".gexf") else e.get("label")
            key = (e.get("source"), e.get("target"), kind)
            merged += key in seen
            seen.add(key)
    return {"links": len(seen) + merged, "merged": merged, "backward": backward}


def read(path):
    warnings.simplefilter("error")
    return nx.read_gexf(path, version="1.3") if path.endswith(".gexf") else nx.read_graphml(path)


counts = [read(events_gexf).number_of_edges(), read(events_graphml).number_of_edges()]
met = read(actors_graphml).get_edge_data("actor:a", "actor:b")
if 0 in met or not isinstance(met.get("weight"), (int, float)):
    met = next(iter(met.values()))
warnings.simplefilter("ignore")  # rdflib warns of its own classes
g = rdflib.Graph().parse(jsonld, format="json-ld")
YEARS = re.compile(r"-?([1-9]\d{3,}|0\d{3})-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")  # xsd:dateTime, XSD 1.1
times = [o for o in g.objects() if isinstance(o, rdflib.Literal) and o.datatype == XSD.dateTime]
print(json.dumps({
    "gexf": parallel(events_gexf), "graphml": parallel(events_graphml),
    "networkxLinks": counts,
    "actorsBackward": parallel(actors_gexf)["backward"],
    "first": met["firstTime"], "last": met["lastTime"],
    "times": len(times),
    "invalid": sorted({str(o) for o in times if not YEARS.fullmatch(str(o))}),
    # Python's datetime has the years 1 to 9999 only.
    "illTyped": sorted({str(o) for o in times if o.ill_typed and re.match(r"(?!0000)\d{4}-", str(o))}),
}))
