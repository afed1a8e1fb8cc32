"""Writes a random graph of events that are parts of one another, and prints filters that select some of them.

usage: generate.py SEED RECORDS.jsonl
"""
import json
import random
import sys

seed, path = sys.argv[1:]
r = random.Random(int(seed))
ACTORS = [f"actor:{n}" for n in "abcd"]
PLACES = {"location:kyiv": "UA", "location:lviv": "UA", "location:kursk": "RU"}


def often(n):
    return r.randrange(n) == 0


def figure(kind, **more):
    f, low = {"kind": kind, **more}, r.randrange(8)
    form = r.randrange(5)
    if form == 0:
        return {**f, "low": low, "high": low + r.randrange(4)}
    if form == 1:
        return {**f, "low": low, "best": low + r.randrange(3), "high": low + 3}
    return {**f, "best": low, "qualifier": r.choice(["EXACT", "EXACT", "AT_LEAST", "AT_MOST"])}


def event(i, id):
    e = {"type": "event", "id": id, "titles": [id], "document": "document:d", "time": f"2025-0{r.randint(1, 3)}-1{r.randrange(10)}"}
    e["category"] = r.choice(["ASSAULT", "PROTEST"])
    if often(8):
        e["modality"] = r.choice(["PLANNED", "ONGOING"])
    figures = [figure(k, **m) for k, m in (
        ("KILLED", {}), ("WOUNDED", {}), ("KILLED", {"population": "CIVILIAN"}), ("DESTROYED", {"unit": "tanks"})) if not often(3)]
    if figures:
        e["figures"] = figures
    if wholes := partOf(i):
        e["partOf"] = wholes
    e["participants"] = [{"actor": a, "role": "PARTICIPANT"} for a in r.sample(ACTORS, r.randrange(4))]
    if not often(4):
        e["locations"] = [{"location": r.choice(list(PLACES))}]
    return {k: v for k, v in e.items() if v != []}


def partOf(i):
    """Returns wholes: of a tree, of an acyclic graph, or of any graph."""
    if int(seed) % 3 == 0:
        return [EVENTS[r.randrange(i)]] if i and not often(3) else []
    among = EVENTS[max(0, i - 6):i] if int(seed) % 3 == 1 else [e for e in EVENTS if e != EVENTS[i]]
    return r.sample(among, min(len(among), r.choice([0, 0, 1, 2])))


def condition():
    kind = r.randrange(6)
    if kind == 0:
        return {"categories": ["ASSAULT"]}
    if kind == 1:
        return {"participants": [{"anyOf": [r.choice(ACTORS)]}]}
    if kind == 2:
        return {"place": {"countries": [r.choice(["UA", "RU"])]}}
    if kind == 3:
        return {"time": {"from": "2025-02"}}
    if kind == 4:
        return {"ids": r.sample(EVENTS, 20)}
    return {"modalities": ["OCCURRED", "ONGOING", "PLANNED"]}


EVENTS = [f"event:{n:02}" for n in range(30)]
records = [{"type": "actor", "id": a, "kind": "COMPANY", "names": [a]} for a in ACTORS]
records += [{"type": "location", "id": p, "kind": "CITY", "names": [p], "country": c, "point": {"latitude": 50 + i, "longitude": 30 + i}}
            for i, (p, c) in enumerate(PLACES.items())]
records += [{"type": "document", "id": "document:d", "titles": ["d"], "publisher": "actor:a", "publishedAt": "2025-04-01"}]
records += [event(i, id) for i, id in enumerate(EVENTS)]
with open(path, "w", encoding="utf-8") as out:
    for record in records:
        print(json.dumps(record), file=out)
# Naming both values of hasParts asks for events that have parts also as links of networks.
both = {"or": [{"hasParts": True}, {"hasParts": False}]}
print(json.dumps([{}, both] + [{"and": [condition(), r.choice([{}, both, condition()])]} for _ in range(4)]))
